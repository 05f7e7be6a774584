from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator

import pytest

from fake_swarm import FakeSwarm
from real_swarm import RealSwarm

# Keras takes TensorFlow, installed or not, unless it is told before it is imported.
for backend in ("torch", "jax", "tensorflow"):
    if importlib.util.find_spec(backend):
        os.environ.setdefault("KERAS_BACKEND", backend)


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "SWARM_SITE_URL",
        "SWARM_NODE",
        "SWARM_DEADLINE_SECONDS",
        "SWARM_LOOPBACK",
        "SWARM_TOKEN",
        "SWARM_TOKEN_FILE",
        "SWARM_CA_FILE",
        "SWARM_ID_CERT",
        "SWARM_ID_KEY",
        "SWARM_ID_CACERT",
        "SWARM_ID_CAPATH",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def swarm() -> Iterator[FakeSwarm]:
    """A swarm of one site."""
    with FakeSwarm() as one:
        yield one


@pytest.fixture
def two() -> Iterator[FakeSwarm]:
    """A swarm of two sites."""
    with FakeSwarm(sites=2) as both:
        yield both


@pytest.fixture(scope="session")
def real_swarm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealSwarm]:
    """The one that all tests share."""
    with RealSwarm(tmp_path_factory.mktemp("Prüfstand")) as up:
        yield up
