"""What needs the real thing: site nodes, Kafka, Flink and Ethereum. Run with `pytest -m swarm`."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray

import swarmstream
from real_swarm import RealSwarm, free_port

pytestmark = pytest.mark.swarm

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
EXAMPLE_SECONDS = 300
REPORT = re.compile(r"accuracy alone ([\d.]+)%, in the swarm ([\d.]+)%, final model ([0-9a-f]{64})")

Weights = dict[str, NDArray[Any]]
Outcome = tuple[float, float, str]  # accuracy alone, in the swarm, hash of the final model
T = TypeVar("T")


@pytest.fixture(scope="module")
def swarm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealSwarm]:
    with RealSwarm(tmp_path_factory.mktemp("swarm")) as up:
        yield up


@pytest.fixture(scope="module")
def sites(swarm: RealSwarm) -> list[str]:
    return [swarm.site("hospital-a"), swarm.site("hospital-b")]


def both(first: Callable[[], T], second: Callable[[], T]) -> list[T]:
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(first), pool.submit(second)]
        return [each.result(timeout=EXAMPLE_SECONDS) for each in running]


def run_example(name: str, *arguments: str, **environment: str) -> Outcome:
    done = subprocess.run(
        [sys.executable, EXAMPLES / name, *arguments],
        env={**os.environ, "OMP_NUM_THREADS": "1", **environment},
        capture_output=True,
        text=True,
        timeout=EXAMPLE_SECONDS,
        check=False,
    )
    found = REPORT.search(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert found, done.stdout + done.stderr
    print(name, arguments, found.group(0))
    return float(found.group(1)), float(found.group(2)), found.group(3)


def require(*modules: str) -> None:
    for module in modules:
        if importlib.util.find_spec(module) is None:
            pytest.skip(f"{module} is not installed")


@pytest.mark.parametrize(
    ("example", "modules"),
    [
        ("numpy_digits.py", ["sklearn"]),
        ("pytorch_digits.py", ["torch", "sklearn"]),
        ("keras_digits.py", ["keras", "sklearn"]),
        ("huggingface_text.py", ["transformers", "torch", "accelerate"]),
    ],
)
def test_both_sites_end_an_example_with_the_same_model(
    swarm: RealSwarm, sites: list[str], example: str, modules: list[str]
) -> None:
    require(*modules)
    contract = swarm.contract(example.replace("_", "-").removesuffix(".py"))

    def at(shard: int) -> Outcome:
        backend = "torch" if importlib.util.find_spec("torch") else "jax"
        options = ("--url", sites[shard], "--shard", str(shard), "--contract", contract)
        return run_example(example, *options, KERAS_BACKEND=backend)

    one, other = both(lambda: at(0), lambda: at(1))
    assert one[1:] == other[1:]
    assert one[1] > min(one[0], other[0])


def test_both_sites_of_an_adaptive_training_end_with_the_same_model(swarm: RealSwarm, sites: list[str]) -> None:
    require("sklearn")
    contract = swarm.contract("adaptive-digits")

    def at(shard: int) -> Outcome:
        options = ("--url", sites[shard], "--shard", str(shard), "--contract", contract)
        return run_example("numpy_digits.py", *options, "--adaptive")

    one, other = both(lambda: at(0), lambda: at(1))
    assert one[1:] == other[1:]
    assert one[1] > min(one[0], other[0])


@pytest.mark.parametrize(
    ("example", "modules"),
    [
        ("hpe_pytorch.py", ["torch", "torchmetrics", "sklearn"]),
        ("hpe_transformers.py", ["torch", "transformers", "peft", "accelerate"]),
        ("hpe_keras.py", ["tensorflow", "sklearn"]),
    ],
)
def test_a_program_for_hpe_runs_unchanged(sites: list[str], swarm: RealSwarm, example: str, modules: list[str]) -> None:
    """With HPE's default contract, which begins anew for each program, as its layout is another."""
    require(*modules)
    swarm.reset_default_contract()

    def at(shard: int) -> Outcome:
        return run_example(example, SWARM_SITE_URL=sites[shard], SHARD=str(shard), MAX_EPOCHS="3", MAX_STEPS="40")

    one, other = both(lambda: at(0), lambda: at(1))
    assert one[1:] == other[1:]


def odd_weights(value: float) -> Weights:
    return {
        "a/b.c d": np.full((2, 3, 4), value, "f8"),
        "scalar": np.array(value, "f4"),
        "half": np.full(3, value, "f2"),
        "count": np.array(round(value)),
    }


def test_any_type_and_shape_comes_back_as_it_was(swarm: RealSwarm, sites: list[str]) -> None:
    contract = swarm.contract("types")

    def train(url: str, value: float) -> swarmstream.Final:
        with swarmstream.join(contract, odd_weights(0), url=url) as session:
            session.sync(odd_weights(0))
            return session.finish(session.sync(odd_weights(value)).weights)

    one, other = both(lambda: train(sites[0], 2), lambda: train(sites[1], 5))
    assert one.model_hash == other.model_hash
    for name, array in odd_weights(3.5).items():
        np.testing.assert_array_equal(one.weights[name], array)
        assert (one.weights[name].dtype, one.weights[name].shape) == (array.dtype, array.shape)


def test_another_layout_is_told_with_both_shapes(swarm: RealSwarm, sites: list[str]) -> None:
    contract = swarm.contract("layout")
    with swarmstream.join(contract, {"w": np.zeros((2, 3))}, url=sites[0]):
        pass
    with pytest.raises(swarmstream.LayoutMismatch) as caught:
        swarmstream.join(contract, {"w": np.zeros((2, 4))}, url=sites[1]).open()
    for shape in ("2x3", "2x4"):
        assert f"w:{shape}" in str(caught.value)
    with pytest.raises(swarmstream.TermsMismatch, match="minPeers is 2"):
        swarmstream.join(contract, {"w": np.zeros((2, 3))}, url=sites[1], min_peers=3).open()
    with pytest.raises(swarmstream.UnknownContract, match="nowhere"):
        swarmstream.join("nowhere", {"w": np.zeros(1)}, url=sites[1]).open()


def test_a_value_that_is_not_finite_is_told_with_its_tensor(swarm: RealSwarm, sites: list[str]) -> None:
    with swarmstream.join(swarm.contract("finite"), {"w": np.zeros(3)}, url=sites[0]) as session:
        with pytest.raises(swarmstream.NotFinite, match="w"):
            session.sync({"w": np.array([0, np.nan, 0])})


def test_who_is_missing_is_told_when_the_deadline_passes(swarm: RealSwarm, sites: list[str]) -> None:
    contract = swarm.contract("alone")
    with swarmstream.join(contract, {"w": np.zeros(3)}, url=sites[1]):
        pass  # enrolled, and gone
    with swarmstream.join(contract, {"w": np.zeros(3)}, url=sites[0], deadline_seconds=6) as session:
        with pytest.raises(swarmstream.DeadlinePassed):
            session.sync({"w": np.zeros(3)})


def test_a_site_node_that_is_killed_while_the_trainer_waits_costs_only_time(swarm: RealSwarm, sites: list[str]) -> None:
    contract, port = swarm.contract("killed"), free_port()
    url = swarm.site("hospital-c", port)

    def stubborn() -> swarmstream.Final:
        with swarmstream.join(contract, {"w": np.zeros(3)}, url=url, deadline_seconds=200) as session:
            session.sync({"w": np.zeros(3)})
            merged = session.sync({"w": np.full(3, 2.0)})
            return session.finish(merged.weights)

    def other() -> swarmstream.Final:
        with swarmstream.join(contract, {"w": np.zeros(3)}, url=sites[0], deadline_seconds=200) as session:
            session.sync({"w": np.zeros(3)})
            time.sleep(4)  # the first one waits meanwhile
            swarm.kill("hospital-c")
            restart = threading.Thread(target=swarm.site, args=("hospital-c", port))
            restart.start()
            merged = session.sync({"w": np.full(3, 4.0)})
            restart.join()
            return session.finish(merged.weights)

    one, two = both(stubborn, other)
    assert one.model_hash == two.model_hash
    np.testing.assert_array_equal(one.weights["w"], np.full(3, 3.0))


def test_a_trainer_that_comes_late_goes_on_with_the_newest_model(swarm: RealSwarm, sites: list[str]) -> None:
    contract = swarm.contract("late")
    late_url = swarm.site("hospital-d")

    def train(url: str, rounds: int) -> swarmstream.Final:
        with swarmstream.join(contract, {"w": np.zeros(3)}, url=url, deadline_seconds=100) as session:
            weights = session.sync({"w": np.zeros(3)}).weights
            for _ in range(rounds):
                weights = session.sync({"w": weights["w"] + 1}).weights
                time.sleep(0.5)
            return session.finish(weights)

    def late() -> float:
        time.sleep(6)
        with swarmstream.join(contract, {"w": np.full(3, -100.0)}, url=late_url, deadline_seconds=100) as session:
            newest = session.sync({"w": np.full(3, -100.0)})
            session.finish(newest.weights)
            return float(newest.weights["w"][0])

    with ThreadPoolExecutor(3) as pool:
        trainers = [pool.submit(train, url, 8) for url in sites]
        newest = pool.submit(late).result(100)
        hashes = {trainer.result(100).model_hash for trainer in trainers}
    assert newest > 0
    assert len(hashes) == 1
