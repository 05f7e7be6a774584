"""Processes that end with the one that started them."""

import atexit
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from peers.cell import FOLDER

BIN = Path(sys.executable).parent
"""The virtual environment's commands."""

_started: list[subprocess.Popen[bytes]] = []


def start(
    name: str, command: Sequence[str], **environment: str
) -> subprocess.Popen[bytes]:
    """Starts a command; what it says goes to a file of that name."""
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    with (FOLDER / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            env={**os.environ, "PATH": path, **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    _started.append(process)
    return process


def await_true(what: str, condition: Callable[[], bool], seconds: float = 60) -> None:
    """Waits, but not for ever."""
    deadline = time.monotonic() + seconds
    while not condition():
        for process in _started:
            if process.poll():
                raise SystemExit(f"{process.args!r} ended with {process.returncode}")
        if time.monotonic() > deadline:
            raise SystemExit(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.05)


@atexit.register
def stop() -> None:
    """Ends all that was started."""
    for process in _started:
        process.terminate()
    for process in _started:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
