"""Handwritten digits in Keras 3, on one of its backends (KERAS_BACKEND=torch or jax).

    pip install './python[keras,sklearn]' jax
    KERAS_BACKEND=jax python keras_digits.py --url http://127.0.0.1:30305 --shard 0

pytorch_digits.py shows how to start a swarm.
"""

from __future__ import annotations

import keras
from site_arguments import report, site_arguments, skewed_shard
from sklearn.datasets import load_digits

from swarmstream.keras import SwarmCallback

TRAIN = 1438


def net(seed: int) -> keras.Model:
    keras.utils.set_random_seed(seed)
    model = keras.Sequential(
        [keras.Input((64,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(10, activation="softmax")]
    )
    model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def main() -> None:
    site = site_arguments("Digits in Keras", epochs=20)
    digits = load_digits()
    x, y = digits.data / 16, digits.target
    mine = skewed_shard(y[:TRAIN], site.shard, site.shards, site.seed)
    fit = {"x": x[mine], "y": y[mine], "batch_size": 16, "epochs": site.epochs, "verbose": 0}

    alone = net(site.seed)
    alone.fit(**fit)

    model = net(site.seed)
    swarm = SwarmCallback(
        site.contract,
        url=site.url,
        min_peers=site.min_peers,
        sync_interval=site.sync_interval,
        adaptive=site.adaptive,
        epochs_total=site.epochs,
    )
    model.fit(**fit, callbacks=[swarm])

    def accuracy(of: keras.Model) -> float:
        return of.evaluate(x[TRAIN:], y[TRAIN:], verbose=0)[1]

    report(accuracy(alone), accuracy(model), swarm.final.model_hash)


if __name__ == "__main__":
    main()
