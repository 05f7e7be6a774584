"""A loop in PyTorch that calls the four hooks of HPE's callback."""

from __future__ import annotations

import torch

from programs.parameters import BATCHES, PARAMETERS, SIZE, TARGET, report
from swarmlearning.pyt import SwarmCallback

model = torch.nn.Linear(1, SIZE, bias=False)
torch.nn.init.zeros_(model.weight)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
x, y = torch.ones(1, 1), torch.full((1, SIZE), TARGET)

swarm_callback = SwarmCallback(**PARAMETERS, model=model)
swarm_callback.on_train_begin()
for batch in range(BATCHES):
    optimizer.zero_grad()
    ((model(x) - y) ** 2).sum().backward()
    optimizer.step()
    swarm_callback.on_batch_end(batch)
swarm_callback.on_epoch_end(0)
swarm_callback.on_train_end()
report(model.weight.detach().numpy())
