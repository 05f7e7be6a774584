"""The model of the learning benchmark, the same for all of its cells: its net, one epoch of training, its scores."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import torch

from fashion_mnist import CLASSES, Examples

BATCH = 64
LEARNING_RATE = 0.05
DECAY = 0.85  # of the learning rate, with each epoch
MOMENTUM = 0.9
SETUP = f"two convolutions, SGD of {LEARNING_RATE} x {DECAY}^epochs, momentum {MOMENTUM}, batches of {BATCH}"


@dataclass(frozen=True)
class Scores:
    """A model's scores on the test images: accuracy and F1 (mean of all classes) from 0 to 1, loss as cross entropy."""

    accuracy: float
    f1: float
    loss: float


class Data:
    """Examples as tensors."""

    def __init__(self, examples: Examples) -> None:
        self.pixels = torch.from_numpy(examples.pixels)
        self.labels = torch.from_numpy(examples.labels)


def net(seed: int) -> torch.nn.Module:
    """Two convolutions and a hidden layer, 106,122 parameters; the same seed gives the same weights."""
    torch.manual_seed(seed)
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 16, 5, stride=2, padding=2),
        torch.nn.ReLU(),
        torch.nn.Conv2d(16, 32, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.MaxPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(32 * 7 * 7, 64),
        torch.nn.ReLU(),
        torch.nn.Linear(64, CLASSES),
    )


class Learner:
    """Trains a net on some of the examples. The learning rate falls with each epoch, whatever their number."""

    def __init__(self, model: torch.nn.Module, data: Data, mine: torch.Tensor, seed: int) -> None:
        self.model = model
        self._data = data
        self._mine = mine
        self._random = torch.Generator().manual_seed(seed)
        self._optimizer = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM)
        self._schedule = torch.optim.lr_scheduler.ExponentialLR(self._optimizer, DECAY)

    def epoch(self) -> Iterator[torch.Tensor]:
        """The batches of the next epoch, for `step`."""
        order = torch.randperm(len(self._mine), generator=self._random)
        yield from self._mine[order].split(BATCH)
        self._schedule.step()

    def step(self, batch: torch.Tensor) -> float:
        """Trains with one batch and returns its loss."""
        self._optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(self.model(self._data.pixels[batch]), self._data.labels[batch])
        loss.backward()
        self._optimizer.step()
        return float(loss.item())


def scores(model: torch.nn.Module, test: Data) -> Scores:
    """The model's scores on all of `test`."""
    with torch.no_grad():
        logits = model(test.pixels)
    guesses, labels = logits.argmax(1), test.labels
    right = guesses == labels
    hits = torch.bincount(labels[right], minlength=CLASSES)
    claims = torch.bincount(guesses, minlength=CLASSES) + torch.bincount(labels, minlength=CLASSES)
    return Scores(
        accuracy=float(right.double().mean()),
        f1=float((2 * hits / claims).mean()),
        loss=float(torch.nn.functional.cross_entropy(logits, labels)),
    )


def digest(model: torch.nn.Module) -> str:
    """The SHA-256 of all weights: equal for models with equal bits."""
    weights = b"".join(tensor.numpy().tobytes() for tensor in model.state_dict().values())
    return hashlib.sha256(weights).hexdigest()
