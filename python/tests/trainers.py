"""Trainers of several sites at once, in threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from fake_swarm import FakeSwarm

T = TypeVar("T")


def at_each_site(swarm: FakeSwarm, train: Callable[[str, int], T]) -> list[T]:
    """Runs `train(url, index)` for all sites and returns what each gave."""
    with ThreadPoolExecutor(len(swarm.nodes)) as pool:
        running = [pool.submit(train, node.url, index) for index, node in enumerate(swarm.nodes)]
        return [each.result(timeout=60) for each in running]
