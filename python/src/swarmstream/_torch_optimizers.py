"""Optimizers of PyTorch that begin anew after each merge."""

from __future__ import annotations

from collections.abc import Iterable

import torch

from ._errors import BadOptionError


def require_resettable(optimizers: Iterable[torch.optim.Optimizer]) -> None:
    """Refuses optimizers that make their state when they are built, so that it cannot be made anew."""
    for optimizer in optimizers:
        if isinstance(getattr(optimizer, "optimizer", optimizer), torch.optim.Adagrad):
            raise BadOptionError(
                "reset_optimizer does not work with Adagrad, whose sums are its learning rates; leave out reset_optimizer"
            )


def reset(optimizers: Iterable[torch.optim.Optimizer]) -> None:
    """Clears moments and step counts; learning rates and their schedules stay, because they are in the groups."""
    for optimizer in optimizers:
        optimizer.state.clear()
