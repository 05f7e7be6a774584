"""How well sites learn Fashion-MNIST together: each merge method after 2, 5 and 10 epochs, with HPE's published figures.

    apt-get install dataset-fashion-mnist
    pip install './python[torch]'
    python python/benchmarks/learning.py

Each site has mostly 3 or 4 of the ten classes. The rounds are real: `./swarm up`, and a process for each site's node. The
results are kept in a file, so that a benchmark that was interrupted, or ended by --minutes, resumes.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench_swarm import BenchSwarm
from classifier import SETUP
from learning_results import EPOCHS, METHODS, Cell, Results, table
from site_process import SYNC_INTERVAL, Course, Seat, Training, begin, train_alone, train_together

RESULTS = Path(__file__).resolve().parents[1] / "target" / "learning.jsonl"
# Small heaps: the model is small, and there are many nodes.
SMALL_JAVA = "-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"


def main() -> None:
    """Trains what is missing, and prints all results."""
    chosen = arguments()
    results = Results(chosen.results, f"{SETUP}, a round each {SYNC_INTERVAL} batches")
    end = time.monotonic() + chosen.minutes * 60
    with ExitStack() as stack:
        pool = ProcessPoolExecutor(chosen.processes, multiprocessing.get_context("spawn"), begin)
        bench = Bench(results, chosen.processes, stack.enter_context(pool), stack)
        for sites, seed, method in wanted(chosen):
            if time.monotonic() > end:
                print("the time is up; run the same command again to continue", file=sys.stderr)
                break
            bench.train(sites, seed, method)
    summary = results.summary()
    print(json.dumps({"setup": results.setup, "rows": summary}, indent=1) if chosen.json else table(summary))


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=numbers, default=[6, 12], help="numbers of sites, multiples of 3; default 6,12")
    parser.add_argument(
        "--seeds", type=numbers, default=[1, 2, 3], help="seeds of split, weights and order; default 1,2,3"
    )
    parser.add_argument("--methods", type=lambda text: text.split(","), default=list(METHODS))
    parser.add_argument("--results", type=Path, default=RESULTS, help=f"lines of JSON; default {RESULTS}")
    parser.add_argument("--minutes", type=float, default=24 * 60, help="no training begins after this many minutes")
    parser.add_argument("--processes", type=int, default=2, help="training processes, one core each; default 2")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    return parser.parse_args()


def numbers(text: str) -> list[int]:
    """Parses numbers such as 6,12."""
    return [int(number) for number in text.split(",")]


def wanted(chosen: argparse.Namespace) -> Iterator[tuple[int, int, str | None]]:
    """All cells, seed by seed, so that an interrupted run has all rows. The method None trains without a swarm."""
    for seed in chosen.seeds:
        for method in (*chosen.methods, None):
            for sites in chosen.sites:
                yield sites, seed, method


@dataclass
class Bench:
    """Trains the cells that have no result yet."""

    results: Results
    processes: int
    pool: Executor
    stack: ExitStack
    swarm: BenchSwarm | None = None

    def train(self, sites: int, seed: int, method: str | None) -> None:
        """Trains in the swarm with a merge method; with None on all data pooled and on each site's alone."""
        if method is None:
            self._train_without_swarm(sites, seed)
        elif not self.results.has(sites, seed, method):
            self._train_with_swarm(sites, seed, method)

    def _train_without_swarm(self, sites: int, seed: int) -> None:
        # The longest trainings first, so that no process is idle at the end.
        models: list[tuple[str, int | None]] = [("pooled", None), *(("alone", site) for site in range(sites))]
        missing = [model for model in models if not self.results.has(sites, seed, *model)]
        courses = self.pool.map(partial(train_alone, sites, seed), [site for _, site in missing])
        for (trained, site), course in zip(missing, courses):
            self._keep(Cell(self.results.setup, sites, seed, trained, percent(course), site=site))

    def _train_with_swarm(self, sites: int, seed: int, method: str) -> None:
        swarm = self._up()
        urls = swarm.nodes(sites)
        began = time.monotonic()
        training = Training(sites, seed, method, contract=f"fashion-{sites}-{method}-{seed}")
        swarm.create(training.contract, method, sites)
        seats = [Seat(number, url) for number, url in enumerate(urls)]
        # All of these run at once: each process of the pool takes one until the training is over.
        running = [
            self.pool.submit(train_together, training, seats[part :: self.processes])
            for part in range(min(self.processes, sites))
        ]
        courses = [course for each in running for course in each.result()]
        require_one_model(courses)
        first = next(course for course in courses if course.scores)
        self._keep(
            Cell(
                self.results.setup,
                sites,
                seed,
                method,
                percent(first),
                rounds=first.rounds,
                seconds=round(time.monotonic() - began, 1),
                model_hash=first.final_hash,
            )
        )

    def _up(self) -> BenchSwarm:
        """The swarm; starts with the first training that needs it."""
        if self.swarm is None:
            folder = self.stack.enter_context(tempfile.TemporaryDirectory(prefix="swarm-learning-"))
            self.swarm = self.stack.enter_context(BenchSwarm(Path(folder)))
            os.environ.setdefault("SWARM_JAVA_OPTIONS", SMALL_JAVA)
        return self.swarm

    def _keep(self, cell: Cell) -> None:
        self.results.add(cell)
        where = "" if cell.site is None else f" {cell.site + 1}"
        accuracies = ", ".join(f"{scores['accuracy']:.2f}" for scores in cell.scores.values())
        print(
            f"{time.strftime('%X')} {cell.sites} sites, seed {cell.seed}, {cell.trained}{where}: accuracy {accuracies} %"
            + (f"; {cell.rounds} rounds in {cell.seconds:.0f} s" if cell.rounds else ""),
            file=sys.stderr,
            flush=True,
        )


def require_one_model(courses: list[Course]) -> None:
    """Checks that all sites had the same bits at each look, and that the last round, without training, kept them."""
    for epochs in EPOCHS:
        require_equal(f"models after {epochs} epochs", [course.digests[epochs] for course in courses])
    require_equal("last models", [course.final_digest for course in courses] + [courses[0].digests[EPOCHS[-1]]])
    require_equal("records of the last model", [course.final_hash for course in courses])


def require_equal(what: str, hashes: list[str]) -> None:
    """Over all sites."""
    if len(set(hashes)) != 1:
        raise SystemExit(f"sites have different {what}: {', '.join(hashes)}")


def percent(course: Course) -> dict[int, dict[str, float]]:
    """HPE's figures as published."""
    return {
        epochs: {
            "accuracy": round(100 * scores.accuracy, 2),
            "f1": round(100 * scores.f1, 2),
            "loss": round(scores.loss, 4),
        }
        for epochs, scores in course.scores.items()
    }


if __name__ == "__main__":
    main()
