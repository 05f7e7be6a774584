"""Waiting that ends."""

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
        """As much time as at the beginning, from now on."""
        self._end = time.monotonic() + self.seconds

    def left_seconds(self) -> float:
        """How long there is; never negative."""
        return max(0.0, self._end - time.monotonic())

    def has_passed(self) -> bool:
        """Whether there is no time left."""
        return self.left_seconds() == 0.0


class Backoff:
    """Pauses between attempts, each twice as long as the one before, and none quite as long as another trainer's."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._pause_seconds = FIRST_PAUSE_SECONDS

    def pause(self, because: Exception) -> None:
        """Sleeps; raises `because` when the deadline has passed."""
        if self._deadline.has_passed():
            raise because
        time.sleep(min(self._pause_seconds * random.uniform(0.5, 1.0), self._deadline.left_seconds()))
        self._pause_seconds = min(self._pause_seconds * 2, LONGEST_PAUSE_SECONDS)
