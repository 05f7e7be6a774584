"""The archive: that it runs without Maven, without sources, from any folder and without a home."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import subprocess
import tarfile
import time
from contextlib import contextmanager
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


def free_port() -> int:
    """A port below those that the system gives to connections, so that nobody has it when a program listens on it."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


@contextmanager
def running(command: list, port: int, log: Path, bare: dict, **environment: str):
    """A process that listens on a port within three minutes, and ends on SIGTERM."""
    with log.open("w") as said:
        settings = {**bare, "env": {**bare["env"], **environment}}
        process = subprocess.Popen([str(word) for word in command], stdout=said, stderr=subprocess.STDOUT, **settings)
    try:
        end = time.monotonic() + 180
        while True:
            assert process.poll() is None, f"{command[0]} ended with {process.returncode}:\n{log.read_text()}"
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert time.monotonic() < end, f"nothing listens on port {port} after three minutes:\n{log.read_text()}"
            time.sleep(0.2)
        yield process
    finally:
        process.terminate()
        # The JVM's answer to SIGTERM, which the units count as success.
        assert process.wait(timeout=60) in {0, 143}, log.read_text()


def test_a_broker_formats_its_folder_once_and_starts(unpacked, bare, tmp_path):
    client, controller = free_port(), free_port()
    settings = (
        f"listeners=CLIENT://127.0.0.1:{client},CONTROLLER://127.0.0.1:{controller}\n"
        f"advertised.listeners=CLIENT://127.0.0.1:{client}\n"
        f"controller.quorum.voters=1@127.0.0.1:{controller}\n"
        f"log.dirs={tmp_path / 'data'}\n"
    )
    node = [unpacked / "deploy" / "kafka" / "bin" / "kafka-node"]
    with running(node, client, tmp_path / "first.log", bare, KAFKA_SETTINGS=settings):
        formatted = (tmp_path / "data" / "meta.properties").read_text()
    with running(node, client, tmp_path / "second.log", bare, KAFKA_SETTINGS=settings):
        assert (tmp_path / "data" / "meta.properties").read_text() == formatted
    assert (tmp_path / "home" / "server.properties").stat().st_mode & 0o077 == 0


def test_a_jobmanager_starts_with_the_limits_of_its_configuration(unpacked, bare, tmp_path):
    """Without ZooKeeper it waits for it, which is enough to see that its JVM runs; so high availability is off."""
    conf = tmp_path / "conf"
    shutil.copytree(unpacked / "deploy" / "flink" / "conf", conf)
    text = (conf / "config.yaml").read_text().replace("type: zookeeper", "type: NONE")
    (conf / "config.yaml").write_text(text.replace("/var/lib/swarmstream", str(tmp_path / "state")))
    rest, rpc = free_port(), free_port()
    node = [unpacked / "deploy" / "flink" / "bin" / "flink-node", "jobmanager"]
    options = [f"-Drest.port={rest}", f"-Djobmanager.rpc.port={rpc}", "-Dmetrics.reporter.prometheus.port=0"]
    with running([*node, *options], rest, tmp_path / "jobs.log", bare, FLINK_CONF_DIR=str(conf)) as process:
        command = Path(f"/proc/{process.pid}/cmdline").read_text().split("\0")
    assert any(word.startswith("-Xmx") for word in command), command
