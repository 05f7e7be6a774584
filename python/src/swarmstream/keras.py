"""Keras 3 with any backend, and Keras 2: a callback for `fit`.

Floating-point weights are shared, trainable or not, so the statistics of batch normalisation are. Random seeds and other
integers stay at the site. What preprocessing layers have adapted to and is not a weight, such as vocabularies and bin
boundaries, must be the same at all sites.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._keras_model import BatchCount, CallbackModel, Share
from ._kerases import EitherCallback
from ._options import CheckIn, SessionOptions, chosen_deadline_seconds
from ._rounds import FinalRound
from ._shared_model import Evaluation, SyncLoop

__all__ = ["SwarmCallback"]


class SwarmCallback(EitherCallback):
    """Syncs the model while `fit` trains it; `fit` stops once the training is over at enough other sites:

        model.fit(x, y, callbacks=[SwarmCallback("digits", min_peers=2, sync_interval=32)])

    A callback that restores weights when training ends, such as `EarlyStopping(restore_best_weights=True)`, comes before
    this one in the list. Otherwise the site ends with its own model.

    Args:
        contract: the training contract's name.
        share: "all" floating-point weights, or the "trainable" ones.
        evaluate: a function that returns loss and metric of the merged model on the site's own data, called after each
            round; only the two numbers go to the swarm. None reports no evaluation.

    The other arguments are those of `swarmstream.join`, with the same defaults. The hooks raise the errors
    of `swarmstream.Session.open`, `sync` and `finish`.

    Raises:
        BadOptionError: an option has a value that is not allowed; nothing has been sent.
    """

    def __init__(
        self,
        contract: str,
        *,
        share: Share = "all",
        evaluate: Evaluation | None = None,
        url: str | None = None,
        session: str | None = None,
        trainer: str | None = None,
        weight: int = 1,
        min_peers: int | None = None,
        merge_method: str | None = None,
        sync_interval: int = 128,
        check_in: CheckIn = "snapshot",
        adaptive: bool = False,
        epochs_total: float | None = None,
        take_over: bool = False,
        deadline_seconds: float | None = None,
    ) -> None:
        super().__init__()
        self._share = share
        self._batches = BatchCount()
        options = SessionOptions(
            contract=contract,
            trainer=trainer or "keras",
            weight=weight,
            min_peers=min_peers,
            merge_method=merge_method,
            sync_interval=sync_interval,
            check_in=check_in,
            adaptive=adaptive,
            epochs_total=epochs_total,
            take_over=take_over,
            deadline_seconds=chosen_deadline_seconds(deadline_seconds),
        )
        self._loop = SyncLoop(options, evaluate, url=url, session=session)

    @property
    def final(self) -> FinalRound:
        """The last round; raises a `ValueError` while the training is not over."""
        return self._loop.final

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        """Syncs before the first batch, so that all sites begin with the same model."""
        self._loop.begin(CallbackModel(self, self._share), self.params.get("epochs") or 0)

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Notes the first of the batches that Keras trains in one execution."""
        self._batches.begin(batch)

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Syncs when the interval is over; with `steps_per_execution` several batches have ended."""
        loss = (logs or {}).get("loss")
        batches = self._batches.ended(batch, self.params.get("steps"), self.model)
        self._loop.batch_ended(None if loss is None else float(loss), batches)
        if self._loop.training_over:
            self.model.stop_training = True

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Counts an epoch, for the round's record and the status page."""
        self._loop.epoch_ended()

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        """Waits until the training is over at all sites, and loads the final model."""
        self._loop.finish()
