"""A program for HPE Swarm Learning, as its users write them. It runs on Swarmstream without a changed line.

    pip install './python[sklearn]' './python/hpe[torch]'

Environment: SWARM_SITE_URL (the site node), SHARD and SHARDS (which part of the data), MIN_PEERS, MAX_EPOCHS.
"""

import hashlib
import os

import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from swarmlearning.pyt import SwarmCallback

min_peers = int(os.getenv("MIN_PEERS", "2"))
max_epochs = int(os.getenv("MAX_EPOCHS", "10"))
shard, shards = int(os.getenv("SHARD", "0")), int(os.getenv("SHARDS", "2"))


def accuracy(model, loader):
    model.eval()
    right = sum((model(x).argmax(1) == y).sum().item() for x, y in loader)
    return right / len(loader.dataset)


def train(model, loader, swarm_callback=None):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    loss_of = nn.CrossEntropyLoss()
    for epoch in range(max_epochs):
        model.train()
        for batch, (x, y) in enumerate(loader):
            optimizer.zero_grad()
            loss_of(model(x), y).backward()
            optimizer.step()
            if swarm_callback:
                swarm_callback.on_batch_end(batch)
        if swarm_callback:
            swarm_callback.on_epoch_end(epoch)


def net():
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 10))


digits = load_digits()
data = TensorDataset(torch.tensor(digits.data / 16, dtype=torch.float32), torch.tensor(digits.target))
mine = [i for i in range(1438) if digits.target[i] % shards == shard]
train_loader = DataLoader(torch.utils.data.Subset(data, mine), batch_size=16, shuffle=True, drop_last=True)
test_loader = DataLoader(torch.utils.data.Subset(data, range(1438, 1797)), batch_size=64)

alone = net()
train(alone, train_loader)

model = net()
swarm_callback = SwarmCallback(
    syncFrequency=16,
    minPeers=min_peers,
    adsValData=test_loader,
    adsValBatchSize=64,
    checkinModelOnTrainEnd="snapshot",
    nodeWeightage=50,
    mergeMethod="mean",
    totalEpochs=max_epochs,
    model=model,
    lossFunction="CrossEntropyLoss",
    lossFunctionArgs={"reduction": "sum"},
    metricFunction="Accuracy",
    metricFunctionArgs={"task": "multiclass", "num_classes": 10},
)
swarm_callback.logger.setLevel("INFO")
swarm_callback.on_train_begin()
train(model, train_loader, swarm_callback)
swarm_callback.on_train_end()

weights = b"".join(tensor.numpy().tobytes() for tensor in model.state_dict().values() if tensor.is_floating_point())
print(
    f"accuracy alone {accuracy(alone, test_loader):.1%}, in the swarm {accuracy(model, test_loader):.1%},"
    f" final model {hashlib.sha256(weights).hexdigest()}"
)
