"""The parts of the learning benchmark; the benchmark itself is run by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from fashion_mnist import shares
from few_bytes import encoding
from learning_results import EPOCHS, Cell, Results, table
from two_layers import Network

LABELS = np.repeat(np.arange(10), 6000)


@pytest.mark.parametrize(("sites", "size"), [(6, 12_000), (12, 6_000)])
def test_a_site_has_three_quarters_of_its_examples_in_three_or_four_classes(sites: int, size: int) -> None:
    for mine in shares(LABELS, sites, seed=1):
        assert size - 8 <= len(mine) <= size
        assert len(np.unique(mine)) == len(mine)
        counts = np.sort(np.bincount(LABELS[mine]))[::-1]
        favourites = int((counts > size // 10).sum())
        assert favourites in {3, 4}
        assert counts[:favourites].sum() == pytest.approx(size * 3 / 4, abs=4)
        assert counts[-1] >= size // 4 // 7


def test_all_classes_are_favourites_equally_often() -> None:
    counts = [np.bincount(LABELS[mine]) for mine in shares(LABELS, 12, seed=3)]
    assert ((np.array(counts) > 600).sum(0) == 4).all()


def test_a_seed_decides_who_has_what() -> None:
    one, again, other = (np.concatenate(shares(LABELS, 6, seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, again)
    assert not np.array_equal(np.sort(one), np.sort(other))


def test_a_number_of_sites_that_does_not_go_into_groups_is_refused() -> None:
    with pytest.raises(ValueError, match="multiple of 3, got 4"):
        shares(LABELS, 4, seed=1)


def cell(trained: str, accuracy: float, loss: float = 0.2, seed: int = 1, site: int | None = None) -> Cell:
    scores = {epochs: {"accuracy": accuracy, "f1": 99.0, "loss": loss} for epochs in EPOCHS}
    return Cell("setup", 6, seed, trained, scores, site)


def test_results_are_found_again_but_not_those_of_another_setup(tmp_path: Path) -> None:
    file = tmp_path / "new" / "results.jsonl"
    Results(file, "setup").add(cell("mean", 90))
    again = Results(file, "setup")
    assert again.cells == [cell("mean", 90)]
    assert again.has(6, 1, "mean")
    assert not again.has(6, 2, "mean")
    assert not Results(file, "another").cells


def test_what_is_worse_than_hpes_figure_is_named(tmp_path: Path) -> None:
    results = Results(tmp_path / "results.jsonl", "setup")
    for seed, accuracy in ((1, 88.0), (2, 90.0)):
        results.add(cell("mean", accuracy, loss=0.3, seed=seed))
    (row,) = results.summary()
    assert row["accuracy"] == [89.0] * 3
    assert row["accuracy worst seed"] == [88.0] * 3
    assert row["missed"] == ["accuracy after 10 epochs", "loss after 10 epochs"]
    assert "89.00 (90.09)" in table([row])


def test_the_best_site_is_that_of_each_seed(tmp_path: Path) -> None:
    results = Results(tmp_path / "results.jsonl", "setup")
    for seed, site, accuracy, loss in ((1, 0, 70, 0.9), (1, 1, 80, 0.7), (2, 0, 84, 0.5), (2, 1, 60, 0.8)):
        results.add(cell("alone", accuracy, loss, seed, site))
    best, average = results.summary()
    assert (best["accuracy"][0], best["loss"][0], best["seeds"]) == (82.0, 0.6, 2)
    assert (average["accuracy"][0], average["loss"][0]) == (73.5, 0.725)


def test_encodings_are_those_of_the_swarm() -> None:
    """The same examples as in Int4Test and TopKTest."""
    delta = np.array([7, -7, 2.5, 3.5, -0.5, -0.6, 0], np.float32)
    np.testing.assert_array_equal(encoding("int4")(delta), [7, -7, 2, 4, 0, -1, 0])
    delta = np.array([0, 1, -3, 2, -2, 2, 0, 0, -2, 0.5], np.float32)
    np.testing.assert_array_equal(encoding("topk:20")(delta), [0, 0, -3, 2, 0, 0, 0, 0, 0, 0])
    np.testing.assert_array_equal(encoding("topk:0.01")(delta), [0, 0, -3, 0, 0, 0, 0, 0, 0, 0])


def test_a_gradient_is_the_slope_of_the_cross_entropy() -> None:
    network = Network(inputs=5, hidden=4, classes=3)
    random = np.random.default_rng(7)
    model = network.first(random)
    x, y = random.normal(size=(6, 5)).astype(np.float32), np.arange(6) % 3

    def loss(at: np.ndarray) -> float:
        weights, biases, last_weights, last_biases = network.layers(at)
        scores = np.maximum(x @ weights + biases, 0) @ last_weights + last_biases
        return float((np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(6), y]).mean())

    step = 1e-5 * np.eye(network.size)
    slopes = [(loss(model + each) - loss(model - each)) / 2e-5 for each in step]
    np.testing.assert_allclose(network.gradient(model, x, y), slopes, atol=1e-4)
