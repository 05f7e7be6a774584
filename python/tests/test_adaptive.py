"""The interval that comes with a model holds until the next model, in every framework."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import swarmstream
from fake_swarm import FakeSwarm
from swarmlearning.client.swarm import SwarmCallbackBase
from swarmstream._options import SessionOptions
from swarmstream._shared_model import SyncLoop
from swarmstream._weights import Tensors, Weights

INTERVALS = {0: 4, 1: 6, 2: 3}


def weights() -> dict[str, NDArray[Any]]:
    return {"w": np.zeros((2, 3), "f4")}


class Plain:
    """A model of no framework."""

    def weights(self) -> Weights:
        return weights()

    def load(self, tensors: Tensors) -> None:
        dict(tensors)


class PlainCallback(SwarmCallbackBase):
    """An HPE callback of no framework."""

    def __init__(self, **parameters: Any) -> None:
        self._swarmInitialize(**{"minPeers": 1, "trainingContract": "digits", **parameters})
        self._swarmOpenSession()

    def _verifyAndSetPlatformContext(self, params: Mapping[str, Any]) -> None:
        pass

    def _getValidationDataForAdaptiveSync(self, valData: Any, valBatchSize: Any) -> tuple[Any, Any, Any, Any, Any]:
        return valData, None, None, None, None

    def _saveModelWeightsToDict(self) -> Mapping[str, NDArray[Any]]:
        return weights()

    def _loadModelWeightsFromDict(self, inDict: Mapping[str, NDArray[Any]]) -> None:
        pass

    def _calculateLocalLossAndMetrics(self) -> tuple[float, float]:
        return 0.0, 0.0


@pytest.fixture
def adaptive(swarm: FakeSwarm) -> FakeSwarm:
    swarm.intervals = dict(INTERVALS)
    return swarm


def test_a_session_says_the_interval_until_the_next_sync(adaptive: FakeSwarm) -> None:
    with swarmstream.join("digits", weights(), url=adaptive.url, adaptive=True, sync_interval=9) as session:
        said = [session.interval]
        for _ in INTERVALS:
            merged = session.sync(weights())
            assert merged.next_interval == session.interval
            said.append(session.interval)

    assert said == [9, 4, 6, 3]
    assert adaptive.terms["adaptive"] is True


def test_who_joins_late_begins_with_the_newest_interval(adaptive: FakeSwarm) -> None:
    with swarmstream.join("digits", weights(), url=adaptive.url) as session:
        session.sync(weights())
        session.sync(weights())

    with swarmstream.join("digits", weights(), url=adaptive.url) as late:
        assert late.interval == INTERVALS[1]


def test_a_loop_syncs_when_the_newest_interval_is_over(adaptive: FakeSwarm) -> None:
    loop = SyncLoop(SessionOptions("digits", adaptive=True, sync_interval=4), url=adaptive.url)
    loop.begin(Plain())
    synced = []
    for batch in range(1, 14):
        before = len(adaptive.nodes[0].queries)
        loop.batch_ended()
        if len(adaptive.nodes[0].queries) > before:
            synced.append(batch)
    loop.leave()

    assert synced == [4, 10, 13]


def test_an_hpe_callback_counts_and_logs_the_newest_interval(
    adaptive: FakeSwarm, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("SWARM_SITE_URL", adaptive.url)
    made = PlainCallback(
        syncFrequency=4, useAdaptiveSync=True, adsValData=[1], logger=logging.getLogger("test-adaptive")
    )
    synced = []
    with caplog.at_level(logging.INFO, "test-adaptive"):
        made._swarmOnTrainBegin()
        for batch in range(1, 15):
            before = len(adaptive.nodes[0].queries)
            made._swarmOnBatchEnd()
            if len(adaptive.nodes[0].queries) > before:
                synced.append(batch)
    made._leave()

    # As ever one batch late at first; then as many batches as the merge before said.
    assert synced == [5, 11, 14]
    assert [line for line in caplog.messages if line.startswith("Merge Done")][:3] == [
        "Merge Done: RVInt [cur: 4 Nxt: 4]",
        "Merge Done: RVInt [cur: 4 Nxt: 6]",
        "Merge Done: RVInt [cur: 6 Nxt: 3]",
    ]
