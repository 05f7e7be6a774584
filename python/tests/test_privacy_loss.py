"""The values that the Java tests expect of the accountant are those of Google's dp-accounting."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

dp_accounting = pytest.importorskip("dp_accounting")

TEST = Path(__file__).parents[2] / "schemas/src/test/java/io/swarmstream/schemas/PrivacyLossTest.java"
ROW = re.compile(r'"([\d.e-]+), (\d+), ([\d.e-]+), ([\d.]+)",')


def test_the_table_of_the_java_test_is_that_of_dp_accounting() -> None:
    rows = ROW.findall(TEST.read_text())

    assert len(rows) == 9
    for noise, rounds, delta, epsilon in rows:
        expected = dp_accounting.get_epsilon_gaussian(float(noise) / math.sqrt(int(rounds)), float(delta))
        assert float(epsilon) == pytest.approx(expected, rel=1e-9)


def test_rounds_compose_as_dp_accounting_composes_gaussian_mechanisms() -> None:
    """Its accountant of privacy loss distributions knows nothing of the square root of the rounds."""
    accountant = dp_accounting.pld.PLDAccountant(dp_accounting.NeighboringRelation.ADD_OR_REMOVE_ONE)
    accountant.compose(dp_accounting.GaussianDpEvent(1.1), 30)

    assert accountant.get_epsilon(1e-5) == pytest.approx(32.91289422781052, rel=1e-6)
