"""scikit-learn: estimators that learn in parts (`partial_fit`) and are arrays of coefficients.

Linear ones (`SGDClassifier`, `SGDRegressor`, `SGDOneClassSVM`, `Perceptron`, …: `coef_`, `intercept_`, `offset_`) and neural
networks (`MLPClassifier`, `MLPRegressor`: `coefs_`, `intercepts_`). Classes and names of features are agreed on: a site with
others, of equal number, has another layout. An estimator that has learned something else is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np

from ._agreed import agreed_name, listed, plain
from ._errors import BadOptionError, BadWeightsError
from ._rounds import FinalRound
from ._shared_model import Evaluation, SyncLoop
from ._weights import Tensors

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

SHARED = ("coef_", "intercept_", "offset_", "coefs_", "intercepts_")

# What the site's own training goes on with, and says nothing about anybody else's: counts, losses, orders.
LOCAL = {
    *("classes_", "n_features_in_", "feature_names_in_", "n_iter_", "t_", "loss_", "best_loss_", "loss_curve_"),
    *("validation_scores_", "best_validation_score_", "n_layers_", "n_outputs_", "out_activation_", "loss_function_"),
}


class EstimatorModel:
    """The coefficients of an estimator that has seen a batch (before, it has none)."""

    def __init__(self, estimator: Any) -> None:
        if getattr(estimator, "average", False):
            raise BadOptionError(
                f"{type(estimator).__name__} has average={estimator.average}: it would go on learning from coefficients of"
                " its own, which are not shared; use average=False"
            )
        self._estimator = estimator

    def weights(self) -> dict[str, NDArray[Any]]:
        """By the attributes' names; arrays in lists also have a number. The first one's name says the classes as well."""
        arrays = self._arrays()
        if not arrays:
            raise BadWeightsError(
                f"{type(self._estimator).__name__} has none of {', '.join(SHARED)}; use a linear model or a neural network"
            )
        self._require_nothing_else()
        return arrays

    def load(self, merged: Tensors) -> None:
        """Writes into the arrays that are there."""
        arrays = self._arrays()
        for name, array in merged:
            arrays[name][...] = array

    def _arrays(self) -> dict[str, NDArray[Any]]:
        arrays = dict(self._by_attribute())
        first = next(iter(arrays), "")
        return {agreed_name(name, self._agreed()) if name == first else name: each for name, each in arrays.items()}

    def _by_attribute(self) -> Iterator[tuple[str, NDArray[Any]]]:
        for attribute in SHARED:
            value = getattr(self._estimator, attribute, None)
            if isinstance(value, np.ndarray):
                yield attribute, value
            elif isinstance(value, list):
                for place, array in enumerate(value):
                    yield f"{attribute}.{place}", array
            elif value is not None:
                raise BadWeightsError(
                    f"{attribute} is a {type(value).__name__}, no array; call densify() on the estimator"
                )

    def _agreed(self) -> dict[str, str]:
        """Those that are numbered from 0 need no names; of features an estimator knows them from a data frame."""
        classes = getattr(self._estimator, "classes_", None)
        features = getattr(self._estimator, "feature_names_in_", None)
        known = {
            "classes": [] if classes is None else plain(classes),
            "features": [] if features is None else plain(features),
        }
        return {what: listed(values) for what, values in known.items() if values != list(range(len(values)))}

    def _require_nothing_else(self) -> None:
        """One that is not of scikit-learn may have learned in any attribute; what scikit-learn hides is of its optimizers."""
        estimator, kind = self._estimator, type(self._estimator)
        parameters = set(estimator.get_params(deep=False)) if hasattr(estimator, "get_params") else set()
        known = {*LOCAL, *SHARED, *parameters}
        is_sklearns = kind.__module__.startswith("sklearn.")
        for attribute, value in vars(estimator).items():
            if attribute in known or (is_sklearns and attribute.startswith("_")) or not _is_learned(value):
                continue
            raise BadWeightsError(
                f"{kind.__name__} has learned '{attribute}', too, which would not be shared; use an estimator whose state is"
                f" in {', '.join(SHARED)}, or share the arrays yourself with swarmstream.join"
            )


def _is_learned(value: Any) -> bool:
    """Arrays, sparse ones too, other estimators, and containers of them."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return any(_is_learned(each) for each in value)
    return (hasattr(value, "shape") and hasattr(value, "dtype") and value.shape != ()) or hasattr(value, "get_params")


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

    def partial_fit(self, x: ArrayLike, y: ArrayLike | None = None, **arguments: Any) -> SwarmEstimator:
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
