from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fake_swarm import FakeSwarm

torch = pytest.importorskip("torch")
pl = pytest.importorskip("lightning.pytorch")
from swarmstream.lightning import SwarmCallback  # noqa: E402


class Net(pl.LightningModule):  # type: ignore[name-defined]
    def __init__(self, fails_at: int | None = None) -> None:
        super().__init__()
        self.layer = torch.nn.Linear(3, 2)
        self.fails_at = fails_at

    def training_step(self, batch: Any, index: int) -> Any:
        if index == self.fails_at:
            raise ZeroDivisionError
        return self.layer(batch[0]).square().mean()

    def configure_optimizers(self) -> Any:
        return torch.optim.SGD(self.parameters(), 0.1)


def fit(module: Any, callback: Any, folder: Path, epochs: int = 1, **options: Any) -> Any:
    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.ones(12, 3)), batch_size=2)
    trainer = pl.Trainer(
        max_epochs=epochs,
        callbacks=[callback],
        accelerator="cpu",
        devices=1,
        logger=False,
        enable_checkpointing=False,
        enable_progress_bar=False,
        enable_model_summary=False,
        default_root_dir=folder,
        **options,
    )
    trainer.fit(module, data)
    return trainer


def test_syncs_at_the_beginning_after_each_interval_and_at_the_end(swarm: FakeSwarm, tmp_path: Path) -> None:
    callback = SwarmCallback("digits", url=swarm.url, sync_interval=2)
    fit(Net(), callback, tmp_path)

    assert [query["checkIn"] for query in swarm.nodes[0].queries] == ["training"] * 4 + ["snapshot"]
    assert float(swarm.nodes[0].queries[1]["loss"]) > 0
    assert callback.final.model_hash
    assert swarm.terms["epochsTotal"] == 1


def test_the_interval_counts_optimizer_steps(swarm: FakeSwarm, tmp_path: Path) -> None:
    callback = SwarmCallback("digits", url=swarm.url, sync_interval=1)
    fit(Net(), callback, tmp_path, accumulate_grad_batches=4)  # 6 batches: a step after the fourth, and after the last
    assert [query["checkIn"] for query in swarm.nodes[0].queries] == ["training"] * 3 + ["snapshot"]


def test_optimizers_can_begin_anew_with_each_merge(swarm: FakeSwarm, tmp_path: Path) -> None:
    class Adaptive(Net):
        def configure_optimizers(self) -> Any:
            return torch.optim.Adam(self.parameters())

    module = Adaptive()
    trainer = fit(module, SwarmCallback("digits", url=swarm.url, sync_interval=5, reset_optimizer=True), tmp_path)
    assert trainer.optimizers[0].state[module.layer.weight]["step"] == 1


def test_a_training_step_adds_the_proximal_term(swarm: FakeSwarm, tmp_path: Path) -> None:
    terms: list[float] = []

    class Held(Net):
        def training_step(self, batch: Any, index: int) -> Any:
            term = callback.proximal_term(0.5)
            terms.append(term.item())
            return super().training_step(batch, index) + term

    callback = SwarmCallback("digits", url=swarm.url, sync_interval=3)
    fit(Held(), callback, tmp_path)
    assert [term > 0 for term in terms] == [False, True, True] * 2


def test_stops_when_the_training_is_over(tmp_path: Path) -> None:
    with FakeSwarm(training_over_after=1) as swarm:
        trainer = fit(Net(), SwarmCallback("digits", url=swarm.url, sync_interval=1), tmp_path, epochs=9)
    assert trainer.current_epoch < 9


def test_leaves_when_training_fails(swarm: FakeSwarm, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fit(Net(fails_at=2), SwarmCallback("digits", url=swarm.url), tmp_path)
    assert swarm.nodes[0].requests[-1] == "DELETE "
