"""A real swarm on this machine: `./swarm up`, and site nodes beside it, each a process that a test may kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

# Another checkout's, if that is named.
REPOSITORY = Path(os.environ.get("SWARM_REPOSITORY", Path(__file__).resolve().parents[2]))
DEFAULT_CONTRACT = "defaultbb.cqdb.sml.hpe"
START_SECONDS = 600  # the first time it is built
STOP_SECONDS = 30


class RealSwarm:
    """Up as long as the block runs; its data is in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> RealSwarm:
        self._start("up", "up", "--folder", str(self.folder / "up"), "--grace-seconds", "5")
        self._wait("up", (self.folder / "up" / "swarm.properties").exists)
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._running.values()):
            process.send_signal(signal.SIGINT)
        for process in self._running.values():
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def site(self, name: str, port: int | None = None) -> str:
        """Starts a site's node and returns its address."""
        chosen = port or free_port()
        url = f"http://127.0.0.1:{chosen}"
        folder = str(self.folder / name)
        self._start(name, "site", "--name", name, "--port", str(chosen), "--folder", folder, *self._place())
        self._wait(name, lambda: answers(url + "/healthz"))
        return url

    def kill(self, name: str) -> None:
        """As kill -9 does."""
        process = self._running.pop(name)
        process.kill()
        process.wait()

    def contract(self, name: str) -> str:
        """A draft; its first trainer brings the layout."""
        self._do("contract", "create", name, "--min-peers", "2", "--grace-seconds", "5")
        return name

    def reset_default_contract(self) -> None:
        """The next trainer may bring another model."""
        self._do("contract", "reset", DEFAULT_CONTRACT)

    def _do(self, *command: str) -> None:
        done = subprocess.run(
            [REPOSITORY / "swarm", *command, *self._place()],
            capture_output=True,
            text=True,
            check=False,
            timeout=START_SECONDS,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def _place(self) -> list[str]:
        return ["--swarm", str(self.folder / "up")]

    def _start(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen([REPOSITORY / "swarm", *command], stdout=log, stderr=log)

    def _wait(self, name: str, ready: Callable[[], bool]) -> None:
        end = time.monotonic() + START_SECONDS
        while not ready():
            said = (self.folder / f"{name}.log").read_text()
            assert self._running[name].poll() is None, f"{name} has stopped:\n{said}"
            assert time.monotonic() < end, f"{name} did not start in {START_SECONDS} s:\n{said}"
            time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return int(answer.status) == 200
    except OSError:
        return False
