"""Lightning: a callback for the `Trainer`. A site trains on one device."""

from __future__ import annotations

from typing import Any

import lightning.pytorch as pl

from ._errors import BadOptionError
from ._options import CheckIn, SessionOptions, chosen_deadline_seconds
from ._rounds import FinalRound
from ._shared_model import Evaluation, SyncLoop
from ._torch_model import Share, TorchModel

__all__ = ["SwarmCallback"]


class SwarmCallback(pl.Callback):
    """Syncs the module while `Trainer.fit` trains it; the trainer stops once the training is over at enough other sites:

        Trainer(callbacks=[SwarmCallback("digits", min_peers=2, sync_interval=32)]).fit(module, loader)

    Args:
        contract: the training contract's name.
        share: which tensors are shared, as in `swarmstream.pytorch.SwarmCallback`.
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
            trainer=trainer or "lightning",
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

    def on_train_start(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """Syncs before the first batch, so that all sites begin with the same model."""
        if trainer.world_size > 1:
            raise BadOptionError(
                f"the trainer has {trainer.world_size} devices, but a site syncs from one; use Trainer(devices=1)"
            )
        self._loop.begin(TorchModel(pl_module, self._share), max(0, trainer.max_epochs or 0))  # -1 means without end

    def on_train_batch_end(
        self, trainer: pl.Trainer, pl_module: pl.LightningModule, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Syncs when the interval is over."""
        loss = outputs.get("loss") if isinstance(outputs, dict) else outputs
        self._loop.batch_ended(None if loss is None else float(loss))
        if self._loop.training_over:
            trainer.should_stop = True

    def on_train_epoch_end(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """Counts an epoch, for the round's record and the status page."""
        self._loop.epoch_ended()

    def on_train_end(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """Waits until the training is over at all sites, and loads the final model."""
        self._loop.finish()

    def on_exception(self, trainer: pl.Trainer, pl_module: pl.LightningModule, exception: BaseException) -> None:
        """Leaves the training, so that no site waits for a trainer that failed."""
        self._loop.leave()
