"""Conversion of numbers between the trainer's types and the wire: exact, rounded as the type rounds, or an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ._errors import BadWeightsError, NotFiniteError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

# A merge returns float32, which holds whole numbers exactly up to MAX_WHOLE and finite ones up to MAX_FLOAT.
MAX_WHOLE = 1 << 24
MAX_FLOAT = float(np.finfo("f4").max)


class Rounding(NamedTuple):
    """How far a number may be from the one written into a tensor: relative to it, or absolute if it is tiny."""

    relative: float
    absolute: float

    @classmethod
    def of(cls, dtype: np.dtype[Any]) -> Rounding:
        """The rounding of a tensor whose own type is `dtype`."""
        if kind_of(dtype) != "f":
            return cls(0, 0)
        # Below its smallest normal number a type rounds to its smallest one.
        limits = _finfo(dtype)
        return cls(float(limits.eps), max(float(limits.tiny) * float(limits.eps), float(np.finfo("f4").tiny)))


# For tensors that user code writes: they may be stored in fewer bits than they are shown in (bfloat16, float16).
UNKNOWN_ROUNDING = Rounding(2.0**-7, 2.0**-24)


def kind_of(dtype: np.dtype[Any]) -> str:
    """The letter of numpy for a type's kind, "f" also for short floats of ml_dtypes; empty if it cannot be shared."""
    if dtype.type.__module__ == "ml_dtypes":
        return "f" if "float" in dtype.name else ""
    return dtype.kind if dtype.kind in "fiub" else ""


def as_array(name: str, value: ArrayLike) -> NDArray[Any]:
    """`value` as an array; refuses what numpy cannot read, and masked values."""
    try:
        array = np.asarray(value)
    except Exception as error:
        raise BadWeightsError(
            f"tensor '{name}' is a {type(value).__name__} that numpy cannot read ({error}); give an array, such as"
            " tensor.detach().cpu().numpy(), or use the framework's callback"
        ) from error
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        raise BadWeightsError(
            f"tensor '{name}' has masked values, which would be shared; fill them in, or leave the tensor out"
        )
    return array


def to_wire(name: str, value: ArrayLike, dtype: np.dtype[Any]) -> NDArray[Any]:
    """The tensor in the type in which it travels; refuses numbers that a merge cannot keep."""
    array = as_array(name, value)
    if array.dtype.kind in "iu" and abs(worst := max(int(array.max()), int(array.min()), key=abs)) > MAX_WHOLE:
        raise BadWeightsError(
            f"tensor '{name}' has the whole number {worst}, but a merge is exact up to ±2^24 = {MAX_WHOLE} only; keep the"
            " tensor at the site, or share it as floats, which are rounded"
        )
    with np.errstate(over="ignore", invalid="ignore"):
        wire = np.ascontiguousarray(array, dtype).reshape(array.shape)
    # This check of finiteness needs no second tensor: comparisons with NaN are false.
    if not (float(wire.min()) >= -MAX_FLOAT and float(wire.max()) <= MAX_FLOAT):
        raise _not_representable(name, array, wire)
    return wire


def from_wire(name: str, array: NDArray[Any], dtype: np.dtype[Any]) -> NDArray[Any]:
    """The merged tensor in the trainer's type. Integers are rounded: the mean of integers need not be one."""
    if dtype.kind == "b":
        return np.asarray(array >= 0.5)
    if dtype.kind in "iu":
        whole, limits = np.rint(array), np.iinfo(dtype)
        worst = max(float(whole.max()), float(whole.min()), key=abs)
        if abs(worst) > MAX_WHOLE:
            raise BadWeightsError(
                f"the merged tensor '{name}' has {worst:g}, but whole numbers are exact up to ±2^24 only; its type is"
                f" {dtype} here: use the same type at all sites"
            )
        return np.asarray(np.clip(whole, max(limits.min, -MAX_WHOLE), min(limits.max, MAX_WHOLE)), dtype)
    with np.errstate(over="ignore"):
        own = np.asarray(array, dtype)
    if own.itemsize < array.itemsize and not np.isfinite(own).all():
        raise BadWeightsError(
            f"the merged tensor '{name}' has {float(np.abs(array).max()):g}, but {dtype} holds at most"
            f" {float(_finfo(dtype).max):g}; use float32 here, too, as the other sites do"
        )
    return own


def has_arrived(merged: NDArray[Any], there: ArrayLike, rounding: Rounding) -> bool:
    """Whether `there` equals the merged tensor but for rounding. A negative variance may have become zero."""
    wanted, found = np.asarray(merged, "f8"), np.asarray(there, "f8")
    if wanted.shape != found.shape:
        return False
    near = np.abs(found - wanted) <= rounding.relative * np.abs(wanted) + rounding.absolute
    return bool((near | ((wanted < 0) & (found == 0))).all())


def _finfo(dtype: np.dtype[Any]) -> Any:
    if dtype.type.__module__ == "ml_dtypes":
        import ml_dtypes

        return ml_dtypes.finfo(dtype)  # type: ignore[no-untyped-call, unused-ignore]
    return np.finfo(dtype)


def _not_representable(name: str, array: NDArray[Any], wire: NDArray[Any]) -> Exception:
    place = int(np.flatnonzero(~(np.abs(np.asarray(wire, "f8")) <= MAX_FLOAT))[0])
    value = array.reshape(-1)[place]
    if np.isfinite(value):
        return BadWeightsError(
            f"value {place} of tensor '{name}' is {value}, but a merge returns float32, which holds at most {MAX_FLOAT:g};"
            " scale the tensor, or leave it out"
        )
    text = "NaN" if np.isnan(value) else f"{float(value):g}"
    return NotFiniteError(
        f"value {place} of tensor '{name}' is {text}; if it is a constant, such as a mask, leave the tensor out; if the"
        " training has diverged, lower the learning rate or check the data",
        code="not-finite",
        field=name,
        expected="a finite float32",
        actual=text,
    )
