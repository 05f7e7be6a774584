"""Few rounds of many mini-batches with an outer Nesterov, as in DiLoCo, against many rounds of few with a plain mean.

Fashion-MNIST as in optimizers.py. Each site trains as many mini-batches in all, whatever the interval.

    apt-get install dataset-fashion-mnist
    python3 -m pip install numpy
    python3 benchmarks/python/intervals.py

prints the accuracy of the last model for three seeds. Nesterov has its usual rate at the server; each row has the rate
at the sites that did best with seed 100. Trainings that are done are kept in a file, so that a table that was
interrupted, or ended by --minutes, resumes.
"""

from __future__ import annotations

import argparse
from functools import lru_cache
from itertools import islice, product

import numpy as np
from federated import FASHION, OPTIMIZERS, TUNING_SEED, Federation
from finished import Finished, add_options

ROWS: list[tuple[str, int, list[float]]] = [
    ("none", 16, [1.0]),
    ("none", 500, [1.0]),
    ("nesterov", 500, [0.7]),
]
"""Optimizer, mini-batches between two rounds, rates at the server."""

deal = lru_cache(maxsize=2)(Federation.deal)


def train(seed: int, skewed: bool, name: str, batches: int, total: int, rate: float, own: float) -> float:
    """The accuracy after `total` mini-batches at each site."""
    federation = deal(FASHION, seed, skewed)
    rounds = total // batches
    *_, last = islice(federation.models(batches, own, OPTIMIZERS[name](rate)), rounds)
    return federation.accuracy(last)


def main() -> None:
    """Prints a row for each interval as it is done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--total", type=int, default=8000, help="mini-batches that each site trains in all")
    parser.add_argument("--site-rates", type=float, nargs="+", default=[0.03, 0.1])
    add_options(parser)
    options = parser.parse_args()
    results = Finished(options.results, options.minutes)
    for skewed in (False, True):
        print(f"{'two labels a site' if skewed else 'at random'}, {options.total} mini-batches at each site")
        for name, batches, rates in ROWS:

            def run(
                seed: int,
                pair: tuple[float, float],
                name: str = name,
                batches: int = batches,
                skewed: bool = skewed,
            ) -> float:
                return results.of(train, seed, skewed, name, batches, options.total, *pair)

            best = max(product(rates, options.site_rates), key=lambda pair: run(TUNING_SEED, pair))
            found = [100 * run(seed, best) for seed in range(options.seeds)]
            told = ", ".join(f"{each:.2f}" for each in found)
            print(
                f"  {name:9} {options.total // batches:4} rounds of {batches:3}, lr {best[0]:<4} at the sites {best[1]:<4}"
                f" accuracy {told} %, mean {np.mean(found):.2f} %",
                flush=True,
            )


if __name__ == "__main__":
    main()
