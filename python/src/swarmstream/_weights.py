"""The tensors of a model, from the trainer's types to the wire's and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO, Callable, Iterator, Mapping, Tuple

import numpy as np

from . import _safetensors
from ._agreed import bare_name
from ._errors import BadBodyError, BadWeightsError, LayoutMismatchError, SwarmError
from ._numbers import UNKNOWN_ROUNDING, Rounding, as_array, from_wire, kind_of, to_wire
from ._tree import fill, flatten, outline

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Weights = Mapping[str, "ArrayLike"]
Tensors = Iterator[Tuple[str, "NDArray[Any]"]]
Described = Tuple[str, Tuple[int, ...], "np.dtype[Any]"]


class LazyWeights(Mapping[str, "NDArray[Any]"]):
    """Weights that are fetched from where they are (a GPU, say) one at a time, when somebody asks for them.

    rounding: of those that are kept in a type that numpy lacks.
    """

    def __init__(
        self,
        described: Iterable[Described],
        fetch: Callable[[str], NDArray[Any]],
        rounding: Mapping[str, Rounding] | None = None,
    ) -> None:
        self.described = {name: (shape, dtype) for name, shape, dtype in described}
        self._fetch = fetch
        self._rounding = rounding or {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        try:
            return self._fetch(name)
        except SwarmError:
            raise
        except Exception as error:
            raise BadWeightsError(
                f"tensor '{name}' cannot be read ({error}); bring it into memory as a plain tensor, or leave it out with"
                " share=lambda name: ..."
            ) from error

    def rounding(self, name: str) -> Rounding:
        """What its own type makes of a number that is written into it."""
        return self._rounding.get(name) or Rounding.of(self.described[name][1])

    def __iter__(self) -> Iterator[str]:
        return iter(self.described)

    def __len__(self) -> int:
        return len(self.described)


class Layout:
    """Names, shapes and types of the tensors that a session shares, in their order, and the containers they are in."""

    def __init__(self, tensors: Iterable[Described], containers: Any = None) -> None:
        self._containers = containers
        self._own_types: dict[str, np.dtype[Any]] = {}
        self._tensors: list[_safetensors.TensorInfo] = []
        for name, shape, dtype in tensors:
            if not name or ":" in name or "\n" in name:
                raise BadWeightsError(
                    f"tensor name {name!r} is empty or has a colon or a line break; rename the tensor"
                )
            self._own_types[name] = dtype
            self._tensors.append(_safetensors.TensorInfo(name, shape, _safetensors.wire_dtype(dtype)))
        self._head = _safetensors.header(self._tensors)

    @classmethod
    def of(cls, weights: Any) -> Layout:
        """Reads it off `weights`, whose values do not matter: a mapping, a list or a tuple of arrays, or of others of them."""
        named = flat(weights)
        if not named:
            raise BadWeightsError(
                "weights are empty: nothing is there, or nothing is chosen to be shared (of a model without trainable"
                " parameters share='trainable' chooses none); give a mapping from names to arrays, such as {'w': w, 'b': b}"
            )
        return cls(_described(named), None if named is weights else outline(weights))

    @property
    def parameter_count(self) -> int:
        """How many numbers a model has."""
        return sum(int(np.prod(tensor.shape)) for tensor in self._tensors)

    @property
    def byte_count(self) -> int:
        """How long a body with such weights is."""
        return len(self._head) + sum(tensor.byte_count for tensor in self._tensors)

    def request(self) -> list[dict[str, Any]]:
        """As the site node reads it."""
        return [{"name": tensor.name, "shape": list(tensor.shape)} for tensor in self._tensors]

    def body(self, weights: Weights) -> Iterator[bytes]:
        """The weights as safetensors, in pieces."""
        return _safetensors.body(self._head, self._tensors, weights)

    def explained(self, refused: LayoutMismatchError) -> LayoutMismatchError:
        """The site node's refusal with this trainer's tensor of that name: it may mean other classes, say."""
        other = str(refused.field)
        mine = [each.name for each in self._tensors if bare_name(each.name) == bare_name(other)]
        if mine and mine[0] != other:
            refused.args = (
                f"{refused}. Here that tensor is '{mine[0]}': all sites need the same of what is in brackets",
            )
            refused.actual = mine[0]
        return refused

    def check(self, weights: Weights) -> None:
        """Refuses weights that are not the tensors with which the session began."""
        shapes = {name: list(shape) for name, shape, _ in _described(weights)}
        for tensor in self._tensors:
            if shapes.pop(tensor.name, None) != list(tensor.shape):
                raise _mismatch(tensor.name, list(tensor.shape), weights)
        for name in shapes:
            raise _mismatch(name, None, weights)

    def read(self, file: BinaryIO) -> Tensors:
        """The model in `file`, each tensor in the trainer's own type, in the order in which they lie."""
        expected = {tensor.name: tensor.shape for tensor in self._tensors}
        for name, array in _safetensors.read_tensors(file):
            shape = expected.pop(name, None)
            if array.shape != shape:
                raise BadBodyError(
                    f"the site node sent tensor '{name}' {list(array.shape)}, the session has {_shape_text(shape)};"
                    " open a new session, and report it if it happens again"
                )
            yield name, from_wire(name, array, self._own_types[name])
        for name, shape in expected.items():
            raise BadBodyError(f"the site node's model has no tensor '{name}' {list(shape)}; open a new session")

    def sent_and_read(self, weights: Weights) -> Tensors:
        """What comes back of `weights` when no other site takes part; refuses what cannot travel."""
        for tensor in self._tensors:
            wire = to_wire(tensor.name, weights[tensor.name], tensor.dtype)
            yield tensor.name, from_wire(tensor.name, wire, self._own_types[tensor.name])

    def whole(self, tensors: Tensors) -> Any:
        """A whole model in memory, in the containers in which the weights were when the session began."""
        model = dict(tensors)
        in_order = {tensor.name: model[tensor.name] for tensor in self._tensors}
        return in_order if self._containers is None else fill(self._containers, in_order)


def flat(weights: Any) -> Weights:
    """By name, whatever containers they are in."""
    return weights if isinstance(weights, LazyWeights) else flatten(weights)


def rounding(weights: Weights, name: str) -> Rounding:
    """How far the tensor may be from what was written into it."""
    return weights.rounding(name) if isinstance(weights, LazyWeights) else UNKNOWN_ROUNDING


def _described(weights: Weights) -> Iterator[Described]:
    for name, shape, dtype in _shapes_and_types(weights):
        if not kind_of(dtype):
            raise BadWeightsError(
                f"tensor '{name}' is {dtype}; share floats, integers or booleans, and keep the rest to yourself"
            )
        if 0 in shape:
            raise BadWeightsError(f"tensor '{name}' has shape {list(shape)} and so no values; leave it out")
        yield name, shape, dtype


def _shapes_and_types(weights: Weights) -> Iterator[Described]:
    if isinstance(weights, LazyWeights):
        for name, (shape, dtype) in weights.described.items():
            yield name, shape, dtype
    else:
        for name, value in weights.items():
            array = as_array(name, value)
            yield name, array.shape, array.dtype


def _shape_text(shape: Iterable[int] | None) -> str:
    return "none of that name" if shape is None else str(list(shape))


def _mismatch(name: str, expected: list[int] | None, weights: Weights) -> LayoutMismatchError:
    actual = next((list(shape) for other, shape, _ in _shapes_and_types(weights) if other == name), None)
    return LayoutMismatchError(
        f"tensor '{name}': the session began with {_shape_text(expected)}, now there is {_shape_text(actual)};"
        " a changed model needs a session of its own",
        code="layout-mismatch",
        field=name,
        expected=expected,
        actual=actual,
    )
