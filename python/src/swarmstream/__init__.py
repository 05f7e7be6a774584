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

`swarmstream.Network` starts trainings at all organisations, through a shell that serves.
"""

from ._best_model import BestModel
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
    NotAllowedError,
    NotEnrolledError,
    NotFiniteError,
    RefusedError,
    RejectedError,
    RoundDeadlineError,
    ServiceError,
    ServiceUnreachableError,
    SessionOpenError,
    SiteNodeBusyError,
    SiteNodeError,
    SiteNodeUnreachableError,
    SwarmError,
    SwarmUnreachableError,
    SyncConflictError,
    SyncRunningError,
    TaskDeadlineError,
    TaskFailedError,
    TemporaryFileError,
    TermsMismatchError,
    TrainingOverError,
    TransientError,
    UnauthorizedError,
    UnknownContractError,
    UnknownNameError,
    UnknownSessionError,
    UnprovenError,
)
from ._join import join
from ._judge import RoundEvaluation
from ._network import Network
from ._records import Agent, Contract, Node, Peer, Performance, Task, Taskrunner
from ._rounds import Final, FinalRound, Merged, MergedRound
from ._session import Session
from ._task_progress import TaskProgress

__version__ = "0.1.0.dev0"

__all__ = [
    "Agent",
    "BadBodyError",
    "BadOptionError",
    "BadValueError",
    "BadWeightsError",
    "BestModel",
    "ChainRefusedError",
    "Contract",
    "DeadlineError",
    "Final",
    "FinalRound",
    "KafkaDeniedError",
    "LayoutMismatchError",
    "Merged",
    "MergedRound",
    "MinPeersNotReachedError",
    "Network",
    "Node",
    "NotAllowedError",
    "NotEnrolledError",
    "NotFiniteError",
    "Peer",
    "Performance",
    "RefusedError",
    "RejectedError",
    "RoundDeadlineError",
    "RoundEvaluation",
    "ServiceError",
    "ServiceUnreachableError",
    "Session",
    "SessionOpenError",
    "SiteNodeBusyError",
    "SiteNodeError",
    "SiteNodeUnreachableError",
    "SwarmError",
    "SwarmUnreachableError",
    "SyncConflictError",
    "SyncRunningError",
    "Task",
    "TaskDeadlineError",
    "TaskFailedError",
    "TaskProgress",
    "Taskrunner",
    "TemporaryFileError",
    "TermsMismatchError",
    "TrainingOverError",
    "TransientError",
    "UnauthorizedError",
    "UnknownContractError",
    "UnknownNameError",
    "UnknownSessionError",
    "UnprovenError",
    "__version__",
    "join",
]
