from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import swarmstream
from fake_swarm import FakeSwarm

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
peft = pytest.importorskip("peft")
pytest.importorskip("accelerate")
from swarmlearning.hf_transformers import SwarmCallback as HpeCallback  # noqa: E402
from swarmlearning.hf_transformers import SwarmError  # noqa: E402
from swarmstream._adapter_model import AdapterModel  # noqa: E402
from swarmstream.transformers import SwarmCallback  # noqa: E402


def tiny() -> Any:
    torch.manual_seed(1)
    config = transformers.GPT2Config(vocab_size=16, n_positions=8, n_embd=8, n_layer=1, n_head=1)
    return transformers.GPT2LMHeadModel(config)


def with_adapter() -> Any:
    return peft.get_peft_model(tiny(), peft.LoraConfig(r=2, target_modules=["c_attn"], fan_in_fan_out=True))


def train(model: Any, callback: Any, folder: Path, steps: int = 4, beside: Any = None) -> None:
    tokens = torch.arange(8)
    examples = [{"input_ids": tokens, "labels": tokens} for _ in range(8 * steps)]
    arguments = transformers.TrainingArguments(
        output_dir=str(folder),
        per_device_train_batch_size=2,
        gradient_accumulation_steps=2,
        max_steps=steps,
        learning_rate=0.1,
        report_to=[],
        save_strategy="no",
        disable_tqdm=True,
        use_cpu=True,
        dataloader_pin_memory=False,
    )
    callbacks = [each for each in (callback, beside) if each is not None]
    transformers.Trainer(model, arguments, train_dataset=examples, callbacks=callbacks).train()


def test_the_interval_counts_optimizer_steps(swarm: FakeSwarm, tmp_path: Path) -> None:
    callback = SwarmCallback("digits", url=swarm.url, sync_interval=2)
    train(tiny(), callback, tmp_path)
    assert [query["checkIn"] for query in swarm.nodes[0].queries] == ["training"] * 3 + ["snapshot"]
    assert callback.final.model_hash
    assert swarm.terms["epochsTotal"] == 1


def test_the_optimizer_can_begin_anew_with_each_merge(swarm: FakeSwarm, tmp_path: Path) -> None:
    steps: list[int] = []

    class Noting(transformers.TrainerCallback):  # type: ignore[misc, name-defined, unused-ignore]
        def on_step_end(self, args: Any, state: Any, control: Any, *, optimizer: Any, **_: Any) -> None:
            steps.append(max((int(each["step"]) for each in optimizer.state.values()), default=0))

    callback = SwarmCallback("digits", url=swarm.url, sync_interval=2, reset_optimizer=True)
    train(tiny(), callback, tmp_path, beside=Noting())
    assert steps == [1, 0, 1, 0]


def test_the_loss_may_have_the_proximal_term(swarm: FakeSwarm, tmp_path: Path) -> None:
    terms: list[float] = []
    model = tiny()
    callback = SwarmCallback("digits", url=swarm.url, sync_interval=2)
    model.register_forward_hook(lambda *_: terms.append(callback.proximal_term(1.0).item()))
    train(model, callback, tmp_path)
    assert [term > 0 for term in terms] == [False, False, True, True] * 2  # two batches for each step

    adapter = SwarmCallback("digits", url=swarm.url, share="adapter")
    with pytest.raises(ValueError, match="has not begun"):
        adapter.proximal_term(1.0)


def test_an_adapter_alone_has_no_proximal_term(tmp_path: Path) -> None:
    with FakeSwarm() as swarm:
        callback = SwarmCallback("digits", url=swarm.url, share="adapter")
        train(with_adapter(), callback, tmp_path, steps=1)
        with pytest.raises(swarmstream.BadOptionError, match="use share='trainable', not 'adapter'"):
            callback.proximal_term(1.0)


def test_the_output_layer_that_is_tied_to_the_embedding_travels_once(swarm: FakeSwarm, tmp_path: Path) -> None:
    model = tiny()
    train(model, SwarmCallback("digits", url=swarm.url), tmp_path)
    names = [tensor["name"] for tensor in swarm.terms["layout"]]
    assert "transformer.wte.weight" in names
    assert "lm_head.weight" not in names
    assert model.lm_head.weight is model.transformer.wte.weight


def test_of_an_adapter_only_the_adapter_travels_and_it_is_loaded(swarm: FakeSwarm, tmp_path: Path) -> None:
    swarm.merge_scale = 0.0
    model = with_adapter()
    train(model, SwarmCallback("digits", url=swarm.url, share="adapter"), tmp_path)

    assert [tensor["name"].rsplit("lora_", 1)[-1] for tensor in swarm.terms["layout"]] == ["A.weight", "B.weight"]
    adapter = AdapterModel(model).weights()
    assert not any(values.any() for values in adapter.values())


def test_for_an_adapter_nobody_asks_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    model = with_adapter()
    model.peft_config["default"].base_model_name_or_path = "some/model"

    def ask(*_: Any, **__: Any) -> bool:
        raise AssertionError("the Hub was asked")

    monkeypatch.setattr("peft.utils.save_and_load.check_file_exists_on_hf_hub", ask)
    AdapterModel(model).weights()


def test_a_model_without_an_adapter_is_refused(swarm: FakeSwarm, tmp_path: Path) -> None:
    with pytest.raises(swarmstream.BadOptionError, match="GPT2LMHeadModel, which has no adapter"):
        train(tiny(), SwarmCallback("digits", url=swarm.url, share="adapter"), tmp_path)


def test_the_trainer_stops_when_the_training_is_over(tmp_path: Path) -> None:
    with FakeSwarm(training_over_after=1) as swarm:
        train(tiny(), SwarmCallback("digits", url=swarm.url, sync_interval=1), tmp_path, steps=50)
    assert len(swarm.nodes[0].queries) == 2


class TestHpe:
    @pytest.fixture(autouse=True)
    def _site(self, swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SWARM_SITE_URL", swarm.url)

    @pytest.mark.parametrize("mode", ["full", "peft"])
    def test_syncs_all_or_the_adapter(self, swarm: FakeSwarm, tmp_path: Path, mode: str) -> None:
        model = with_adapter()
        train(model, HpeCallback(syncFrequency=2, minPeers=1, model=model, hfMode=mode), tmp_path)
        assert len(swarm.nodes[0].queries) == 3  # at the beginning, after step 3, at the end
        assert (len(swarm.terms["layout"]) == 2) is (mode == "peft")

    @pytest.mark.parametrize(
        ("parameters", "message"),
        [
            ({"model": None}, "Hugging Face model is None"),
            ({"model": 1, "hfMode": "half"}, "Invalid Hugging Face model type: half"),
            ({"model": 1, "ml_platform": "TF"}, "Invalid ml platform type: TF"),
        ],
    )
    def test_says_what_is_wrong_with_a_parameter(self, parameters: dict[str, Any], message: str) -> None:
        with pytest.raises(SwarmError) as caught:
            HpeCallback(1, 1, **parameters)
        assert str(caught.value) == message
