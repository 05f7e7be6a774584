"""Keras 3, whatever its backend, and Keras 2: a callback for `fit`.

Shared are floating-point weights, trainable or not (the statistics of batch normalisation are). Random seeds and other
integers stay with the site. What preprocessing layers have adapted to and is no weight (vocabularies, bin boundaries) must
be the same at all sites.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from . import _keras_layers
from ._agreed import agreed_name
from ._errors import BadOptionError
from ._kerases import NUMPY_TYPES, EitherCallback, assign, dtype_of, path_of, to_numpy
from ._numbers import Rounding
from ._rounds import FinalRound
from ._shared_model import Evaluation, SyncLoop
from ._weights import Described, LazyWeights, Tensors

# What numpy lacks: a part of a number, or an amount when it is tiny.
ROUNDING = {
    "bfloat16": Rounding(2.0**-7, 2.0**-126),
    "float8_e4m3fn": Rounding(2.0**-3, 2.0**-6),
    "float8_e5m2": Rounding(2.0**-2, 2.0**-14),
}


class KerasModel:
    """The weights of a model that are shared: "all" of them, or the "trainable" ones."""

    def __init__(self, model: Any, share: str = "all") -> None:
        if share not in ("all", "trainable"):
            raise BadOptionError(f"share is {share!r}; use 'all' or 'trainable'")
        self._model = model
        self._share = share

    def variables(self) -> dict[str, Any]:
        """By name, in the model's order."""
        chosen = self._model.trainable_weights if self._share == "trainable" else self._model.weights
        floats = (each for each in chosen if "float" in dtype_of(each))
        named = {_name(place, path_of(each)): each for place, each in enumerate(floats)}
        first = next(iter(named), "")
        agreed = _keras_layers.adapted(self._model)
        return {agreed_name(name, agreed) if name == first else name: each for name, each in named.items()}

    def weights(self) -> LazyWeights:
        """Fetched from the device one at a time."""
        variables = self.variables()
        rounding = {
            name: ROUNDING[dtype_of(variable)] for name, variable in variables.items() if dtype_of(variable) in ROUNDING
        }
        return LazyWeights(_described(variables), lambda name: to_numpy(variables[name]), rounding)

    def load(self, merged: Tensors) -> None:
        """Assigns to the variables that are there, in their type: optimizers keep what they hold.

        What layers have computed from their weights is computed again. Variances below zero, which a lossy encoding can make
        of small ones, become zero: a root is taken of them.
        """
        variables = self.variables()
        for name, array in merged:
            is_variance = name.rpartition("/")[2] == "moving_variance"
            assign(variables[name], np.maximum(array, 0) if is_variance else array)
        _keras_layers.refresh(self._model)


class SwarmCallback(EitherCallback):
    """Syncs the model while `fit` trains it; `fit` stops when the training is over elsewhere::

        model.fit(x, y, callbacks=[SwarmCallback("digits", min_peers=2, sync_interval=32)])

    The arguments are those of `swarmstream.pytorch.SwarmCallback`; `share` is "all" or "trainable".
    """

    def __init__(
        self, contract: str, *, share: str = "all", evaluate: Evaluation | None = None, **session: Any
    ) -> None:
        super().__init__()
        self._share = share
        self._batches = BatchCount()
        self._loop = SyncLoop(contract, evaluate, **{"trainer": "keras", **session})

    @property
    def final(self) -> FinalRound:
        """The last round, once training is over."""
        return self._loop.final

    def on_train_begin(self, logs: Mapping[str, Any] | None = None) -> None:
        """All sites begin with the same model."""
        self._loop.begin(CallbackModel(self, self._share), self.params.get("epochs") or 0)

    def on_train_batch_begin(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Notes where batches begin that are trained at once."""
        self._batches.begin(batch)

    def on_train_batch_end(self, batch: int, logs: Mapping[str, Any] | None = None) -> None:
        """Syncs when it is time; with `steps_per_execution` several batches have ended."""
        loss = (logs or {}).get("loss")
        batches = self._batches.ended(batch, self.params.get("steps"), self.model)
        self._loop.batch_ended(None if loss is None else float(loss), batches)
        if self._loop.training_over:
            self.model.stop_training = True

    def on_epoch_end(self, epoch: int, logs: Mapping[str, Any] | None = None) -> None:
        """For those who watch."""
        self._loop.epoch_ended()

    def on_train_end(self, logs: Mapping[str, Any] | None = None) -> None:
        """All sites end with the same model."""
        self._loop.finish()


class BatchCount:
    """How many batches a call of `on_train_batch_end` is about: Keras calls it once for all that it trains at once."""

    def __init__(self) -> None:
        self._first = 0

    def begin(self, batch: int) -> None:
        """The number of the first of them in its epoch."""
        self._first = batch

    def ended(self, batch: int, steps: int | None, model: Any) -> int:
        """`batch` is the last one's number, or, in early releases of Keras 3, again the first one's; `steps` the epoch's."""
        if batch > self._first:
            last = batch
        else:
            at_once = int(getattr(model, "steps_per_execution", 1) or 1)
            last = self._first + at_once - 1
        return (min(last, steps - 1) if steps else last) - self._first + 1


class CallbackModel:
    """Asks the callback for its model each time: with JAX that is what brings the weights of the running epoch there."""

    def __init__(self, callback: Any, share: str = "all") -> None:
        self._callback = callback
        self._share = share

    def weights(self) -> LazyWeights:
        """As `KerasModel.weights`."""
        return KerasModel(self._callback.model, self._share).weights()

    def load(self, merged: Tensors) -> None:
        """As `KerasModel.load`."""
        KerasModel(self._callback.model, self._share).load(merged)


def _name(place: int, path: str) -> str:
    """By place and path, as `3/sequential/dense/bias`.

    Names alone are the same in all layers (`kernel`, `bias`), and the numbers in paths count all models that a program
    has built, so that a notebook's second run has other paths than its first.
    """
    return f"{place}/" + re.sub(r"_\d+(?=/|$)", "", path)


def _described(variables: Mapping[str, Any]) -> Iterator[Described]:
    for name, variable in variables.items():
        dtype = NUMPY_TYPES.get(dtype_of(variable), np.dtype("f4"))
        yield name, tuple(variable.shape), dtype
