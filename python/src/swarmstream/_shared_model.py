"""A framework's model in a training: when its weights are sent, and how merged ones are loaded.

A framework's module supplies a `Model`, which knows where the tensors are. The classes here know rounds. Neither knows
HTTP.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterator, Protocol

from ._best_model import BestModel
from ._errors import BadWeightsError, SwarmError, TrainingOverError
from ._exchange import ModelExchange, open_exchange
from ._judge import Judge
from ._numbers import has_arrived
from ._options import SessionOptions
from ._rounds import FinalRound, MergedRound, Report
from ._share import pattern_for
from ._weights import Layout, Tensors, Weights, rounding

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger("swarmstream")

# Sites that begin with the same weights get them back from the first round: only later rounds show whether they arrive.
CHECKED_LOADS = 3


class Model(Protocol):
    """The tensors of a framework's model."""

    def weights(self) -> Weights:
        """The tensors to share."""

    def load(self, tensors: Tensors) -> None:
        """Writes merged tensors into the model, each under the name that `weights` gave it."""


class SharedModel:
    """A model that has the swarm's weights after each `sync` and after `finish`."""

    def __init__(
        self, exchange: ModelExchange, model: Model, judge: Judge | None = None, whole: Model | None = None
    ) -> None:
        self.exchange = exchange
        self.epochs_done = 0
        self.whole = whole or model  # with what the site has trained locally
        self.loads = 0
        self._model = model
        self._judge = judge or Judge()

    def sync(self, loss: float | None = None) -> MergedRound:
        """Contributes the local model and loads the merged one. `loss` is the local model's."""
        if not self.loads:
            self._rehearse()
        local = self._judge.local()
        merged = self.exchange.exchange(self._model.weights(), Report(loss=loss, epochs_done=self.epochs_done))
        self._load()
        self._evaluate(merged, local)
        return merged

    def finish(self) -> FinalRound:
        """Contributes the local model for the last time, waits for all sites, and loads the final model."""
        weights = None if self.exchange.training_over else self._model.weights()
        local = self._judge.local()
        final = self.exchange.conclude(weights, Report(epochs_done=self.epochs_done))
        self._load()
        self._evaluate(final, local)
        self.exchange.leave()
        return final

    def load_file(self, file: Path) -> None:
        """Loads a whole model from a file."""
        with file.open("rb") as opened:
            self._write(self.whole, Layout.of(self.whole.weights()).read(opened))

    def _rehearse(self) -> None:
        """Loads the model's own weights, so that a tensor that cannot be sent or written fails before it is contributed."""
        weights = self._model.weights()
        self._write(self._model, self.exchange.layout.sent_and_read(weights))

    def _load(self) -> None:
        """Loads the merged model; the first times, checks that reading the weights returns what was written."""
        self._write(self._model, self.exchange.model())
        self.loads += 1
        if self.loads > CHECKED_LOADS:
            return
        there = self._model.weights()
        for name, array in self.exchange.model():
            if not has_arrived(array, there[name], rounding(there, name)):
                raise BadWeightsError(
                    f"tensor '{name}' differs from the merged one after it was loaded: the model returns a copy of it, or"
                    " stores it in another form; share the tensors that the model computes with, or leave this one out with"
                    f" share=['*', '!{pattern_for(name)}']"
                )

    @staticmethod
    def _write(model: Model, tensors: Tensors) -> None:
        named = _Named(tensors)
        try:
            model.load(named)
        except SwarmError:
            raise
        except Exception as error:
            raise BadWeightsError(
                f"tensor '{named.name}' cannot be written ({error}); give it its own memory (.clone() in PyTorch, .copy() in"
                " numpy), or leave it out with share=['*', '!NAME']"
            ) from error

    def _evaluate(self, merged: MergedRound | FinalRound, local: tuple[float, float] | None) -> None:
        found = self._judge.merged(merged, local, self.whole.weights, self.exchange.options.contract)
        if found is not None:
            log.info("%s", found)
            self.exchange.report_evaluation(merged, loss=found.loss, metric=found.metric, epochs_done=self.epochs_done)


class SyncLoop:
    """The syncs of a training loop: before its first batch, after every `sync_interval` batches, and at its end."""

    def __init__(
        self,
        options: SessionOptions,
        judge: Judge | None = None,
        *,
        url: str | None = None,
        session: str | None = None,
    ) -> None:
        self.judge = judge or Judge()
        self._final: FinalRound | None = None
        self._options = options
        self._url = url
        self._session = session
        self._on_merged: Callable[[], None] | None = None
        self._shared: SharedModel | None = None
        self._batches_left = 0
        self._warned_of_large_steps = False

    @property
    def training_over(self) -> bool:
        """Whether enough sites have finished, so that no more rounds are merged."""
        return self._shared is not None and self._shared.exchange.training_over

    @property
    def final(self) -> FinalRound:
        """The last round of the training."""
        if self._final is None:
            raise ValueError("the training is not over yet, so there is no final round; leave the training loop first")
        return self._final

    @property
    def should_stop(self) -> bool:
        """Whether local training should end: the training is over, or `patience` has run out."""
        return self._shared is not None and self._shared.exchange.should_stop

    @property
    def merges(self) -> int:
        """How many merged models have been loaded."""
        return 0 if self._shared is None else self._shared.loads

    def merged_model(self) -> Tensors:
        """The shared tensors of the newest merged model."""
        return self._begun().exchange.model()

    def begin(
        self,
        model: Model,
        epochs_total: float = 0,
        *,
        whole: Model | None = None,
        on_merged: Callable[[], None] | None = None,
    ) -> None:
        """Syncs for the first time, so that all sites begin with the same model.

        Args:
            model: what is shared.
            epochs_total: the framework's plan, which an option of the trainer overrides.
            whole: what is shared, and what the site trains locally; None is the former alone.
            on_merged: called when a merged model has been loaded during the training.
        """
        options = self._options
        if options.epochs_total is None:
            options = replace(options, epochs_total=epochs_total)
        exchange = open_exchange(options, Layout.of(model.weights()), url=self._url, session=self._session)
        self._shared = SharedModel(exchange, model, self.judge, whole)
        self._on_merged = on_merged
        self._batches_left = 0
        with self._leaving_when_it_fails():
            exchange.open()
            self._sync(None)

    def batch_ended(self, loss: float | None = None, batches: int = 1) -> None:
        """Counts a batch, or several that the framework trained at once, and syncs when the interval is over."""
        self._batches_left -= batches
        if self._batches_left <= 0 and not self.training_over:
            with suppress(
                TrainingOverError
            ), self._leaving_when_it_fails():  # others have just ended it; `training_over` says so
                self._sync(loss)

    def epoch_ended(self) -> None:
        """Counts an epoch, for the round's record and the status page."""
        if self._shared is not None:
            self._shared.epochs_done += 1

    def finish(self) -> FinalRound:
        """Waits for all sites, so that all end with the same model."""
        shared = self._begun()
        with self._leaving_when_it_fails():
            final = self._final = shared.finish()
        log.info("the training is over after round %d: model %s", final.round, final.model_hash)
        return final

    def leave(self) -> None:
        """Leaves the training after a failure, so that no site waits for this trainer."""
        if self._shared is not None:
            self._shared.exchange.leave()

    def load_best(self) -> BestModel:
        """Loads the best merged model."""
        best = self.judge.best
        if best is None:
            raise ValueError("there is no best model; give keep_best=, and load it after the first merge")
        self._begun().load_file(best.file)
        return best

    def _begun(self) -> SharedModel:
        if self._shared is None:
            raise ValueError("the training has not begun; call on_train_begin() first")
        return self._shared

    def _sync(self, loss: float | None) -> None:
        merged = self._begun().sync(loss)
        if self._on_merged is not None:
            self._on_merged()
        late = -self._batches_left  # batches trained past the interval's end shorten the next one
        self._batches_left = merged.next_interval - late
        if self._batches_left <= 0:
            self._warn_of_large_steps(late, merged.next_interval)
        log.info(
            "round %d: merged %s, model %s, norm %s",
            merged.round,
            ", ".join(merged.participants),
            merged.model_hash,
            merged.norm,
        )

    def _warn_of_large_steps(self, late: int, interval: int) -> None:
        self._batches_left = 1
        if not self._warned_of_large_steps:
            self._warned_of_large_steps = True
            log.warning(
                "the framework trains several batches at once and passed the end of an interval of %d batches by %d, so that"
                " one sync covers them all; make steps_per_execution a divisor of sync_interval to sync as often as the"
                " other sites",
                interval,
                late,
            )

    @contextmanager
    def _leaving_when_it_fails(self) -> Iterator[None]:
        """Leaves the training when the block fails, for loops that call the hooks without a `with`."""
        try:
            yield
        except TrainingOverError:
            raise
        except BaseException:
            self.leave()
            raise


class _Named:
    """An iterator over tensors that remembers the name of the last one it returned."""

    def __init__(self, tensors: Tensors) -> None:
        self.name = ""
        self._tensors = tensors

    def __iter__(self) -> _Named:
        return self

    def __next__(self) -> tuple[str, NDArray[Any]]:
        self.name, array = next(self._tensors)
        return self.name, array
