"""Trainers of several sites at once, in threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from fake_swarm import FakeSwarm

T = TypeVar("T")

LIMIT_SECONDS = 120


def together(*trainers: Callable[[], T]) -> list[T]:
    """Runs them all at the same time and returns what each gave."""
    with ThreadPoolExecutor(len(trainers)) as pool:
        running = [pool.submit(trainer) for trainer in trainers]
        return [each.result(timeout=LIMIT_SECONDS) for each in running]


def at_each_site(swarm: FakeSwarm, train: Callable[[str, int], T]) -> list[T]:
    """Runs `train(url, index)` for all sites and returns what each gave."""
    return together(*(partial(train, node.url, index) for index, node in enumerate(swarm.nodes)))
