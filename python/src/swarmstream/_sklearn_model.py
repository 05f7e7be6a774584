"""The coefficients of a scikit-learn estimator that are shared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from ._agreed import agreed_name, listed, plain
from ._errors import BadOptionError, BadWeightsError
from ._weights import Tensors

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHARED = ("coef_", "intercept_", "offset_", "coefs_", "intercepts_")

# The state of the site's own training, which says nothing about other sites: counts, losses, orders.
LOCAL = {
    *("classes_", "n_features_in_", "feature_names_in_", "n_iter_", "t_", "loss_", "best_loss_", "loss_curve_"),
    *("validation_scores_", "best_validation_score_", "n_layers_", "n_outputs_", "out_activation_", "loss_function_"),
}


class EstimatorModel:
    """The coefficients of an estimator that has seen a batch; before that it has none."""

    def __init__(self, estimator: Any) -> None:
        if getattr(estimator, "average", False):
            raise BadOptionError(
                f"{type(estimator).__name__} has average={estimator.average} and keeps other coefficients to learn from,"
                " which are not shared; use average=False"
            )
        self._estimator = estimator

    def weights(self) -> dict[str, NDArray[Any]]:
        """The arrays by their attributes' names, in lists also by number; the first name also lists the classes."""
        arrays = self._arrays()
        if not arrays:
            raise BadWeightsError(
                f"{type(self._estimator).__name__} has none of {', '.join(SHARED)}; use a linear model or a neural network"
            )
        self._require_nothing_else()
        return arrays

    def load(self, merged: Tensors) -> None:
        """Writes into the existing arrays."""
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
                    f"{attribute} is a {type(value).__name__} instead of an array; call densify() on the estimator"
                )

    def _agreed(self) -> dict[str, str]:
        """Classes and features that sites must agree on; numbers from 0 upwards need no listing."""
        classes = getattr(self._estimator, "classes_", None)
        features = getattr(self._estimator, "feature_names_in_", None)
        known = {
            "classes": [] if classes is None else plain(classes),
            "features": [] if features is None else plain(features),
        }
        return {what: listed(values) for what, values in known.items() if values != list(range(len(values)))}

    def _require_nothing_else(self) -> None:
        """Refuses an estimator that has learned in other attributes; scikit-learn's private ones belong to its optimizers."""
        estimator, kind = self._estimator, type(self._estimator)
        parameters = set(estimator.get_params(deep=False)) if hasattr(estimator, "get_params") else set()
        known = {*LOCAL, *SHARED, *parameters}
        is_sklearns = kind.__module__.startswith("sklearn.")
        for attribute, value in vars(estimator).items():
            if attribute in known or (is_sklearns and attribute.startswith("_")) or not _is_learned(value):
                continue
            raise BadWeightsError(
                f"{kind.__name__} has also learned '{attribute}', which would not be shared; use an estimator whose state is"
                f" in {', '.join(SHARED)}, or share the arrays yourself with swarmstream.join"
            )


def _is_learned(value: Any) -> bool:
    """Whether the value is an array, dense or sparse, an estimator, or a container of these."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return any(_is_learned(each) for each in value)
    return (hasattr(value, "shape") and hasattr(value, "dtype") and value.shape != ()) or hasattr(value, "get_params")
