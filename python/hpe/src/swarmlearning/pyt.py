"""PyTorch: `SwarmCallback` for a training loop that calls its hooks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import torch
from torch.utils.data import DataLoader

from swarmstream._torch_model import TorchModel

from .client.parameters import DEFAULT_CONTRACT
from .client.swarm import SLPlatforms, SwarmCallbackBase, SwarmError

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SwarmCallback", "SwarmError"]


class SwarmCallback(SwarmCallbackBase):
    """A callback whose hooks a training loop calls.

    Call `on_train_begin()` first, `on_batch_end()` after each batch, `on_epoch_end()` after each epoch, and
    `on_train_end()` last. Parameters of PyTorch: `model`, `adsValData` (a `DataLoader`), `lossFunction` (a class in
    `torch.nn`) with `lossFunctionArgs`, `metricFunction` (a class in `torchmetrics`) with `metricFunctionArgs`.
    """

    def __init__(
        self, syncFrequency: Any, minPeers: Any, trainingContract: Any = DEFAULT_CONTRACT, **kwargs: Any
    ) -> None:
        self._swarmInitialize(syncFrequency, minPeers, trainingContract, **kwargs)
        self._swarmOpenSession()

    def on_train_begin(self) -> None:
        """Syncs before the first batch, so that all sites begin with the same weights."""
        self._swarmOnTrainBegin()

    def on_batch_end(self, batch: Any = None) -> None:
        """Counts a batch, and syncs when the interval is over."""
        self._swarmOnBatchEnd()

    def on_epoch_end(self, epoch: Any = None) -> None:
        """Counts an epoch."""
        self._swarmOnEpochEnd()

    def on_train_end(self) -> None:
        """Waits for the other sites, and loads the final model."""
        self._swarmOnTrainEnd()

    def _verifyAndSetPlatformContext(self, params: Mapping[str, Any]) -> None:
        platform = params.get("ml_platform", params.get("mlPlatform", "PYTORCH"))
        if platform != SLPlatforms.PYTORCH.name:
            raise SwarmError(f"Invalid ml platform type: {platform}")
        if params.get("model") is None:
            raise SwarmError("Pytorch model is None")
        if self.adsValData is not None and not isinstance(self.adsValData, DataLoader):
            raise SwarmError(
                f"adsValData type passed is {type(self.adsValData)}, not matching with torch.utils.data.DataLoader"
            )
        self.model = params["model"]
        self.lossFunction = params.get("lossFunction")
        self.lossFunctionArgs = params.get("lossFunctionArgs")
        self.metricFunction = params.get("metricFunction")
        self.metricFunctionArgs = params.get("metricFunctionArgs")

    def _getValidationDataForAdaptiveSync(self, valData: Any, valBatchSize: Any) -> tuple[Any, Any, Any, Any, Any]:
        return valData, None, None, None, None

    def _sharedModel(self) -> TorchModel:
        return TorchModel(self.model)

    def _saveModelWeightsToDict(self) -> Mapping[str, NDArray[Any]]:
        return TorchModel(self.model).weights()

    def _loadModelWeightsFromDict(self, inDict: Mapping[str, NDArray[Any]]) -> None:
        TorchModel(self.model).load(iter(inDict.items()))

    def _calculateLocalLossAndMetrics(self) -> tuple[float, float]:
        if self.adsValData is None or self.lossFunction is None:
            return math.nan, math.nan
        was_training = self.model.training
        self.model.eval()
        try:
            with torch.no_grad():
                return self._loss_and_metric(self.adsValData)
        except Exception as error:
            raise SwarmError(
                f"Exception in method pyt.py:_calculateLocalLossAndMetrics, error message - {error}"
            ) from error
        finally:
            self.model.train(was_training)

    def _loss_and_metric(self, loader: DataLoader[Any]) -> tuple[float, float]:
        loss_of = getattr(torch.nn, str(self.lossFunction))(**(self.lossFunctionArgs or {}))
        metric_of = self._metric()
        device = next(self.model.parameters()).device
        loss, examples = 0.0, 0
        for inputs, targets in loader:
            outputs, wanted = self.model(inputs.to(device)), targets.to(device)
            batch_loss = float(loss_of(outputs, wanted))
            # A sum is added as it is; a mean is multiplied by the batch's size first.
            loss += batch_loss if getattr(loss_of, "reduction", "mean") == "sum" else batch_loss * len(wanted)
            examples += len(wanted)
            if metric_of is not None:
                metric_of.update(outputs, wanted)
        return loss / max(1, examples), math.nan if metric_of is None else float(metric_of.compute())

    def _metric(self) -> Any:
        if self.metricFunction is None:
            return None
        import torchmetrics

        metric = getattr(torchmetrics, self.metricFunction)(**(self.metricFunctionArgs or {}))
        return metric.to(next(self.model.parameters()).device)
