"""The sides of the comparison of strategies: a swarm, and Flower in a simulation and in a deployment."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

import federated  # noqa: F401  adds python/benchmarks to the path
from bench_swarm import BenchSwarm
from real_swarm import quick_java
from training import Settings, Training

HERE = Path(__file__).resolve().parent
STOP_SECONDS = 30


def terms(strategy: str, settings: Settings) -> tuple[str, ...]:
    """Options of `swarm contract create` for a strategy."""
    adam = f"adam:lr={settings.lr},beta1={settings.beta1},beta2={settings.beta2},tau={settings.tau}"
    return {
        "mean": (),
        "adam": ("--optimizer", adam),
        "dp": ("--privacy", f"dp(clip={settings.clip},noise={settings.noise})"),
        "masked": ("--privacy", f"masked(range={settings.magnitude})"),
    }[strategy]


class Side(Protocol):
    """A system that trains."""

    def train(self, training: Training, folder: Path, deadline_seconds: float) -> None:
        """Trains; what the processes say, and `events.jsonl`, go to the folder."""


class SwarmSide:
    """`./swarm up`, and for each site a node and a trainer, each a process."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._swarm: BenchSwarm | None = None

    def train(self, training: Training, folder: Path, deadline_seconds: float) -> None:
        """Returns when all sites have had the last round."""
        settings = training.settings
        swarm = self._up()
        urls = swarm.nodes(settings.sites)
        contract = f"{training.strategy}-{training.seed}"
        swarm.create(contract, "mean", settings.sites, *terms(training.strategy, settings))
        commands = [
            [sys.executable, str(HERE / "strategy_sites.py"), contract, str(site), url] for site, url in enumerate(urls)
        ]
        run(commands, training, folder, deadline_seconds)

    def _up(self) -> BenchSwarm:
        if self._swarm is None:
            place = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="swarm-strategies-"))
            # Of the nodes: their work is small, and there are many.
            os.environ.setdefault("SWARM_JAVA_OPTIONS", quick_java("128m")["SWARM_JAVA_OPTIONS"])
            self._swarm = self._stack.enter_context(BenchSwarm(Path(place)))
        return self._swarm


class FlowerSide:
    """A program of peers/, which starts and ends all of Flower's processes."""

    def __init__(self, module: str) -> None:
        self._module = module

    def train(self, training: Training, folder: Path, deadline_seconds: float) -> None:
        """Returns when the server has had the last round."""
        run([[sys.executable, "-m", f"peers.{self._module}"]], training, folder, deadline_seconds)


def run(commands: list[list[str]], training: Training, folder: Path, deadline_seconds: float) -> None:
    """Runs these commands at the same time until all have ended."""
    settings = training.settings
    environment = {
        **os.environ,
        **training.environment(),
        "BENCH_SITES": str(settings.sites),
        "BENCH_PARAMETERS": str(training.federation.task.network.size),
        "BENCH_ROUNDS": str(settings.rounds),
        "BENCH_SECONDS": str(deadline_seconds),
        "BENCH_FOLDER": str(folder),
        "BENCH_FLWR_APP": "flwr_strategies",
        "FLWR_TELEMETRY_ENABLED": "0",
        "FLWR_DISABLE_UPDATE_CHECK": "1",
        "RAY_USAGE_STATS_ENABLED": "0",
        "PYTHONPATH": str(HERE),
        # Of many processes on few cores; the network is small.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    end = time.monotonic() + deadline_seconds
    with started(commands, environment, folder) as processes:
        while any(process.poll() is None for process in processes):
            if any(process.poll() for process in processes):
                raise SystemExit(f"{training.strategy}, seed {training.seed}: a process failed\n{said(folder)}")
            if time.monotonic() > end:
                raise SystemExit(
                    f"{training.strategy}, seed {training.seed}: not done within {deadline_seconds:.0f} s; give it more"
                    f" with --deadline, or see why:\n{said(folder)}"
                )
            time.sleep(0.2)
    if any(process.returncode for process in processes):
        raise SystemExit(f"{training.strategy}, seed {training.seed}: a process failed\n{said(folder)}")


@contextmanager
def started(
    commands: list[list[str]], environment: dict[str, str], folder: Path
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Processes that end with the block."""
    processes: list[subprocess.Popen[bytes]] = []
    try:
        for number, command in enumerate(commands):
            with (folder / f"process-{number}.log").open("wb") as log:
                processes.append(
                    subprocess.Popen(
                        command,
                        cwd=HERE,
                        env=environment,
                        stdin=subprocess.DEVNULL,
                        stdout=log,
                        stderr=subprocess.STDOUT,
                    )
                )
        yield processes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def said(folder: Path) -> str:
    """The last lines of each process."""
    ends = []
    for log in sorted(folder.glob("*.log")):
        lines = log.read_text(errors="replace").splitlines()[-15:]
        ends.append("\n".join([f"-- {log.name}", *lines]))
    return "\n".join(ends)
