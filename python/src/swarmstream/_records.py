"""What the shell's service says of a swarm, as values."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any, Dict, TypeVar

Json = Dict[str, Any]
Record = TypeVar("Record")


@dataclass(frozen=True)
class Node:
    """A running program of a member.

    Attributes:
        type: `SN` for a network node, `SL` for a site node, `SWOP` for a task agent.
        member: the name of the member that runs it.
        organisation: to which the member belongs.
        address: its URL, or host and port.
        version: of the product.
        uuid: of this run of the program.
        parent: the UUID of the network node that it talks to.
        alive: whether it was heard lately.
        last_heard: when, as ISO 8601.
        contract: what a site trains at present.
    """

    type: str = ""
    member: str = ""
    organisation: str = ""
    address: str = ""
    version: str = ""
    uuid: str = ""
    parent: str | None = None
    alive: bool = False
    last_heard: str | None = None
    contract: str | None = None


@dataclass(frozen=True)
class Contract:
    """A training contract.

    Attributes:
        name: as people call it.
        contract: its name on the chain, with a number after a reset.
        generation: 1, and one more for each reset.
        status: `draft` until the first site has joined, then `open`.
        method: how it merges; None while it is a draft.
        min_peers: fewest sites that make a round; None while it is a draft.
        parameters: float32 values of the model; None while it is a draft.
        privacy: what sites do to their deltas before they send them, or "none"; None while it is a draft.
        privacy_loss: in words, what the rounds so far may have given away of each site; None without noise.
    """

    name: str = ""
    contract: str = ""
    generation: int = 1
    status: str = ""
    method: str | None = None
    min_peers: int | None = None
    parameters: int | None = None
    privacy: str | None = None
    privacy_loss: str | None = None


@dataclass(frozen=True)
class Performance:
    """What a site last reported of itself.

    Attributes:
        site: its name; None if it is not enrolled any more.
        account: its Ethereum address.
        weight: with which it counts.
        loss: of the model, as the site measures it; None if it does not say.
        metric: likewise.
        epochs: done so far.
        total_epochs: that it wants to do; 0 if it does not say.
    """

    site: str | None = None
    account: str = ""
    weight: int = 0
    loss: float | None = None
    metric: float | None = None
    epochs: float = 0.0
    total_epochs: float = 0.0


@dataclass(frozen=True)
class Task:
    """A task.

    Attributes:
        name: unique in the swarm.
        type: `RUN_SWARM`, `MAKE_USER_CONTAINER`, `PULL_IMAGE`, `MAKE_SWARM_USER_CONTENT` or `ROOT_TASK`.
        author: as the task says.
        prerequisite: the task that has to be done before.
        outcome: what it leaves, such as the name of an image.
        created_by: the member that has signed it.
        finalised: whether it can be assigned, and not be changed.
        body_hash: SHA-256 of the body; empty before it is final.
        body_lines: how many lines the body has.
        created_at: as ISO 8601.
    """

    name: str = ""
    type: str = ""
    author: str = ""
    prerequisite: str = ""
    outcome: str = ""
    created_by: str = ""
    finalised: bool = False
    body_hash: str = ""
    body_lines: int = 0
    created_at: str = ""


@dataclass(frozen=True)
class Taskrunner:
    """A taskrunner, and how far its run is.

    Attributes:
        name: unique in the swarm.
        state: `IDLE`, `RUNNING`, `COMPLETE` or `ERROR`.
        run: the number of the present run; None if it has no task.
        task: the task that it has; None if it has none.
        peer_type: `SL` if sites are the peers, `SWOP` if agents are.
        required: peers that have to complete.
        assigned_by: the member that assigned the task.
        enrolled: peers that take part.
        active: those that wait or run.
        completed: those that have completed.
        failed: those that have failed.
    """

    name: str = ""
    state: str = "IDLE"
    run: int | None = None
    task: str | None = None
    peer_type: str | None = None
    required: int | None = None
    assigned_by: str | None = None
    enrolled: int = 0
    active: int = 0
    completed: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Peer:
    """A site of an agent, or the agent itself, in a run.

    Attributes:
        index: of the site in the agent's profile.
        uid: the name of its member.
        state: `WAITING`, `RUNNING`, `COMPLETE` or `ERROR`.
        description: what the agent says of it.
        at: when it said so, as ISO 8601.
    """

    index: int = 0
    uid: str = ""
    state: str = ""
    description: str = ""
    at: str = ""


@dataclass(frozen=True)
class Agent:
    """An agent of a taskrunner.

    Attributes:
        uid: the name of its member.
        account: its Ethereum address.
        sites: how many it can run; 0 if it does not serve the taskrunner now.
        attempt: of the present run; None if it takes no part.
        peers: its peers in the present run.
    """

    uid: str = ""
    account: str = ""
    sites: int = 0
    attempt: int | None = None
    peers: tuple[Peer, ...] = ()


def read(kind: type[Record], answer: Json) -> Record:
    """Reads a record; leaves out what this version does not know, and what is missing keeps its default."""
    known = {}
    for field in fields(kind):  # type: ignore[arg-type]
        value = answer.get(_camel(field.name))
        if value is not None:
            known[field.name] = tuple(read(Peer, each) for each in value) if field.name == "peers" else value
    return kind(**known)


def _camel(name: str) -> str:
    return re.sub("_(.)", lambda found: found[1].upper(), name)
