"""The options of all examples, and the split of one data set among sites."""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray


def site_arguments(what: str, contract: str = "defaultbb.cqdb.sml.hpe", epochs: int = 10) -> argparse.Namespace:
    """Parses the options of one site. `./swarm up` prepares the default contract."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument(
        "--url", help="the site node's address; default: SWARM_SITE_URL, else port 30305 of this machine"
    )
    parser.add_argument("--contract", default=contract)
    parser.add_argument("--min-peers", type=int, default=2)
    parser.add_argument("--shard", type=int, default=0, help="which part of the data this site has")
    parser.add_argument("--shards", type=int, default=2, help="how many parts there are")
    parser.add_argument("--seed", type=int, default=1, help="decides which site has which data; the same at all sites")
    parser.add_argument("--epochs", type=int, default=epochs)
    parser.add_argument("--sync-interval", type=int, default=8, help="batches between two syncs")
    parser.add_argument(
        "--adaptive", action="store_true", help="let the rounds decide how many batches lie between two syncs"
    )
    return parser.parse_args()


def skewed_shard(labels: NDArray[Any], shard: int, shards: int, seed: int, share: float = 0.9) -> NDArray[Any]:
    """The examples of a site: `share` of its own classes, and an equal part of the rest of all others."""
    random = np.random.default_rng(seed)
    owner = labels % shards
    strays = random.random(len(labels)) > share
    owner = np.where(strays, random.integers(0, shards, len(labels)), owner)
    return random.permutation(np.flatnonzero(owner == shard))


def report(alone: float, swarm: float, model_hash: str) -> None:
    """Prints the accuracy of the model trained alone and of the swarm's, and the final model's hash."""
    print(f"accuracy alone {alone:.1%}, in the swarm {swarm:.1%}, final model {model_hash}")
