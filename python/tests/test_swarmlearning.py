"""What programs written for HPE's callbacks count on, whatever their framework."""

from __future__ import annotations

from typing import Any

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
