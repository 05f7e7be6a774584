"""Checks both distributions in a virtual environment: format, lint, types, tests, reference. What `mvn verify` runs.

    python3 check.py                     # with Keras 3 on JAX, PyTorch, Transformers, and Keras 2: four minutes, 7 GB on Linux
    python3 check.py --frameworks none   # scikit-learn alone: half a minute; what `mvn test` runs
    python3 check.py --frameworks few    # with Keras 3 on JAX: half a minute more
    python3 check.py --frameworks all    # also Lightning, long examples, each framework with all methods and ends
    python3 check.py --swarm             # also the tests that start a real swarm, which need a JDK, Maven and Node

The distributions are `swarmstream` (this folder) and `swarmstream-hpe` (hpe/). Tests of frameworks that are not installed
are skipped, and say so.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
DISTRIBUTIONS = (HERE, HERE / "hpe")
OLDEST = (3, 9)
# Keras trains on PyTorch where TensorFlow is installed, and on JAX elsewhere.
EXTRAS = {
    "none": "test",
    "few": "test,keras,jax",
    "most": "test,keras,jax,torch,opacus,transformers",
    "all": "test,keras,torch,opacus,transformers,tensorflow,keras2,lightning",
}
# Keras 2 has an environment of its own, because TensorFlow, PyTorch and JAX conflict in one process.
KERAS_2 = "test,tensorflow,keras2"


def main() -> int:
    """Returns 0 if every check passes."""
    if sys.version_info < OLDEST:
        sys.exit(f"python3 is {sys.version.split()[0]}; Swarmstream's Python package needs 3.9 or later")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frameworks", choices=EXTRAS, default="most")
    parser.add_argument(
        "--environment", type=Path, default=HERE / "target" / "venv", help="created if it does not exist"
    )
    parser.add_argument("--only-tests", action="store_true", help="no format, lint, types and reference")
    for option, what in ("--swarm", "also run"), ("--only-swarm", "run only"):
        parser.add_argument(
            option,
            nargs="?",
            const="",
            metavar="CLASS_PATH",
            help=f"{what} the tests on a real swarm; CLASS_PATH: its classes, else ./swarm builds them",
        )
    chosen = parser.parse_args()
    python = environment(chosen.environment, EXTRAS[chosen.frameworks])
    checks = []
    if chosen.only_swarm is None:
        if not chosen.only_tests:
            checks += [
                ["ruff", "format", "--check", "--quiet", "."],
                ["ruff", "check", "--quiet", "."],
                ["mypy", "--no-error-summary"],
            ]
        checks.append(["pytest", "--quiet"])
    swarm = chosen.swarm if chosen.only_swarm is None else chosen.only_swarm
    if swarm is not None:
        os.environ["SWARM_CLASS_PATH"] = swarm
        # Only this folder: collecting the others takes half a minute of importing frameworks.
        checks.append(["pytest", "--quiet", "-m", "swarm", "--durations", "10", "tests/swarm"])
    result = max(run(python, "-m", *check) for check in checks)
    if chosen.only_swarm is None and not chosen.only_tests:
        # vermin has no module that `-m` runs.
        vermin = ["import vermin; vermin.main()", "--quiet", "--no-tips", "--violations", "--target=3.8-"]
        result = max(result, run(python, "-c", *vermin, "src", "hpe/src"))
        result = max(result, run(python, "reference.py", str(HERE / "target" / "reference")))
    if chosen.only_swarm is None and chosen.frameworks == "most":
        keras_2 = environment(chosen.environment.with_name(chosen.environment.name + "-keras2"), KERAS_2)
        result = max(result, run(keras_2, "-m", "pytest", "--quiet", "tests/test_keras2.py"))
    return result


def environment(folder: Path, extras: str) -> Path:
    """Creates the environment, or updates it when what it is made of has changed."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    projects = [(each / "pyproject.toml").read_text() for each in DISTRIBUTIONS]
    made_of = "\n".join([extras, *projects])
    note = folder / "made-of.txt"
    if not (note.exists() and note.read_text() == made_of):
        try:
            if not python.exists():
                venv.create(folder, with_pip=True)
        except subprocess.CalledProcessError as error:
            sys.exit(
                f"cannot create a virtual environment in {folder} ({error}); on Debian: apt-get install python3-venv"
            )
        if run(python, "-m", "pip", "install", "--quiet", "--no-compile", *editable(extras)):
            sys.exit(f"cannot install what the checks need into {folder}; pip says why above")
        note.write_text(made_of)
    return python


def editable(extras: str) -> list[str]:
    """Pip's arguments for both distributions. Editable, so that the tests run the sources and not an earlier copy."""
    of_hpe = "[torch]" if "torch" in extras.split(",") else ""  # adds torchmetrics
    return ["--editable", f"{HERE}[{extras}]", "--editable", f"{HERE / 'hpe'}{of_hpe}"]


def run(python: Path, *command: str) -> int:
    """Runs a command in this folder; its output appears as it comes."""
    return subprocess.run([python, *command], cwd=HERE, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
