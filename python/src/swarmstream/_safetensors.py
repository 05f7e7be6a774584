"""Reads and writes safetensors tensor by tensor, so that memory never holds a second copy of a model.

The format: eight bytes with the header's length, the header (JSON with type, shape and offsets of each tensor), then the
tensors' bytes one after the other. It contains nothing executable.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from ._errors import BadBodyError
from ._numbers import to_wire

if TYPE_CHECKING:
    from numpy.typing import NDArray

LENGTH_BYTES = 8
MAX_HEADER_BYTES = 100_000_000
PIECE_BYTES = 1 << 20
METADATA = "__metadata__"

DTYPES: dict[str, np.dtype[Any]] = {"F64": np.dtype("<f8"), "F32": np.dtype("<f4"), "F16": np.dtype("<f2")}
WIRE_FORM = {dtype: name for name, dtype in DTYPES.items()}


@dataclass(frozen=True)
class TensorInfo:
    """A tensor's entry in the header."""

    name: str
    shape: tuple[int, ...]
    dtype: np.dtype[Any]

    @property
    def byte_count(self) -> int:
        """The tensor's size in the body, in bytes."""
        return prod(self.shape) * self.dtype.itemsize


def wire_dtype(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """The type in which a tensor travels: floats of up to 64 bits as they are, anything else as float32."""
    little = dtype.newbyteorder("<")
    return little if little in WIRE_FORM else DTYPES["F32"]


def header(tensors: Sequence[TensorInfo], metadata: Mapping[str, str] | None = None) -> bytes:
    """The start of the body, up to the first tensor's bytes."""
    entries: dict[str, Any] = {} if metadata is None else {METADATA: dict(metadata)}
    offset = 0
    for tensor in tensors:
        end = offset + tensor.byte_count
        entries[tensor.name] = {
            "dtype": WIRE_FORM[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, end],
        }
        offset = end
    text = json.dumps(entries, separators=(",", ":")).encode()
    text += b" " * (-len(text) % LENGTH_BYTES)  # tensors begin at a multiple of eight
    return len(text).to_bytes(LENGTH_BYTES, "little") + text


def body(head: bytes, tensors: Sequence[TensorInfo], weights: Mapping[str, Any]) -> Iterator[bytes]:
    """The whole body in pieces; reads one tensor of `weights` at a time."""
    yield head
    for tensor in tensors:
        array = to_wire(tensor.name, weights[tensor.name], tensor.dtype)
        raw = array.reshape(-1).view(np.uint8)
        for start in range(0, raw.size, PIECE_BYTES):
            yield raw[start : start + PIECE_BYTES].tobytes()


def read_header(file: BinaryIO) -> list[TensorInfo]:
    """Reads the header, and checks that nothing lies between the tensors that it names."""
    try:
        entries = _entries(file)
        entries.pop(METADATA, None)
        by_place = sorted(entries.items(), key=lambda entry: entry[1]["data_offsets"])
        tensors, offset = [], 0
        for name, entry in by_place:
            tensor = TensorInfo(name, tuple(int(size) for size in entry["shape"]), DTYPES[entry["dtype"]])
            if entry["data_offsets"] != [offset, offset + tensor.byte_count]:
                raise BadBodyError(
                    f"safetensors header: tensor '{name}' does not lie where its shape puts it; open a new session"
                )
            offset += tensor.byte_count
            tensors.append(tensor)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadBodyError(
            f"the safetensors header cannot be read ({error!r}); check that a site node is at this address"
        ) from error
    return tensors


def read_metadata(file: BinaryIO) -> dict[str, str]:
    """What a header says besides its tensors."""
    try:
        return {str(name): str(value) for name, value in _entries(file).get(METADATA, {}).items()}
    except (ValueError, AttributeError) as error:
        raise BadBodyError(f"the safetensors header cannot be read ({error!r}); name another file") from error


def _entries(file: BinaryIO) -> dict[str, Any]:
    length = int.from_bytes(_exactly(file, LENGTH_BYTES), "little")
    if length > MAX_HEADER_BYTES:
        raise BadBodyError(
            f"the safetensors header has {length:,} bytes, but at most {MAX_HEADER_BYTES:,} are read; check"
            " that a site node is at this address"
        )
    entries: dict[str, Any] = json.loads(_exactly(file, length))
    return entries


def read_tensors(file: BinaryIO) -> Iterator[tuple[str, NDArray[Any]]]:
    """The tensors of a body, in the order of the file."""
    for tensor in read_header(file):
        array = np.empty(tensor.shape, tensor.dtype)
        _fill(file, array.reshape(-1).view(np.uint8).data, tensor.name)
        yield tensor.name, array


def _fill(file: BinaryIO, target: memoryview, name: str) -> None:
    read = file.readinto(target)  # type: ignore[attr-defined]
    if read != len(target):
        raise BadBodyError(
            f"tensor '{name}' has {read:,} of {len(target):,} bytes, because the connection was cut; sync again"
        )


def _exactly(file: BinaryIO, count: int) -> bytes:
    read = file.read(count)
    if len(read) != count:
        raise BadBodyError(f"the safetensors body ends after {len(read)} of {count} bytes of its header; sync again")
    return read
