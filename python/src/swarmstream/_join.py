"""The way in."""

from __future__ import annotations

import sys
from typing import Any

from ._node import SiteNode
from ._options import SessionOptions, default_deadline_seconds, site_url
from ._progress import Progress, progress_for
from ._session import Session
from ._weights import Layout


def join(contract: str, weights: Any, *, url: str | None = None, session: str | None = None, **options: Any) -> Session:
    """A session in the training `contract` for a model with such `weights` (only names, shapes and types are read).

    weights: arrays by name, or in any containers: lists, tuples and mappings, in each other as well. A tensor in a tree is
        named by its path, as `dense/kernel` or `0`.
    url: the site node's address; None takes the environment's SWARM_SITE_URL, or this machine's port 30305.
    session: a name of one's own choice; one that the site node knows is taken up again.
    options: fields of `SessionOptions`.

    Use it as a context manager::

        with swarmstream.join("digits", weights, min_peers=2) as session:
            weights = session.sync(weights).weights
    """
    return open_session(Layout.of(weights), contract, url=url, session=session, **options)


def open_session(
    layout: Layout,
    contract: str,
    *,
    url: str | None = None,
    session: str | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Session:
    """As `join`, for a layout that was read elsewhere, and with its own way to tell what is waited for."""
    options.setdefault("deadline_seconds", default_deadline_seconds())
    node = SiteNode(site_url(url))
    told = progress or progress_for(sys.stderr)
    return Session(node, SessionOptions(contract=contract, **options), layout, told, session)
