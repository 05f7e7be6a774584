from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest

import swarmstream
from fake_api import Problem
from fake_swarm import FakeSwarm
from trainers import at_each_site

torch = pytest.importorskip("torch")
from swarmstream._torch_model import TorchModel  # noqa: E402
from swarmstream.pytorch import SwarmCallback  # noqa: E402


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
    with pytest.raises(swarmstream.RejectedError), SwarmCallback(net(), "digits", url=swarm.url):
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
        with pytest.raises(swarmstream.BadOptionError, match="2 processes train the model"):
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
        with pytest.raises(swarmstream.BadOptionError, match="share is 'some'"):
            SwarmCallback(net(), "digits", share="some")  # type: ignore[arg-type]

    def test_complex_numbers_are_refused(self) -> None:
        module = torch.nn.ParameterDict({"weight": torch.zeros(2, dtype=torch.complex64)})
        with pytest.raises(swarmstream.BadWeightsError, match="'weight' is complex64"):
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


class TestNames:
    """What wrappers add to them is left out, anywhere."""

    @staticmethod
    def nested() -> Any:
        module = torch.nn.Module()
        module.backbone = net()
        module.module = torch.nn.Linear(2, 2)  # named as wrappers name what they wrap
        return module

    def wrappers(self) -> dict[str, Any]:
        from torch.distributed.algorithms._checkpoint.checkpoint_wrapper import checkpoint_wrapper
        from torch.optim.swa_utils import AveragedModel

        class Private(torch.nn.Module):  # type: ignore[misc, name-defined, unused-ignore]
            def __init__(self, module: Any) -> None:
                super().__init__()
                self._module = module

        class AbstractGradSampleModule(Private):
            """As Opacus has it."""

        class FullyWrapped(torch.nn.Module):  # type: ignore[misc, name-defined, unused-ignore]
            def __init__(self, module: Any) -> None:
                super().__init__()
                self._fsdp_wrapped_module = module

        return {
            "compile": torch.compile,
            "parallel": torch.nn.DataParallel,
            "checkpointed": checkpoint_wrapper,
            "averaged": AveragedModel,
            "privacy": AbstractGradSampleModule,
            "sharded": FullyWrapped,
            "several": lambda module: torch.nn.DataParallel(torch.compile(checkpoint_wrapper(module))),
        }

    @pytest.mark.parametrize(
        "wrapper", ["compile", "parallel", "checkpointed", "averaged", "privacy", "sharded", "several"]
    )
    def test_wrapped_wholly_or_in_part_a_model_is_the_same(self, swarm: FakeSwarm, wrapper: str) -> None:
        wrap = self.wrappers()[wrapper]
        whole, part, deep, own = wrap(self.nested()), self.nested(), self.nested(), self.nested()
        part.backbone = wrap(part.backbone)
        deep.backbone[0] = wrap(deep.backbone[0])
        own.module = wrap(own.module)
        for wrapped in (whole, part, deep, own):
            assert names(wrapped) == names(self.nested())
            with SwarmCallback(wrapped, "digits", url=swarm.url):
                pass

    def test_a_parametrised_tensor_has_its_own_name(self, swarm: FakeSwarm) -> None:
        module = net()
        torch.nn.utils.parametrize.register_parametrization(module[0], "weight", torch.nn.Identity())
        assert sorted(names(module)) == sorted(names(net()))
        with SwarmCallback(module, "digits", url=swarm.url):
            pass

    @pytest.mark.filterwarnings("ignore")
    def test_both_forms_of_weight_norm_are_one(self) -> None:
        new = torch.nn.utils.parametrizations.weight_norm(torch.nn.Linear(2, 2))
        assert sorted(names(new)) == sorted(names(torch.nn.utils.weight_norm(torch.nn.Linear(2, 2))))

    def test_two_that_are_one_without_it_are_refused(self) -> None:
        module = self.nested()
        module.module._orig_mod = torch.nn.Linear(2, 2)
        with pytest.raises(
            swarmstream.BadWeightsError, match=r"'module.weight' and 'module._orig_mod.weight' are both"
        ):
            names(module)


class TestTensorsThatCannotBeShared:
    """They are refused by name before anything is contributed."""

    @pytest.mark.parametrize(
        ("make", "says"),
        [
            (lambda: torch.nn.LazyLinear(4), "'weight' has no shape yet.*run one through"),
            (lambda: torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.LazyBatchNorm1d()), "'1.weight' has no shape"),
            (lambda: torch.nn.Linear(3, 4, device="meta"), "'weight' is on the meta device"),
            (lambda: held(torch.ones(1).expand(3)), r"'held' is expanded.*\.clone\(\)"),
            (lambda: held(torch.eye(3).to_sparse()), "'held' is torch.sparse_coo"),
            (lambda: held(torch.full((2, 2), -torch.inf).triu(1)), "value 1 of tensor 'held' is -inf.*mask"),
            (lambda: torch.nn.Linear(2, 2).requires_grad_(False), "empty.*trainable"),
        ],
    )
    def test_is_told(self, swarm: FakeSwarm, make: Any, says: str) -> None:
        share: Literal["trainable", "all"] = "trainable" if "trainable" in says else "all"
        with (
            pytest.raises(swarmstream.SwarmError, match=says),
            SwarmCallback(make(), "digits", share=share, url=swarm.url),
        ):
            pass
        assert swarm.contributions == {}
        assert not swarm.nodes[0].sessions

    def test_one_that_cannot_be_written(self, swarm: FakeSwarm) -> None:
        class Still(torch.Tensor):  # type: ignore[misc, name-defined, unused-ignore]
            @classmethod
            def __torch_function__(cls, function: Any, *more: Any) -> Any:
                if function is torch.Tensor.copy_:
                    raise RuntimeError("not now")
                return super().__torch_function__(function, *more)

        module = torch.nn.Module()
        module.register_buffer("held", torch.zeros(2).as_subclass(Still))
        with pytest.raises(swarmstream.BadWeightsError, match=r"'held' cannot be written.*not now"):
            SwarmCallback(module, "digits", url=swarm.url).on_train_begin()
        assert swarm.contributions == {}


class Copying(torch.nn.Module):  # type: ignore[misc, name-defined, unused-ignore]
    """Its state is a copy."""

    def __init__(self, value: float) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.full((3,), value, dtype=torch.bfloat16))

    def _save_to_state_dict(self, destination: Any, prefix: str, keep_vars: bool) -> None:
        destination[prefix + "weight"] = self.weight.detach().float()


class TestArrival:
    def test_a_module_that_shows_copies_loads_as_it_does_from_a_file(self, two: FakeSwarm) -> None:
        def train(url: str, index: int) -> list[float]:
            module = torch.nn.Sequential(Copying(2.0 * index))
            with SwarmCallback(module, "digits", url=url):
                pass
            return list(module[0].weight.tolist())

        assert at_each_site(two, train) == [[1, 1, 1], [1, 1, 1]]

    @pytest.mark.parametrize("rounds_that_change_nothing", [0, 1])
    def test_what_does_not_arrive_is_refused(self, two: FakeSwarm, rounds_that_change_nothing: int) -> None:
        class Deaf(Copying):
            def _load_from_state_dict(self, *_: Any) -> None:
                pass

        def train(url: str, index: int) -> None:
            module = torch.nn.Sequential(Deaf(0.0 if rounds_that_change_nothing else 2.0 * index))
            with pytest.raises(swarmstream.BadWeightsError, match=r"'0.weight' differs from the merged one"):
                with SwarmCallback(module, "digits", url=url, sync_interval=1) as callback:
                    with torch.no_grad():
                        module[0].weight.add_(index)
                    callback.on_batch_end()

        at_each_site(two, train)

    def test_what_a_module_computes_when_it_loads_it_computes(self, swarm: FakeSwarm) -> None:
        class Caching(torch.nn.Linear):  # type: ignore[misc, name-defined, unused-ignore]
            def _load_from_state_dict(self, *given: Any) -> None:
                super()._load_from_state_dict(*given)
                self.total = self.weight.detach().sum()

        swarm.merge_scale = 0.0
        module = torch.nn.Sequential(Caching(2, 2), torch.nn.Linear(2, 2))
        hooked: list[float] = []
        module[1].register_load_state_dict_post_hook(lambda it, _: hooked.append(float(it.weight.detach().sum())))
        with SwarmCallback(module, "digits", url=swarm.url):
            pass
        assert module[0].total == 0
        assert hooked[-1] == 0

    def test_what_was_computed_of_the_old_weights_is_not_kept(self, swarm: FakeSwarm) -> None:
        swarm.merge_scale = 0.0
        module = torch.nn.Linear(2, 2)
        torch.nn.utils.parametrize.register_parametrization(module, "weight", torch.nn.Identity())
        with torch.nn.utils.parametrize.cached():
            assert module.weight.any()
            with SwarmCallback(module, "digits", url=swarm.url):
                pass
            assert not module.weight.any()


def test_a_loop_without_a_with_block_leaves_when_a_sync_fails(swarm: FakeSwarm) -> None:
    callback = SwarmCallback(net(), "digits", url=swarm.url, sync_interval=1)
    callback.on_train_begin()
    swarm.nodes[0].refuse = Problem(409, "rejected", "weights of another world")
    with pytest.raises(swarmstream.RejectedError):
        callback.on_batch_end()
    assert not swarm.nodes[0].sessions


def test_a_loop_that_was_interrupted_can_be_run_again(swarm: FakeSwarm) -> None:
    callbacks = []
    for interrupted in (True, False):
        callbacks.append(SwarmCallback(net(), "digits", url=swarm.url, sync_interval=1))
        callbacks[-1].on_train_begin()
        callbacks[-1].on_batch_end()
        if not interrupted:
            callbacks[-1].on_train_end()
    assert callbacks[-1].final.model_hash


def held(tensor: Any) -> Any:
    module = torch.nn.Linear(2, 2)
    module.register_buffer("held", tensor)
    return module
