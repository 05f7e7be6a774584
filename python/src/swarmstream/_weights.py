"""The tensors of a model, converted from the trainer's types to the wire's and back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, BinaryIO, Callable, Iterator, Mapping, Sequence, Tuple

import numpy as np

from . import _safetensors
from ._agreed import bare_name
from ._errors import BadBodyError, BadWeightsError, LayoutMismatchError, SwarmError
from ._numbers import UNKNOWN_ROUNDING, Rounding, as_array, from_wire, kind_of, to_wire
from ._share import pattern_for, shared_names
from ._tree import fill, flatten, outline

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Weights = Mapping[str, "ArrayLike"]
Tensors = Iterator[Tuple[str, "NDArray[Any]"]]
Described = Tuple[str, Tuple[int, ...], "np.dtype[Any]"]


class LazyWeights(Mapping[str, "NDArray[Any]"]):
    """Weights that are fetched from their device one at a time, when they are read.

    Args:
        described: name, shape and wire type of each tensor.
        fetch: returns a tensor's values by its name.
        rounding: the rounding of tensors in types that numpy lacks.
        local: the names of tensors that stay at the site.
    """

    def __init__(
        self,
        described: Iterable[Described],
        fetch: Callable[[str], NDArray[Any]],
        rounding: Mapping[str, Rounding] | None = None,
        local: Iterable[str] = (),
    ) -> None:
        self.described = {name: (shape, dtype) for name, shape, dtype in described}
        self._fetch = fetch
        self.local = frozenset(local)
        self._rounding = rounding or {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        try:
            return self._fetch(name)
        except SwarmError:
            raise
        except Exception as error:
            raise BadWeightsError(
                f"tensor '{name}' cannot be read ({error}); keep it in memory as a plain tensor, or leave it out with"
                f" share=['*', '!{pattern_for(name)}']"
            ) from error

    def rounding(self, name: str) -> Rounding:
        """The rounding of a tensor's own type."""
        return self._rounding.get(name) or Rounding.of(self.described[name][1])

    def __iter__(self) -> Iterator[str]:
        return iter(self.described)

    def __len__(self) -> int:
        return len(self.described)


class Layout:
    """Names, shapes and types of the tensors that a session shares, in order, and the containers that hold them."""

    def __init__(self, tensors: Iterable[Described], containers: Any = None, local: Iterable[str] = ()) -> None:
        self.local = frozenset(local)
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
    def of(cls, weights: Any, patterns: Sequence[str] | None = None) -> Layout:
        """The layout of `weights`: nested mappings, lists and tuples of arrays, whose values do not matter.

        `patterns` choose what is shared; None shares all. The containers hold the other tensors, too.
        """
        named = flat(weights)
        chosen = named if patterns is None else _chosen(named, patterns)
        if not chosen:
            raise BadWeightsError(
                "weights are empty: the model has none, or none are chosen (share='trainable' chooses none of a model without"
                " trainable parameters); give a mapping from names to arrays, such as {'w': w, 'b': b}"
            )
        local = named.local if isinstance(named, LazyWeights) else set(named) - set(chosen)
        return cls(_described(chosen), None if named is weights else outline(weights), local)

    @property
    def parameter_count(self) -> int:
        """The number of values in a model."""
        return sum(int(np.prod(tensor.shape)) for tensor in self._tensors)

    @property
    def byte_count(self) -> int:
        """The size of a body with these weights, in bytes."""
        return len(self._head) + sum(tensor.byte_count for tensor in self._tensors)

    def request(self) -> list[dict[str, Any]]:
        """The layout as the site node reads it."""
        return [{"name": tensor.name, "shape": list(tensor.shape)} for tensor in self._tensors]

    def body(self, weights: Weights, metadata: Mapping[str, str] | None = None) -> Iterator[bytes]:
        """The weights as safetensors, in pieces. `byte_count` is the size without `metadata`."""
        head = self._head if metadata is None else _safetensors.header(self._tensors, metadata)
        return _safetensors.body(head, self._tensors, weights)

    def explained(self, refused: LayoutMismatchError) -> LayoutMismatchError:
        """The site node's refusal, completed with this trainer's tensor of that name, which may list other classes."""
        other = str(refused.field)
        mine = [each.name for each in self._tensors if bare_name(each.name) == bare_name(other)]
        if mine and mine[0] != other:
            refused.args = (
                f"{refused}. Here that tensor is '{mine[0]}'; use the same classes and features, in brackets, at all sites",
            )
            refused.actual = mine[0]
        elif hint := self._hint(other, refused):
            refused.args = (f"{refused}. {hint}; give the same share= at all sites",)
        return refused

    def _hint(self, other: str, refused: LayoutMismatchError) -> str | None:
        """How this site's `share` differs from the contract's, which has `other` or lacks it."""
        placed = re.match(r"\d+/(.+)", other)  # a Keras weight, whose name begins with its place
        if other in self.local or (placed and placed[1] in self.local):
            return "Here share= keeps it local"
        if other in self._own_types and "no such tensor" in str(refused.expected):
            return "The other sites keep it local"
        if placed and any(re.fullmatch(r"\d+/" + re.escape(placed[1]), name) for name in self._own_types):
            return "Here it has another place, because other weights are shared before it"
        if other == "layout" and self.local:
            return f"Here share= keeps {len(self.local)} tensors local"
        return None

    def check(self, weights: Weights) -> None:
        """Refuses weights that differ from the session's layout."""
        shapes = {name: list(shape) for name, shape, _ in _described(weights)}
        for tensor in self._tensors:
            if shapes.pop(tensor.name, None) != list(tensor.shape):
                raise _mismatch(tensor.name, list(tensor.shape), weights)
        for name in shapes:
            raise _mismatch(name, None, weights)

    def read(self, file: BinaryIO) -> Tensors:
        """The tensors of the model in `file`, in the trainer's own types and the order of the file."""
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
        """What a round without other sites would return of `weights`; refuses what cannot travel."""
        for tensor in self._tensors:
            wire = to_wire(tensor.name, weights[tensor.name], tensor.dtype)
            yield tensor.name, from_wire(tensor.name, wire, self._own_types[tensor.name])

    def split(self, weights: Any) -> tuple[Weights, dict[str, Any]]:
        """The shared tensors of `weights`, and those that stay at the site, as they are."""
        named = flat(weights)
        if not self.local:
            return named, {}
        for name in self.local - set(named):
            raise LayoutMismatchError(
                f"tensor '{name}' is missing; it stays at the site, and comes back as it is given: give all tensors that"
                " swarmstream.join was given",
                code="layout-mismatch",
                field=name,
            )
        shared = {name: value for name, value in named.items() if name not in self.local}
        return shared, {name: named[name] for name in named if name in self.local}

    def whole(self, tensors: Tensors, local: Mapping[str, Any]) -> Any:
        """A whole model in memory, in the containers of the session's weights: merged tensors, and the site's own."""
        model = dict(tensors)
        in_order = {tensor.name: model[tensor.name] for tensor in self._tensors}
        in_order.update(local)
        return in_order if self._containers is None else fill(self._containers, in_order)


def flat(weights: Any) -> Weights:
    """The tensors by name, whatever containers hold them."""
    return weights if isinstance(weights, LazyWeights) else flatten(weights)


def _chosen(named: Weights, patterns: Sequence[str]) -> Weights:
    chosen = shared_names(patterns, named)
    return {name: named[name] for name in named if name in chosen}


def rounding(weights: Weights, name: str) -> Rounding:
    """The rounding of a tensor's own type, or a cautious one if it is unknown."""
    return weights.rounding(name) if isinstance(weights, LazyWeights) else UNKNOWN_ROUNDING


def _described(weights: Weights) -> Iterator[Described]:
    for name, shape, dtype in _shapes_and_types(weights):
        if not kind_of(dtype):
            raise BadWeightsError(
                f"tensor '{name}' is {dtype}; share floats, integers or booleans, and keep other tensors at the site"
            )
        if 0 in shape:
            raise BadWeightsError(f"tensor '{name}' has shape {list(shape)}, which holds no values; leave it out")
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
        " open a new session for a changed model",
        code="layout-mismatch",
        field=name,
        expected=expected,
        actual=actual,
    )
