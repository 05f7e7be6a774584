"""Keras 2's `fit` with HPE's callback."""

from __future__ import annotations

import numpy as np
import tf_keras as keras

from programs.parameters import BATCHES, PARAMETERS, SIZE, TARGET, report
from swarmlearning.tf import SwarmCallback

model = keras.Sequential(
    [keras.layers.Dense(SIZE, input_shape=(1,), use_bias=False, kernel_initializer=keras.initializers.Zeros())]
)
# The loss is a mean over the three outputs: a third of the gradient that one batch needs.
model.compile(keras.optimizers.SGD(0.5 * SIZE), "mse")
x, y = np.ones((BATCHES, 1), np.float32), np.full((BATCHES, SIZE), TARGET, np.float32)
model.fit(x, y, batch_size=1, epochs=1, verbose=0, callbacks=[SwarmCallback(**PARAMETERS)])
report(model.get_weights()[0])
