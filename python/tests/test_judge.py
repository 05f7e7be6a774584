"""How a site judges models: evaluations, the best model's file, and early stopping."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from numpy.typing import NDArray

import swarmstream
from cases import cases
from fake_swarm import FakeSwarm
from swarmstream._best_model import BestFile, BestModel
from swarmstream._judge import Judge
from swarmstream._options import SessionOptions
from swarmstream._patience import Patience
from swarmstream._shared_model import SyncLoop
from swarmstream._weights import Tensors
from trainers import at_each_site


class Plain:
    """A model of no framework: `w` is shared, `head` is trained at the site."""

    def __init__(self, *names: str) -> None:
        self.tensors: dict[str, NDArray[Any]] = {name: np.zeros(2, "f4") for name in names or ("w", "head")}
        self.names = names or ("w",)

    def weights(self) -> dict[str, NDArray[Any]]:
        return {name: self.tensors[name] for name in self.names}

    def load(self, tensors: Tensors) -> None:
        for name, array in tensors:
            self.tensors[name][...] = array

    def whole(self) -> Plain:
        whole = Plain("w", "head")
        whole.tensors = self.tensors
        return whole


def trained(swarm: FakeSwarm, judge: Judge, losses: Iterator[Any], **options: Any) -> SyncLoop:
    """A training in which the local weights of round r are r, in `head` -r."""
    loop, model = SyncLoop(SessionOptions("digits", sync_interval=1, **options), judge, url=swarm.url), Plain()
    loop.begin(model, whole=model.whole())
    for step, _ in enumerate(losses, 1):
        model.tensors["w"][...], model.tensors["head"][...] = step, -step
        loop.batch_ended()
    return loop


def test_evaluates_the_local_model_before_a_merge_and_the_merged_one_after(swarm: FakeSwarm) -> None:
    swarm.merge_scale = 0.5
    model = Plain()
    judge = Judge(lambda: (float(model.tensors["w"][0]), float(model.tensors["head"][0])), evaluate_local=True)
    loop = SyncLoop(SessionOptions("digits", sync_interval=1), judge, url=swarm.url)
    loop.begin(model)
    model.tensors["w"][...], model.tensors["head"][...] = 8, 9
    loop.batch_ended()
    loop.finish()

    first, second, final = judge.evaluations
    assert (first.round, first.loss, first.local_loss) == (0, 0, 0)
    assert (second.round, second.loss, second.metric) == (1, 4, 9)
    assert (second.local_loss, second.local_metric) == (8, 9)
    assert (final.round, final.local_loss) == (2, 4)
    assert str(second) == "round 1: on this site's data loss 4.0, metric 9.0 (local model: 8.0, 9.0)"
    assert [(told["round"], told["loss"]) for told in swarm.nodes[0].evaluations] == [(0, 0), (1, 4), (2, 2)]


def test_without_being_asked_it_does_not_evaluate_the_local_model(swarm: FakeSwarm) -> None:
    judge = Judge(iter([(1.0, 2.0), (3.0, 4.0)]).__next__)
    trained(swarm, judge, iter([0]))
    assert [(each.loss, each.local_loss) for each in judge.evaluations] == [(1, None), (3, None)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"keep_best": "best"}, "keep_best is 'best', but nothing evaluates the model; also give evaluate="),
        ({"evaluate_local": True}, "evaluate_local is True, but nothing evaluates"),
        ({"evaluate": tuple, "best_by": "accuracy"}, "best_by is 'accuracy'; use 'loss'"),
        (
            {"evaluate": tuple, "keep_best": "/nowhere/best"},
            "keep_best is '/nowhere/best', whose folder does not exist",
        ),
        ({"evaluate": tuple, "keep_best": __file__}, "test_judge.py', which has something else than a best model"),
    ],
)
def test_options_that_do_not_fit_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(swarmstream.BadOptionError) as caught:
        Judge(**options)
    assert message in str(caught.value)


@pytest.mark.parametrize(("best_by", "best"), [("loss", 2), ("metric", 1)])
def test_keeps_the_best_merged_model_with_what_the_site_trained(
    swarm: FakeSwarm, tmp_path: Path, best_by: str, best: int
) -> None:
    file = tmp_path / "best.safetensors"
    figures = iter([(float("nan"), 0.1), (0.5, 0.9), (0.25, 0.8), (0.25, 0.9), (0.75, float("nan"))])
    judge = Judge(figures.__next__, keep_best=str(file), best_by=best_by)
    loop = trained(swarm, judge, iter(range(4)))

    kept = judge.best
    assert kept is not None
    assert (kept.file, kept.round) == (file, best)
    assert len(kept.model_hash) == 8
    tensors = safetensors.numpy.load_file(file)
    assert {name: values.tolist() for name, values in tensors.items()} == {"w": [best] * 2, "head": [-best] * 2}
    assert [each.name for each in tmp_path.iterdir()] == ["best.safetensors"]

    assert loop.load_best() == kept
    assert loop._begun().whole.weights()["head"].tolist() == [-best] * 2  # type: ignore[union-attr]


def test_there_may_be_no_best_model(swarm: FakeSwarm, tmp_path: Path) -> None:
    judge = Judge(lambda: (float("nan"), float("nan")), keep_best=tmp_path / "best")
    loop = trained(swarm, judge, iter([0]))
    assert judge.best is None
    with pytest.raises(ValueError, match="there is no best model; give keep_best="):
        loop.load_best()


def model(file: Path, number: int, loss: float, model_hash: str = "") -> BestModel:
    return BestModel(file, number, loss, 0.0, model_hash or f"hash {number}")


def test_a_program_that_is_started_again_has_a_better_model_to_beat(tmp_path: Path) -> None:
    file = tmp_path / "best"
    BestFile(file, "loss").consider(model(file, 7, 0.5), Plain().weights, "digits")

    again = BestFile(file, "loss")
    again.consider(model(file, 9, 0.75), Plain().weights, "digits")
    assert again.best == model(file, 7, 0.5)
    again.consider(model(file, 10, 0.25), Plain().weights, "digits")
    assert again.best == model(file, 10, 0.25)

    same = BestFile(file, "loss")
    same.consider(model(file, 10, 0.25), Plain().weights, "digits")
    assert same.best == model(file, 10, 0.25)


@pytest.mark.parametrize(("number", "contract"), [(0, "digits"), (7, "digits"), (9, "letters")])
def test_the_best_model_of_another_training_is_replaced(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, number: int, contract: str
) -> None:
    file = tmp_path / "best"
    BestFile(file, "loss").consider(model(file, 7, 0.5), Plain().weights, "digits")

    new = BestFile(file, "loss")
    new.consider(model(file, number, 0.75, "another hash"), Plain().weights, contract)
    assert new.best == model(file, number, 0.75, "another hash")
    assert "the best model of an earlier training, which is replaced" in caplog.text


def test_a_write_that_fails_leaves_the_earlier_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "best"
    best = BestFile(file, "loss")
    best.consider(model(file, 1, 0.5), Plain().weights, "digits")
    before = file.read_bytes()

    def diverged() -> dict[str, NDArray[Any]]:
        return {"w": np.zeros(2, "f4"), "head": np.array([0, np.nan], "f4")}

    with pytest.raises(swarmstream.NotFiniteError, match="value 1 of tensor 'head' is NaN"):
        best.consider(model(file, 2, 0.25), diverged, "digits")
    assert file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["best"]


def test_a_file_that_cannot_be_replaced_leaves_no_draft(tmp_path: Path) -> None:
    file = tmp_path / "best"
    best = BestFile(file, "loss")
    file.mkdir()
    with pytest.raises(swarmstream.TemporaryFileError, match=r"'.*/best' \(Is a directory\); free space"):
        best.consider(model(file, 1, 0.5), Plain().weights, "digits")
    assert [each.name for each in tmp_path.iterdir()] == ["best"]


def test_only_its_user_can_read_the_best_model_and_drafts_of_others_stay(tmp_path: Path) -> None:
    file = tmp_path / "best"
    (tmp_path / "best.new").write_text("of somebody else")
    BestFile(file, "loss").consider(model(file, 1, 0.5), Plain().weights, "digits")
    assert file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "best.new").read_text() == "of somebody else"


def test_a_file_that_notes_nan_is_replaced(tmp_path: Path) -> None:
    file, noted_by_loss = tmp_path / "best", float("nan")
    first = BestModel(file, 1, noted_by_loss, 0.5, "hash 1")
    BestFile(file, "metric").consider(first, Plain().weights, "digits")

    by_loss = BestFile(file, "loss")
    by_loss.consider(model(file, 2, 0.25), Plain().weights, "digits")
    assert by_loss.best == model(file, 2, 0.25)


class TestPatience:
    def test_all_sites_stop_after_the_same_round(self, two: FakeSwarm) -> None:
        losses = [[9, 8, 4, 6, 6, 5, 5, 5], [9, 2, 4, 4, 4, 5, 5, 5]]  # means 9 5 4 5 5 5 5 5

        def train(url: str, index: int) -> int:
            own = {"w": np.zeros(2, "f4")}
            with swarmstream.join("digits", own, url=url, patience=3) as session:
                for loss in losses[index]:
                    merged = session.sync(own, loss=loss)
                    if session.should_stop:
                        break
                session.finish(own)
            return merged.round

        assert at_each_site(two, train) == [5, 5]

    def test_a_callback_stops_by_what_the_sites_evaluate(self, swarm: FakeSwarm) -> None:
        judge = Judge(iter([(9.0, 0), (5.0, 0), (4.0, 0), (4.0, 0), (6.0, 0), (1.0, 0)]).__next__)
        stops: list[bool] = []
        loop = SyncLoop(SessionOptions("digits", sync_interval=1, patience=2), judge, url=swarm.url)
        loop.begin(Plain())
        for _ in range(5):
            loop.batch_ended()
            stops.append(loop.should_stop)
        # A record has what the sites said of the model before it: 9, 5, 4, and no lower loss in rounds 4 and 5.
        assert stops == [False, False, False, False, True]
        assert not loop.training_over

    def test_a_site_that_missed_rounds_stops_with_the_others(self) -> None:
        patience = Patience(3)
        for number, loss in (0, 4.0), (1, 2.0), (4, 3.0):
            patience.saw(merged(number, loss))
        assert patience.has_run_out

    @pytest.mark.parametrize("case", cases("patience_cases.txt"))
    def test_runs_out_after_the_same_round_as_in_java(self, case: str) -> None:
        rounds, losses, stop = case.split("; ")
        patience, stopped = Patience(int(rounds)), "never"
        for number, loss in enumerate(losses.split()):
            if loss != "-":
                patience.saw(merged(number, None if loss == "nan" else float(loss)))
            if patience.has_run_out and stopped == "never":
                stopped = str(number)
        assert stopped == stop

    def test_without_patience_or_a_new_minimum_nothing_stops(self) -> None:
        for rounds, losses in (None, [1.0] * 9), (1, [9.0 - each for each in range(9)]):
            patience = Patience(rounds)
            for number, loss in enumerate(losses):
                patience.saw(merged(number, loss))
            assert not patience.has_run_out

    def test_warns_once_when_no_site_reports_a_loss(self, swarm: FakeSwarm, caplog: pytest.LogCaptureFixture) -> None:
        own = {"w": np.zeros(2, "f4")}
        with caplog.at_level(logging.WARNING), swarmstream.join("digits", own, url=swarm.url, patience=1) as session:
            for _ in range(4):
                session.sync(own)
            assert not session.should_stop
        assert caplog.text.count("patience=1 has no effect: no site reports a loss") == 1

    @pytest.mark.parametrize("patience", [0, -1, 1.5])
    def test_other_values_are_refused(self, patience: Any) -> None:
        with pytest.raises(
            swarmstream.BadOptionError, match=r"patience is .*; use a positive number of rounds, or None"
        ):
            swarmstream.join("digits", {"w": np.zeros(2)}, patience=patience)


def merged(number: int, loss: float | None) -> swarmstream.MergedRound:
    return swarmstream.MergedRound(number, True, ("a",), "", loss, 1, False, None)
