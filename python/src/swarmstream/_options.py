"""What a trainer asks of its session; checked before anything is sent."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

from ._errors import BadOptionError

DEFAULT_URL = "http://127.0.0.1:30305"
DEFAULT_DEADLINE_SECONDS = 3600.0
MAX_WEIGHT = 100
CHECK_INS = ("snapshot", "active", "inactive")


@dataclass(frozen=True)
class SessionOptions:
    """The terms of one session.

    contract: the training contract's name.
    trainer: the framework's name, for people who look at the site node's status.
    weight: how much this site counts in a merge, 1 to 100.
    min_peers, merge_method: what the contract must say; None takes what it says.
    sync_interval: batches between two syncs, unless the contract is adaptive: then its rounds decide.
    check_in: what the site node contributes after `finish` while others still train: "snapshot" the last local
        weights, "active" the merged ones, "inactive" nothing.
    adaptive: whether the contract must be adaptive. The first trainer of a draft makes it so, with `sync_interval` for
        the first round; False takes what the contract says.
    epochs_total: passes over the data that are planned, for the round record and the status page; 0 when unknown.
    take_over: whether this trainer closes the session of another one at this site, which crashed perhaps.
    deadline_seconds: how long one call may wait for the site node and the other sites.
    """

    contract: str
    trainer: str = "numpy"
    weight: int = 1
    min_peers: int | None = None
    merge_method: str | None = None
    sync_interval: int = 128
    check_in: str = "snapshot"
    adaptive: bool = False
    epochs_total: float = 0
    take_over: bool = False
    deadline_seconds: float = DEFAULT_DEADLINE_SECONDS

    def __post_init__(self) -> None:
        _require(
            isinstance(self.contract, str) and bool(re.fullmatch(r"[A-Za-z0-9._-]{1,249}", self.contract)),
            "contract",
            self.contract,
            "the name of a training contract, letters, digits, '.', '_' and '-'",
        )
        _require(_is_whole(self.weight, MAX_WEIGHT), "weight", self.weight, f"a whole number from 1 to {MAX_WEIGHT}")
        _require(
            self.min_peers is None or _is_whole(self.min_peers),
            "min_peers",
            self.min_peers,
            "a positive whole number, or None",
        )
        _require(_is_whole(self.sync_interval), "sync_interval", self.sync_interval, "a positive number of batches")
        _require(self.check_in in CHECK_INS, "check_in", self.check_in, "one of " + ", ".join(CHECK_INS))
        _require(
            self.epochs_total == 0 or _is_positive(self.epochs_total),
            "epochs_total",
            self.epochs_total,
            "0 or more epochs",
        )
        _require(
            _is_positive(self.deadline_seconds),
            "deadline_seconds",
            self.deadline_seconds,
            "a positive number of seconds",
        )

    def request(self) -> dict[str, Any]:
        """The terms as the site node reads them."""
        terms = {
            "contract": self.contract,
            "trainer": self.trainer,
            "weight": int(self.weight),  # numpy's are no numbers to JSON
            "minPeers": self.min_peers and int(self.min_peers),
            "mergeMethod": self.merge_method,
            "syncInterval": int(self.sync_interval),
            "checkinModelOnTrainEnd": self.check_in,
            "adaptive": self.adaptive,
            "epochsTotal": float(self.epochs_total),
        }
        return {name: value for name, value in terms.items() if value is not None}


def site_url(url: str | None = None, environment: Mapping[str, str] = os.environ) -> str:
    """Where the site node answers: `url`, else SWARM_SITE_URL, else this machine's port 30305."""
    chosen = url or environment.get("SWARM_SITE_URL") or DEFAULT_URL
    if not re.match(r"https?://[^/\s]+", chosen):
        raise BadOptionError(f"the site node's address is {chosen!r}; use one like {DEFAULT_URL}")
    return chosen.rstrip("/")


def default_deadline_seconds(environment: Mapping[str, str] = os.environ) -> float:
    """SWARM_DEADLINE_SECONDS, else an hour: for programs that cannot say it themselves."""
    text = environment.get("SWARM_DEADLINE_SECONDS")
    if text is None:
        return DEFAULT_DEADLINE_SECONDS
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    _require(seconds > 0, "SWARM_DEADLINE_SECONDS", text, "a positive number of seconds")
    return seconds


def _is_whole(value: object, most: float = math.inf) -> bool:
    return isinstance(value, Integral) and 1 <= int(value) <= most


def _is_positive(value: object) -> bool:
    return isinstance(value, Real) and 0 < float(value) < math.inf


def _require(ok: bool, field: str, value: object, wanted: str) -> None:
    if not ok:
        raise BadOptionError(f"{field} is {value!r}; use {wanted}")
