"""What all examples ask their caller, and how they share one data set out among sites."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray


def site_arguments(what: str, contract: str = "defaultbb.cqdb.sml.hpe", epochs: int = 10) -> argparse.Namespace:
    """The options of one site. `./swarm up` has the default contract ready for its first trainer."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument(
        "--url", help="the site node's address; default: SWARM_SITE_URL, else port 30305 of this machine"
    )
    parser.add_argument("--contract", default=contract)
    parser.add_argument("--min-peers", type=int, default=2)
    parser.add_argument("--shard", type=int, default=0, help="which part of the data this site has")
    parser.add_argument("--shards", type=int, default=2, help="how many parts there are")
    parser.add_argument("--seed", type=int, default=1, help="the same at all sites: it decides who has what")
    parser.add_argument("--epochs", type=int, default=epochs)
    parser.add_argument("--sync-interval", type=int, default=8, help="batches between two rounds")
    parser.add_argument(
        "--adaptive", action="store_true", help="let the rounds decide how many batches there are between two"
    )
    return parser.parse_args()


def skewed_shard(labels: NDArray[Any], shard: int, shards: int, seed: int, share: float = 0.9) -> NDArray[Any]:
    """Which examples a site has: of its own classes `share`, of the others an equal part of the rest."""
    random = np.random.default_rng(seed)
    owner = labels % shards
    strays = random.random(len(labels)) > share
    owner = np.where(strays, random.integers(0, shards, len(labels)), owner)
    return random.permutation(np.flatnonzero(owner == shard))


def report(alone: float, swarm: float, model_hash: str) -> None:
    """What the swarm was good for."""
    print(f"accuracy alone {alone:.1%}, in the swarm {swarm:.1%}, final model {model_hash}")
