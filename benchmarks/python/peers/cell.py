"""One measurement: its size, the sites' data, and the lines that tell what happened when.

The command that measures sets the environment; every process of a peer inherits it.
"""

import json
import os
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]

SITES = int(os.environ["BENCH_SITES"])
PARAMETERS = int(os.environ["BENCH_PARAMETERS"])
ROUNDS = int(os.environ["BENCH_ROUNDS"])
"""At most so many, warm-up included."""
SECONDS = float(os.environ["BENCH_SECONDS"])
"""No round begins when so many have passed since the first one began, but for LEAST."""
LEAST = 2
"""Rounds that are run whatever they take: one to warm up, one that counts."""
FOLDER = Path(os.environ["BENCH_FOLDER"])

NOISE = 1 << 16
CHECKED = 1_000
"""So many parameters are compared with what they must be."""


def tell(event: str, **facts: float) -> None:
    """Appends a line, in one write, so that lines of many processes do not mix."""
    line = json.dumps({"event": event, "at": time.monotonic_ns(), **facts}) + "\n"
    file = os.open(FOLDER / "events.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(file, line.encode())
    finally:
        os.close(file)


def noise(site: int) -> Vector:
    """What a site adds, over and over; made by the command for all systems alike."""
    return np.fromfile(FOLDER / f"noise-{site}.f32", dtype="<f4", count=NOISE)


def add_delta(model: Vector, site: int, round_: int) -> None:
    """Adds a site's delta of a round to what it received, in place."""
    shifted = np.roll(noise(site), -(round_ * 7919 % NOISE))
    for start in range(0, model.size, NOISE):
        part = model[start : start + NOISE]
        part += shifted[: part.size]


class Rounds:
    """The server's book of rounds: tells when each begins and whether the model is right."""

    def __init__(self) -> None:
        self._begun = 0
        self._first = 0.0

    def begin(self) -> int | None:
        """Begins a round, counted from 0; None when there shall be no more."""
        now = time.monotonic()
        if self._begun == 0:
            self._first = now
        is_late = self._begun >= LEAST and now - self._first > SECONDS
        is_over = self._begun == ROUNDS or is_late
        tell("end" if is_over else "round", round=self._begun)
        if is_over:
            return None
        self._begun += 1
        return self._begun - 1

    def check(self, model: Vector) -> None:
        """Tells how far the model is from the mean of all deltas."""
        expected = np.zeros(min(CHECKED, model.size))
        for site in range(SITES):
            values = noise(site).astype(np.float64)
            for round_ in range(self._begun):
                expected += np.roll(values, -(round_ * 7919 % NOISE))[: expected.size]
        expected /= SITES
        tell("checked", off=float(np.abs(model[: expected.size] - expected).max()))


def begin_contribution(site: int, round_: int) -> None:
    """A site has the model in its hands."""
    tell("received", site=site, round=round_)


def end_contribution(site: int, round_: int) -> None:
    """A site hands over what it contributes."""
    tell("returned", site=site, round=round_)
