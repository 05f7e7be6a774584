"""A process of the learning benchmark: it trains one model alone, or several sites' models in the swarm."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

import torch

from classifier import Data, Learner, Scores, digest, net, scores
from fashion_mnist import read, shares
from learning_results import EPOCHS
from swarmstream.pytorch import SwarmCallback

SYNC_INTERVAL = 47  # batches: 4 rounds an epoch at 6 sites, 2 at 12
DEADLINE_SECONDS = 300

# A process has one thread for arithmetic. Its sites take turns, a batch each, so that they do not compete for the cache.
CORE = threading.Lock()


@dataclass(frozen=True)
class Course:
    """The state of one model: its bits and, where it was tested, its scores, by epoch.

    final_digest, final_hash: the bits after the training, and the hash in the swarm's record of the last round.
    """

    digests: dict[int, str]
    scores: dict[int, Scores]
    final_digest: str = ""
    final_hash: str = ""
    rounds: int = 0


@dataclass(frozen=True)
class Training:
    """A training of `sites` sites together."""

    sites: int
    seed: int
    method: str
    contract: str


@dataclass(frozen=True)
class Seat:
    """One site of the training."""

    number: int
    url: str


def begin() -> None:
    """Prepares a new process."""
    torch.set_num_threads(1)


@cache
def data(kind: str) -> Data:
    """The data, read once in each process."""
    return Data(read(kind))


def train_alone(sites: int, seed: int, number: int | None) -> Course:
    """Trains on the examples of site `number`; None trains on those of all sites."""
    learner = _learner(sites, seed, number)
    course = Course({}, {})
    for epoch in range(1, EPOCHS[-1] + 1):
        for batch in learner.epoch():
            learner.step(batch)
        _mark(course, epoch, learner.model, with_scores=True)
    return course


def train_together(training: Training, seats: list[Seat]) -> list[Course]:
    """Trains at these sites, each in a thread with its own session, while other processes train at the others."""
    with CORE:
        learners = [_learner(training.sites, training.seed, seat.number) for seat in seats]
    with ThreadPoolExecutor(len(seats)) as pool:
        return list(pool.map(lambda seat, learner: _train_at(training, seat, learner), seats, learners))


def _train_at(training: Training, seat: Seat, learner: Learner) -> Course:
    course = Course({}, {})
    swarm = SwarmCallback(
        learner.model,
        training.contract,
        url=seat.url,
        min_peers=training.sites,
        merge_method=training.method,
        sync_interval=SYNC_INTERVAL,
        epochs_total=EPOCHS[-1],
        deadline_seconds=DEADLINE_SECONDS,
    )
    with swarm:
        for epoch in range(1, EPOCHS[-1] + 1):
            for batch in learner.epoch():
                with CORE:
                    loss = learner.step(batch)
                swarm.on_batch_end(loss)
            swarm.on_epoch_end()
            # The interval divides the batches of an epoch, so that each epoch ends with a merged model, the same at all sites.
            _mark(course, epoch, learner.model, with_scores=seat.number == 0)
    final = swarm.final
    return Course(course.digests, course.scores, digest(learner.model), final.model_hash, final.round + 1)


def _learner(sites: int, seed: int, number: int | None) -> Learner:
    mine = [torch.from_numpy(share) for share in shares(data("train").labels.numpy(), sites, seed)]
    chosen = torch.cat(mine) if number is None else mine[number]
    return Learner(net(seed), data("train"), chosen, seed * 1000 + (sites if number is None else number))


def _mark(course: Course, epoch: int, model: torch.nn.Module, with_scores: bool) -> None:
    if epoch in EPOCHS:
        course.digests[epoch] = digest(model)
        if with_scores:
            with CORE:
                course.scores[epoch] = scores(model, data("t10k"))
