"""A loop in plain numpy that calls the four hooks of its own platform."""

from __future__ import annotations

import numpy as np

from programs.numpy_platform import SwarmCallback
from programs.parameters import BATCHES, PARAMETERS, SIZE, TARGET, report

callback = SwarmCallback(**PARAMETERS, adsValData=TARGET)
callback.on_train_begin()
for _ in range(BATCHES):
    callback.weights = np.full(SIZE, TARGET, np.float32)
    callback.on_batch_end()
callback.on_epoch_end()
callback.on_train_end()
report(callback.weights)
