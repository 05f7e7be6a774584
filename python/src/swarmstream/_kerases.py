"""What Keras 2 and Keras 3 have in common: access to variables, and a base class for callbacks of either.

One program may use both. Keras 2 is the package `keras` beside TensorFlow up to 2.15, and `tf_keras` beside newer
releases, where TF_USE_LEGACY_KERAS=1 makes it `tensorflow.keras`, too.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
import types
from typing import TYPE_CHECKING, Any

import numpy as np

from ._errors import BadOptionError

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
    """The Keras that the program has imported or will probably import; only its model says for certain."""
    is_legacy = os.environ.get("TF_USE_LEGACY_KERAS", "").lower() in ("1", "true")
    packages = (
        [LEGACY, "keras"] if is_legacy or (LEGACY in sys.modules and "keras" not in sys.modules) else ["keras", LEGACY]
    )
    for package in packages:
        if importlib.util.find_spec(package):
            return importlib.import_module(package)
    raise ImportError("no Keras is installed; install keras or, for Keras 2 beside TensorFlow 2.16 or later, tf-keras")


def require_keras_3(model: Any, option: str) -> None:
    """Refuses an option that Keras 2 has no way to follow."""
    if any(not hasattr(each, "path") for each in model.weights):
        raise BadOptionError(f"{option} needs Keras 3, and the model is one of Keras 2; leave it out")


class EitherCallback:
    """A callback of the Keras to which its model belongs.

    Keras calls methods that only its own base class has, and only the model says which Keras that is. An instance gets a
    base class when it is made, and another one if its model turns out to belong to the other Keras.
    """

    model: Any
    params: Any

    def __new__(cls, *_: Any, **__: Any) -> Any:
        return object.__new__(_with_base(cls, keras_of_program().callbacks.Callback))

    def set_model(self, model: Any) -> None:
        """Changes to the base class of the model's Keras. Keras calls this hook first."""
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
    """The name of a variable's type, such as "bfloat16"; Keras 3 has a string, Keras 2 a type of TensorFlow's."""
    return str(getattr(variable.dtype, "name", variable.dtype))


def path_of(variable: Any) -> str:
    """A variable's path in its model, such as `sequential/dense/kernel`; in Keras 2 its layer alone, `dense/kernel`."""
    return str(variable.path) if hasattr(variable, "path") else str(variable.name).partition(":")[0]


def to_numpy(variable: Any) -> NDArray[Any]:
    """A variable's values; types that numpy lacks, such as bfloat16, become float32."""
    has_type = dtype_of(variable) in NUMPY_TYPES
    if not hasattr(variable, "path"):
        array = _keras2_backend().get_value(variable)
        return np.asarray(array if has_type else array.astype("f4"))
    ops = sys.modules["keras"].ops
    return np.asarray(ops.convert_to_numpy(variable.value if has_type else ops.cast(variable.value, "float32")))


def tensor_values(value: Any) -> NDArray[Any] | None:
    """The values of a backend's tensor that is not a variable; None for anything else."""
    if hasattr(value, "assign") or type(value).__name__ == "KerasTensor":  # a KerasTensor is a placeholder
        return None
    if hasattr(value, "numpy") and type(value).__module__.startswith("tensorflow"):  # Keras 2 offers no other way
        return np.asarray(value.numpy())
    ops: Any = getattr(sys.modules.get("keras"), "ops", None)
    return np.asarray(ops.convert_to_numpy(value)) if ops is not None and ops.is_tensor(value) else None


def assign(variable: Any, array: NDArray[Any]) -> None:
    """Assigns values to a variable, in its own type."""
    if hasattr(variable, "path"):
        variable.assign(array)
    else:
        _keras2_backend().set_value(variable, array)


def _keras2_backend() -> Any:
    """The backend module, which handles the sessions of old TensorFlow releases."""
    return (sys.modules.get(LEGACY) or sys.modules["keras"]).backend
