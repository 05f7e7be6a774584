"""A site's own judgement of the models: what `evaluate` says of each, and the best merged model in a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Literal, Tuple

from ._best_model import BEST_BY, BestFile, BestModel
from ._errors import BadOptionError
from ._rounds import FinalRound, MergedRound
from ._weights import Weights

Evaluation = Callable[[], Tuple[float, float]]
BestBy = Literal["loss", "metric"]


@dataclass(frozen=True)
class RoundEvaluation:
    """How good the models of a round are on this site's own data.

    Attributes:
        round: the round's number, from 0.
        loss: the merged model's loss.
        metric: the merged model's metric.
        local_loss: the loss of the local model that was contributed; None without `evaluate_local`.
        local_metric: the metric of that model; None without `evaluate_local`.
    """

    round: int
    loss: float
    metric: float
    local_loss: float | None = None
    local_metric: float | None = None

    def __str__(self) -> str:
        local = "" if self.local_loss is None else f" (local model: {self.local_loss}, {self.local_metric})"
        return f"round {self.round}: on this site's data loss {self.loss}, metric {self.metric}{local}"


class Judge:
    """Evaluates models as a callback's options say.

    Args:
        evaluate: returns loss and metric of the model as it is; None evaluates nothing.
        evaluate_local: whether the local model is also evaluated before each merge.
        keep_best: the file for the best merged model; None keeps none.
        best_by: "loss", of which the lowest is best, or "metric", of which the greatest is.

    Raises:
        BadOptionError: an option has a value that is not allowed, or needs `evaluate`.
    """

    def __init__(
        self,
        evaluate: Evaluation | None = None,
        *,
        evaluate_local: bool = False,
        keep_best: Any = None,
        best_by: str = "loss",
    ) -> None:
        for option, value in ("evaluate_local", evaluate_local), ("keep_best", keep_best):
            if value and evaluate is None:
                raise BadOptionError(f"{option} is {value!r}, but nothing evaluates the model; also give evaluate=")
        if best_by not in BEST_BY:
            raise BadOptionError(f"best_by is {best_by!r}; use 'loss' (the lowest is best) or 'metric' (the greatest)")
        self._evaluate = evaluate
        self._evaluate_local = evaluate_local
        self._best = None if keep_best is None else BestFile(Path(keep_best), best_by)
        self.evaluations: list[RoundEvaluation] = []

    @property
    def best(self) -> BestModel | None:
        """The best merged model so far; None if none is kept."""
        return None if self._best is None else self._best.best

    def local(self) -> tuple[float, float] | None:
        """Loss and metric of the local model, which the model is now; None if they are not wanted."""
        return self._figures() if self._evaluate_local else None

    def merged(
        self,
        merged: MergedRound | FinalRound,
        local: tuple[float, float] | None,
        weights: Callable[[], Weights],
        contract: str,
    ) -> RoundEvaluation | None:
        """Evaluates the merged model, which the model is now; keeps it if it is the best.

        Args:
            merged: the round.
            local: what `local` returned before it.
            weights: returns what the file is to have.
            contract: the training contract's name.
        """
        if self._evaluate is None:
            return None
        evaluation = RoundEvaluation(merged.round, *self._figures(), *(local or (None, None)))
        self.evaluations.append(evaluation)
        if self._best is not None:
            found = BestModel(self._best.file, merged.round, evaluation.loss, evaluation.metric, merged.model_hash)
            self._best.consider(found, weights, contract)
        return evaluation

    def _figures(self) -> tuple[float, float]:
        if self._evaluate is None:
            raise ValueError("nothing evaluates the model")
        loss, metric = self._evaluate()
        return float(loss), float(metric)  # may be NumPy numbers or tensors
