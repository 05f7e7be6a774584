"""FedProx's proximal term in PyTorch: what it costs a local model to move away from the newest merged one."""

from __future__ import annotations

import torch

from ._errors import BadOptionError
from ._options import require_not_negative
from ._shared_model import SyncLoop
from ._torch_model import TorchModel


class ProximalTerm:
    """Computes the term for a model in a training.

    The merged tensors are read when the term is first wanted after a merge, and lie on the model's device until the next:
    memory for one more copy of the trainable tensors, only for programs that use the term.
    """

    def __init__(self, loop: SyncLoop) -> None:
        self._loop = loop
        self._merges = 0
        self._pairs: list[tuple[torch.Tensor, torch.Tensor]] = []

    def of(self, model: TorchModel, mu: float) -> torch.Tensor:
        """`mu / 2` times the squared distance; a tensor without dimensions, in float32, with a gradient."""
        require_not_negative("mu", mu)
        if self._merges != self._loop.merges or not self._pairs:
            self._pairs = list(self._read(model))
            self._merges = self._loop.merges
        squares = [(tensor - merged.to(tensor.device)).float().square().sum() for tensor, merged in self._pairs]
        return mu / 2 * torch.stack([each.to(squares[0].device) for each in squares]).sum()

    def _read(self, model: TorchModel) -> list[tuple[torch.Tensor, torch.Tensor]]:
        trained = {name: tensor for name, tensor in model.tensors().items() if tensor.requires_grad}
        if not trained:
            raise BadOptionError("the proximal term has nothing to hold: no shared tensor is trained; leave it out")
        return [
            (trained[name], torch.as_tensor(array).to(trained[name].device, trained[name].dtype))
            for name, array in self._loop.merged_model()
            if name in trained
        ]
