"""A trainer without any package: softmax regression on a site's digits, merged through the site's socket."""

import hashlib
import http.client
import json
import math
import os
import random
import socket
import struct
import sys
import time

NODE = os.environ["SWARM_NODE"][len("unix://"):]
DATA, EPOCHS, PEERS = os.environ["DATA_DIR"], int(os.environ["MAX_EPOCHS"]), int(os.environ["MIN_PEERS"])
COUNT = 64 * 10 + 10
HEADER = json.dumps({"w": {"dtype": "F32", "shape": [COUNT], "data_offsets": [0, 4 * COUNT]}}).encode()


class TrainingOver(Exception):
    """The others have finished; there are no rounds any more."""


def send(method, path, body=b"", kind="application/json"):
    connection = http.client.HTTPConnection("localhost", timeout=90)
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.settimeout(90)
    connection.sock.connect(NODE)
    connection.request(method, "/v1/sessions/digits" + path, body, {"Content-Type": kind} if body else {})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    if answer.status == 409 and json.loads(text)["code"] == "training-over":
        raise TrainingOver
    if answer.status // 100 != 2:
        sys.exit(f"{method} {path}: {answer.status} {text[:500]!r}")
    return text


def wait(path, until):
    while True:
        state = json.loads(send("GET", path + "?waitSeconds=20"))
        if state["state"] == until:
            return state


def values(model):
    size = struct.unpack("<Q", model[:8])[0]
    return list(struct.unpack(f"<{COUNT}f", model[8 + size:]))


def sync(number, weights, loss):
    body = struct.pack("<Q", len(HEADER)) + HEADER + struct.pack(f"<{COUNT}f", *weights)
    send("PUT", f"/syncs/{number}?loss={loss:.4f}&samples={len(rows)}", body, "application/octet-stream")
    state = wait(f"/syncs/{number}", "merged")
    print("round", state.get("round"), "loss", round(loss, 4), flush=True)
    return values(send("GET", f"/syncs/{number}/model"))


def scores(weights, pixels):
    return [sum(p * weights[64 * c + i] for i, p in pixels) + weights[640 + c] for c in range(10)]


def epoch(weights):
    """Stochastic gradient descent over a part of the data; returns the mean loss."""
    total = 0.0
    for pixels, digit in random.sample(rows, min(60, len(rows))):
        found = scores(weights, pixels)
        top = max(found)
        likely = [math.exp(score - top) for score in found]
        whole = sum(likely)
        total -= math.log(likely[digit] / whole)
        for c in range(10):
            slope = 0.05 * (likely[c] / whole - (c == digit))
            for i, p in pixels:
                weights[64 * c + i] -= slope * p
            weights[640 + c] -= slope
    return total / min(60, len(rows))


def slowness():
    """Seconds that an epoch takes longer here, as a file of the site's data says."""
    file = os.path.join(DATA, "slow")
    return float(open(file).read()) if os.path.exists(file) else 0.0


with open(os.path.join(DATA, "digits.csv")) as file:
    numbers = [list(map(int, line.split(","))) for line in file]
rows = [([(i, p / 16) for i, p in enumerate(line[:64]) if p], line[64]) for line in numbers]
print(len(rows), "digits", flush=True)
terms = {
    "contract": os.environ.get("CONTRACT", "defaultbb.cqdb.sml.hpe"),
    "trainer": "digits.py",
    "layout": [{"name": "w", "shape": [COUNT]}],
    "minPeers": PEERS,
    "mergeMethod": "mean",
}
send("PUT", "", json.dumps(terms).encode())
weights = sync(0, [0.0] * COUNT, 2.3)
try:
    for number in range(EPOCHS):
        loss = epoch(weights)
        time.sleep(slowness())
        weights = sync(number + 1, weights, loss)
except TrainingOver:
    print("the others have finished", flush=True)
send("POST", "/finish", json.dumps({"checkIn": "snapshot", "deadlineSeconds": 120}).encode())
wait("/final", "over")
final = send("GET", "/final/model")
with open(os.path.join(DATA, "model.safetensors"), "wb") as file:
    file.write(final)
print("final model", hashlib.sha256(final).hexdigest(), flush=True)
