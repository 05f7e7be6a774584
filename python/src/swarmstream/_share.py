"""Which tensors are shared, by patterns of their names; the others stay at the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Any

from ._agreed import bare_name
from ._errors import BadOptionError

MOST_LISTED = 8


def pattern_for(name: str) -> str:
    """What a pattern has for a tensor's name. Keras weights are matched without the place that begins their names."""
    return re.sub(r"^\d+/", "", bare_name(name))


def is_patterns(share: Any) -> bool:
    """Whether `share` is a list of patterns, and not a word or a function."""
    return isinstance(share, (list, tuple)) and all(isinstance(each, str) for each in share)


def shared_names(patterns: Sequence[str], names: Iterable[str]) -> set[str]:
    """The names that the patterns choose.

    Of the patterns that match a name the last one decides: `*.bias` shares it, `!*.bias` keeps it local. What none
    matches stays local, unless the first pattern begins with `!`: then it is shared.

    Raises:
        BadOptionError: there are no patterns, or one matches no tensor, probably because it is misspelt.
    """
    if not patterns:
        raise BadOptionError("share is empty; name what is shared, such as ['*', '!head.*']")
    every = list(names)
    chosen = set(every) if patterns[0].startswith("!") else set()
    for pattern in patterns:
        matching = {name for name in every if fnmatchcase(name, pattern[pattern.startswith("!") :])}
        if not matching:
            raise BadOptionError(f"share has {pattern!r}, which matches no tensor; the tensors are {_listed(every)}")
        chosen = chosen - matching if pattern.startswith("!") else chosen | matching
    return chosen


def all_but(names: Iterable[str]) -> list[str]:
    """Patterns that share everything except `names`."""
    return ["*", *("!" + re.sub(r"([*?[])", r"[\1]", name) for name in names)]


def _listed(names: Sequence[str]) -> str:
    listed = ", ".join(f"'{name}'" for name in names[:MOST_LISTED])
    return listed if len(names) <= MOST_LISTED else f"{listed}, and {len(names) - MOST_LISTED} more"
