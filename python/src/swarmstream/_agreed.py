"""What sites must agree on beside their tensors: what rows and columns mean. It is a part of a tensor's name.

A contract has names and shapes of tensors and nothing else, so that a site with other classes, of equal number, has
another layout and is told so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

MAX_LISTED_LETTERS = 80


def agreed_name(name: str, agreed: Mapping[str, Any]) -> str:
    """`name` with what is agreed on, as `coef_ (classes 'benign', 'malignant')`; as it is when there is nothing."""
    texts = [f"{what} {text}" for what, text in agreed.items() if text]
    return f"{name} ({'; '.join(texts)})" if texts else name


def bare_name(name: str) -> str:
    """`name` without it."""
    return name.partition(" (")[0]


def listed(values: Iterable[Any]) -> str:
    """The values themselves when they are few; they are on the chain, in the contract's layout."""
    every = [_plain(value) for value in values]
    text = ", ".join(map(repr, every))
    return digest(every) if len(text) > MAX_LISTED_LETTERS or ":" in text else text


def digest(values: Iterable[Any]) -> str:
    """Their number and a hash, for those that are many, or of patients' data."""
    every = [_plain(value) for value in values]
    return f"{len(every)} of {hashlib.sha256(repr(every).encode()).hexdigest()[:16]}"


def _plain(value: Any) -> Any:
    """What is equal is written alike: 1, 1.0, True, in numpy's types as well."""
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, (bool, float)) and plain == plain // 1:
        return int(plain)
    return plain
