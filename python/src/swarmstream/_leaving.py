"""Leaves a session that nobody leaves: what ends a trainer, an exception or a signal, seldom comes by its callback.

A session is left when it is garbage, when its program ends, by SIGTERM and SIGHUP where the program does nothing about
them, and with a notebook's cell that fails after it has opened the session. Otherwise the others wait for a trainer that
is no more, until its site node finds it silent.
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
    """What is still to be done for one session, once."""

    def __init__(self, session: object, leave: Callable[[], None]) -> None:
        # A process that is forked from this one, such as a loader's, has no part in it.
        self._process, self._leave = os.getpid(), leave
        self._finalizer = weakref.finalize(session, _at_the_end, self._process, leave)
        _open.add(self._finalizer)
        _watch_signals()
        _watch_cell(self._finalizer)

    def is_due(self) -> bool:
        """Whether nobody has left it yet."""
        return self._finalizer.alive

    def now(self) -> None:
        """Leaves, unless it is done."""
        if self._finalizer.detach() and os.getpid() == self._process:
            self._leave()
        _forget()

    def forget(self) -> None:
        """Does nothing at the end: the session was not opened."""
        self._finalizer.detach()
        _forget()


def _at_the_end(process: int, leave: Callable[[], None]) -> None:
    if os.getpid() == process:
        # What ends the program, an exception perhaps, is what its user wants to read.
        with suppress(Exception, KeyboardInterrupt):
            leave()


def _forget() -> None:
    _open.difference_update([each for each in _open if not each.alive])
    if not _open and _is_main_thread():
        for number in SIGNALS:
            if signal.getsignal(number) is _on_signal:
                signal.signal(number, signal.SIG_DFL)


def _watch_signals() -> None:
    """Signals that end the program, and would without a word."""
    if _is_main_thread():
        for number in SIGNALS:
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _on_signal)


def _on_signal(number: int, _: Any) -> None:
    """Leaves, and ends as if nobody had listened."""
    # In a thread, for the signal may have come while this one held what leaving takes.
    thread = threading.Thread(target=lambda: [finalizer() for finalizer in list(_open)], daemon=True)
    thread.start()
    thread.join(LIMIT_SECONDS)
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    # The first process of a container is not ended by a signal that it does not handle.
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):
            stream.flush()
    os._exit(128 + number)


def _watch_cell(finalizer: weakref.finalize[Any, Any]) -> None:
    """Of a cell that fails the notebook keeps everything, for its debugger."""
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
