"""The expected end of a training, computed a second time and more simply, for sites with one number as weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

SNAPSHOT, ACTIVE, INACTIVE = "snapshot", "active", "inactive"


@dataclass(frozen=True)
class Trained:
    """A site: it sends `target` in its first `syncs` rounds, and has finished then."""

    target: float
    weight: int
    syncs: int


def final_model(sites: Sequence[Trained], method: str, check_in: str) -> float:
    """After the round for which all have finished."""
    merge = {"mean": mean, "coordmedian": median, "geomedian": median}[method]
    model = 0.0
    for number in range(max(site.syncs for site in sites) + 1):
        model = merge([contribution(site, number, model, check_in) for site in sites], model)
    return model


def contribution(site: Trained, number: int, model: float, check_in: str) -> tuple[float, float]:
    """Value and weight."""
    if number < site.syncs or check_in == SNAPSHOT:
        return site.target, site.weight
    return model, site.weight if check_in == ACTIVE else 0


Merge = Callable[[Sequence["tuple[float, float]"], float], float]


def mean(given: Sequence[tuple[float, float]], model: float) -> float:
    """Weighted; nothing has weight: the model stays."""
    total = sum(weight for _, weight in given)
    return sum(value * weight for value, weight in given) / total if total else model


def median(given: Sequence[tuple[float, float]], model: float) -> float:
    """Weighted; of points on a line it is also the one with the least sum of distances."""
    counted = sorted(less_than_half([(value, weight) for value, weight in given if weight]))
    total, below = sum(weight for _, weight in counted), 0.0
    for place, (value, weight) in enumerate(counted):
        below += weight
        if below * 2 == total:
            return (value + counted[place + 1][0]) / 2
        if below * 2 > total:
            return value
    return model


def less_than_half(counted: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """What new contracts of such methods limit: of three or more no site has half of the weight."""
    cap = int(max((weight for _, weight in counted), default=0))
    while len(counted) > 2 and 2 * cap >= sum(min(weight, cap) for _, weight in counted):
        cap -= 1
    return [(value, min(weight, cap)) for value, weight in counted]
