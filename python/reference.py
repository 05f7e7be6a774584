"""Builds the reference of the package as web pages, with each warning as an error.

    target/venv/bin/python reference.py target/reference

Pages of PyTorch, Lightning and Transformers need PyTorch and Transformers; they are left out where these are not
installed, and the program says so. Lightning need not be installed.
"""

from __future__ import annotations

import importlib.util
import sys
import types
import warnings
from pathlib import Path

OLDEST = (3, 10)  # pdoc evaluates annotations such as `int | None`
NEEDED = {
    "swarmstream.keras": [],
    "swarmstream.sklearn": [],
    "swarmstream.pytorch": ["torch"],
    "swarmstream.lightning": ["torch"],
    "swarmstream.transformers": ["torch", "transformers"],
}


def main() -> int:
    """Returns 0 if the pages were written without a warning."""
    if len(sys.argv) != 2:
        sys.exit("name the folder for the pages: python reference.py target/reference")
    if sys.version_info < OLDEST:
        print(f"reference.py: no pages, because Python is {sys.version.split()[0]} and pdoc needs 3.10 or later here")
        return 0
    modules = ["swarmstream"]
    for module, needed in NEEDED.items():
        missing = [name for name in needed if importlib.util.find_spec(name) is None]
        if missing:
            print(f"reference.py: no page of {module}, because {missing[0]} is not installed")
        else:
            modules.append(module)
    if importlib.util.find_spec("lightning") is None:
        stand_in_for_lightning()
    import pdoc

    folder = Path(sys.argv[1])
    pdoc.render.configure(docformat="google", show_source=False)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        pdoc.pdoc(*modules, output_directory=folder)
    problems = [str(each.message) for each in caught if is_ours(each)]
    for problem in problems:
        print(f"reference.py: {problem}", file=sys.stderr)
    return min(1, len(problems))


def is_ours(warning: warnings.WarningMessage) -> bool:
    """Whether pdoc warns about the package, and not a framework about itself."""
    return "pdoc" in Path(warning.filename).parts


def stand_in_for_lightning() -> None:
    """Classes of the names that `swarmstream.lightning` refers to."""
    package, module = types.ModuleType("lightning"), types.ModuleType("lightning.pytorch")
    for name in ("Callback", "Trainer", "LightningModule"):
        setattr(module, name, type(name, (), {"__module__": module.__name__}))
    package.pytorch = module  # type: ignore[attr-defined]
    sys.modules.update({package.__name__: package, module.__name__: module})


if __name__ == "__main__":
    sys.exit(main())
