"""PyTorch: a callback for your own training loop.

Floating-point parameters and buffers are shared, in any precision; they travel as float32 or wider. Integer and boolean
buffers stay at the site: a count of batches, such as `num_batches_tracked`, says nothing about other sites. Tied weights
travel once. Names leave out what wrappers add (`torch.compile`, parallel and sharded training, checkpointing, privacy,
parametrisations), so that a site may wrap its model, or a part of it, in its own way.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

import torch

from . import _torch_optimizers
from ._errors import BadOptionError
from ._judge import BestBy, Evaluation, Judge
from ._options import CheckIn, SessionOptions, chosen_deadline_seconds
from ._proximal import ProximalTerm
from ._shared_model import SyncLoop
from ._standing import Standing
from ._torch_model import Share, TorchModel
from ._torch_model import keep_batch_norm_local as _keep_batch_norm_local

__all__ = ["SwarmCallback", "keep_batch_norm_local"]


def keep_batch_norm_local(module: torch.nn.Module) -> list[str]:
    """Patterns for `share=` that share all but batch normalisation, so that each site keeps its own (FedBN):

        SwarmCallback(model, "digits", share=keep_batch_norm_local(model))

    Args:
        module: the module, with its layers of batch normalisation (`BatchNorm1d`, `SyncBatchNorm`, …).

    Returns:
        The patterns; append others, such as `"!head.*"`.

    Raises:
        BadOptionError: the module has no batch normalisation.
    """
    return _keep_batch_norm_local(module)


class SwarmCallback(Standing):
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
        share: which tensors are shared: "all"; "trainable", which is every parameter that requires a gradient; a list of
            patterns such as `["*", "!head.*"]`, of which the last one that matches a name decides; or a function that
            returns True for the names of shared tensors. What is not shared stays at the site.
        evaluate: a function that returns loss and metric of the merged model on the site's own data, called after each
            round; only the two numbers go to the swarm. None reports no evaluation.
        evaluate_local: whether `evaluate` is also called before each merge, with the local model; these figures stay at
            the site, in `evaluations`.
        keep_best: a file for the merged model that `evaluate` finds best; it always holds a whole model, and `load_best`
            loads it. None keeps none.
        best_by: "loss", of which the lowest is best, or "metric", of which the greatest is.
        reset_optimizer: an optimizer that loses its state, such as Adam's moments, with each merge; its learning rate and
            schedule stay. None keeps the state.

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
        evaluate_local: bool = False,
        keep_best: str | Path | None = None,
        best_by: BestBy = "loss",
        reset_optimizer: torch.optim.Optimizer | None = None,
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
            patience=patience,
            epochs_total=epochs_total,
            take_over=take_over,
            deadline_seconds=chosen_deadline_seconds(deadline_seconds),
        )
        self._resets = [] if reset_optimizer is None else [reset_optimizer]
        _torch_optimizers.require_resettable(self._resets)
        judge = Judge(evaluate, evaluate_local=evaluate_local, keep_best=keep_best, best_by=best_by)
        self._loop = SyncLoop(options, judge, url=url, session=session)
        self._proximal = ProximalTerm(self._loop)

    def on_train_begin(self) -> None:
        """Syncs before the first batch, so that all sites begin with the same model."""
        resets = self._resets  # not self, which would then not be left as soon as it is dropped
        self._loop.begin(self._model, whole=self._model.whole(), on_merged=lambda: _torch_optimizers.reset(resets))

    def on_batch_end(self, loss: float | None = None) -> None:
        """Counts an optimizer step, and syncs when the interval is over.

        A program that accumulates gradients over several batches calls this after `optimizer.step()`, not after each
        batch. Otherwise gradients of the model before a merge would change the merged one.

        Args:
            loss: the training loss of the local model, for the round's record; None reports none.
        """
        self._loop.batch_ended(loss)

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
        return self._proximal.of(self._model, mu)

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
