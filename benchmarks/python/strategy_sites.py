"""A site of the comparison with Flower's strategies: trains by Swarmstream's Python package.

Arguments: the contract, the site's number from 0, and the address of its node.
"""

from __future__ import annotations

import sys

import swarmstream
from peers.cell import tell
from training import Training

DEADLINE_SECONDS = 300


def main() -> None:
    """Round 0 merges the initial weights, which are the same everywhere."""
    training = Training.of_environment()
    contract, site, url = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    settings = training.settings
    model = training.first()
    with swarmstream.join(
        contract,
        {"model": model},
        url=url,
        min_peers=settings.sites,
        sync_interval=settings.batches,
        deadline_seconds=DEADLINE_SECONDS,
    ) as session:
        for number in range(settings.rounds + 1):
            own = training.at_site(site, model, number) if number else model
            model = session.sync({"model": own}).weights["model"]
            if site == 0:
                tell("round", round=number, accuracy=training.federation.accuracy(model))


if __name__ == "__main__":
    main()
