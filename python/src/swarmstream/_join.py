"""The function that puts a trainer into a training."""

from __future__ import annotations

from typing import Any

from ._errors import BadOptionError
from ._exchange import open_exchange
from ._options import CheckIn, SessionOptions, chosen_deadline_seconds
from ._session import Session
from ._share import is_patterns
from ._weights import Layout


def join(
    contract: str,
    weights: Any,
    *,
    share: list[str] | None = None,
    url: str | None = None,
    session: str | None = None,
    trainer: str | None = None,
    weight: int = 1,
    min_peers: int | None = None,
    merge_method: str | None = None,
    sync_interval: int = 128,
    check_in: CheckIn = "snapshot",
    adaptive: bool = False,
    patience: int | None = None,
    epochs_total: float | None = None,
    take_over: bool = False,
    deadline_seconds: float | None = None,
) -> Session:
    """Makes a session in the training `contract` for a model with the given `weights`.

    Use it as a context manager:

        with swarmstream.join("digits", weights, min_peers=2) as session:
            weights = session.sync(weights).weights

    Args:
        contract: the training contract's name: letters, digits, `.`, `_` and `-`.
        weights: arrays by name, or nested mappings, lists and tuples of arrays. A nested tensor is named by its path,
            such as `dense/kernel` or `0`. Only names, shapes and types are read.
        share: patterns of the names that are shared, such as `["*", "!head/*"]`; the last pattern that matches decides.
            The other tensors stay at the site and come back as they were given. None shares all.
        url: the site node's address; None takes SWARM_SITE_URL, else SWARM_NODE, else port 30305 of this machine.
        session: a name for the session; None makes one up. A name that the site node knows resumes that session.
        trainer: the framework's name on the site node's status page; None takes that of the callback, or `numpy`.
        weight: how much this site counts in a merge: a whole number from 1 upwards, such as its number of samples, at
            most what the site is enrolled with.
        min_peers: how many sites a round needs; must be the contract's number. None takes the contract's.
        merge_method: how contributions are merged; must be the contract's method. None takes the contract's.
        sync_interval: optimizer steps between two syncs. In an adaptive contract it holds for the first round only; later the
            rounds decide.
        check_in: what the site node contributes after `finish` while other sites still train: "snapshot" the last
            local weights, "active" the merged model, "inactive" nothing.
        adaptive: whether the contract must be adaptive. The first trainer of a draft makes it so. False takes what the
            contract says.
        patience: how many rounds in a row may bring no lower mean loss of all sites before `should_stop` is true, and a
            framework's training stops. Sites with the same `patience` that have seen the same rounds stop after the same
            one. None does not stop.
        epochs_total: how many passes over the data are planned, for the round's record and the status page; None takes
            the framework's plan where the callback knows it.
        take_over: whether to close the session of another trainer of this site, which may have crashed.
        deadline_seconds: how long one call may wait for the site node and the other sites, in seconds; None takes
            SWARM_DEADLINE_SECONDS, or else 3600.

    Returns:
        A session that opens with its first call, or when the `with` block begins.

    Raises:
        BadOptionError: an option has a value that is not allowed, or a pattern matches no tensor; nothing has been sent.
        BadWeightsError: the weights cannot be shared.
    """
    options = SessionOptions(
        contract=contract,
        trainer=trainer or "numpy",
        weight=weight,
        min_peers=min_peers,
        merge_method=merge_method,
        sync_interval=sync_interval,
        check_in=check_in,
        adaptive=adaptive,
        patience=patience,
        epochs_total=epochs_total,
        take_over=take_over,
        deadline_seconds=chosen_deadline_seconds(deadline_seconds),
    )
    if share is not None and not is_patterns(share):
        raise BadOptionError(f"share is {share!r}; use a list of patterns such as ['*', '!head/*'], or None")
    layout = Layout.of(weights, share)
    _, local = layout.split(weights)
    return Session(open_exchange(options, layout, url=url, session=session), local)
