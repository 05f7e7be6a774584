"""One trainer's part in one training, for programs that hold their weights as arrays."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from ._exchange import ModelExchange
from ._rounds import Final, FinalRound, Merged, MergedRound, Report
from ._weights import Weights


class Session:
    """One trainer's part in one training. `swarmstream.join` makes it; as a context manager it leaves when the block ends.

    When the site node dies or restarts while the trainer waits, the session reopens and sends the weights again, until
    `deadline_seconds` have passed. A session that the program does not leave is left when the program ends, when the
    session is garbage-collected, or when the same thread opens another session in the same training.
    """

    def __init__(self, exchange: ModelExchange, local: dict[str, Any]) -> None:
        self._exchange = exchange
        self._local = local  # the newest tensors that stay at the site

    @property
    def name(self) -> str:
        """The session's name at the site node."""
        return self._exchange.name

    @property
    def interval(self) -> int:
        """How many batches to train before the next sync."""
        return self._exchange.interval

    @property
    def training_over(self) -> bool:
        """Whether enough sites have finished, so that no more rounds are merged."""
        return self._exchange.training_over

    @property
    def should_stop(self) -> bool:
        """Whether local training should end: the training is over, or `patience` has run out. Then call `finish`."""
        return self._exchange.should_stop

    def open(self) -> None:
        """Opens the session now rather than with the first sync, and checks the contract.

        Raises:
            UnknownContractError: no such contract exists.
            NotEnrolledError: the contract does not list this site.
            LayoutMismatchError: the contract's model has other tensors.
            TermsMismatchError: the contract has other terms than the session asks for.
            SessionOpenError: another trainer of this site already takes part in the training.
            SiteNodeUnreachableError: nothing answered within `deadline_seconds`.
        """
        self._exchange.open()

    def sync(
        self,
        weights: Any,
        *,
        loss: float | None = None,
        metric: float | None = None,
        samples: int | None = None,
        epochs_done: float | None = None,
        weight: int | None = None,
    ) -> Merged:
        """Contributes `weights` to the next round, waits for the other sites, and returns the merged model.

        Args:
            weights: the local weights, in the containers and with the names, shapes and types that `join` was given.
            loss: the local model's training loss, for the round's record; None reports none.
            metric: the local model's metric, for the round's record; None reports none.
            samples: how many examples the site trained on since the last sync; None reports none.
            epochs_done: passes over the data that are complete; None reports none.
            weight: how much this contribution counts, from 1 upwards; None takes the session's weight.

        Returns:
            The merged round, with the merged weights in the containers and types of the trainer's, and with those that
            `share` keeps local as they were given.

        Raises:
            LayoutMismatchError: the weights have other names or shapes than those that `join` was given.
            NotFiniteError: the weights contain NaN or infinity.
            BadWeightsError: a tensor has values that a merge cannot keep.
            RejectedError: the swarm rejected the contribution.
            RoundDeadlineError: the round was not merged within `deadline_seconds`.
            MinPeersNotReachedError: too few sites contributed within `deadline_seconds`.
            TrainingOverError: the training is over; call `finish` for the final model.
        """
        report = Report(loss, metric, samples, epochs_done, weight)
        merged = self._exchange.exchange(self._shared(weights), report)
        return Merged(**vars(merged), weights=self._whole_model())

    def report_evaluation(
        self, merged: MergedRound | FinalRound, loss: float, metric: float, epochs_done: float = 0
    ) -> None:
        """Reports how good the merged model is on this site's own data; only the two numbers go to the swarm.

        Later contributions repeat the newest evaluation instead of the loss and metric given to `sync`.

        Args:
            merged: the round whose model was evaluated, as `sync` or `finish` returned it.
            loss: the merged model's loss; NaN if unknown, and then not reported.
            metric: the merged model's metric; NaN if unknown, and then not reported.
            epochs_done: passes over the data that are complete.
        """
        self._exchange.report_evaluation(merged, loss, metric, epochs_done)

    def finish(
        self,
        weights: Any = None,
        *,
        loss: float | None = None,
        metric: float | None = None,
        samples: int | None = None,
        epochs_done: float | None = None,
        weight: int | None = None,
    ) -> Final:
        """Ends this site's part and waits until the training is over at all sites.

        With `check_in="snapshot"` the last local `weights` are contributed once more, here and in the rounds that
        others still train.

        Args:
            weights: the local weights, as for `sync`; None contributes none.
            loss: as for `sync`.
            metric: as for `sync`.
            samples: as for `sync`.
            epochs_done: as for `sync`.
            weight: as for `sync`.

        Returns:
            The last round, with the final weights. All sites end with them.

        Raises:
            RoundDeadlineError: no further round was merged within `deadline_seconds`, and the training is not over.
            MinPeersNotReachedError: as above, because too few sites contribute.
        """
        report = Report(loss, metric, samples, epochs_done, weight)
        final = self._exchange.conclude(None if weights is None else self._shared(weights), report)
        return Final(**vars(final), weights=self._whole_model())

    def leave(self) -> None:
        """Leaves the training, so that no site waits for this trainer any longer. A session may be left repeatedly."""
        self._exchange.leave()

    def __enter__(self) -> Session:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def _shared(self, weights: Any) -> Weights:
        shared, self._local = self._exchange.layout.split(weights)
        return shared

    def _whole_model(self) -> Any:
        return self._exchange.layout.whole(self._exchange.model(), self._local)
