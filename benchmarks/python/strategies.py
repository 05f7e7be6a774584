"""Mean, Adam at the server, central differential privacy and secure aggregation: a swarm and Flower, side by side.

Both train the same network (64, 32 and 10 units, NumPy) on the same digits with the same mini-batches at the same
eight sites, from the same weights. Flower runs its FedAvg, FedAdam, DifferentialPrivacyClientSideFixedClipping with
fixedclipping_mod, and SecAggPlusWorkflow with secaggplus_mod.

    python3 -m pip install 'flwr[simulation]==1.42.0' scikit-learn ./python
    python3 benchmarks/python/strategies.py

A side is `swarm` (./swarm up, a node and a trainer for each site, each a process), `flwr-simulation` (Ray) or
`flwr-deployment` (a SuperLink, and a SuperNode for each site). Each training has a deadline. Trainings that are done
are kept in a file, so that a run that was interrupted, or ended by --minutes, resumes; times are those of the hour in
which a training ran, so give another file with --results to measure again.
"""

from __future__ import annotations

import argparse
import itertools
import json
import signal
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from federated import STEADY, has_reached
from finished import Finished, add_options
from strategy_sides import FlowerSide, Side, SwarmSide
from training import Settings, Training

STRATEGIES = ("mean", "adam", "dp", "masked")
SIDES: dict[str, Callable[[ExitStack], Side]] = {
    "swarm": SwarmSide,
    "flwr-simulation": lambda _: FlowerSide("flwr_simulation"),
    "flwr-deployment": lambda _: FlowerSide("flwr_deployment"),
}


Told = dict[str, list[float]]
"""What a training told: the accuracy after each round from 1, and the seconds from the round before."""


@dataclass
class Row:
    """What the seeds of one strategy came to on one side."""

    strategy: str
    side: str
    rounds_to_target: list[int | None] = field(default_factory=list)
    accuracies: list[float] = field(default_factory=list)
    round_seconds: list[float] = field(default_factory=list)

    def add(self, told: Told, target: float, warm_up: int) -> None:
        """Adds a seed."""
        accuracies = told["accuracies"]
        ends = (number for number in range(1, len(accuracies) + 1) if has_reached(accuracies[:number], target))
        self.rounds_to_target.append(next(ends, None))
        self.accuracies.append(statistics.mean(accuracies[-STEADY:]))
        self.round_seconds += told["seconds"][warm_up:]

    def text(self) -> str:
        """A line of the table."""
        reached = ", ".join(f"{number or '-'}" for number in self.rounds_to_target)
        return (
            f"{self.strategy:8}  {self.side:16} {reached:>14} {100 * statistics.mean(self.accuracies):9.1f} %"
            f" {statistics.median(self.round_seconds):10.3f}"
        )

    def json(self) -> dict[str, object]:
        """All figures."""
        return {**asdict(self), "median_round_seconds": statistics.median(self.round_seconds)}


def read(events: Path, rounds: int) -> Told:
    """What a training told of its rounds."""
    lines = [json.loads(line) for line in events.read_text().splitlines()]
    by_round = {each["round"]: each for each in lines if each["event"] == "round"}
    missing = [number for number in range(rounds + 1) if number not in by_round]
    if missing:
        raise SystemExit(f"the training told nothing of the rounds {missing}")
    at = [by_round[number]["at"] for number in range(rounds + 1)]
    return {
        "accuracies": [by_round[number]["accuracy"] for number in range(1, rounds + 1)],
        "seconds": [(end - start) / 1e9 for start, end in itertools.pairwise(at)],
    }


def main() -> None:
    """Prints a row for each strategy and side."""
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # ends what it has started
    settings = Settings(
        is_skewed=options.split == "skewed",
        rounds=options.rounds,
        batches=options.batches,
        site_rate=options.site_rate,
    )
    results = Finished(options.results, options.minutes)
    rows = {(strategy, side): Row(strategy, side) for strategy in options.strategies for side in options.sides}
    # One side after the other: none may load the machine while another is measured.
    for side in options.sides:
        with ExitStack() as stack:
            opened = SIDES[side](stack)

            def train(side: str, _version: str, strategy: str, seed: int, _settings: object) -> Told:
                with tempfile.TemporaryDirectory(prefix="strategies-") as folder:
                    opened.train(Training(strategy, seed, settings), Path(folder), 60 * options.deadline)  # noqa: B023
                    return read(Path(folder) / "events.jsonl", options.rounds)

            for seed in range(options.seeds):
                for strategy in options.strategies:
                    what = (side, version("flwr"), strategy, seed, asdict(settings))
                    row = rows[strategy, side]
                    row.add(results.of(train, *what), options.target, options.warm_up)
                    print(f"seed {seed}  {row.text()}", file=sys.stderr, flush=True)
    if options.json:
        told = {
            "flwr": version("flwr"),
            "settings": asdict(settings),
            "target": options.target,
            "rows": [row.json() for row in rows.values()],
        }
        print(json.dumps(told, indent=1))
        return
    print(f"flwr {version('flwr')}; {settings}")
    print(f"strategy  side              rounds to {100 * options.target:.0f} %    accuracy    s/round")
    for row in rows.values():
        print(row.text())


def arguments() -> argparse.Namespace:
    """The command line."""
    usual = Settings()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--strategies", type=names(STRATEGIES), default=list(STRATEGIES), help=",".join(STRATEGIES))
    parser.add_argument("--sides", type=names(SIDES), default=["swarm", "flwr-simulation"], help=",".join(SIDES))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=usual.rounds)
    parser.add_argument("--batches", type=int, default=usual.batches, help="mini-batches of 16 between two rounds")
    parser.add_argument("--site-rate", type=float, default=usual.site_rate, help="learning rate at the sites")
    parser.add_argument("--split", choices=["skewed", "random"], default="skewed", help="skewed: two digits a site")
    parser.add_argument("--target", type=float, default=0.9, help="accuracy, from 0 to 1")
    parser.add_argument("--warm-up", type=int, default=5, help="rounds of each training whose time does not count")
    parser.add_argument("--deadline", type=float, default=30, help="minutes for one training")
    parser.add_argument("--json", action="store_true", help="print JSON and nothing else")
    add_options(parser)
    options = parser.parse_args()
    if not 0 <= options.warm_up < options.rounds:
        parser.error(f"--warm-up is {options.warm_up}; it must be less than --rounds, which is {options.rounds}")
    return options


def names(known: Iterable[str]) -> Callable[[str], list[str]]:
    """Parses names such as mean,adam."""

    def parse(text: str) -> list[str]:
        chosen = text.split(",")
        unknown = [name for name in chosen if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}")
        return chosen

    return parse


if __name__ == "__main__":
    main()
