"""Keras 2, which programs written for HPE use. With TensorFlow 2.16 or later it is the package tf-keras."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from fake_swarm import FakeSwarm

if not (importlib.util.find_spec("tf_keras") and importlib.util.find_spec("tensorflow")):
    pytest.skip(
        "tf-keras and TensorFlow are not installed; check.py has an environment with them", allow_module_level=True
    )

import tf_keras

from swarmlearning.tf import SwarmCallback as HpeCallback
from swarmstream._keras_model import KerasModel
from swarmstream.keras import SwarmCallback

X = np.random.default_rng(1).normal(size=(48, 4)).astype("f4")
Y = (X[:, 0] > 0).astype("i4")
PROGRAM = Path(__file__).parent / "programs" / "hpe_saves_to_a_folder.py"


def net(dtype: str = "float32") -> Any:
    layers = [
        tf_keras.layers.Dense(5, input_shape=(4,), dtype=dtype),
        tf_keras.layers.BatchNormalization(),
        tf_keras.layers.Dense(3),
        tf_keras.layers.Dense(2),
    ]
    model = tf_keras.Sequential(layers)
    loss = tf_keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(tf_keras.optimizers.SGD(0.05), loss, metrics=["accuracy"])
    return model


@pytest.fixture(autouse=True)
def _site(swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWARM_SITE_URL", swarm.url)


@pytest.fixture(params=["keras 3 imported as well", "TF_USE_LEGACY_KERAS"])
def callback_of(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    """When it is made, a callback's Keras is guessed, and wrongly in the first case; its model says which one it is."""
    if request.param == "TF_USE_LEGACY_KERAS":
        monkeypatch.setenv("TF_USE_LEGACY_KERAS", "1")
        return lambda callback, *arguments, **named: as_keras_2(callback(*arguments, **named))
    pytest.importorskip("keras")
    return lambda callback, *arguments, **named: callback(*arguments, **named)


def as_keras_2(callback: Any) -> Any:
    assert isinstance(callback, tf_keras.callbacks.Callback)
    return callback


def test_syncs_and_trains_on_what_was_merged(swarm: FakeSwarm, callback_of: Any) -> None:
    model = net()
    before = model.get_weights()
    callback = callback_of(SwarmCallback, "digits", sync_interval=4)
    model.fit(X, Y, batch_size=8, epochs=2, verbose=0, callbacks=[callback])

    queries = swarm.nodes[0].queries
    assert [query["epochsDone"] for query in queries] == ["0", "0", "1", "1", "2"]
    models = [next(iter(swarm.contributions[number].values())) for number in range(5)]
    np.testing.assert_array_equal(models[0]["0/dense/kernel"], before[0])
    np.testing.assert_array_equal(model.get_weights()[0], models[-1]["0/dense/kernel"])
    assert not np.array_equal(before[0], model.get_weights()[0])
    assert swarm.terms["epochsTotal"] == 2


def test_merged_weights_are_those_of_the_next_batch(swarm: FakeSwarm) -> None:
    swarm.merge_scale = 0.0
    model = net()
    model.compile(tf_keras.optimizers.SGD(0.0), "mse")
    model.fit(X, X[:, :2], batch_size=8, verbose=0, callbacks=[SwarmCallback("digits", sync_interval=3)])
    for weights in swarm.contributions[1].values():
        assert not any(values.any() for name, values in weights.items() if "moving" not in name)


@pytest.mark.parametrize("kind", ["pair", "triple", "dataset"])
def test_hpe_tells_loss_and_metric_of_the_merged_model(swarm: FakeSwarm, callback_of: Any, kind: str) -> None:
    import tensorflow as tf

    data: Any = {
        "pair": (X, Y),
        "triple": (X, Y, np.ones(len(X))),
        "dataset": tf.data.Dataset.from_tensor_slices((X, Y)).batch(16),
    }[kind]
    size = None if kind == "dataset" else 16
    callback = callback_of(HpeCallback, syncFrequency=4, minPeers=1, adsValData=data, adsValBatchSize=size)
    model = net()
    model.fit(X, Y, batch_size=8, epochs=2, verbose=0, callbacks=[callback])

    assert [query["epochsDone"] for query in swarm.nodes[0].queries] == ["0", "0", "1", "2"]
    loss, accuracy = model.evaluate(X, Y, batch_size=16, verbose=0)
    assert swarm.nodes[0].evaluations[-1]["loss"] == pytest.approx(loss, rel=1e-4)
    assert swarm.nodes[0].evaluations[-1]["metric"] == pytest.approx(accuracy)


@pytest.mark.parametrize("at_once", [1, 3])
def test_hpe_counts_batches_however_many_are_trained_at_once(swarm: FakeSwarm, at_once: int) -> None:
    model = net()
    model.compile(tf_keras.optimizers.SGD(0.05), "mse", steps_per_execution=at_once)
    callback = HpeCallback(syncFrequency=3, minPeers=1, totalEpochs=1)
    model.fit(X, X[:, :2], batch_size=4, verbose=0, callbacks=[callback])
    assert len(swarm.nodes[0].queries) == 1 + 3 + 1  # at the beginning; batches 4, 7 and 10; at the end


def test_hpe_stops_local_training_when_the_training_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeSwarm(training_over_after=1) as swarm:
        monkeypatch.setenv("SWARM_SITE_URL", swarm.url)
        history = net().fit(X, Y, batch_size=8, epochs=9, verbose=0, callbacks=[HpeCallback(2, 1)])
    assert len(history.history["loss"]) == 1


def test_a_callback_of_ones_own_made_of_it_is_of_its_models_keras(swarm: FakeSwarm) -> None:
    class Mine(HpeCallback):
        ends = 0

        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            super().on_epoch_end(epoch, logs)
            self.ends += 1

    mine = Mine(4, 1)
    net().fit(X, Y, batch_size=8, epochs=2, verbose=0, callbacks=[mine])
    assert isinstance(mine, Mine)
    assert (mine.ends, type(mine).__name__) == (2, "Mine")


def test_a_second_model_in_the_same_program_has_the_same_names() -> None:
    assert list(KerasModel(net()).weights()) == list(KerasModel(net()).weights())


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float64"])
def test_each_precision_comes_back_as_it_was(swarm: FakeSwarm, dtype: str) -> None:
    model = tf_keras.Sequential([tf_keras.layers.Dense(2, input_shape=(4,), dtype=dtype)])
    before = model.get_weights()[0].astype("f4")
    model.compile(tf_keras.optimizers.SGD(0.0), "mse")
    model.fit(X[:8], X[:8, :2], batch_size=8, verbose=0, callbacks=[SwarmCallback("digits")])

    assert model.weights[0].dtype.name == dtype
    np.testing.assert_allclose(model.get_weights()[0].astype("f4"), before, rtol=1e-3)


@pytest.mark.parametrize("first", ["tensorflow", "swarmlearning.tf"])
def test_a_program_for_tensorflow_saves_to_a_folder(swarm: FakeSwarm, tmp_path: Path, first: str) -> None:
    """Whichever it imports first: the callback or TensorFlow."""
    environment = {**os.environ, "TF_USE_LEGACY_KERAS": "1", "FIRST": first, "MODEL_DIR": str(tmp_path / "saved")}
    done = subprocess.run([sys.executable, str(PROGRAM)], env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "saved" / "saved_model.pb").exists()
    assert "All peers and Swarm training rounds finished" in done.stdout
