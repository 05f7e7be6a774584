"""What programs written for HPE's callbacks rely on, in every framework."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from fake_swarm import FakeSwarm
from programs.numpy_platform import SwarmCallback
from swarmlearning.client.swarm import SwarmError


@pytest.fixture
def site(swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch) -> FakeSwarm:
    monkeypatch.setenv("SWARM_SITE_URL", swarm.url)
    return swarm


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"syncFrequency": 0}, "syncFrequency has to be a positive integer"),
        ({"syncFrequency": "often"}, "syncFrequency has to be a positive integer"),
        ({"minPeers": -1}, "minPeers have to be a positive integer"),
        ({"trainingContract": None}, "Invalid Training Contract"),
        (
            {"useAdaptiveSync": True},
            "For adaptive sync, valid adsValData is mandatory and a positive adsValBatchSize if applicable",
        ),
        (
            {"checkinModelOnTrainEnd": "gone"},
            "Invalid value checkinModelOnTrainEnd: gone. Allowed values: ['inactive', 'active', 'snapshot']",
        ),
        (
            {"mergeMethod": "sum"},
            "Invalid value mergeMethod: sum. Allowed values: ['mean', 'coordmedian', 'geomedian']",
        ),
        ({"nodeWeightage": 0}, "Node weightage should be a number between 1-100. Provided value: 0"),
        ({"nodeWeightage": 101}, "Node weightage should be a number between 1-100. Provided value: 101"),
        ({"totalEpochs": 0}, "totalEpochs value is not a positive integer"),
    ],
)
@pytest.mark.parametrize("loopback", ["True", "false"])
def test_says_what_is_wrong_with_a_parameter(
    parameters: dict[str, Any], message: str, loopback: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWARM_LOOPBACK", loopback)
    with pytest.raises(SwarmError) as caught:
        SwarmCallback(**{"syncFrequency": 128, "minPeers": 2, **parameters})
    assert str(caught.value) == message


def test_waits_in_its_own_log_not_in_silence(
    two: FakeSwarm, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SWARM_SITE_URL", two.url)
    monkeypatch.setenv("SWARM_DEADLINE_SECONDS", "2")
    with pytest.raises(SwarmError, match=r"^Sync Swarm call to SL container failed - .*\[SL container: .*http://127"):
        SwarmCallback(1, 2, logger=TestLog()).on_train_begin()
    assert any("round 0: waits for site-1 · 1 in, 2 needed · gives up in" in line for line in TestLog.lines)


class TestLog:
    """What HPE's callbacks ask of a logger, and no more."""

    __test__ = False
    lines: ClassVar[list[str]] = []

    def info(self, text: str, *values: object) -> None:
        self.lines.append(text % values)

    warning = error = debug = info


def test_says_what_its_site_node_has_to_say(site: FakeSwarm, capsys: pytest.CaptureFixture[str]) -> None:
    site.nodes[0].notices.append("the training of contract digits was over with round 9 already")
    callback = SwarmCallback(1, 1, logger=(log := TestLog()))
    callback.on_train_begin()
    site.nodes[0].start_anew()
    callback.on_batch_end()
    callback.on_train_end()
    assert len([line for line in log.lines if "over with round 9" in line]) == 1


def test_says_which_model_each_merge_made(site: FakeSwarm) -> None:
    callback = SwarmCallback(1, 1, logger=(log := TestLog()))
    callback.on_train_begin()
    callback.on_train_end()
    assert f"Round 0 merged site-0: model {site.nodes[0].hash_of(0)}. The next merge is after 1 batches." in log.lines
    assert f"The final model is that of round 1: model {site.nodes[0].hash_of(1)}. All sites have it." in log.lines


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_what_fails_in_a_merge_has_left(site: FakeSwarm, error: type[BaseException]) -> None:
    class Fails(SwarmCallback):
        def _calculateLocalLossAndMetrics(self) -> tuple[float, float]:
            raise error

    callback = Fails(1, 1, adsValData=2.0)
    with pytest.raises(error):
        callback.on_train_begin()
    assert len(site.nodes[0].left) == 1


def test_a_platform_of_ones_own_needs_no_more_than_five_methods(site: FakeSwarm) -> None:
    """HPE's callbacks know no hook that opens the session: training begins with it."""
    callback = SwarmCallback(1, 1, adsValData=2.0)
    callback.on_train_begin()
    for _ in range(2):
        callback.weights = callback.weights + 1
        callback.on_batch_end()
    callback.on_train_end()

    assert callback.weights[0] == 2
    assert [told["loss"] for told in site.nodes[0].evaluations] == [4.0, 0.0, 0.0]
