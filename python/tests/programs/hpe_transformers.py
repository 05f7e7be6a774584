"""Hugging Face's `Trainer` with HPE's callback."""

from __future__ import annotations

import tempfile

import torch
from transformers import Trainer, TrainingArguments

from programs.parameters import BATCHES, PARAMETERS, SIZE, TARGET, report
from swarmlearning.hf_transformers import SwarmCallback


class Net(torch.nn.Module):
    """Three weights, which are what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(SIZE))

    def forward(self, labels: torch.Tensor) -> dict[str, torch.Tensor]:
        """A `Trainer` takes the loss from here."""
        return {"loss": ((self.weight - labels) ** 2).sum(-1).mean()}


model = Net()
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
with tempfile.TemporaryDirectory() as folder:
    arguments = TrainingArguments(
        output_dir=folder,
        per_device_train_batch_size=1,
        max_steps=BATCHES,
        max_grad_norm=0,
        report_to=[],
        save_strategy="no",
        logging_strategy="no",
        disable_tqdm=True,
        use_cpu=True,
    )
    Trainer(
        model,
        arguments,
        train_dataset=[{"labels": torch.full((SIZE,), TARGET)}] * BATCHES,
        callbacks=[SwarmCallback(**PARAMETERS, model=model)],
        optimizers=(optimizer, torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0)),
    ).train()
report(model.weight.detach().numpy())
