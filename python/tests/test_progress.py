from __future__ import annotations

import io
import logging
from types import SimpleNamespace

import pytest

from swarmstream._progress import LogLines, TerminalLine, Waiting, progress_for

WAITING = Waiting(round=7, missing=("hospital-b", "hospital-c"), contributed=1, min_peers=2, left_seconds=42.4)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_has_one_line_that_says_who_is_missing_and_how_long_it_waits() -> None:
    terminal = Terminal()
    progress = progress_for(terminal)
    progress.waits(WAITING)
    progress.waits(WAITING)
    progress.done()

    assert isinstance(progress, TerminalLine)
    line = "\r\x1b[Kround 7: waits for hospital-b, hospital-c · 1 in, 2 needed · gives up in 42 s"
    assert terminal.getvalue() == line + line + "\r\x1b[K"


def test_a_file_gets_nothing_of_what_the_log_gets(capsys: pytest.CaptureFixture[str]) -> None:
    file = io.StringIO()
    progress = progress_for(file)
    progress.waits(WAITING)
    progress.done()

    assert isinstance(progress, LogLines)
    assert (file.getvalue(), capsys.readouterr().err) == ("", "")


def test_where_nobody_has_configured_logging_lines_go_to_standard_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    LogLines().waits(WAITING)
    assert capsys.readouterr().err.startswith("swarmstream: round 7: waits for hospital-b, hospital-c · 1 in, 2 needed")


def test_who_brings_a_logger_has_all_lines_there(caplog: pytest.LogCaptureFixture) -> None:
    progress = LogLines(logging.getLogger("SwarmCallbackOfOnesOwn"))
    with caplog.at_level(logging.INFO, "SwarmCallbackOfOnesOwn"):
        progress.waits(WAITING)
        progress.warns("the training was over")
    assert [record.levelname for record in caplog.records] == ["INFO", "WARNING"]


@pytest.mark.parametrize(("minutes", "lines"), [(0.3, 1), (0.6, 2), (5, 10)])
def test_a_log_has_a_line_each_half_minute_while_nothing_is_new(
    minutes: float, lines: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    monkeypatch.setattr("swarmstream._progress.time", SimpleNamespace(monotonic=lambda: clock[0]))
    progress = LogLines()
    with caplog.at_level(logging.INFO, "swarmstream"):
        while clock[0] < 60 * minutes:
            progress.waits(WAITING)
            clock[0] += progress.interval_seconds + 0.01
    assert len(caplog.records) == lines


def test_an_error_whose_text_differs_in_an_address_is_not_a_new_one(caplog: pytest.LogCaptureFixture) -> None:
    progress = LogLines()
    with caplog.at_level(logging.INFO, "swarmstream"):
        for address in ("0x7f00", "0x7fa8"):
            progress.waits(Waiting(round=1, reason=f"<HTTPConnection object at {address}>: refused"))
    assert len(caplog.records) == 1


def test_a_log_has_a_line_for_what_is_new(caplog: pytest.LogCaptureFixture) -> None:
    progress = LogLines()
    with caplog.at_level(logging.INFO, "swarmstream"):
        progress.waits(WAITING)
        progress.waits(Waiting(round=7, missing=WAITING.missing, left_seconds=30))
        progress.waits(Waiting(round=7, missing=("hospital-c",), closes_in_seconds=30, left_seconds=20))

    assert [record.message.split(" · ")[0] for record in caplog.records] == [
        "round 7: waits for hospital-b, hospital-c",
        "round 7: waits for hospital-c",
    ]
    assert "closes in 30 s" in caplog.records[1].message


def test_says_how_many_more_are_needed_where_nobody_is_missing() -> None:
    needed = "1 more site is needed: no other is enrolled, have the contract's owner enrol it and start its trainer"
    state = {"round": 3, "missing": [], "waitsFor": needed, "contributed": 1, "minPeers": 2}

    assert needed in str(Waiting.of(state, 60))
    assert "waits for hospital-b" in str(Waiting.of({"round": 3, "missing": ["hospital-b"]}, 60))


@pytest.mark.parametrize(
    ("waits_for", "said"),
    [
        ("the job, which has said nothing yet", "round 3: waits for the job, which has said nothing yet · "),
        ("the merge", "round 3: waits for the merge · "),
        ("1 more site is needed: no other is enrolled", "round 3: 1 more site is needed: no other is enrolled · "),
    ],
)
def test_reads_once_whatever_is_waited_for(waits_for: str, said: str) -> None:
    assert str(Waiting.of({"round": 3, "waitsFor": waits_for}, 60)).startswith(said)
