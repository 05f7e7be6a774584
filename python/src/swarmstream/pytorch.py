"""PyTorch: a callback for your own training loop.

Floating-point parameters and buffers are shared, in any precision; they travel as float32 or wider. Integer and boolean
buffers stay at the site: a count of batches, such as `num_batches_tracked`, says nothing about other sites. Tied weights
travel once. Names leave out what wrappers add (`torch.compile`, parallel and sharded training, checkpointing, privacy,
parametrisations), so that a site may wrap its model, or a part of it, in its own way.
"""

from __future__ import annotations

from types import TracebackType

import torch

from ._errors import BadOptionError
from ._options import CheckIn, SessionOptions, chosen_deadline_seconds
from ._rounds import FinalRound
from ._shared_model import Evaluation, SyncLoop
from ._torch_model import Share, TorchModel

__all__ = ["SwarmCallback"]


class SwarmCallback:
    """Syncs a model while a training loop trains it. Call its hooks, or use it as a context manager:

        with SwarmCallback(model, "digits", min_peers=2, sync_interval=32) as swarm:
            for epoch in range(epochs):
                for x, y in loader:
                    ...  # forward, backward, optimizer.step()
                    swarm.on_batch_end()
                swarm.on_epoch_end()

    After the block the model is the final one, the same at all sites. If the block raises, the site leaves the training.

    Args:
        model: the module to train. It may be wrapped, for example by `torch.compile`.
        contract: the training contract's name.
        share: which tensors are shared: "all"; "trainable", which is every parameter that requires a gradient; or a
            function that returns True for the names of shared tensors.
        evaluate: a function that returns loss and metric of the merged model on the site's own data, called after each
            round; only the two numbers go to the swarm. None reports no evaluation.

    The other arguments are those of `swarmstream.join`, with the same defaults. The hooks raise the errors
    of `swarmstream.Session.open`, `sync` and `finish`.

    Raises:
        BadOptionError: an option has a value that is not allowed, or several processes train the model.
    """

    def __init__(
        self,
        model: torch.nn.Module,
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
        _require_one_process(model)
        self._model = TorchModel(model, share)
        options = SessionOptions(
            contract=contract,
            trainer=trainer or "pytorch",
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
    def training_over(self) -> bool:
        """Whether enough sites have finished, so that no more rounds are merged; a loop may stop then."""
        return self._loop.training_over

    @property
    def final(self) -> FinalRound:
        """The last round; raises a `ValueError` while the training is not over."""
        return self._loop.final

    def on_train_begin(self) -> None:
        """Syncs before the first batch, so that all sites begin with the same model."""
        self._loop.begin(self._model)

    def on_batch_end(self, loss: float | None = None) -> None:
        """Counts an optimizer step, and syncs when the interval is over.

        Args:
            loss: the training loss of the local model, for the round's record; None reports none.
        """
        self._loop.batch_ended(loss)

    def on_epoch_end(self) -> None:
        """Counts an epoch, for the round's record and the status page."""
        self._loop.epoch_ended()

    def on_train_end(self) -> None:
        """Waits until the training is over at all sites, and loads the final model."""
        self._loop.finish()

    def __enter__(self) -> SwarmCallback:
        self.on_train_begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.on_train_end()
        else:
            self._loop.leave()


def _require_one_process(module: torch.nn.Module) -> None:
    """Refuses a model that several processes train: only this process would get the merged weights."""
    if not any(_is_parallel(each) for each in module.modules()):
        return
    processes = torch.distributed.get_world_size()
    if processes > 1:
        raise BadOptionError(
            f"{processes} processes train the model, but a site syncs from one; train in one process, or sync in rank 0 with"
            " swarmstream.join and broadcast the merged weights"
        )


def _is_parallel(module: torch.nn.Module) -> bool:
    names = {kind.__name__ for kind in type(module).__mro__}
    return bool(names & {"DistributedDataParallel", "FullyShardedDataParallel", "FSDPModule"})
