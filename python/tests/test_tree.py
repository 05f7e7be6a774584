from __future__ import annotations

from collections import OrderedDict, defaultdict
from typing import Any, NamedTuple

import numpy as np
import pytest

import swarmstream
from fake_swarm import FakeSwarm
from swarmstream._tree import flatten

KERNEL, BIAS = np.ones((2, 2), "f4"), np.zeros(2, "f4")


class Layer(NamedTuple):
    kernel: Any
    bias: Any


@pytest.mark.parametrize(
    ("tree", "names"),
    [
        ([KERNEL, BIAS], ["0", "1"]),
        ((KERNEL, [BIAS]), ["0", "1/0"]),
        ({0: KERNEL, 1: BIAS}, ["0", "1"]),
        ({"dense": {"kernel": KERNEL, "bias": BIAS}}, ["dense/kernel", "dense/bias"]),
        (
            {"layers": [Layer(KERNEL, None), Layer(KERNEL, BIAS)]},
            ["layers/0/kernel", "layers/1/kernel", "layers/1/bias"],
        ),
        ({"w": [[1.0, 2.0], [3.0, 4.0]], "b": (1, 2)}, ["w", "b"]),
        (OrderedDict(w=KERNEL), ["w"]),
        (defaultdict(dict, a={"b": BIAS}), ["a/b"]),
        ({"empty": {}, "w": KERNEL, "scale": np.float32(2)}, ["w", "scale"]),
    ],
)
def test_a_tree_goes_out_by_paths_and_comes_back_as_it_was(swarm: FakeSwarm, tree: Any, names: list[str]) -> None:
    with swarmstream.join("digits", tree, url=swarm.url) as session:
        merged = session.sync(tree).weights
        final = session.finish(tree).weights

    assert set(swarm.models[0]) == set(names)
    for back in (merged, final):
        assert list(flatten(back)) == names
        assert type(back) in (type(tree), dict)
        for name, array in flatten(back).items():
            np.testing.assert_array_equal(array, flatten(tree)[name])


def test_containers_in_containers_keep_their_kinds(swarm: FakeSwarm) -> None:
    tree = {"layers": [Layer(KERNEL, None)], "pair": (KERNEL, BIAS)}
    with swarmstream.join("digits", tree, url=swarm.url) as session:
        back = session.sync(tree).weights
    assert isinstance(back["layers"], list)
    assert isinstance(back["layers"][0], Layer)
    assert back["layers"][0].bias is None
    assert isinstance(back["pair"], tuple)


@pytest.mark.parametrize(
    ("tree", "says"),
    [
        ({"a/b": KERNEL, "a": {"b": BIAS}}, r"two tensors are named 'a/b'.*\('a/b',\).*\('a', 'b'\)"),
        ({1: KERNEL, "1": BIAS}, "two tensors are named '1'"),
        (KERNEL, "single ndarray.*mapping"),
        ([1.0, 2.0], "single list"),
        ("text", "single str"),
        ([], "empty"),
        ({"a": {}}, "empty"),
        ({"a": "text"}, "'a' is <U4"),
        ({"a": {"b": object()}}, "'a/b' is object"),
        ({"a": [[1, 2], [3]]}, "'a' is a list that numpy cannot read"),
        ({"a:0": KERNEL}, "'a:0' is empty or has a colon"),
        ({"a": np.ma.masked_array([1.0, 2.0], mask=[False, True])}, "'a' has masked values"),
        ({"a": np.zeros(0)}, "'a' has shape"),
    ],
)
def test_what_is_no_tree_of_arrays_is_refused_by_name(swarm: FakeSwarm, tree: Any, says: str) -> None:
    with pytest.raises(swarmstream.BadWeightsError, match=says):
        swarmstream.join("digits", tree, url=swarm.url)
    assert swarm.nodes[0].requests == []


def test_a_tensor_of_a_framework_that_numpy_cannot_read_is_refused_by_name(swarm: FakeSwarm) -> None:
    torch = pytest.importorskip("torch")
    with pytest.raises(swarmstream.BadWeightsError, match=r"'w' is a Parameter that numpy cannot read.*detach\(\)"):
        swarmstream.join("digits", {"w": torch.nn.Parameter(torch.zeros(2))}, url=swarm.url)
