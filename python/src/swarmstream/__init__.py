"""Swarmstream: sites that may not share their data train one model together.

A trainer talks to the site node beside it; the site node does the rest. With plain numpy::

    with swarmstream.join("digits", weights, min_peers=2) as session:
        weights = session.sync(weights).weights  # all sites begin with the same model
        for _ in range(rounds):
            weights = session.sync(train(weights)).weights
        weights = session.finish(weights).weights  # and end with the same

Frameworks are in modules of their own, imported only when you do: `swarmstream.pytorch`, `swarmstream.lightning`,
`swarmstream.keras`, `swarmstream.transformers`, `swarmstream.sklearn`.
"""

from ._errors import (
    BadBody,
    BadOption,
    BadValue,
    BadWeights,
    ChainRefused,
    DeadlinePassed,
    KafkaDenied,
    LayoutMismatch,
    MinPeersNotReached,
    NoRoom,
    NotEnrolled,
    NotFinite,
    Passing,
    Rejected,
    RoundDeadlinePassed,
    SessionOpen,
    SiteNodeBusy,
    SiteNodeError,
    SiteNodeUnreachable,
    SwarmError,
    SwarmUnreachable,
    SyncRunning,
    TermsMismatch,
    TrainingOver,
    Unauthorized,
    UnknownContract,
    UnknownSession,
    Unproven,
)
from ._join import join
from ._options import SessionOptions
from ._rounds import Final, FinalRound, Merged, MergedRound, Report
from ._session import Session

__all__ = [
    "BadBody",
    "BadOption",
    "BadValue",
    "BadWeights",
    "ChainRefused",
    "DeadlinePassed",
    "Final",
    "FinalRound",
    "KafkaDenied",
    "LayoutMismatch",
    "Merged",
    "MergedRound",
    "MinPeersNotReached",
    "NoRoom",
    "NotEnrolled",
    "NotFinite",
    "Passing",
    "Rejected",
    "Report",
    "RoundDeadlinePassed",
    "Session",
    "SessionOpen",
    "SessionOptions",
    "SiteNodeBusy",
    "SiteNodeError",
    "SiteNodeUnreachable",
    "SwarmError",
    "SwarmUnreachable",
    "SyncRunning",
    "TermsMismatch",
    "TrainingOver",
    "Unauthorized",
    "UnknownContract",
    "UnknownSession",
    "Unproven",
    "join",
]
