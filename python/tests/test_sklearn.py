from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import swarmstream
from fake_swarm import FakeSwarm
from trainers import at_each_site

linear_model = pytest.importorskip("sklearn.linear_model")
from sklearn.neural_network import MLPClassifier  # noqa: E402

from swarmstream.sklearn import EstimatorModel, SwarmEstimator  # noqa: E402

X = np.random.default_rng(1).normal(size=(60, 4))
Y = (X[:, 0] > 0).astype(int) + 2 * (X[:, 1] > 0)


@pytest.mark.parametrize(
    "make",
    [
        lambda seed: linear_model.SGDClassifier(random_state=seed),
        lambda seed: linear_model.Perceptron(random_state=seed),
        lambda seed: MLPClassifier((5,), random_state=seed),
    ],
)
def test_two_sites_end_with_one_estimator(two: FakeSwarm, make: Any) -> None:
    def train(url: str, index: int) -> dict[str, NDArray[Any]]:
        with SwarmEstimator(make(index), "digits", url=url, sync_interval=2) as swarm:
            for start in range(0, 60, 10):
                swarm.partial_fit(X[start + index : start + 10], Y[start + index : start + 10], classes=range(4))
        assert swarm.final.round == 3
        assert swarm.estimator.score(X, Y) > 0.25
        return EstimatorModel(swarm.estimator).weights()

    one, other = at_each_site(two, train)

    assert list(one) in (["coef_", "intercept_"], ["coefs_.0", "coefs_.1", "intercepts_.0", "intercepts_.1"])
    for name in one:
        np.testing.assert_array_equal(one[name], other[name])


def test_two_classes_and_a_regressor_have_other_shapes(swarm: FakeSwarm) -> None:
    estimator = linear_model.SGDRegressor(random_state=0)
    with SwarmEstimator(estimator, "digits", url=swarm.url) as swarming:
        swarming.partial_fit(X, Y)
    assert estimator.coef_.shape == (4,)


def test_an_estimator_without_coefficients_is_refused(swarm: FakeSwarm) -> None:
    from sklearn.naive_bayes import GaussianNB

    with pytest.raises(swarmstream.BadWeights, match="GaussianNB has none of coef_"):
        SwarmEstimator(GaussianNB(), "digits", url=swarm.url).partial_fit(X, Y, classes=range(4))


def test_an_estimator_that_learns_from_coefficients_of_its_own_is_refused(swarm: FakeSwarm) -> None:
    estimator = linear_model.SGDClassifier(average=True)
    with pytest.raises(swarmstream.BadOption, match="average=True"):
        SwarmEstimator(estimator, "digits", url=swarm.url).partial_fit(X, Y, classes=range(4))
