from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
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
from swarmstream.keras import SwarmCallback, keep_batch_norm_local  # noqa: E402
from trainers import at_each_site  # noqa: E402

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


def test_patterns_choose_weights_by_their_paths() -> None:
    shared = list(KerasModel(net(), ["*", "!*/batch_normalization/*", "!*/bias"]).weights())
    assert shared == [f"{place}/sequential/dense/kernel" for place in range(3)]
    with pytest.raises(
        swarmstream.BadOptionError, match=r"'head', which matches no tensor; .* 'sequential/dense/kernel'"
    ):
        KerasModel(net(), ["*", "head"]).weights()
    with pytest.raises(swarmstream.BadOptionError, match="share is 7"):
        SwarmCallback("digits", share=7)  # type: ignore[arg-type]


def test_batch_normalisation_can_stay_local(two: FakeSwarm) -> None:
    def train(url: str, index: int) -> Any:
        keras.utils.set_random_seed(index)
        model = net()
        own = model.layers[1].get_weights()
        callback: Any = SwarmCallback("digits", url=url, share=keep_batch_norm_local(model))
        callback.set_model(model)
        callback.set_params({})
        callback.on_train_begin()
        callback.on_train_end()
        assert all(np.array_equal(*each) for each in zip(own, model.layers[1].get_weights()))
        return model.layers[0].get_weights()[0].tolist()

    one, other = at_each_site(two, train)
    assert one == other
    assert len(two.terms["layout"]) == 6


def test_batch_normalisation_is_found_by_its_kind_not_its_name() -> None:
    model = keras.Sequential([keras.Input((4,)), keras.layers.BatchNormalization(name="norm"), keras.layers.Dense(2)])
    assert [name.partition("/")[2] for name in KerasModel(model, keep_batch_norm_local(model)).weights()] == [
        "sequential/dense/kernel",
        "sequential/dense/bias",
    ]
    with pytest.raises(swarmstream.BadOptionError, match="has no built layer of batch normalisation"):
        keep_batch_norm_local(keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)]))


def test_a_name_that_batch_normalisation_has_in_common_with_another_layer_is_refused() -> None:
    layers = [keras.layers.BatchNormalization(name="x_1"), keras.layers.LayerNormalization(name="x_2")]
    with pytest.raises(swarmstream.BadOptionError, match="x/gamma' names a weight of batch normalisation and another"):
        keep_batch_norm_local(keras.Sequential([keras.Input((4,)), *layers]))


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


class TestProximalTerm:
    """FedProx: `mu / 2` times the squared distance from the newest merged model is a part of the loss."""

    @staticmethod
    def linear(rate: float = 0.5) -> Any:
        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False, name="only")])
        model.compile(keras.optimizers.SGD(rate), "mse")
        model.set_weights([np.array([[1.0]])])
        return model

    def losses(self, model: Any, callback: Any, batches: int) -> list[float]:
        """Of each batch of `x = 1, y = 0`, whose own loss is the weight's square."""
        told: list[float] = []
        note = keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: told.append(logs["loss"]))
        x, y = np.ones((batches, 1), "f4"), np.zeros((batches, 1), "f4")
        model.fit(x, y, batch_size=1, verbose=0, shuffle=False, callbacks=[callback, note])
        means = [loss * (place + 1) for place, loss in enumerate(told)]  # Keras tells the mean of an epoch
        return [after - before for before, after in zip([0.0, *means], means)]

    def test_is_what_it_is_by_hand(self, swarm: FakeSwarm) -> None:
        model, mu, weight, merged, expected = self.linear(), 0.4, 1.0, 1.0, []
        for batch in range(6):
            expected.append(weight**2 + mu / 2 * (weight - merged) ** 2)
            weight -= 0.5 * (2 * weight + mu * (weight - merged))
            if batch % 3 == 2:
                merged = weight  # the only site's
        callback = SwarmCallback("digits", url=swarm.url, sync_interval=3, proximal_mu=mu)
        assert self.losses(model, callback, 6) == pytest.approx(expected, abs=1e-6)
        assert model.get_weights()[0][0, 0] == pytest.approx(weight, abs=1e-6)

    def test_follows_what_is_merged_and_ends_with_the_training(self, swarm: FakeSwarm) -> None:
        swarm.merge_scale = 0.5
        model, callback = self.linear(0.0), SwarmCallback("digits", url=swarm.url, sync_interval=1, proximal_mu=8.0)
        assert self.losses(model, callback, 3) == pytest.approx([0.5**2, 0.25**2, 0.125**2])  # without distance
        assert model.trainable_weights[0].regularizer is None
        model.set_weights([np.array([[3.0]])])
        assert float(model.evaluate(np.ones((1, 1)), np.zeros((1, 1)), verbose=0)) == pytest.approx(9)

    def test_a_weights_own_regularizer_stays(self, swarm: FakeSwarm) -> None:
        own = keras.regularizers.L2(0.5)
        model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False, kernel_regularizer=own)])
        model.compile(keras.optimizers.SGD(0.5), "mse")
        model.set_weights([np.array([[1.0]])])
        callback = SwarmCallback("digits", url=swarm.url, proximal_mu=0.4)
        # The first step takes 0.5 * (2 + 1) off the weight, which is then -0.5.
        assert self.losses(model, callback, 2) == pytest.approx([1 + 0.5, 0.25 + 0.125 + 0.2 * 1.5**2])
        assert model.trainable_weights[0].regularizer is own

    def test_one_that_cannot_be_is_refused(self, swarm: FakeSwarm) -> None:
        with pytest.raises(swarmstream.BadOptionError, match="proximal_mu is -1; use a number from 0 upwards"):
            SwarmCallback("digits", proximal_mu=-1)
        model = self.linear()
        model.layers[0].trainable = False
        model.compile(keras.optimizers.SGD(0.5), "mse")
        with pytest.raises(swarmstream.BadOptionError, match="no shared weight is trained"):
            self.losses(model, SwarmCallback("digits", url=swarm.url, proximal_mu=1), 1)


class TestOptimizer:
    def fit(self, swarm: FakeSwarm, optimizer: Any, batches: int = 6, **options: Any) -> Any:
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
        model.compile(optimizer, "mse")
        callback = SwarmCallback("digits", url=swarm.url, **options)
        model.fit(X[: 2 * batches], X[: 2 * batches, :2], batch_size=2, verbose=0, callbacks=[callback])
        return model

    def test_keeps_its_moments_through_a_merge(self, swarm: FakeSwarm) -> None:
        optimizer = self.fit(swarm, keras.optimizers.Adam(), sync_interval=5).optimizer
        assert int(optimizer.iterations) == 6

    @pytest.mark.parametrize("kind", ["Adam", "Nadam", "Adagrad", "SGD"])
    def test_can_begin_anew_with_each_merge_and_keeps_its_learning_rate(self, swarm: FakeSwarm, kind: str) -> None:
        optimizer = getattr(keras.optimizers, kind)(0.25)
        slower = keras.callbacks.LearningRateScheduler(lambda _, rate: rate / 2)
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
        model.compile(optimizer, "mse")
        callback = SwarmCallback("digits", url=swarm.url, sync_interval=6, reset_optimizer=True)
        model.fit(X[:12], X[:12, :2], batch_size=2, verbose=0, callbacks=[slower, callback])
        assert int(optimizer.iterations) == 0
        assert float(optimizer.learning_rate) == 0.125
        fresh = type(optimizer)(0.125)
        fresh.build(model.trainable_variables)
        for old, new in zip(optimizer.variables, fresh.variables):
            np.testing.assert_array_equal(keras.ops.convert_to_numpy(old), keras.ops.convert_to_numpy(new))

    def test_one_with_a_schedule_is_refused(self, swarm: FakeSwarm) -> None:
        schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.5)
        with pytest.raises(swarmstream.BadOptionError, match="would also begin the LearningRateSchedule anew"):
            self.fit(swarm, keras.optimizers.Adam(schedule), reset_optimizer=True)

    def test_a_schedule_survives_a_merge(self, swarm: FakeSwarm) -> None:
        schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 6, 0.5)
        optimizer = self.fit(swarm, keras.optimizers.Adam(schedule), sync_interval=2).optimizer
        assert float(optimizer.learning_rate) == pytest.approx(0.05)

    def test_the_interval_counts_steps_when_gradients_are_accumulated(self, swarm: FakeSwarm) -> None:
        optimizer = keras.optimizers.SGD(0.1, gradient_accumulation_steps=3)
        model = self.fit(swarm, optimizer, batches=8, sync_interval=1)  # steps after 3 and 6 batches
        assert len(swarm.nodes[0].queries) == 1 + 2 + 1
        with FakeSwarm() as again:
            callback = SwarmCallback("digits", url=again.url, sync_interval=1)
            model.fit(X[:8], X[:8, :2], batch_size=2, verbose=0, callbacks=[callback])  # 2 left over: after 1 and 4
            assert len(again.nodes[0].queries) == 1 + 2 + 1


def test_the_best_model_can_be_loaded_after_fit(swarm: FakeSwarm, tmp_path: Path) -> None:
    model = net()
    losses = iter([3.0, 1.0, 2.0])
    callback = SwarmCallback(
        "digits",
        url=swarm.url,
        sync_interval=4,
        share=["*", "!*/batch_normalization/*"],
        evaluate=lambda: (next(losses), 0.0),
        keep_best=tmp_path / "best",
    )
    model.fit(X[:32], Y[:32], batch_size=8, verbose=0, callbacks=[callback])
    after = model.get_weights()
    for layer in model.layers:
        layer.set_weights([values * 0 for values in layer.get_weights()])
    assert callback.load_best().round == 1
    for values, expected in zip(model.get_weights(), after):
        np.testing.assert_array_equal(values, expected)  # the site's last sync changed nothing


def test_the_local_model_is_evaluated_as_it_was_trained(swarm: FakeSwarm) -> None:
    model = net()

    def total() -> tuple[float, float]:
        return float(model.get_weights()[0].sum()), 0.0

    callback = SwarmCallback("digits", url=swarm.url, sync_interval=2, evaluate=total, evaluate_local=True)
    fit(model, callback)
    sent = [next(iter(swarm.contributions[number].values())) for number in range(4)]
    kernels = [float(each["0/sequential/dense/kernel"].sum()) for each in sent]
    assert [each.local_loss for each in callback.evaluations][:4] == pytest.approx(kernels, abs=1e-6)
    assert len(set(kernels)) == 4


def test_fit_stops_when_patience_has_run_out(swarm: FakeSwarm) -> None:
    callback = SwarmCallback("digits", url=swarm.url, sync_interval=2, patience=2, evaluate=lambda: (1.0, 0.0))
    history = fit(net(), callback, epochs=9)
    assert len(history.history["loss"]) == 1
    assert swarm.nodes[0].finishes == ["snapshot"]


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
