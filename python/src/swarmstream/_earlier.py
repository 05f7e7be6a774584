"""Earlier sessions that are no longer in use, because a notebook's cell was interrupted or its kernel died.

A session's name says which process opened it, so that another process of this machine can tell whether it still runs.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
import sys
import threading
import uuid
import weakref
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._exchange import ModelExchange

_lock = threading.Lock()
_open: dict[tuple[str, str], weakref.ref[ModelExchange]] = {}


def new_name(trainer: str) -> str:
    """A unique name for a session, such as `keras-1f2e3d4c.4711-5a6b7c8d`."""
    return f"{trainer}-{_machine()}.{os.getpid()}-{uuid.uuid4().hex[:8]}"


def is_abandoned(name: str) -> bool:
    """Whether a session of this name was opened by a process of this machine that has ended."""
    made = re.fullmatch(r".*-([0-9a-f]{8})\.(\d+)-[0-9a-f]{8}", name)
    if made is None or made[1] != _machine() or sys.platform == "win32":  # on Windows, signal 0 does not merely ask
        return False
    try:
        os.kill(int(made[2]), 0)
    except ProcessLookupError:
        return True
    except OSError:  # another user's process: it runs
        return False
    return False


def replaced_by(exchange: ModelExchange, url: str, contract: str) -> ModelExchange | None:
    """Records that `exchange` is now this program's; returns an earlier one that is no longer in use.

    An exchange of another thread that still runs may be in use; only this thread's own call is known to be over.
    """
    with _lock:
        noted = _open.get((url, contract))
        earlier = None if noted is None else noted()
        if earlier is not None and earlier is not exchange and _runs_elsewhere(earlier.thread):
            return None
        _open[url, contract] = weakref.ref(exchange)
    return None if earlier is exchange else earlier


def _runs_elsewhere(thread: threading.Thread) -> bool:
    return thread is not threading.current_thread() and thread.is_alive()


def _machine() -> str:
    """Identifies what has process numbers of its own: a machine since its last boot, a container."""
    told = [socket.gethostname()]
    with suppress(OSError):
        told += [Path("/proc/sys/kernel/random/boot_id").read_text(), os.readlink("/proc/self/ns/pid")]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:8]
