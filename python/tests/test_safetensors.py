from __future__ import annotations

import io
import json
import tempfile
import tracemalloc
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from numpy.typing import DTypeLike, NDArray

import swarmstream
from swarmstream import _safetensors
from swarmstream._numbers import from_wire
from swarmstream._weights import Layout, LazyWeights


def test_writes_what_the_safetensors_package_reads() -> None:
    weights = {
        "half": np.arange(6, dtype="f2").reshape(2, 3),
        "single": np.array(1.5, dtype="f4"),
        "double": np.linspace(0, 1, 5),
        "transposed": np.arange(6, dtype="f4").reshape(2, 3).T,
        "big-endian": np.arange(3, dtype=">f4"),
    }
    layout = Layout.of(weights)

    body = b"".join(layout.body(weights))

    assert len(body) == layout.byte_count
    read = safetensors.numpy.load(body)
    assert set(read) == set(weights)
    for name, array in weights.items():
        np.testing.assert_array_equal(read[name], array)
        assert read[name].shape == array.shape


def test_reads_what_the_safetensors_package_writes() -> None:
    model = {"a": np.arange(4, dtype="f4").reshape(2, 2), "b": np.array(7, dtype="f4")}

    read = dict(_safetensors.read_tensors(io.BytesIO(safetensors.numpy.save(model))))

    assert list(read) == ["a", "b"]
    np.testing.assert_array_equal(read["a"], model["a"])
    assert read["b"].shape == ()


def test_the_first_tensor_begins_at_a_multiple_of_eight() -> None:
    for length in range(1, 9):
        head = _safetensors.header([_safetensors.TensorInfo("x" * length, (1,), np.dtype("<f4"))])
        assert len(head) % 8 == 0


def test_holds_one_tensor_at_a_time() -> None:
    tensors, values = 16, 1 << 18
    weights = LazyWeights(
        [(str(place), (values,), np.dtype("f4")) for place in range(tensors)],
        lambda name: np.full(values, float(name), "f4"),
    )
    layout = Layout.of(weights)
    with tempfile.TemporaryFile() as file:
        tracemalloc.start()
        for piece in layout.body(weights):
            file.write(piece)
        file.seek(0)
        for name, array in layout.read(file):
            assert array[0] == float(name)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert peak < 4 * values * 4, f"{peak:,} bytes for tensors of {values * 4:,} each"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"\x01", "ends after"),
        ((1 << 40).to_bytes(8, "little"), "header has"),
        ((2).to_bytes(8, "little") + b"[]", "cannot be read"),
        ((9).to_bytes(8, "little") + b"not json.", "cannot be read"),
    ],
)
def test_refuses_what_is_no_safetensors(body: bytes, says: str) -> None:
    with pytest.raises(swarmstream.BadBodyError, match=says):
        list(_safetensors.read_tensors(io.BytesIO(body)))


def test_refuses_tensors_that_overlap() -> None:
    entry = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}
    text = json.dumps({"a": entry, "b": entry}).encode()
    with pytest.raises(swarmstream.BadBodyError, match="does not lie where its shape puts it"):
        _safetensors.read_header(io.BytesIO(len(text).to_bytes(8, "little") + text))


def test_refuses_a_body_that_was_cut() -> None:
    body = safetensors.numpy.save({"a": np.zeros(4, "f4")})[:-1]
    with pytest.raises(swarmstream.BadBodyError, match="15 of 16 bytes"):
        list(_safetensors.read_tensors(io.BytesIO(body)))


@pytest.mark.parametrize(
    ("dtype", "merged", "own"),
    [
        ("i8", [2.5, 3.4, -1.6], [2, 3, -2]),
        ("u1", [300.0, -4.0, 7.2], [255, 0, 7]),
        ("?", [0.5, 0.4, 1.0], [True, False, True]),
        ("f8", [0.5, 0.25, 1.0], [0.5, 0.25, 1.0]),
        ("f2", [0.5, 0.25, 1.0], [0.5, 0.25, 1.0]),
    ],
)
def test_comes_back_in_the_trainers_own_type(dtype: DTypeLike, merged: list[float], own: list[float]) -> None:
    array = from_wire("w", np.array(merged, "f4"), np.dtype(dtype))

    assert array.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(array, np.array(own, dtype))


@pytest.mark.parametrize(
    ("weights", "says"),
    [
        ({}, "empty"),
        ({"c": np.zeros(2, complex)}, "'c' is complex128"),
        ({"s": np.array(["x"])}, "'s' is <U1"),
        ({"e": np.zeros((0, 3))}, r"'e' has shape \[0, 3\]"),
    ],
)
def test_refuses_what_cannot_be_shared(weights: dict[str, NDArray[Any]], says: str) -> None:
    with pytest.raises(swarmstream.BadWeightsError, match=says):
        Layout.of(weights)
