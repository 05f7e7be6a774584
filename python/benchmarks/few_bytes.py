"""How well six sites learn Fashion-MNIST when their deltas are encoded in few bytes, without a swarm.

The encodings and the error feedback are written here once more, in NumPy, as docs/adr/0032-four-bits-and-few-values.md
says, and so is the mean. Model: a hidden layer of 128, in one chunk. Split, batches and rates as in learning.py, whose
rounds are real; this takes minutes instead of hours.

    python benchmarks/few_bytes.py
"""

from __future__ import annotations

from typing import Callable

import numpy as np
from numpy.typing import NDArray

import fashion_mnist
from two_layers import Network, Vector

SITES, SEEDS, EPOCHS = 6, (1, 2, 3), 10
NETWORK = Network(784, 128)
BATCH, MOMENTUM, RATE, DECAY = 64, 0.9, 0.05, 0.85
BLOCK, STEPS = 128, 7
# Batches between two rounds, and rounds of an epoch.
USUAL, OFTEN = (47, 4), (12, 16)

Encoding = Callable[[Vector], Vector]


def main() -> None:
    """Prints one line for each training as it ends."""
    train, test = fashion_mnist.read("train"), fashion_mnist.read("t10k")
    for (batches, rounds), encodings in (
        (USUAL, ("float32", "int4", "topk:1", "topk:10")),
        (OFTEN, ("float32", "topk:1")),
    ):
        for name in encodings:
            for seed in SEEDS:
                accuracies = learn(train, test, encoding(name), seed, batches, rounds)
                shown = "  ".join(f"{100 * accuracies[rounds * epochs - 1]:.2f}" for epochs in (2, 5, EPOCHS))
                print(f"{name:8}  {EPOCHS * rounds} rounds of {batches}  seed {seed}  {shown} %", flush=True)


def encoding(name: str) -> Encoding:
    """What is merged in place of a delta."""
    word, _, per_cent = name.partition(":")
    if word == "topk":
        return lambda delta: _largest(delta, round(100 * float(per_cent)))
    return {"float32": lambda delta: delta, "int4": _blocks}[word]


def _bfloat16(values: Vector) -> Vector:
    bits = values.view(np.uint32)
    upper = (bits + np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1))) & np.uint32(0xFFFF0000)
    rounded: Vector = upper.view(np.float32)
    return rounded


def _blocks(delta: Vector) -> Vector:
    whole = np.zeros(-(-len(delta) // BLOCK) * BLOCK, np.float32)
    whole[: len(delta)] = delta
    blocks = whole.reshape(-1, BLOCK)
    scales = _bfloat16(np.abs(blocks).max(axis=1, keepdims=True) / np.float32(STEPS))
    steps = np.rint(blocks / np.where(scales > 0, scales, np.float32(1)))
    return (steps * scales).reshape(-1)[: len(delta)]


def _largest(delta: Vector, share: int) -> Vector:
    sent = np.argsort(-np.abs(delta), kind="stable")[: -(-len(delta) * share // 10_000)]
    merged = np.zeros_like(delta)
    merged[sent] = _bfloat16(delta[sent])
    return merged


class _Site:
    def __init__(self, examples: fashion_mnist.Examples, random: np.random.Generator, size: int) -> None:
        self._pixels = examples.pixels.reshape(-1, NETWORK.inputs)
        self._labels = examples.labels
        self._random = random
        self._order: NDArray[np.intp] = np.empty(0, np.intp)
        self._velocity = np.zeros(size, np.float32)
        self._lost = np.zeros(size, np.float32)

    def delta(self, base: Vector, batches: int, rate: float, encode: Encoding) -> Vector:
        weights = base.copy()
        for _ in range(batches):
            if len(self._order) < BATCH:
                self._order = self._random.permutation(len(self._labels))
            batch, self._order = self._order[:BATCH], self._order[BATCH:]
            gradient = NETWORK.gradient(weights, self._pixels[batch], self._labels[batch])
            self._velocity = np.float32(MOMENTUM) * self._velocity + gradient
            weights -= np.float32(rate) * self._velocity
        delta = weights - base + self._lost
        merged = encode(delta)
        self._lost = delta - merged
        return merged


def learn(
    train: fashion_mnist.Examples, test: fashion_mnist.Examples, encode: Encoding, seed: int, batches: int, rounds: int
) -> list[float]:
    """The accuracy of the merged model on the test images after each round; round 0 has one model for all."""
    random = np.random.default_rng(seed)
    model = NETWORK.first(random)
    sites = [
        _Site(fashion_mnist.Examples(train.pixels[share], train.labels[share]), random, len(model))
        for share in fashion_mnist.shares(train.labels, SITES, seed)
    ]
    accuracies = []
    for each in range(EPOCHS * rounds):
        rate = RATE * DECAY ** (each // rounds)
        deltas = [site.delta(model, batches, rate, encode) for site in sites]
        model = model + np.mean(deltas, axis=0, dtype=np.float64).astype(np.float32)
        accuracies.append(NETWORK.accuracy(model, test.pixels.reshape(-1, NETWORK.inputs), test.labels))
    return accuracies


if __name__ == "__main__":
    main()
