"""Cases that tests in Java read, too: both languages have to agree on them."""

from __future__ import annotations

from pathlib import Path


def cases(file: str) -> list[str]:
    """The lines of a file beside this one, without its comments."""
    lines = (Path(__file__).parent / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
