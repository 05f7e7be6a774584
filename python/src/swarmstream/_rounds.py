"""What a trainer reports with its weights, and what it learns with a merged model."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from ._node import Json


@dataclass(frozen=True)
class Report:
    """What a trainer reports with its weights; `Session.sync` describes each field. None is not reported."""

    loss: float | None = None
    metric: float | None = None
    samples: int | None = None
    epochs_done: float | None = None
    weight: int | None = None

    def query(self) -> Json:
        """The report as the site node reads it, without None, NaN and infinity."""
        values = {
            "loss": self.loss,
            "metric": self.metric,
            "samples": self.samples,
            "epochsDone": self.epochs_done,
            "weight": self.weight,
        }
        return {name: value for name, value in values.items() if value is not None and math.isfinite(value)}


NOTHING_TO_REPORT = Report()


@dataclass(frozen=True)
class MergedRound:
    """The outcome of a round.

    Attributes:
        round: the round's number, from 0.
        participated: whether this site's contribution is in the merge. If not, the model is the newest nevertheless.
        participants: the names of the sites whose contributions were merged.
        model_hash: the Merkle root of the merged model in hexadecimal, as in the round's record on the chain. The
            record may reach the chain a little later.
        mean_loss: the mean of the losses that the sites reported; None if no site did.
        next_interval: how many batches to train before the next sync.
        training_over: whether enough sites have finished, so that no more rounds are merged.
        norm: the Euclidean norm of the merged model; None if the site node does not say.
        warning: that another node contributes with this site's key, and what to do; None if none does.
        clipped: that the site's delta was longer than the contract allows and was scaled down; None if it was not.
        epsilon: what the training may have given away of each site so far, at the delta of the contract; None if the
            contract adds no noise.
        clip: the Euclidean length to which the next deltas are clipped, if the contract's clip follows them; None if
            it is fixed or there is none.
    """

    round: int
    participated: bool
    participants: tuple[str, ...]
    model_hash: str
    mean_loss: float | None
    next_interval: int
    training_over: bool
    norm: float | None
    warning: str | None = None
    clipped: str | None = None
    epsilon: float | None = None
    clip: float | None = None


@dataclass(frozen=True)
class Merged(MergedRound):
    """A merged round and its model.

    Attributes:
        weights: the merged weights, in the containers and types of the trainer's.
    """

    weights: Any = field(default_factory=dict)


@dataclass(frozen=True)
class FinalRound:
    """The last round of a training. All sites end with its model.

    Attributes:
        round: the round's number, from 0.
        model_hash: the Merkle root of the final model in hexadecimal.
        epsilon: what the training may have given away of each site, at the delta of the contract; None if the contract
            adds no noise.
    """

    round: int
    model_hash: str
    epsilon: float | None = None


@dataclass(frozen=True)
class Final(FinalRound):
    """The last round and its model.

    Attributes:
        weights: the final weights, in the containers and types of the trainer's.
    """

    weights: Any = field(default_factory=dict)


def merged_round(state: Json, interval: int) -> MergedRound:
    """Reads the site node's answer; `interval` holds if the answer has no next interval."""
    return MergedRound(
        round=int(state["round"]),
        participated=bool(state.get("participated", False)),
        participants=tuple(state.get("participants") or ()),
        model_hash=str(state.get("modelHash") or ""),
        mean_loss=state.get("meanLoss"),
        next_interval=int(state.get("nextInterval") or interval),
        training_over=bool(state.get("trainingOver", False)),
        norm=state.get("norm"),
        warning=state.get("warning"),
        clipped=state.get("clipped"),
        epsilon=state.get("epsilon"),
        clip=state.get("clip"),
    )
