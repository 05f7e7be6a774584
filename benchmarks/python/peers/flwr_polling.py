"""Flower's exchange of messages with short polls: its own looks for replies every three seconds."""

import os
import time
from collections.abc import Iterable

from flwr.app import Message
from flwr.serverapp import Grid

POLL_SECONDS = float(os.environ.get("BENCH_POLL_SECONDS", "0.1"))


def await_sites(grid: Grid, sites: int) -> None:
    """Until all are connected."""
    while len(list(grid.get_node_ids())) < sites:
        time.sleep(POLL_SECONDS)


def exchange(grid: Grid, messages: Iterable[Message]) -> list[Message]:
    """Sends messages and returns the replies to all of them."""
    missing = set(grid.push_messages(messages))
    replies: list[Message] = []
    while missing:
        for reply in grid.pull_messages(missing):
            if reply.has_error():
                raise RuntimeError(f"a site failed: {reply.error.reason}")
            replies.append(reply)
            missing.discard(reply.metadata.reply_to_message_id)
        if missing:
            time.sleep(POLL_SECONDS)
    return replies
