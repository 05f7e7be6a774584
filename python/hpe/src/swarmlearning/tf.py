"""Keras 2 and Keras 3: `SwarmCallback` for `model.fit(callbacks=[...])`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from swarmstream._keras_model import BatchCount, CallbackModel
from swarmstream._kerases import EitherCallback

from .client import messages
from .client.parameters import DEFAULT_CONTRACT
from .client.swarm import SLPlatforms, SwarmCallbackBase, SwarmError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SwarmCallback", "SwarmError"]


class SwarmCallback(EitherCallback, SwarmCallbackBase):
    """A callback for `model.fit(callbacks=[...])`.

    Parameters of Keras: `adsValData` ((x, y), (x, y, weights), or a generator or dataset), `adsValBatchSize`.

    The session opens at `on_train_begin`, because only then does Keras give a callback its model.
    """

    def __init__(
        self, syncFrequency: Any, minPeers: Any, trainingContract: Any = DEFAULT_CONTRACT, **kwargs: Any
    ) -> None:
        super().__init__()
        self._batches = BatchCount()
        self._swarmInitialize(syncFrequency, minPeers, trainingContract, **kwargs)

    def on_train_begin(self, logs: Any = None) -> None:
        """Syncs before the first batch, so that all sites begin with the same weights."""
        self._swarmOpenSession()
        self._swarmOnTrainBegin()

    def on_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Notes the first of the batches that Keras trains in one execution."""
        self._batches.begin(batch)

    def on_batch_end(self, batch: int, logs: Any = None) -> None:
        """Counts a batch of `fit`, or several with `steps_per_execution`; the batches of `evaluate` have other hooks."""
        self._swarmOnBatchEnd(self._batches.ended(batch, (self.params or {}).get("steps"), self.model))

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Counts an epoch."""
        self._swarmOnEpochEnd()

    def on_train_end(self, logs: Any = None) -> None:
        """Waits for the other sites, and loads the final model."""
        self._swarmOnTrainEnd()

    def _verifyAndSetPlatformContext(self, params: Mapping[str, Any]) -> None:
        platform = params.get("ml_platform", params.get("mlPlatform", "KERAS"))
        if platform not in (SLPlatforms.KERAS.name, SLPlatforms.TF.name):
            raise SwarmError(f"Invalid ml platform type: {platform}")
        if platform == SLPlatforms.TF.name and (params.get("tf") is None or params.get("sess") is None):
            raise SwarmError("tf and sess params are must for Tensorflow platform")
        if params.get("lossFunction") is not None or params.get("metricFunction") is not None:
            self.logger.info("lossFunction and metricFunction are ignored: the model's compiled ones are used")

    def _getValidationDataForAdaptiveSync(self, valData: Any, valBatchSize: Any) -> tuple[Any, Any, Any, Any, Any]:
        if isinstance(valData, tuple) and len(valData) in (2, 3):
            return None, None, valData[0], valData[1], valData[2] if len(valData) == 3 else None
        return valData, None, None, None, None

    def _sharedModel(self) -> CallbackModel:
        return CallbackModel(self)

    def _saveModelWeightsToDict(self) -> Mapping[str, NDArray[Any]]:
        return self._sharedModel().weights()

    def _loadModelWeightsFromDict(self, inDict: Mapping[str, NDArray[Any]]) -> None:
        self._sharedModel().load(iter(inDict.items()))

    def _calculateLocalLossAndMetrics(self) -> tuple[float, float]:
        if self.adsValData is None:
            return math.nan, math.nan
        data, _, x, y, weights = self._getValidationDataForAdaptiveSync(self.adsValData, self.adsValBatchSize)
        arguments = {"x": data} if x is None else {"x": x, "y": y, "sample_weight": weights}
        values = self.model.evaluate(**arguments, batch_size=self.adsValBatchSize, verbose=0)
        loss, *metrics = values if isinstance(values, (list, tuple)) else [values]
        return float(loss), float(metrics[0]) if metrics else math.nan

    def _onSwarmTrainingOver(self) -> None:
        self.model.stop_training = True
        self.logger.info(messages.STOPS_LOCAL_TRAINING)
