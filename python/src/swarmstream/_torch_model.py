"""The tensors of a PyTorch module that are shared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Callable, Literal, Union

import numpy as np
import torch
import torch.nn.utils.parametrize

from ._errors import BadOptionError, BadWeightsError
from ._numbers import Rounding
from ._torch_names import without_wrappers
from ._weights import LazyWeights, Tensors

if TYPE_CHECKING:
    from numpy.typing import NDArray

Share = Union[Literal["all", "trainable"], Callable[[str], bool]]

# The floating-point types that numpy has; all others (bfloat16, float8) travel as float32.
NUMPY_TYPES: dict[torch.dtype, np.dtype[Any]] = {
    torch.float64: np.dtype("f8"),
    torch.float16: np.dtype("f2"),
    torch.complex64: np.dtype("c8"),  # refused with a reason
    torch.complex128: np.dtype("c16"),
}


class TorchModel:
    """The tensors of a module that are shared.

    Args:
        module: the module.
        share: "all"; "trainable", which is every parameter that requires a gradient, so neither frozen parameters nor
            buffers, and with PEFT the adapters; or a function that returns True for the names of shared tensors.
    """

    def __init__(self, module: torch.nn.Module, share: Share = "all") -> None:
        if not callable(share) and share not in ("all", "trainable"):
            raise BadOptionError(f"share is {share!r}; use 'all', 'trainable' or a function of a tensor's name")
        self._module = module
        self._share = share

    def tensors(self) -> dict[str, torch.Tensor]:
        """The tensors by name, in the module's order. Read anew each time, because `module.to(device)` replaces buffers."""
        return {name: tensor for name, (_, tensor) in self._chosen().items()}

    def weights(self) -> LazyWeights:
        """The tensors, fetched from the device one at a time."""
        return lazy_weights(self.tensors())

    def load(self, merged: Tensors) -> None:
        """Writes into the existing tensors, in their type and on their device, so that optimizers keep their state.

        Modules with their own way of loading, or with hooks after loading, use them. Negative variances, which a lossy
        encoding can make of small ones, become zero, because batch normalisation takes their square root.
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
        getattr(torch.nn.utils.parametrize, "_cache", {}).clear()  # holds what `cached()` computed from the old weights

    def _load_as_modules_do(self, given: dict[str, torch.Tensor]) -> None:
        """Loads `given`, the copies that the module made for its state, and what hooks and loaders of modules expect to see."""
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
        """The module's own key and the tensor, by name."""
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
                        f"tensors '{chosen[name][0]}' and '{key}' are both '{name}' without the wrappers' prefixes; rename one"
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


def _loads_in_its_own_way(module: torch.nn.Module) -> bool:
    """Whether a module does more than PyTorch's own modules, which write into the existing tensors."""
    if module._load_state_dict_post_hooks:
        return True
    loader: Any = type(module)._load_from_state_dict
    return not str(loader.__module__).startswith("torch.")


def _is_below(key: str, path: str) -> bool:
    return not path or key.startswith(path + ".")


def require_readable(name: str, tensor: torch.Tensor) -> torch.Tensor:
    """The tensor; refuses one that has no values yet, or fewer values in memory than its shape says."""
    if torch.nn.parameter.is_lazy(tensor):
        problem = (
            "has no shape yet, because its lazy layer has seen no batch; run one through the model before the training"
            " begins"
        )
    elif tensor.is_meta:
        problem = (
            "is on the meta device and has no values; load the model first, for example with model.to_empty(device=...)"
        )
    elif tensor.layout is not torch.strided:
        problem = f"is {tensor.layout}; make it dense with .to_dense(), or leave it out with share=lambda name: ..."
    elif any(size > 1 and stride == 0 for size, stride in zip(tensor.shape, tensor.stride())):
        problem = "is expanded: several of its values share one place in memory; give it its own memory with .clone()"
    else:
        return tensor
    raise BadWeightsError(f"tensor '{name}' {problem}")


def lazy_weights(tensors: Mapping[str, torch.Tensor]) -> LazyWeights:
    """Weights that know the tensors' names, shapes and wire types, and fetch each from its device when it is read."""
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
    """The tensor's values, from any device and in the type in which they travel."""
    own = tensor.detach()
    if own.dtype not in NUMPY_TYPES:
        own = own.to(torch.float32)
    array: NDArray[Any] = own.cpu().contiguous().numpy()
    return array
