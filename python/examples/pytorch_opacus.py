"""Digits in PyTorch, with DP-SGD: each sample of a site is protected, whatever the contract says of whole deltas.

pip install './python[torch,opacus,sklearn]'
./swarm up                                     # in its own terminal, like each command below
./swarm site --name a --port 30305             # a site node for each site
./swarm site --name b --port 30306
python pytorch_opacus.py --url http://127.0.0.1:30305 --shard 0    # a trainer for each site
python pytorch_opacus.py --url http://127.0.0.1:30306 --shard 1

Opacus clips and noises the gradient of each sample, and all that is sent is computed from those gradients. No loss is
given to the callback and no `evaluate`: both would be exact figures of the samples.
"""

from __future__ import annotations

import torch
from opacus import PrivacyEngine
from pytorch_digits import TRAIN, net
from site_arguments import site_arguments, skewed_shard
from sklearn.datasets import load_digits
from torch.utils.data import DataLoader, TensorDataset

from swarmstream.pytorch import SwarmCallback

DELTA = 1e-4


def main() -> None:
    site = site_arguments("Digits in PyTorch with DP-SGD", epochs=20)
    digits = load_digits()
    x, y = torch.tensor(digits.data / 16, dtype=torch.float32), torch.tensor(digits.target)
    mine = skewed_shard(digits.target[:TRAIN], site.shard, site.shards, site.seed)
    loader = DataLoader(TensorDataset(x[mine], y[mine]), batch_size=64)

    model = net(site.seed)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    engine = PrivacyEngine()
    model, optimizer, loader = engine.make_private(
        module=model, optimizer=optimizer, data_loader=loader, noise_multiplier=1.0, max_grad_norm=1.0
    )
    options = {"min_peers": site.min_peers, "sync_interval": site.sync_interval}
    with SwarmCallback(model, site.contract, url=site.url, epochs_total=site.epochs, **options) as swarm:
        for _ in range(site.epochs):
            for batch, labels in loader:
                optimizer.zero_grad()
                torch.nn.functional.cross_entropy(model(batch), labels).backward()
                optimizer.step()
                swarm.on_batch_end()
            swarm.on_epoch_end()
    with torch.no_grad():
        accuracy = (model(x[TRAIN:]).argmax(1) == y[TRAIN:]).float().mean().item()
    epsilon = engine.get_epsilon(DELTA)
    print(f"accuracy in the swarm {accuracy:.1%}, epsilon {epsilon:.2f} for each sample of this site at delta {DELTA}")


if __name__ == "__main__":
    main()
