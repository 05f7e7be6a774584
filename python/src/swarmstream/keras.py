"""Keras 3 with any backend, and Keras 2: a callback for `fit`.

Floating-point weights are shared, trainable or not, so the statistics of batch normalisation are. Random seeds and other
integers stay at the site. What preprocessing layers have adapted to and is not a weight, such as vocabularies and bin
boundaries, must be the same at all sites.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ._judge import BestBy, Evaluation, Judge
from ._keras_model import BatchCount, CallbackModel, Share, require_share
from ._keras_model import keep_batch_norm_local as _keep_batch_norm_local
from ._keras_optimizers import OptimizerSteps, require_resettable, reset
from ._keras_proximal import ProximalTerm
from ._kerases import EitherCallback
from ._options import CheckIn, SessionOptions, chosen_deadline_seconds, require_not_negative
from ._shared_model import SyncLoop
from ._standing import Standing

__all__ = ["SwarmCallback", "keep_batch_norm_local"]


def keep_batch_norm_local(model: Any) -> list[str]:
    """Patterns for `share=` that share all but batch normalisation, so that each site keeps its own (FedBN):

        model.fit(x, y, callbacks=[SwarmCallback("digits", share=keep_batch_norm_local(model))])

    Args:
        model: the model, which is built.

    Returns:
        The patterns; append others, such as `"!*/head/*"`.

    Raises:
        BadOptionError: no built layer is batch normalisation, or another layer's weight has the same name.
    """
    return _keep_batch_norm_local(model)


class SwarmCallback(Standing, EitherCallback):
    """Syncs the model while `fit` trains it; `fit` stops once the training is over at enough other sites:

        model.fit(x, y, callbacks=[SwarmCallback("digits", min_peers=2, sync_interval=32)])

    A callback that restores weights when training ends, such as `EarlyStopping(restore_best_weights=True)`, comes before
    this one in the list. Otherwise the site ends with its own model.

    With an optimizer that accumulates gradients (`gradient_accumulation_steps`), the sync interval counts its steps, not
    batches.

    Args:
        contract: the training contract's name.
        share: "all" floating-point weights; the "trainable" ones; or a list of patterns such as `["*", "!*/head/*"]`, of
            which the last one that matches a name decides. What is not shared stays at the site.
        evaluate: a function that returns loss and metric of the merged model on the site's own data, called after each
            round; only the two numbers go to the swarm. None reports no evaluation.
        evaluate_local: whether `evaluate` is also called before each merge, with the local model; these figures stay at
            the site, in `evaluations`.
        keep_best: a file for the merged model that `evaluate` finds best; it always holds a whole model, and `load_best`
            loads it. None keeps none.
        best_by: "loss", of which the lowest is best, or "metric", of which the greatest is.
        reset_optimizer: whether the optimizer loses its state, such as Adam's moments, with each merge; its learning rate
            stays. Keras 3 only.
        proximal_mu: FedProx's mu: `mu / 2` times the squared distance of the shared, trainable weights from the newest
            merged ones is added to the loss, also to that of `model.evaluate` while `fit` runs, but not to metrics. 0 adds
            nothing. JAX compiles the model anew after each merge. Keras 3 only.

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
        evaluate_local: bool = False,
        keep_best: str | Path | None = None,
        best_by: BestBy = "loss",
        reset_optimizer: bool = False,
        proximal_mu: float = 0,
        url: str | None = None,
        session: str | None = None,
        trainer: str | None = None,
        weight: int = 1,
        min_peers: int | None = None,
        merge_method: str | None = None,
        sync_interval: int = 128,
        check_in: CheckIn = "snapshot",
        adaptive: bool = False,
        patience: int | None = None,
        epochs_total: float | None = None,
        take_over: bool = False,
        deadline_seconds: float | None = None,
    ) -> None:
        super().__init__()
        require_share(share)
        self._batches = BatchCount()
        self._steps = OptimizerSteps()
        self._reset_optimizer = reset_optimizer
        require_not_negative("proximal_mu", proximal_mu)
        self._proximal = ProximalTerm(proximal_mu) if proximal_mu else None
        self._shared = CallbackModel(self, share)
        options = SessionOptions(
            contract=contract,
            trainer=trainer or "keras",
            weight=weight,
            min_peers=min_peers,
            merge_method=merge_method,
            sync_interval=sync_interval,
            check_in=check_in,
            adaptive=adaptive,
            patience=patience,
            epochs_total=epochs_total,
            take_over=take_over,
            deadline_seconds=chosen_deadline_seconds(deadline_seconds),
        )
        judge = Judge(evaluate, evaluate_local=evaluate_local, keep_best=keep_best, best_by=best_by)
        self._loop = SyncLoop(options, judge, url=url, session=session)

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        """Syncs before the first batch, so that all sites begin with the same model."""
        if self._reset_optimizer:
            require_resettable(self.model)
        self._steps = OptimizerSteps(self.model)
        epochs = self.params.get("epochs") or 0
        self._loop.begin(self._shared, epochs, whole=self._shared.whole(), on_merged=self._merged)

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Notes the first of the batches that Keras trains in one execution."""
        self._batches.begin(batch)

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Syncs when the interval is over; with `steps_per_execution` several batches have ended."""
        loss = (logs or {}).get("loss")
        batches = self._batches.ended(batch, self.params.get("steps"), self.model)
        steps = self._steps.made(batches)
        if steps:  # otherwise gradients are still being accumulated
            self._loop.batch_ended(None if loss is None else float(loss), steps)
        if self._loop.should_stop:
            self.model.stop_training = True

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Counts an epoch, for the round's record and the status page."""
        self._loop.epoch_ended()

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        """Waits until the training is over at all sites, and loads the final model."""
        if self._proximal is not None:
            self._proximal.take_off(self.model)
        self._loop.finish()

    def _merged(self) -> None:
        if self._reset_optimizer:
            reset(self.model)
        if self._proximal is not None:
            self._proximal.put_on(self.model, self._shared.variables())
