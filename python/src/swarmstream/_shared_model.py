"""A framework's model in a session: what goes out, what comes in, and when.

A framework's module gives a `Model`, which knows where its tensors are; the classes here know rounds; neither knows HTTP.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Callable, Iterator, Protocol, Tuple

from ._errors import BadWeightsError, SwarmError, TrainingOverError
from ._join import open_session
from ._numbers import has_arrived
from ._rounds import FinalRound, MergedRound, Report
from ._session import Session
from ._weights import Layout, Tensors, Weights, rounding

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger("swarmstream")

# Sites that begin with the same weights get them back from the first round: only later ones show whether they arrive.
CHECKED_LOADS = 3

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
        self._loads = 0

    def sync(self, loss: float | None = None) -> MergedRound:
        """Contributes the model as it is, and goes on with the merged one. `loss` is the local model's."""
        if not self._loads:
            self._rehearse()
        merged = self.session.exchange(self._model.weights(), Report(loss=loss, epochs_done=self.epochs_done))
        self._load()
        self._report_evaluation(merged)
        return merged

    def finish(self) -> FinalRound:
        """Contributes the model for the last time, and ends with the model with which all sites end."""
        weights = None if self.session.training_over else self._model.weights()
        final = self.session.conclude(weights, Report(epochs_done=self.epochs_done))
        self._load()
        self._report_evaluation(final)
        self.session.leave()
        return final

    def _rehearse(self) -> None:
        """Loads the model's own weights: what cannot be sent, or be written, is told before anything is contributed."""
        weights = self._model.weights()
        self._write(self.session.layout.sent_and_read(weights))

    def _load(self) -> None:
        """Takes the merged model over, and makes sure that it has come to where weights are read from."""
        self._write(self.session.model())
        self._loads += 1
        if self._loads > CHECKED_LOADS:
            return
        there = self._model.weights()
        for name, array in self.session.model():
            if not has_arrived(array, there[name], rounding(there, name)):
                raise BadWeightsError(
                    f"tensor '{name}' is not what was merged after it was loaded: the model gives a copy of it, or keeps it in"
                    " a form of its own; share the tensors that the model computes with, or leave this one out with"
                    " share=lambda name: ..."
                )

    def _write(self, tensors: Tensors) -> None:
        told = _Told(tensors)
        try:
            self._model.load(told)
        except SwarmError:
            raise
        except Exception as error:
            raise BadWeightsError(
                f"tensor '{told.name}' cannot be written ({error}); give it memory of its own (in PyTorch .clone(), in numpy"
                " .copy()), or leave it out with share=lambda name: ..."
            ) from error

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
        self._told_of_large_steps = False

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
        self._shared = SharedModel(session, model, self._evaluate)
        self._batches_left = 0
        with self._leaving_when_it_fails():
            session.open()
            self._sync(None)

    def batch_ended(self, loss: float | None = None, batches: int = 1) -> None:
        """Counts a batch, or several that a framework has trained at once, and syncs when it is time."""
        self._batches_left -= batches
        if self._batches_left <= 0 and not self.training_over:
            with suppress(TrainingOverError), self._leaving_when_it_fails():  # others have ended it; the loop sees that
                self._sync(loss)

    def epoch_ended(self) -> None:
        """Counts an epoch, for those who watch."""
        if self._shared is not None:
            self._shared.epochs_done += 1

    def finish(self) -> FinalRound:
        """All sites end with the same model."""
        if self._shared is None:
            raise ValueError("the loop has not begun; call on_train_begin() first")
        with self._leaving_when_it_fails():
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
        late = -self._batches_left  # several at once end where they end; the next interval is shorter by that
        self._batches_left = merged.next_interval - late
        if self._batches_left <= 0:
            self._tell_of_large_steps(late, merged.next_interval)
        log.info(
            "round %d: merged %s, model %s, norm %s",
            merged.round,
            ", ".join(merged.participants),
            merged.model_hash,
            merged.norm,
        )

    def _tell_of_large_steps(self, late: int, interval: int) -> None:
        self._batches_left = 1
        if not self._told_of_large_steps:
            self._told_of_large_steps = True
            log.warning(
                "the framework trained %d batches past the end of an interval of %d at once: there is one sync after all of"
                " them; make steps_per_execution a divisor of sync_interval to sync as often as the other sites",
                late,
                interval,
            )

    @contextmanager
    def _leaving_when_it_fails(self) -> Iterator[None]:
        """Whoever calls the hooks without a `with` leaves nobody waiting, either."""
        try:
            yield
        except TrainingOverError:
            raise
        except BaseException:
            self.leave()
            raise


class _Told:
    """Tensors on their way, and the name of the one that was asked for last."""

    def __init__(self, tensors: Tensors) -> None:
        self.name = ""
        self._tensors = tensors

    def __iter__(self) -> _Told:
        return self

    def __next__(self) -> tuple[str, NDArray[Any]]:
        self.name, array = next(self._tensors)
        return self.name, array
