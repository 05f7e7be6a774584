"""scikit-learn: estimators that learn in batches (`partial_fit`) and whose state is arrays of coefficients.

These are linear models (`SGDClassifier`, `SGDRegressor`, `SGDOneClassSVM`, `Perceptron`, …: `coef_`, `intercept_`,
`offset_`) and neural networks (`MLPClassifier`, `MLPRegressor`: `coefs_`, `intercepts_`). All sites give the same classes
and the same names of features: a site with others has another layout. An estimator that has learned anything else is
refused.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ._judge import BestBy, Evaluation, Judge
from ._options import CheckIn, SessionOptions, chosen_deadline_seconds
from ._shared_model import SyncLoop
from ._sklearn_model import EstimatorModel
from ._standing import Standing

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["SwarmEstimator"]


class SwarmEstimator(Standing):
    """Syncs an estimator that learns in batches with `partial_fit`:

        with SwarmEstimator(SGDClassifier(), "digits", min_peers=2, sync_interval=10) as swarm:
            for x, y in batches:
                swarm.partial_fit(x, y, classes=range(10))
        swarm.estimator.predict(...)

    The first sync comes after the first batch, because an estimator has no coefficients before.

    Args:
        estimator: the scikit-learn estimator to train.
        contract: the training contract's name.
        evaluate: a function that returns loss and metric of the merged model on the site's own data, called after each
            round; only the two numbers go to the swarm. None reports no evaluation.
        evaluate_local: whether `evaluate` is also called before each merge, with the local model; these figures stay at
            the site, in `evaluations`.
        keep_best: a file for the merged model that `evaluate` finds best; it always holds a whole model, and `load_best`
            loads it. None keeps none.
        best_by: "loss", of which the lowest is best, or "metric", of which the greatest is.

    The other arguments are those of `swarmstream.join`, with the same defaults.
    `partial_fit` and the end of the block raise the errors of `swarmstream.Session.open`, `sync` and `finish`.

    Attributes:
        estimator: the estimator; after the block it has the final coefficients, the same at all sites.

    Raises:
        BadOptionError: an option has a value that is not allowed; nothing has been sent.
    """

    def __init__(
        self,
        estimator: Any,
        contract: str,
        *,
        evaluate: Evaluation | None = None,
        evaluate_local: bool = False,
        keep_best: str | Path | None = None,
        best_by: BestBy = "loss",
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
    ) -> None:
        self.estimator = estimator
        options = SessionOptions(
            contract=contract,
            trainer=trainer or "scikit-learn",
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
        judge = Judge(evaluate, evaluate_local=evaluate_local, keep_best=keep_best, best_by=best_by)
        self._loop = SyncLoop(options, judge, url=url, session=session)
        self._begun = False

    def partial_fit(
        self,
        x: ArrayLike,
        y: ArrayLike | None = None,
        *,
        classes: ArrayLike | None = None,
        sample_weight: ArrayLike | None = None,
    ) -> SwarmEstimator:
        """Learns a batch, and syncs when the interval is over.

        Args:
            x: the batch's examples, one in each row.
            y: their targets; None for an estimator without targets.
            classes: all classes that occur at any site, the same at all sites; a classifier needs them with its first
                batch. None does not pass them on.
            sample_weight: how much each example counts; None does not pass it on.

        Returns:
            This object, as scikit-learn's estimators do.

        Raises:
            BadOptionError: the estimator averages its coefficients.
            BadWeightsError: the estimator has learned more than is shared.
            DeadlineError: the other sites did not come within `deadline_seconds`.
        """
        given = {"classes": classes, "sample_weight": sample_weight}
        self.estimator.partial_fit(x, y, **{name: value for name, value in given.items() if value is not None})
        if self._begun:
            self._loop.batch_ended()
        else:
            self._loop.begin(EstimatorModel(self.estimator))
            self._begun = True
        return self

    def __enter__(self) -> SwarmEstimator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None and self._begun:
            self._loop.finish()
        else:
            self._loop.leave()
