"""FedProx's proximal term in Keras, as a part of the loss that `fit` minimises."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from . import _keras_layers
from ._errors import BadOptionError
from ._kerases import keras_of, require_keras_3, to_numpy


class ProximalTerm:
    """Adds the term to the losses of a model, one for each trainable weight that is shared, until it is taken off.

    Keras adds the regularizers of all trainable weights to the loss, in each backend and each kind of model. It does so in
    `evaluate`, too. When a merged model is evaluated, the term still holds to the one before.

    Args:
        mu: how strongly the model is held.
    """

    def __init__(self, mu: float) -> None:
        self._mu = mu
        self._held: list[tuple[Any, _Held]] = []

    def put_on(self, model: Any, shared: Mapping[str, Any]) -> None:
        """Holds the model to the values that its weights have now; `shared` are those that are shared, by name."""
        require_keras_3(model, "proximal_mu")
        trained = {id(each) for each in model.trainable_weights}
        variables = [each for each in shared.values() if id(each) in trained]
        if not variables:
            raise BadOptionError("proximal_mu has nothing to hold: no shared weight is trained; leave it out")
        if [id(each) for each, _ in self._held] == [id(each) for each in variables]:
            self._move(model)
            return
        for variable in variables:
            own = variable.regularizer
            if isinstance(own, _Held):  # of a call of `fit` that failed
                own = own.own
            held = _Held(self._mu, keras_of(model).Variable(to_numpy(variable), trainable=False), own)
            variable.regularizer = held
            self._held.append((variable, held))
        _keras_layers.compile_anew(model)

    def take_off(self, model: Any) -> None:
        """Gives the weights back their own regularizers."""
        for variable, held in self._held:
            variable.regularizer = held.own
        if self._held:
            _keras_layers.compile_anew(model)
        self._held = []

    def _move(self, model: Any) -> None:
        for variable, held in self._held:
            held.merged.assign(to_numpy(variable))
        if keras_of(model).backend.backend() == "jax":  # has compiled the old values as constants
            _keras_layers.compile_anew(model)


class _Held:
    """A regularizer: the weight's own, and `mu / 2` times the squared distance from the merged weight."""

    def __init__(self, mu: float, merged: Any, own: Any) -> None:
        self.own = own
        self.merged = merged
        self._mu = mu

    def __call__(self, value: Any) -> Any:
        ops = sys.modules["keras"].ops
        distance = ops.cast(value, "float32") - ops.cast(self.merged, "float32")
        term = self._mu / 2 * ops.sum(ops.square(distance))
        return term if self.own is None else ops.cast(self.own(value), "float32") + term
