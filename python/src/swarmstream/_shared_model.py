"""A framework's model in a session: what goes out, what comes in, and when.

A framework's module gives a `Model`, which knows where its tensors are; the classes here know rounds; neither knows HTTP.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Any, Callable, Protocol, Tuple

from ._errors import TrainingOver
from ._join import open_session
from ._rounds import FinalRound, MergedRound, Report
from ._session import Session
from ._weights import Layout, Tensors, Weights

log = logging.getLogger("swarmstream")

Evaluation = Callable[[], Tuple[float, float]]


class Model(Protocol):
    """Where a framework keeps its tensors."""

    def weights(self) -> Weights:
        """The tensors to share."""

    def load(self, tensors: Tensors) -> None:
        """Takes merged tensors over, each under the name under which it went out."""


class SharedModel:
    """A model whose weights are those of the swarm after each `sync`, and at the end."""

    def __init__(self, session: Session, model: Model, evaluate: Evaluation | None = None) -> None:
        self.session = session
        self.epochs_done = 0
        self._model = model
        self._evaluate = evaluate

    def sync(self, loss: float | None = None) -> MergedRound:
        """Contributes the model as it is, and goes on with the merged one. `loss` is the local model's."""
        merged = self.session.exchange(self._model.weights(), Report(loss=loss, epochs_done=self.epochs_done))
        self._model.load(self.session.model())
        self._report_evaluation(merged)
        return merged

    def finish(self) -> FinalRound:
        """Contributes the model for the last time, and ends with the model with which all sites end."""
        weights = None if self.session.training_over else self._model.weights()
        final = self.session.conclude(weights, Report(epochs_done=self.epochs_done))
        self._model.load(self.session.model())
        self._report_evaluation(final)
        self.session.leave()
        return final

    def _report_evaluation(self, merged: MergedRound | FinalRound) -> None:
        if self._evaluate is not None:
            loss, metric = self._evaluate()
            self.session.report_evaluation(merged, loss=loss, metric=metric, epochs_done=self.epochs_done)


class SyncLoop:
    """A training loop's syncs: one before its first batch, one after every `sync_interval` batches, and the end."""

    def __init__(self, contract: str, evaluate: Evaluation | None = None, **session: Any) -> None:
        self._final: FinalRound | None = None
        self._contract = contract
        self._session_options = session
        self._evaluate = evaluate
        self._shared: SharedModel | None = None
        self._batches_left = 0

    @property
    def training_over(self) -> bool:
        """Whether enough sites have finished: there are no more rounds, and local training is of no use to others."""
        return self._shared is not None and self._shared.session.training_over

    @property
    def final(self) -> FinalRound:
        """The last round."""
        if self._final is None:
            raise ValueError("training is not over yet; there is no final model")
        return self._final

    def begin(self, model: Model, epochs_total: float = 0) -> None:
        """All sites begin with the same model. `epochs_total` is the framework's plan, unless the trainer said another."""
        options = {"epochs_total": epochs_total, **self._session_options}
        session = open_session(Layout.of(model.weights()), self._contract, **options)
        session.open()
        self._shared = SharedModel(session, model, self._evaluate)
        try:
            self._sync(None)
        except BaseException:
            session.leave()  # nobody else would: the loop's owner has not got it yet
            raise

    def batch_ended(self, loss: float | None = None) -> None:
        """Counts a batch, and syncs when it is time."""
        self._batches_left -= 1
        if self._batches_left <= 0 and not self.training_over:
            with suppress(TrainingOver):  # others have ended it meanwhile; the loop sees `training_over`
                self._sync(loss)

    def epoch_ended(self) -> None:
        """Counts an epoch, for those who watch."""
        if self._shared is not None:
            self._shared.epochs_done += 1

    def finish(self) -> FinalRound:
        """All sites end with the same model."""
        if self._shared is None:
            raise ValueError("the loop has not begun; call on_train_begin() first")
        final = self._final = self._shared.finish()
        log.info("training over after round %d: model %s", final.round, final.model_hash)
        return final

    def leave(self) -> None:
        """The trainer failed: nobody waits for it any more."""
        if self._shared is not None:
            self._shared.session.leave()

    def _sync(self, loss: float | None) -> None:
        shared = self._shared
        if shared is None:
            raise ValueError("the loop has not begun; call on_train_begin() first")
        merged = shared.sync(loss)
        self._batches_left = merged.next_interval
        log.info(
            "round %d: merged %s, model %s, norm %s",
            merged.round,
            ", ".join(merged.participants),
            merged.model_hash,
            merged.norm,
        )
