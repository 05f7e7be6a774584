"""Checks what deploy/ holds, in a virtual environment of its own.

    python3 check.py files          # units, compose files, manifests, dashboard and alerts; what `mvn test` runs
    python3 check.py distribution   # runs the archive that `mvn package` has made; what `mvn verify` runs
    python3 check.py containers     # builds the images with podman and runs them; mvn verify -Pcontainers
    python3 check.py kubernetes     # sends the manifests to a real API server; mvn verify -Pkubernetes

A check whose program is not installed is skipped, and says so.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARTS = ("files", "distribution", "containers", "kubernetes")


def main() -> int:
    """Returns 0 if every check passes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("pytest", nargs="*", help="options of pytest")
    chosen = parser.parse_args()
    command = [str(environment()), "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider"]
    return subprocess.run([*command, f"tests/{chosen.part}", *chosen.pytest], cwd=HERE, check=False).returncode


def environment() -> Path:
    """Makes the virtual environment, or takes the one that the same requirements made; returns its Python."""
    folder = HERE / "target" / "venv"
    python = folder / "bin" / "python"
    requirements = HERE / "requirements.txt"
    digest = hashlib.sha256(requirements.read_bytes()).hexdigest()
    made = folder / "requirements.sha256"
    if not made.exists() or made.read_text() != digest:
        print(f"making {folder}", file=sys.stderr)
        venv.create(folder, clear=True, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]
        subprocess.run([*install, str(requirements)], check=True)
        made.write_text(digest)
    return python


if __name__ == "__main__":
    sys.exit(main())
