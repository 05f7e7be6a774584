"""A swarm of site nodes in this process that keeps to the site node's HTTP API and merges by the mean.

It reads bodies with the safetensors package, not with ours. Tests make it misbehave through its attributes.
"""

from __future__ import annotations

import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import safetensors.numpy
from numpy.typing import NDArray

from fake_api import FakeServer, Problem

Model = dict[str, NDArray[Any]]


class FakeSwarm:
    """What all site nodes share: the rounds of one contract named `digits`."""

    def __init__(self, sites: int = 1, training_over_after: int | None = None) -> None:
        self.changed = threading.Condition()
        self.contributions: dict[int, dict[str, Model]] = {}
        self.weights: dict[int, dict[str, float]] = {}
        self.losses: dict[int, dict[str, float]] = {}  # what sites reported, by round
        self.models: dict[int, Model] = {}
        self.terms: dict[str, Any] = {}
        self.finished: set[str] = set()
        self.snapshots: dict[str, Model] = {}
        self.training_over_after = training_over_after
        self.said: dict[str, Any] = {}  # what merged syncs say besides
        self.intervals: dict[int, int] = {}  # by round: what an adaptive contract says after it
        self.merge_scale = 1.0  # 0 makes all merged models zero: whoever trains on has taken them over
        self.nodes = [FakeSiteNode(self, f"site-{index}") for index in range(sites)]

    def __enter__(self) -> FakeSwarm:
        for node in self.nodes:
            node.start()
        return self

    def __exit__(self, *_: object) -> None:
        for node in self.nodes:
            node.stop()

    @property
    def url(self) -> str:
        return self.nodes[0].url

    @property
    def next_round(self) -> int:
        return len(self.models)

    @property
    def over(self) -> bool:
        enough = len(self.finished) >= len(self.nodes)
        return enough or (self.training_over_after is not None and self.next_round > self.training_over_after)

    def contribute(self, site: str, model: Model, weight: float, loss: float | None) -> int:
        with self.changed:
            number = self.next_round
            if loss is not None:
                self.losses.setdefault(number, {})[site] = loss
            self.contributions.setdefault(number, {})[site] = model
            self.weights.setdefault(number, {})[site] = weight
            self._merge(number)
            return number

    def finish(self, site: str, check_in: str) -> None:
        with self.changed:
            self.finished.add(site)
            last = [
                self.contributions[number][site] for number in self.contributions if site in self.contributions[number]
            ]
            self.snapshots[site] = last[-1] if check_in == "snapshot" and last else self.models[self.next_round - 1]
            self._merge(self.next_round)
            self.changed.notify_all()

    def missing(self, number: int) -> list[str]:
        with self.changed:
            return [node.site for node in self.nodes if node.site not in self.contributions.get(number, {})]

    def mean_loss(self, number: int) -> float | None:
        """By weight, of the sites that reported one."""
        known = self.losses.get(number, {})
        weights = [self.weights[number].get(site, 1.0) for site in known]
        return float(np.average(list(known.values()), weights=weights)) if known else None

    def _merge(self, number: int) -> None:
        given = self.contributions.setdefault(number, {})
        if len(self.finished) < len(self.nodes) and given:
            for site in self.finished - set(given):
                given[site] = self.snapshots[site]
        if len(given) == len(self.nodes):
            self.weights.setdefault(number, {})
            self.models[number] = {name: self._mean(number, name) for name in next(iter(given.values()))}
            self.changed.notify_all()

    def _mean(self, number: int, name: str) -> NDArray[Any]:
        given, weights = self.contributions[number], self.weights[number]
        sites = sorted(given)
        stacked = np.stack([given[site][name].astype("f8") for site in sites])
        mean = np.average(stacked, axis=0, weights=[weights.get(site, 1.0) for site in sites])
        return np.asarray(mean * self.merge_scale, "f4")


@dataclass
class FakeSession:
    terms: dict[str, Any]
    syncs: dict[int, int] = field(default_factory=dict)
    bodies: dict[int, bytes] = field(default_factory=dict)


class FakeSiteNode:
    """One site node. `requests` is what it was asked; `refuse` is what the next sync is answered with."""

    def __init__(self, swarm: FakeSwarm, site: str) -> None:
        self.swarm, self.site = swarm, site
        self.sessions: dict[str, FakeSession] = {}
        self.requests: list[str] = []
        self.authorizations: list[str | None] = []
        self.queries: list[dict[str, str]] = []
        self.evaluations: list[dict[str, Any]] = []
        self.finishes: list[str] = []
        self.notices: list[str] = []
        self.left: list[str] = []
        self.hangs_when_left = False
        self.refuse: Problem | None = None
        self.refuse_always: Problem | None = None
        self.port = 0
        self.tls: ssl.SSLContext | None = None
        self._server: FakeServer | None = None

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._server = FakeServer(self, self.port)
        self.port = self._server.server_address[1]

    def stop(self) -> None:
        if self._server is not None:
            self._server.kill()
            self._server = None

    def start_anew(self) -> None:
        """As after kill -9: same address, no memory of sessions."""
        self.stop()
        self.sessions.clear()
        self.start()

    # -- the API

    def put_session(self, name: str, terms: dict[str, Any]) -> dict[str, Any]:
        if terms["contract"] not in ("digits", "defaultbb.cqdb.sml.hpe"):
            raise Problem(
                404,
                "unknown-contract",
                f"contract '{terms['contract']}' is unknown; create it with './swarm contract create'",
            )
        known = self.swarm.terms
        if not known:
            known.update(terms)
        for want, have in zip(known["layout"], terms["layout"]):
            if want != have:
                detail = (
                    f"tensor '{have['name']}' {have['shape']} is '{want['name']}' {want['shape']}"
                    " in the contract; train that model"
                )
                raise Problem(409, "layout-mismatch", detail, field=want["name"], expected=want, actual=have)
        if terms.get("minPeers", known.get("minPeers")) != known.get("minPeers"):
            raise Problem(
                409,
                "terms-mismatch",
                "minPeers differs",
                field="minPeers",
                expected=known.get("minPeers"),
                actual=terms["minPeers"],
            )
        for other in list(self.sessions):
            if other != name and not terms.get("takeOver"):
                raise Problem(
                    409,
                    "session-open",
                    f"session {other} has contract digits and was heard of 0 s ago; close it with DELETE"
                    f" /v1/sessions/{other}, or open this one with takeOver",
                    actual=other,
                )
            if other != name:
                del self.sessions[other]
        self.sessions.setdefault(name, FakeSession(terms))
        return {
            "session": name,
            "site": self.site,
            "contract": "digits",
            "round": self.swarm.next_round,
            "hasModel": False,
            "notices": self.notices,
            "nextInterval": self.swarm.intervals.get(self.swarm.next_round - 1, terms["syncInterval"]),
        }

    def put_sync(self, name: str, sync: int, query: dict[str, str], body: bytes) -> dict[str, Any]:
        session = self._session(name)
        if self.refuse_always is not None:
            raise self.refuse_always
        if self.refuse is not None:
            problem, self.refuse = self.refuse, None
            raise problem
        model = safetensors.numpy.load(body)
        for tensor, values in model.items():
            if not np.isfinite(values).all():
                raise Problem(
                    422,
                    "not-finite",
                    f"tensor '{tensor}' has a value that is not finite; lower the learning rate",
                    field=tensor,
                )
        self.queries.append(query)
        if session.bodies.setdefault(sync, body) != body:
            raise Problem(409, "sync-conflict", f"sync {sync} was sent before with other weights")
        if sync not in session.syncs:
            weight = float(query.get("weight", session.terms.get("weight", 1)))
            session.syncs[sync] = self.swarm.contribute(self.site, model, weight, self._loss(query))
        return {"round": session.syncs[sync]}

    def _loss(self, query: dict[str, str]) -> float | None:
        """The newest evaluation of a merged model, else what came with the sync."""
        loss = self.evaluations[-1].get("loss") if self.evaluations else query.get("loss")
        return None if loss is None else float(loss)

    def sync_state(self, name: str, sync: int, wait_seconds: float) -> dict[str, Any]:
        number = self._session(name).syncs[sync]
        with self.swarm.changed:
            self.swarm.changed.wait_for(lambda: number in self.swarm.models, wait_seconds)
        if number not in self.swarm.models:
            missing = self.swarm.missing(number)
            contributed = len(self.swarm.nodes) - len(missing)
            return {
                "state": "waiting",
                "round": number,
                "missing": missing,
                "contributed": contributed,
                "minPeers": 2,
                "closesInSeconds": None,
            }
        sites = [node.site for node in self.swarm.nodes]
        return {
            "state": "merged",
            "round": number,
            "participated": True,
            "participants": sites,
            "modelHash": self.hash_of(number),
            "meanLoss": self.swarm.mean_loss(number),
            "nextInterval": self.swarm.intervals.get(number, self._session(name).terms["syncInterval"]),
            "trainingOver": self.swarm.over,
            "norm": 1.0,
            **self.swarm.said,
        }

    def sync_model(self, name: str, sync: int) -> bytes:
        return bytes(safetensors.numpy.save(self.swarm.models[self._session(name).syncs[sync]]))

    def finish(self, name: str, check_in: str) -> None:
        self._session(name)
        self.finishes.append(check_in)
        self.swarm.finish(self.site, check_in)

    def final_state(self, wait_seconds: float) -> dict[str, Any]:
        with self.swarm.changed:
            self.swarm.changed.wait_for(lambda: self.swarm.over, wait_seconds)
        last = self.swarm.next_round - 1
        unfinished = [node.site for node in self.swarm.nodes if node.site not in self.swarm.finished]
        waits = {"contributed": len(self.swarm.finished), "minPeers": 2}
        if not self.swarm.over:
            return {"state": "waiting", "round": last, "missing": unfinished, **waits}
        return {"state": "over", "round": last, "modelHash": self.hash_of(last), "missing": [], **waits}

    def final_model(self) -> bytes:
        return bytes(safetensors.numpy.save(self.swarm.models[self.swarm.next_round - 1]))

    def hash_of(self, number: int) -> str:
        return f"{hash(safetensors.numpy.save(self.swarm.models[number])) & 0xFFFFFFFF:08x}"

    def _session(self, name: str) -> FakeSession:
        if name not in self.sessions:
            raise Problem(404, "unknown-session", f"session '{name}' is unknown; open it again")
        return self.sessions[name]


def until(condition: Any, seconds: float = 5) -> None:
    """Waits for what another thread does; fails when it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)
