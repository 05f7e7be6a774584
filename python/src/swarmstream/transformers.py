"""Hugging Face Transformers: a callback for the `Trainer`, for whole models or PEFT adapters."""

from __future__ import annotations

import sys
from typing import Any

import transformers

from ._adapter_model import Share, shared_model
from ._errors import BadOptionError
from ._options import CheckIn, SessionOptions, chosen_deadline_seconds
from ._rounds import FinalRound
from ._shared_model import Evaluation, SyncLoop

__all__ = ["SwarmCallback"]


class SwarmCallback(transformers.TrainerCallback):
    """Syncs the model while `Trainer.train` trains it; the trainer stops once the training is over at enough other sites:

        Trainer(model, ..., callbacks=[SwarmCallback("letters", share="adapter", min_peers=2)]).train()

    The sync interval counts optimizer steps, not micro-batches.

    Args:
        contract: the training contract's name.
        share: which tensors are shared, as in `swarmstream.pytorch.SwarmCallback`, or "adapter": the adapter of a PEFT
            model alone.
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
        self._share = share
        options = SessionOptions(
            contract=contract,
            trainer=trainer or "transformers",
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

    def on_train_begin(self, args: Any, state: Any, control: Any, *, model: Any = None, **_: Any) -> None:
        """Syncs before the first batch, so that all sites begin with the same model."""
        if args.world_size > 1:
            raise BadOptionError(
                f"the trainer has {args.world_size} processes, but a site syncs from one; start one process"
            )
        # For data of unknown length the Trainer plans sys.maxsize epochs.
        epochs = state.num_train_epochs if state.num_train_epochs < sys.maxsize else 0
        self._loop.begin(shared_model(model, self._share), epochs)

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Syncs when the interval is over."""
        self._loop.batch_ended()
        if self._loop.training_over:
            control.should_training_stop = True

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Counts an epoch, for the round's record and the status page."""
        self._loop.epoch_ended()

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Waits until the training is over at all sites, and loads the final model."""
        self._loop.finish()
