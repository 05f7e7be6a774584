"""Deadlines, and pauses between attempts."""

from __future__ import annotations

import random
import time

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0


class Deadline:
    """A moment by which something must be done."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def renew(self) -> None:
        """Starts the deadline anew, with as many seconds as at the beginning."""
        self._end = time.monotonic() + self.seconds

    def left_seconds(self) -> float:
        """The seconds that are left; never negative."""
        return max(0.0, self._end - time.monotonic())

    def has_passed(self) -> bool:
        """Whether no time is left."""
        return self.left_seconds() == 0.0


class Backoff:
    """Pauses between attempts: each about twice as long as the last, up to 5 s, with jitter so that trainers spread out."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._pause_seconds = FIRST_PAUSE_SECONDS

    def pause(self, because: Exception) -> None:
        """Sleeps, or raises `because` if the deadline has passed."""
        if self._deadline.has_passed():
            raise because
        time.sleep(min(self._pause_seconds * random.uniform(0.5, 1.0), self._deadline.left_seconds()))
        self._pause_seconds = min(self._pause_seconds * 2, LONGEST_PAUSE_SECONDS)
