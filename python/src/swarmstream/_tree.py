"""Weights in nested containers: names for the tensors of a tree, and the same tree with other tensors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from numbers import Number
from typing import TYPE_CHECKING, Any

import numpy as np

from ._errors import BadWeightsError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

SEPARATOR = "/"


def flatten(tree: Any) -> dict[str, ArrayLike]:
    """The tensors of nested mappings, lists and tuples by their paths, such as `dense/kernel` or `0`, without None."""
    if not _is_container(tree):
        raise BadWeightsError(
            f"weights are a single {type(tree).__name__}; give arrays in a mapping, a list or a tuple, such as {{'w': w}}"
        )
    leaves: dict[str, ArrayLike] = {}
    places: dict[str, tuple[Any, ...]] = {}
    for path, leaf in _leaves(tree, ()):
        name = SEPARATOR.join(map(str, path))
        if name in leaves:
            raise BadWeightsError(f"two tensors are named '{name}': those at {places[name]} and at {path}; rename one")
        leaves[name], places[name] = leaf, path
    return leaves


def outline(tree: Any, path: tuple[Any, ...] = ()) -> Any:
    """The same containers with names in place of the tensors."""
    if not _is_container(tree):
        return None if tree is None else SEPARATOR.join(map(str, path))
    return _like(tree, [(key, outline(value, (*path, key))) for key, value in _children(tree)])


def fill(outlined: Any, tensors: Mapping[str, Any]) -> Any:
    """The same containers with tensors in place of the names."""
    if not _is_container(outlined):
        return None if outlined is None else tensors[outlined]
    return _like(outlined, [(key, fill(value, tensors)) for key, value in _children(outlined)])


def _leaves(tree: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    for key, value in _children(tree):
        if _is_container(value):
            yield from _leaves(value, (*path, key))
        elif value is not None:
            yield (*path, key), value


def _children(tree: Any) -> Iterator[tuple[Any, Any]]:
    """The members of a container by key, number, or field of a named tuple."""
    if isinstance(tree, Mapping):
        return iter(tree.items())
    return iter(zip(getattr(tree, "_fields", range(len(tree))), tree))


def _is_container(value: Any) -> bool:
    """Whether a value holds tensors; a list of numbers is itself one."""
    if isinstance(value, (list, tuple)):
        return not (value and all(_is_written_down(each) for each in value))
    return isinstance(value, Mapping)


def _is_written_down(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return bool(value) and all(_is_written_down(each) for each in value)
    return isinstance(value, (Number, np.generic))


def _like(tree: Any, children: list[tuple[Any, Any]]) -> Any:
    if not isinstance(tree, Mapping):
        values = [value for _, value in children]
        return type(tree)(*values) if hasattr(tree, "_fields") else tuple(values) if isinstance(tree, tuple) else values
    try:
        return type(tree)(children)  # type: ignore[call-arg]
    except Exception:  # another constructor, such as that of defaultdict
        return dict(children)
