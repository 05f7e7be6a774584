"""`swarmstream.Network` against a server with real TLS that speaks as the shell's service."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import swarmstream
from fake_shell import TASKRUNNER, Authority, FakeShell
from swarmstream import Network, TaskProgress, _network

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the program openssl")
DEFINITION = "Name : train\nTaskType : RUN_SWARM\n"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca") / "a")


@pytest.fixture(scope="module")
def server(authority: Authority) -> Path:
    return authority.member("server")


@pytest.fixture(scope="module")
def member(authority: Authority) -> Path:
    return authority.member("owner")


@pytest.fixture
def shell(server: Path, authority: Authority) -> Iterator[FakeShell]:
    with FakeShell(server, authority.ca) as serving:
        yield serving


@pytest.fixture
def network(shell: FakeShell, member: Path, monkeypatch: pytest.MonkeyPatch) -> Network:
    monkeypatch.setattr(_network, "POLL_SECONDS", 0.01)
    return Network(port=shell.port, folder=member)


def test_reads_the_swarm(network: Network) -> None:
    assert [(node.type, node.member, node.alive) for node in network.nodes()] == [("SN", "org-a", True)]
    (contract,) = network.contracts()
    assert (contract.name, contract.min_peers, contract.method) == ("digits", 2, None)
    assert network.create_contract("heart").name == network.contract("heart").name == "heart"
    assert network.reset_contract("heart").generation == 1
    (site,) = network.performance("digits")
    assert (site.site, site.loss, site.metric, site.epochs) == ("host-1-0", 0.5, None, 2.0)
    assert network.command("LIST CONTEXTS") == ["LIST CONTEXTS : done"]
    assert "127.0.0.1" in repr(network)


def test_makes_tasks_of_files_and_texts(network: Network, tmp_path: Path) -> None:
    file = tmp_path / "train.yaml"
    file.write_text("Name : from-file\n")
    assert network.create_task(file).finalised is False
    assert network.create_task(str(file), finalise=True).finalised is True
    assert network.create_task(DEFINITION).name == "train"
    assert network.finalize("train").finalised
    assert [task.name for task in network.tasks()] == ["from-file", "train"]
    assert network.task_body("train") == ["Command : train.py"]
    assert network.task("train").body_lines == 3
    network.delete("train")
    with pytest.raises(swarmstream.UnknownNameError, match="not-found"):
        network.task("train")
    with pytest.raises(swarmstream.BadOptionError, match=r"nowhere\.yaml cannot be read"):
        network.create_task("nowhere.yaml")


def test_waits_and_says_who_is_at_what(network: Network, shell: FakeShell) -> None:
    shell.states = ["RUNNING", "RUNNING", "COMPLETE"]
    shown: list[TaskProgress] = []
    network.assign("train", peers=1)

    assert network.wait(on_progress=shown.append).state == "COMPLETE"

    assert [each.taskrunner.state for each in shown] == ["RUNNING", "RUNNING", "COMPLETE"]
    assert shown[0].whom == "host-1-0 RUNNING (Enroll Successful)"
    assert [peer.uid for peer in shown[0].peers] == ["host-1-0"]
    assert network.reset().state == "IDLE"


def test_logs_each_change_once(network: Network, shell: FakeShell, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "swarmstream")
    shell.states = ["RUNNING", "RUNNING", "RUNNING", "COMPLETE"]
    network.assign("train")
    network.wait()
    assert len(caplog.messages) == 2
    assert "host-1-0 RUNNING (Enroll Successful) · 0 of 1 complete" in caplog.messages[0]


def test_a_failed_task_is_an_error_with_the_peers_words(network: Network, shell: FakeShell) -> None:
    shell.states = ["ERROR"]
    network.assign("train")
    with pytest.raises(swarmstream.TaskFailedError, match=r"host-1-0 ERROR \(exit code 1\)"):
        network.wait()


def test_a_deadline_says_what_is_missing(network: Network, shell: FakeShell) -> None:
    shell.enrolled, shell.required = 0, 2
    network.assign("train", peers=2)
    with pytest.raises(swarmstream.TaskDeadlineError, match=r"0 of 2 peers have enrolled .*host-1") as error:
        network.wait(timeout_seconds=0.05)
    assert isinstance(error.value, swarmstream.DeadlineError)


def test_a_reset_or_another_task_ends_the_wait(network: Network, shell: FakeShell) -> None:
    with pytest.raises(swarmstream.TaskFailedError, match="has no task"):
        network.wait()
    network.assign("train")

    def another(_: TaskProgress) -> None:
        shell.run += 1
        shell.task = "other"

    with pytest.raises(swarmstream.TaskFailedError, match="another task, other"):
        network.wait(on_progress=another)


def test_assigns_to_a_number_to_all_and_to_one(network: Network, shell: FakeShell) -> None:
    choices: list[dict[str, Any]] = [{"peers": 3}, {"peers": "all"}, {"target": "host-1"}]
    for options in choices:
        network.assign("train", **options)
        network.reset()
    orders = [each for each in shell.commands if each.startswith("{")]
    assert orders == [
        '{"task": "train", "peers": 3}',
        '{"task": "train", "all": true}',
        '{"task": "train", "target": "host-1"}',
    ]
    network.assign("train")
    with pytest.raises(swarmstream.RefusedError):
        network.assign("train")
    with pytest.raises(swarmstream.BadOptionError, match="peers is 0"):
        network.assign("train", peers=0)
    assert [each.name for each in network.taskrunners()] == [TASKRUNNER]
    assert network.create_taskrunner("other").name == TASKRUNNER
    assert network.agents()[0].sites == 2


def test_a_name_is_one_part_of_the_address(network: Network) -> None:
    with pytest.raises(swarmstream.UnknownNameError):
        network.task("../contracts/digits")


# -- who is trusted


def test_a_service_of_another_authority_is_not_trusted(shell: FakeShell, member: Path, tmp_path: Path) -> None:
    other = Authority(tmp_path / "b")
    identity = member / "identity"
    files: dict[str, Any] = {"cert": identity / "cert.pem", "key": identity / "key.pem"}
    for ca in (other.ca, None):
        with pytest.raises(swarmstream.BadOptionError, match="is not trusted"):
            Network(port=shell.port, ca=ca, **files).nodes()
    assert shell.commands == []


def test_a_service_of_another_name_is_not_trusted(authority: Authority, member: Path) -> None:
    elsewhere = authority.member("elsewhere", "10.1.2.3")
    with FakeShell(elsewhere, authority.ca) as shell:
        with pytest.raises(swarmstream.BadOptionError, match=r"not trusted .*127\.0\.0\.1"):
            Network(port=shell.port, folder=member).nodes()
        assert Network(port=shell.port, folder=member, server_name="10.1.2.3").nodes()


def test_a_folder_of_authorities_needs_no_hashes(
    shell: FakeShell, member: Path, authority: Authority, tmp_path: Path
) -> None:
    (tmp_path / "partner-ca.crt").write_bytes(authority.ca.read_bytes())
    (tmp_path / "readme.txt").write_text("nothing")
    identity = member / "identity"
    assert Network(port=shell.port, cert=identity / "cert.pem", key=identity / "key.pem", ca=tmp_path).nodes()
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(swarmstream.BadOptionError, match="no file with a certificate"):
        Network(port=shell.port, ca=empty)


def test_a_caller_without_certificate_is_refused(shell: FakeShell, authority: Authority) -> None:
    with pytest.raises(swarmstream.ServiceUnreachableError):
        Network(port=shell.port, ca=authority.ca).nodes()


def test_hpes_variables_stand_for_options(shell: FakeShell, member: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = member / "identity"
    for name, file in (("CERT", "cert.pem"), ("KEY", "key.pem"), ("CACERT", "ca.pem")):
        monkeypatch.setenv(f"SWARM_ID_{name}", str(identity / file))
    assert Network(port=shell.port).nodes()


def test_says_who_is_not_there_and_who_may_not(shell: FakeShell, network: Network, member: Path) -> None:
    shell.allowed = False
    with pytest.raises(swarmstream.NotAllowedError, match="it says not-allowed") as refused:
        network.nodes()
    assert refused.value.status == 403
    with pytest.raises(swarmstream.ServiceUnreachableError, match=r"swarm shell --serve"):
        Network(port=1, folder=member).nodes()
    with pytest.raises(swarmstream.BadOptionError, match=r"no cert\.pem"):
        Network(folder=member.parent / "nobody")
