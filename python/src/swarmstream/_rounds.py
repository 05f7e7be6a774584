"""What a trainer tells the swarm with its weights, and what it is told with a model."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from ._node import Json


@dataclass(frozen=True)
class Report:
    """What a trainer tells with its weights: how good its own model is, and how far it has come. None: not told."""

    loss: float | None = None
    metric: float | None = None
    samples: int | None = None
    epochs_done: float | None = None
    weight: int | None = None

    def query(self) -> Json:
        """As the site node reads it; numbers that are none are not told."""
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
    """What came of a round: who took part, and whether this site did (if not, the model is the newest all the same)."""

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

    @classmethod
    def of(cls, state: Json, interval: int) -> MergedRound:
        """From the site node's answer; `interval` is what holds when it does not speak of one."""
        return cls(
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
        )


@dataclass(frozen=True)
class Merged(MergedRound):
    """A merged round and its model, in the containers of the trainer's weights."""

    weights: Any = field(default_factory=dict)


@dataclass(frozen=True)
class FinalRound:
    """The last round of a training: all its sites end with this model."""

    round: int
    model_hash: str


@dataclass(frozen=True)
class Final(FinalRound):
    """The last round and its model, in the containers of the trainer's weights."""

    weights: Any = field(default_factory=dict)
