"""Training at several sites with server optimizers, computed in one process: data, local steps, merge, optimizer.

The merge is what the job does: the mean of the sites' deltas, then the optimizer, in float64 with state in float32.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python" / "benchmarks"))

import fashion_mnist
from two_layers import Labels, Network, Vector

SITES = 8
TUNING_SEED = 100
"""None of those that a table shows."""

STEADY = 5
"""Rounds whose mean accuracy counts, so that one lucky round does not."""

Examples = tuple[Vector, Labels]
Load = Callable[[np.random.Generator], tuple[Examples, Examples]]
Step = Callable[[Vector], Vector]
"""From the merged delta of a round to the step of the model. It may keep state from round to round."""


def _digits(random: np.random.Generator) -> tuple[Examples, Examples]:
    from sklearn.datasets import load_digits

    digits = load_digits()
    order = random.permutation(len(digits.target))
    x, y = (digits.data[order] / 16).astype(np.float32), digits.target[order].astype(np.int64)
    test = len(y) // 5
    return (x[test:], y[test:]), (x[:test], y[:test])


def _fashion(_random: np.random.Generator) -> tuple[Examples, Examples]:
    # The data set has its own split.
    read = [fashion_mnist.read(kind) for kind in ("train", "t10k")]
    train, test = [(each.pixels.reshape(-1, FASHION.network.inputs), each.labels) for each in read]
    return train, test


@dataclass(frozen=True)
class Task:
    """A data set, a network for it and the size of a mini-batch."""

    network: Network
    batch: int
    load: Load
    """Examples to train on and to test on."""


DIGITS = Task(Network(64, 32), 16, _digits)
FASHION = Task(Network(784, 64), 32, _fashion)
TASKS = {"digits": DIGITS, "fashion": FASHION}


@dataclass(frozen=True)
class Federation:
    """Each site's examples, and those that the merged model is tested on."""

    task: Task
    seed: int
    sites: list[Examples]
    test: Examples

    @staticmethod
    def deal(task: Task, seed: int, skewed: bool, sites: int = SITES) -> Federation:
        """Deals the examples out.

        Skewed: sorted by label, cut into two pieces for each site, pieces dealt at random; most of 8 sites see two of
        ten labels.
        """
        random = np.random.default_rng(seed)
        (x, y), test = task.load(random)
        if skewed:
            pieces = np.array_split(np.argsort(y, kind="stable"), 2 * sites)
            deal = random.permutation(2 * sites)
            rows = [np.concatenate([pieces[deal[2 * site]], pieces[deal[2 * site + 1]]]) for site in range(sites)]
        elif task is DIGITS:
            rows = np.array_split(np.arange(len(y)), sites)  # they are in random order already
        else:
            rows = np.array_split(random.permutation(len(y)), sites)
        return Federation(task, seed, [(x[own], y[own]) for own in rows], test)

    def first(self) -> Vector:
        """The model before the first round."""
        return self.task.network.first(np.random.default_rng(self.seed))

    def accuracy(self, model: Vector) -> float:
        """Of a model on the examples for the test, from 0 to 1."""
        return self.task.network.accuracy(model, *self.test)

    def models(self, batches: int, site_rate: float, step: Step) -> Iterator[Vector]:
        """The model after each round, without end: sites train `batches` mini-batches of plain SGD in a round."""
        model = self.first()
        random = np.random.default_rng(self.seed)
        weights = np.array([len(y) for _, y in self.sites], np.float64)
        while True:
            deltas = [
                (self.train(site, model, batches, site_rate, random) - model).astype(np.float64)
                for site in range(len(self.sites))
            ]
            model = model + step(np.float32(np.tensordot(weights / weights.sum(), deltas, axes=1)))
            yield model

    def train(self, site: int, model: Vector, batches: int, rate: float, random: np.random.Generator) -> Vector:
        """The model that a site makes of `model`, with examples drawn by `random`."""
        x, y = self.sites[site]
        own = model.copy()
        for _ in range(batches):
            rows = random.integers(0, len(y), self.task.batch)
            own -= np.float32(rate) * self.task.network.gradient(own, x[rows], y[rows])
        return own


def has_reached(accuracies: list[float], target: float) -> bool:
    """Whether the mean accuracy of the last five rounds is at least the target."""
    return len(accuracies) >= STEADY and float(np.mean(accuracies[-STEADY:])) >= target


def none(_rate: float) -> Step:
    """The model takes the merged delta as it is."""
    return lambda delta: delta


def momentum(rate: float, nesterov: bool = False) -> Step:
    """As `momentum` and `nesterov` of docs/optimizers.md, with a momentum of 0.9."""
    state: Vector = np.zeros(1, np.float32)

    def step(delta: Vector) -> Vector:
        nonlocal state
        state = np.float32(0.9 * state.astype(np.float64) + delta)
        direction = delta + 0.9 * state.astype(np.float64) if nesterov else state
        return np.float32(rate * direction)

    return step


def nesterov(rate: float) -> Step:
    """See momentum."""
    return momentum(rate, nesterov=True)


def adaptive(rule: str, rate: float) -> Step:
    """`adagrad`, `adam` or `yogi` of docs/optimizers.md, with the usual parameters but for the rate."""
    tau, beta1, beta2 = 1e-3, 0.0 if rule == "adagrad" else 0.9, 0.99
    m, v = np.zeros(1, np.float32), np.full(1, tau * tau, np.float32)

    def step(delta: Vector) -> Vector:
        nonlocal m, v
        d, old = delta.astype(np.float64), v.astype(np.float64)
        m = np.float32(beta1 * m.astype(np.float64) + (1 - beta1) * d)
        if rule == "adagrad":
            v = np.float32(old + d * d)
        elif rule == "adam":
            v = np.float32(beta2 * old + (1 - beta2) * d * d)
        else:
            v = np.float32(old - (1 - beta2) * d * d * np.sign(old - d * d))
        return np.float32(rate * m / (np.sqrt(v.astype(np.float64)) + tau))

    return step


OPTIMIZERS: dict[str, Callable[[float], Step]] = {
    "none": none,
    "momentum": momentum,
    "nesterov": nesterov,
    "adagrad": lambda rate: adaptive("adagrad", rate),
    "adam": lambda rate: adaptive("adam", rate),
    "yogi": lambda rate: adaptive("yogi", rate),
}
