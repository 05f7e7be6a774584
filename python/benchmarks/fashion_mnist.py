"""Fashion-MNIST, and the split of its training images among sites with favourite classes.

The data is a Debian package, dataset-fashion-mnist; elsewhere FASHION_MNIST names the folder of its four files.
"""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FOLDER = Path(os.environ.get("FASHION_MNIST", "/usr/share/datasets/fashion-mnist"))
CLASSES = 10
SITES_IN_A_GROUP = 3
SHARED_OUT = 72_000
MEAN, DEVIATION = 0.286, 0.353

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Examples:
    """Pixels as float32, examples x 1 x 28 x 28, with mean 0 and deviation 1; labels 0 to 9."""

    pixels: NDArray[np.float32]
    labels: NDArray[np.int64]


def read(kind: str) -> Examples:
    """`train`, 60,000 examples, or `t10k`, 10,000."""
    pixels = _numbers(f"{kind}-images-idx3-ubyte.gz", head=16).reshape(-1, 1, 28, 28)
    labels = _numbers(f"{kind}-labels-idx1-ubyte.gz", head=8)
    return Examples(((pixels / np.float32(255)) - np.float32(MEAN)) / np.float32(DEVIATION), labels.astype(np.int64))


def _numbers(name: str, head: int) -> NDArray[np.uint8]:
    file = FOLDER / name
    if not file.exists():
        raise SystemExit(
            f"no {file}; on Debian 'apt-get install dataset-fashion-mnist', elsewhere set FASHION_MNIST to the"
            " folder of the data set's four .gz files"
        )
    with gzip.open(file) as unpacked:
        return np.frombuffer(unpacked.read(), np.uint8, offset=head)


def shares(labels: NDArray[Any], sites: int, seed: int) -> list[Indices]:
    """The examples of each site: three quarters belong to its 3 or 4 favourite classes, the rest to all others.

    The favourites of each three sites are all ten classes, drawn at random. A site has 12,000 examples of 6 sites (9,000
    and 3,000) and 6,000 of 12 (4,500 and 1,500), but for rounding. Together that is more than the data set has, so that
    some examples are at two sites; none is at a site twice.
    """
    if sites < 1 or sites % SITES_IN_A_GROUP:
        raise ValueError(f"sites must be a multiple of {SITES_IN_A_GROUP}, got {sites}")
    random = np.random.default_rng(seed)
    piles = [_Pile(random.permutation(np.flatnonzero(labels == each))) for each in range(CLASSES)]
    size = SHARED_OUT // sites
    shared_out = []
    for _ in range(sites // SITES_IN_A_GROUP):
        for favourites in np.array_split(random.permutation(CLASSES), SITES_IN_A_GROUP):
            others = np.setdiff1d(np.arange(CLASSES), favourites)
            mine = [piles[each].take(size * 3 // 4 // len(favourites)) for each in favourites]
            mine += [piles[each].take(size // 4 // len(others)) for each in others]
            shared_out.append(np.concatenate(mine))
    return shared_out


class _Pile:
    """Deals the examples of a class one after the other, and starts again when all have been dealt."""

    def __init__(self, examples: Indices) -> None:
        self._examples = examples
        self._dealt = 0

    def take(self, count: int) -> Indices:
        places = (self._dealt + np.arange(count)) % len(self._examples)
        self._dealt += count
        return self._examples[places]
