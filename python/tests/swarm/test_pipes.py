"""Programs with HPE's client inside, at a real swarm: the same models as by HTTP. Run with `pytest -m swarm`."""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import swarmstream
from fake_swarm import until
from hpe_pipes import PipeError, PipesClient, Weights
from real_swarm import RealSwarm
from swarmstream._node import SiteNode
from trainers import together

pytestmark = pytest.mark.swarm

NAMES = ("piped-a", "piped-b")


def model(value: float) -> Weights:
    return {"fc.weight": np.full((3, 2), value, "f4"), "fc.bias": np.linspace(0, value, 3, dtype="f8")}


def locally(weights: Weights, site: int) -> Weights:
    """What a site's local training makes of weights."""
    return {name: (array * 0.9 + site + 1).astype(array.dtype) for name, array in weights.items()}


def through_pipes(
    folder: Path, contract: str, site: int, trains: Callable[[int], None] = lambda _: None, **terms: Any
) -> Weights:
    """A program of HPE's shape: a merge at the beginning, two rounds, the end; `trains` is called before each."""
    with PipesClient(folder, contract, lambda _: (0.5 + site, 0.25), **terms) as client:
        over = client.sync(model(site))[1]
        for number in range(2):
            assert not over
            trains(number)
            interval, over = client.sync(locally(client.model, site))
            assert interval == 16
            client.epochs_done += 1
        trains(2)
        _, over = client.close_session(locally(client.model, site))
        assert over
        return client.model


def by_http(url: str, contract: str, site: int) -> swarmstream.Final:
    with swarmstream.join(contract, model(site), url=url, min_peers=2, sync_interval=16) as session:
        merged = session.sync(model(site))
        for _ in range(2):
            merged = session.sync(locally(merged.weights, site))
        return session.finish(locally(merged.weights, site))


def final_hash(url: str, contract: str) -> str:
    ended = SiteNode(url).status()["ended"]
    return next(str(training["modelHash"]) for training in ended if training["contract"] == contract)


@pytest.fixture
def doors(real_swarm: RealSwarm) -> list[tuple[Path, str]]:
    return together(*(lambda name=name: real_swarm.with_doors(name) for name in NAMES))


@pytest.mark.parametrize("by_file", [True, False], ids=["pickles", "messages"])
def test_two_sites_end_with_the_model_that_they_have_by_http(
    real_swarm: RealSwarm, doors: list[tuple[Path, str]], by_file: bool
) -> None:
    kind = "pickles" if by_file else "messages"
    contract, other = real_swarm.contract(f"piped-{kind}"), real_swarm.contract(f"unpiped-{kind}")

    one, two = together(*(lambda at=at: through_pipes(doors[at][0], contract, at, by_file=by_file) for at in range(2)))
    first, second = together(*(lambda at=at: by_http(doors[at][1], other, at) for at in range(2)))

    assert first.model_hash == second.model_hash == final_hash(doors[0][1], contract)
    for name, array in first.weights.items():
        np.testing.assert_array_equal(one[name], array)
        np.testing.assert_array_equal(two[name], array)
        assert (one[name].dtype, one[name].shape) == (array.dtype, array.shape)


def test_integers_stay_at_the_site_in_a_form_that_pytorch_loads(
    real_swarm: RealSwarm, doors: list[tuple[Path, str]]
) -> None:
    contract = real_swarm.contract("piped-types")

    def weights(site: int) -> Weights:
        return {
            "half": np.full(2, site, "f2"),
            "bn.num_batches_tracked": np.array(40 + site),
            "mask": np.array([True, False]),
            "turned": np.asfortranarray(np.arange(6, dtype="f4").reshape(2, 3) + site),
        }

    def train(site: int, protocol: int) -> Weights:
        with PipesClient(doors[site][0], contract, protocol=protocol) as client:
            client.sync(weights(site))
            client.close_session(weights(site))
            return client.model

    models = together(lambda: train(0, 2), lambda: train(1, 5))

    for site, merged in enumerate(models):
        np.testing.assert_array_equal(merged["half"], np.full(2, 0.5, "f2"))
        np.testing.assert_array_equal(merged["turned"], np.arange(6, dtype="f4").reshape(2, 3) + 0.5)
        assert merged["bn.num_batches_tracked"].tolist() == [40 + site]
        assert merged["mask"].tolist() == [True, False]
        assert [array.dtype.str for array in merged.values()] == ["<f2", "<i8", "|b1", "<f4"]


class RunsCode:
    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return os.system, (f"touch {self.file}",)


def test_a_pickle_that_would_run_code_is_refused_by_name(
    real_swarm: RealSwarm, doors: list[tuple[Path, str]], tmp_path: Path
) -> None:
    contract, (folder, _) = real_swarm.contract("piped-code"), doors[0]
    with PipesClient(folder, contract) as client:
        bad: Any = {"w": RunsCode(tmp_path / "run")}
        with pytest.raises(PipeError, match=r"^SL error: the pickle names posix\.system, which is refused"):
            client.sync(bad)
    assert not (tmp_path / "run").exists()
    through = together(*(lambda at=at: through_pipes(doors[at][0], contract, at) for at in range(2)))
    np.testing.assert_array_equal(through[0]["fc.weight"], through[1]["fc.weight"])


def test_what_is_wrong_is_said_in_hpes_way(real_swarm: RealSwarm, doors: list[tuple[Path, str]]) -> None:
    contract, (folder, _) = real_swarm.contract("piped-wrong"), doors[0]

    with pytest.raises(PipeError, match="SL error: there is no contract nowhere"):
        PipesClient(folder, "nowhere")
    with pytest.raises(PipeError, match=r"checkinModelOnTrainEnd is never; .*\[inactive, active, snapshot\]"):
        PipesClient(folder, contract, _5="never")
    with pytest.raises(PipeError, match="SL error: minPeers is 0"):
        PipesClient(folder, contract, _2=0)
    with PipesClient(folder, contract) as client:
        (folder / "trained_weights.pkl").write_bytes(pickle.dumps([1, 2]))
        with pytest.raises(PipeError, match="no dict"):
            client._exchange(6, 7, [1, 2], 1)  # type: ignore[arg-type]


def test_a_client_that_is_killed_in_mid_sync_leaves_and_the_next_one_trains(
    real_swarm: RealSwarm, doors: list[tuple[Path, str]]
) -> None:
    contract, (folder, url) = real_swarm.contract("piped-killed"), doors[0]
    client = PipesClient(folder, contract)

    def sync() -> None:
        with suppress(OSError, ValueError, PipeError):
            client.sync(model(1))

    syncing = threading.Thread(target=sync, daemon=True)
    syncing.start()
    until(lambda: any(session["contract"] == contract for session in SiteNode(url).status()["sessions"]), seconds=60)

    client.requests.close()

    until(lambda: not SiteNode(url).status()["sessions"], seconds=60)
    syncing.join(10)
    client.hang_up()
    models = together(*(lambda at=at: through_pipes(doors[at][0], contract, at) for at in range(2)))
    np.testing.assert_array_equal(models[0]["fc.weight"], models[1]["fc.weight"])


@pytest.mark.parametrize("mode", ["active", "inactive"])
def test_a_site_that_ends_early_ends_with_the_last_merged_model(
    real_swarm: RealSwarm, doors: list[tuple[Path, str]], mode: str
) -> None:
    contract = real_swarm.contract(f"piped-{mode}")

    clients = []

    def early() -> Weights:
        with PipesClient(doors[0][0], contract, _5=mode) as client:
            clients.append(client)
            client.sync(model(0))
            client.close_session(client.model, weight=0 if mode == "inactive" else 1)
            return client.model

    def no_faster_than_the_pipe(number: int) -> None:
        until(lambda: clients[0].models > number, seconds=60)

    one, two = together(early, lambda: through_pipes(doors[1][0], contract, 1, no_faster_than_the_pipe))

    np.testing.assert_array_equal(one["fc.weight"], two["fc.weight"])
    assert clients[0].models >= 3  # each round of the other site came here, too
