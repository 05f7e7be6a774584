"""Whatever ends a trainer, the other sites do not wait for it."""

from __future__ import annotations

import gc
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import swarmstream
from fake_swarm import FakeSwarm, until
from programs_at_sites import Program

PROGRAM = Path(__file__).parent / "programs" / "ends.py"
OF_OURS = ("_leaving.py", "_session.py", "_exchange.py", "Exception ignored")


def started(swarm: FakeSwarm, how: str) -> Program:
    return Program(PROGRAM, SWARM_SITE_URL=swarm.url, HOW=how)


def joined(swarm: FakeSwarm) -> swarmstream.Session:
    session = swarmstream.join("digits", {"w": np.zeros(3)}, url=swarm.url)
    session.open()
    return session


@pytest.mark.parametrize(
    ("how", "status", "last"),
    [
        ("raises", 1, "ZeroDivisionError: the program's own"),
        ("exits", 1, "the program's own"),
        ("is-interrupted", -signal.SIGINT, "KeyboardInterrupt"),
    ],
)
def test_a_program_that_fails_has_left(swarm: FakeSwarm, how: str, status: int, last: str) -> None:
    program = started(swarm, how)
    assert program.ended() == status
    assert len(swarm.nodes[0].left) == 1
    assert program.said.rstrip().splitlines()[-1].startswith(last)
    assert not any(text in program.said for text in OF_OURS)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_program_as_it_would_without_us_but_not_in_silence(swarm: FakeSwarm, number: int) -> None:
    program = started(swarm, "is-killed")
    program.awaits_line("trains")
    program.signal(number)
    assert program.ended() == -number
    assert len(swarm.nodes[0].left) == 1


def test_a_signal_also_ends_what_waits_for_others(two: FakeSwarm) -> None:
    program = started(two, "is-killed")
    program.awaits_line("Starting Swarm merging round")
    until(lambda: two.missing(0) == ["site-1"])
    program.signal(signal.SIGTERM)
    assert program.ended() == -signal.SIGTERM
    assert len(two.nodes[0].left) == 1


def test_who_handles_the_signal_still_does(swarm: FakeSwarm) -> None:
    program = started(swarm, "handles-sigterm")
    program.awaits_line("trains")
    program.signal(signal.SIGTERM)
    assert program.ended() == 1
    assert "its own handler" in program.said
    assert len(swarm.nodes[0].left) == 1


def test_processes_that_were_forked_do_not_leave_for_it(swarm: FakeSwarm) -> None:
    program = started(swarm, "forks")
    program.awaits_line("its children are gone")
    assert swarm.nodes[0].left == []
    program.signal(signal.SIGTERM)
    program.ended()
    assert len(swarm.nodes[0].left) == 1


def test_a_callback_that_nobody_has_any_more_has_left(swarm: FakeSwarm) -> None:
    program = started(swarm, "drops-it")
    program.awaits_line("it trains on, alone")
    until(lambda: len(swarm.nodes[0].left) == 1)
    program.kill()


def test_a_site_node_that_does_not_answer_keeps_nobody_long(swarm: FakeSwarm) -> None:
    swarm.nodes[0].hangs_when_left = True
    program = started(swarm, "raises")
    program.awaits_line("ZeroDivisionError")
    begun = time.monotonic()
    assert program.ended() == 1
    assert time.monotonic() - begun < 6


def test_a_session_that_is_garbage_is_left(swarm: FakeSwarm) -> None:
    session = joined(swarm)
    del session
    gc.collect()
    assert len(swarm.nodes[0].left) == 1


def test_leaves_once(swarm: FakeSwarm) -> None:
    session = joined(swarm)
    session.leave()
    session.leave()
    del session
    gc.collect()
    assert len(swarm.nodes[0].left) == 1


def test_leaves_no_handler_of_signals_behind(swarm: FakeSwarm) -> None:
    with joined(swarm), joined(swarm):
        assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_thread_may_train(swarm: FakeSwarm) -> None:
    thread = threading.Thread(target=lambda: joined(swarm).leave())
    thread.start()
    thread.join()
    assert len(swarm.nodes[0].left) == 1


class Shell:
    """Of IPython, what a cell is told its end by."""

    def __init__(self) -> None:
        self.events = self
        self.hooks: list[Callable[[Any], None]] = []

    def register(self, event: str, hook: Callable[[Any], None]) -> None:
        assert event == "post_run_cell"
        self.hooks.append(hook)

    def unregister(self, event: str, hook: Callable[[Any], None]) -> None:
        assert event == "post_run_cell"
        self.hooks.remove(hook)

    def ends_cell(self, success: bool) -> None:
        for hook in list(self.hooks):
            hook(SimpleNamespace(success=success))


@pytest.mark.parametrize(("cells", "left"), [([False], 1), ([True], 0), ([True, False], 0)])
def test_a_cell_that_fails_leaves_what_it_has_opened(
    swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch, cells: list[bool], left: int
) -> None:
    shell = Shell()
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    session = joined(swarm)
    for success in cells:
        shell.ends_cell(success)
    assert len(swarm.nodes[0].left) == left
    assert shell.hooks == []
    session.leave()
