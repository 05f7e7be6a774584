"""What Keras layers keep beside their weights: what they have computed from them, and what they have adapted to."""

from __future__ import annotations

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
    if any([_recomputed(layer) for layer in _layers(model)]):  # noqa: C419 - each of them, not up to the first
        for name in FUNCTIONS:
            if getattr(model, name, None) is not None:
                getattr(model, f"make_{name}")(force=True)


def adapted(model: Any) -> dict[str, str]:
    """What layers have adapted to and is no weight: a hash of each, by the layer's kind and number among such layers."""
    found = [(type(layer).__name__, values) for layer in _layers(model) if (values := _adapted_to(layer)) is not None]
    return {f"{kind} {place}": digest(values) for place, (kind, values) in enumerate(found)}


def _layers(model: Any) -> list[Any]:
    return list(model._flatten_layers(include_self=False, recursive=True))


def _recomputed(layer: Any) -> bool:
    """Whether something has changed by it. Lookups, without weights, have nothing to compute from."""
    if not (layer.built and any("float" in dtype_of(each) for each in layer.weights)):
        return False
    if hasattr(layer, "finalize_state"):
        before = _derived(layer)
        layer.finalize_state()
        return _differ(before, _derived(layer))
    if _loads_in_its_own_way(type(layer)):
        before = _derived(layer)
        store: dict[str, Any] = {}
        layer.save_own_variables(store)
        layer.load_own_variables(store)
        return _differ(before, _derived(layer))
    return False


def _differ(before: dict[str, Any], after: dict[str, Any]) -> bool:
    return before.keys() != after.keys() or any(not np.array_equal(before[name], after[name]) for name in after)


def _loads_in_its_own_way(kind: type) -> bool:
    """A layer of one's own; those of Keras, but for those with `finalize_state`, keep nothing."""
    loader = getattr(kind, "load_own_variables", None)
    return loader is not None and loader.__module__.partition(".")[0] not in ("keras", "tf_keras", "tensorflow")


def _derived(layer: Any) -> dict[str, Any]:
    """Its arrays that are no variables."""
    values = {name: tensor_values(value) for name, value in vars(layer).items()}
    return {name: np.array(value) for name, value in values.items() if value is not None}


def _adapted_to(layer: Any) -> list[Any] | None:
    if hasattr(layer, "get_vocabulary"):
        weights = getattr(layer, "idf_weights", None)
        return [*layer.get_vocabulary(), *([] if weights is None else np.asarray(weights).tolist())]
    if getattr(layer, "bin_boundaries", None) is not None:
        return list(np.asarray(layer.bin_boundaries).tolist())
    if getattr(layer, "input_mean", None) is not None:
        return [np.asarray(layer.input_mean).tolist(), np.asarray(layer.input_variance).tolist()]
    return None
