"""The adapter of a PEFT model, which alone is shared."""

from __future__ import annotations

from typing import Any, Literal, Union

import numpy as np

from ._errors import BadOptionError, LayoutMismatchError
from ._torch_model import Share as ModuleShare
from ._torch_model import TorchModel, lazy_weights, require_readable
from ._torch_names import without_wrappers
from ._weights import LazyWeights, Tensors

Share = Union[ModuleShare, Literal["adapter"]]


class AdapterModel:
    """The adapter of a PEFT model, such as LoRA, with `modules_to_save`, and nothing else of the base model."""

    def __init__(self, module: Any) -> None:
        import peft

        if not isinstance(module, peft.PeftModel):
            raise BadOptionError(
                f"the model is a {type(module).__name__}, which has no adapter; wrap it with peft.get_peft_model"
            )
        self._module = module
        self._peft = peft

    def weights(self) -> LazyWeights:
        """The tensors, fetched from the device one at a time."""
        return lazy_weights({name: require_readable(name, tensor) for name, (_, tensor) in self._state().items()})

    def load(self, merged: Tensors) -> None:
        """Loads by PEFT's own names, which lack the adapter's name and which a plain `load_state_dict` does not know."""
        import torch

        keys = {name: key for name, (key, _) in self._state().items()}
        tensors = {keys[name]: torch.from_numpy(np.asarray(array)) for name, array in merged}
        unknown = self._peft.set_peft_model_state_dict(self._module, tensors).unexpected_keys
        if unknown:
            raise LayoutMismatchError(
                f"PEFT did not load {unknown[0]!r}; use one adapter, and the same version of peft at all sites"
            )

    def whole(self) -> AdapterModel:
        """The adapter itself: nothing else is trained."""
        return self

    def _state(self) -> dict[str, tuple[str, Any]]:
        """PEFT's own key and the tensor, by name."""
        # By default PEFT asks the Hub whether the base model's vocabulary has been resized.
        state = self._peft.get_peft_model_state_dict(self._module, save_embedding_layers=False)
        return {without_wrappers(self._module, key): (key, tensor) for key, tensor in state.items()}


def shared_model(module: Any, share: Share) -> AdapterModel | TorchModel:
    """`share` as in `TorchModel`, or "adapter"."""
    return AdapterModel(module) if share == "adapter" else TorchModel(module, share)
