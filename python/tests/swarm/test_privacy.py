"""What a training with noise may have given away is told with each round, at the end, and on the command line."""

from __future__ import annotations

import re

import numpy as np
import pytest

import swarmstream
from real_swarm import RealSwarm
from trainers import together

pytestmark = pytest.mark.swarm

# Of noise 1.1 and delta 1e-5 after 0, 1 and 2 rounds with noise, from Google's dp-accounting 0.6.0.
EPSILON = (0.0, 3.921250, 5.871005)
WEIGHTS = {"w": np.zeros(8, "f4")}


def test_each_round_and_the_end_tell_epsilon(real_swarm: RealSwarm) -> None:
    contract = real_swarm.private_contract("noisy", "dp(clip=1,noise=1.1)")

    def train(url: str) -> list[float | None]:
        with swarmstream.join(contract, WEIGHTS, url=url) as session:
            told = [session.sync(WEIGHTS).epsilon for _ in range(2)]
            return [*told, session.finish(WEIGHTS).epsilon]

    for told in together(*(lambda url=url: train(url) for url in real_swarm.sites(2))):
        assert told == pytest.approx(EPSILON, rel=1e-5)
    shown = re.search(r"privacy loss.*epsilon (\S+)", real_swarm.shown(contract))
    assert shown is not None
    assert float(shown[1]) == pytest.approx(EPSILON[-1], rel=0.01)
