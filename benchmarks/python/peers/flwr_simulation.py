"""Strategies in Flower's simulation: sites take turns in as many Ray actors as there are cores."""

import os
import sys
from pathlib import Path

from flwr.simulation import run_simulation

from peers.cell import SITES

sys.path.insert(0, str(Path(__file__).parent / "flwr_strategies"))

if __name__ == "__main__":
    os.environ.setdefault("BENCH_POLL_SECONDS", "0.002")  # in one process, a poll costs nothing
    from strategies_app import client, server

    run_simulation(
        server_app=server,
        client_app=client,
        num_supernodes=SITES,
        backend_config={
            "client_resources": {"num_cpus": 1},
            "init_args": {"include_dashboard": False, "log_to_driver": False},
        },
    )
