"""Early stopping on which sites agree that have seen the same rounds, because they read the same losses from the records."""

from __future__ import annotations

import logging
import math

from ._rounds import MergedRound

log = logging.getLogger("swarmstream")


class Patience:
    """Counts the rounds since the sites' mean loss was last lower than ever before.

    Args:
        rounds: how many rounds in a row may bring no lower loss; None never runs out.
    """

    def __init__(self, rounds: int | None) -> None:
        self._rounds = rounds
        self._lowest = math.inf
        self._since: int | None = None  # the round of the lowest loss, or the first
        self._warned = False
        self.has_run_out = False

    def saw(self, merged: MergedRound) -> None:
        """Takes a round's record into account."""
        if self._rounds is None:
            return
        loss = merged.mean_loss
        if self._since is None or (loss is not None and loss < self._lowest):
            self._since = merged.round
            self._lowest = math.inf if loss is None else loss
        # By rounds, not by records: a site that missed some stops with the others, unless the lowest loss was in one of them.
        if loss is not None and merged.round - self._since >= self._rounds and not self.has_run_out:
            self.has_run_out = True
            log.info(
                "no lower mean loss than %s since round %d, so training stops (patience=%d)",
                self._lowest,
                self._since,
                self._rounds,
            )
        if loss is None and merged.round > self._since and not self._warned:
            self._warned = True
            log.warning(
                "patience=%d has no effect: no site reports a loss; pass a loss with each sync, or give evaluate=",
                self._rounds,
            )
