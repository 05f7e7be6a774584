"""The tensors of a model, from the trainer's types to the wire's and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO, Callable, Iterator, Mapping, Tuple

import numpy as np

from . import _safetensors
from ._errors import BadBody, BadWeights, LayoutMismatch

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Weights = Mapping[str, "ArrayLike"]
Tensors = Iterator[Tuple[str, "NDArray[Any]"]]
Described = Tuple[str, Tuple[int, ...], "np.dtype[Any]"]


class LazyWeights(Mapping[str, "NDArray[Any]"]):
    """Weights that are fetched from where they are (a GPU, say) one at a time, when somebody asks for them."""

    def __init__(self, described: Iterable[Described], fetch: Callable[[str], NDArray[Any]]) -> None:
        self.described = {name: (shape, dtype) for name, shape, dtype in described}
        self._fetch = fetch

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self._fetch(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self.described)

    def __len__(self) -> int:
        return len(self.described)


class Layout:
    """Names, shapes and types of the tensors that a session shares, in their order."""

    def __init__(self, tensors: Iterable[Described]) -> None:
        self._own_types: dict[str, np.dtype[Any]] = {}
        self._tensors: list[_safetensors.TensorInfo] = []
        for name, shape, dtype in tensors:
            self._own_types[name] = dtype
            self._tensors.append(_safetensors.TensorInfo(name, shape, _safetensors.wire_dtype(dtype)))
        self._head = _safetensors.header(self._tensors)

    @classmethod
    def of(cls, weights: Weights) -> Layout:
        """Reads it off `weights`, whose values do not matter."""
        if not weights:
            raise BadWeights("weights are empty; give a mapping from names to arrays, such as {'w': w, 'b': b}")
        return cls(_described(weights))

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
                raise BadBody(
                    f"the site node sent tensor '{name}' {list(array.shape)}, the session has {_shape_text(shape)};"
                    " open a new session, and report it if it happens again"
                )
            yield name, own_type(array, self._own_types[name])
        for name, shape in expected.items():
            raise BadBody(f"the site node's model has no tensor '{name}' {list(shape)}; open a new session")

    def in_order(self, tensors: Tensors) -> dict[str, NDArray[Any]]:
        """A whole model in memory, its tensors in the order of the layout."""
        model = dict(tensors)
        return {tensor.name: model[tensor.name] for tensor in self._tensors}


def own_type(array: NDArray[Any], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Back from the wire. Whole numbers are rounded to the nearest: a mean of counters is none."""
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        return np.asarray(np.clip(np.rint(array), limits.min, limits.max), dtype)
    if dtype.kind == "b":
        return np.asarray(array >= 0.5)
    return np.asarray(array, dtype)


def _described(weights: Weights) -> Iterator[Described]:
    for name, shape, dtype in _shapes_and_types(weights):
        if dtype.kind not in "fiub":
            raise BadWeights(
                f"tensor '{name}' is {dtype}; share floats, integers or booleans, and keep the rest to yourself"
            )
        if 0 in shape:
            raise BadWeights(f"tensor '{name}' has shape {list(shape)} and so no values; leave it out")
        yield name, shape, dtype


def _shapes_and_types(weights: Weights) -> Iterator[Described]:
    if isinstance(weights, LazyWeights):
        for name, (shape, dtype) in weights.described.items():
            yield name, shape, dtype
    else:
        for name, value in weights.items():
            array = np.asarray(value)
            yield name, array.shape, array.dtype


def _shape_text(shape: Iterable[int] | None) -> str:
    return "none of that name" if shape is None else str(list(shape))


def _mismatch(name: str, expected: list[int] | None, weights: Weights) -> LayoutMismatch:
    actual = list(np.shape(weights[name])) if name in weights else None
    return LayoutMismatch(
        f"tensor '{name}': the session began with {_shape_text(expected)}, now there is {_shape_text(actual)};"
        " a changed model needs a session of its own",
        code="layout-mismatch",
        field=name,
        expected=expected,
        actual=actual,
    )
