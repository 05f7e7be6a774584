"""The base class of all frameworks' callbacks: when they sync, what they log, what they raise.

A framework's callback implements the five abstract methods, and calls `_swarmInitialize`, `_swarmOnTrainBegin`,
`_swarmOnBatchEnd`, `_swarmOnEpochEnd` and `_swarmOnTrainEnd` from its own hooks.
"""

from __future__ import annotations

import math
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import numpy as np

import swarmstream
from swarmstream._exchange import open_exchange
from swarmstream._judge import Judge
from swarmstream._options import SessionOptions, chosen_deadline_seconds, site_url
from swarmstream._progress import LogLines
from swarmstream._shared_model import Model, SharedModel
from swarmstream._weights import Layout, Tensors, Weights

from . import messages
from .parameters import (
    DEFAULT_CONTRACT,
    MAX_PEERS,
    NUMBER_OF_NODES,
    CheckinModel,
    HFMode,
    Parameters,
    SLMergeMethod,
    SLPlatforms,
    SwarmError,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "DEFAULT_CONTRACT",
    "MAX_PEERS",
    "NUMBER_OF_NODES",
    "CheckinModel",
    "HFMode",
    "SLMergeMethod",
    "SLPlatforms",
    "SwarmCallbackBase",
    "SwarmError",
]


class SwarmCallbackBase(ABC):
    """The base class of all frameworks' callbacks, and of a platform of your own."""

    def _swarmInitialize(
        self, syncFrequency: Any, minPeers: Any, trainingContract: Any = DEFAULT_CONTRACT, **params: Any
    ) -> None:
        """Checks all parameters, also in loopback mode; raises a `SwarmError` for an invalid one."""
        self._shared: SharedModel | None = None
        self.logger = params.get("logger") or messages.own_logger()
        self.loopback = os.environ.get("SWARM_LOOPBACK", "").lower() == "true"
        self.logger.info(messages.LOOPBACK, self.loopback)
        with self._logged():
            self._parameters = Parameters.of(syncFrequency, minPeers, trainingContract, params)
            self.adsValData = self._parameters.validation_data
            self.adsValBatchSize = self._parameters.validation_batch_size
            self._verifyAndSetPlatformContext(params)
        self.syncFrequency = self._parameters.sync_frequency
        self.minPeers = self._parameters.min_peers
        self.maxPeers = MAX_PEERS
        self.trainingContract = self._parameters.training_contract
        self.useAdaptiveSync = self._parameters.use_adaptive_sync
        self.checkinModelOnTrainEnd = self._parameters.checkin_model
        self.mergeMethod = self._parameters.merge_method
        self.nodeWeightage = self._parameters.node_weightage
        self.totalEpochs = self._parameters.total_epochs
        self.epochsCompleted = 0
        self.isSwarmTrainingOver = False
        self._counter = 0
        self._user_merges = 0
        if not self.totalEpochs:
            for line in messages.NO_TOTAL_EPOCHS:
                self.logger.info(line)

    def _swarmOpenSession(self) -> None:
        """Opens the session. Frameworks that know the model before training begins call it then."""
        if self.loopback:
            return
        with self._logged(messages.INIT_FAILED):
            model = self._sharedModel()
            options = SessionOptions(
                contract=self.trainingContract,
                trainer=self._parameters_platform(),
                weight=self.nodeWeightage,
                min_peers=self.minPeers,
                merge_method=self.mergeMethod.name,
                sync_interval=self.syncFrequency,
                check_in=self.checkinModelOnTrainEnd.name,
                adaptive=self.useAdaptiveSync,
                epochs_total=self.totalEpochs,
                take_over=True,  # a crashed program is simply restarted
                deadline_seconds=chosen_deadline_seconds(),
            )
            exchange = open_exchange(options, Layout.of(model.weights()), progress=LogLines(self.logger))
            exchange.open()
            self._shared = SharedModel(exchange, model, Judge(None if self.adsValData is None else self._evaluate))

    # -- hooks

    def _swarmOnTrainBegin(self) -> None:
        """Syncs before the first batch, so that all sites begin with the same weights."""
        if self._shared is None:
            self._swarmOpenSession()
        if not self.loopback:
            self._sync()

    def _swarmOnBatchEnd(self, batches: int = 1) -> None:
        """Counts down from the interval, and syncs at the batch that finds zero, the one after `syncFrequency` others.

        If the framework trained several `batches` at once, they sync at most once.
        """
        if self.loopback or self.isSwarmTrainingOver:
            return
        if self._counter < batches:
            batches -= self._counter
            self._sync()
            self._user_merges += 1
        self._counter = max(0, self._counter - batches)

    def _swarmOnEpochEnd(self) -> None:
        """Counts an epoch, for the round's record and the status page."""
        self.epochsCompleted += 1

    def _swarmOnTrainEnd(self) -> None:
        """Waits for the other sites, and loads the final model."""
        if self.loopback:
            return
        self.logger.info(messages.LOCAL_TRAINING_DONE)
        if not self._user_merges:
            self.logger.warning(messages.NO_USER_MERGE, self.syncFrequency)
        if self.isSwarmTrainingOver:
            self.logger.info(messages.OVER_EARLY)
        else:
            self.logger.info(messages.MAY_CONTINUE)
            self.logger.info(messages.FINAL_MERGE)
        with self._logged(messages.END_FAILED):
            shared = self._opened()
            shared.epochs_done = self.epochsCompleted
            final = shared.finish()
            self.isSwarmTrainingOver = True
        self.logger.info(messages.OVER)
        self.logger.info(messages.FINAL_MODEL, final.round, final.model_hash)

    # -- what a framework implements

    @abstractmethod
    def _verifyAndSetPlatformContext(self, params: Mapping[str, Any]) -> None:
        """Stores the framework's own parameters; raises a `SwarmError` for an invalid one."""

    @abstractmethod
    def _getValidationDataForAdaptiveSync(self, valData: Any, valBatchSize: Any) -> tuple[Any, Any, Any, Any, Any]:
        """Splits `adsValData` into generator, steps, x, y and sample weights; what does not apply is None."""

    @abstractmethod
    def _saveModelWeightsToDict(self) -> Mapping[str, NDArray[Any]]:
        """The weights by name."""

    @abstractmethod
    def _loadModelWeightsFromDict(self, inDict: Mapping[str, NDArray[Any]]) -> None:
        """Loads merged weights."""

    @abstractmethod
    def _calculateLocalLossAndMetrics(self) -> tuple[float, float]:
        """Loss and metric of the current model on `adsValData`; NaN if unknown, and then not reported."""

    def _sharedModel(self) -> Model:
        """The model to share. A framework that can avoid a second copy of the weights overrides this."""
        return _DictModel(self)

    def _onSwarmTrainingOver(self) -> None:  # noqa: B027 - most frameworks have no way to stop
        """Stops the local training, if the framework can."""

    # -- rounds

    def _parameters_platform(self) -> str:
        return type(self).__module__.rsplit(".", 1)[-1]

    def _sync(self) -> None:
        self.logger.info(messages.MERGE_STARTS)
        with self._logged(messages.SYNC_FAILED):
            shared = self._opened()
            shared.epochs_done = self.epochsCompleted
            current = shared.exchange.interval
            merged = None
            with suppress(swarmstream.TrainingOverError):  # the other sites have just ended it
                merged = shared.sync()
        self._counter = shared.exchange.interval
        self.logger.info(messages.MERGE_DONE, current, self._counter)
        if merged is not None:
            sites = ", ".join(merged.participants)
            self.logger.info(messages.MERGED, merged.round, sites, merged.model_hash, self._counter)
        if shared.exchange.training_over:
            self.isSwarmTrainingOver = True
            self._onSwarmTrainingOver()

    def _evaluate(self) -> tuple[float, float]:
        try:
            loss, metric = self._calculateLocalLossAndMetrics()
        except SwarmError as error:
            self.logger.error(messages.LOSS_FAILED, error)
            raise
        self.logger.info(messages.LOCAL_LOSS, loss)
        return _number(loss), _number(metric)

    def _opened(self) -> SharedModel:
        if self._shared is None:
            raise SwarmError("there is no session with the site node; call on_train_begin() before the first batch")
        return self._shared

    @contextmanager
    def _logged(self, message: str = "%s") -> Iterator[None]:
        """Logs errors of the block and raises them as a `SwarmError`; leaves the training, so that no site waits."""
        try:
            yield
        except SwarmError as error:
            self.logger.error("%s", error)
            self._leave()
            raise
        except swarmstream.SwarmError as error:
            text = message % error
            if "SL container" in text:
                text = messages.SL_CONTAINER % (text, _site_node())
            self.logger.error("%s", text)
            self._leave()
            raise SwarmError(text) from error
        except BaseException:
            self._leave()
            raise

    def _leave(self) -> None:
        if self._shared is not None:
            self._shared.exchange.leave()


class _DictModel:
    def __init__(self, callback: SwarmCallbackBase) -> None:
        self._callback = callback

    def weights(self) -> Weights:
        return self._callback._saveModelWeightsToDict()

    def load(self, tensors: Tensors) -> None:
        self._callback._loadModelWeightsFromDict(dict(tensors))


def _site_node() -> str:
    try:
        return site_url()
    except swarmstream.BadOptionError:  # the error's text says the rest
        return "SWARM_SITE_URL"


def _number(value: Any) -> float:
    number = float(np.asarray(value))
    return number if math.isfinite(number) else math.nan
