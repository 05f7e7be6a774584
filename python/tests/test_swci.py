"""HPE's client of the command interface, against a server with real TLS."""

from __future__ import annotations

import inspect
import logging
import shutil
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import swarmlearning.swci as sw
from fake_shell import NODES, TASKRUNNER, Authority, FakeShell
from swarmlearning import _topology
from swarmstream import BadOptionError

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the program openssl")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca") / "a")


@pytest.fixture(scope="module")
def server(authority: Authority) -> Path:
    return authority.member("server")


@pytest.fixture
def shell(server: Path, authority: Authority) -> Iterator[FakeShell]:
    with FakeShell(server, authority.ca) as serving:
        yield serving


@pytest.fixture
def client(shell: FakeShell, server: Path, monkeypatch: pytest.MonkeyPatch) -> sw.Swci:
    monkeypatch.setattr(sw, "LOOK_SECONDS", 0.01)
    return swci(shell, server)


def swci(shell: FakeShell, server: Path, **more: Any) -> sw.Swci:
    return sw.Swci("127.0.0.1", shell.port, *pem(server), logging.getLogger("test"), **more)


def pem(member: Path) -> tuple[str, str, str]:
    """Certificate, key and authorities."""
    cert, key, ca = (str(member / "identity" / f"{name}.pem") for name in ("cert", "key", "ca"))
    return cert, key, ca


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    file = tmp_path / "my task.yaml"
    file.write_text("Name : train\nTaskType : RUN_SWARM\n")
    return file


def test_the_constructor_is_hpes() -> None:
    shown = inspect.signature(sw.Swci).parameters
    assert list(shown)[:8] == [
        "swciIp", "port", "clientCert", "clientPKey", "clientCABundle", "logger", "logLv", "enableCaching",
    ]  # fmt: skip
    assert [each.default for each in shown.values()][1:8] == [30306, None, None, None, None, logging.WARNING, True]
    with pytest.raises(RuntimeError, match="SWCI IP not provided!"):
        sw.Swci("")
    with pytest.raises(RuntimeError, match="SWCI Port not Integer!"):
        sw.Swci("10.0.0.1", "30306")  # type: ignore[arg-type]


def test_every_method_sends_its_command(client: sw.Swci, shell: FakeShell) -> None:
    client.createContext("c", ip="127.0.0.1")
    client.createContext("c", service="sn.example:443")
    client.switchContext("c")
    client.getContextInfo("c")
    client.listContexts()
    client.createTrainingContract("digits")
    client.getTrainingContractInfo("digits")
    client.getTrainingContractStatus("digits")
    client.getTrainingContractPerformanceData()
    client.listTrainingContracts()
    client.resetTrainingContract()
    client.finalizeTask("t")
    client.deleteTask("t")
    client.getTaskInfo("t")
    client.getTaskBody("t")
    client.listTasks()
    client.createTaskRunner("tr")
    client.getTaskRunnerInfo("tr")
    client.getTaskRunnerPeerStatus("tr", 0)
    client.listTaskRunnerPeers("tr")
    client.listTaskRunners()
    client.resetTaskRunner()
    client.ls("-l")
    client.pwd()
    client.cd("a folder")
    assert shell.commands == [
        "CREATE CONTEXT c WITH IP 127.0.0.1 30304",
        "CREATE CONTEXT c WITH SERVICE sn.example:443",
        "SWITCH CONTEXT c",
        "GET CONTEXT INFO c",
        "LIST CONTEXTS",
        "CREATE CONTRACT digits",
        "GET CONTRACT INFO digits",
        "GET CONTRACT STATUS digits",
        "PERFDATA defaultbb.cqdb.sml.hpe",
        "LIST CONTRACTS",
        "RESET CONTRACT defaultbb.cqdb.sml.hpe",
        "FINALIZE TASK t",
        "DELETE TASK t",
        "GET TASK INFO t",
        "GET TASK BODY t",
        "LIST TASKS",
        "CREATE TASKRUNNER tr",
        "GET TASKRUNNER INFO tr",
        "GET TASKRUNNER PEER STATUS tr 0",
        "LIST TASKRUNNER PEERS tr",
        "LIST TASKRUNNERS",
        f"RESET TASKRUNNER {TASKRUNNER}",
        "LS -l",
        "PWD",
        'CD "a folder"',
    ]
    assert client.sleep(0) == []


def test_an_error_is_an_empty_list_and_is_remembered(client: sw.Swci) -> None:
    assert client.createTaskFrom("nowhere.yaml") == []
    assert client.getErrors() == "ERROR there is no file nowhere.yaml"
    assert client.listTasks() != []
    assert client.getErrors() == ""
    assert client.createContext("c") == []
    assert client.getErrors() == "For creating context either IP or Service name is mandatory!"
    assert client.uploadTaskDefintion("nowhere.yaml") == []
    assert "nowhere.yaml cannot be read" in client.getErrors()


def test_registers_a_task(client: sw.Swci, shell: FakeShell, definition: Path) -> None:
    assert client.registerTask(str(definition)) == ["Registered Task : train"]
    assert shell.uploads == {"my task.yaml": definition.read_bytes()}
    assert shell.commands == ['CREATE TASK FROM "my task.yaml"', "FINALIZE TASK train"]
    assert client.registerTask("elsewhere.yaml", finalize=False) == []


def test_executes_a_task_and_says_how_far_it_is(
    client: sw.Swci, shell: FakeShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.states = ["RUNNING", "RUNNING", "COMPLETE"]
    client.executeTask("train", peers=2)
    assert shell.commands[0] == f"ASSIGN TASK train TO {TASKRUNNER} WITH 2 PEERS"
    assert shell.commands[-1] == f"RESET TASKRUNNER {TASKRUNNER}"
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"Task train was assigned to {TASKRUNNER}"
    assert [line.split(",")[0] for line in lines[1:3]] == [
        "Task train : TASK_STATE RUNNING",
        "Task train : TASK_STATE COMPLETE",
    ]


def test_a_failed_task_is_not_reset_and_says_why(
    client: sw.Swci, shell: FakeShell, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.states = ["ERROR"]
    client.executeTask("train")
    assert "  DESCRIPTION : exit code 1" in capsys.readouterr().out
    assert "RESET" not in shell.commands[-1]
    assert client.isTaskDone(TASKRUNNER)


def test_a_second_task_at_once_is_an_error(client: sw.Swci) -> None:
    client.assignTask("train", peers="all")
    assert not client.isTaskDone()
    with pytest.raises(RuntimeError, match="has a task already"):
        client.executeTask("train")


def test_what_hpes_client_lacks(client: sw.Swci, shell: FakeShell) -> None:
    client.assignTask("train", "tr", "ALL")
    shell.state = "IDLE"
    client.assignTask("train", "tr", target="host-1")
    assert shell.commands == ["ASSIGN TASK train TO tr WITH ALL PEERS", "ASSIGN TASK train TO tr TARGET host-1"]
    with pytest.raises(RuntimeError, match="is not done after 0 s: TASK_STATE RUNNING"):
        client.waitForTaskRunner("tr", 0.01)
    shell.states = ["COMPLETE"]
    assert client.waitForTaskRunner("tr") == "COMPLETE"


def test_keeps_information_until_something_changes(client: sw.Swci, shell: FakeShell, server: Path) -> None:
    client.listTasks().clear()
    assert client.listTasks() == ["LIST TASKS : done"]
    assert len(shell.commands) == 1
    client.deleteTask("t")
    client.listTasks()
    client.clearCache()
    client.listTasks()
    assert shell.commands == ["LIST TASKS", "DELETE TASK t", "LIST TASKS", "LIST TASKS"]
    without = swci(shell, server, enableCaching=False)
    without.listTasks()
    without.listTasks()
    assert len(shell.commands) == 6


def test_the_server_is_checked_with_and_without_a_bundle(shell: FakeShell, server: Path, tmp_path: Path) -> None:
    cert, key, ca = pem(server)
    other = Authority(tmp_path / "b")
    for bundle in (str(other.ca), None):
        with pytest.raises(BadOptionError, match="is not trusted"):
            sw.Swci("127.0.0.1", shell.port, cert, key, bundle, logging.getLogger("test")).listTasks()
    assert shell.commands == []
    # A name, not an address: it is not in the certificate.
    with pytest.raises(BadOptionError, match="localhost"):
        sw.Swci("https://localhost", shell.port, cert, key, ca, logging.getLogger("test")).listTasks()
    named = sw.Swci("localhost", shell.port, cert, key, ca, logging.getLogger("test"), serverName="127.0.0.1")
    assert named.listTasks()


def test_values_stay_values(client: sw.Swci, shell: FakeShell) -> None:
    client.deleteTask('a" b\\c')
    assert shell.commands == ['DELETE TASK "a\\" b\\\\c"']


def test_the_log_is_hpes(shell: FakeShell, server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(logging.getLogger("swarmlearning.swci"), "handlers", [])
    client = sw.Swci("127.0.0.1", shell.port, *pem(server))
    client.listTasks()
    log = tmp_path / "swci-web.log"
    assert not log.exists()
    client.setLogLevel("DEBUG")
    client.createTaskFrom("nowhere.yaml")
    assert "DEBUG : CREATE TASK FROM nowhere.yaml" in log.read_text()
    for handler in client.logger.handlers:
        handler.close()


# -- drawing


def test_reads_the_columns_of_list_nodes() -> None:
    found = _topology.rows(NODES)
    assert [each["NodeType"] for each in found] == ["SENTINEL", "SWOP", "SL"]
    assert found[2]["ParentUUID"] == "u-1"
    assert _topology.rows([]) == []


def test_says_which_package_is_missing(client: sw.Swci, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(ImportError, match="plotTopology needs networkx, which is missing: pip install networkx"):
        client.plotTopology()
    monkeypatch.setitem(sys.modules, "networkx", types.ModuleType("networkx"))
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match="needs matplotlib"):
        client.plotTopology()


def test_draws_who_talks_to_whom(client: sw.Swci, tmp_path: Path) -> None:
    pytest.importorskip("networkx")
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    client.plotTopology(SLColor="#112233", attrs=["ContainerName"])
    texts = {each.get_text() for each in pyplot.gca().texts}
    pyplot.savefig(tmp_path / "topology.png")
    pyplot.close()
    assert texts == {"SENTINEL\norg-a", "SWOP\nhost-1", "SL\nhost-1-0"}
