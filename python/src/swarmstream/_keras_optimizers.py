"""The optimizer of a Keras model: how many steps it has made, and how it begins anew after a merge."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._errors import BadOptionError
from ._kerases import assign, dtype_of, keras_of, require_keras_3, to_numpy


class OptimizerSteps:
    """Counts the optimizer's steps, each of which takes several batches if the optimizer accumulates gradients.

    Args:
        model: the model that is trained; None is a model whose batches are all steps.
    """

    def __init__(self, model: Any = None) -> None:
        inner = _inner(model)
        self._batches_each = int(getattr(inner, "gradient_accumulation_steps", None) or 1)
        # An earlier call of `fit` may have ended between two steps.
        self._batches = int(to_numpy(inner._iterations)) % self._batches_each if self._batches_each > 1 else 0

    def made(self, batches: int) -> int:
        """How many steps the optimizer has made with the `batches` that have just ended."""
        steps, self._batches = divmod(self._batches + batches, self._batches_each)
        return steps


def require_resettable(model: Any) -> None:
    """Refuses an optimizer that cannot begin anew without its schedule doing so, too."""
    require_keras_3(model, "reset_optimizer")
    schedules = keras_of(model).optimizers.schedules
    if isinstance(getattr(_inner(model), "_learning_rate", None), schedules.LearningRateSchedule):
        raise BadOptionError(
            "reset_optimizer would also begin the LearningRateSchedule anew, which counts the optimizer's steps; use the"
            " callback LearningRateScheduler instead, or leave out reset_optimizer"
        )


def reset(model: Any) -> None:
    """Gives the optimizer the state of a new one; it keeps its learning rate."""
    optimizer = model.optimizer
    fresh = type(optimizer).from_config(optimizer.get_config())
    fresh.build(model.trainable_variables)
    for old, new in zip(optimizer.variables, fresh.variables):
        if not old.path.endswith("learning_rate"):
            assign(old, _values(new))


def _values(variable: Any) -> Any:
    values = to_numpy(variable)
    return values if "float" in dtype_of(variable) else values.astype(np.int64)


def _inner(model: Any) -> Any:
    """The optimizer that makes the steps, within the one that scales losses for float16."""
    optimizer = getattr(model, "optimizer", None)
    return getattr(optimizer, "inner_optimizer", optimizer)
