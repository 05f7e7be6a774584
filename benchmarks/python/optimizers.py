"""How many rounds a training takes under each server optimizer.

Digits (scikit-learn's 1,797 of 8x8 pixels, a fifth for the test; a network of 64, 32 and 10 units) or Fashion-MNIST
(60,000 images; 784, 64 and 10 units), on eight sites that have two labels each, or parts drawn at random. Plain SGD
at the sites.

    apt-get install dataset-fashion-mnist
    python3 -m pip install numpy scikit-learn
    python3 benchmarks/python/optimizers.py
    python3 benchmarks/python/optimizers.py --data fashion

prints the rounds until the mean of five rounds' accuracy first reaches the target, for three seeds. Each optimizer,
and training without one, has the learning rates at the server and at the sites that need the fewest rounds with seed
100, which is none of the three. Trainings that are done are kept in a file, so that a table that was interrupted, or
ended by --minutes, resumes.
"""

from __future__ import annotations

import argparse
from functools import lru_cache
from itertools import islice, product

import numpy as np
from federated import OPTIMIZERS, STEADY, TASKS, TUNING_SEED, Federation, has_reached
from finished import Finished, add_options

RATES = {
    "digits": {
        "none": [1.0],
        "momentum": [0.1, 0.3, 0.7, 1.0],
        "nesterov": [0.1, 0.3, 0.7, 1.0],
        "adagrad": [0.01, 0.03, 0.1, 0.3],
        "adam": [0.01, 0.03, 0.1],
        "yogi": [0.01, 0.03, 0.1],
    },
    "fashion": {
        "none": [1.0],
        "momentum": [0.1, 0.3, 1.0],
        "nesterov": [0.1, 0.3, 0.7, 1.0],
        "adam": [0.003, 0.01, 0.03],
    },
}
"""At the server, by data and optimizer."""
USUAL = {
    "digits": {"rounds": 60, "target": 0.9, "batches": [4, 64], "site_rates": [0.1, 0.3, 1.0]},
    "fashion": {"rounds": 150, "target": 0.82, "batches": [4, 16], "site_rates": [0.03, 0.1, 0.3]},
}

Result = tuple["int | None", float]
deal = lru_cache(maxsize=2)(Federation.deal)


def train(
    data: str,
    seed: int,
    skewed: bool,
    batches: int,
    rounds: int,
    target: float,
    name: str,
    rate: float,
    own: float,
    stop: bool,
) -> Result:
    """The round that reaches the target, and the mean accuracy of the last five rounds."""
    federation = deal(TASKS[data], seed, skewed)
    seen: list[float] = []
    reached = None
    for model in islice(federation.models(batches, own, OPTIMIZERS[name](rate)), rounds):
        seen.append(federation.accuracy(model))
        if reached is None and has_reached(seen, target):
            reached = len(seen)
            if stop:
                break
    return reached, float(np.mean(seen[-STEADY:]))


def main() -> None:
    """Prints a row for each optimizer as it is done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", choices=TASKS, default="digits")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--target", type=float)
    parser.add_argument("--batches", type=int, nargs="+", help="mini-batches between two rounds")
    parser.add_argument("--site-rates", type=float, nargs="+")
    parser.add_argument("--split", choices=["both", "skewed", "random"], default="both")
    add_options(parser)
    options = parser.parse_args()
    parser.set_defaults(**USUAL[options.data])
    options = parser.parse_args()
    results = Finished(options.results, options.minutes)
    for skewed in {"both": (True, False), "skewed": (True,), "random": (False,)}[options.split]:
        for batches in options.batches:
            print(f"{options.data}, {'two labels a site' if skewed else 'at random'}, {batches} mini-batches a round")
            for name, rates in RATES[options.data].items():

                def run(
                    seed: int,
                    pair: tuple[float, float],
                    stop: bool,
                    name: str = name,
                    skewed: bool = skewed,
                    batches: int = batches,
                ) -> Result:
                    return results.of(
                        train, options.data, seed, skewed, batches, options.rounds, options.target, name, *pair, stop
                    )

                pairs = list(product(rates, options.site_rates))
                tried = {pair: run(TUNING_SEED, pair, True) for pair in pairs}
                best = min(tried, key=lambda pair: tried[pair][0] or 10_000 - tried[pair][1])
                found = [run(seed, best, False) for seed in range(options.seeds)]
                rounds = ", ".join(f"{number or '-'}" for number, _ in found)
                end = 100 * float(np.mean([accuracy for _, accuracy in found]))
                rates_told = f"lr {best[0]:<5} at the sites {best[1]:<4}"
                print(f"  {name:9} {rates_told} rounds {rounds:12} at the end {end:.1f} %", flush=True)


if __name__ == "__main__":
    main()
