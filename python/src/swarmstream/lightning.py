"""Lightning: a callback for the `Trainer`. A site trains on one device."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lightning.pytorch as pl
import torch

from . import _torch_optimizers
from ._errors import BadOptionError
from ._judge import BestBy, Evaluation, Judge
from ._options import CheckIn, SessionOptions, chosen_deadline_seconds
from ._proximal import ProximalTerm
from ._shared_model import SyncLoop
from ._standing import Standing
from ._torch_model import Share, TorchModel

__all__ = ["SwarmCallback"]


class SwarmCallback(Standing, pl.Callback):
    """Syncs the module while `Trainer.fit` trains it; the trainer stops once the training is over at enough other sites:

        Trainer(callbacks=[SwarmCallback("digits", min_peers=2, sync_interval=32)]).fit(module, loader)

    With `accumulate_grad_batches` the sync interval counts optimizer steps, not batches.

    Args:
        contract: the training contract's name.
        share: which tensors are shared, as in `swarmstream.pytorch.SwarmCallback`.
        evaluate: a function that returns loss and metric of the merged model on the site's own data, called after each
            round; only the two numbers go to the swarm. None reports no evaluation.
        evaluate_local: whether `evaluate` is also called before each merge, with the local model; these figures stay at
            the site, in `evaluations`.
        keep_best: a file for the merged model that `evaluate` finds best; it always holds a whole model, and `load_best`
            loads it. None keeps none.
        best_by: "loss", of which the lowest is best, or "metric", of which the greatest is.
        reset_optimizer: whether optimizers lose their state, such as Adam's moments, with each merge; learning rates and
            schedules stay.

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
        self._share = share
        self._reset_optimizer = reset_optimizer
        self._steps = 0
        options = SessionOptions(
            contract=contract,
            trainer=trainer or "lightning",
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
        self._proximal = ProximalTerm(self._loop)
        self._model: TorchModel | None = None

    def on_train_start(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """Syncs before the first batch, so that all sites begin with the same model."""
        if trainer.world_size > 1:
            raise BadOptionError(
                f"the trainer has {trainer.world_size} devices, but a site syncs from one; use Trainer(devices=1)"
            )
        resets = trainer.optimizers if self._reset_optimizer else []
        _torch_optimizers.require_resettable(resets)
        model = self._model = TorchModel(pl_module, self._share)
        self._steps = trainer.global_step
        self._loop.begin(
            model,
            max(0, trainer.max_epochs or 0),  # -1 means without end
            whole=model.whole(),
            on_merged=lambda: _torch_optimizers.reset(resets),
        )

    def on_train_batch_end(
        self, trainer: pl.Trainer, pl_module: pl.LightningModule, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Syncs when the interval is over."""
        if trainer.accumulate_grad_batches > 1 and trainer.global_step == self._steps:
            return  # gradients are still being accumulated
        self._steps = trainer.global_step
        loss = outputs.get("loss") if isinstance(outputs, dict) else outputs
        self._loop.batch_ended(None if loss is None else float(loss))
        if self._loop.should_stop:
            trainer.should_stop = True

    def proximal_term(self, mu: float) -> torch.Tensor:
        """FedProx's proximal term: `mu / 2` times the squared distance of the model from the newest merged one.

        Add it to the training loss. It keeps sites with different data from drifting apart between two syncs. Only
        tensors count that are both shared and trained.

        Args:
            mu: how strongly the model is held, from 0; 0.001 to 1 are usual.

        Returns:
            A tensor without dimensions, in float32, on the model's device, with a gradient.

        Raises:
            BadOptionError: `mu` is not a number from 0 upwards, or no shared tensor is trained.
            ValueError: the training has not begun.
        """
        if self._model is None:
            raise ValueError("the training has not begun; call Trainer.fit first")
        return self._proximal.of(self._model, mu)

    def on_train_epoch_end(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """Counts an epoch, for the round's record and the status page."""
        self._loop.epoch_ended()

    def on_train_end(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """Waits until the training is over at all sites, and loads the final model."""
        self._loop.finish()

    def on_exception(self, trainer: pl.Trainer, pl_module: pl.LightningModule, exception: BaseException) -> None:
        """Leaves the training, so that no site waits for a trainer that failed."""
        self._loop.leave()
