"""What Keras layers keep besides their weights: values derived from them, and what the layers have adapted to."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._agreed import digest
from ._kerases import dtype_of, tensor_values

FUNCTIONS = ("train_function", "test_function", "predict_function")


def refresh(model: Any) -> None:
    """Makes layers compute again what they derive from their weights, as they do after loading a file.

    Backends that compile have built the old values into their functions as constants. Those functions are made anew, but
    only if a value has changed.
    """
    if any([_recomputed(layer) for layer in all_of(model)]):  # noqa: C419 - all layers, not up to the first
        compile_anew(model)


def compile_anew(model: Any) -> None:
    """Makes the functions of `fit`, `evaluate` and `predict` anew, if they have been made."""
    for name in FUNCTIONS:
        if getattr(model, name, None) is not None:
            getattr(model, f"make_{name}")(force=True)


def adapted(model: Any) -> dict[str, str]:
    """Digests of what layers have adapted to and is not a weight, by the layer's kind and its number among such layers."""
    found = [(type(layer).__name__, values) for layer in all_of(model) if (values := _adapted_to(layer)) is not None]
    return {f"{kind} {place}": digest(values) for place, (kind, values) in enumerate(found)}


def all_of(model: Any) -> list[Any]:
    """All layers, also those within layers."""
    return list(model._flatten_layers(include_self=False, recursive=True))


def _recomputed(layer: Any) -> bool:
    """Computes a layer's derived values again; returns whether one has changed. Layers without weights derive none."""
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
    """Whether the layer is the user's own; those of Keras derive nothing, unless they have `finalize_state`."""
    loader = getattr(kind, "load_own_variables", None)
    return loader is not None and loader.__module__.partition(".")[0] not in ("keras", "tf_keras", "tensorflow")


def _derived(layer: Any) -> dict[str, Any]:
    """A layer's arrays that are not variables."""
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
