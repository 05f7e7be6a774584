"""Shows what a trainer waits for: one line that updates itself in a terminal, log lines elsewhere."""

from __future__ import annotations

import logging
import re
import sys
import time
from dataclasses import dataclass
from typing import Any, Protocol, TextIO

log = logging.getLogger("swarmstream")

CLEAR_LINE = "\r\x1b[K"
SLACK_SECONDS = 1.0  # polls every ten seconds are not exact to the second


@dataclass(frozen=True)
class Waiting:
    """What a trainer waits for."""

    round: int
    missing: tuple[str, ...] = ()
    contributed: int = 0
    min_peers: int = 0
    closes_in_seconds: float | None = None
    left_seconds: float = 0.0
    reason: str = ""
    waits_for: str = ""

    @property
    def whom(self) -> str:
        """The missing sites, or how many more are needed and how they join, as far as the site node says."""
        return self.waits_for or ", ".join(self.missing) or "the merge"

    @property
    def is_sentence(self) -> bool:
        """Whether `whom` is a sentence about how many sites are needed or away, not a list of missing sites."""
        return not self.missing and self.waits_for.startswith(("away ", *"123456789"))

    @classmethod
    def of(cls, state: dict[str, Any], left_seconds: float) -> Waiting:
        """Reads the site node's answer."""
        return cls(
            round=int(state.get("round") or 0),
            missing=tuple(state.get("missing") or ()),
            contributed=int(state.get("contributed") or 0),
            min_peers=int(state.get("minPeers") or 0),
            closes_in_seconds=state.get("closesInSeconds"),
            left_seconds=left_seconds,
            waits_for=str(state.get("waitsFor") or ""),
        )

    def __str__(self) -> str:
        if self.reason:
            return f"{self.reason} · gives up in {self.left_seconds:.0f} s"
        parts = [f"round {self.round}: {'' if self.is_sentence else 'waits for '}{self.whom}"]
        if self.min_peers:
            parts.append(f"{self.contributed} in, {self.min_peers} needed")
        if self.closes_in_seconds is not None:
            parts.append(f"closes in {self.closes_in_seconds:.0f} s")
        return " · ".join([*parts, f"gives up in {self.left_seconds:.0f} s"])


class Progress(Protocol):
    """A display of what a trainer waits for, updated every `interval_seconds`."""

    interval_seconds: float

    def waits(self, waiting: Waiting) -> None:
        """Shows what is still missing."""

    def warns(self, sentence: str) -> None:
        """Shows a warning to the trainer's user."""

    def done(self) -> None:
        """Ends the display: the wait is over."""


class TerminalLine:
    """One line of a terminal, which is overwritten."""

    interval_seconds = 1.0

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = False

    def waits(self, waiting: Waiting) -> None:
        """Overwrites the line."""
        self._stream.write(f"{CLEAR_LINE}{waiting}")
        self._stream.flush()
        self._shown = True

    def warns(self, sentence: str) -> None:
        """Logs the warning on a line of its own, which stays."""
        self.done()
        log.warning("%s", sentence)

    def done(self) -> None:
        """Clears the line for further output."""
        if self._shown:
            self._stream.write(CLEAR_LINE)
            self._stream.flush()
            self._shown = False


class LogLines:
    """A log line whenever something changes, and every 30 seconds while nothing does."""

    interval_seconds = 10.0
    repeat_seconds = 30.0

    def __init__(self, logger: Any = None) -> None:
        self._logger = logger
        self._last: object = None
        self._last_seconds = 0.0

    def waits(self, waiting: Waiting) -> None:
        """Logs the line if it has changed, or was last logged 30 seconds ago."""
        # The text of an error may contain the address of an object, which differs each time.
        if self.is_due((waiting.round, waiting.whom, re.sub("0x[0-9a-f]+", "", waiting.reason))):
            self._says(str(waiting))

    def is_due(self, now: object) -> bool:
        """Whether `now` differs from what was shown last, or that was 30 seconds ago."""
        seconds = time.monotonic()
        if now == self._last and seconds - self._last_seconds < self.repeat_seconds - SLACK_SECONDS:
            return False
        self._last, self._last_seconds = now, seconds
        return True

    def warns(self, sentence: str) -> None:
        """Logs a warning."""
        (self._logger or log).warning("%s", sentence)

    def done(self) -> None:
        """Makes the next wait a new one."""
        self._last = None

    def _says(self, line: str) -> None:
        """Writes to standard error if logging is not configured: a program that waits in silence seems to hang."""
        if self._logger is not None:
            self._logger.info("%s", line)
        elif log.hasHandlers():
            log.info("%s", line)
        elif sys.stderr is not None:
            print(f"swarmstream: {line}", file=sys.stderr, flush=True)


def progress_for(stream: TextIO | None = None) -> Progress:
    """A self-updating line if `stream` is a terminal, else log lines."""
    chosen = stream or sys.stderr
    return TerminalLine(chosen) if chosen is not None and chosen.isatty() else LogLines()
