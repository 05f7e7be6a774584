"""scikit-learn: estimators that learn in parts (`partial_fit`) and are arrays of coefficients.

Linear ones (`SGDClassifier`, `SGDRegressor`, `Perceptron`, …: `coef_`, `intercept_`) and neural networks
(`MLPClassifier`, `MLPRegressor`: `coefs_`, `intercepts_`).
"""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

from ._errors import BadOption, BadWeights
from ._rounds import FinalRound
from ._shared_model import Evaluation, SyncLoop
from ._weights import Tensors

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SHARED = ("coef_", "intercept_", "coefs_", "intercepts_")


class EstimatorModel:
    """The coefficients of an estimator that has seen a batch (before, it has none)."""

    def __init__(self, estimator: Any) -> None:
        if getattr(estimator, "average", False):
            raise BadOption(
                f"{type(estimator).__name__} has average={estimator.average}: it would go on learning from coefficients of"
                " its own, which are not shared; use average=False"
            )
        self._estimator = estimator

    def weights(self) -> dict[str, NDArray[Any]]:
        """By the attributes' names; arrays in lists also have a number."""
        arrays = dict(self._arrays())
        if not arrays:
            raise BadWeights(
                f"{type(self._estimator).__name__} has none of {', '.join(SHARED)}; use a linear model or a neural network"
            )
        return arrays

    def load(self, merged: Tensors) -> None:
        """Writes into the arrays that are there."""
        arrays = dict(self._arrays())
        for name, array in merged:
            arrays[name][...] = array

    def _arrays(self) -> Iterator[tuple[str, NDArray[Any]]]:
        for attribute in SHARED:
            value = getattr(self._estimator, attribute, None)
            if isinstance(value, np.ndarray):
                yield attribute, value
            elif isinstance(value, list):
                for place, array in enumerate(value):
                    yield f"{attribute}.{place}", array


class SwarmEstimator:
    """Syncs an estimator while it learns in parts::

        with SwarmEstimator(SGDClassifier(), "digits", min_peers=2, sync_interval=10) as swarm:
            for x, y in batches:
                swarm.partial_fit(x, y, classes=range(10))
        swarm.estimator.predict(...)

    The first batch comes before the first sync: an estimator has no coefficients until then.
    """

    def __init__(self, estimator: Any, contract: str, *, evaluate: Evaluation | None = None, **session: Any) -> None:
        self.estimator = estimator
        self._loop = SyncLoop(contract, evaluate, **{"trainer": "scikit-learn", **session})
        self._begun = False

    @property
    def training_over(self) -> bool:
        """Whether enough sites have finished."""
        return self._loop.training_over

    @property
    def final(self) -> FinalRound:
        """The last round, once training is over."""
        return self._loop.final

    def partial_fit(self, x: ArrayLike, y: ArrayLike, **arguments: Any) -> SwarmEstimator:
        """Learns a batch, and syncs when it is time."""
        self.estimator.partial_fit(x, y, **arguments)
        if self._begun:
            self._loop.batch_ended()
        else:
            self._loop.begin(EstimatorModel(self.estimator))
            self._begun = True
        return self

    def __enter__(self) -> SwarmEstimator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None and self._begun:
            self._loop.finish()
        else:
            self._loop.leave()
