"""Rounds of a Flower deployment: a SuperLink, a SuperNode for each site, and ``flwr run``.

All state in memory, no TLS. A SuperNode asks for messages every three seconds and has a
process started for each, which cannot be changed.
"""

import os
import shutil
import socket
import sys
from pathlib import Path

from peers import processes
from peers.cell import FOLDER, SITES

APP = Path(__file__).parent / os.environ.get("BENCH_FLWR_APP", "flwr_app")
# A SuperExec looks for tasks every second unless told otherwise. 10 ms is the least that it
# takes, but then many of them ask all the time; how much that costs is not measured yet.
ENVIRONMENT = {
    "FLWR_HOME": str(FOLDER / "flwr"),
    "FLWR_TELEMETRY_ENABLED": "0",
    "FLWR_DISABLE_UPDATE_CHECK": "1",
    "FLWR_SUPEREXEC_TASK_POLL_INTERVAL": "0.1",
}


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def main() -> None:
    """Runs until the rounds are over."""
    ports = _free_ports(SITES + 1)
    link = f"127.0.0.1:{ports[0]}"
    home = FOLDER / "flwr"
    home.mkdir()
    (home / "config.toml").write_text(
        f'[superlink]\ndefault = "bench"\n\n[superlink.bench]\naddress = "{link}"\ninsecure = true\n'
    )
    app = shutil.copytree(APP, FOLDER / "app")
    processes.start(
        "superlink",
        [
            "flower-superlink",
            "--insecure",
            "--disable-runtime-dependency-installation",
            *("--host", "127.0.0.1", "--port", str(ports[0])),
        ],
        **ENVIRONMENT,
    )
    processes.await_true("the SuperLink listens", lambda: _is_open(ports[0]))
    for site in range(SITES):
        processes.start(
            f"supernode-{site}",
            [
                "flower-supernode",
                "--insecure",
                *("--superlink", link, "--node-config", f"site={site}"),
                *("--host", "127.0.0.1", "--port", str(ports[site + 1])),
            ],
            **ENVIRONMENT,
        )
    run = processes.start("run", ["flwr", "run", str(app), "bench"], **ENVIRONMENT)
    if run.wait() != 0:
        sys.exit((FOLDER / "run.log").read_text())
    processes.await_true("rounds", _is_over, seconds=24 * 3600)


def _is_over() -> bool:
    events = FOLDER / "events.jsonl"
    return events.exists() and '"checked"' in events.read_text()


if __name__ == "__main__":
    main()
