"""The exceptions of the package, as a tree.

    SwarmError
    ├── BadOptionError              an option or an environment variable has a value that is not allowed
    ├── BadWeightsError             the weights cannot be shared, for example because they are text
    ├── BadBodyError                the site node sent a body that is not safetensors, or holds another model
    ├── TemporaryFileError          a received model cannot be written to its temporary file, for example on a full disk
    ├── SiteNodeUnreachableError    nothing answers at the site node's address
    ├── DeadlineError               the trainer waited as long as `deadline_seconds` allows
    │   ├── RoundDeadlineError          for the other sites of a round
    │   ├── MinPeersNotReachedError     for as many sites as the contract demands
    │   └── TaskDeadlineError           for the peers of a task
    ├── ServiceUnreachableError     nothing answers at the address of the shell's service
    ├── ServiceError                the shell's service refused the request and says why
    │   ├── NotAllowedError             the caller's certificate may not do that
    │   ├── UnknownNameError            there is no contract, task or taskrunner of that name
    │   └── RefusedError                the swarm's state does not allow it, such as a second task at once
    ├── TaskFailedError             peers of a task have failed, or it was reset or replaced
    └── SiteNodeError               the site node refused the request and says why
        ├── UnknownContractError        no such training contract exists
        ├── UnauthorizedError           the trainer did not present the site node's token
        ├── NotEnrolledError            the contract does not list this site
        ├── KafkaDeniedError            Kafka denies the site node access to the contract's topics
        ├── ChainRefusedError           the chain rejects a transaction that the contract needs
        ├── TermsMismatchError          the contract has other terms, such as min_peers or merge_method
        ├── LayoutMismatchError         the contract has other tensors, or other shapes
        ├── BadValueError               the site node cannot read a field of the request
        ├── NotFiniteError              the weights contain NaN or infinity
        ├── RejectedError               the swarm rejected the contribution
        ├── UnprovenError               the merged model does not match the hash on the chain
        ├── SessionOpenError            another trainer of this site already takes part in the training
        ├── TrainingOverError           enough sites have finished; no more rounds are merged
        ├── SyncConflictError           other weights were sent under the number of this sync
        ├── RoundDeadlineError, MinPeersNotReachedError: as above
        └── TransientError              passes by itself: a session retries until its deadline
            ├── UnknownSessionError         the site node does not know the session, for example after a restart
            ├── SyncRunningError            the site node still reads what a lost connection has sent
            ├── SiteNodeBusyError           the site node serves other trainers, or this trainer sent too slowly
            └── SwarmUnreachableError       the site node reaches neither Kafka nor the chain

The classes of a refusal are named after the code in the site node's answer: `not-finite` is a `NotFiniteError`. Every
message says what to do about it.
"""

from __future__ import annotations

import re

# The site node's answers give advice about HTTP, which is replaced by advice for Python.
HTTP_ADVICE = re.compile(r"; [^;]*\b(?:GET|PUT|POST|DELETE) /v1/[^;]*")
ADVICE = {
    "session-open": "; stop that program, or give take_over=True, which closes its session",
    "unknown-session": "; the site node may have restarted: the session reopens by itself until deadline_seconds have"
    " passed",
    "swarm-unreachable": "; the session reopens by itself until deadline_seconds have passed",
}


class SwarmError(Exception):
    """The base class of everything that goes wrong between a trainer and its swarm."""


class BadOptionError(SwarmError):
    """An option or an environment variable has a value that is not allowed. Raised before anything is sent."""


class BadWeightsError(SwarmError):
    """The weights cannot be shared, or a merged model did not arrive in them. The message names the tensor."""


class BadBodyError(SwarmError):
    """The site node sent a body that is not safetensors, or that holds another model than the session's."""


class TemporaryFileError(SwarmError):
    """A received model cannot be written to its temporary file: the disk is full, or the folder is not writable."""


class SiteNodeUnreachableError(SwarmError):
    """Nothing answers at the site node's address."""


class DeadlineError(SwarmError):
    """The trainer waited as long as `deadline_seconds` allows."""


class TaskDeadlineError(DeadlineError):
    """A task was not done within the time that its caller allows. It goes on; the message says who is at what."""


class TaskFailedError(SwarmError):
    """Peers of a task have failed, or the task was reset or replaced. The message has what they say."""


class ServiceUnreachableError(SwarmError):
    """Nothing answers at the address of the shell's service."""


class ServiceError(SwarmError):
    """The shell's service refused the request and says why.

    Attributes:
        code: the reason in a word, such as `not-found`; empty if the answer has none.
        status: the HTTP status of the answer.
        field: the field of the request that is wrong; None if there is none.
    """

    def __init__(self, message: str, *, code: str = "", status: int = 0, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.field = field


class NotAllowedError(ServiceError):
    """The caller's certificate may not do that; `swarm shell --serve --allow MEMBER` allows a member."""


class UnknownNameError(ServiceError):
    """There is no contract, task or taskrunner of that name."""


class RefusedError(ServiceError):
    """The swarm's state does not allow it, such as a second task at once."""


class SiteNodeError(SwarmError):
    """The site node refused the request and says why.

    Attributes:
        code: the reason in a word, such as `not-finite`; empty if the answer has none.
        status: the HTTP status of the answer; 0 if this package raised the error itself.
        field: what did not fit: a field of the request, or a tensor's name; None if there is none.
        expected: the value that would fit; None if unknown.
        actual: the value that was given; None if unknown.
    """

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


class RoundDeadlineError(SiteNodeError, DeadlineError):
    """A round was not merged within `deadline_seconds`. The message says which sites are missing."""


class MinPeersNotReachedError(SiteNodeError, DeadlineError):
    """Fewer sites contributed within `deadline_seconds` than the contract demands."""


class UnknownContractError(SiteNodeError):
    """No such training contract exists."""


class UnauthorizedError(SiteNodeError):
    """The trainer did not present the site node's token; see SWARM_TOKEN_FILE and SWARM_TOKEN."""


class NotEnrolledError(SiteNodeError):
    """The contract does not list this site."""


class KafkaDeniedError(SiteNodeError):
    """Kafka denies the site node access to the contract's topics; Kafka's administrator has to grant it."""


class ChainRefusedError(SiteNodeError):
    """The chain rejects a transaction that the contract needs, and would reject it again. The message says why."""


class TermsMismatchError(SiteNodeError):
    """The contract has other terms than the session asks for, such as `min_peers` or `merge_method`."""


class LayoutMismatchError(SiteNodeError):
    """The contract's model has other tensors, or other shapes. `field` names the first tensor that differs."""


class BadValueError(SiteNodeError):
    """The site node cannot read a field of the request, or the contract's encoding cannot hold a tensor."""


class NotFiniteError(SiteNodeError):
    """The weights contain NaN or infinity. `field` names the tensor."""


class RejectedError(SiteNodeError):
    """The swarm rejected the contribution."""


class UnprovenError(SiteNodeError):
    """The merged model does not match the hash on the chain."""


class SessionOpenError(SiteNodeError):
    """Another trainer of this site already takes part in the training; `take_over=True` closes its session."""


class TrainingOverError(SiteNodeError):
    """Enough sites have finished; no more rounds are merged."""


class SyncConflictError(SiteNodeError):
    """Other weights were sent under the number of this sync; a session sends these under the next number."""


class TransientError(SiteNodeError):
    """Passes by itself: a session retries until `deadline_seconds` have passed."""


class UnknownSessionError(TransientError):
    """The site node does not know the session, for example after a restart."""


class SyncRunningError(TransientError):
    """The site node still reads what a lost connection has sent."""


class SiteNodeBusyError(TransientError):
    """The site node serves other trainers, or this trainer sent too slowly."""


class SwarmUnreachableError(TransientError):
    """The site node reaches neither Kafka nor the chain."""


BY_CODE: dict[str, type[SiteNodeError]] = {
    "unknown-contract": UnknownContractError,
    "unauthorized": UnauthorizedError,
    "not-enrolled": NotEnrolledError,
    "kafka-denied": KafkaDeniedError,
    "chain-refused": ChainRefusedError,
    "terms-mismatch": TermsMismatchError,
    "layout-mismatch": LayoutMismatchError,
    "bad-value": BadValueError,
    "not-finite": NotFiniteError,
    "rejected": RejectedError,
    "round-deadline": RoundDeadlineError,
    "min-peers-not-reached": MinPeersNotReachedError,
    "unproven": UnprovenError,
    "session-open": SessionOpenError,
    "unknown-session": UnknownSessionError,
    "sync-running": SyncRunningError,
    "busy": SiteNodeBusyError,
    "too-slow": SiteNodeBusyError,
    "swarm-unreachable": SwarmUnreachableError,
    "training-over": TrainingOverError,
    "sync-conflict": SyncConflictError,
}

BY_SERVICE_CODE: dict[str, type[ServiceError]] = {
    "not-allowed": NotAllowedError,
    "no-certificate": NotAllowedError,
    "not-found": UnknownNameError,
    "unknown-contract": UnknownNameError,
    "refused": RefusedError,
}
