from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import swarmstream
from fake_swarm import FakeSwarm
from swarmstream._numbers import MAX_WHOLE, Rounding, from_wire, has_arrived, kind_of


def through(swarm: FakeSwarm, array: Any) -> Any:
    with swarmstream.join("digits", {"w": array}, url=swarm.url) as session:
        return session.sync({"w": array}).weights["w"]


@pytest.mark.parametrize(
    "array",
    [
        np.array([MAX_WHOLE, -MAX_WHOLE, 16_777_215], "i8"),
        np.array([0, 200, 255], "u1"),
        np.array([-128, 127], "i1"),
        np.array(5000, "i8"),
        np.array([True, False]),
        np.array([65504, -6e-8], "f2"),
        np.array([3.4028235e38, 1e-38], "f4"),
        np.array([0.25, 2.0**127], "f8"),
    ],
    ids=lambda array: str(array.dtype),
)
def test_comes_back_exactly(swarm: FakeSwarm, array: Any) -> None:
    back = through(swarm, array)
    assert back.dtype == array.dtype
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize(
    "array",
    [
        np.array(MAX_WHOLE + 1, "i8"),
        np.array([0, -MAX_WHOLE - 1], "i4"),
        np.array([np.iinfo("i8").max]),
        np.array([np.iinfo("i8").min]),
        np.array([np.iinfo("u8").max]),
    ],
    ids=str,
)
def test_whole_numbers_that_would_lose_digits_are_refused(swarm: FakeSwarm, array: Any) -> None:
    with pytest.raises(
        swarmstream.BadWeightsError, match=r"'w' has the whole number -?\d+, but .*keep the tensor at the site"
    ):
        through(swarm, array)
    assert swarm.contributions == {}


@pytest.mark.parametrize("array", [np.array([1.0, 1e300]), np.array([-3.5e38]), np.array([1, 2**200], "g")], ids=str)
def test_floats_beyond_float32_are_refused(swarm: FakeSwarm, array: Any) -> None:
    with pytest.raises(swarmstream.BadWeightsError, match=r"value \d of tensor 'w' is .*holds at most 3.40282e\+38"):
        through(swarm, array)
    assert swarm.contributions == {}


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_what_is_not_finite_is_refused_before_it_is_sent(swarm: FakeSwarm, value: float, dtype: str) -> None:
    with pytest.raises(swarmstream.NotFiniteError, match=r"value 1 of tensor 'w' is .*mask.*diverged") as caught:
        through(swarm, np.array([0, value], dtype))
    assert caught.value.field == "w"
    assert swarm.contributions == {}


@pytest.mark.parametrize("name", ["bfloat16", "float8_e4m3fn", "float8_e5m2"])
def test_the_short_floats_of_ml_dtypes_are_shared(swarm: FakeSwarm, name: str) -> None:
    ml_dtypes = pytest.importorskip("ml_dtypes")
    array = np.array([[1.5, -2], [0.25, 0]], getattr(ml_dtypes, name))
    back = through(swarm, array)
    assert back.dtype == array.dtype
    np.testing.assert_array_equal(back.astype("f4"), array.astype("f4"))


def test_the_short_integers_of_ml_dtypes_are_refused() -> None:
    ml_dtypes = pytest.importorskip("ml_dtypes")
    assert kind_of(np.dtype(ml_dtypes.int4)) == ""


@pytest.mark.parametrize(("dtype", "value"), [("f2", 1e6), ("float8_e4m3fn", 1000.0)])
def test_a_merged_number_that_a_short_float_cannot_hold_is_refused(dtype: str, value: float) -> None:
    own = np.dtype(getattr(pytest.importorskip("ml_dtypes"), dtype)) if dtype.startswith("float8") else np.dtype(dtype)
    with pytest.raises(swarmstream.BadWeightsError, match=r"merged tensor 'w' has .*, but .* holds at most"):
        from_wire("w", np.array([0, value], "f4"), own)


def test_a_merged_number_that_no_integer_can_be_exactly_is_refused() -> None:
    with pytest.raises(swarmstream.BadWeightsError, match="merged tensor 'w' has 1e"):
        from_wire("w", np.array([1e30], "f4"), np.dtype("i8"))


def test_a_lossy_encoding_takes_no_integer_out_of_its_type() -> None:
    assert from_wire("w", np.array([255.7, -0.6], "f4"), np.dtype("u1")).tolist() == [255, 0]


@pytest.mark.parametrize("dtype", ["f2", "f4", "f8"])
def test_rounding_is_told_from_another_number(dtype: str) -> None:
    merged = np.array([1 / 3, 3e-7, -5], "f4")
    rounding = Rounding.of(np.dtype(dtype))
    assert has_arrived(merged, merged.astype(dtype), rounding)
    assert not has_arrived(merged, merged.astype(dtype) * 1.01, rounding)
    assert has_arrived(np.array([-0.1]), np.array([0.0]), rounding), "a variance below zero becomes zero"
