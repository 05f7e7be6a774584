from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from contextlib import suppress
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
from swarmstream._keras_model import BatchCount, KerasModel  # noqa: E402
from swarmstream.keras import SwarmCallback  # noqa: E402

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
    with pytest.raises(swarmstream.BadOptionError, match="share is 'some'"):
        KerasModel(model, "some")  # type: ignore[arg-type]


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


class Doubling(keras.layers.Layer):  # type: ignore[name-defined]
    """Computes with twice its weight, which it has computed when it was built or loaded."""

    def build(self, shape: Any) -> None:
        self.half = self.add_weight(shape=(shape[-1],), initializer="ones", trainable=False, name="half")
        self.compute()

    def compute(self) -> None:
        self.whole = keras.ops.add(self.half, self.half)

    def load_own_variables(self, store: Any) -> None:
        super().load_own_variables(store)
        self.compute()

    def call(self, inputs: Any) -> Any:
        return inputs * keras.ops.stop_gradient(self.whole)


def normalised() -> Any:
    layer = keras.layers.Normalization()
    layer.adapt(10 + 3 * X)
    return layer


def numpy_of(tensor: Any) -> Any:
    return keras.ops.convert_to_numpy(tensor)


class TestDerivedState:
    @pytest.mark.parametrize("make", [normalised, Doubling])
    def test_is_computed_again_also_in_compiled_functions(self, swarm: FakeSwarm, make: Any) -> None:
        inner = keras.Sequential([keras.Input((4,)), make(), keras.layers.Dense(1)])
        model = keras.Sequential([keras.Input((4,)), inner, keras.layers.Dense(1)])
        model.compile(keras.optimizers.SGD(0.0), "mse")
        model.fit(X, Y, verbose=0)
        model.predict(X, verbose=0)  # the functions are there, with the old values as constants
        model.evaluate(X, Y, verbose=0)
        swarm.merge_scale = 0.5
        fit(model, SwarmCallback("digits", url=swarm.url, sync_interval=2))

        np.testing.assert_allclose(model.predict(X, verbose=0), numpy_of(model(X)), rtol=1e-5)
        trained = model.evaluate(X, Y, verbose=0)
        assert trained == pytest.approx(float(np.mean((model.predict(X, verbose=0)[:, 0] - Y) ** 2)), rel=1e-4)

    def test_is_that_of_a_model_that_was_saved_and_loaded(self, swarm: FakeSwarm, tmp_path: Any) -> None:
        model = keras.Sequential([keras.Input((4,)), normalised(), keras.layers.Dense(1)])
        model.compile("sgd", "mse")
        swarm.merge_scale = 0.5
        fit(model, SwarmCallback("digits", url=swarm.url, sync_interval=2))
        model.save(tmp_path / "model.keras")
        loaded = keras.models.load_model(tmp_path / "model.keras")
        np.testing.assert_allclose(model.predict(X, verbose=0), loaded.predict(X, verbose=0), rtol=1e-5)


class TestAdaptedState:
    """What is no weight is not shared: all sites need the same."""

    @staticmethod
    def names(layer: Any) -> list[str]:
        return list(KerasModel(keras.Sequential([keras.Input((4,)), layer, keras.layers.Dense(1)])).weights())

    def test_of_bins(self) -> None:
        one, same, other = (keras.layers.Discretization(list(bins)) for bins in ([0.0, 1], [0.0, 1], [0.0, 2]))
        assert self.names(one) == self.names(same) != self.names(other)
        assert "(Discretization 0 2 of " in self.names(one)[0]

    def test_of_a_given_mean(self) -> None:
        one, same, other = (keras.layers.Normalization(mean=mean, variance=1.0) for mean in (1.0, 1.0, 2.0))
        assert self.names(one) == self.names(same) != self.names(other)

    def test_of_vocabularies(self) -> None:
        pytest.importorskip("tensorflow")
        one, same, other = (keras.layers.IntegerLookup(vocabulary=words) for words in ([7, 9], [7, 9], [7, 8]))
        assert self.names(one) == self.names(same) != self.names(other)

    def test_that_there_is_none_of_changes_no_name(self) -> None:
        assert "(" not in "".join(KerasModel(net()).weights())


class TestBatchesTrainedAtOnce:
    several = pytest.mark.skipif(keras.backend.backend() == "torch", reason="it trains one batch after the other")

    @several
    @pytest.mark.parametrize(
        ("at_once", "interval", "rounds"),
        [
            (1, 2, 1 + 6 + 1),
            (2, 2, 1 + 6 + 1),
            (3, 6, 1 + 2 + 1),
            (4, 3, 1 + 4 + 1),  # they end at 4, 6, 10 and 12, where 3, 6, 9 and 12 have been reached
            (4, 2, 1 + 4 + 1),
            (6, 2, 1 + 2 + 1),
        ],
    )
    def test_are_counted(self, swarm: FakeSwarm, at_once: int, interval: int, rounds: int) -> None:
        model = net()
        model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True), steps_per_execution=at_once)
        fit(model, SwarmCallback("digits", url=swarm.url, sync_interval=interval), epochs=2)
        assert len(swarm.models) == rounds

    @several
    @pytest.mark.filterwarnings("ignore:Your input ran out of data")
    def test_more_of_them_than_an_interval_has_are_said_once(
        self, swarm: FakeSwarm, caplog: pytest.LogCaptureFixture
    ) -> None:
        model = net()
        model.compile("sgd", keras.losses.SparseCategoricalCrossentropy(from_logits=True), steps_per_execution=6)
        fit(model, SwarmCallback("digits", url=swarm.url, sync_interval=1), epochs=3)
        assert caplog.text.count("make steps_per_execution a divisor of sync_interval") == 1

    @pytest.mark.parametrize(
        ("called", "steps", "batches"),
        [
            ([(0, 7), (8, 15), (16, 18)], None, [8, 8, 3]),
            ([(0, 0), (8, 8), (16, 16)], 19, [8, 8, 3]),  # early releases of Keras 3
            ([(0, 7), (0, 7)], 8, [8, 8]),
        ],
    )
    def test_whatever_the_release_calls_them(self, called: Any, steps: int, batches: list[int]) -> None:
        count, model = BatchCount(), type("Model", (), {"steps_per_execution": 8})
        counted = []
        for begin, end in called:
            count.begin(begin)
            counted.append(count.ended(end, steps, model))
        assert counted == batches


@pytest.mark.parametrize("backend", ["jax", "tensorflow"])
def test_what_backends_do_in_their_own_ways(backend: str) -> None:
    """In a process of its own: a backend is chosen before Keras is imported."""
    if backend == keras.backend.backend() or not importlib.util.find_spec(backend):
        pytest.skip(f"this is {backend}, or it is not installed")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        __file__,
        "-k",
        "DerivedState or TrainedAtOnce",
    ]
    done = subprocess.run(
        command, env={**os.environ, "KERAS_BACKEND": backend}, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout


def test_an_interrupted_cell_can_be_run_again(swarm: FakeSwarm) -> None:
    class Stop(keras.callbacks.Callback):  # type: ignore[name-defined]
        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            if batch == 2 and not done:
                done.append(batch)
                raise KeyboardInterrupt

    done: list[int] = []
    for _ in range(2):
        callback = SwarmCallback("digits", url=swarm.url, sync_interval=2)
        with suppress(KeyboardInterrupt):
            net().fit(X, Y, batch_size=8, verbose=0, callbacks=[callback, Stop()])
    assert done
    assert callback.final.model_hash


class Batches(keras.utils.PyDataset):  # type: ignore[name-defined]
    """Validation data as a generator."""

    def __init__(self, batches: list[Any]) -> None:
        super().__init__()
        self.batches = batches

    def __len__(self) -> int:
        return len(self.batches)

    def __getitem__(self, index: int) -> Any:
        return self.batches[index]
