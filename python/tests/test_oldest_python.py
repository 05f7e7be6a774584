"""The package runs on Python 3.8 and numpy 1.19, which HPE's images have; checked in the sources, without either.

`vermin`, which check.py runs beside these tests, knows when each module and method of Python came, but not what is looked
for here.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from pathlib import Path

import pytest

OLDEST = (3, 8)
PROJECT = Path(__file__).resolve().parents[1]
FILES = sorted([*PROJECT.glob("src/**/*.py"), *PROJECT.glob("hpe/src/**/*.py")])

# Classes that take parameters in brackets from Python 3.9 on only; those of `typing` always did.
MODULES_OF_GENERICS = {"collections", "collections.abc", "contextlib", "os", "queue", "re", "subprocess"}
# All of numpy that the sources use. Each is in numpy 1.19; look it up before you add one.
NUMPY = {
    *("abs", "array", "array_equal", "asarray", "ascontiguousarray", "clip", "copyto", "dtype", "empty", "errstate"),
    *("finfo", "flatnonzero", "frombuffer", "generic", "ma"),
    *("iinfo", "integer", "isfinite", "isnan", "isscalar", "maximum", "minimum", "ndarray", "prod", "rint", "shape"),
    *("zeros_like", "float16", "float32", "float64", "int64", "uint8", "bool_"),
}


def evaluated(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs: neither annotations, which are text here, nor what only a type checker reads."""
    for field, value in ast.iter_fields(tree):
        if field in ("annotation", "returns"):
            continue
        if isinstance(tree, ast.If) and ast.unparse(tree.test) == "TYPE_CHECKING" and field == "body":
            continue
        for node in value if isinstance(value, list) else [value]:
            if isinstance(node, ast.AST):
                yield node
                yield from evaluated(node)


def imported_from(tree: ast.AST) -> dict[str, str]:
    return {
        alias.asname or alias.name: node.module or ""
        for node in evaluated(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def too_new(source: str) -> list[str]:
    tree = ast.parse(source, feature_version=OLDEST)
    origin = imported_from(tree)
    found = [f"{name} of numpy.typing" for name, module in origin.items() if module == "numpy.typing"]
    for node in evaluated(tree):
        if not isinstance(node, ast.Subscript):
            continue
        value = node.value
        if isinstance(value, ast.Name):
            generic = isinstance(getattr(builtins, value.id, None), type) or origin.get(value.id) in MODULES_OF_GENERICS
        else:
            generic = isinstance(value, ast.Attribute) and ast.unparse(value) in ("np.dtype", "np.ndarray")
        if generic:
            found.append(f"{ast.unparse(node)} in line {node.lineno}")
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PROJECT)))
def test_what_runs_is_python_3_8(file: Path) -> None:
    source = file.read_text()
    assert too_new(source) == []
    if ": " in source or "->" in source:
        is_bare = not any(isinstance(node, (ast.FunctionDef, ast.AnnAssign)) for node in ast.walk(ast.parse(source)))
        assert is_bare or "from __future__ import annotations" in source


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PROJECT)))
def test_of_numpy_only_what_1_19_has(file: Path) -> None:
    used = {
        node.attr
        for node in evaluated(ast.parse(file.read_text()))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "np"
    }
    assert used <= NUMPY


@pytest.mark.parametrize(
    "source",
    [
        "Json = dict[str, int]",
        "from collections.abc import Mapping\nclass Lazy(Mapping[str, int]): pass",
        "from numpy.typing import NDArray",
        "import numpy as np\nDescribed = np.dtype[float]",
    ],
)
def test_sees_what_is_too_new(source: str) -> None:
    assert too_new(source)


@pytest.mark.parametrize("source", ["match x:\n  case 1: pass", "with (open('a') as a, open('b') as b): pass"])
def test_reads_no_newer_syntax(source: str) -> None:
    with pytest.raises(SyntaxError):
        too_new(source)


@pytest.mark.parametrize(
    "source",
    [
        "from typing import Dict\nJson = Dict[str, int]",
        "from __future__ import annotations\ndef f(x: dict[str, int] | None) -> list[int]: return x['a']",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n  from numpy.typing import NDArray",
    ],
)
def test_lets_pass_what_is_old_enough(source: str) -> None:
    assert too_new(source) == []
