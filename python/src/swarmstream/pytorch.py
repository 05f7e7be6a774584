"""PyTorch: a model's parameters and buffers, and a callback for a training loop of one's own.

Shared are floating-point parameters and buffers, in any precision (they travel as float32 at least). Integer and boolean
buffers stay with the site: a count of batches, such as `num_batches_tracked`, says nothing about anybody else's. Tied
weights travel once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, Union

import numpy as np
import torch

from ._errors import BadOption
from ._rounds import FinalRound
from ._shared_model import Evaluation, SyncLoop
from ._weights import Described, LazyWeights, Tensors

if TYPE_CHECKING:
    from numpy.typing import NDArray

Share = Union[str, Callable[[str], bool]]

# What numpy has; all else (bfloat16, float8) travels as float32.
NUMPY_TYPES: dict[torch.dtype, np.dtype[Any]] = {
    torch.float64: np.dtype("f8"),
    torch.float16: np.dtype("f2"),
    torch.complex64: np.dtype("c8"),  # refused with a reason
    torch.complex128: np.dtype("c16"),
}


class TorchModel:
    """The tensors of a module that are shared.

    share: "all", "trainable" (parameters that require a gradient: no frozen ones, no buffers; with PEFT the adapters),
        or a function that says yes to the names of what is shared.
    """

    def __init__(self, module: torch.nn.Module, share: Share = "all") -> None:
        if not callable(share) and share not in ("all", "trainable"):
            raise BadOption(f"share is {share!r}; use 'all', 'trainable' or a function of a tensor's name")
        self._module = _unwrapped(module)
        self._share = share

    def tensors(self) -> dict[str, torch.Tensor]:
        """By name, in the module's order. Asked for anew each time: `module.to(device)` replaces buffers."""
        return dict(self._chosen())

    def weights(self) -> LazyWeights:
        """Fetched from the device one at a time."""
        tensors = self.tensors()
        return LazyWeights(described(tensors), lambda name: to_numpy(tensors[name]))

    def load(self, merged: Tensors) -> None:
        """Writes into the tensors that are there, in their type and on their device: optimizers keep what they hold.

        Variances below zero, which a lossy encoding can make of small ones, become zero: a root is taken of them.
        """
        tensors = self.tensors()
        with torch.no_grad():
            for name, array in merged:
                tensors[name].copy_(torch.from_numpy(array))
                if name.rpartition(".")[2] == "running_var":
                    tensors[name].clamp_(min=0)

    def _chosen(self) -> Iterator[tuple[str, torch.Tensor]]:
        seen = set()
        for name, tensor in self._module.state_dict(keep_vars=True).items():
            if isinstance(tensor, torch.Tensor) and self._is_shared(name, tensor) and id(tensor) not in seen:
                seen.add(id(tensor))
                yield name, tensor

    def _is_shared(self, name: str, tensor: torch.Tensor) -> bool:
        if not (tensor.is_floating_point() or tensor.is_complex()) or tensor.numel() == 0:
            return False
        if callable(self._share):
            return self._share(name)
        return self._share == "all" or tensor.requires_grad


class SwarmCallback:
    """Syncs a model while a loop trains it. Call its hooks, or use it as a context manager::

        with SwarmCallback(model, "digits", min_peers=2, sync_interval=32) as swarm:
            for epoch in range(epochs):
                for x, y in loader:
                    ...  # forward, backward, optimizer.step()
                    swarm.on_batch_end()
                swarm.on_epoch_end()

    After the block the model is the one with which all sites end. An exception in it makes the site leave.

    evaluate: returns loss and metric of the (merged) model on the site's own data, after each round.
    session: `url`, `session`, and the fields of `SessionOptions`.
    """

    def __init__(
        self,
        model: torch.nn.Module,
        contract: str,
        *,
        share: Share = "all",
        evaluate: Evaluation | None = None,
        **session: Any,
    ) -> None:
        _require_one_process(model)
        self._model = TorchModel(model, share)
        self._loop = SyncLoop(contract, evaluate, **{"trainer": "pytorch", **session})

    @property
    def training_over(self) -> bool:
        """Whether enough sites have finished; a loop may stop then."""
        return self._loop.training_over

    @property
    def final(self) -> FinalRound:
        """The last round, once training is over."""
        return self._loop.final

    def on_train_begin(self) -> None:
        """Before the first batch."""
        self._loop.begin(self._model)

    def on_batch_end(self, loss: float | None = None) -> None:
        """After each optimizer step; `loss` is for those who watch."""
        self._loop.batch_ended(loss)

    def on_epoch_end(self) -> None:
        """After each epoch; for those who watch."""
        self._loop.epoch_ended()

    def on_train_end(self) -> None:
        """After the last batch: waits until the training is over at all sites."""
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


def _unwrapped(module: torch.nn.Module) -> torch.nn.Module:
    """The user's own module: torch.compile and the parallel wrappers put a prefix before all names."""
    inner = getattr(module, "_orig_mod", None)
    if isinstance(module, (torch.nn.DataParallel, torch.nn.parallel.DistributedDataParallel)):
        inner = module.module
    return _unwrapped(inner) if isinstance(inner, torch.nn.Module) else module


def _require_one_process(module: torch.nn.Module) -> None:
    """Of the processes that train one model only this one would get the merged weights."""
    if not isinstance(getattr(module, "_orig_mod", module), torch.nn.parallel.DistributedDataParallel):
        return
    processes = torch.distributed.get_world_size()
    if processes > 1:
        raise BadOption(
            f"the model is trained by {processes} processes; a site syncs from one: train in one, or sync in rank 0 with"
            " swarmstream.join and broadcast the merged weights"
        )


def described(tensors: Mapping[str, torch.Tensor]) -> Iterator[Described]:
    """Names, shapes and the types in which they travel."""
    for name, tensor in tensors.items():
        yield name, tuple(tensor.shape), NUMPY_TYPES.get(tensor.dtype, np.dtype("f4"))


def to_numpy(tensor: torch.Tensor) -> NDArray[Any]:
    """The tensor's values, wherever and of whatever type it is."""
    own = tensor.detach()
    if own.dtype not in NUMPY_TYPES:
        own = own.to(torch.float32)
    array: NDArray[Any] = own.cpu().contiguous().numpy()
    return array
