"""The exchange of a model with the site node, which a session and the frameworks' callbacks share."""

from __future__ import annotations

import math
import sys
import threading
import weakref
from contextlib import suppress
from typing import Any, BinaryIO, Callable, TypeVar

from . import _earlier
from ._deadline import Backoff, Deadline
from ._errors import (
    LayoutMismatchError,
    MinPeersNotReachedError,
    RoundDeadlineError,
    SessionOpenError,
    SiteNodeError,
    SiteNodeUnreachableError,
    SyncConflictError,
    TrainingOverError,
    TransientError,
)
from ._leaving import Leaving
from ._node import Json, SiteNode
from ._options import SessionOptions, site_url
from ._patience import Patience
from ._progress import Progress, Waiting, log, progress_for
from ._rounds import NOTHING_TO_REPORT, FinalRound, MergedRound, Report, merged_round
from ._weights import Layout, Tensors, Weights

T = TypeVar("T")

# The site node gives up slightly before the trainer does, because only the node knows which sites are missing.
SLACK_SECONDS = 2.0


class ModelExchange:
    """Sends a trainer's weights to the site node and keeps the merged model that comes back, in one session.

    `Session` and the frameworks' callbacks are faces of it. The received model stays on disk; `model` reads it tensor by
    tensor. When the site node dies or restarts, the exchange reopens the session and sends the weights again, until
    `deadline_seconds` have passed.
    """

    def __init__(
        self,
        node: SiteNode,
        options: SessionOptions,
        layout: Layout,
        progress: Progress,
        name: str | None = None,
    ) -> None:
        self.name = name or _earlier.new_name(options.trainer)
        self.options = options
        self.layout = layout
        self.training_over = False
        self.patience = Patience(options.patience)
        self.interval = options.sync_interval
        self.thread = threading.current_thread()
        self._node = node
        self._progress = progress
        self._opened: Json | None = None
        self._leaving: Leaving | None = None
        self._told: set[str] = set()
        self._takes_over = options.take_over
        self._syncs = 0
        self._warned = ""
        self._evaluation: Json | None = None
        self._models: list[BinaryIO] = []  # the newest model received, or nothing
        weakref.finalize(self, _close, self._models)
        self._gave_way = False

    @property
    def should_stop(self) -> bool:
        """Whether local training should end: the training is over, or `patience` has run out."""
        return self.training_over or self.patience.has_run_out

    # -- the trainer's side

    def exchange(self, weights: Weights, report: Report = NOTHING_TO_REPORT, check_in: str = "training") -> MergedRound:
        """Contributes `weights` to the next round and waits for the merged model, which `model` then reads."""
        if self.training_over:
            raise TrainingOverError("the training is over; call finish() for the final model", code="training-over")
        self.layout.check(weights)
        try:
            state = self._insist(lambda deadline: self._attempt(weights, report, check_in, deadline))
        except TrainingOverError:
            self.training_over = True
            raise
        self._syncs += 1
        merged = merged_round(state, self.interval)
        self.training_over, self.interval = merged.training_over, merged.next_interval
        self.patience.saw(merged)
        if merged.warning and merged.warning != self._warned:
            log.error("%s", merged.warning)  # another node has this site's key
            self._warned = merged.warning
        if merged.clipped:
            log.warning("round %d: %s", merged.round, merged.clipped)
        return merged

    def model(self) -> Tensors:
        """The tensors of the newest model received, each in the trainer's own type."""
        if not self._models:
            raise ValueError("no model has been received yet; call sync() first")
        self._models[0].seek(0)
        return self.layout.read(self._models[0])

    def report_evaluation(
        self, merged: MergedRound | FinalRound, loss: float, metric: float, epochs_done: float = 0
    ) -> None:
        """Reports how good the merged model is on this site's data; later contributions repeat the newest figures."""
        evaluation = {
            "round": merged.round,
            "loss": float(loss),  # may be a NumPy number or a tensor
            "metric": float(metric),
            "epochsDone": float(epochs_done),
            "epochsTotal": float(self.options.epochs_total or 0),
        }
        told = {name: value for name, value in evaluation.items() if math.isfinite(value)}
        self._evaluation = told
        self._insist(lambda _: self._node.report_evaluation(self.name, told))

    def conclude(self, weights: Weights | None = None, report: Report = NOTHING_TO_REPORT) -> FinalRound:
        """Ends this site's part and waits for the final model, which `model` then reads."""
        check_in = self.options.check_in
        if weights is not None and check_in == "snapshot" and not self.training_over:
            with suppress(TrainingOverError):  # others have just ended it: the final model is theirs
                self.exchange(weights, report, check_in)
        return self._insist(self._attempt_to_conclude)

    def leave(self) -> None:
        """Leaves the training, so that no site waits for this trainer any longer."""
        if self._leaving is not None:
            self._leaving.now()
            self._leaving = None
        self._opened = None
        _close(self._models)

    def open(self) -> None:
        """Opens the session now rather than with the first sync."""
        self._insist(lambda _: None)

    # -- the site node's side

    def _insist(self, action: Callable[[Deadline], T]) -> T:
        """Runs `action` in an open session; retries after a lost connection or a restart of the site node."""
        deadline = Deadline(self.options.deadline_seconds)
        backoff = Backoff(deadline)
        try:
            while True:
                try:
                    self._ensure_open(deadline)
                    return action(deadline)
                except (SiteNodeUnreachableError, TransientError) as error:
                    self._opened = None
                    self._progress.waits(Waiting(self._syncs, left_seconds=deadline.left_seconds(), reason=str(error)))
                    backoff.pause(error)
        finally:
            self._progress.done()

    def _ensure_open(self, deadline: Deadline) -> None:
        if self._opened is None:
            self._claim()
            terms = {**self.options.request(), "layout": self.layout.request(), "takeOver": self._takes_over}
            self._leave_by_all_means()
            self._opened = self._put(terms, deadline)
            self._tell_notices(self._opened)
            if not self._syncs:  # later the newest model says it
                self.interval = int(self._opened.get("nextInterval") or self.interval)
            if self._evaluation is not None:  # a restarted node does not know it
                self._node.report_evaluation(self.name, self._evaluation)
            self._takes_over = False  # reopening must not take the session from whoever took it over meanwhile

    def _claim(self) -> None:
        """Makes this the program's only session in the training; leaves an earlier one, of an interrupted cell."""
        if self._gave_way:
            raise SessionOpenError(
                f"this program has since opened another session in contract '{self.options.contract}'; use that one",
                code="session-open",
            )
        self.thread = threading.current_thread()
        earlier = _earlier.replaced_by(self, self._node.url, self.options.contract)
        if earlier is not None and earlier._leaving is not None:
            log.warning(
                "this program did not leave its earlier session in contract '%s', perhaps because a cell was interrupted;"
                " leaving it now and opening a new one",
                self.options.contract,
            )
            earlier._gave_way = True
            earlier.leave()

    def _leave_by_all_means(self) -> None:
        """Registers the session for leaving before the node knows it: an interrupt may cut off the node's answer."""
        if self._leaving is None or not self._leaving.is_due():
            node, name = self._node, self.name  # not self, which would then never be garbage
            self._leaving = Leaving(self, lambda: node.leave(name))

    def _put(self, terms: Json, deadline: Deadline) -> Json:
        try:
            try:
                return self._node.open_session(self.name, terms, deadline)
            except SessionOpenError as error:
                if not _earlier.is_abandoned(str(error.actual)):
                    raise
                log.warning("session %s belongs to a program that has ended; taking it over", error.actual)
                return self._node.open_session(self.name, {**terms, "takeOver": True}, deadline)
        except SiteNodeUnreachableError:
            raise  # the session may be open nevertheless
        except SiteNodeError as error:
            if self._leaving is not None:  # nothing was opened, so there is nothing to leave
                self._leaving.forget()
                self._leaving = None
            if isinstance(error, LayoutMismatchError):
                raise self.layout.explained(error) from None
            raise

    def _tell_notices(self, answer: Json) -> None:
        """Passes each notice of the site node on to the trainer's user, once."""
        for notice in map(str, answer.get("notices") or ()):
            if notice not in self._told:
                self._told.add(notice)
                self._progress.warns(notice)

    def _attempt(self, weights: Weights, report: Report, check_in: str, deadline: Deadline) -> Json:
        try:
            self._send(weights, report, check_in, deadline)
        except SyncConflictError:
            # An interrupted call sent other weights under this number. Those count; these are the next.
            self._await_merged(deadline)
            self._syncs += 1
            self._send(weights, report, check_in, deadline)
        state = self._await_merged(deadline)
        self._keep(self._node.merged_model(self.name, self._syncs))
        return state

    def _send(self, weights: Weights, report: Report, check_in: str, deadline: Deadline) -> None:
        query = {
            **report.query(),
            "checkIn": check_in,
            "deadlineSeconds": max(1, int(deadline.left_seconds() - SLACK_SECONDS)),
        }
        pieces = self.layout.body(weights)
        self._node.send_weights(self.name, self._syncs, query, pieces, self.layout.byte_count, deadline)

    def _await_merged(self, deadline: Deadline) -> Json:
        return self._wait(lambda seconds: self._node.sync_state(self.name, self._syncs, seconds), "merged", deadline)

    def _attempt_to_conclude(self, deadline: Deadline) -> FinalRound:
        self._node.finish(self.name, self.options.check_in, self.options.deadline_seconds)
        newest: Any = None

        def poll(seconds: float) -> Json:
            nonlocal newest
            state = self._node.final_state(self.name, seconds)
            if newest is not None and state.get("round") != newest:
                deadline.renew()  # others still train, and each new round starts the wait anew
            newest = state.get("round")
            return state

        state = self._wait(poll, "over", deadline)
        self._keep(self._node.final_model(self.name))
        self.training_over = True
        return FinalRound(
            round=int(state["round"]), model_hash=str(state.get("modelHash") or ""), epsilon=state.get("epsilon")
        )

    def _wait(self, poll: Callable[[float], Json], until: str, deadline: Deadline) -> Json:
        """Polls until the state is `until`; each poll lasts at most as long as the progress display may stay unchanged."""
        while True:
            state = poll(min(self._progress.interval_seconds, max(1.0, deadline.left_seconds())))
            if state.get("state") == until:
                return state
            waiting = Waiting.of(state, deadline.left_seconds())
            if deadline.has_passed():
                raise _too_late(waiting, until, self.options.deadline_seconds)
            self._progress.waits(waiting)

    def _keep(self, model: BinaryIO) -> None:
        _close(self._models)
        self._models.append(model)


def _close(models: list[BinaryIO]) -> None:
    while models:
        models.pop().close()


def _too_late(waiting: Waiting, until: str, deadline_seconds: float) -> Exception:
    kind = MinPeersNotReachedError if waiting.contributed < waiting.min_peers else RoundDeadlineError
    what = (
        f"round {waiting.round} was not merged in {deadline_seconds:.0f} s"
        if until == "merged"
        else f"no other round followed round {waiting.round} in {deadline_seconds:.0f} s, and the training is not over"
    )
    whom = waiting.whom if waiting.is_sentence else f"waited for {waiting.whom}"
    return kind(
        f"{what}: {whom} ({waiting.contributed} sites in, {waiting.min_peers} needed);"
        " start the missing sites, or give more deadline_seconds",
        code="min-peers-not-reached" if kind is MinPeersNotReachedError else "round-deadline",
    )


def open_exchange(
    options: SessionOptions,
    layout: Layout,
    *,
    url: str | None = None,
    session: str | None = None,
    progress: Progress | None = None,
) -> ModelExchange:
    """An exchange with the site node at `url`; nothing is sent yet."""
    return ModelExchange(SiteNode(site_url(url)), options, layout, progress or progress_for(sys.stderr), session)
