"""Hugging Face Transformers: a callback for the `Trainer`, for whole models or PEFT adapters."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import torch
import transformers

from . import _torch_optimizers
from ._adapter_model import AdapterModel, Share, shared_model
from ._errors import BadOptionError
from ._judge import BestBy, Evaluation, Judge
from ._options import CheckIn, SessionOptions, chosen_deadline_seconds
from ._proximal import ProximalTerm
from ._shared_model import SyncLoop
from ._standing import Standing
from ._torch_model import TorchModel

__all__ = ["SwarmCallback"]


class SwarmCallback(Standing, transformers.TrainerCallback):
    """Syncs the model while `Trainer.train` trains it; the trainer stops once the training is over at enough other sites:

        Trainer(model, ..., callbacks=[SwarmCallback("letters", share="adapter", min_peers=2)]).train()

    The sync interval counts optimizer steps, not micro-batches.

    Args:
        contract: the training contract's name.
        share: which tensors are shared, as in `swarmstream.pytorch.SwarmCallback`, or "adapter": the adapter of a PEFT
            model alone.
        evaluate: a function that returns loss and metric of the merged model on the site's own data, called after each
            round; only the two numbers go to the swarm. None reports no evaluation.
        evaluate_local: whether `evaluate` is also called before each merge, with the local model; these figures stay at
            the site, in `evaluations`.
        keep_best: a file for the merged model that `evaluate` finds best; it always holds a whole model, and `load_best`
            loads it. None keeps none.
        best_by: "loss", of which the lowest is best, or "metric", of which the greatest is.
        reset_optimizer: whether the optimizer loses its state, such as Adam's moments, with each merge; learning rate and
            schedule stay.

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
        options = SessionOptions(
            contract=contract,
            trainer=trainer or "transformers",
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
        self._model: AdapterModel | TorchModel | None = None

    def on_train_begin(
        self, args: Any, state: Any, control: Any, *, model: Any = None, optimizer: Any = None, **_: Any
    ) -> None:
        """Syncs before the first batch, so that all sites begin with the same model."""
        if args.world_size > 1:
            raise BadOptionError(
                f"the trainer has {args.world_size} processes, but a site syncs from one; start one process"
            )
        # For data of unknown length the Trainer plans sys.maxsize epochs.
        epochs = state.num_train_epochs if state.num_train_epochs < sys.maxsize else 0
        resets = [optimizer] if self._reset_optimizer else []
        _torch_optimizers.require_resettable(resets)
        shared = self._model = shared_model(model, self._share)
        self._loop.begin(shared, epochs, whole=shared.whole(), on_merged=lambda: _torch_optimizers.reset(resets))

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Syncs when the interval is over."""
        self._loop.batch_ended()
        if self._loop.should_stop:
            control.should_training_stop = True

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
            raise ValueError("the training has not begun; call Trainer.train first")
        if isinstance(self._model, AdapterModel):
            raise BadOptionError(
                "the proximal term needs the adapter's own tensors; use share='trainable', not 'adapter'"
            )
        return self._proximal.of(self._model, mu)

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Counts an epoch, for the round's record and the status page."""
        self._loop.epoch_ended()

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Waits until the training is over at all sites, and loads the final model."""
        self._loop.finish()
