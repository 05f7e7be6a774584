"""Writes the medians of NumPy that CoordMedianTest compares with, bit for bit.

    pip install numpy && python merge/src/test/reference/median.py \
        > merge/src/test/resources/io/swarmstream/merge/numpy-median.txt

One line per column: its float32 values as hexadecimal bits, then "=", then their median. Made with
NumPy 2.4.6. Left out are columns whose answer NumPy leaves to chance or loses: zeros of both signs
(its sort does not order them) and middle values whose float32 sum overflows.
"""

import sys
import warnings

import numpy as np

SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 31, 32)
SPECIAL = np.array(
    [0.0, 1.0, -1.0, 1e-45, -1e-45, 3e-45, 1.1754944e-38, 1.1754942e-38, 3.4028235e38,
     -3.4028235e38, 1.7014118e38, np.inf, -np.inf, np.nan, 1.0000001, 16777217.0],
    dtype=np.float32,
)


def columns(rng, n):
    """Columns of n values: ordinary, of wild exponents, with repeats, special, negative zeros."""
    yield from rng.standard_normal((12, n)).astype(np.float32)
    yield from rng.integers(0, 2**32, (12, n), dtype=np.uint32).view(np.float32)
    yield from rng.integers(-2, 3, (4, n)).astype(np.float32)
    yield from rng.choice(SPECIAL, (8, n))
    yield from rng.choice(SPECIAL[SPECIAL == SPECIAL], (8, n))
    yield from rng.choice(np.array([-0.0, 2.0, -3.0], np.float32), (2, n))
    # Subnormals around 0, where halving rounds.
    yield from rng.integers(1, 64, (4, n), dtype=np.uint32).view(np.float32)


def hexadecimal(value):
    return "%08x" % np.float32(value).view(np.uint32)


def main():
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(20_260_101)
    for n in SIZES:
        for column in columns(rng, n):
            column = np.ascontiguousarray(column, dtype=np.float32)
            zeros = column[column == 0]
            if len(set(np.signbit(zeros))) > 1:
                continue
            median = np.median(column.reshape(n, 1), axis=0)[0]
            if np.isinf(median) and not np.isin(median, column):
                continue
            print(*(hexadecimal(v) for v in column), "=", hexadecimal(median))


if __name__ == "__main__":
    sys.exit(main())
