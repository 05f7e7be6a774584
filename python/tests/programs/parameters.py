"""The parameters of one site, which all programs of this folder read from the environment.

Each trains a model of three equal weights, which begin as zeros, and one batch of which makes them the site's `TARGET`: so
it is known beforehand what comes of each merge.
"""

from __future__ import annotations

import hashlib
import os
from typing import Any

import numpy as np

PARAMETERS: dict[str, Any] = {
    "syncFrequency": 2,
    "minPeers": int(os.environ["MIN_PEERS"]),
    "trainingContract": os.environ["CONTRACT"],
    "mergeMethod": os.environ["MERGE_METHOD"],
    "checkinModelOnTrainEnd": os.environ["CHECKIN"],
    "nodeWeightage": int(os.environ["WEIGHT"]),
    "totalEpochs": 1,
}
TARGET = float(os.environ["TARGET"])
BATCHES = int(os.environ["BATCHES"])
SIZE = 3


def report(weights: Any) -> None:
    """The final model."""
    values = np.asarray(weights, np.float32).ravel()
    print(f"final {values[0]} {hashlib.sha256(values.tobytes()).hexdigest()}", flush=True)
