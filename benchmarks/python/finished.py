"""Trainings that are done, kept in a file, so that a benchmark that was interrupted resumes."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
FOLDER = Path(__file__).resolve().parents[1] / "target"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds --results and --minutes."""
    file = FOLDER / f"{Path(sys.argv[0]).stem}.jsonl"
    parser.add_argument("--results", type=Path, default=file, help=f"lines of JSON; default {file}")
    parser.add_argument("--minutes", type=float, default=24 * 60, help="no training begins after this many minutes")


class Finished:
    """The results of calls, by their arguments. Delete the file when the code of a training has changed."""

    def __init__(self, file: Path, minutes: float) -> None:
        self._file = file
        self._end = time.monotonic() + 60 * minutes
        self._results: dict[str, Any] = {}
        if file.exists():
            for line in file.read_text().splitlines():
                try:
                    done = json.loads(line)
                except json.JSONDecodeError:  # it was interrupted while it wrote the last line
                    continue
                self._results[json.dumps(done["call"])] = done["result"]

    def of(self, call: Callable[..., T], *arguments: Any) -> T:
        """What the call returns, which must be JSON; it is made only if the file does not have it."""
        key = [call.__name__, *arguments]
        name = json.dumps(key)
        if name not in self._results:
            if time.monotonic() > self._end:
                sys.exit("the time is up; run the same command again to continue")
            self._results[name] = call(*arguments)
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a") as file:
                file.write(json.dumps({"call": key, "result": self._results[name]}) + "\n")
        result: T = self._results[name]
        return result
