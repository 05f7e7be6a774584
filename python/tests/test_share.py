"""Which tensors are shared: patterns, and what sites are told that share others."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import swarmstream
from cases import cases
from fake_swarm import FakeSwarm
from swarmstream._errors import LayoutMismatchError
from swarmstream._share import all_but, shared_names
from swarmstream._weights import LazyWeights
from trainers import at_each_site

NAMES = ["bn.weight", "bn.bias", "head.weight", "head.bias"]


def weights(value: float = 0.0) -> dict[str, Any]:
    return {"body": {"w": np.full(3, value, "f4")}, "head": {"w": np.full(2, value, "f4"), "b": None}}


@pytest.mark.parametrize(
    ("patterns", "shared"),
    [
        (["*"], NAMES),
        (["head.*"], NAMES[2:]),
        (["*", "!bn.*"], NAMES[2:]),
        (["!bn.*"], NAMES[2:]),
        (["*", "!head.*", "*.bias"], ["bn.weight", "bn.bias", "head.bias"]),
        (["bn.weigh?"], ["bn.weight"]),
        (("*", "!*.bias"), ["bn.weight", "head.weight"]),
    ],
)
def test_the_last_pattern_that_matches_decides(patterns: list[str], shared: list[str]) -> None:
    assert shared_names(patterns, NAMES) == set(shared)


@pytest.mark.parametrize("case", cases("share_cases.txt"))
def test_patterns_match_the_same_names_as_in_java(case: str) -> None:
    pattern, name, matches = case.split(" | ")
    try:
        matched = shared_names([pattern], [name]) == {name}
    except swarmstream.BadOptionError:  # it matches no tensor
        matched = False
    assert matched == (matches == "yes")


def test_a_pattern_that_matches_nothing_is_refused_with_the_names_that_there_are() -> None:
    with pytest.raises(swarmstream.BadOptionError, match=r"'!haed\.\*', which matches no tensor; .* 'bn\.weight', "):
        shared_names(["*", "!haed.*"], NAMES)
    with pytest.raises(swarmstream.BadOptionError, match=r"'x'.*'7', and 92 more$"):
        shared_names(["x"], list(map(str, range(100))))
    with pytest.raises(swarmstream.BadOptionError, match="share is empty"):
        shared_names([], NAMES)


def test_names_with_brackets_can_be_kept_local() -> None:
    names = ["a[0].w", "a0.w", "b*"]
    assert shared_names(all_but(["a[0].w"]), names) == {"a0.w", "b*"}


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("0/sequential/block/kernel", "sequential/block/kernel"),
        ("0/net/kernel (Normalization 0 3 of 12ab)", "net/kernel"),
        ("head.weight", "head.weight"),
    ],
)
def test_a_tensor_that_cannot_be_read_is_named_with_a_pattern_that_matches_it(name: str, pattern: str) -> None:
    nothing: dict[str, NDArray[Any]] = {}
    with pytest.raises(swarmstream.BadWeightsError, match=re.escape(f"share=['*', '!{pattern}']")):
        LazyWeights([(name, (2,), np.dtype("f4"))], nothing.__getitem__)[name]


def test_in_a_session_local_tensors_come_back_as_they_were_given(two: FakeSwarm) -> None:
    def train(url: str, index: int) -> Any:
        with swarmstream.join("digits", weights(), url=url, share=["*", "!head/*"]) as session:
            given = weights(float(index))
            merged = session.sync(given).weights
            final = session.finish().weights
        assert merged["head"]["w"] is given["head"]["w"]
        assert final["head"]["w"] is given["head"]["w"]
        assert final["head"]["b"] is None
        return merged["body"]["w"].tolist(), final["body"]["w"].tolist(), list(final)

    assert at_each_site(two, train) == [([0.5] * 3, [0.5] * 3, ["body", "head"])] * 2
    assert [tensor["name"] for tensor in two.terms["layout"]] == ["body/w"]


def test_local_tensors_need_not_agree(two: FakeSwarm) -> None:
    def train(url: str, index: int) -> Any:
        own = {"body": np.zeros(3, "f4"), "head": np.array([["text", "of any type"]] * index)}
        with swarmstream.join("digits", own, url=url, share=["body"]) as session:
            return session.sync(own).weights["head"].shape

    assert at_each_site(two, train) == [(0,), (1, 2)]


def test_a_missing_local_tensor_is_named(swarm: FakeSwarm) -> None:
    with swarmstream.join("digits", weights(), url=swarm.url, share=["body/*"]) as session:
        with pytest.raises(LayoutMismatchError, match="'head/w' is missing; it stays at the site"):
            session.sync({"body": weights()["body"]})


@pytest.mark.parametrize("share", ["all", "*", [1], {"*"}])
def test_a_session_takes_patterns_only(share: Any) -> None:
    with pytest.raises(swarmstream.BadOptionError, match=r"share is .* use a list of patterns"):
        swarmstream.join("digits", weights(), share=share)


def layout(shared: list[str], local: list[str]) -> Any:
    described = [(name, (2,), np.dtype("f4")) for name in shared]
    fetch: dict[str, NDArray[Any]] = {}
    return swarmstream._weights.Layout.of(LazyWeights(described, fetch.__getitem__, local=local))


def refusal(field: str, **values: Any) -> LayoutMismatchError:
    return LayoutMismatchError(f"tensor {field}: the contract has", code="layout-mismatch", field=field, **values)


@pytest.mark.parametrize(
    ("refused", "hint"),
    [
        (refusal("head.w"), "Here share= keeps it local; give the same share= at all sites"),
        (refusal("2/net/bn/gamma"), "Here share= keeps it local; give"),
        (refusal("body.w", expected="no such tensor"), "The other sites keep it local; give"),
        (refusal("0/net/dense/kernel"), "Here it has another place, because other weights are shared before it; give"),
        (refusal("layout"), "Here share= keeps 2 tensors local; give"),
    ],
)
def test_a_site_that_shares_other_tensors_than_the_contract_is_told_so(refused: LayoutMismatchError, hint: str) -> None:
    mine = layout(["body.w", "1/net/dense/kernel"], ["head.w", "net/bn/gamma"])
    assert hint in str(mine.explained(refused))


def test_a_refusal_for_another_reason_stays_as_it_is() -> None:
    assert str(layout(["body.w"], []).explained(refusal("body.w", expected="[3]"))) == str(refusal("body.w"))
