"""The tensors of a PyTorch module that are shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Callable, List, Literal, Union

import numpy as np
import torch
import torch.nn.utils.parametrize

from ._errors import BadOptionError, BadWeightsError
from ._numbers import Rounding
from ._share import all_but, is_patterns, shared_names
from ._torch_names import without_wrappers
from ._weights import LazyWeights, Tensors

if TYPE_CHECKING:
    from numpy.typing import NDArray

Share = Union[Literal["all", "trainable"], List[str], Callable[[str], bool]]

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
            buffers, and with PEFT the adapters; a list of patterns; or a function that returns True for the names of
            shared tensors.
    """

    def __init__(self, module: torch.nn.Module, share: Share = "all") -> None:
        if not (callable(share) or is_patterns(share) or share in ("all", "trainable")):
            raise BadOptionError(
                f"share is {share!r}; use 'all', 'trainable', a list of patterns such as ['*', '!head.*'], or a function of a"
                " tensor's name"
            )
        self._module = module
        self._share = share

    def tensors(self) -> dict[str, torch.Tensor]:
        """The tensors by name, in the module's order. Read anew each time, because `module.to(device)` replaces buffers."""
        return {name: tensor for name, (_, tensor) in self._chosen().items()}

    def weights(self) -> LazyWeights:
        """The tensors, fetched from the device one at a time."""
        tensors = self.tensors()
        shared = {id(tensor) for tensor in tensors.values()}  # a tied weight has other names, too
        local = {name for name, _, tensor in self.candidates() if id(tensor) not in shared}
        return lazy_weights(tensors, local)

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

    def candidates(self) -> Iterator[tuple[str, str, torch.Tensor]]:
        """Name, the module's own key, and tensor of all that can be shared."""
        for key, tensor in self._module.state_dict(keep_vars=True).items():
            if not isinstance(tensor, torch.Tensor) or not (tensor.is_floating_point() or tensor.is_complex()):
                continue
            if torch.nn.parameter.is_lazy(tensor) or tensor.numel():
                yield without_wrappers(self._module, key), key, tensor

    def whole(self) -> TorchModel:
        """What is shared, and what the site trains locally: all but frozen parameters that are not shared."""
        return _WholeTorchModel(self._module, self._share)

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
        """The module's own key and the tensor, by name, of what is shared."""
        seen: set[int] = set()
        chosen: dict[str, tuple[str, torch.Tensor]] = {}
        candidates = list(self.candidates())
        is_shared = self._rule([name for name, _, _ in candidates])
        if callable(self._share) or is_patterns(self._share):
            _require_one_answer_for_tied(candidates, is_shared)
        for name, key, tensor in candidates:
            if id(tensor) not in seen and is_shared(name, tensor):
                seen.add(id(tensor))
                if name in chosen:
                    raise BadWeightsError(
                        f"tensors '{chosen[name][0]}' and '{key}' are both '{name}' without the wrappers' prefixes; rename one"
                    )
                chosen[name] = key, require_readable(name, tensor)
        return chosen

    def _rule(self, names: list[str]) -> Callable[[str, torch.Tensor], bool]:
        """Whether the tensor of a name is shared; `names` are those of all tensors."""
        share = self._share
        if callable(share):
            return lambda name, _: share(name)
        if isinstance(share, str):
            return lambda _, tensor: share == "all" or tensor.requires_grad
        by_pattern = shared_names(share, names)
        return lambda name, _: name in by_pattern


def _require_one_answer_for_tied(
    candidates: list[tuple[str, str, torch.Tensor]], is_shared: Callable[[str, torch.Tensor], bool]
) -> None:
    """Refuses to share a tensor under one of its names and keep it local under another: it would be shared."""
    answers: dict[int, tuple[str, bool]] = {}
    for name, _, tensor in candidates:
        is_own = is_shared(name, tensor)
        first, is_first = answers.setdefault(id(tensor), (name, is_own))
        if is_own != is_first:
            shared, local = (first, name) if is_first else (name, first)
            raise BadOptionError(
                f"share= shares '{shared}' and keeps '{local}' local, but they are one tied tensor; share both, or keep both"
                " local"
            )


class _WholeTorchModel(TorchModel):
    def _rule(self, names: list[str]) -> Callable[[str, torch.Tensor], bool]:
        is_shared = super()._rule(names)
        return lambda name, tensor: is_shared(name, tensor) or not _is_frozen(tensor)


def _is_frozen(tensor: torch.Tensor) -> bool:
    return isinstance(tensor, torch.nn.Parameter) and not tensor.requires_grad


def keep_batch_norm_local(module: torch.nn.Module) -> list[str]:
    """`swarmstream.pytorch.keep_batch_norm_local`."""
    kind = torch.nn.modules.batchnorm._BatchNorm
    paths = [path for path, each in module.named_modules() if isinstance(each, kind)]
    layers = {without_wrappers(module, f"{path}.weight" if path else "weight").rpartition(".")[0] for path in paths}
    names = [name for name, _, _ in TorchModel(module).candidates() if name.rpartition(".")[0] in layers]
    if not names:
        raise BadOptionError(
            f"{type(module).__name__} has no batch normalisation that could stay local; leave out share=, or name patterns"
        )
    return all_but(names)


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
        problem = f"is {tensor.layout}; make it dense with .to_dense(), or leave it out with share=['*', '!{name}']"
    elif any(size > 1 and stride == 0 for size, stride in zip(tensor.shape, tensor.stride())):
        problem = "is expanded: several of its values share one place in memory; give it its own memory with .clone()"
    else:
        return tensor
    raise BadWeightsError(f"tensor '{name}' {problem}")


def lazy_weights(tensors: Mapping[str, torch.Tensor], local: Iterable[str] = ()) -> LazyWeights:
    """Weights that know the tensors' names, shapes and wire types, and fetch each from its device when it is read.

    `local` has the names of tensors that stay at the site.
    """
    described = [
        (name, tuple(tensor.shape), NUMPY_TYPES.get(tensor.dtype, np.dtype("f4"))) for name, tensor in tensors.items()
    ]
    rounding = {
        name: Rounding(torch.finfo(tensor.dtype).eps, float(torch.finfo(tensor.dtype).smallest_normal))
        for name, tensor in tensors.items()
        if tensor.is_floating_point() and tensor.dtype not in NUMPY_TYPES
    }
    return LazyWeights(described, lambda name: to_numpy(tensors[name]), rounding, local)


def to_numpy(tensor: torch.Tensor) -> NDArray[Any]:
    """The tensor's values, from any device and in the type in which they travel."""
    own = tensor.detach()
    if own.dtype not in NUMPY_TYPES:
        own = own.to(torch.float32)
    array: NDArray[Any] = own.cpu().contiguous().numpy()
    return array
