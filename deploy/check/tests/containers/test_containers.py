"""The images: built with podman on a base of Debian's packages, and run as compose runs them."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

TARGET = Path(__file__).resolve().parents[2] / "target" / "containers"
BASE = "localhost/swarmstream-base"
# As compose.yaml has it.
RESTRICTED = (
    # podman leaves health checks to systemd's timers, which not every machine has.
    "--no-healthcheck",
    "--read-only",
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges",
    "--tmpfs=/tmp:exec,mode=1777,size=512m",
    # podman's default is refused where CAP_SYS_RESOURCE is missing.
    "--ulimit=nofile=20000:20000",
    "--ulimit=nproc=4096:4096",
)
# What this machine has instead of systemd and a bridge.
CONFIGURATION = """
[containers]
default_ulimits = ["nofile=20000:20000", "nproc=4096:4096"]
netns = "host"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[network]
network_backend = "cni"
"""


@pytest.fixture(scope="session")
def podman(run):
    """Calls podman with storage of its own."""
    import shutil

    for name, package in ("podman", "podman"), ("runc", "runc"), ("mmdebstrap", "mmdebstrap"):
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not installed (Debian's package {package})")
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "containers.conf").write_text(CONFIGURATION)
    environment = {**os.environ, "CONTAINERS_CONF": str(TARGET / "containers.conf")}

    def call(*words: object, deadline_seconds: float = 120) -> str:
        storage = ("--root", TARGET / "storage", "--runroot", TARGET / "run", "--tmpdir", TARGET / "tmp")
        return run("podman", *storage, *words, deadline_seconds=deadline_seconds, env=environment)

    return call


@pytest.fixture(scope="session")
def base(podman, run):
    """An image of Debian's packages: a shell and Java."""
    if BASE not in podman("images", "--format", "{{.Repository}}"):
        archive = TARGET / "base.tar"
        packages = "--include=openjdk-17-jre-headless,ca-certificates"
        run("mmdebstrap", "--variant=minbase", packages, "bookworm", archive, deadline_seconds=900)
        podman("import", archive, BASE, deadline_seconds=300)
        archive.unlink()
    return BASE


@pytest.fixture(scope="session")
def image(podman, base, distribution):
    """Builds an image and returns its name."""

    def built(kind: str) -> str:
        name = f"localhost/swarmstream-{kind}"
        file = distribution / "deploy" / "compose" / "images" / f"{kind}.Dockerfile"
        options = ("--build-arg", f"BASE={base}", "--format=docker", "--pull-never", "-t", name)
        podman("build", *options, "-f", file, distribution, deadline_seconds=600)
        return name

    return built


@pytest.fixture
def started(podman):
    """Starts containers; removes them with their volumes, and prints what they said last."""
    names = {}

    def start(name: str, *words: object) -> str:
        names[name] = None
        podman("run", "-d", "--replace", "--name", name, *RESTRICTED, f"--volume={name}:/var/lib/swarmstream", *words)
        return name

    yield start
    for name in reversed(names):
        print(name, podman("logs", "--tail", "40", name))
        podman("rm", "-f", name)
        podman("volume", "rm", "-f", name)


def eventually(podman, container: str, *command: str, deadline_seconds: float = 90) -> None:
    """Waits until a command in the container succeeds."""
    end = time.monotonic() + deadline_seconds
    while True:
        try:
            podman("exec", container, *command)
            return
        except AssertionError as failed:
            if time.monotonic() > end:
                raise AssertionError(f"{container} was not healthy in {deadline_seconds} s: {failed}") from failed
            time.sleep(1)


def test_the_command_runs_as_nobody_on_a_read_only_root(podman, image):
    node = image("node")
    assert "Usage: swarm" in podman("run", "--rm", *RESTRICTED, node, "--help")
    shell = ("--entrypoint", "/bin/sh", node, "-c")
    assert podman("run", "--rm", *RESTRICTED, *shell, "id -u").strip() == "10001"
    said = podman("run", "--rm", *RESTRICTED, *shell, "touch /opt/swarmstream/lib/x 2>&1 || echo refused")
    assert "refused" in said


def test_an_image_says_how_to_see_whether_it_is_healthy(podman, image):
    (described,) = json.loads(podman("image", "inspect", image("node")))
    assert described["User"] == "10001:10001"
    assert "bin/healthy" in json.dumps(described)


def test_a_broker_starts_answers_and_starts_again(podman, image, started):
    settings = (
        "listeners=CLIENT://127.0.0.1:39092,CONTROLLER://127.0.0.1:39093\n"
        "advertised.listeners=CLIENT://127.0.0.1:39092\n"
        "controller.quorum.voters=1@127.0.0.1:39093"
    )
    kafka = image("kafka")
    for _ in range(2):
        broker = started("swarmstream-check-kafka", "-e", f"KAFKA_SETTINGS={settings}", kafka)
        eventually(podman, broker, "/opt/swarmstream/bin/healthy", "39092")


def test_zookeeper_and_flinks_processes_find_each_other(podman, image, started):
    """They share the network of the JobManager, as in compose.yaml; here, that of the machine."""
    flink = image("flink")
    zookeeper = started("swarmstream-check-zookeeper", flink, "zookeeper")
    eventually(podman, zookeeper, "/opt/swarmstream/bin/healthy", "2181")
    jobs = started("swarmstream-check-jobmanager", flink, "jobmanager")
    eventually(podman, jobs, "/opt/swarmstream/bin/healthy", "8081", "/overview")
    tasks = started("swarmstream-check-taskmanager", flink, "taskmanager")
    overview = "exec 3<>/dev/tcp/127.0.0.1/8081; printf 'GET /overview HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3"
    eventually(podman, jobs, "bash", "-c", f"({overview}) | grep -q '\"taskmanagers\":1'")
    eventually(podman, tasks, "/opt/swarmstream/bin/healthy", "9251")
