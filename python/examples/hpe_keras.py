"""A program for HPE Swarm Learning, as its users write them. It runs on Swarmstream without a changed line.

    pip install './python[sklearn]' './python/hpe[keras]' jax

It trains on TensorFlow if that is installed, else on the backend of Keras 3 that KERAS_BACKEND names.
Environment: SWARM_SITE_URL (the site node), SHARD and SHARDS (which part of the data), MIN_PEERS, MAX_EPOCHS.
"""

import hashlib
import os

from sklearn.datasets import load_digits

try:
    from tensorflow import keras
except ImportError:
    import keras

from swarmlearning.tf import SwarmCallback

min_peers = int(os.getenv("MIN_PEERS", "2"))
max_epochs = int(os.getenv("MAX_EPOCHS", "10"))
shard, shards = int(os.getenv("SHARD", "0")), int(os.getenv("SHARDS", "2"))

digits = load_digits()
x, y = (digits.data / 16).astype("float32"), digits.target
mine = [i for i in range(1438) if y[i] % shards == shard]
x_test, y_test = x[1438:], y[1438:]


def net():
    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.BatchNormalization(),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


alone = net()
alone.fit(x[mine], y[mine], batch_size=16, epochs=max_epochs, verbose=0)

model = net()
swarm_callback = SwarmCallback(
    syncFrequency=16,
    minPeers=min_peers,
    adsValData=(x_test, y_test),
    adsValBatchSize=64,
    nodeWeightage=50,
    totalEpochs=max_epochs,
)
model.fit(x[mine], y[mine], batch_size=16, epochs=max_epochs, verbose=0, callbacks=[swarm_callback])

weights = b"".join(array.tobytes() for array in model.get_weights())
print(
    f"accuracy alone {alone.evaluate(x_test, y_test, verbose=0)[1]:.1%},"
    f" in the swarm {model.evaluate(x_test, y_test, verbose=0)[1]:.1%},"
    f" final model {hashlib.sha256(weights).hexdigest()}"
)
