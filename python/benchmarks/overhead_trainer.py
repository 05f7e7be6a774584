"""A trainer that does not train, but measures what the package does with its weights."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import torch

from memory import forget_peak, peak_bytes, resident_bytes
from swarmstream._deadline import Deadline
from swarmstream._exchange import ModelExchange
from swarmstream._node import Json, SiteNode
from swarmstream._options import SessionOptions
from swarmstream._progress import LogLines
from swarmstream._shared_model import SharedModel
from swarmstream._torch_model import TorchModel
from swarmstream._weights import Layout, LazyWeights, Tensors

# The number of values in a tensor: that of a large layer. The last tensor has the rest.
TENSOR = 1 << 22
DEADLINE_SECONDS = 600


@dataclass(frozen=True)
class Trainer:
    """The task of one site's trainer."""

    url: str
    contract: str
    parameters: int
    warm_up: int
    rounds: int


@dataclass(frozen=True)
class Measured:
    """Seconds of each part of each round, and the process's memory before the first sync (with the model) and at its peak."""

    rounds: list[dict[str, float]]
    before_bytes: int
    peak_bytes: int


class Clock:
    """Seconds by part."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def lap(self, part: str, began: float) -> None:
        """Adds the time since `began` to `part`."""
        self.seconds[part] += time.perf_counter() - began


class TimedNode(SiteNode):
    """Measures the requests of a sync; `collect` is the time to make the request's body."""

    def __init__(self, url: str, clock: Clock) -> None:
        super().__init__(url)
        self._clock = clock

    def send_weights(
        self, session: str, sync: int, query: Json, pieces: Iterable[bytes], byte_count: int, deadline: Deadline
    ) -> Json:
        """`send`: until the node has written the weights to the log."""
        began, collected = time.perf_counter(), self._clock.seconds["collect"]
        answer = super().send_weights(session, sync, query, self._timed(pieces), byte_count, deadline)
        self._clock.lap("send", began + self._clock.seconds["collect"] - collected)
        return answer

    def sync_state(self, session: str, sync: int, wait_seconds: float) -> Json:
        """`wait`: for the other site, the merge, and the node that fetches and proves the model."""
        began = time.perf_counter()
        state = super().sync_state(session, sync, wait_seconds)
        self._clock.lap("wait", began)
        return state

    def merged_model(self, session: str, sync: int) -> BinaryIO:
        """`receive`: from the node to a temporary file."""
        began = time.perf_counter()
        model = super().merged_model(session, sync)
        self._clock.lap("receive", began)
        return model

    def _timed(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        began = time.perf_counter()
        for piece in pieces:
            self._clock.lap("collect", began)
            yield piece
            began = time.perf_counter()
        self._clock.lap("collect", began)


class TimedModel:
    """Measures `load`: from the temporary file into the tensors."""

    def __init__(self, model: TorchModel, clock: Clock) -> None:
        self._model = model
        self._clock = clock

    def weights(self) -> LazyWeights:
        """The weights; nothing is fetched yet."""
        return self._model.weights()

    def load(self, tensors: Tensors) -> None:
        """Loads as the model does."""
        began = time.perf_counter()
        self._model.load(tensors)
        self._clock.lap("load", began)


def run(trainer: Trainer) -> Measured:
    """Runs all rounds of one site."""
    module, clock = parameters(trainer.parameters), Clock()
    model = TimedModel(TorchModel(module), clock)
    before = resident_bytes()
    forget_peak()
    options = SessionOptions(trainer.contract, trainer="overhead", deadline_seconds=DEADLINE_SECONDS)
    node, layout = TimedNode(trainer.url, clock), Layout.of(model.weights())
    exchange = ModelExchange(node, options, layout, LogLines())
    shared = SharedModel(exchange, model)
    try:
        exchange.open()
        rounds = [timed_sync(shared, module, clock) for _ in range(1 + trainer.warm_up + trainer.rounds)]
        shared.finish()
    finally:
        exchange.leave()
    return Measured(rounds[1 + trainer.warm_up :], before, peak_bytes())


def timed_sync(shared: SharedModel, module: torch.nn.Module, clock: Clock) -> dict[str, float]:
    """Measures one round, after a change to all weights."""
    with torch.no_grad():
        for tensor in module.parameters():
            tensor.add_(0.001)
    clock.seconds.clear()
    began = time.perf_counter()
    shared.sync()
    return {**clock.seconds, "all": time.perf_counter() - began}


def parameters(count: int) -> torch.nn.Module:
    """A module with `count` parameters."""
    sizes = [TENSOR] * (count // TENSOR) + ([count % TENSOR] if count % TENSOR else [])
    torch.manual_seed(1)
    # In place: memory that is freed here would hide what a sync uses.
    tensors: Any = (torch.nn.Parameter(torch.empty(size).normal_(std=0.01)) for size in sizes)
    return torch.nn.ParameterList(tensors)
