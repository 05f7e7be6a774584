"""Handwritten digits at sites whose scanners differ: each keeps its own batch normalisation and shares the rest.

    python pytorch_personal.py --url http://127.0.0.1:30305 --shard 0

pytorch_digits.py shows how to start a swarm. Each site also holds its model near the merged one while it trains (FedProx),
keeps the merged model that was best on its own data, and stops when the mean loss of all sites has stopped falling.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from site_arguments import report, site_arguments, skewed_shard
from sklearn.datasets import load_digits
from torch.utils.data import DataLoader, TensorDataset

from swarmstream.pytorch import SwarmCallback, keep_batch_norm_local

TRAIN, VALIDATE = 1078, 1438


def net(seed: int) -> torch.nn.Module:
    torch.manual_seed(seed)
    return torch.nn.Sequential(
        torch.nn.BatchNorm1d(64), torch.nn.Linear(64, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10)
    )


def train_epoch(model: torch.nn.Module, loader: DataLoader, swarm: SwarmCallback | None = None) -> None:
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for x, y in loader:
        loss = torch.nn.functional.cross_entropy(model(x), y)
        if swarm:
            loss = loss + swarm.proximal_term(0.01)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if swarm:
            swarm.on_batch_end()


def main() -> None:
    site = site_arguments("Digits at sites whose scanners differ", epochs=20)
    digits = load_digits()
    # Each site's scanner has its own brightness and contrast.
    x = torch.tensor(digits.data / 16, dtype=torch.float32) * (1 + 4 * site.shard) - 3 * site.shard
    y = torch.tensor(digits.target)
    mine = skewed_shard(digits.target[:TRAIN], site.shard, site.shards, site.seed)
    loader = DataLoader(TensorDataset(x[mine], y[mine]), batch_size=16, shuffle=True, drop_last=True)

    def quality(model: torch.nn.Module, begin: int, end: int | None) -> tuple[float, float]:
        """Loss and accuracy."""
        model.eval()
        with torch.no_grad():
            scores = model(x[begin:end])
        model.train()
        loss = torch.nn.functional.cross_entropy(scores, y[begin:end])
        return loss.item(), (scores.argmax(1) == y[begin:end]).float().mean().item()

    alone = net(site.seed)
    for _ in range(site.epochs):
        train_epoch(alone, loader)

    model = net(site.seed)
    best = Path(tempfile.mkdtemp()) / "best.safetensors"
    with SwarmCallback(
        model,
        site.contract,
        url=site.url,
        share=keep_batch_norm_local(model),
        min_peers=site.min_peers,
        sync_interval=site.sync_interval,
        adaptive=site.adaptive,
        epochs_total=site.epochs,
        evaluate=lambda: quality(model, TRAIN, VALIDATE),
        evaluate_local=True,
        keep_best=best,
        patience=20,
    ) as swarm:
        for _ in range(site.epochs):
            train_epoch(model, loader, swarm)
            swarm.on_epoch_end()
            if swarm.should_stop:
                break

    last = swarm.evaluations[-1]
    print(f"last merge: accuracy {last.local_metric:.1%} before, {last.metric:.1%} after")
    print(f"best model: round {swarm.load_best().round} of {swarm.final.round}, in {best}")
    report(quality(alone, VALIDATE, None)[1], quality(model, VALIDATE, None)[1], swarm.final.model_hash)


if __name__ == "__main__":
    main()
