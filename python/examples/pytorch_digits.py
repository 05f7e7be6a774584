"""Handwritten digits (8 x 8 pixels, from scikit-learn) in plain PyTorch. Each site has mostly some of the ten digits.

pip install './python[torch,sklearn]'
./swarm up                                     # in its own terminal, like each command below
./swarm site --name a --port 30305             # a site node for each site
./swarm site --name b --port 30306
python pytorch_digits.py --url http://127.0.0.1:30305 --shard 0    # a trainer for each site
python pytorch_digits.py --url http://127.0.0.1:30306 --shard 1
"""

from __future__ import annotations

import torch
from site_arguments import report, site_arguments, skewed_shard
from sklearn.datasets import load_digits
from torch.utils.data import DataLoader, TensorDataset

from swarmstream.pytorch import SwarmCallback

TRAIN = 1438


def net(seed: int) -> torch.nn.Module:
    torch.manual_seed(seed)
    return torch.nn.Sequential(torch.nn.Linear(64, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10))


def train(model: torch.nn.Module, loader: DataLoader, epochs: int, swarm: SwarmCallback | None = None) -> None:
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(epochs):
        for x, y in loader:
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            if swarm:
                swarm.on_batch_end(loss.item())
        if swarm:
            swarm.on_epoch_end()


def main() -> None:
    site = site_arguments("Digits in PyTorch", epochs=20)
    digits = load_digits()
    x, y = torch.tensor(digits.data / 16, dtype=torch.float32), torch.tensor(digits.target)
    mine = skewed_shard(digits.target[:TRAIN], site.shard, site.shards, site.seed)
    loader = DataLoader(TensorDataset(x[mine], y[mine]), batch_size=16, shuffle=True)

    def accuracy(model: torch.nn.Module) -> float:
        with torch.no_grad():
            return (model(x[TRAIN:]).argmax(1) == y[TRAIN:]).float().mean().item()

    alone = net(site.seed)
    train(alone, loader, site.epochs)

    model = net(site.seed)
    options = {"min_peers": site.min_peers, "sync_interval": site.sync_interval, "adaptive": site.adaptive}
    with SwarmCallback(model, site.contract, url=site.url, epochs_total=site.epochs, **options) as swarm:
        train(model, loader, site.epochs, swarm)
    report(accuracy(alone), accuracy(model), swarm.final.model_hash)


if __name__ == "__main__":
    main()
