"""Sessions in a real swarm: site nodes, Kafka, Flink and Ethereum. Run with `pytest -m swarm`."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import swarmstream
from fake_swarm import until
from real_swarm import NAMES, RealSwarm, waits_for_round
from swarmstream._node import SiteNode
from trainers import together

pytestmark = pytest.mark.swarm

Weights = dict[str, NDArray[Any]]


def filled(value: float) -> Weights:
    return {"w": np.full(3, value)}


def odd_weights(value: float) -> Weights:
    return {
        "a/b.c d": np.full((2, 3, 4), value, "f8"),
        "scalar": np.array(value, "f4"),
        "half": np.full(3, value, "f2"),
        "count": np.array(round(value)),
    }


def test_any_type_and_shape_comes_back_as_it_was(real_swarm: RealSwarm) -> None:
    contract, urls = real_swarm.contract("types"), real_swarm.sites(2)

    def train(url: str, value: float) -> swarmstream.Final:
        with swarmstream.join(contract, odd_weights(0), url=url) as session:
            session.sync(odd_weights(0))
            return session.finish(session.sync(odd_weights(value)).weights)

    one, other = together(lambda: train(urls[0], 2), lambda: train(urls[1], 5))
    assert one.model_hash == other.model_hash
    for name, array in odd_weights(3.5).items():
        np.testing.assert_array_equal(one.weights[name], array)
        assert (one.weights[name].dtype, one.weights[name].shape) == (array.dtype, array.shape)


def test_a_site_node_that_is_killed_while_the_trainer_waits_costs_only_time(real_swarm: RealSwarm) -> None:
    contract, (url, other_url) = real_swarm.contract("killed"), real_swarm.sites(2)

    def stubborn() -> swarmstream.Final:
        with swarmstream.join(contract, filled(0), url=url) as session:
            session.sync(filled(0))
            return session.finish(session.sync(filled(2)).weights)

    def other() -> swarmstream.Final:
        with swarmstream.join(contract, filled(0), url=other_url) as session:
            session.sync(filled(0))
            until(lambda: waits_for_round(url, contract, 1), seconds=60)
            real_swarm.kill(NAMES[0])
            restart = threading.Thread(target=real_swarm.restart, args=(NAMES[0], url))
            restart.start()
            merged = session.sync(filled(4))
            restart.join()
            return session.finish(merged.weights)

    one, two = together(stubborn, other)
    assert one.model_hash == two.model_hash
    np.testing.assert_array_equal(one.weights["w"], np.full(3, 3.0))


def test_a_trainer_that_comes_late_goes_on_with_the_newest_model(real_swarm: RealSwarm) -> None:
    contract, urls = real_swarm.contract("late"), real_swarm.sites(3)
    trained, joined = threading.Barrier(3), threading.Event()

    def train(url: str) -> str:
        with swarmstream.join(contract, filled(0), url=url) as session:
            weights = session.sync(filled(0)).weights
            for _ in range(2):
                weights = session.sync({"w": weights["w"] + 1}).weights
            trained.wait(60)
            assert joined.wait(60)
            return session.finish(weights).model_hash

    def late() -> str:
        trained.wait(60)
        with swarmstream.join(contract, filled(-100), url=urls[2]) as session:
            newest = session.sync(filled(-100))
            joined.set()
            assert not newest.participated
            np.testing.assert_array_equal(newest.weights["w"], filled(2)["w"])
            return session.finish(newest.weights).model_hash

    hashes = together(lambda: train(urls[0]), lambda: train(urls[1]), late)
    assert len(set(hashes)) == 1


def test_how_far_a_trainer_has_come_is_told_to_people(real_swarm: RealSwarm) -> None:
    contract, urls = real_swarm.contract("progress"), real_swarm.sites(2)

    def train(url: str) -> Any:
        with swarmstream.join(contract, filled(0), url=url, epochs_total=4) as session:
            session.report_evaluation(session.sync(filled(0)), loss=0.25, metric=0.75, epochs_done=1)
            session.sync(filled(1), epochs_done=1)
            return next(each for each in SiteNode(url).status()["sessions"] if each["session"] == session.name)

    for status in together(lambda: train(urls[0]), lambda: train(urls[1])):
        assert (status["epochsDone"], status["epochsTotal"], status["round"]) == (1, 4, 1)
