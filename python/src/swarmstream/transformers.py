"""Hugging Face Transformers: a callback for the `Trainer`, for whole models or PEFT adapters."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import transformers

from ._errors import BadOptionError, LayoutMismatchError
from ._rounds import FinalRound
from ._shared_model import Evaluation, Model, SyncLoop
from ._torch_names import without_wrappers
from ._weights import LazyWeights, Tensors
from .pytorch import Share, TorchModel, lazy_weights, require_readable


class AdapterModel:
    """The adapter of a PEFT model (LoRA and its kin) with `modules_to_save`, and nothing else of the base model."""

    def __init__(self, module: Any) -> None:
        import peft

        if not isinstance(module, peft.PeftModel):
            raise BadOptionError(
                f"the model is a {type(module).__name__}, which has no adapter; wrap it with peft.get_peft_model"
            )
        self._module = module
        self._peft = peft

    def weights(self) -> LazyWeights:
        """Fetched from the device one at a time."""
        return lazy_weights({name: require_readable(name, tensor) for name, (_, tensor) in self._state().items()})

    def load(self, merged: Tensors) -> None:
        """Gives PEFT the names that it gave: they lack the adapter's own, which a plain `load_state_dict` does not know."""
        import torch

        keys = {name: key for name, (key, _) in self._state().items()}
        tensors = {keys[name]: torch.from_numpy(np.asarray(array)) for name, array in merged}
        unknown = self._peft.set_peft_model_state_dict(self._module, tensors).unexpected_keys
        if unknown:
            raise LayoutMismatchError(
                f"PEFT did not take {unknown[0]!r} over; use one adapter, and the same peft version"
            )

    def _state(self) -> dict[str, tuple[str, Any]]:
        """By name: PEFT's own key, and the tensor."""
        # By itself PEFT would ask the Hub whether the base model's vocabulary has been resized.
        state = self._peft.get_peft_model_state_dict(self._module, save_embedding_layers=False)
        return {without_wrappers(self._module, key): (key, tensor) for key, tensor in state.items()}


def shared_model(module: Any, share: Share) -> Model:
    """`share` as in `TorchModel`, or "adapter"."""
    return AdapterModel(module) if share == "adapter" else TorchModel(module, share)


class SwarmCallback(transformers.TrainerCallback):
    """Syncs the model while `Trainer.train` trains it; the trainer stops when the training is over elsewhere::

        Trainer(model, ..., callbacks=[SwarmCallback("letters", share="adapter", min_peers=2)]).train()

    The sync interval counts optimizer steps. The arguments are those of `swarmstream.pytorch.SwarmCallback`; `share` may
    also be "adapter", for a PEFT model.
    """

    def __init__(
        self, contract: str, *, share: Share = "all", evaluate: Evaluation | None = None, **session: Any
    ) -> None:
        self._share = share
        self._loop = SyncLoop(contract, evaluate, **{"trainer": "transformers", **session})

    @property
    def final(self) -> FinalRound:
        """The last round, once training is over."""
        return self._loop.final

    def on_train_begin(self, args: Any, state: Any, control: Any, *, model: Any = None, **_: Any) -> None:
        """All sites begin with the same model."""
        if args.world_size > 1:
            raise BadOptionError(f"the trainer has {args.world_size} processes; a site syncs from one")
        # Of data whose length nobody knows the Trainer makes as many as there are numbers.
        epochs = state.num_train_epochs if state.num_train_epochs < sys.maxsize else 0
        self._loop.begin(shared_model(model, self._share), epochs)

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """Syncs when it is time."""
        self._loop.batch_ended()
        if self._loop.training_over:
            control.should_training_stop = True

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """For those who watch."""
        self._loop.epoch_ended()

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """All sites end with the same model."""
        self._loop.finish()
