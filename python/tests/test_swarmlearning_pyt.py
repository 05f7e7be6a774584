"""What PyTorch programs written for HPE's callback rely on."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest

from fake_swarm import FakeSwarm

torch = pytest.importorskip("torch")
from swarmlearning.client.swarm import CheckinModel, SLMergeMethod  # noqa: E402
from swarmlearning.pyt import SwarmCallback, SwarmError  # noqa: E402


def callback(**parameters: Any) -> SwarmCallback:
    usual = {"syncFrequency": 128, "minPeers": 2, "trainingContract": "digits", "model": torch.nn.Linear(3, 2)}
    return SwarmCallback(**{**usual, **parameters})


@pytest.fixture
def site(swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch) -> FakeSwarm:
    monkeypatch.setenv("SWARM_SITE_URL", swarm.url)
    return swarm


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What the callback's own logger says."""
    said: list[str] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(f"{record.levelname} {record.getMessage()}")

    handler = Lines()
    logging.getLogger("SwarmCallback").addHandler(handler)
    yield said
    logging.getLogger("SwarmCallback").removeHandler(handler)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"ml_platform": "JAX"}, "Invalid ml platform type: JAX"),
        ({"model": None}, "Pytorch model is None"),
        (
            {"adsValData": [1]},
            "adsValData type passed is <class 'list'>, not matching with torch.utils.data.DataLoader",
        ),
    ],
)
@pytest.mark.parametrize("loopback", ["True", "false"])
def test_says_what_is_wrong_with_a_parameter(
    parameters: dict[str, Any], message: str, loopback: str, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWARM_LOOPBACK", loopback)
    with pytest.raises(SwarmError) as caught:
        callback(**parameters)
    assert str(caught.value) == message
    assert f"ERROR {message}" in lines


def test_defaults(site: FakeSwarm) -> None:
    made = SwarmCallback(128, 2, model=torch.nn.Linear(3, 2), somethingNobodyKnows=1)

    assert made.trainingContract == "defaultbb.cqdb.sml.hpe"
    assert made.checkinModelOnTrainEnd is CheckinModel.snapshot
    assert made.mergeMethod is SLMergeMethod.mean
    assert (made.nodeWeightage, made.totalEpochs, made.maxPeers, made.useAdaptiveSync) == (1, 0, 0, False)


def test_loopback_does_nothing_at_all(lines: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWARM_LOOPBACK", "tRuE")
    monkeypatch.setenv("SWARM_SITE_URL", "http://127.0.0.1:9")
    made = callback()
    made.on_train_begin()
    for batch in range(300):
        made.on_batch_end(batch)
    made.on_epoch_end(0)
    made.on_train_end()

    assert "INFO ***** Is Swarm callback in loopback mode: True *****" in lines
    assert made.epochsCompleted == 1


def test_the_first_merge_is_at_the_beginning_the_next_after_one_batch_more_than_the_frequency(site: FakeSwarm) -> None:
    made = callback(syncFrequency=4)
    made.on_train_begin()
    syncs = []
    for batch in range(1, 14):
        made.on_batch_end(batch)
        syncs.append(len(site.nodes[0].queries))
    made.on_train_end()

    assert [batch + 1 for batch in range(1, 13) if syncs[batch] > syncs[batch - 1]] == [5, 9, 13]
    assert syncs[0] == 1


def test_the_contract_is_told_all_that_the_callback_was(site: FakeSwarm) -> None:
    callback(
        nodeWeightage="7",
        mergeMethod="GeoMedian",
        checkinModelOnTrainEnd="active",
        totalEpochs=3,
        syncFrequency="16",
        minPeers=1,
    )
    terms = {name: value for name, value in site.terms.items() if name != "layout"}
    assert terms == {
        "contract": "digits",
        "trainer": "pyt",
        "weight": 7,
        "minPeers": 1,
        "mergeMethod": "geomedian",
        "syncInterval": 16,
        "checkinModelOnTrainEnd": "active",
        "adaptive": False,
        "epochsTotal": 3,
        "takeOver": True,
    }


def test_logs_the_lines_that_people_look_for(site: FakeSwarm, lines: list[str]) -> None:
    made = callback(syncFrequency=1)
    made.on_train_begin()
    made.on_batch_end(0)
    made.on_batch_end(1)
    made.on_train_end()

    ours = re.compile("Round . merged|The final model is")
    said = [line for line in lines if "****" not in line and "totalEpochs" not in line and "can be told" not in line]
    assert [line for line in said if not ours.search(line)] == [
        "INFO Starting Swarm merging round ...",
        "INFO Merge Done: RVInt [cur: 1 Nxt: 1]",
        "INFO Starting Swarm merging round ...",
        "INFO Merge Done: RVInt [cur: 1 Nxt: 1]",
        "INFO Finished local training !!!",
        "INFO Swarm training may continue till trainings in min peers are done!",
        "INFO Final merging starts at training end. Waiting for other peers to complete ...",
        "INFO All peers and Swarm training rounds finished. Final Swarm model was loaded.",
    ]
    assert len([line for line in said if ours.search(line)]) == 3
    assert made.isSwarmTrainingOver


def test_warns_when_no_batch_was_merged(site: FakeSwarm, lines: list[str]) -> None:
    made = callback()
    made.on_train_begin()
    made.on_train_end()
    assert "WARNING No user merge done during swarm training. syncFrequency=128 may be high." in lines


def test_tells_loss_and_metric_of_the_merged_model(site: FakeSwarm, lines: list[str]) -> None:
    pytest.importorskip("torchmetrics")
    data = torch.utils.data.TensorDataset(torch.zeros(6, 3), torch.zeros(6, dtype=torch.long))
    model = torch.nn.Linear(3, 2)
    torch.nn.init.zeros_(model.weight)
    torch.nn.init.zeros_(model.bias)
    made = callback(
        model=model,
        adsValData=torch.utils.data.DataLoader(data, batch_size=4),
        lossFunction="CrossEntropyLoss",
        lossFunctionArgs={"reduction": "sum"},
        metricFunction="Accuracy",
        metricFunctionArgs={"task": "multiclass", "num_classes": 2},
    )
    made.on_train_begin()
    made.on_train_end()

    told = site.nodes[0].evaluations[0]
    assert told["loss"] == pytest.approx(0.6931, abs=1e-4)
    assert told["metric"] == 1.0
    assert any(line.startswith("INFO Calculated local loss using merged parameters = 0.693") for line in lines)
    assert model.training


def test_tells_no_number_that_nobody_has_computed(site: FakeSwarm) -> None:
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.zeros(2, 3), torch.zeros(2, 2)))
    for functions in ({}, {"lossFunction": "MSELoss"}):
        made = callback(model=torch.nn.Linear(3, 2), adsValData=data, **functions)
        made.on_train_begin()
        made.on_train_end()
        told = site.nodes[0].evaluations[-1]
        assert ("loss" in told, "metric" in told) == (bool(functions), False)


def test_a_loss_that_cannot_be_computed_says_where(site: FakeSwarm) -> None:
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.zeros(2, 9), torch.zeros(2)))
    made = callback(adsValData=data, lossFunction="MSELoss")
    with pytest.raises(
        SwarmError, match=r"Exception in method pyt\.py:_calculateLocalLossAndMetrics, error message - "
    ):
        made.on_train_begin()


@pytest.mark.parametrize(
    ("where", "message"),
    [("init", "Init Swarm call to SL container failed - "), ("sync", "Sync Swarm call to SL container failed - ")],
)
def test_says_which_call_failed_and_why(
    site: FakeSwarm, monkeypatch: pytest.MonkeyPatch, where: str, message: str
) -> None:
    monkeypatch.setenv("SWARM_DEADLINE_SECONDS", "0.2")
    if where == "init":
        site.nodes[0].stop()
        with pytest.raises(SwarmError, match=message + ".*127.0.0.1"):
            callback()
    else:
        made = callback()
        site.nodes[0].stop()
        with pytest.raises(SwarmError, match=message + ".*127.0.0.1"):
            made.on_train_begin()


def test_trains_on_alone_when_the_training_is_over(lines: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeSwarm(training_over_after=1) as swarm:
        monkeypatch.setenv("SWARM_SITE_URL", swarm.url)
        made = callback(syncFrequency=1)
        made.on_train_begin()
        for batch in range(6):
            made.on_batch_end(batch)
        made.on_train_end()

    assert "INFO Swarm training is over before local training. Exit gracefully." in lines
    assert len(swarm.nodes[0].queries) == 2


def test_writes_to_a_logger_of_ones_own(site: FakeSwarm, lines: list[str]) -> None:
    made = callback(logger=logging.getLogger("mine"))
    made.on_train_begin()
    made.on_train_end()
    assert lines == []


@pytest.mark.parametrize("mode", ["snapshot", "active", "inactive"])
def test_tells_the_site_node_what_to_contribute_after_the_end(site: FakeSwarm, mode: str) -> None:
    made = callback(checkinModelOnTrainEnd=mode)
    made.on_train_begin()
    made.on_train_end()
    assert site.nodes[0].finishes == [mode]
