"""What all checks share."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2]
REPOSITORY = DEPLOY.parent


@pytest.fixture(scope="session")
def deploy() -> Path:
    """The folder deploy/."""
    return DEPLOY


@pytest.fixture(scope="session")
def distribution() -> Path:
    """The distribution, unpacked, as the build has made it."""
    made = sorted((DEPLOY / "dist" / "target").glob("swarmstream-*/bin/swarm"))
    if not made:
        pytest.fail("there is no distribution in deploy/dist/target; run 'mvn package'")
    return made[0].parents[1]


@pytest.fixture
def program():
    """Finds a program, or skips the test."""

    def find(name: str, package: str) -> str:
        found = shutil.which(name)
        if found is None:
            pytest.skip(f"{name} is not installed (Debian's package {package})")
        return found

    return find


@pytest.fixture(scope="session")
def run():
    """Runs a program and returns its output; fails with that output when the program fails."""

    def done(*command: object, deadline_seconds: float = 60, **options: object) -> str:
        end = subprocess.run(
            [str(word) for word in command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=deadline_seconds,
            check=False,
            **options,
        )
        assert end.returncode == 0, f"{command} ended with {end.returncode}:\n{end.stdout}"
        return end.stdout

    return done
