"""Checks this package in a virtual environment of its own: format, lint, types, tests. What `mvn verify` runs.

    python3 check.py                     # with Keras 3 on JAX, PyTorch, Transformers, and Keras 2: four minutes, 7 GB on Linux
    python3 check.py --frameworks few    # without PyTorch, TensorFlow and what needs them: half a minute
    python3 check.py --frameworks none   # without any: what `mvn test` runs
    python3 check.py --frameworks all    # also Lightning, long examples, each framework with all methods and ends
    python3 check.py --swarm             # also the tests that start a real swarm, which takes a JDK, Maven and Node

Tests of frameworks that are not installed say that they are skipped.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST = (3, 9)
# JAX is what Keras trains on; where TensorFlow is, PyTorch.
EXTRAS = {
    "few": "test,keras,jax",
    "none": "test",
    "most": "test,keras,jax,torch,transformers",
    "all": "test,keras,torch,transformers,tensorflow,keras2,lightning",
}
# Keras 2 has an environment of its own: TensorFlow, PyTorch and JAX do not get on well in one process.
KERAS_2 = "test,tensorflow,keras2"


def main() -> int:
    """Returns 0 when all is well."""
    if sys.version_info < OLDEST:
        sys.exit(f"python3 is {sys.version.split()[0]}; Swarmstream's Python package needs 3.9 or later")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frameworks", choices=EXTRAS, default="most")
    parser.add_argument("--environment", type=Path, default=HERE / "target" / "venv", help="is made if it is not there")
    for option, what in ("--swarm", "also"), ("--only-swarm", "nothing but"):
        parser.add_argument(
            option,
            nargs="?",
            const="",
            metavar="CLASS_PATH",
            help=f"{what} the tests on a real swarm; CLASS_PATH: its classes, else ./swarm builds them",
        )
    chosen = parser.parse_args()
    chosen.environment = chosen.environment.absolute()  # what follows runs in this script's folder
    python = environment(chosen.environment, EXTRAS[chosen.frameworks])
    checks = []
    if chosen.only_swarm is None:
        checks += [
            ["ruff", "format", "--check", "--quiet", "."],
            ["ruff", "check", "--quiet", "."],
            ["mypy", "--no-error-summary"],
            ["pytest", "--quiet"],
        ]
    swarm = chosen.swarm if chosen.only_swarm is None else chosen.only_swarm
    if swarm is not None:
        os.environ["SWARM_CLASS_PATH"] = swarm
        # Of the folder alone: to look for them elsewhere takes half a minute of importing frameworks.
        checks.append(["pytest", "--quiet", "-m", "swarm", "--durations", "10", "tests/swarm"])
    result = max(run(python, "-m", *check) for check in checks)
    if chosen.only_swarm is None:
        # A package that `-m` does not run.
        vermin = ["import vermin; vermin.main()", "--quiet", "--no-tips", "--violations", "--target=3.8-", "src"]
        result = max(result, run(python, "-c", *vermin))
    if chosen.only_swarm is None and chosen.frameworks == "most":
        keras_2 = environment(chosen.environment.with_name(chosen.environment.name + "-keras2"), KERAS_2)
        result = max(result, run(keras_2, "-m", "pytest", "--quiet", "tests/test_keras2.py"))
    return result


def environment(folder: Path, extras: str) -> Path:
    """Makes it, or brings an older one up to date when what it was made of has changed."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    made_of = f"{extras}\n{(HERE / 'pyproject.toml').read_text()}"
    note = folder / "made-of.txt"
    if not (note.exists() and note.read_text() == made_of):
        try:
            venv.create(folder, with_pip=True)
        except subprocess.CalledProcessError as error:
            sys.exit(
                f"cannot make a virtual environment in {folder} ({error}); on Debian: apt-get install python3-venv"
            )
        # Editable: the tests are of the sources, not of a copy from the last time.
        if run(python, "-m", "pip", "install", "--quiet", "--no-compile", "--editable", f"{HERE}[{extras}]"):
            sys.exit(f"cannot install what the checks need into {folder}; pip says why above")
        note.write_text(made_of)
    return python


def run(python: Path, *command: str) -> int:
    """In this folder, its output as it comes."""
    return subprocess.run([python, *command], cwd=HERE, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
