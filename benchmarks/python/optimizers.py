"""How many rounds a training takes under each server optimizer.

Digits (scikit-learn's 1,797 of 8x8 pixels, a fifth for the test) on eight sites that have two digits each, or parts
drawn at random. A network of 64, 32 and 10 units; plain SGD at the sites. The server does what the job does: the mean
of the sites' deltas, then the optimizer, in float64 with state in float32.

    python3 -m pip install numpy scikit-learn
    python3 benchmarks/python/optimizers.py

prints the rounds until the mean of five rounds' accuracy first reaches the target, for three seeds. Each optimizer,
and training without one, has the learning rates at the server and at the sites that need the fewest rounds with seed
100, which is none of the three.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.datasets import load_digits

Vector = NDArray[np.float32]
SITES = 8
TUNING_SEED = 100
HIDDEN = 32
SHAPES = [(64, HIDDEN), (HIDDEN,), (HIDDEN, 10), (10,)]
SIZES = [int(np.prod(shape)) for shape in SHAPES]


def parts(flat: Vector) -> list[Vector]:
    cuts = np.cumsum(SIZES)[:-1]
    return [piece.reshape(shape) for piece, shape in zip(np.split(flat, cuts), SHAPES)]


def first_model(seed: int) -> Vector:
    random = np.random.default_rng(seed)
    pieces = []
    for shape in SHAPES:
        pieces.append(random.normal(0, (2 / shape[0]) ** 0.5, shape).ravel() if len(shape) == 2 else np.zeros(shape))
    return np.concatenate(pieces).astype(np.float32)


def gradient(model: Vector, x: Vector, y: NDArray[np.int64]) -> Vector:
    w1, b1, w2, b2 = parts(model)
    hidden = np.maximum(x @ w1 + b1, 0)
    logits = hidden @ w2 + b2
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    odds[np.arange(len(y)), y] -= 1
    odds /= len(y)
    back = (odds @ w2.T) * (hidden > 0)
    pieces = [x.T @ back, back.sum(axis=0), hidden.T @ odds, odds.sum(axis=0)]
    return np.concatenate([piece.ravel() for piece in pieces])


def accuracy(model: Vector, x: Vector, y: NDArray[np.int64]) -> float:
    w1, b1, w2, b2 = parts(model)
    return float(np.mean((np.maximum(x @ w1 + b1, 0) @ w2 + b2).argmax(axis=1) == y))


def split(seed: int, skewed: bool) -> tuple[list[tuple[Vector, NDArray[np.int64]]], Vector, NDArray[np.int64]]:
    """The sites' samples, and those of the test."""
    digits = load_digits()
    random = np.random.default_rng(seed)
    order = random.permutation(len(digits.target))
    x, y = (digits.data[order] / 16).astype(np.float32), digits.target[order].astype(np.int64)
    test = len(y) // 5
    rest_x, rest_y = x[test:], y[test:]
    if skewed:
        # Sorted by digit and cut into two shards a site: most sites see two digits.
        shards = np.array_split(np.argsort(rest_y, kind="stable"), 2 * SITES)
        deal = random.permutation(2 * SITES)
        rows = [np.concatenate([shards[deal[2 * k]], shards[deal[2 * k + 1]]]) for k in range(SITES)]
    else:
        rows = np.array_split(np.arange(len(rest_y)), SITES)
    return [(rest_x[own], rest_y[own]) for own in rows], x[:test], y[:test]


Step = Callable[[Vector], Vector]
Make = Callable[[float], Step]
Result = tuple["int | None", float]


def none(_rate: float) -> Step:
    return lambda delta: delta


def momentum(rate: float, nesterov: bool = False) -> Step:
    state = np.zeros(sum(SIZES), np.float32)

    def step(delta: Vector) -> Vector:
        state[:] = 0.9 * state.astype(np.float64) + delta
        direction = delta + 0.9 * state.astype(np.float64) if nesterov else state
        return np.float32(rate * direction)

    return step


def nesterov(rate: float) -> Step:
    return momentum(rate, nesterov=True)


def adaptive(rule: str, rate: float) -> Step:
    tau, beta1, beta2 = 1e-3, 0.0 if rule == "adagrad" else 0.9, 0.99
    m, v = np.zeros(sum(SIZES), np.float32), np.full(sum(SIZES), tau * tau, np.float32)

    def step(delta: Vector) -> Vector:
        d, old = delta.astype(np.float64), v.astype(np.float64)
        m[:] = beta1 * m.astype(np.float64) + (1 - beta1) * d
        if rule == "adagrad":
            v[:] = old + d * d
        elif rule == "adam":
            v[:] = beta2 * old + (1 - beta2) * d * d
        else:
            v[:] = old - (1 - beta2) * d * d * np.sign(old - d * d)
        return np.float32(rate * m / (np.sqrt(v.astype(np.float64)) + tau))

    return step


OPTIMIZERS: dict[str, tuple[Make, list[float]]] = {
    "none": (none, [1.0]),
    "momentum": (momentum, [0.1, 0.3, 0.7, 1.0]),
    "nesterov": (nesterov, [0.1, 0.3, 0.7, 1.0]),
    "adagrad": (lambda rate: adaptive("adagrad", rate), [0.01, 0.03, 0.1, 0.3]),
    "adam": (lambda rate: adaptive("adam", rate), [0.01, 0.03, 0.1]),
    "yogi": (lambda rate: adaptive("yogi", rate), [0.01, 0.03, 0.1]),
}


def train(
    seed: int, skewed: bool, batches: int, rounds: int, target: float, site_rate: float, make: Step, stop: bool
) -> Result:
    """The round that reaches the target, and the mean accuracy of the last five rounds."""
    sites, test_x, test_y = split(seed, skewed)
    model = first_model(seed)
    random = np.random.default_rng(seed)
    weights = np.array([len(y) for _, y in sites], np.float64)
    seen: list[float] = []
    reached = None
    for number in range(1, rounds + 1):
        deltas = []
        for x, y in sites:
            own = model.copy()
            for _ in range(batches):
                rows = random.integers(0, len(y), 16)
                own -= np.float32(site_rate * gradient(own, x[rows], y[rows]))
            deltas.append((own - model).astype(np.float64))
        merged = np.float32(np.tensordot(weights / weights.sum(), deltas, axes=1))
        model = model + make(merged)
        seen.append(accuracy(model, test_x, test_y))
        if reached is None and len(seen) >= 5 and np.mean(seen[-5:]) >= target:
            reached = number
            if stop:
                break
    return reached, float(np.mean(seen[-5:]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--target", type=float, default=0.9)
    parser.add_argument("--batches", type=int, nargs="+", default=[4, 64], help="mini-batches between two rounds")
    parser.add_argument("--site-rates", type=float, nargs="+", default=[0.1, 0.3, 1.0])
    options = parser.parse_args()
    for skewed in (True, False):
        for batches in options.batches:
            print(f"{'two digits a site' if skewed else 'digits at random'}, {batches} mini-batches a round")
            for name, (make, rates) in OPTIMIZERS.items():

                def run(seed: int, pair: tuple[float, float], stop: bool, make: Make = make) -> Result:
                    return train(seed, skewed, batches, options.rounds, options.target, pair[1], make(pair[0]), stop)

                pairs = [(rate, own) for rate in rates for own in options.site_rates]
                tried = {pair: run(TUNING_SEED, pair, True) for pair in pairs}
                best = min(tried, key=lambda pair: tried[pair][0] or 10_000 - tried[pair][1])
                results = [run(seed, best, False) for seed in range(options.seeds)]
                rounds = ", ".join(f"{number or '-'}" for number, _ in results)
                end = 100 * float(np.mean([accuracy for _, accuracy in results]))
                rates_told = f"lr {best[0]:<5} at the sites {best[1]:<4}"
                print(f"  {name:9} {rates_told} rounds {rounds:12} at the end {end:.1f} %", flush=True)


if __name__ == "__main__":
    main()
