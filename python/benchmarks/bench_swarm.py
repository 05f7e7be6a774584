"""A real swarm for benchmarks: that of the tests, with contracts of any terms and access to its processes."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from real_swarm import RealSwarm, free_port
from swarmstream import SiteNodeUnreachableError, UnauthorizedError
from swarmstream._node import SiteNode

GRACE_SECONDS = "60"


class BenchSwarm(RealSwarm):
    """Kafka, Flink and an Ethereum node in one process (`./swarm up`), and a process for each site's node."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._nodes: dict[str, str] = {}

    def __enter__(self) -> BenchSwarm:
        super().__enter__()
        return self

    def nodes(self, count: int) -> list[str]:
        """The addresses of `count` site nodes; starts those that do not run yet, all at the same time."""
        new = {node_name(number): f"http://127.0.0.1:{free_port()}" for number in range(len(self._nodes), count)}
        for name, url in new.items():
            where = ("--port", url.rpartition(":")[2], "--folder", str(self.folder / name), *self._place())
            self._start(name, "site", "--name", name, *where)
        for name, url in new.items():
            self._wait(name, partial(is_node, url))
        self._nodes.update(new)
        return list(self._nodes.values())[:count]

    def create(self, contract: str, method: str, min_peers: int, *more: str) -> None:
        """Creates a draft, whose first trainer sets the layout; `more` are options of `swarm contract create`."""
        terms = ("--merge", method, "--min-peers", str(min_peers), "--grace-seconds", GRACE_SECONDS, *more)
        self._do("contract", "create", contract, *terms)

    def pid(self, name: str) -> int:
        """The process of a site's node, or of `swarm up`."""
        return self._running[name].pid


def node_name(number: int) -> str:
    """The name of the site with this number, from 0."""
    return f"site-{number + 1}"


def is_node(url: str) -> bool:
    """Whether a site node answers at this address. It listens a moment before it leaves its token for this user."""
    try:
        SiteNode(url).status()
    except (SiteNodeUnreachableError, UnauthorizedError):
        return False
    return True
