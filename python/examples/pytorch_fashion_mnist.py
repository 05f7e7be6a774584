"""Fashion-MNIST (28 x 28 pixels) and a small convolutional net in PyTorch. Each site has mostly some of the ten classes.

The data is a Debian package. Elsewhere, put its four files into a folder and name it in FASHION_MNIST:

    apt-get install dataset-fashion-mnist
    python pytorch_fashion_mnist.py --url http://127.0.0.1:30305 --shard 0

pytorch_digits.py shows how to start a swarm.
"""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import numpy as np
import torch
from site_arguments import report, site_arguments, skewed_shard

from swarmstream.pytorch import SwarmCallback

FOLDER = Path(os.environ.get("FASHION_MNIST", "/usr/share/datasets/fashion-mnist"))
BATCH = 64


def read(kind: str) -> tuple[torch.Tensor, np.ndarray]:
    if not FOLDER.is_dir():
        raise SystemExit(
            f"no {FOLDER}; apt-get install dataset-fashion-mnist, or set FASHION_MNIST to its files' folder"
        )
    with gzip.open(FOLDER / f"{kind}-images-idx3-ubyte.gz") as file:
        images = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 1, 28, 28)
    with gzip.open(FOLDER / f"{kind}-labels-idx1-ubyte.gz") as file:
        labels = np.frombuffer(file.read(), np.uint8, offset=8).astype(np.int64)
    return torch.tensor(images, dtype=torch.float32) / 255, labels


def net(seed: int) -> torch.nn.Module:
    torch.manual_seed(seed)
    return torch.nn.Sequential(
        torch.nn.Conv2d(1, 8, 3, stride=2),
        torch.nn.BatchNorm2d(8),
        torch.nn.ReLU(),
        torch.nn.Conv2d(8, 16, 3, stride=2),
        torch.nn.ReLU(),
        torch.nn.Flatten(),
        torch.nn.Linear(16 * 6 * 6, 10),
    )


def train(
    model: torch.nn.Module, x: torch.Tensor, y: torch.Tensor, epochs: int, swarm: SwarmCallback | None = None
) -> None:
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    model.train()
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(BATCH):
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(model(x[batch]), y[batch])
            loss.backward()
            optimizer.step()
            if swarm:
                swarm.on_batch_end(loss.item())
        if swarm:
            swarm.on_epoch_end()


def accuracy(model: torch.nn.Module, x: torch.Tensor, y: torch.Tensor) -> float:
    model.eval()
    with torch.no_grad():
        return (model(x).argmax(1) == y).float().mean().item()


def main() -> None:
    site = site_arguments("Fashion-MNIST in PyTorch", epochs=2)
    images, labels = read("train")
    mine = skewed_shard(labels, site.shard, site.shards, site.seed)
    x, y = images[mine], torch.tensor(labels[mine])
    test_images, test_labels = read("t10k")
    test = test_images, torch.tensor(test_labels)

    alone = net(site.seed)
    train(alone, x, y, site.epochs)

    model = net(site.seed)
    options = {"min_peers": site.min_peers, "sync_interval": site.sync_interval, "adaptive": site.adaptive}
    with SwarmCallback(model, site.contract, url=site.url, epochs_total=site.epochs, **options) as swarm:
        train(model, x, y, site.epochs, swarm)
    report(accuracy(alone, *test), accuracy(model, *test), swarm.final.model_hash)


if __name__ == "__main__":
    main()
