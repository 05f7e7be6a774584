"""Swarmstream: sites that may not share their data train one model together.

A training program (the trainer) talks to the site node beside it; the site node exchanges models with the other sites.
With plain numpy:

    with swarmstream.join("digits", weights, min_peers=2) as session:
        weights = session.sync(weights).weights  # all sites begin with the same model
        for _ in range(rounds):
            weights = session.sync(train(weights)).weights
        weights = session.finish(weights).weights  # and end with the same model

Each framework has its own module, which is imported only when you import it: `swarmstream.pytorch`,
`swarmstream.lightning`, `swarmstream.keras`, `swarmstream.transformers`, `swarmstream.sklearn`.
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
    SyncConflictError,
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
from ._rounds import Final, FinalRound, Merged, MergedRound
from ._session import Session

__version__ = "0.1.0.dev0"

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
    "RoundDeadlineError",
    "Session",
    "SessionOpenError",
    "SiteNodeBusyError",
    "SiteNodeError",
    "SiteNodeUnreachableError",
    "SwarmError",
    "SwarmUnreachableError",
    "SyncConflictError",
    "SyncRunningError",
    "TemporaryFileError",
    "TermsMismatchError",
    "TrainingOverError",
    "TransientError",
    "UnauthorizedError",
    "UnknownContractError",
    "UnknownSessionError",
    "UnprovenError",
    "__version__",
    "join",
]
