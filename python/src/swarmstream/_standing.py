"""What a callback says of its training, the same in all frameworks."""

from __future__ import annotations

from ._best_model import BestModel
from ._judge import RoundEvaluation
from ._rounds import FinalRound
from ._shared_model import SyncLoop


class Standing:
    """Where the training of a callback stands."""

    _loop: SyncLoop

    @property
    def training_over(self) -> bool:
        """Whether enough sites have finished, so that no more rounds are merged."""
        return self._loop.training_over

    @property
    def should_stop(self) -> bool:
        """Whether local training should end: the training is over, or `patience` has run out."""
        return self._loop.should_stop

    @property
    def final(self) -> FinalRound:
        """The last round; raises a `ValueError` while the training is not over."""
        return self._loop.final

    @property
    def evaluations(self) -> list[RoundEvaluation]:
        """What `evaluate` said in each round, in order."""
        return list(self._loop.judge.evaluations)

    @property
    def best(self) -> BestModel | None:
        """The best merged model so far, by `evaluate` on this site's data; None without `keep_best`."""
        return self._loop.judge.best

    def load_best(self) -> BestModel:
        """Loads the model in `keep_best` in place of the current one, usually after training.

        Returns:
            What is known of it.

        Raises:
            ValueError: no best model is kept, or none has been evaluated yet.
        """
        return self._loop.load_best()
