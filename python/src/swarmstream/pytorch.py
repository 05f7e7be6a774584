"""PyTorch: a model's parameters and buffers, and a callback for a training loop of one's own.

Shared are floating-point parameters and buffers, in any precision (they travel as float32 at least). Integer and boolean
buffers stay with the site: a count of batches, such as `num_batches_tracked`, says nothing about anybody else's. Tied
weights travel once. What wrappers add to names (torch.compile, parallel and sharded training, checkpointing, privacy,
parametrisations) is left out, so that a site may wrap its model, or a part of it, in its own way.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Callable, Union

import numpy as np
import torch
import torch.nn.utils.parametrize

from ._errors import BadOptionError, BadWeightsError
from ._numbers import Rounding
from ._rounds import FinalRound
from ._shared_model import Evaluation, SyncLoop
from ._torch_names import without_wrappers
from ._weights import LazyWeights, Tensors

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
            raise BadOptionError(f"share is {share!r}; use 'all', 'trainable' or a function of a tensor's name")
        self._module = module
        self._share = share

    def tensors(self) -> dict[str, torch.Tensor]:
        """By name, in the module's order. Asked for anew each time: `module.to(device)` replaces buffers."""
        return {name: tensor for name, (_, tensor) in self._chosen().items()}

    def weights(self) -> LazyWeights:
        """Fetched from the device one at a time."""
        return lazy_weights(self.tensors())

    def load(self, merged: Tensors) -> None:
        """Writes into the tensors that are there, in their type and on their device: optimizers keep what they hold.

        Modules that load in a way of their own, or compute something from what they load, do so. Variances below zero,
        which a lossy encoding can make of small ones, become zero: a root is taken of them.
        """
        chosen, own = self._chosen(), self._own_tensors()
        given: dict[str, torch.Tensor] = {}
        with torch.no_grad():
            for name, array in merged:
                key, tensor = chosen[name]
                tensor.copy_(torch.from_numpy(array))
                if name.rpartition(".")[2] == "running_var":
                    tensor.clamp_(min=0)
                if id(tensor) not in own:
                    given[key] = tensor
            self._load_as_modules_do(given)
        getattr(torch.nn.utils.parametrize, "_cache", {}).clear()  # what was computed of the old ones, in `cached()`

    def _load_as_modules_do(self, given: dict[str, torch.Tensor]) -> None:
        """`given` are copies, which the module made for its state; hooks and loaders of modules want to see the rest, too."""
        special = [path for path, module in self._module.named_modules() if _loads_in_its_own_way(module)]
        if not (given or special):
            return
        state = self._module.state_dict(keep_vars=True)
        for key, tensor in state.items():
            if any(_is_below(key, path) for path in special):
                given.setdefault(key, tensor)
        self._module.load_state_dict(given, strict=False)

    def _own_tensors(self) -> set[int]:
        return {id(each) for each in (*self._module.parameters(), *self._module.buffers())}

    def _chosen(self) -> dict[str, tuple[str, torch.Tensor]]:
        """By name: the module's own key, and the tensor."""
        seen: set[int] = set()
        chosen: dict[str, tuple[str, torch.Tensor]] = {}
        for key, tensor in self._module.state_dict(keep_vars=True).items():
            if not isinstance(tensor, torch.Tensor) or id(tensor) in seen:
                continue
            name = without_wrappers(self._module, key)
            if self._is_shared(name, tensor):
                seen.add(id(tensor))
                if name in chosen:
                    raise BadWeightsError(
                        f"tensors '{chosen[name][0]}' and '{key}' are both '{name}' without what wrappers add; rename one"
                    )
                chosen[name] = key, require_readable(name, tensor)
        return chosen

    def _is_shared(self, name: str, tensor: torch.Tensor) -> bool:
        if not (tensor.is_floating_point() or tensor.is_complex()):
            return False
        if not torch.nn.parameter.is_lazy(tensor) and tensor.numel() == 0:
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


def _require_one_process(module: torch.nn.Module) -> None:
    """Of the processes that train one model only this one would get the merged weights."""
    if not any(_is_parallel(each) for each in module.modules()):
        return
    processes = torch.distributed.get_world_size()
    if processes > 1:
        raise BadOptionError(
            f"the model is trained by {processes} processes; a site syncs from one: train in one, or sync in rank 0 with"
            " swarmstream.join and broadcast the merged weights"
        )


def _is_parallel(module: torch.nn.Module) -> bool:
    names = {kind.__name__ for kind in type(module).__mro__}
    return bool(names & {"DistributedDataParallel", "FullyShardedDataParallel", "FSDPModule"})


def _loads_in_its_own_way(module: torch.nn.Module) -> bool:
    """PyTorch's own either write into the tensors that are there, or do so by hooks."""
    if module._load_state_dict_post_hooks:
        return True
    loader: Any = type(module)._load_from_state_dict
    return not str(loader.__module__).startswith("torch.")


def _is_below(key: str, path: str) -> bool:
    return not path or key.startswith(path + ".")


def require_readable(name: str, tensor: torch.Tensor) -> torch.Tensor:
    """The tensor; refuses one that has no values yet, or fewer than its shape says."""
    if torch.nn.parameter.is_lazy(tensor):
        problem = (
            "has no shape yet: its lazy layer has seen no batch; run one through the model before the training begins"
        )
    elif tensor.is_meta:
        problem = (
            "is on the meta device and has no values; load the model first, with model.to_empty(device=...) perhaps"
        )
    elif tensor.layout is not torch.strided:
        problem = f"is {tensor.layout}; use a dense one (.to_dense()), or leave it out with share=lambda name: ..."
    elif any(size > 1 and stride == 0 for size, stride in zip(tensor.shape, tensor.stride())):
        problem = "is expanded: several of its values are one in memory; give it memory of its own with .clone()"
    else:
        return tensor
    raise BadWeightsError(f"tensor '{name}' {problem}")


def lazy_weights(tensors: Mapping[str, torch.Tensor]) -> LazyWeights:
    """Their names, shapes and the types in which they travel; fetched from the device one at a time."""
    described = [
        (name, tuple(tensor.shape), NUMPY_TYPES.get(tensor.dtype, np.dtype("f4"))) for name, tensor in tensors.items()
    ]
    rounding = {
        name: Rounding(torch.finfo(tensor.dtype).eps, float(torch.finfo(tensor.dtype).smallest_normal))
        for name, tensor in tensors.items()
        if tensor.is_floating_point() and tensor.dtype not in NUMPY_TYPES
    }
    return LazyWeights(described, lambda name: to_numpy(tensors[name]), rounding)


def to_numpy(tensor: torch.Tensor) -> NDArray[Any]:
    """The tensor's values, wherever and of whatever type it is."""
    own = tensor.detach()
    if own.dtype not in NUMPY_TYPES:
        own = own.to(torch.float32)
    array: NDArray[Any] = own.cpu().contiguous().numpy()
    return array
