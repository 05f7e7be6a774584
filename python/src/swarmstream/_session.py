"""One trainer's part in one training."""

from __future__ import annotations

import math
import threading
import weakref
from contextlib import suppress
from types import TracebackType
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
from ._options import SessionOptions
from ._progress import Progress, Waiting, log
from ._rounds import NOTHING_TO_REPORT, Final, FinalRound, Merged, MergedRound, Report
from ._weights import Layout, Tensors, Weights, flat

T = TypeVar("T")

# The site node gives up a little before the trainer does: it knows who is missing.
SLACK_SECONDS = 2.0


class Session:
    """One trainer's part in one training: a context manager that leaves the training when it ends.

    A site node that dies while the trainer waits, or is started anew, costs nothing but time: the session is opened
    again and the weights are sent again, until `deadline_seconds` have passed. One that nobody leaves is left when the
    program ends, when it is garbage, or when the same thread opens another one in the same training.
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
        self._models: list[BinaryIO] = []  # the newest one that was received
        weakref.finalize(self, _close, self._models)
        self._gave_way = False

    # -- the trainer's side

    def sync(self, weights: Any, **report: Any) -> Merged:
        """Contributes `weights` to the next round, waits for the others, and returns the merged model.

        They, and the merged ones, are in the containers in which they were when the session began.
        `report` are fields of `Report`: loss, metric, samples, epochs_done, weight.
        """
        merged = self.exchange(flat(weights), Report(**report))
        return Merged(**vars(merged), weights=self.layout.whole(self.model()))

    def exchange(self, weights: Weights, report: Report = NOTHING_TO_REPORT, check_in: str = "training") -> MergedRound:
        """As `sync`, but leaves the model on disk, where `model` reads it tensor by tensor."""
        if self.training_over:
            raise TrainingOverError("the training is over; call finish() for its last model", code="training-over")
        self.layout.check(weights)
        try:
            state = self._insist(lambda deadline: self._attempt(weights, report, check_in, deadline))
        except TrainingOverError:
            self.training_over = True
            raise
        self._syncs += 1
        merged = MergedRound.of(state, self.interval)
        self.training_over, self.interval = merged.training_over, merged.next_interval
        if merged.warning and merged.warning != self._warned:
            log.error("%s", merged.warning)  # somebody else has this site's key
            self._warned = merged.warning
        if merged.clipped:
            log.warning("round %d: %s", merged.round, merged.clipped)
        return merged

    def model(self) -> Tensors:
        """The tensors of the newest model that this session has received, in the trainer's own types."""
        if not self._models:
            raise ValueError("no model has been received yet; call sync() first")
        self._models[0].seek(0)
        return self.layout.read(self._models[0])

    def report_evaluation(
        self, merged: MergedRound | FinalRound, loss: float, metric: float, epochs_done: float = 0
    ) -> None:
        """Tells how good the merged model is on this site's own data; the swarm sees the two numbers only.

        From now on contributions tell the newest of them, not the loss and metric of their `Report`.
        """
        evaluation = {
            "round": merged.round,
            "loss": float(loss),  # evaluations are NumPy's numbers or tensors as well
            "metric": float(metric),
            "epochsDone": float(epochs_done),
            "epochsTotal": self.options.epochs_total,
        }
        told = {name: value for name, value in evaluation.items() if math.isfinite(value)}
        self._evaluation = told
        self._insist(lambda _: self._node.report_evaluation(self.name, told))

    def finish(self, weights: Any = None, **report: Any) -> Final:
        """Ends this site's part and waits until the training is over everywhere.

        With `check_in="snapshot"` the last local `weights` are contributed once more, here and in the rounds that
        others still train.
        """
        final = self.conclude(None if weights is None else flat(weights), Report(**report))
        return Final(**vars(final), weights=self.layout.whole(self.model()))

    def conclude(self, weights: Weights | None = None, report: Report = NOTHING_TO_REPORT) -> FinalRound:
        """As `finish`, but leaves the model on disk, where `model` reads it tensor by tensor."""
        check_in = self.options.check_in
        if weights is not None and check_in == "snapshot" and not self.training_over:
            with suppress(TrainingOverError):  # others have just ended it; what they ended with is the final model
                self.exchange(weights, report, check_in)
        return self._insist(self._attempt_to_conclude)

    def leave(self) -> None:
        """Nobody waits for this trainer any more."""
        if self._leaving is not None:
            self._leaving.now()
            self._leaving = None
        self._opened = None
        _close(self._models)

    def __enter__(self) -> Session:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    # -- the site node's side

    def open(self) -> None:
        """Opens the session now rather than with the first sync; a contract that does not fit is told here."""
        self._insist(lambda _: None)

    def _insist(self, action: Callable[[Deadline], T]) -> T:
        """Repeats what a lost connection or a restarted site node interrupted, in a session that is open again."""
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
            if not self._syncs:  # later it is what the newest model came with
                self.interval = int(self._opened.get("nextInterval") or self.interval)
            if self._evaluation is not None:  # a node that was started anew does not know it
                self._node.report_evaluation(self.name, self._evaluation)
            self._takes_over = False  # who opens it again does not take it from who took it over meanwhile

    def _claim(self) -> None:
        """Makes it the program's one session in the training; an earlier one, of an interrupted cell, gives way."""
        if self._gave_way:
            raise SessionOpenError(
                f"this program has opened another session in contract '{self.options.contract}' since; go on with that one",
                code="session-open",
            )
        self.thread = threading.current_thread()
        earlier = _earlier.replaced_by(self, self._node.url, self.options.contract)
        if earlier is not None and earlier._leaving is not None:
            log.warning(
                "an earlier session of this program in contract '%s' was not left, its cell was interrupted perhaps;"
                " leaving it, and beginning a new one",
                self.options.contract,
            )
            earlier._gave_way = True
            earlier.leave()

    def _leave_by_all_means(self) -> None:
        """From before the node knows it: its answer may be what an interrupt cuts off."""
        if self._leaving is None or not self._leaving.is_due():
            node, name = self._node, self.name  # not this session, which could never be garbage then
            self._leaving = Leaving(self, lambda: node.leave(name))

    def _put(self, terms: Json, deadline: Deadline) -> Json:
        try:
            try:
                return self._node.open_session(self.name, terms, deadline)
            except SessionOpenError as error:
                if not _earlier.is_abandoned(str(error.actual)):
                    raise
                log.warning("session %s is of a program that has ended; taking it over", error.actual)
                return self._node.open_session(self.name, {**terms, "takeOver": True}, deadline)
        except SiteNodeUnreachableError:
            raise  # it may be open all the same
        except SiteNodeError as error:
            if self._leaving is not None:  # there is nothing to leave
                self._leaving.forget()
                self._leaving = None
            if isinstance(error, LayoutMismatchError):
                raise self.layout.explained(error) from None
            raise

    def _tell_notices(self, answer: Json) -> None:
        """What the site node wants the trainer's user to know, once."""
        for notice in map(str, answer.get("notices") or ()):
            if notice not in self._told:
                self._told.add(notice)
                self._progress.warns(notice)

    def _attempt(self, weights: Weights, report: Report, check_in: str, deadline: Deadline) -> Json:
        try:
            self._send(weights, report, check_in, deadline)
        except SyncConflictError:
            # An interrupted call had sent others under this number; they count, and these are the next.
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
                deadline.renew()  # others train on: how long they may, only they know
            newest = state.get("round")
            return state

        state = self._wait(poll, "over", deadline)
        self._keep(self._node.final_model(self.name))
        self.training_over = True
        return FinalRound(round=int(state["round"]), model_hash=str(state.get("modelHash") or ""))

    def _wait(self, poll: Callable[[float], Json], until: str, deadline: Deadline) -> Json:
        """Polls until the state is `until`; the poll itself takes as long as the progress may go without news."""
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
        else f"no other round followed round {waiting.round} in {deadline_seconds:.0f} s, nor is the training over"
    )
    whom = waiting.whom if waiting.is_sentence else f"waited for {waiting.whom}"
    return kind(
        f"{what}: {whom} ({waiting.contributed} sites in, {waiting.min_peers} needed);"
        " see to it, or give more deadline_seconds",
        code="min-peers-not-reached" if kind is MinPeersNotReachedError else "round-deadline",
    )
