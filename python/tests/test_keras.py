from __future__ import annotations

import os
from typing import Any

import numpy as np
import pytest

from fake_swarm import FakeSwarm

if "KERAS_BACKEND" not in os.environ:
    pytest.skip("Keras trains on torch, jax or tensorflow; none is installed", allow_module_level=True)

keras = pytest.importorskip("keras")
import swarmstream  # noqa: E402
from swarmlearning.tf import SwarmCallback as HpeCallback  # noqa: E402
from swarmlearning.tf import SwarmError  # noqa: E402
from swarmstream.keras import KerasModel, SwarmCallback  # noqa: E402

X = np.random.default_rng(1).normal(size=(48, 4)).astype("f4")
Y = (X[:, 0] > 0).astype("i4")


def net(**first: Any) -> Any:
    layers = [
        keras.layers.Dense(5, **first),
        keras.layers.BatchNormalization(),
        keras.layers.Dropout(0.1),
        keras.layers.Dense(3),
        keras.layers.Dense(2),
    ]
    model = keras.Sequential([keras.Input((4,)), *layers])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.SGD(0.05), loss, metrics=["accuracy"])
    return model


def fit(model: Any, callback: Any, epochs: int = 1, batch_size: int = 8) -> Any:
    return model.fit(X, Y, batch_size=batch_size, epochs=epochs, verbose=0, callbacks=[callback])


def test_syncs_at_the_beginning_after_each_interval_and_at_the_end(swarm: FakeSwarm) -> None:
    callback = SwarmCallback("digits", url=swarm.url, sync_interval=4)
    fit(net(), callback, epochs=2)

    queries = swarm.nodes[0].queries
    assert [query["checkIn"] for query in queries] == ["training"] * 4 + ["snapshot"]
    assert [query["epochsDone"] for query in queries] == ["0", "0", "1", "1", "2"]
    assert float(queries[1]["loss"]) > 0
    assert callback.final.model_hash
    assert swarm.terms["epochsTotal"] == 2


def test_what_is_merged_is_trained_on_and_what_is_trained_is_contributed(swarm: FakeSwarm) -> None:
    model = net()
    before = model.get_weights()
    fit(model, SwarmCallback("digits", url=swarm.url, sync_interval=1))

    models = [next(iter(swarm.contributions[number].values())) for number in range(8)]
    first = "0/sequential/dense/kernel"
    np.testing.assert_array_equal(models[0][first], before[0])
    for earlier, later in zip(models[:6], models[1:7]):
        assert not np.array_equal(earlier[first], later[first])
    np.testing.assert_array_equal(model.get_weights()[0], models[-1][first])


def test_merged_weights_are_those_of_the_next_batch(swarm: FakeSwarm) -> None:
    """Whatever a backend keeps beside the variables while an epoch runs, the merged model takes its place."""
    swarm.merge_scale = 0.0
    model = net()
    rate = keras.optimizers.SGD(0.0)
    model.compile(rate, keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    fit(model, SwarmCallback("digits", url=swarm.url, sync_interval=3))
    for weights in swarm.contributions[1].values():
        assert not any(values.any() for name, values in weights.items() if "moving" not in name)


def test_layers_with_equal_weight_names_are_not_mixed_up() -> None:
    weights = KerasModel(net()).weights()
    assert len(weights) == 10
    assert next(iter(weights)) == "0/sequential/dense/kernel"
    assert [name.split("/", 1)[0] for name in weights] == [str(place) for place in range(10)]


def test_a_second_model_in_the_same_program_has_the_same_names() -> None:
    assert list(KerasModel(net()).weights()) == list(KerasModel(net()).weights())


def test_variances_that_an_encoding_made_negative_become_zero() -> None:
    shared = KerasModel(net())
    variance = next(name for name in shared.variables() if name.endswith("moving_variance"))
    shared.load(iter({variance: np.array([-0.06, 0, 28, 1, 1], "f4")}.items()))
    assert keras.ops.convert_to_numpy(shared.variables()[variance]).tolist() == [0, 0, 28, 1, 1]


def test_seeds_stay_with_the_site() -> None:
    assert not any("seed" in name for name in KerasModel(net()).weights())


def test_frozen_weights_can_stay_at_home() -> None:
    model = net()
    model.layers[0].trainable = False
    assert len(KerasModel(model, "trainable").weights()) == 6
    with pytest.raises(swarmstream.BadOption, match="share is 'some'"):
        KerasModel(model, "some")


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float64"])
def test_each_precision_comes_back_as_it_was(swarm: FakeSwarm, dtype: str) -> None:
    if dtype == "float64" and keras.backend.backend() == "jax":
        pytest.skip("JAX has no float64 unless told at its start")
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, dtype=dtype)])
    before = keras.ops.convert_to_numpy(keras.ops.cast(model.weights[0].value, "float32"))
    model.compile(keras.optimizers.SGD(0.0), "mse")
    model.fit(X[:8], X[:8, :2], batch_size=8, verbose=0, callbacks=[SwarmCallback("digits", url=swarm.url)])

    assert keras.backend.standardize_dtype(model.weights[0].dtype) == dtype
    after = keras.ops.convert_to_numpy(keras.ops.cast(model.weights[0].value, "float32"))
    np.testing.assert_allclose(after, before, rtol=1e-3)


def test_fit_stops_when_the_training_is_over() -> None:
    with FakeSwarm(training_over_after=1) as swarm:
        history = fit(net(), SwarmCallback("digits", url=swarm.url, sync_interval=2), epochs=9)
    assert len(history.history["loss"]) == 1


class TestHpe:
    @pytest.fixture(autouse=True)
    def _site(self, swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SWARM_SITE_URL", swarm.url)

    def test_the_first_merge_is_at_the_beginning_the_next_one_batch_late(self, swarm: FakeSwarm) -> None:
        model = net()
        fit(model, HpeCallback(syncFrequency=4, minPeers=1, ml_platform="KERAS"), epochs=2)  # 12 batches
        assert [query["epochsDone"] for query in swarm.nodes[0].queries] == ["0", "0", "1", "2"]
        assert swarm.terms["mergeMethod"] == "mean"

    @pytest.mark.skipif(
        keras.backend.backend() == "jax" and tuple(map(int, keras.version().split(".")[:2])) <= (3, 10),
        reason="Keras 3.10 cannot evaluate within fit on JAX",
    )
    @pytest.mark.parametrize("kind", ["pair", "triple", "generator"])
    def test_tells_loss_and_metric_of_the_merged_model(self, swarm: FakeSwarm, kind: str) -> None:
        data: Any = {
            "pair": (X, Y),
            "triple": (X, Y, np.ones(len(X))),
            "generator": [(X[:24], Y[:24]), (X[24:], Y[24:])],
        }[kind]
        if kind == "generator":
            data = Batches(data)
        size = None if kind == "generator" else 16
        callback = HpeCallback(
            syncFrequency=100, minPeers=1, adsValData=data, adsValBatchSize=size, useAdaptiveSync=True
        )
        model = net()
        fit(model, callback)

        told = swarm.nodes[0].evaluations[-1]
        loss, accuracy = model.evaluate(X, Y, batch_size=16, verbose=0)
        assert told["loss"] == pytest.approx(loss, rel=1e-4)
        assert told["metric"] == pytest.approx(accuracy)
        assert swarm.terms["adaptive"] is True

    @pytest.mark.parametrize(
        ("parameters", "message"),
        [
            ({"ml_platform": "PYTORCH"}, "Invalid ml platform type: PYTORCH"),
            ({"ml_platform": "TF"}, "tf and sess params are must for Tensorflow platform"),
            (
                {"useAdaptiveSync": True, "adsValData": (X, Y), "adsValBatchSize": 0},
                "For adaptive sync, valid adsValData is mandatory and a positive adsValBatchSize if applicable",
            ),
        ],
    )
    def test_says_what_is_wrong_with_a_parameter(self, parameters: dict[str, Any], message: str) -> None:
        with pytest.raises(SwarmError) as caught:
            HpeCallback(1, 1, **parameters)
        assert str(caught.value) == message

    def test_loopback_does_nothing_at_all(self, swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SWARM_LOOPBACK", "True")
        fit(net(), HpeCallback(1, 1))
        assert swarm.nodes[0].requests == []

    def test_stops_local_training_when_the_training_is_over(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with FakeSwarm(training_over_after=1) as swarm:
            monkeypatch.setenv("SWARM_SITE_URL", swarm.url)
            history = fit(net(), HpeCallback(2, 1), epochs=9)
        assert len(history.history["loss"]) == 1


class Batches(keras.utils.PyDataset):  # type: ignore[name-defined]
    """Validation data as a generator."""

    def __init__(self, batches: list[Any]) -> None:
        super().__init__()
        self.batches = batches

    def __len__(self) -> int:
        return len(self.batches)

    def __getitem__(self, index: int) -> Any:
        return self.batches[index]
