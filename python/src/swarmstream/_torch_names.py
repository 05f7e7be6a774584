"""Names of a module's tensors without what wrappers add to them, in any part of a name."""

from __future__ import annotations

import torch

# Names reserved by frameworks: torch.compile, FSDP (also fairscale's), activation checkpointing.
WRAPPED = {"_orig_mod", "_fsdp_wrapped_module", "_fpw_module", "_checkpoint_wrapped_module"}

# A user's module may have these names, too, so that they count only in these classes.
WRAPPERS = {
    "DataParallel": "module",
    "DistributedDataParallel": "module",
    "DifferentiallyPrivateDistributedDataParallel": "module",
    "AveragedModel": "module",
    "DeepSpeedEngine": "module",
    "AbstractGradSampleModule": "_module",
}

PARAMETRIZATIONS = "parametrizations"
# torch.nn.utils.weight_norm has two forms; PyTorch's hooks load the old names into the new ones.
WEIGHT_NORM = {"original0": "_g", "original1": "_v"}


def without_wrappers(root: torch.nn.Module, key: str) -> str:
    """The name that the tensor `key` has in a model without wrappers."""
    parts: list[str] = []
    module: object = root
    segments = key.split(".")
    while segments:
        segment = segments.pop(0)
        module = _holder_of(segment, module)
        child = getattr(module, segment, None) if isinstance(module, torch.nn.Module) else None
        if segment == PARAMETRIZATIONS and isinstance(child, torch.nn.ModuleDict) and len(segments) > 1:
            parts += _parametrized(child, segments)
            break
        if not (segment in WRAPPED or segment == _wraps(module)):
            parts.append(segment)
        module = child
    return ".".join(parts)


def _holder_of(segment: str, module: object) -> object:
    """The module that has the segment: some wrappers already leave their own name out of the state's names."""
    while isinstance(module, torch.nn.Module) and segment not in module._modules:
        inner = next(
            (each for name, each in module._modules.items() if name in WRAPPED or name == _wraps(module)), None
        )
        if inner is None:
            break
        module = inner
    return module


def _wraps(module: object) -> str | None:
    return next((WRAPPERS[kind.__name__] for kind in type(module).__mro__ if kind.__name__ in WRAPPERS), None)


def _parametrized(parametrizations: torch.nn.ModuleDict, segments: list[str]) -> list[str]:
    """Names the tensor as without a parametrisation; the parametrisation's own tensors keep their names."""
    tensor, *rest = segments
    if rest == ["original"]:
        return [tensor]
    steps = parametrizations[tensor]
    is_weight_norm = any(type(step).__name__ == "_WeightNorm" for step in steps.children())
    if len(rest) == 1 and rest[0] in WEIGHT_NORM and is_weight_norm:
        return [tensor + WEIGHT_NORM[rest[0]]]
    return [PARAMETRIZATIONS, tensor, *rest]
