from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import swarmstream
from fake_swarm import FakeSwarm
from trainers import at_each_site

linear_model = pytest.importorskip("sklearn.linear_model")
from sklearn.neural_network import MLPClassifier  # noqa: E402

from swarmstream._sklearn_model import EstimatorModel  # noqa: E402
from swarmstream.sklearn import SwarmEstimator  # noqa: E402

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


def test_the_best_estimator_comes_back_and_patience_runs_out(swarm: FakeSwarm, tmp_path: Path) -> None:
    losses = iter([2.0, 1.0, 3.0, 3.0, 3.0, 3.0, 3.0])
    with SwarmEstimator(
        linear_model.SGDClassifier(random_state=0),
        "digits",
        url=swarm.url,
        sync_interval=1,
        evaluate=lambda: (next(losses), 0.0),
        keep_best=tmp_path / "best",
        patience=2,
    ) as swarming:
        while not swarming.should_stop:
            swarming.partial_fit(X, Y, classes=range(4))
    assert swarming.load_best().round == 1
    np.testing.assert_array_equal(swarming.estimator.coef_, swarm.models[1]["coef_"])


def test_two_classes_and_a_regressor_have_other_shapes(swarm: FakeSwarm) -> None:
    estimator = linear_model.SGDRegressor(random_state=0)
    with SwarmEstimator(estimator, "digits", url=swarm.url) as swarming:
        swarming.partial_fit(X, Y)
    assert estimator.coef_.shape == (4,)


def test_an_estimator_without_coefficients_is_refused(swarm: FakeSwarm) -> None:
    from sklearn.naive_bayes import GaussianNB

    with pytest.raises(swarmstream.BadWeightsError, match="GaussianNB has none of coef_"):
        SwarmEstimator(GaussianNB(), "digits", url=swarm.url).partial_fit(X, Y, classes=range(4))


def test_an_estimator_that_learns_from_coefficients_of_its_own_is_refused(swarm: FakeSwarm) -> None:
    estimator = linear_model.SGDClassifier(average=True)
    with pytest.raises(swarmstream.BadOptionError, match="average=True"):
        SwarmEstimator(estimator, "digits", url=swarm.url).partial_fit(X, Y, classes=range(4))


def fitted(names: Any, **parameters: Any) -> Any:
    return linear_model.SGDClassifier(random_state=0, **parameters).partial_fit(X[:2], names[:2], classes=names)


def shared(estimator: Any) -> list[str]:
    return list(EstimatorModel(estimator).weights())


def test_sites_with_other_classes_of_equal_number_are_told_so(two: FakeSwarm) -> None:
    url = two.nodes[0].url
    with SwarmEstimator(linear_model.SGDClassifier(), "digits", url=url, deadline_seconds=1) as one:
        with pytest.raises(swarmstream.MinPeersNotReachedError):
            one.partial_fit(X[:2], ["benign", "malignant"], classes=["benign", "malignant"])
        other = SwarmEstimator(linear_model.SGDClassifier(), "digits", url=two.nodes[1].url)
        with pytest.raises(swarmstream.LayoutMismatchError) as caught:
            other.partial_fit(X[:2], ["malignant", "unclear"], classes=["malignant", "unclear"])
    assert "coef_ (classes 'benign', 'malignant')" in str(caught.value)
    assert "Here that tensor is 'coef_ (classes 'malignant', 'unclear')'" in str(caught.value)
    assert two.contributions.keys() == {0}
    assert list(two.contributions[0]) == ["site-0"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["a", "b"], np.array(["a", "b"], object)),
        ([1, 2], [1.0, 2.0]),
        ([0, 1], [False, True]),
        (np.array([3, 5], "i1"), np.array([3, 5], "i8")),
    ],
)
def test_classes_that_are_equal_are_written_alike(one: Any, other: Any) -> None:
    assert shared(fitted(one)) == shared(fitted(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [(["0", "1"], [0, 1]), (["a", "b"], ["a", "c"]), ([0, 1], [1, 2]), ([str(n) for n in range(90)], range(90))],
)
def test_classes_that_are_not_are_other_layouts(one: Any, other: Any) -> None:
    assert shared(fitted(one)) != shared(fitted(other))


def test_numbered_classes_and_short_lists_stay_readable() -> None:
    assert shared(fitted([0, 1])) == ["coef_", "intercept_"]
    assert shared(fitted(["a:b", "c"]))[0].startswith("coef_ (classes 2 of ")
    assert len(shared(fitted([f"class {n}" for n in range(1000)]))[0]) < 80


def test_a_network_agrees_on_its_classes_as_well() -> None:
    network = MLPClassifier((3,)).partial_fit(X[:2], ["a", "b"], classes=["a", "b"])
    assert shared(network)[0] == "coefs_.0 (classes 'a', 'b')"


def test_features_of_a_data_frame_are_agreed_on() -> None:
    estimator = fitted([0, 1])
    estimator.feature_names_in_ = np.array(["age", "size", "x", "y"], object)
    assert shared(estimator)[0] == "coef_ (features 'age', 'size', 'x', 'y')"


def test_the_offset_of_a_one_class_machine_is_shared(swarm: FakeSwarm) -> None:
    swarm.merge_scale = 0.0
    estimator = linear_model.SGDOneClassSVM(random_state=0)
    with SwarmEstimator(estimator, "digits", url=swarm.url) as swarming:
        swarming.partial_fit(X)
    assert "offset_" in shared(estimator)
    assert not estimator.offset_.any()


class Scaling(linear_model.SGDClassifier):  # type: ignore[misc, name-defined, unused-ignore]
    """Learns more than scikit-learn's."""

    def partial_fit(self, x: Any, y: Any, **more: Any) -> Any:
        self.learned = self.what_it_learns(x)
        return super().partial_fit(x, y, **more)

    def what_it_learns(self, x: Any) -> Any:
        return x.mean(axis=0)


class Nesting(Scaling):
    def what_it_learns(self, x: Any) -> Any:
        return {"inner": [linear_model.SGDRegressor()]}


@pytest.mark.parametrize("kind", [Scaling, Nesting])
def test_what_an_estimator_has_learned_besides_is_refused(swarm: FakeSwarm, kind: Any) -> None:
    with pytest.raises(swarmstream.BadWeightsError, match=f"{kind.__name__} has also learned 'learned'"):
        SwarmEstimator(kind(), "digits", url=swarm.url).partial_fit(X, Y, classes=range(4))
    assert swarm.nodes[0].requests == []


def test_coefficients_that_are_sparse_are_refused(swarm: FakeSwarm) -> None:
    with pytest.raises(swarmstream.BadWeightsError, match=r"coef_ is a csr_matrix.*densify\(\)|coef_ is a csr_array"):
        shared(fitted([0, 1]).sparsify())


def test_an_interrupted_one_can_be_run_again(swarm: FakeSwarm) -> None:
    for _ in range(2):
        swarming = SwarmEstimator(linear_model.SGDRegressor(), "digits", url=swarm.url)
        swarming.partial_fit(X, Y)
    assert len(swarm.nodes[0].sessions) == 1
