"""A real swarm for benchmarks: the tests' own, whose contracts may have any terms, and whose processes can be looked at."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from real_swarm import RealSwarm

GRACE_SECONDS = "60"
STARTS_AT_ONCE = 4


class BenchSwarm(RealSwarm):
    """Kafka, Flink and an Ethereum node in one process (`./swarm up`), and a process for each site's node."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._urls: list[str] = []

    def __enter__(self) -> BenchSwarm:
        super().__enter__()
        return self

    def nodes(self, count: int) -> list[str]:
        """The addresses of so many site nodes; starts those that do not run yet."""
        with ThreadPoolExecutor(STARTS_AT_ONCE) as pool:
            self._urls += pool.map(lambda number: self.site(node_name(number)), range(len(self._urls), count))
        return self._urls[:count]

    def create(self, contract: str, method: str, min_peers: int) -> None:
        """A draft: its first trainer brings the layout."""
        terms = ("--merge", method, "--min-peers", str(min_peers), "--grace-seconds", GRACE_SECONDS)
        self._do("contract", "create", contract, *terms)

    def pid(self, name: str) -> int:
        """The process of a site's node, or of `up`."""
        return self._running[name].pid


def node_name(number: int) -> str:
    """Of the site with this number, counted from 0."""
    return f"site-{number + 1}"
