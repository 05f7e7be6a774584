from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import swarmstream
from fake_api import Problem
from fake_swarm import FakeSwarm
from trainers import at_each_site

torch = pytest.importorskip("torch")
from swarmstream.pytorch import SwarmCallback, TorchModel  # noqa: E402


def net() -> Any:
    return torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3), torch.nn.Linear(3, 2))


def names(module: Any, share: Any = "all") -> list[str]:
    return list(TorchModel(module, share).weights())


def test_a_loop_syncs_before_its_first_batch_then_after_each_interval_and_at_its_end(swarm: FakeSwarm) -> None:
    with SwarmCallback(net(), "digits", url=swarm.url, sync_interval=3) as callback:
        for _ in range(2):
            for _ in range(4):
                callback.on_batch_end(loss=0.5)
            callback.on_epoch_end()

    assert [query["checkIn"] for query in swarm.nodes[0].queries] == ["training", "training", "training", "snapshot"]
    assert [query["epochsDone"] for query in swarm.nodes[0].queries] == ["0", "0", "1", "2"]
    assert callback.final.round == 3


def test_two_sites_begin_and_end_with_one_model(two: FakeSwarm) -> None:
    def train(url: str, index: int) -> Any:
        module = net()
        with SwarmCallback(module, "digits", url=url, sync_interval=2) as callback:
            begun = {name: tensor.clone() for name, tensor in module.state_dict().items()}
            for _ in range(3):
                with torch.no_grad():
                    for parameter in module.parameters():
                        parameter.add_(index + 1)
                callback.on_batch_end()
        return begun, module.state_dict()

    (begun, ended), (other_begun, other_ended) = at_each_site(two, train)

    for name in begun:
        assert torch.equal(begun[name], other_begun[name])
        assert torch.equal(ended[name], other_ended[name])
    assert torch.allclose(ended["0.weight"], begun["0.weight"] + 3 * 1.5)


def test_an_exception_in_the_loop_makes_the_site_leave(swarm: FakeSwarm) -> None:
    with pytest.raises(ZeroDivisionError), SwarmCallback(net(), "digits", url=swarm.url):
        raise ZeroDivisionError

    assert swarm.nodes[0].requests[-1] == "DELETE "
    assert not swarm.nodes[0].finishes


def test_stops_syncing_when_the_training_is_over() -> None:
    with FakeSwarm(training_over_after=1) as swarm:
        with SwarmCallback(net(), "digits", url=swarm.url, sync_interval=1) as callback:
            for _ in range(5):
                callback.on_batch_end()
            assert callback.training_over
        assert len(swarm.nodes[0].queries) == 2


def test_tells_how_good_each_merged_model_is(swarm: FakeSwarm) -> None:
    with SwarmCallback(net(), "digits", url=swarm.url, evaluate=lambda: (0.5, 0.9)):
        pass
    assert swarm.nodes[0].evaluations[0]["metric"] == 0.9


def test_a_first_sync_that_fails_makes_the_site_leave(swarm: FakeSwarm) -> None:
    swarm.nodes[0].refuse = Problem(409, "rejected", "weights of another world")
    with pytest.raises(swarmstream.Rejected), SwarmCallback(net(), "digits", url=swarm.url):
        raise ZeroDivisionError

    assert swarm.nodes[0].requests[-1] == "DELETE "


def test_variances_that_an_encoding_made_negative_become_zero() -> None:
    module = net()
    TorchModel(module).load(iter({"1.running_var": np.array([-0.06, 0, 28], "f4")}.items()))
    assert module[1].running_var.tolist() == [0, 0, 28]
    assert module.eval()(torch.zeros(2, 4)).isfinite().all()


def test_one_of_several_processes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    torch.distributed.init_process_group("gloo", init_method=f"file://{tmp_path}/store", rank=0, world_size=1)
    try:
        module = torch.nn.parallel.DistributedDataParallel(net())
        SwarmCallback(module, "digits")
        monkeypatch.setattr(torch.distributed, "get_world_size", lambda: 2)
        with pytest.raises(swarmstream.BadOption, match="trained by 2 processes"):
            SwarmCallback(module, "digits")
    finally:
        torch.distributed.destroy_process_group()


class TestSharedTensors:
    def test_statistics_are_shared_and_counts_are_not(self) -> None:
        assert "1.running_mean" in names(net())
        assert "1.num_batches_tracked" not in names(net())

    def test_counts_stay_as_they_are(self, swarm: FakeSwarm) -> None:
        module = net()
        module[1].num_batches_tracked += 7
        with SwarmCallback(module, "digits", url=swarm.url):
            pass
        assert module[1].num_batches_tracked.item() == 7
        assert module[1].num_batches_tracked.shape == ()

    @pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32", "float64"])
    def test_each_precision_comes_back_as_it_was(self, swarm: FakeSwarm, dtype: str) -> None:
        module = torch.nn.Linear(4, 3).to(getattr(torch, dtype))
        before = module.weight.detach().clone()
        with SwarmCallback(module, "digits", url=swarm.url):
            pass
        assert module.weight.dtype == getattr(torch, dtype)
        assert torch.allclose(module.weight.float(), before.float(), atol=1e-7)

    def test_parameters_without_dimensions_are_shared(self, swarm: FakeSwarm) -> None:
        module = torch.nn.Linear(2, 1)
        module.scale = torch.nn.Parameter(torch.tensor(1.5))
        with SwarmCallback(module, "digits", url=swarm.url):
            pass
        assert module.scale.shape == ()
        assert module.scale.item() == 1.5

    def test_tied_weights_travel_once_and_stay_tied(self, swarm: FakeSwarm) -> None:
        module = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Linear(3, 3))
        module[1].weight = module[0].weight
        assert names(module) == ["0.weight", "0.bias", "1.bias"]
        with SwarmCallback(module, "digits", url=swarm.url):
            pass
        assert module[1].weight is module[0].weight

    def test_frozen_parameters_can_stay_at_home(self) -> None:
        module = net()
        module[0].requires_grad_(False)
        assert names(module, "trainable") == ["1.weight", "1.bias", "2.weight", "2.bias"]

    def test_a_function_chooses(self) -> None:
        assert names(net(), lambda name: name.startswith("0.")) == ["0.weight", "0.bias"]

    def test_anything_else_is_refused(self) -> None:
        with pytest.raises(swarmstream.BadOption, match="share is 'some'"):
            SwarmCallback(net(), "digits", share="some")

    def test_complex_numbers_are_refused(self) -> None:
        module = torch.nn.ParameterDict({"weight": torch.zeros(2, dtype=torch.complex64)})
        with pytest.raises(swarmstream.BadWeights, match="'weight' is complex64"):
            SwarmCallback(module, "digits").on_train_begin()

    def test_the_wrapper_of_parallel_training_does_not_show(self) -> None:
        assert names(torch.nn.DataParallel(net())) == names(net())

    def test_not_contiguous_ones_are_sent_as_they_are_seen(self) -> None:
        module = torch.nn.Linear(3, 2)
        module.weight = torch.nn.Parameter(torch.arange(6.0).reshape(3, 2).T)
        np.testing.assert_array_equal(TorchModel(module).weights()["weight"], [[0, 2, 4], [1, 3, 5]])

    def test_an_optimizer_keeps_its_tensors(self, swarm: FakeSwarm) -> None:
        module = net()
        optimizer = torch.optim.SGD(module.parameters(), lr=0.1, momentum=0.9)
        held = optimizer.param_groups[0]["params"][0]
        with SwarmCallback(module, "digits", url=swarm.url):
            pass
        assert held is module[0].weight
