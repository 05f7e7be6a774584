"""What the package promises to programs: its names, its signatures, and what their descriptions say.

Signatures are read off the sources, so that the callback of a framework is checked where the framework is not installed.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import swarmstream
from swarmstream import _errors

SOURCES = Path(swarmstream.__file__).parent
CALLBACKS = {
    "keras": "SwarmCallback",
    "lightning": "SwarmCallback",
    "pytorch": "SwarmCallback",
    "sklearn": "SwarmEstimator",
    "transformers": "SwarmCallback",
}
FRAMEWORKS = {"pytorch": "torch"}
OF_ONE_FRAMEWORK = {
    *("self", "contract", "weights", "model", "estimator", "share", "reset_optimizer", "proximal_mu"),
    *("evaluate", "evaluate_local", "keep_best", "best_by"),  # of all, but a session has no model to evaluate
}
# Transformers passes its hooks arguments that differ from release to release.
DEMANDED_BY_A_BASE_CLASS = {
    f"transformers.SwarmCallback.{hook}" for hook in ("on_train_begin", "on_step_end", "on_epoch_end", "on_train_end")
}


def functions(module: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Those of a public module that are public, with constructors, by their full names."""
    for node in ast.parse((SOURCES / f"{module}.py").read_text()).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield f"{module}.{node.name}", node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for each in node.body:
                if isinstance(each, ast.FunctionDef) and (each.name == "__init__" or not each.name.startswith("_")):
                    yield f"{module}.{node.name}.{each.name}", each


PUBLIC = dict(
    each for module in [*CALLBACKS, "_join", "_session", "_rounds", "_standing"] for each in functions(module)
)
JOIN = PUBLIC["_join.join"]


def options(function: ast.FunctionDef) -> list[str]:
    """The keyword arguments that all frameworks have, as `weight: int = 1`."""
    arguments = function.args
    return [
        f"{each.arg}: {each.annotation and ast.unparse(each.annotation)} = {default and ast.unparse(default)}"
        for each, default in zip(arguments.kwonlyargs, arguments.kw_defaults)
        if each.arg not in OF_ONE_FRAMEWORK
    ]


def names(function: ast.FunctionDef) -> list[str]:
    arguments = function.args
    return [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs) if each.arg != "self"]


def described(description: str | None) -> set[str]:
    """What has a line such as `loss: the local model's loss`."""
    return set(re.findall(r"^ +(\w+): \S", description or "", re.MULTILINE))


@pytest.mark.parametrize("name", PUBLIC)
def test_a_function_names_all_its_arguments(name: str) -> None:
    takes_any = PUBLIC[name].args.vararg is not None or PUBLIC[name].args.kwarg is not None
    assert takes_any == (name in DEMANDED_BY_A_BASE_CLASS)


@pytest.mark.parametrize("module", CALLBACKS)
def test_every_callback_takes_the_options_of_join(module: str) -> None:
    """With the same defaults, the same types, in the same order, by keyword only."""
    assert len(options(JOIN)) == 13
    assert options(PUBLIC[f"{module}.{CALLBACKS[module]}.__init__"]) == options(JOIN)


@pytest.mark.parametrize("module", CALLBACKS)
def test_the_arguments_of_a_callback_are_described(module: str) -> None:
    (kind,) = (
        node for node in ast.parse((SOURCES / f"{module}.py").read_text()).body if isinstance(node, ast.ClassDef)
    )
    description = ast.get_docstring(kind, clean=False) or ""
    assert "The other arguments are those of `swarmstream.join`" in description
    shared = {each.partition(":")[0] for each in options(JOIN)}
    assert set(names(PUBLIC[f"{module}.{kind.name}.__init__"])) - shared - described(description) == set()


@pytest.mark.parametrize("name", ["_join.join", *(name for name in PUBLIC if name.startswith("_session.Session."))])
def test_the_arguments_of_a_function_are_described(name: str) -> None:
    function = PUBLIC[name]
    if not name.endswith("__init__"):  # `join` makes sessions
        assert set(names(function)) - described(ast.get_docstring(function, clean=False)) == set()


@pytest.mark.parametrize("module", CALLBACKS)
def test_an_editor_sees_the_signature_of_a_callback(module: str) -> None:
    pytest.importorskip(FRAMEWORKS.get(module, module))
    kind = getattr(importlib.import_module(f"swarmstream.{module}"), CALLBACKS[module])
    assert {each.partition(":")[0] for each in options(JOIN)} < set(inspect.signature(kind).parameters)


@pytest.mark.parametrize(
    "kind", [swarmstream.Merged, swarmstream.Final, swarmstream.BestModel, swarmstream.RoundEvaluation]
)
def test_the_fields_of_a_result_are_described(kind: Any) -> None:
    found = set().union(*(described(each.__doc__) for each in kind.__mro__[:-1]))
    fields: dict[str, object] = kind.__dataclass_fields__
    assert set(fields) - found == set()


def exceptions() -> dict[str, type[Exception]]:
    found = (each for each in vars(_errors).values() if inspect.isclass(each) and issubclass(each, Exception))
    return {each.__name__: each for each in found}


def test_exceptions_end_in_error_and_are_public() -> None:
    assert [name for name in exceptions() if not name.endswith("Error") or name not in swarmstream.__all__] == []


def test_a_refusal_has_the_name_of_its_code() -> None:
    names = {code: re.sub("(?<!^)(?=[A-Z])", "-", kind.__name__[:-5]).lower() for code, kind in _errors.BY_CODE.items()}
    others = {code: name for code, name in names.items() if code != name}
    assert others == {"busy": "site-node-busy", "too-slow": "site-node-busy"}


def test_the_tree_in_the_description_is_that_of_the_classes() -> None:
    above, seen = {0: "SwarmError"}, {"SwarmError"}
    for line in (_errors.__doc__ or "").splitlines():
        found = re.match(r" {4}([│ ]*)[├└]── (\w+) ", line)
        if found:
            depth = len(found[1]) // 4
            assert issubclass(exceptions()[found[2]], exceptions()[above[depth]]), line
            above[depth + 1] = found[2]
            seen.add(found[2])
    assert seen == set(exceptions())


def test_a_type_checker_finds_a_misspelt_option() -> None:
    """`mypy` fails where a comment that ignores an error ignores none."""
    weights = {"w": np.zeros(2)}
    with pytest.raises(TypeError, match="min_peer"):
        swarmstream.join("digits", weights, min_peer=2)  # type: ignore[call-arg]
    with pytest.raises(swarmstream.BadOptionError, match="check_in is 'gone'"):
        swarmstream.join("digits", weights, check_in="gone")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="losses"):
        swarmstream.join("digits", weights).sync(weights, losses=0.5)  # type: ignore[call-arg]


def test_the_package_imports_no_framework() -> None:
    program = "import sys, swarmstream; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert {FRAMEWORKS.get(module, module) for module in CALLBACKS} & set(loaded) == set()


def test_both_distributions_have_one_version() -> None:
    assert metadata.version("swarmstream") == metadata.version("swarmstream-hpe") == swarmstream.__version__
    assert f"swarmstream=={swarmstream.__version__}" in (metadata.requires("swarmstream-hpe") or [])


def test_the_package_alone_does_not_collide_with_hpes_client() -> None:
    """HPE's own client installs `swarmlearning`, too, so that only `swarmstream-hpe` may bring it."""
    assert not list(SOURCES.parent.glob("swarmlearning*"))
    assert [each for each in metadata.requires("swarmstream") or [] if "torchmetrics" in each] == []


def test_the_page_about_the_package_knows_its_errors_options_and_fields() -> None:
    page = (SOURCES.parents[2] / "docs" / "python.md").read_text()
    assert set(re.findall(r"`(\w+Error)`", page)) - set(swarmstream.__all__) == set()
    named = set(re.findall(r"`(\w+)`", page))
    assert {each.partition(":")[0] for each in options(JOIN)} - named == set()
    assert set(swarmstream.Merged.__dataclass_fields__) - named == set()
    of_callbacks = set(names(PUBLIC["keras.SwarmCallback.__init__"])) - {"contract"}
    assert of_callbacks - named == set()
