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
from swarmstream.pytorch import SwarmCallback, keep_batch_norm_local  # noqa: E402


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

    @pytest.mark.parametrize("share", [["*", "!1.*"], ["*", "!0.*"], lambda name: not name.startswith("1.")])
    def test_tied_weights_are_not_shared_under_one_name_alone(self, share: Any) -> None:
        module = torch.nn.Sequential(torch.nn.Linear(3, 3), torch.nn.Linear(3, 3))
        module[1].weight = module[0].weight
        with pytest.raises(swarmstream.BadOptionError) as caught:
            names(module, share)
        assert "'0.weight'" in str(caught.value)
        assert "'1.weight'" in str(caught.value)
        assert "are one tied tensor; share both, or keep both local" in str(caught.value)
        assert names(module, ["*", "!*.weight"]) == ["0.bias", "1.bias"]

    def test_frozen_parameters_can_stay_at_home(self) -> None:
        module = net()
        module[0].requires_grad_(False)
        assert names(module, "trainable") == ["1.weight", "1.bias", "2.weight", "2.bias"]

    def test_a_function_chooses(self) -> None:
        assert names(net(), lambda name: name.startswith("0.")) == ["0.weight", "0.bias"]

    def test_patterns_choose(self) -> None:
        assert names(net(), ["*", "!1.*", "1.bias"]) == ["0.weight", "0.bias", "1.bias", "2.weight", "2.bias"]
        assert names(torch.compile(net()), ["2.*"]) == ["2.weight", "2.bias"]
        with pytest.raises(swarmstream.BadOptionError, match=r"'!3\.\*', which matches no tensor"):
            SwarmCallback(net(), "digits", share=["!3.*"]).on_train_begin()

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


class TestBatchNormThatStaysLocal:
    """FedBN: each site keeps its own parameters and statistics of batch normalisation."""

    def test_it_is_found_by_its_kind_and_below_wrappers(self) -> None:
        rest = ["0.weight", "0.bias", "2.weight", "2.bias"]
        for module in (net(), torch.compile(net()), torch.nn.DataParallel(net())):
            assert names(module, keep_batch_norm_local(module)) == rest
        plain = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.BatchNorm1d(2, affine=False))
        assert names(plain, [*keep_batch_norm_local(plain), "!*.bias"]) == ["0.weight"]

    def test_a_model_without_it_is_refused(self) -> None:
        with pytest.raises(swarmstream.BadOptionError, match="Linear has no batch normalisation"):
            keep_batch_norm_local(torch.nn.Linear(2, 2))

    def test_two_sites_keep_their_own_and_share_the_rest(self, two: FakeSwarm) -> None:
        def train(url: str, index: int) -> Any:
            module = net()
            with torch.no_grad():
                module[1].running_mean.fill_(index)
                module[1].weight.fill_(10 + index)
            with SwarmCallback(module, "digits", url=url, share=keep_batch_norm_local(module)):
                pass
            assert module[1].running_mean.tolist() == [index] * 3
            assert module[1].weight.tolist() == [10 + index] * 3
            return module[0].weight.tolist()

        one, other = at_each_site(two, train)
        assert one == other

    def test_a_site_that_shares_it_is_told_why_it_does_not_fit(self, swarm: FakeSwarm) -> None:
        with SwarmCallback(net(), "digits", url=swarm.url):
            pass
        module = net()
        with pytest.raises(swarmstream.LayoutMismatchError, match=r"Here share= keeps it local"):
            SwarmCallback(module, "digits", url=swarm.url, share=keep_batch_norm_local(module)).on_train_begin()


class TestProximalTerm:
    """FedProx: `mu / 2` times the squared distance from the newest merged model."""

    def test_is_what_it_is_by_hand(self, swarm: FakeSwarm) -> None:
        swarm.merge_scale = 0.5
        module = torch.nn.Linear(2, 1)
        with torch.no_grad():
            module.weight.copy_(torch.tensor([[2.0, 4.0]]))
            module.bias.fill_(6.0)
        with SwarmCallback(module, "digits", url=swarm.url, sync_interval=2) as callback:
            # Merged: weights 1 and 2, bias 3.
            assert callback.proximal_term(0.1).item() == 0
            with torch.no_grad():
                module.weight.add_(torch.tensor([[1.0, -2.0]]))
                module.bias.add_(0.5)
            term = callback.proximal_term(0.1)
            term.backward()
            assert term.item() == pytest.approx(0.1 / 2 * (1 + 4 + 0.25))
            assert term.shape == ()
            # The gradient is mu times the distance.
            assert torch.allclose(module.weight.grad, torch.tensor([[0.1, -0.2]]))
            assert module.bias.grad.item() == pytest.approx(0.05)

            for _ in range(2):
                callback.on_batch_end()
            assert callback.proximal_term(0.1).item() == 0  # the next merged model is half of 2, 0, 3.5
            assert module.weight.tolist() == [[1, 0]]

    def test_first_wanted_after_a_step_it_still_refers_to_the_merged_model(self, swarm: FakeSwarm) -> None:
        module = torch.nn.Linear(2, 1)
        with SwarmCallback(module, "digits", url=swarm.url) as callback:
            with torch.no_grad():
                module.bias.add_(3.0)
            assert callback.proximal_term(2).item() == pytest.approx(9)

    def test_counts_what_is_shared_and_trained(self, swarm: FakeSwarm) -> None:
        module = net()
        module[0].requires_grad_(False)
        with SwarmCallback(module, "digits", url=swarm.url, share=["*", "!2.*"]) as callback:
            with torch.no_grad():
                for tensor in (*module.parameters(), module[1].running_mean):
                    tensor.add_(1.0)
            assert callback.proximal_term(2).item() == pytest.approx(6)  # weight and bias of batch normalisation
            with torch.no_grad():
                for tensor in module.parameters():
                    tensor.sub_(1.0)

    def test_what_it_cannot_do_is_refused(self, swarm: FakeSwarm) -> None:
        module = torch.nn.Linear(2, 1)
        with pytest.raises(ValueError, match="has not begun"):
            SwarmCallback(module, "digits").proximal_term(1)
        with SwarmCallback(module, "digits", url=swarm.url) as callback:
            with pytest.raises(swarmstream.BadOptionError, match="mu is -1; use a number from 0 upwards"):
                callback.proximal_term(-1)
            module.requires_grad_(False)
            with pytest.raises(swarmstream.BadOptionError, match="no shared tensor is trained"):
                callback.proximal_term(1)


class TestOptimizer:
    @staticmethod
    def step(module: Any, optimizer: Any) -> None:
        optimizer.zero_grad()
        module(torch.ones(1, 2)).sum().backward()
        optimizer.step()

    def train(self, swarm: FakeSwarm, resets: bool) -> tuple[Any, Any, Any]:
        module = torch.nn.Linear(2, 1)
        optimizer = torch.optim.Adam(module.parameters(), lr=1.0)
        schedule = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.5)
        given = optimizer if resets else None
        with SwarmCallback(module, "digits", url=swarm.url, sync_interval=2, reset_optimizer=given) as callback:
            for _ in range(2):
                self.step(module, optimizer)
                callback.on_batch_end()
                schedule.step()
            kept = dict(optimizer.state)
            self.step(module, optimizer)
        return module, optimizer, kept

    def test_keeps_its_moments_through_a_merge(self, swarm: FakeSwarm) -> None:
        module, optimizer, kept = self.train(swarm, resets=False)
        assert kept[module.weight]["exp_avg"].any()
        assert optimizer.state[module.weight]["step"] == 3
        assert optimizer.param_groups[0]["lr"] == 0.25

    def test_can_begin_anew_with_each_merge_and_its_schedule_goes_on(self, swarm: FakeSwarm) -> None:
        module, optimizer, kept = self.train(swarm, resets=True)
        assert kept == {}
        assert optimizer.state[module.weight]["step"] == 1
        assert optimizer.param_groups[0]["lr"] == 0.25

    def test_one_that_cannot_is_refused(self) -> None:
        module = net()
        with pytest.raises(swarmstream.BadOptionError, match="does not work with Adagrad"):
            SwarmCallback(module, "digits", reset_optimizer=torch.optim.Adagrad(module.parameters()))

    def test_a_loop_that_accumulates_gradients_counts_steps(self, swarm: FakeSwarm) -> None:
        """As the page says: the hook is called after each step of the optimizer."""
        module = torch.nn.Linear(2, 1)
        optimizer = torch.optim.SGD(module.parameters(), lr=0.1)
        with SwarmCallback(module, "digits", url=swarm.url, sync_interval=2) as callback:
            for batch in range(1, 17):
                (module(torch.ones(1, 2)).sum() / 4).backward()
                if batch % 4 == 0:
                    optimizer.step()
                    optimizer.zero_grad()
                    callback.on_batch_end()
        assert len(swarm.nodes[0].queries) == 1 + 2 + 1


def test_the_best_model_comes_back_with_what_stayed_at_the_site(swarm: FakeSwarm, tmp_path: Path) -> None:
    module = net()
    module[2].weight.requires_grad_(False)
    metrics = iter([0.5, 0.9, 0.7])
    with SwarmCallback(
        module,
        "digits",
        url=swarm.url,
        sync_interval=1,
        share=["0.*"],
        evaluate=lambda: (0, next(metrics)),
        keep_best=tmp_path / "best.safetensors",
        best_by="metric",
    ) as callback:
        with torch.no_grad():
            for tensor in module.parameters():
                tensor.fill_(2.0)
        callback.on_batch_end()
        with torch.no_grad():
            for tensor in module.parameters():
                tensor.fill_(3.0)

    assert [each.metric for each in callback.evaluations] == [0.5, 0.9, 0.7]
    assert callback.best is not None
    assert callback.load_best() == callback.best
    assert callback.best.round == 1
    values = {name: float(tensor.detach().flatten()[0]) for name, tensor in module.named_parameters()}
    # 2.weight is frozen and not shared, so it is not in the file.
    assert values == {"0.weight": 2, "0.bias": 2, "1.weight": 2, "1.bias": 2, "2.weight": 3, "2.bias": 2}


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
