"""Keras 2 and Keras 3, which one program may have both: what a variable of either is asked, and the callback of both.

Keras 2 is the package `keras` beside TensorFlow up to 2.15, and `tf_keras` beside newer ones, where TF_USE_LEGACY_KERAS=1
makes it `tensorflow.keras`, too.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import types
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NUMPY_TYPES: dict[str, np.dtype[Any]] = {"float64": np.dtype("f8"), "float16": np.dtype("f2")}
LEGACY = "tf_keras"

_made: dict[tuple[Any, Any], Any] = {}


def keras_of(model: Any) -> Any:
    """The Keras to which a model belongs, however many are installed."""
    for each in type(model).__mro__:
        package = each.__module__.partition(".")[0]
        if package in ("keras", LEGACY):
            return sys.modules[package]
    return keras_of_program()


def keras_of_program() -> Any:
    """The Keras that the program has imported, or is going to: only its model tells for sure."""
    is_legacy = os.environ.get("TF_USE_LEGACY_KERAS", "").lower() in ("1", "true")
    packages = (
        [LEGACY, "keras"] if is_legacy or (LEGACY in sys.modules and "keras" not in sys.modules) else ["keras", LEGACY]
    )
    for package in packages:
        if importlib.util.find_spec(package):
            return importlib.import_module(package)
    raise ImportError(
        "no Keras is installed; install keras or, for programs of Keras 2 beside TensorFlow 2.16 or later, tf-keras"
    )


class EitherCallback:
    """A callback of the Keras to which its model belongs.

    A Keras gives its callbacks methods that it calls, so that each needs the base class of its own. Which one that is, only
    the model tells: an instance gets the base when it is made, and another one if its model turns out to be of the other.
    """

    model: Any
    params: Any

    def __new__(cls, *_: Any, **__: Any) -> Any:
        return object.__new__(_with_base(cls, keras_of_program().callbacks.Callback))

    def set_model(self, model: Any) -> None:
        """Keras calls it before anything else."""
        base = keras_of(model).callbacks.Callback
        if not isinstance(self, base):
            params = getattr(self, "params", None)
            self.__class__ = _with_base(getattr(type(self), "own_class", type(self)), base)
            base.__init__(self)
            if params is not None:
                self.params = params
        super().set_model(model)  # type: ignore[misc]


def _with_base(own: Any, base: Any) -> Any:
    if issubclass(own, base):
        return own
    if (own, base) not in _made:
        names = {
            "__module__": own.__module__,
            "__qualname__": own.__qualname__,
            "__doc__": own.__doc__,
            "own_class": own,
        }
        _made[own, base] = types.new_class(own.__name__, (own, base), exec_body=lambda body: body.update(names))
    return _made[own, base]


def dtype_of(variable: Any) -> str:
    """Its name, such as "bfloat16"; what says itself is a string in Keras 3, a type of TensorFlow's in Keras 2."""
    return str(getattr(variable.dtype, "name", variable.dtype))


def path_of(variable: Any) -> str:
    """Where it is in its model, as `sequential/dense/kernel`; Keras 2 knows the layer only, as `dense/kernel`."""
    return str(variable.path) if hasattr(variable, "path") else str(variable.name).partition(":")[0]


def to_numpy(variable: Any) -> NDArray[Any]:
    """Its values; types that numpy lacks (bfloat16) become float32."""
    has_type = dtype_of(variable) in NUMPY_TYPES
    if not hasattr(variable, "path"):
        array = _keras2_backend().get_value(variable)
        return np.asarray(array if has_type else array.astype("f4"))
    ops = sys.modules["keras"].ops
    return np.asarray(ops.convert_to_numpy(variable.value if has_type else ops.cast(variable.value, "float32")))


def tensor_values(value: Any) -> NDArray[Any] | None:
    """Of a tensor of the backend's that is no variable; None: it is something else."""
    if hasattr(value, "assign") or type(value).__name__ == "KerasTensor":  # the latter stands for one to come
        return None
    if hasattr(value, "numpy") and type(value).__module__.startswith("tensorflow"):  # Keras 2 has no more than this
        return np.asarray(value.numpy())
    ops: Any = getattr(sys.modules.get("keras"), "ops", None)
    return np.asarray(ops.convert_to_numpy(value)) if ops is not None and ops.is_tensor(value) else None


def assign(variable: Any, array: NDArray[Any]) -> None:
    """Gives it other values, in its own type."""
    if hasattr(variable, "path"):
        variable.assign(array)
    else:
        _keras2_backend().set_value(variable, array)


def _keras2_backend() -> Any:
    """Which knows TensorFlow's sessions, where there still are any."""
    return (sys.modules.get(LEGACY) or sys.modules["keras"]).backend
