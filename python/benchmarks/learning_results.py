"""Scores of the learning benchmark: stored as lines of JSON, so that an interrupted run can resume; printed with HPE's."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from statistics import mean
from typing import Any

METHODS = ("mean", "coordmedian", "geomedian")
EPOCHS = (2, 5, 10)
MEASURES = ("accuracy", "f1", "loss")

# Hewlett Packard Enterprise's white paper on merge methods in Swarm Learning, October 2023: Fashion-MNIST, after 2, 5 and
# 10 epochs. Accuracy and F1 in per cent.
HPE: dict[tuple[int, str], dict[str, tuple[float, float, float]]] = {
    (6, "mean"): {"accuracy": (82.18, 88.2, 90.09), "f1": (80.54, 88.02, 89.93), "loss": (0.45, 0.324, 0.27)},
    (6, "coordmedian"): {"accuracy": (83.0, 88.06, 89.85), "f1": (82.1, 87.94, 89.72), "loss": (0.446, 0.329, 0.275)},
    (6, "geomedian"): {"accuracy": (82.74, 88.05, 89.92), "f1": (81.52, 87.91, 89.81), "loss": (0.448, 0.327, 0.272)},
    (12, "mean"): {"accuracy": (78.54, 82.92, 88.23), "f1": (76.77, 81.37, 88.05), "loss": (0.557, 0.432, 0.324)},
    (12, "coordmedian"): {
        "accuracy": (78.68, 84.23, 88.23),
        "f1": (77.09, 83.25, 88.17),
        "loss": (0.556, 0.422, 0.325),
    },
    (12, "geomedian"): {
        "accuracy": (78.89, 84.43, 88.21),
        "f1": (77.29, 83.54, 88.09),
        "loss": (0.551, 0.418, 0.324),
    },
}


@dataclass(frozen=True)
class Cell:
    """The scores of one model: merged by a `method`, trained by one site `alone`, or on the data `pooled`.

    scores: by epochs, each measure; accuracy and F1 in per cent.
    setup: what it was trained with; cells of another setup are another table's.
    """

    setup: str
    sites: int
    seed: int
    trained: str
    scores: dict[int, dict[str, float]]
    site: int | None = None
    rounds: int = 0
    seconds: float = 0.0
    model_hash: str = ""


class Results:
    """All cells of one setup in a file, to which new ones are appended."""

    def __init__(self, file: Path, setup: str) -> None:
        self._file = file
        self.setup = setup
        lines = file.read_text().splitlines() if file.exists() else []
        self.cells = [cell for cell in map(_cell, lines) if cell.setup == setup]

    def add(self, cell: Cell) -> None:
        """Appends a cell to the file at once."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.open("a") as lines:
            lines.write(json.dumps(asdict(cell)) + "\n")
        self.cells.append(cell)

    def has(self, sites: int, seed: int, trained: str, site: int | None = None) -> bool:
        """Whether the cell has a result."""
        return any(
            (cell.sites, cell.seed, cell.trained, cell.site) == (sites, seed, trained, site) for cell in self.cells
        )

    def summary(self) -> list[dict[str, Any]]:
        """A row for each way of training: means over all seeds, and HPE's figures."""
        return [row for sites in sorted({cell.sites for cell in self.cells}) for row in self._rows(sites)]

    def _rows(self, sites: int) -> Iterator[dict[str, Any]]:
        cells = [cell for cell in self.cells if cell.sites == sites]
        for method in METHODS:
            yield from _row(sites, method, [[cell] for cell in cells if cell.trained == method], mean)
        alone: dict[int, list[Cell]] = {}
        for cell in cells:
            if cell.trained == "alone":
                alone.setdefault(cell.seed, []).append(cell)
        yield from _row(sites, "best site alone", alone.values(), max)
        yield from _row(sites, "sites alone, mean", alone.values(), mean)
        yield from _row(sites, "pooled", [[cell] for cell in cells if cell.trained == "pooled"], mean)


def _cell(line: str) -> Cell:
    fields = json.loads(line)
    fields["scores"] = {int(epochs): scores for epochs, scores in fields["scores"].items()}
    return Cell(**fields)


def _row(
    sites: int, trained: str, by_seed: Iterable[list[Cell]], of_a_seed: Callable[[Iterable[float]], float]
) -> Iterator[dict[str, Any]]:
    seeds = list(by_seed)
    if not seeds:
        return
    row: dict[str, Any] = {"sites": sites, "trained": trained, "seeds": len(seeds)}
    for measure in MEASURES:
        # The best site has the highest accuracy and F1, and the lowest loss.
        pick = min if of_a_seed is max and measure == "loss" else of_a_seed
        of_seeds = [[pick([cell.scores[epochs][measure] for cell in cells]) for cells in seeds] for epochs in EPOCHS]
        row[measure] = [round(mean(values), 4) for values in of_seeds]
        row[f"{measure} worst seed"] = [(max if measure == "loss" else min)(values) for values in of_seeds]
    if (sites, trained) in HPE:
        row["hpe"] = HPE[sites, trained]
        row["missed"] = _missed(row)
    yield row


def _missed(row: dict[str, Any]) -> list[str]:
    """The figures that are worse than HPE's."""
    sign = {"accuracy": 1, "f1": 1, "loss": -1}
    return [
        f"{measure} after {epochs} epochs"
        for measure in MEASURES
        for epochs, ours, theirs in zip(EPOCHS, row[measure], row["hpe"][measure])
        if sign[measure] * (ours - theirs) < 0
    ]


def table(summary: list[dict[str, Any]]) -> str:
    """The results as text: a block for each number of sites, with HPE's figures in brackets."""
    return "\n\n".join(_block(sites, rows) for sites, rows in groupby(summary, lambda row: row["sites"]))


def _block(sites: int, rows: Iterable[dict[str, Any]]) -> str:
    lines = [
        f"{sites} sites, after {', '.join(map(str, EPOCHS))} epochs; in brackets HPE's figures",
        f"{'trained':<18}{'seeds':>5}  " + "".join(f"{measure:<48}" for measure in MEASURES),
    ]
    for row in rows:
        lines.append(
            f"{row['trained']:<18}{row['seeds']:>5}  " + "".join(_figures(row, measure) for measure in MEASURES)
        )
        if row.get("missed"):
            lines.append(f"{'':25}worse than HPE's: {', '.join(row['missed'])}")
    return "\n".join(line.rstrip() for line in lines)


def _figures(row: dict[str, Any], measure: str) -> str:
    form = "{:.3f}" if measure == "loss" else "{:.2f}"
    ours = [form.format(value) for value in row[measure]]
    theirs = [f" ({form.format(value)})" for value in row.get("hpe", {}).get(measure, ())] or [""] * len(ours)
    return f"{'  '.join(map(str.__add__, ours, theirs)):<48}"
