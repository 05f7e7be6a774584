"""What sites must agree on besides shapes: the meaning of rows and columns. It becomes a part of a tensor's name.

A contract lists names and shapes of tensors and nothing else. A site with other classes, of equal number, therefore has
another layout and gets an error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

MAX_LISTED_LETTERS = 80


def agreed_name(name: str, agreed: Mapping[str, Any]) -> str:
    """`name` with what sites agree on, such as `coef_ (classes 'benign', 'malignant')`, or `name` itself if nothing."""
    texts = [f"{what} {text}" for what, text in agreed.items() if text]
    return f"{name} ({'; '.join(texts)})" if texts else name


def bare_name(name: str) -> str:
    """`name` without what sites agree on."""
    return name.partition(" (")[0]


def listed(values: Iterable[Any]) -> str:
    """The values in plain text if they are few, else their digest. They are published on the chain, in the layout."""
    text = ", ".join(map(repr, plain(values)))
    return digest(values) if len(text) > MAX_LISTED_LETTERS or ":" in text else text


def digest(values: Iterable[Any]) -> str:
    """The number of the values and a hash, for values that are many or come from patients' data."""
    every = plain(values)
    return f"{len(every)} of {hashlib.sha256(repr(every).encode()).hexdigest()[:16]}"


def plain(values: Iterable[Any]) -> list[Any]:
    """Converts values so that equal ones have one notation: 1, 1.0 and True, also in numpy's types."""
    return [_plain(value) for value in values]


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return plain(value)
    own = value.item() if hasattr(value, "item") else value
    return int(own) if isinstance(own, (bool, float)) and own == own // 1 else own
