"""Training programs, each in its own process."""

from __future__ import annotations

import importlib.util
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

LIMIT_SECONDS = 300
# Needed by what is done only where all frameworks are, for its time.
LONG = ["lightning"]


def is_installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


SURROUNDINGS = {
    # JAX, where there is a choice: it is the one that always is.
    "KERAS_BACKEND": next((name for name in ("jax", "torch", "tensorflow") if is_installed(name)), "jax"),
    "http_proxy": "http://127.0.0.1:9",  # a site node is not behind the proxy
    "OMP_NUM_THREADS": "1",  # sites of a test share a machine
    "PYTHONPATH": str(Path(__file__).parent),
}


def _heed_signals() -> None:
    """A build in a shell's background ignores Ctrl-C, one under nohup SIGHUP, and so would the programs of both."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Program:
    """Runs at once; what it says is kept."""

    def __init__(self, file: Path, *arguments: str, **environment: str) -> None:
        self._said: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._end = time.monotonic() + LIMIT_SECONDS
        self._process = subprocess.Popen(
            [sys.executable, str(file), *arguments],
            env={**os.environ, **SURROUNDINGS, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=_heed_signals,  # noqa: PLW1509 it takes no lock
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put(None)

    def awaits_line(self, text: str, times: int = 1) -> None:
        """Returns when it has said it that often."""
        while times:
            line = self._next()
            assert line is not None, f"it ended without saying {text!r}:\n{self.said}"
            times -= text in line

    def ended_with(self, pattern: str) -> re.Match[str]:
        """Waits for its end, which must be a good one, and finds what it has said."""
        while self._next() is not None:
            pass
        found = re.search(pattern, self.said)
        assert self._process.wait(LIMIT_SECONDS) == 0, self.said
        assert found, self.said
        return found

    def ended(self) -> int:
        """Waits for its end, good or bad, and returns its status."""
        while self._next() is not None:
            pass
        return self._process.wait(LIMIT_SECONDS)

    def signal(self, number: int) -> None:
        """As another program would send it."""
        self._process.send_signal(number)

    def kill(self) -> None:
        """As kill -9 does; nothing happens when it has ended."""
        self._process.kill()
        self._process.wait(LIMIT_SECONDS)

    @property
    def said(self) -> str:
        return "".join(self._said)

    def _next(self) -> str | None:
        try:
            line = self._lines.get(timeout=max(0.0, self._end - time.monotonic()))
        except queue.Empty:
            self.kill()
            pytest.fail(f"it did not end in {LIMIT_SECONDS} s:\n{self.said}")
        if line is not None:
            self._said.append(line)
        return line


def require(*modules: str) -> None:
    """Skips the test when one is not installed."""
    for module in modules:
        if not is_installed(module):
            pytest.skip(f"{module} is not installed")
