"""Hugging Face Transformers: `SwarmCallback` for `Trainer(callbacks=[...])`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import transformers

from swarmstream._adapter_model import shared_model
from swarmstream._shared_model import Model

from .client.parameters import DEFAULT_CONTRACT
from .client.swarm import HFMode, SLPlatforms, SwarmCallbackBase, SwarmError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SwarmCallback", "SwarmError"]


class SwarmCallback(SwarmCallbackBase, transformers.TrainerCallback):
    """A callback for `Trainer(callbacks=[...])`.

    Parameters of Transformers: `model`, `hfMode` ("full", or "peft" for the adapter alone). A step is an optimizer step,
    whatever the gradient accumulation.
    """

    def __init__(
        self, syncFrequency: Any, minPeers: Any, trainingContract: Any = DEFAULT_CONTRACT, **kwargs: Any
    ) -> None:
        self._swarmInitialize(syncFrequency, minPeers, trainingContract, **kwargs)
        self._swarmOpenSession()

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Syncs before the first batch, so that all sites begin with the same weights."""
        self._swarmOnTrainBegin()

    def on_step_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Counts an optimizer step, and syncs when the interval is over."""
        self._swarmOnBatchEnd()

    def on_epoch_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Counts an epoch."""
        self._swarmOnEpochEnd()

    def on_train_end(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Waits for the other sites, and loads the final model."""
        self._swarmOnTrainEnd()

    def _verifyAndSetPlatformContext(self, params: Mapping[str, Any]) -> None:
        platform = params.get("ml_platform", params.get("mlPlatform", "HF_TRANSFORMER"))
        if platform != SLPlatforms.HF_TRANSFORMER.name:
            raise SwarmError(f"Invalid ml platform type: {platform}")
        if params.get("model") is None:
            raise SwarmError("Hugging Face model is None")
        mode = params.get("hfMode", "full")
        if mode not in HFMode.__members__:
            raise SwarmError(f"Invalid Hugging Face model type: {mode}")
        self.model = params["model"]
        self.hfMode = HFMode[mode]
        self.lossFunction = params.get("lossFunction")
        self.lossFunctionArgs = params.get("lossFunctionArgs")
        self.metricFunction = params.get("metricFunction")
        self.metricFunctionArgs = params.get("metricFunctionArgs")

    def _getValidationDataForAdaptiveSync(self, valData: Any, valBatchSize: Any) -> tuple[Any, Any, Any, Any, Any]:
        return valData, None, None, None, None

    def _sharedModel(self) -> Model:
        return shared_model(self.model, "adapter" if self.hfMode is HFMode.peft else "all")

    def _saveModelWeightsToDict(self) -> Mapping[str, NDArray[Any]]:
        return dict(self._sharedModel().weights())  # type: ignore[arg-type]

    def _loadModelWeightsFromDict(self, inDict: Mapping[str, NDArray[Any]]) -> None:
        self._sharedModel().load(iter(inDict.items()))

    def _calculateLocalLossAndMetrics(self) -> tuple[float, float]:
        """Neither is known: a `Trainer` has no single loss function to call."""
        return math.nan, math.nan
