"""Leaves sessions that the program does not leave itself, because an exception or a signal ended it.

A session is left when it is garbage-collected, when its program ends, by SIGTERM and SIGHUP unless the program handles
them, and when the notebook's cell fails that opened it. Otherwise the other sites wait until the site node notices that
the trainer is silent.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import weakref
from contextlib import suppress
from typing import Any, Callable

LIMIT_SECONDS = 5.0
SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]

_open: set[weakref.finalize[Any, Any]] = set()


class Leaving:
    """Leaves one session, once."""

    def __init__(self, session: object, leave: Callable[[], None]) -> None:
        # A process forked from this one, such as a data loader's, must not leave.
        self._process, self._leave = os.getpid(), leave
        self._finalizer = weakref.finalize(session, _at_the_end, self._process, leave)
        _open.add(self._finalizer)
        _watch_signals()
        _watch_cell(self._finalizer)

    def is_due(self) -> bool:
        """Whether the session has not been left yet."""
        return self._finalizer.alive

    def now(self) -> None:
        """Leaves, unless the session has been left already."""
        if self._finalizer.detach() and os.getpid() == self._process:
            self._leave()
        _forget()

    def forget(self) -> None:
        """Cancels the leaving, because the session was not opened."""
        self._finalizer.detach()
        _forget()


def _at_the_end(process: int, leave: Callable[[], None]) -> None:
    if os.getpid() == process:
        # The user wants to read what ended the program, not what fails here.
        with suppress(Exception, KeyboardInterrupt):
            leave()


def _forget() -> None:
    _open.difference_update([each for each in _open if not each.alive])
    if not _open and _is_main_thread():
        for number in SIGNALS:
            if signal.getsignal(number) is _on_signal:
                signal.signal(number, signal.SIG_DFL)


def _watch_signals() -> None:
    """Handles the signals that would end the program without cleaning up."""
    if _is_main_thread():
        for number in SIGNALS:
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _on_signal)


def _on_signal(number: int, _: Any) -> None:
    """Leaves, and ends the program as if the signal had not been handled."""
    # In a thread: the signal may have interrupted this one while it held a lock that leaving needs.
    thread = threading.Thread(target=lambda: [finalizer() for finalizer in list(_open)], daemon=True)
    thread.start()
    thread.join(LIMIT_SECONDS)
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    # A signal without a handler does not end the first process of a container.
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    os._exit(128 + number)


def _watch_cell(finalizer: weakref.finalize[Any, Any]) -> None:
    """Leaves when the running cell fails: the notebook keeps its objects for the debugger, so they are not collected."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        return

    def ended(result: Any) -> None:
        shell.events.unregister("post_run_cell", ended)
        if not result.success:
            finalizer()
            _forget()

    shell.events.register("post_run_cell", ended)


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
