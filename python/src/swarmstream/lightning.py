"""Lightning: a callback for the `Trainer`, one device a site."""

from __future__ import annotations

from typing import Any

import lightning.pytorch as pl

from ._errors import BadOptionError
from ._rounds import FinalRound
from ._shared_model import Evaluation, SyncLoop
from .pytorch import Share, TorchModel


class SwarmCallback(pl.Callback):
    """Syncs the module while `Trainer.fit` trains it; the trainer stops when the training is over elsewhere::

        Trainer(callbacks=[SwarmCallback("digits", min_peers=2, sync_interval=32)]).fit(module, loader)

    The arguments are those of `swarmstream.pytorch.SwarmCallback`.
    """

    def __init__(
        self, contract: str, *, share: Share = "all", evaluate: Evaluation | None = None, **session: Any
    ) -> None:
        self._share = share
        self._loop = SyncLoop(contract, evaluate, **{"trainer": "lightning", **session})

    @property
    def final(self) -> FinalRound:
        """The last round, once training is over."""
        return self._loop.final

    def on_train_start(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """All sites begin with the same model."""
        if trainer.world_size > 1:
            raise BadOptionError(
                f"the trainer has {trainer.world_size} devices; a site syncs from one, use Trainer(devices=1)"
            )
        self._loop.begin(TorchModel(pl_module, self._share), max(0, trainer.max_epochs or 0))  # -1 is without end

    def on_train_batch_end(
        self, trainer: pl.Trainer, pl_module: pl.LightningModule, outputs: Any, batch: Any, batch_idx: int
    ) -> None:
        """Syncs when it is time."""
        loss = outputs.get("loss") if isinstance(outputs, dict) else outputs
        self._loop.batch_ended(None if loss is None else float(loss))
        if self._loop.training_over:
            trainer.should_stop = True

    def on_train_epoch_end(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """For those who watch."""
        self._loop.epoch_ended()

    def on_train_end(self, trainer: pl.Trainer, pl_module: pl.LightningModule) -> None:
        """All sites end with the same model."""
        self._loop.finish()

    def on_exception(self, trainer: pl.Trainer, pl_module: pl.LightningModule, exception: BaseException) -> None:
        """Nobody waits for a trainer that failed."""
        self._loop.leave()
