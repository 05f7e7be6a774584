"""Merges the deltas of a file with Flower's and geom_median's functions and says how long each took.

Started by './swarm bench kernels' with the file, the number of sites, and the model's shapes and the sites' weights as JSON.
Says first, in a line of JSON, what it can run; then takes a request in each line it reads and answers with one.
"""

import json
import platform
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import geom_median.numpy
import geom_median.torch
import numpy as np
import torch
from flwr.app import ArrayRecord, MetricRecord, RecordDict
from flwr.common import Code, FitRes, Status, ndarrays_to_parameters
from flwr.server.strategy import aggregate as flower
from flwr.serverapp.strategy import strategy_utils

Layers = list[np.ndarray]

TOLERATED = 1


def read_sites(file: Path, sites: int, shapes: list[list[int]]) -> list[Layers]:
    """Each site's delta as a list of tensors, each with memory of its own."""
    ends = np.cumsum([np.prod(shape, dtype=int) for shape in shapes])
    deltas = np.fromfile(file, dtype="<f4").reshape(sites, ends[-1])
    return [
        [part.reshape(shape).copy() for part, shape in zip(np.split(delta, ends[:-1]), shapes)]
        for delta in deltas
    ]


def kernels(sites: list[Layers], weights: list[int]) -> dict[str, Callable[[], Callable[[], object]]]:
    """By name, what prepares a merge. What it gives is what the clock sees."""
    results = list(zip(sites, weights))

    def as_fit_results() -> Callable[[], Layers]:
        ok = Status(Code.OK, "")
        fits = [(None, FitRes(ok, ndarrays_to_parameters(s), w, {})) for s, w in results]
        return lambda: flower.aggregate_inplace(fits)

    def as_records() -> Callable[[], Layers]:
        records = [
            RecordDict({"model": ArrayRecord(s), "figures": MetricRecord({"num-examples": w})})
            for s, w in results
        ]

        def merge() -> Layers:
            merged = strategy_utils.aggregate_arrayrecords(records, "num-examples")
            return merged.to_numpy_ndarrays()

        return merge

    def as_tensors() -> Callable[[], list[torch.Tensor]]:
        tensors = [torch.from_numpy(np.concatenate([p.ravel() for p in s])) for s in sites]
        scales = torch.tensor(weights, dtype=torch.float32)
        return lambda: [geom_median.torch.compute_geometric_median(tensors, scales).median]

    def as_layers() -> Callable[[], Layers]:
        scales = np.array(weights, dtype=np.float64)
        return lambda: geom_median.numpy.compute_geometric_median(sites, scales).median

    # Flower's trimmed mean takes a share and rounds the number it makes of it down.
    share = (TOLERATED + 0.5) / len(sites)
    kept = len(sites) - TOLERATED
    return {
        "flower aggregate": lambda: lambda: flower.aggregate(results),
        "flower aggregate_inplace": as_fit_results,
        "flower aggregate_arrayrecords": as_records,
        "flower aggregate_median": lambda: lambda: flower.aggregate_median(results),
        "flower aggregate_trimmed_avg": lambda: lambda: flower.aggregate_trimmed_avg(results, share),
        "flower aggregate_krum": lambda: lambda: flower.aggregate_krum(results, TOLERATED, kept),
        "geom_median numpy": as_layers,
        "geom_median torch": as_tensors,
    }


def save(merged: list, file: str) -> None:
    flat = np.concatenate([np.asarray(part).ravel() for part in merged])
    flat.astype("<f4").tofile(file)


def times(merge: Callable[[], object], millis: float) -> list[float]:
    """Of one merge, and of more while they fit into a time."""
    taken: list[float] = []
    while not taken or sum(taken) < millis:
        began = time.perf_counter()
        merge()
        taken.append((time.perf_counter() - began) * 1e3)
    return taken


def say(answer: dict) -> None:
    print(json.dumps(answer), flush=True)


def main() -> None:
    file, sites, shapes, weights = sys.argv[1:]
    known = kernels(read_sites(Path(file), int(sites), json.loads(shapes)), json.loads(weights))
    packages = ("flwr", "geom_median", "numpy", "torch")
    versions = {name: version(name) for name in packages} | {"python": platform.python_version()}
    say({"versions": versions, "kernels": list(known), "threads": torch.get_num_threads()})
    for line in sys.stdin:
        request = json.loads(line)
        merge = known[request["kernel"]]()
        if "save" in request:
            began = time.perf_counter()
            merged = merge()
            taken = (time.perf_counter() - began) * 1e3
            save(merged, request["save"])
            say({"millis": [taken]})
        else:
            say({"millis": times(merge, request["millis"])})


if __name__ == "__main__":
    main()
