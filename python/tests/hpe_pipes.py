"""A client of HPE Swarm Learning's pipes, written after the description of their frames: not HPE's, and as strict.

It encodes and decodes the few protobuf messages by itself, so that it runs where HPE's old protobuf does not.
"""

from __future__ import annotations

import pickle
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Union

import numpy as np
from numpy.typing import NDArray

Weights = dict[str, NDArray[Any]]
Value = Union[int, float, str, bytes]

HEADER_BYTES = 22
API_VERSION = 2
STATUS, OPEN, OPENED, CLOSE, CLOSED, SYNC, SYNCED, GET_LOSS, LOSS, KILL = range(1, 11)
PIPE_SECONDS = 60


class PipeError(Exception):
    """What HPE's client raises as a RuntimeError."""


# -- protobuf


def varint(number: int) -> bytes:
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def message(**fields: Value) -> bytes:
    """A message; fields are named by their numbers: `_1=...`. As in proto3, zeros are left out."""
    out = b""
    for name, value in fields.items():
        number = int(name[1:])
        if isinstance(value, float):
            out += varint(number << 3 | 5) + struct.pack("<f", value)
        elif isinstance(value, int):
            out += varint(number << 3) + varint(value) if value else b""
        else:
            data = value.encode() if isinstance(value, str) else value
            out += varint(number << 3 | 2) + varint(len(data)) + data if data else b""
    return out


def fields(data: bytes) -> Iterator[tuple[int, Any]]:
    at = 0

    def number() -> int:
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while at < len(data):
        tag = number()
        kind = tag & 7
        if kind == 0:
            yield tag >> 3, number()
        elif kind == 5:
            yield tag >> 3, data[at : at + 4]
            at += 4
        else:
            assert kind == 2, kind
            size = number()
            yield tag >> 3, data[at : at + size]
            at += size


def header(kind: int, size: int, version: int = API_VERSION) -> bytes:
    versions = b"\x0d" + struct.pack("<I", version) + b"\x15" + struct.pack("<I", version)
    return b"\x0a\x0a" + versions + b"\x15" + struct.pack("<I", kind) + b"\x1d" + struct.pack("<I", size)


def inline(weights: Weights) -> bytes:
    """As clients before 2.3 send weights."""
    out = b""
    for name, array in weights.items():
        shape = b"".join(varint(length) for length in array.shape)
        out += message(_1=message(_1=name, _2=message(_1=repr(array.dtype), _2=shape, _3=array.tobytes("C"))))
    return out


def from_inline(data: bytes) -> Weights:
    weights = {}
    for _, entry in fields(data):
        parts = dict(fields(entry))
        array = dict(fields(parts[2]))
        dtype = eval("np." + array[1].decode())
        shape = []
        rest = array.get(2, b"")
        while rest:
            length = shift = 0
            while True:
                byte, rest = rest[0], rest[1:]
                length |= (byte & 127) << shift
                shift += 7
                if byte < 128:
                    break
            shape.append(length)
        weights[parts[1].decode()] = np.ndarray(tuple(shape), dtype, array.get(3, b""))
    return weights


# -- the client


class PipesClient:
    """Opens the pipes as HPE's client does, and a session with `terms`.

    `evaluate` is called with each merged model, and returns loss and metric; as there, the model arrives no other way.
    """

    def __init__(
        self,
        folder: Path,
        contract: str,
        evaluate: Callable[[Weights], tuple[float, float]] = lambda _: (0.0, 0.0),
        *,
        by_file: bool = True,
        protocol: int = pickle.HIGHEST_PROTOCOL,
        **terms: Value,
    ) -> None:
        self.folder = folder
        self.evaluate = evaluate
        self.by_file = by_file
        self.protocol = protocol
        self.model: Weights = {}
        self.models = 0
        self.epochs_done = 0
        self._counts = {SYNC: 0, CLOSE: 0}
        self._open_pipes()
        asked = {"_1": 16, "_2": 2, "_4": 0, "_5": "snapshot", "_6": 1, "_7": contract, "_8": "mean", **terms}
        try:
            self.session = self._open_session(message(**dict(sorted(asked.items()))))
        except BaseException:
            self.hang_up()
            raise

    def _open_session(self, asked: bytes) -> str:
        kind, body = self.ask(OPEN, asked)
        answer = dict(fields(body))
        if kind == STATUS:
            raise PipeError("SL error: " + answer[2].decode())
        assert kind == OPENED, kind
        check(answer[1])
        return str(answer[2].decode())

    def _open_pipes(self) -> None:
        pipes = [self.folder / name for name in ("SL_RESPONSE_CHANNEL", "SL_REQUEST_CHANNEL")]
        end = time.monotonic() + PIPE_SECONDS
        while not all(pipe.exists() for pipe in pipes):
            assert time.monotonic() < end, f"no pipes in {self.folder}"
            time.sleep(0.05)
        for name in ("trained_weights.pkl", "merged_weights.pkl"):
            assert (self.folder / name).is_file(), name
            time.sleep(0.2)  # HPE's client takes a second for each
        self.responses: BinaryIO = pipes[0].open("rb")
        self.requests: BinaryIO = pipes[1].open("wb")

    def sync(self, weights: Weights, weight: int = 1) -> tuple[int, bool]:
        """Next interval, and whether the training is over."""
        return self._exchange(SYNC, SYNCED, weights, weight)

    def close_session(self, weights: Weights, weight: int = 1) -> tuple[int, bool]:
        return self._exchange(CLOSE, CLOSED, weights, weight)

    def _exchange(self, kind: int, wanted: int, weights: Weights, weight: int) -> tuple[int, bool]:
        self._counts[kind] += 1
        count = self._counts[kind]
        if self.by_file:
            (self.folder / "trained_weights.pkl").write_bytes(pickle.dumps(weights, self.protocol))
            sent: bytes | str = "trained_weights.pkl"
        else:
            sent = inline(weights)
        asked = message(_1=self.session, _2=count, _3=weight, _4=1, _5=sent)
        answered, body = self.ask(kind, asked)
        while answered == GET_LOSS:
            answered, body = self.ask(LOSS, self._loss(dict(fields(body)), count))
        answer = dict(fields(body))
        if answered == STATUS:
            raise PipeError("SL error: " + answer[2].decode())
        assert answered == wanted, answered
        check(answer[3])
        if answer[2] != count:
            raise PipeError(f"bad sync seq num: wanted {count}, got {answer[2]}")
        return answer.get(4, 0), bool(answer.get(5, 0))

    def _loss(self, asked: dict[int, Any], count: int) -> bytes:
        assert asked[1].decode() == self.session
        assert asked[2] == count
        if self.by_file:
            self.model = pickle.loads((self.folder / asked[4].decode()).read_bytes())
        else:
            self.model = from_inline(asked[4])
        self.models += 1
        loss, metric = self.evaluate(self.model)
        return message(
            _1=self.session,
            _2=count,
            _3=asked[3],
            _4=message(_2="StatusOK"),
            _5=float(loss),
            _6=float(metric),
            _7=self.epochs_done,
            _8=4,
        )

    def kill_session(self, text: str) -> None:
        self.send(KILL, message(_1=self.session, _2=message(_2=text)))

    def ask(self, kind: int, body: bytes) -> tuple[int, bytes]:
        self.send(kind, body)
        return self.receive()

    def send(self, kind: int, body: bytes, version: int = API_VERSION) -> None:
        self.requests.write(header(kind, len(body), version) + body)
        self.requests.flush()

    def receive(self) -> tuple[int, bytes]:
        head = self._read(HEADER_BYTES)
        parts = dict(fields(head))
        kind, size = struct.unpack("<I", parts[2])[0], struct.unpack("<I", parts[3])[0]
        return kind, self._read(size)

    def _read(self, size: int) -> bytes:
        data = self.responses.read(size)
        if len(data) != size:
            raise PipeError(f"wanted: {size} bytes, got {len(data)} bytes: pipe closed?")
        return data

    def hang_up(self) -> None:
        """As the end of the process does."""
        for pipe in (self.requests, self.responses):
            with suppress(OSError):
                pipe.close()

    def __enter__(self) -> PipesClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()


def check(status: bytes) -> None:
    answer = dict(fields(status))
    if answer.get(1, 0):
        raise PipeError("SL error: " + answer[2].decode())
