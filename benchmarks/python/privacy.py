"""What clipping and noise cost in accuracy, with few and with many sites.

The digits and the network of federated.py, dealt to the sites at random. Each round, each site's delta is scaled down
to a length of at most `clip` and gets noise, as the site library does it, and the mean is added to the model. All
sites take part in each round, so the noise of their sum has the deviation `noise * clip`.

    python3 -m pip install numpy scikit-learn dp-accounting
    python3 benchmarks/python/privacy.py

prints the accuracy after the last round, for three seeds, and epsilon at a delta of 1e-5 by dp-accounting. Each row has
the clip, the rounds, the mini-batches between two of them and the learning rate that did best with seed 100, which is
none of the three.

    python3 benchmarks/python/privacy.py --sites 32 --noises 1 --clips 0.01 --rounds 30 --quantile 0.5

has an adaptive clip, which begins at --clips and follows that quantile of the lengths, as AdaptiveClip does it.
"""

from __future__ import annotations

import argparse
import itertools
import math

import dp_accounting
import numpy as np
from federated import DIGITS, TUNING_SEED, Federation

DELTA = 1e-5
CLIP_RATE = 0.2
CLIP_SHARE = 0.1  # of the privacy
Choice = tuple[float, int, int, float]


def train(seed: int, sites: int, noise: float | None, choice: Choice, quantile: float | None = None) -> float:
    """The accuracy after the last round; a noise of None neither clips nor adds noise, a quantile of None: fixed."""
    clip, rounds, batches, rate = choice
    spread = 0.0 if noise is None else noise / math.sqrt(1 - CLIP_SHARE if quantile else 1)
    federation = Federation.deal(DIGITS, seed, skewed=False, sites=sites)
    model = federation.first()
    random = np.random.default_rng(seed)
    for _ in range(rounds):
        total = np.zeros(len(model))
        steps = 0.0
        for site in range(sites):
            delta = (federation.train(site, model, batches, rate, random) - model).astype(np.float64)
            if noise is not None:
                length = max(float(np.linalg.norm(delta)), 1e-30)
                delta *= min(1, clip / length)
                delta += random.normal(0, spread * clip / math.sqrt(sites), len(delta))
                if quantile:
                    most = CLIP_RATE * max(quantile, 1 - quantile)
                    steps += CLIP_RATE * (quantile - (length <= clip))
                    steps += random.normal(0, noise / math.sqrt(CLIP_SHARE) * most / math.sqrt(sites))
            total += delta
        model = model + np.float32(total / sites)
        clip *= math.exp(steps / sites)
    return federation.accuracy(model)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--sites", type=int, nargs="+", default=[8, 32, 128])
    parser.add_argument("--noises", type=float, nargs="+", default=[0, 1, 4])
    parser.add_argument("--clips", type=float, nargs="+", default=[0.3, 1])
    parser.add_argument("--rounds", type=int, nargs="+", default=[5, 30])
    parser.add_argument("--batches", type=int, nargs="+", default=[16])
    parser.add_argument("--rates", type=float, nargs="+", default=[0.3])
    parser.add_argument("--quantile", type=float, help="of the lengths, which the clip follows; else it is fixed")
    options = parser.parse_args()
    for sites in options.sites:
        for noise in [None, *options.noises]:
            clips = options.clips if noise is not None else [math.inf]
            choices = list(itertools.product(clips, options.rounds, options.batches, options.rates))
            best = max(choices, key=lambda choice: train(TUNING_SEED, sites, noise, choice, options.quantile))
            found = [train(seed, sites, noise, best, options.quantile) for seed in range(options.seeds)]
            epsilon = dp_accounting.get_epsilon_gaussian(noise / math.sqrt(best[1]), DELTA) if noise else math.inf
            told = ", ".join(f"{100 * each:.1f}" for each in found)
            print(
                f"{sites:4} sites, noise {'none' if noise is None else noise:4}: epsilon {epsilon:6.1f}, accuracy {told} %"
                f" (clip {best[0]}, {best[1]} rounds of {best[2]} mini-batches, rate {best[3]})",
                flush=True,
            )


if __name__ == "__main__":
    main()
