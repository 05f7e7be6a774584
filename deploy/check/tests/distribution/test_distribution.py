"""The archive: that it runs without Maven, without sources, from any folder and without a home."""

from __future__ import annotations

import os
import shutil
import tarfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def unpacked(distribution, tmp_path_factory):
    """The distribution in a folder that nobody may write to."""
    folder = tmp_path_factory.mktemp("opt")
    archive = distribution.parent / f"{distribution.name}.tar.gz"
    with tarfile.open(archive) as files:
        files.extractall(folder)  # noqa: S202 the archive is ours
    return folder / distribution.name


@pytest.fixture
def bare(tmp_path):
    """An environment that has Java and nothing else, and an empty home."""
    java = shutil.which("java")
    (tmp_path / "home").mkdir()
    (tmp_path / "work").mkdir()
    path = os.pathsep.join(dict.fromkeys([str(Path(java).parent), "/usr/bin", "/bin"]))
    environment = {"PATH": path, "HOME": str(tmp_path / "home")}
    if "JAVA_HOME" in os.environ:
        environment["JAVA_HOME"] = os.environ["JAVA_HOME"]
    return {"cwd": tmp_path / "work", "env": environment}


def test_it_says_what_it_can(unpacked, run, bare):
    said = run(unpacked / "bin" / "swarm", "--help", **bare)
    assert "Usage: swarm" in said
    # Logs; of nobody's business.
    assert [file.name for file in bare["cwd"].iterdir()] == [".swarm"]
    assert (bare["cwd"] / ".swarm").stat().st_mode & 0o077 == 0


def test_it_is_found_through_a_link(unpacked, run, bare, tmp_path):
    (tmp_path / "swarm").symlink_to(unpacked / "bin" / "swarm")
    assert "Usage: swarm" in run(tmp_path / "swarm", "--help", **bare)


def test_it_trains_two_sites(unpacked, run, bare):
    said = run(unpacked / "bin" / "swarm", "demo", "--sites", "2", "--rounds", "2", deadline_seconds=300, **bare)
    assert "round" in said, said


def test_it_has_what_a_machine_needs(unpacked):
    for file in (
        "LICENSE",
        "CHANGELOG.md",
        "docs/README.md",
        "deploy/README.md",
        "deploy/upgrade",
        "deploy/flink/bin/flink",
        "deploy/flink/bin/flink-node",
        "deploy/flink/conf/config.yaml",
        "deploy/kafka/bin/kafka-node",
        "deploy/systemd/swarmstream.target",
        "deploy/monitoring/alerts.yaml",
    ):
        assert (unpacked / file).is_file(), file
    for product, jar in ("flink", "swarmstream-flink-reporter-*.jar"), ("kafka", "kafka_2.13-*.jar"):
        assert list((unpacked / "deploy" / product / "lib").glob(jar)), jar
    assert len(list((unpacked / "jobs").glob("swarmstream-jobs-*-flink.jar"))) == 1
    assert all(link.exists() for link in unpacked.rglob("*.jar")), "a link leads nowhere"


def test_flinks_command_line_runs(unpacked, run, bare):
    assert "run [OPTIONS]" in run(unpacked / "deploy" / "flink" / "bin" / "flink", "--help", **bare)


def test_others_may_read_and_not_write(unpacked):
    for file in unpacked.rglob("*"):
        if not file.is_symlink():
            assert file.stat().st_mode & 0o022 == 0, file
            assert file.stat().st_mode & 0o004, file
