"""Softmax regression on a site's digits, with the Python package and the numpy of the image that the task has built."""

import hashlib
import os

import numpy as np
import swarmstream

DATA = os.environ["DATA_DIR"]
rows = np.loadtxt(os.path.join(DATA, "digits.csv"), delimiter=",")
x, y = rows[:, :64] / 16, rows[:, 64].astype(int)
print(len(x), "digits", os.environ["GREETING"], os.environ["NODE_ID"], flush=True)


def loss_of(weights, step):
    """Takes a step down the gradient; returns the loss before it."""
    scores = x @ weights["w"] + weights["b"]
    likely = np.exp(scores - scores.max(axis=1, keepdims=True))
    likely /= likely.sum(axis=1, keepdims=True)
    loss = -np.log(likely[np.arange(len(y)), y]).mean()
    slope = likely
    slope[np.arange(len(y)), y] -= 1
    weights["w"] -= (step * x.T @ slope / len(y)).astype(np.float32)
    weights["b"] -= (step * slope.mean(axis=0)).astype(np.float32)
    return float(loss)


weights = {"w": np.zeros((64, 10), np.float32), "b": np.zeros(10, np.float32)}
with swarmstream.join(os.environ["CONTRACT"], weights, min_peers=int(os.environ["MIN_PEERS"])) as session:
    weights = session.sync(weights).weights
    for epoch in range(int(os.environ["MAX_EPOCHS"])):
        loss = [loss_of(weights, 1.0) for _ in range(20)][-1]
        merged = session.sync(weights, loss=loss, samples=len(x), epochs_done=epoch + 1)
        weights = merged.weights
        print("round", merged.round, "of", len(merged.participants), "sites, loss", round(loss, 4), flush=True)
    weights = session.finish(weights).weights
np.savez(os.path.join(DATA, "model.npz"), **weights)
right = (np.argmax(x @ weights["w"] + weights["b"], axis=1) == y).mean()
print("final model", hashlib.sha256(weights["w"].tobytes() + weights["b"].tobytes()).hexdigest(), flush=True)
print("accuracy above", "0.8" if right > 0.8 else f"nothing: {right}", flush=True)
