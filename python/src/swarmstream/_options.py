"""The options of a session. They are checked before anything is sent."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any, Literal

from ._errors import BadOptionError
from ._unix import SCHEME, socket_file

DEFAULT_URL = "http://127.0.0.1:30305"
DEFAULT_DEADLINE_SECONDS = 3600.0
MAX_WEIGHT = 2**31 - 1  # of the contribution's header; a contract enrols sites with less
CHECK_INS = ("snapshot", "active", "inactive")
CheckIn = Literal["snapshot", "active", "inactive"]


@dataclass(frozen=True)
class SessionOptions:
    """The terms of one session; `swarmstream.join` describes each of them."""

    contract: str
    trainer: str = "numpy"
    weight: int = 1
    min_peers: int | None = None
    merge_method: str | None = None
    sync_interval: int = 128
    check_in: str = "snapshot"
    adaptive: bool = False
    patience: int | None = None
    epochs_total: float | None = None
    take_over: bool = False
    deadline_seconds: float = DEFAULT_DEADLINE_SECONDS

    def __post_init__(self) -> None:
        _require(
            isinstance(self.contract, str) and bool(re.fullmatch(r"[A-Za-z0-9._-]{1,249}", self.contract)),
            "contract",
            self.contract,
            "the name of a training contract: letters, digits, '.', '_' and '-'",
        )
        _require(
            _is_whole(self.weight, MAX_WEIGHT),
            "weight",
            self.weight,
            f"a whole number from 1 to {MAX_WEIGHT}",
        )
        _require(
            self.min_peers is None or _is_whole(self.min_peers),
            "min_peers",
            self.min_peers,
            "a positive whole number, or None",
        )
        _require(_is_whole(self.sync_interval), "sync_interval", self.sync_interval, "a positive number of batches")
        _require(self.check_in in CHECK_INS, "check_in", self.check_in, "one of " + ", ".join(CHECK_INS))
        _require(
            self.patience is None or _is_whole(self.patience),
            "patience",
            self.patience,
            "a positive number of rounds, or None",
        )
        _require(
            self.epochs_total is None or self.epochs_total == 0 or _is_positive(self.epochs_total),
            "epochs_total",
            self.epochs_total,
            "0 or more epochs, or None",
        )
        _require(
            _is_positive(self.deadline_seconds),
            "deadline_seconds",
            self.deadline_seconds,
            "a positive number of seconds",
        )

    def request(self) -> dict[str, Any]:
        """The terms as the site node reads them; what is None is left out, and the contract decides."""
        terms = {
            "contract": self.contract,
            "trainer": self.trainer,
            "weight": int(self.weight),  # json does not write numpy's numbers
            "minPeers": self.min_peers and int(self.min_peers),
            "mergeMethod": self.merge_method,
            "syncInterval": int(self.sync_interval),
            "checkinModelOnTrainEnd": self.check_in,
            "adaptive": self.adaptive,
            "epochsTotal": float(self.epochs_total or 0),
        }
        return {name: value for name, value in terms.items() if value is not None}


def site_url(url: str | None = None, environment: Mapping[str, str] = os.environ) -> str:
    """The site node's address: `url`, else SWARM_SITE_URL, else SWARM_NODE, else port 30305 of this machine."""
    chosen = url or environment.get("SWARM_SITE_URL") or environment.get("SWARM_NODE") or DEFAULT_URL
    if chosen.startswith(SCHEME):
        socket_file(chosen)  # an error for a bad one
        return chosen
    if not re.match(r"https?://[^/\s]+", chosen):
        raise BadOptionError(f"the site node's address is {chosen!r}; use one like {DEFAULT_URL}")
    return chosen.rstrip("/")


def chosen_deadline_seconds(given: float | None = None, environment: Mapping[str, str] = os.environ) -> float:
    """`given`, else SWARM_DEADLINE_SECONDS (for programs that cannot pass it), else an hour."""
    if given is not None:
        return given
    text = environment.get("SWARM_DEADLINE_SECONDS")
    if text is None:
        return DEFAULT_DEADLINE_SECONDS
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    _require(seconds > 0, "SWARM_DEADLINE_SECONDS", text, "a positive number of seconds")
    return seconds


def require_not_negative(option: str, value: object) -> None:
    """Refuses anything but a finite number from 0 upwards."""
    _require(_is_positive(value) or value == 0, option, value, "a number from 0 upwards, such as 0.01")


def _is_whole(value: object, most: float = math.inf) -> bool:
    return isinstance(value, Integral) and 1 <= int(value) <= most


def _is_positive(value: object) -> bool:
    return isinstance(value, Real) and 0 < float(value) < math.inf


def _require(ok: bool, field: str, value: object, wanted: str) -> None:
    if not ok:
        raise BadOptionError(f"{field} is {value!r}; use {wanted}")
