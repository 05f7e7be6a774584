from __future__ import annotations

from typing import Any

import pytest

from fake_swarm import FakeSwarm
from trainers import at_each_site

torch = pytest.importorskip("torch")
opacus = pytest.importorskip("opacus")
from swarmstream._torch_model import TorchModel  # noqa: E402
from swarmstream.pytorch import SwarmCallback  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")  # Opacus warns of its own generator, and of backward hooks


def net() -> Any:
    torch.manual_seed(0)
    return torch.nn.Sequential(torch.nn.Linear(4, 8), torch.nn.ReLU(), torch.nn.Linear(8, 2))


def loader() -> Any:
    random = torch.Generator().manual_seed(1)
    x = torch.randn(64, 4, generator=random)
    return torch.utils.data.DataLoader(torch.utils.data.TensorDataset(x, (x[:, 0] > 0).long()), batch_size=16)


def private(noise: float) -> tuple[Any, Any, Any, Any]:
    module = net()
    engine = opacus.PrivacyEngine()
    optimizer = torch.optim.SGD(module.parameters(), lr=0.5)
    return engine, *engine.make_private(
        module=module, optimizer=optimizer, data_loader=loader(), noise_multiplier=noise, max_grad_norm=1.0
    )


def train(module: Any, optimizer: Any, batches: Any, callback: SwarmCallback) -> None:
    for _ in range(5):
        for x, y in batches:
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(module(x), y).backward()
            optimizer.step()
            callback.on_batch_end()


def test_a_site_with_dp_sgd_trains_with_one_without(two: FakeSwarm) -> None:
    def site(url: str, index: int) -> Any:
        if index == 0:
            engine, module, optimizer, batches = private(noise=1.0)
        else:
            engine, module, batches = None, net(), loader()
            optimizer = torch.optim.SGD(module.parameters(), lr=0.5)
        with SwarmCallback(module, "digits", url=url, sync_interval=4) as callback:
            train(module, optimizer, batches, callback)
        return engine, TorchModel(module).weights()

    (engine, mine), (_, others) = at_each_site(two, site)

    assert list(mine) == list(others) == list(net().state_dict())
    for name in mine:
        assert (mine[name] == others[name]).all()
    assert 0 < engine.get_epsilon(1e-3) < 100


def test_noise_of_the_samples_is_in_what_is_sent(swarm: FakeSwarm) -> None:
    """Two runs from one model, with other batches and noise, end far apart if there is much noise, else near each other."""

    def distance(noise: float) -> float:
        ends = []
        for seed in range(2):
            _, module, optimizer, batches = private(noise)
            torch.manual_seed(seed)  # Opacus draws batches and noise from it
            with FakeSwarm() as own, SwarmCallback(module, "digits", url=own.url, sync_interval=4) as callback:
                train(module, optimizer, batches, callback)
            ends.append(torch.cat([tensor.detach().ravel() for tensor in module.parameters()]))
        return float((ends[0] - ends[1]).norm())

    assert distance(noise=50.0) > 3 * distance(noise=0.0)
