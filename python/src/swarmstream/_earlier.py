"""Earlier sessions that nobody uses any more: those of a cell that was interrupted, or of a kernel that died.

A session's name says which process has opened it, so that another one of this machine can tell whether it still runs.
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
    from ._session import Session

_lock = threading.Lock()
_open: dict[tuple[str, str], weakref.ref[Session]] = {}


def new_name(trainer: str) -> str:
    """A session's name that no other has, as `keras-1f2e3d4c.4711-5a6b7c8d`."""
    return f"{trainer}-{_machine()}.{os.getpid()}-{uuid.uuid4().hex[:8]}"


def is_abandoned(name: str) -> bool:
    """Whether a session of this name was opened by a process of this machine that has ended."""
    made = re.fullmatch(r".*-([0-9a-f]{8})\.(\d+)-[0-9a-f]{8}", name)
    if made is None or made[1] != _machine() or sys.platform == "win32":  # there, a signal of 0 is not a question
        return False
    try:
        os.kill(int(made[2]), 0)
    except ProcessLookupError:
        return True
    except OSError:  # somebody else's: it runs
        return False
    return False


def replaced_by(session: Session, url: str, contract: str) -> Session | None:
    """Notes that `session` is the one of this program now; returns an earlier one that cannot be in use any more.

    One of a thread that still runs may be; only this thread's own call is known to be over.
    """
    with _lock:
        noted = _open.get((url, contract))
        earlier = None if noted is None else noted()
        if earlier is not None and earlier is not session and _runs_elsewhere(earlier.thread):
            return None
        _open[url, contract] = weakref.ref(session)
    return None if earlier is session else earlier


def _runs_elsewhere(thread: threading.Thread) -> bool:
    return thread is not threading.current_thread() and thread.is_alive()


def _machine() -> str:
    """What has process numbers of its own: a machine since it was started, a container."""
    told = [socket.gethostname()]
    with suppress(OSError):
        told += [Path("/proc/sys/kernel/random/boot_id").read_text(), os.readlink("/proc/self/ns/pid")]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:8]
