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
    BadBodyError,
    BadOptionError,
    BadValueError,
    BadWeightsError,
    ChainRefusedError,
    DeadlineError,
    KafkaDeniedError,
    LayoutMismatchError,
    MinPeersNotReachedError,
    NotEnrolledError,
    NotFiniteError,
    RejectedError,
    RoundDeadlineError,
    SessionOpenError,
    SiteNodeBusyError,
    SiteNodeError,
    SiteNodeUnreachableError,
    SwarmError,
    SwarmUnreachableError,
    SyncRunningError,
    TemporaryFileError,
    TermsMismatchError,
    TrainingOverError,
    TransientError,
    UnauthorizedError,
    UnknownContractError,
    UnknownSessionError,
    UnprovenError,
)
from ._join import join
from ._options import SessionOptions
from ._rounds import Final, FinalRound, Merged, MergedRound, Report
from ._session import Session

__all__ = [
    "BadBodyError",
    "BadOptionError",
    "BadValueError",
    "BadWeightsError",
    "ChainRefusedError",
    "DeadlineError",
    "Final",
    "FinalRound",
    "KafkaDeniedError",
    "LayoutMismatchError",
    "Merged",
    "MergedRound",
    "MinPeersNotReachedError",
    "NotEnrolledError",
    "NotFiniteError",
    "RejectedError",
    "Report",
    "RoundDeadlineError",
    "Session",
    "SessionOpenError",
    "SessionOptions",
    "SiteNodeBusyError",
    "SiteNodeError",
    "SiteNodeUnreachableError",
    "SwarmError",
    "SwarmUnreachableError",
    "SyncRunningError",
    "TemporaryFileError",
    "TermsMismatchError",
    "TrainingOverError",
    "TransientError",
    "UnauthorizedError",
    "UnknownContractError",
    "UnknownSessionError",
    "UnprovenError",
    "join",
]
