"""What a sync costs a PyTorch trainer: where its time goes, and how much memory trainer and site node use.

    pip install './python[torch]'
    python python/benchmarks/overhead.py --parameters 11.7M,100M

Two sites, each a trainer's process and a node's (`./swarm site`, which runs with -Xmx300m), in a swarm on this machine. The
trainers do not train: each adds a little to its weights and syncs. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from bench_swarm import BenchSwarm, node_name
from memory import peak_bytes
from overhead_trainer import Trainer, run

SITES = 2
CONTRACT = "overhead"
PARTS = ("collect", "send", "wait", "receive", "load", "all")
UNITS = {"k": 10**3, "M": 10**6, "B": 10**9}
MIB = 1 << 20


def main() -> None:
    """Prints a row for each size, or JSON."""
    chosen = arguments()
    rows = [measure(size, chosen.warm_up, chosen.rounds) for size in chosen.parameters]
    print(json.dumps(rows, indent=1) if chosen.json else table(rows))


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parameters", type=sizes, default=[11_700_000, 100_000_000], help="default 11.7M,100M")
    parser.add_argument("--rounds", type=int, default=7, help="rounds that are measured; default 7")
    parser.add_argument(
        "--warm-up", type=int, default=8, help="rounds before them, for the compilers to warm up; default 8"
    )
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser.parse_args()


def sizes(text: str) -> list[int]:
    """Parses sizes such as 10k,11.7M,1B."""
    return [round(float(size.rstrip("kMB")) * UNITS.get(size[-1], 1)) for size in text.split(",")]


def measure(parameters: int, warm_up: int, rounds: int) -> dict[str, Any]:
    """Runs one training in a swarm of its own, so that an earlier one does not count towards its memory."""
    spawn = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="swarm-overhead-"))
        swarm = stack.enter_context(BenchSwarm(Path(folder)))
        trainers = [Trainer(url, CONTRACT, parameters, warm_up, rounds) for url in swarm.nodes(SITES)]
        swarm.create(CONTRACT, "mean", SITES)
        pools = [stack.enter_context(ProcessPoolExecutor(1, spawn)) for _ in trainers]
        running = [pool.submit(run, trainer) for pool, trainer in zip(pools, trainers)]
        measured = [each.result() for each in running]
        nodes = [peak_bytes(swarm.pid(node_name(number))) for number in range(SITES)]
    seconds = [each for site in measured for each in site.rounds]
    return {
        "parameters": parameters,
        "rounds": rounds,
        "millis": {part: round(1000 * median(each[part] for each in seconds)) for part in PARTS},
        "trainerBeforeMiB": [site.before_bytes // MIB for site in measured],
        "trainerPeakMiB": [site.peak_bytes // MIB for site in measured],
        "nodePeakMiB": [each // MIB for each in nodes],
    }


def table(rows: list[dict[str, Any]]) -> str:
    """The results as text: medians of both sites' rounds in ms, memory in MiB."""
    lines = [f"{'parameters':>12}" + "".join(f"{part:>9}" for part in PARTS) + "   MiB: trainer, its peak, site node's"]
    for row in rows:
        times = "".join(f"{row['millis'][part]:>9,}" for part in PARTS)
        memory = "   ".join(
            f"{before:,} {peak:,} {node:,}"
            for before, peak, node in zip(row["trainerBeforeMiB"], row["trainerPeakMiB"], row["nodePeakMiB"])
        )
        lines.append(f"{row['parameters']:>12,}{times}   {memory}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
