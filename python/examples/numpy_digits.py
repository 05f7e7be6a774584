"""Handwritten digits with a softmax regression in numpy: a session without a framework.

    python numpy_digits.py --url http://127.0.0.1:30305 --shard 0

pytorch_digits.py shows how to start a swarm.
"""

from __future__ import annotations

import numpy as np
from site_arguments import report, site_arguments, skewed_shard
from sklearn.datasets import load_digits

import swarmstream

TRAIN = 1438
Weights = dict[str, np.ndarray]


def zeros() -> Weights:
    return {"weight": np.zeros((64, 10), np.float32), "bias": np.zeros(10, np.float32)}


def trained(weights: Weights, x: np.ndarray, y: np.ndarray, steps: int) -> Weights:
    """Full-batch gradient descent on the cross entropy."""
    weight, bias = weights["weight"], weights["bias"]
    for _ in range(steps):
        scores = x @ weight + bias
        likely = np.exp(scores - scores.max(1, keepdims=True))
        gradient = (likely / likely.sum(1, keepdims=True) - np.eye(10)[y]) / len(x)
        weight, bias = weight - 0.5 * x.T @ gradient, bias - 0.5 * gradient.sum(0)
    return {"weight": weight.astype(np.float32), "bias": bias.astype(np.float32)}


def main() -> None:
    site = site_arguments("Digits in numpy")
    digits = load_digits()
    x, y = digits.data / 16, digits.target
    mine = skewed_shard(y[:TRAIN], site.shard, site.shards, site.seed)

    def accuracy(weights: Weights) -> float:
        return float((np.argmax(x[TRAIN:] @ weights["weight"] + weights["bias"], 1) == y[TRAIN:]).mean())

    alone = trained(zeros(), x[mine], y[mine], site.epochs * site.sync_interval)

    with swarmstream.join(
        site.contract,
        zeros(),
        url=site.url,
        min_peers=site.min_peers,
        sync_interval=site.sync_interval,
        adaptive=site.adaptive,
    ) as session:
        weights = session.sync(zeros()).weights
        for epoch in range(site.epochs):
            weights = trained(weights, x[mine], y[mine], session.interval)
            weights = session.sync(weights, epochs_done=epoch + 1).weights
        final = session.finish(weights)
    report(accuracy(alone), accuracy(final.weights), final.model_hash)


if __name__ == "__main__":
    main()
