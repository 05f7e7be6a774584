"""A user's own platform, as HPE's callbacks allow: a subclass with five methods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from swarmlearning.client.swarm import SwarmCallbackBase


class SwarmCallback(SwarmCallbackBase):
    """Its model is an array."""

    def __init__(self, syncFrequency: Any, minPeers: Any, **params: Any) -> None:
        self.weights = np.zeros(3, np.float32)
        self._swarmInitialize(syncFrequency, minPeers, **params)

    def on_train_begin(self) -> None:
        self._swarmOnTrainBegin()

    def on_batch_end(self) -> None:
        self._swarmOnBatchEnd()

    def on_epoch_end(self) -> None:
        self._swarmOnEpochEnd()

    def on_train_end(self) -> None:
        self._swarmOnTrainEnd()

    def _verifyAndSetPlatformContext(self, params: Mapping[str, Any]) -> None:
        pass

    def _getValidationDataForAdaptiveSync(self, valData: Any, valBatchSize: Any) -> tuple[Any, Any, Any, Any, Any]:
        return valData, None, None, None, None

    def _saveModelWeightsToDict(self) -> dict[str, Any]:
        return {"w": self.weights}

    def _loadModelWeightsFromDict(self, inDict: Mapping[str, Any]) -> None:
        self.weights = inDict["w"]

    def _calculateLocalLossAndMetrics(self) -> tuple[float, float]:
        return float(((self.weights - self.adsValData) ** 2).mean()), 0.0
