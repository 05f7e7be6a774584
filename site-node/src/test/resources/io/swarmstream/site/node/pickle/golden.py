"""Makes the pickles of this folder, with the numpy that is installed: python golden.py

Named by numpy's major version and the pickle's protocol. Regenerate them with numpy 1 and numpy 2.
"""

import collections
import pickle
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
VERSION = np.__version__.split(".")[0]


def weights():
    return {
        "dense/kernel:0": np.arange(6, dtype="f4").reshape(2, 3),
        "fortran": np.asfortranarray(np.arange(6, dtype="f8").reshape(2, 3)),
        "big": np.arange(4, dtype=">f4"),
        "half": np.array([0.5, -2], "f2"),
        "scalar": np.array(2.5, "f4"),
        "number": np.float64(1.25),
        "plain": 0.75,
        "count": np.array(7),
        "mask": np.array([True, False]),
        "empty": np.zeros((0, 3), "f4"),
        "every byte": np.frombuffer(bytes(range(256)), "u1"),
        "strided": np.arange(24, dtype="f4").reshape(2, 3, 4).transpose(1, 0, 2),
    }



for protocol in (2, 3, 4, 5):
    (HERE / f"numpy{VERSION}-protocol{protocol}.pkl").write_bytes(pickle.dumps(weights(), protocol))
state = collections.OrderedDict(w=np.arange(3, dtype="f4"))
state._metadata = collections.OrderedDict([("", {"version": 1})])
(HERE / f"numpy{VERSION}-state-dict.pkl").write_bytes(pickle.dumps(state, 5))
