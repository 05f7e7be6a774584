"""The callbacks' parameters: names, defaults, ranges, and error messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import swarmstream

DEFAULT_CONTRACT = "defaultbb.cqdb.sml.hpe"
MAX_PEERS = 0
NUMBER_OF_NODES = 1
MAX_WEIGHTAGE = 100


class SwarmError(swarmstream.SwarmError):
    """Anything that goes wrong in a callback. `__cause__` is the error of `swarmstream`, if it comes from there."""


class CheckinModel(IntEnum):
    """What a site contributes after it has finished."""

    inactive = 1
    active = 2
    snapshot = 3


class SLPlatforms(IntEnum):
    """The frameworks."""

    TF = 1
    KERAS = 2
    PYTORCH = 3
    HF_TRANSFORMER = 4


class SLMergeMethod(IntEnum):
    """How contributions are merged."""

    mean = 1
    coordmedian = 2
    geomedian = 3


class HFMode(IntEnum):
    """Which part of a Hugging Face model is shared."""

    full = 1
    peft = 2


@dataclass(frozen=True)
class Parameters:
    """Valid parameters of a callback."""

    sync_frequency: int
    min_peers: int
    training_contract: str
    use_adaptive_sync: bool
    validation_data: Any
    validation_batch_size: Any
    checkin_model: CheckinModel
    merge_method: SLMergeMethod
    node_weightage: int
    total_epochs: int

    @classmethod
    def of(cls, sync_frequency: Any, min_peers: Any, training_contract: Any, given: Mapping[str, Any]) -> Parameters:
        """Reads and checks the parameters, ignoring unknown ones; raises a `SwarmError` for the first that is invalid."""
        if training_contract is None:
            raise SwarmError("Invalid Training Contract")
        return cls(
            sync_frequency=_positive(sync_frequency, "syncFrequency has to be a positive integer"),
            min_peers=_positive(min_peers, "minPeers have to be a positive integer"),
            training_contract=str(training_contract),
            use_adaptive_sync=bool(given.get("useAdaptiveSync", False)),
            validation_data=given.get("adsValData"),
            validation_batch_size=given.get("adsValBatchSize"),
            checkin_model=_member(
                CheckinModel, "checkinModelOnTrainEnd", given.get("checkinModelOnTrainEnd", "snapshot")
            ),
            merge_method=_member(SLMergeMethod, "mergeMethod", str(given.get("mergeMethod", "mean")).lower()),
            node_weightage=_weightage(given.get("nodeWeightage", 1)),
            total_epochs=_total_epochs(given.get("totalEpochs")),
        ).checked()

    def checked(self) -> Parameters:
        """Checks parameters that depend on each other."""
        batch = self.validation_batch_size
        if self.use_adaptive_sync and (self.validation_data is None or (batch is not None and batch <= 0)):
            raise SwarmError(
                "For adaptive sync, valid adsValData is mandatory and a positive adsValBatchSize if applicable"
            )
        return self


def _positive(value: Any, message: str) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = 0
    if number <= 0:
        raise SwarmError(message)
    return number


def _member(kind: Any, parameter: str, value: Any) -> Any:
    try:
        return kind[value]
    except KeyError:
        allowed = [member.name for member in kind]
        raise SwarmError(f"Invalid value {parameter}: {value}. Allowed values: {allowed}") from None


def _weightage(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = 0
    if not 1 <= number <= MAX_WEIGHTAGE:
        raise SwarmError(f"Node weightage should be a number between 1-100. Provided value: {value}")
    return number


def _total_epochs(value: Any) -> int:
    return 0 if value is None else _positive(value, "totalEpochs value is not a positive integer")
