"""What can go wrong, as a tree.

    SwarmError
    ├── BadOption               an option or an environment variable has a value that it may not have
    ├── BadWeights              weights that cannot be shared, such as text
    ├── BadBody                 the site node sent a body that is no safetensors, or of another model
    ├── NoRoom                  the disk on which a model is kept while it is read is full
    ├── SiteNodeUnreachable     nobody answers at the site node's address
    ├── DeadlinePassed          the trainer waited as long as it was told to
    │   ├── RoundDeadlinePassed     for the other sites of a round
    │   └── MinPeersNotReached      for as many sites as the contract demands
    └── SiteNodeError           the site node refused, with a reason
        ├── UnknownContract         nobody has written this training contract
        ├── Unauthorized            the trainer does not show the site node's token
        ├── NotEnrolled             the contract does not list this site
        ├── KafkaDenied             Kafka does not let the site node read or write the contract's topics
        ├── ChainRefused            the chain refuses what the contract needs
        ├── TermsMismatch           the contract has other terms (min peers, merge method)
        ├── LayoutMismatch          the contract has other tensors, or other shapes
        ├── BadValue                a field that the site node cannot read
        ├── NotFinite               weights with NaN or infinity
        ├── Rejected                the swarm turned the contribution down
        ├── Unproven                the merged model is not the one whose hash is on the chain
        ├── SessionOpen             another trainer of this site is in the same training
        ├── TrainingOver            enough sites have finished; nothing more is merged
        ├── SyncConflict            other weights have been sent under the number of this sync
        └── Passing                 what passes: a session repeats it until its deadline
            ├── UnknownSession          the site node does not know the session (it was started anew)
            ├── SyncRunning             the site node still reads what a lost connection has sent
            ├── SiteNodeBusy            the site node serves others, or this trainer's connection was too slow
            └── SwarmUnreachable        the site node reaches neither Kafka nor the chain

Every message says what to do about it.
"""

from __future__ import annotations

import re

# What the site node says of its HTTP API to whoever speaks it, and what a Python program can do instead.
HTTP_ADVICE = re.compile(r"; [^;]*\b(?:GET|PUT|POST|DELETE) /v1/[^;]*")
ADVICE = {
    "session-open": "; stop that program, or give take_over=True, which closes its session",
    "unknown-session": "; was the site node started anew? A session is opened again by itself until deadline_seconds have"
    " passed",
    "swarm-unreachable": "; a session is opened again by itself until deadline_seconds have passed",
}


class SwarmError(Exception):
    """Anything that goes wrong between a trainer and its swarm."""


class BadOption(SwarmError):
    """An option or an environment variable has a value that it may not have."""


class BadWeights(SwarmError):
    """Weights that cannot be shared."""


class BadBody(SwarmError):
    """The site node sent a body that is no safetensors, or of another model."""


class NoRoom(SwarmError):
    """A model cannot be kept while it is read: the disk is full, or nobody may write there."""


class SiteNodeUnreachable(SwarmError):
    """Nobody answers at the site node's address."""


class DeadlinePassed(SwarmError):
    """The trainer waited as long as it was told to."""


class SiteNodeError(SwarmError):
    """The site node refused: `code` says why in a word, `field`, `expected` and `actual` what did not fit."""

    def __init__(
        self,
        message: str,
        *,
        code: str = "",
        status: int = 0,
        field: str | None = None,
        expected: object = None,
        actual: object = None,
    ) -> None:
        super().__init__(HTTP_ADVICE.sub(ADVICE.get(code, ""), message))
        self.code = code
        self.status = status
        self.field = field
        self.expected = expected
        self.actual = actual


class RoundDeadlinePassed(SiteNodeError, DeadlinePassed):
    """A round was not merged in time; the message says who is missing."""


class MinPeersNotReached(SiteNodeError, DeadlinePassed):
    """Fewer sites contributed than the contract demands."""


class UnknownContract(SiteNodeError):
    """Nobody has written this training contract."""


class Unauthorized(SiteNodeError):
    """The trainer does not show the site node's token."""


class NotEnrolled(SiteNodeError):
    """The contract does not list this site."""


class KafkaDenied(SiteNodeError):
    """Kafka does not let the site node read or write the contract's topics; its administrator has to grant that."""


class ChainRefused(SiteNodeError):
    """The chain refuses what the contract needs, and would again: the message says why."""


class TermsMismatch(SiteNodeError):
    """The contract has other terms than the session asks for."""


class LayoutMismatch(SiteNodeError):
    """The contract's model has other tensors, or other shapes, than the trainer's."""


class BadValue(SiteNodeError):
    """A field that the site node cannot read."""


class NotFinite(SiteNodeError):
    """Weights with NaN or infinity."""


class Rejected(SiteNodeError):
    """The swarm turned the contribution down."""


class Unproven(SiteNodeError):
    """The merged model is not the one whose hash is on the chain."""


class SessionOpen(SiteNodeError):
    """Another trainer of this site is in the same training; `take_over=True` closes its session."""


class TrainingOver(SiteNodeError):
    """Enough sites have finished; nothing more is merged."""


class SyncConflict(SiteNodeError):
    """Other weights have been sent under the number of this sync; a session sends these under the next."""


class Passing(SiteNodeError):
    """What passes: a session repeats it until its deadline."""


class UnknownSession(Passing):
    """The site node does not know the session: it was started anew."""


class SyncRunning(Passing):
    """The site node still reads what a connection that was lost has sent."""


class SiteNodeBusy(Passing):
    """The site node serves others, or this trainer's connection was too slow."""


class SwarmUnreachable(Passing):
    """The site node reaches neither Kafka nor the chain."""


BY_CODE: dict[str, type[SiteNodeError]] = {
    "unknown-contract": UnknownContract,
    "unauthorized": Unauthorized,
    "not-enrolled": NotEnrolled,
    "kafka-denied": KafkaDenied,
    "chain-refused": ChainRefused,
    "terms-mismatch": TermsMismatch,
    "layout-mismatch": LayoutMismatch,
    "bad-value": BadValue,
    "not-finite": NotFinite,
    "rejected": Rejected,
    "round-deadline": RoundDeadlinePassed,
    "min-peers-not-reached": MinPeersNotReached,
    "unproven": Unproven,
    "session-open": SessionOpen,
    "unknown-session": UnknownSession,
    "sync-running": SyncRunning,
    "busy": SiteNodeBusy,
    "too-slow": SiteNodeBusy,
    "swarm-unreachable": SwarmUnreachable,
    "training-over": TrainingOver,
    "sync-conflict": SyncConflict,
}
