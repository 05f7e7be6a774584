"""A real swarm on this machine: `./swarm up` and site nodes, each a process that a test may kill.

SWARM_CLASS_PATH, of a build that runs these tests, keeps `./swarm` from building.
"""

from __future__ import annotations

import os
import random
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

from swarmstream._node import SiteNode

# Another checkout's, if that is named.
REPOSITORY = Path(os.environ.get("SWARM_REPOSITORY", Path(__file__).resolve().parents[2]))
DEFAULT_CONTRACT = "defaultbb.cqdb.sml.hpe"
# As on many a machine: no locale, and a proxy, which is not for what runs on this one, but for a build, if it takes one.
ELSEWHERE = {"LC_ALL": "POSIX"}
if "SWARM_CLASS_PATH" in os.environ:
    ELSEWHERE.update(dict.fromkeys(("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"), "http://127.0.0.1:9"))
START_SECONDS = 600  # the first time it is built
STOP_SECONDS = 30
NAMES = ("hospital-a", "hospital-b", "hospital-c", "hospital-d")


class RealSwarm:
    """Up as long as the block runs; its data is in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._urls: list[str] = []
        self._new_draft = b""

    def __enter__(self) -> RealSwarm:
        self._start("up", "up", "--folder", str(self.folder / "up"), "--grace-seconds", "5", **quick_java("2g"))
        try:
            self._wait("up", (self.folder / "up" / "swarm.properties").exists)
            self._new_draft = self._draft(DEFAULT_CONTRACT).read_bytes()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """The site nodes first; what does not end is killed."""
        for process in reversed(self._running.values()):
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def sites(self, count: int) -> list[str]:
        """Addresses of site nodes that all tests share; starts those that are still missing, at the same time."""
        begun = {name: self._begin(name, free_port(), self._place()) for name in NAMES[len(self._urls) : count]}
        for name, url in begun.items():
            self._wait(name, partial(answers, url))
        self._urls += begun.values()
        return self._urls[:count]

    def restart(self, name: str, url: str) -> None:
        """The node of a site that was killed, at the address that it had."""
        self._begin(name, int(url.rpartition(":")[2]), self._place())
        self._wait(name, partial(answers, url))

    def outsider(self, name: str) -> str:
        """A node without the key of the contracts' owner: it cannot enrol itself."""
        elsewhere, password = self.folder / f"{name}.swarm", self.folder / f"{name}.password"
        elsewhere.mkdir()
        shutil.copy(self.folder / "up" / "swarm.properties", elsewhere)
        password.write_text("a password\n")
        url = self._begin(name, free_port(), ["--swarm", str(elsewhere), "--password-file", str(password)])
        self._wait(name, partial(answers, url))
        return url

    def with_doors(self, name: str) -> tuple[Path, str]:
        """A site node with HPE's pipes and a socket: the pipes' folder, and the socket's address."""
        pipes, door = self.folder / f"{name}.pipes", self.folder / f"{name}.door" / "s.sock"
        if name not in self._running:
            place = ["--pipes", str(pipes), "--socket", str(door), *self._place()]
            url = self._begin(name, free_port(), place)
            self._wait(name, partial(answers, url))
        return pipes, f"unix://{door}"

    def _begin(self, name: str, port: int, place: list[str]) -> str:
        options = ["--name", name, "--port", str(port), "--folder", str(self.folder / name)]
        self._start(name, "site", *options, *place, **quick_java("300m"))
        return f"http://127.0.0.1:{port}"

    def kill(self, name: str) -> None:
        """As kill -9 does."""
        process = self._running.pop(name)
        process.kill()
        process.wait()

    def contract(self, name: str) -> str:
        """A draft like the one that `up` makes: its first trainer brings the layout and the terms."""
        self._draft(name).write_bytes(self._new_draft)
        return name

    def patient_contract(self, name: str) -> str:
        """One whose rounds wait for all live sites, however long."""
        self._do("contract", "create", name, "--grace-seconds", "600")
        return name

    def private_contract(self, name: str, privacy: str) -> str:
        """One with clipping and noise; its rounds wait for all live sites, however long."""
        self._do("contract", "create", name, "--grace-seconds", "600", "--privacy", privacy)
        return name

    def shown(self, contract: str) -> str:
        """What `swarm contract show` says."""
        return self._do("contract", "show", contract)

    def reset_contract(self, name: str) -> None:
        """The next trainer may bring another model."""
        self._do("contract", "reset", name)

    def _do(self, *command: str) -> str:
        done = subprocess.run(
            [REPOSITORY / "swarm", *command, *self._place()],
            capture_output=True,
            text=True,
            env={**os.environ, **ELSEWHERE},
            check=False,
            timeout=START_SECONDS,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def _draft(self, contract: str) -> Path:
        return self.folder / "up" / "drafts" / f"{contract}.properties"

    def _place(self) -> list[str]:
        return ["--swarm", str(self.folder / "up")]

    def _start(self, name: str, *command: str, **environment: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self._running[name] = subprocess.Popen(
                [REPOSITORY / "swarm", *command], stdout=log, stderr=log, env={**os.environ, **ELSEWHERE, **environment}
            )

    def _wait(self, name: str, ready: Callable[[], bool]) -> None:
        end = time.monotonic() + START_SECONDS
        while not ready():
            said = (self.folder / f"{name}.log").read_text()
            assert self._running[name].poll() is None, f"{name} has stopped:\n{said}"
            assert time.monotonic() < end, f"{name} did not start in {START_SECONDS} s:\n{said}"
            time.sleep(0.2)


def quick_java(memory: str) -> dict[str, str]:
    """For a process of a minute or two: what it takes to optimise its code is more than what that gives."""
    return {"SWARM_JAVA_OPTIONS": f"-Xmx{memory} -XX:+UseSerialGC -XX:TieredStopAtLevel=1"}


def free_port() -> int:
    """A port below those that the system gives to connections, so that nobody has it when a program listens on it."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def answers(url: str) -> bool:
    """Whether there is a site node."""
    try:
        with urllib.request.urlopen(url + "/healthz", timeout=2) as answer:
            return int(answer.status) == 200
    except OSError:
        return False


def waits_for_round(url: str, contract: str, number: int) -> bool:
    """As people see it on the node's status page."""
    sessions = SiteNode(url).status()["sessions"]
    return any(
        session["contract"] == contract and session["waitingFor"].endswith(f"round {number}") for session in sessions
    )
