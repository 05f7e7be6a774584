"""What Keras layers keep beside their weights: what they have computed from them, and what they have adapted to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ._agreed import digest
from ._kerases import dtype_of, tensor_values

FUNCTIONS = ("train_function", "test_function", "predict_function")


def refresh(model: Any) -> None:
    """Has layers compute again what they keep of their weights, as after loading a file.

    Backends that compile have built the old values into their functions as constants: those are made anew, but only when
    a value has changed.
    """
    changed = [layer for layer in _layers(model) if _recomputed(layer)]
    if changed:
        for name in FUNCTIONS:
            if getattr(model, name, None) is not None:
                getattr(model, f"make_{name}")(force=True)


def adapted(model: Any) -> dict[str, str]:
    """What layers have adapted to and is no weight, by the layers' kinds and places: a hash of each."""
    found = {}
    for place, layer in enumerate(_layers(model)):
        values = _adapted_to(layer)
        if values is not None:
            found[f"{type(layer).__name__} {place}"] = digest(values)
    return found


def _layers(model: Any) -> Iterator[Any]:
    yield from model._flatten_layers(include_self=True, recursive=True)


def _recomputed(layer: Any) -> bool:
    if not (layer.built and _has_floats(layer)):
        return False
    if hasattr(layer, "finalize_state"):
        before = _derived(layer)
        layer.finalize_state()
        after = _derived(layer)
        return any(not np.array_equal(value, before.get(name, ())) for name, value in after.items())
    if _loads_in_its_own_way(type(layer)):
        store: dict[str, Any] = {}
        layer.save_own_variables(store)
        layer.load_own_variables(store)
        return True
    return False


def _has_floats(layer: Any) -> bool:
    return any("float" in dtype_of(each) for each in layer.weights)


def _loads_in_its_own_way(kind: type) -> bool:
    """A layer of one's own; those of Keras, but for those with `finalize_state`, keep nothing."""
    loader = getattr(kind, "load_own_variables", None)
    return loader is not None and loader.__module__.partition(".")[0] not in ("keras", "tf_keras", "tensorflow")


def _derived(layer: Any) -> dict[str, Any]:
    values = {name: tensor_values(value) for name, value in vars(layer).items()}
    return {name: value for name, value in values.items() if value is not None}


def _adapted_to(layer: Any) -> Any:
    if hasattr(layer, "get_vocabulary"):
        weights = getattr(layer, "idf_weights", None)
        return [*layer.get_vocabulary(), *([] if weights is None else np.asarray(weights).tolist())]
    if getattr(layer, "bin_boundaries", None) is not None:
        return np.asarray(layer.bin_boundaries).tolist()
    if getattr(layer, "input_mean", None) is not None:
        return [*np.asarray(layer.input_mean).reshape(-1), *np.asarray(layer.input_variance).reshape(-1)]
    return None
