"""HPE's Keras examples end like this: they save the whole model to a folder, for which Keras 3 has no format."""

import importlib
import os

importlib.import_module(os.environ["FIRST"])

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

from swarmlearning.tf import SwarmCallback  # noqa: E402

x = np.random.default_rng(1).normal(size=(48, 4)).astype("f4")
y = (x[:, 0] > 0).astype("f4")
model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Dense(3, activation="relu", input_shape=(4,)))
model.add(tf.keras.layers.Dense(1, activation="sigmoid"))
model.compile(loss="binary_crossentropy", optimizer=tf.keras.optimizers.Adam(), metrics=["accuracy"])
swarm_callback = SwarmCallback(syncFrequency=4, minPeers=1, adsValData=(x, y), adsValBatchSize=8, totalEpochs=1)
swarm_callback.logger.setLevel("DEBUG")
model.fit(x, y, batch_size=8, epochs=1, verbose=0, callbacks=[swarm_callback])
model.save(os.environ["MODEL_DIR"])
