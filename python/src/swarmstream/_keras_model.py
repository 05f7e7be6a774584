"""The weights of a Keras model that are shared, and the batches that `fit` counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, List, Literal, Union

import numpy as np

from . import _keras_layers
from ._agreed import agreed_name
from ._errors import BadOptionError
from ._kerases import NUMPY_TYPES, assign, dtype_of, path_of, to_numpy
from ._numbers import Rounding
from ._share import all_but, is_patterns, shared_names
from ._weights import Described, LazyWeights, Tensors

Share = Union[Literal["all", "trainable"], List[str]]

BATCH_NORM = ("BatchNormalization", "SyncBatchNormalization")

# The rounding of types that numpy lacks: relative, and absolute for tiny numbers.
ROUNDING = {
    "bfloat16": Rounding(2.0**-7, 2.0**-126),
    "float8_e4m3fn": Rounding(2.0**-3, 2.0**-6),
    "float8_e5m2": Rounding(2.0**-2, 2.0**-14),
}


class KerasModel:
    """The weights of a model that are shared: "all" floating-point ones, the "trainable" ones, or those of patterns."""

    def __init__(self, model: Any, share: Share = "all") -> None:
        require_share(share)
        self._model = model
        self._share = share

    def variables(self) -> dict[str, Any]:
        """The variables by name, in the model's order."""
        named = {f"{place}/{_path(each)}": each for place, each in enumerate(self._chosen())}
        first = next(iter(named), "")
        agreed = _keras_layers.adapted(self._model)
        return {agreed_name(name, agreed) if name == first else name: each for name, each in named.items()}

    def weights(self) -> LazyWeights:
        """The weights, fetched from the device one at a time."""
        variables = self.variables()
        shared = {id(each) for each in variables.values()}
        local = {_path(each) for each in _floats(self._model.weights) if id(each) not in shared}
        rounding = {
            name: ROUNDING[dtype_of(variable)] for name, variable in variables.items() if dtype_of(variable) in ROUNDING
        }
        return LazyWeights(_described(variables), lambda name: to_numpy(variables[name]), rounding, local)

    def load(self, merged: Tensors) -> None:
        """Assigns to the existing variables, in their type, so that optimizers keep their state.

        Layers compute again what they derive from their weights. Negative variances, which a lossy encoding can make of
        small ones, become zero, because batch normalisation takes their square root.
        """
        variables = self.variables()
        for name, array in merged:
            is_variance = name.rpartition("/")[2] == "moving_variance"
            assign(variables[name], np.maximum(array, 0) if is_variance else array)
        _keras_layers.refresh(self._model)

    def _chosen(self) -> list[Any]:
        if isinstance(self._share, str):
            return _floats(self._model.trainable_weights if self._share == "trainable" else self._model.weights)
        floats = _floats(self._model.weights)
        paths = shared_names(self._share, list(dict.fromkeys(map(_path, floats))))
        return [each for each in floats if _path(each) in paths]


class CallbackModel:
    """Reads `callback.model` each time, because with JAX only that brings the running epoch's weights into the model."""

    def __init__(self, callback: Any, share: Share = "all") -> None:
        self._callback = callback
        self._share = share

    def whole(self) -> CallbackModel:
        """All floating-point weights."""
        return CallbackModel(self._callback)

    def variables(self) -> dict[str, Any]:
        """As `KerasModel.variables`."""
        return KerasModel(self._callback.model, self._share).variables()

    def weights(self) -> LazyWeights:
        """As `KerasModel.weights`."""
        return KerasModel(self._callback.model, self._share).weights()

    def load(self, merged: Tensors) -> None:
        """As `KerasModel.load`."""
        KerasModel(self._callback.model, self._share).load(merged)


class BatchCount:
    """Counts the batches of a call of `on_train_batch_end`: Keras calls it once for all that it trains in one execution."""

    def __init__(self) -> None:
        self._first = 0

    def begin(self, batch: int) -> None:
        """Notes the number that the first batch of an execution has in its epoch."""
        self._first = batch

    def ended(self, batch: int, steps: int | None, model: Any) -> int:
        """Returns how many batches have ended.

        Args:
            batch: the number of the last one; early releases of Keras 3 give the first one's number again.
            steps: the batches of an epoch; None if unknown.
            model: the model that is trained.
        """
        if batch > self._first:
            last = batch
        else:
            at_once = int(getattr(model, "steps_per_execution", 1) or 1)
            last = self._first + at_once - 1
        return (min(last, steps - 1) if steps else last) - self._first + 1


def require_share(share: Any) -> None:
    """Refuses anything but "all", "trainable" and patterns."""
    if not (is_patterns(share) or share in ("all", "trainable")):
        raise BadOptionError(
            f"share is {share!r}; use 'all', 'trainable', or a list of patterns such as ['*', '!*/head/*']"
        )


def keep_batch_norm_local(model: Any) -> list[str]:
    """`swarmstream.keras.keep_batch_norm_local`."""
    layers = [each for each in _keras_layers.all_of(model) if _is_batch_norm(each)]
    own = {id(each) for layer in layers for each in layer.weights}
    paths = dict.fromkeys(_path(each) for each in _floats(model.weights) if id(each) in own)
    if not paths:
        raise BadOptionError(
            f"model {model.name} has no built layer of batch normalisation; leave out share=, or name patterns"
        )
    for each in _floats(model.weights):
        if id(each) not in own and _path(each) in paths:
            raise BadOptionError(
                f"'{_path(each)}' names a weight of batch normalisation and another one, because names leave out numbers;"
                " give the layers other names"
            )
    return all_but(paths)


def _is_batch_norm(layer: Any) -> bool:
    return any(kind.__name__ in BATCH_NORM for kind in type(layer).__mro__)


def _floats(weights: Iterable[Any]) -> list[Any]:
    return [each for each in weights if "float" in dtype_of(each)]


def _path(variable: Any) -> str:
    """A weight's path, such as `sequential/dense/bias`; its place goes before it in a name, because paths may repeat.

    The numbers in paths are left out: they count all models that a program has built, so that a notebook's second run has
    other paths than its first.
    """
    return re.sub(r"_\d+(?=/|$)", "", path_of(variable))


def _described(variables: Mapping[str, Any]) -> Iterator[Described]:
    for name, variable in variables.items():
        dtype = NUMPY_TYPES.get(dtype_of(variable), np.dtype("f4"))
        yield name, tuple(variable.shape), dtype
