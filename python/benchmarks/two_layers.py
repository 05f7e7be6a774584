"""A network with one hidden layer, in NumPy, for benchmarks without a framework.

A model is one flat vector of float32: the hidden layer's weights (inputs x hidden) and biases, then the last layer's
weights (hidden x classes) and biases.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """Rectified linear units between `inputs` values and the scores of `classes`."""

    inputs: int
    hidden: int
    classes: int = 10

    @property
    def size(self) -> int:
        """How many values a model has."""
        return (self.inputs + 1) * self.hidden + (self.hidden + 1) * self.classes

    def layers(self, model: Vector) -> tuple[Vector, Vector, Vector, Vector]:
        """Views of the model: a change of one changes the model."""
        cuts = np.cumsum([self.inputs * self.hidden, self.hidden, self.hidden * self.classes])
        weights, biases, last_weights, last_biases = np.split(model, cuts)
        shaped = weights.reshape(self.inputs, self.hidden)
        return shaped, biases, last_weights.reshape(self.hidden, self.classes), last_biases

    def first(self, random: np.random.Generator) -> Vector:
        """Initial weights by He et al., *Delving Deep into Rectifiers* (2015); the biases are 0."""
        model = np.zeros(self.size, np.float32)
        weights, _, last_weights, _ = self.layers(model)
        weights[:] = random.normal(0, (2 / self.inputs) ** 0.5, weights.shape)
        last_weights[:] = random.normal(0, (2 / self.hidden) ** 0.5, last_weights.shape)
        return model

    def gradient(self, model: Vector, x: Vector, y: Labels) -> Vector:
        """Of the mean cross entropy over the examples `x` (examples x inputs) with labels `y`."""
        weights, biases, last_weights, last_biases = self.layers(model)
        hidden = np.maximum(x @ weights + biases, 0)
        scores = hidden @ last_weights + last_biases
        likely = np.exp(scores - scores.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        likely[np.arange(len(y)), y] -= 1
        likely /= np.float32(len(y))
        back = (likely @ last_weights.T) * (hidden > 0)
        pieces = (x.T @ back, back.sum(axis=0), hidden.T @ likely, likely.sum(axis=0))
        return np.concatenate([piece.reshape(-1) for piece in pieces])

    def accuracy(self, model: Vector, x: Vector, y: Labels) -> float:
        """The share of examples whose label has the highest score, from 0 to 1."""
        weights, biases, last_weights, last_biases = self.layers(model)
        scores = np.maximum(x @ weights + biases, 0) @ last_weights + last_biases
        return float((scores.argmax(axis=1) == y).mean())
