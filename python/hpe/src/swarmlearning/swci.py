"""HPE Swarm Learning's client of the command interface, over a shell that serves (`swarm shell --serve`).

    import swarmlearning.swci as sw
    s = sw.Swci("10.1.2.3", clientCert="cert.pem", clientPKey="key.pem", clientCABundle="ca.pem")
    s.registerTask("train.yaml")
    s.executeTask("train", peers=2)

Methods return the command's lines, and an empty list when it has failed: then `getErrors` says why. Other than HPE's
client, this one always checks the server's certificate. `swarmstream.Network` is the typed interface to the same.
"""

from __future__ import annotations

import logging
import re
import time
from pathlib import Path
from typing import Any, Sequence

from swarmstream._deadline import Deadline
from swarmstream._service import Identity, Service

from . import _topology

DEFAULT_CONTRACT = "defaultbb.cqdb.sml.hpe"
DEFAULT_TASKRUNNER = "defaulttaskbb.taskdb.sml.hpe"
DONE = {"COMPLETE", "ERROR", "IDLE"}
LOG_FILE = "swci-web.log"
LOOK_SECONDS = 1.0
BOUNDARY = "swarmstream-7d1f6a0e5c"


class Swci:
    """A session of the command interface.

    Args:
        swciIp: a name or an address of the service.
        port: of the service.
        clientCert: the caller's certificate, PEM. Default: the variable `SWARM_ID_CERT`.
        clientPKey: its private key, PEM. Default: `SWARM_ID_KEY`.
        clientCABundle: authorities of the server's certificate, a file or a folder. Default: `SWARM_ID_CACERT`,
            `SWARM_ID_CAPATH`, `SWARM_CA_FILE`, then the system's. The server is always checked.
        logger: takes messages instead of the file `swci-web.log`.
        logLv: level of that file.
        enableCaching: keeps information and lists until something is changed here, or `clearCache`.
        serverName: the name in the server's certificate, where it is another than `swciIp`; HPE has no such argument.
    """

    def __init__(
        self,
        swciIp: str,
        port: int = 30306,
        clientCert: str | None = None,
        clientPKey: str | None = None,
        clientCABundle: str | None = None,
        logger: logging.Logger | None = None,
        logLv: int | str = logging.WARNING,
        enableCaching: bool = True,
        serverName: str | None = None,
    ) -> None:
        if not swciIp:
            raise RuntimeError("SWCI IP not provided!")
        if isinstance(port, bool) or not isinstance(port, int):
            raise RuntimeError("SWCI Port not Integer!")  # noqa: TRY004 - as HPE's client
        self.logger = logger or _own_logger(logLv)
        host = re.sub(r"^https?://", "", swciIp).rstrip("/")
        self._service = Service(host, port, Identity.of(clientCert, clientPKey, clientCABundle), serverName)
        self._enable_caching = enableCaching
        self._cache: dict[str, list[str]] = {}
        self._errors: list[str] = []

    # -- contexts

    def createContext(
        self, ctxName: str, ip: str | None = None, port: int = 30304, service: str | None = None
    ) -> list[str]:
        """Creates a context by the address of a network node, or by the name of a service in front of it."""
        if ip is not None:
            return self._changes(f"CREATE CONTEXT {_word(ctxName)} WITH IP {_word(ip)} {port}")
        if service is not None:
            return self._changes(f"CREATE CONTEXT {_word(ctxName)} WITH SERVICE {_word(service)}")
        return self._fails("For creating context either IP or Service name is mandatory!")

    def switchContext(self, ctxName: str) -> list[str]:
        """Makes a context the session's."""
        return self._changes(f"SWITCH CONTEXT {_word(ctxName)}")

    def getContextInfo(self, ctxName: str) -> list[str]:
        """Describes a context."""
        return self._cached(f"GET CONTEXT INFO {_word(ctxName)}")

    def listContexts(self) -> list[str]:
        """Lists the contexts."""
        return self._cached("LIST CONTEXTS")

    # -- training contracts

    def createTrainingContract(self, ctName: str) -> list[str]:
        """Creates a training contract."""
        return self._changes(f"CREATE CONTRACT {_word(ctName)}")

    def getTrainingContractInfo(self, ctName: str) -> list[str]:
        """Describes a training contract."""
        return self._cached(f"GET CONTRACT INFO {_word(ctName)}")

    def getTrainingContractStatus(self, ctName: str) -> list[str]:
        """Says how far a training is."""
        return self._exec(f"GET CONTRACT STATUS {_word(ctName)}")

    def getTrainingContractPerformanceData(self, ctName: str = DEFAULT_CONTRACT) -> list[str]:
        """Says what each site reports of its loss, metric and epochs."""
        return self._exec(f"PERFDATA {_word(ctName)}")

    def listTrainingContracts(self) -> list[str]:
        """Lists the training contracts."""
        return self._cached("LIST CONTRACTS")

    def resetTrainingContract(self, ctName: str = DEFAULT_CONTRACT) -> list[str]:
        """Makes a training start anew."""
        return self._changes(f"RESET CONTRACT {_word(ctName)}")

    # -- tasks

    def createTaskFrom(self, yaml: str) -> list[str]:
        """Creates a task from a definition that the server has, such as one that was uploaded."""
        return self._changes(f"CREATE TASK FROM {_word(yaml)}")

    def registerTask(self, yaml: str, finalize: bool = True) -> list[str]:
        """Uploads a definition, if it is a file here, creates its task, and finalizes it."""
        definition = yaml
        if Path(yaml).is_file():
            if not self.uploadTaskDefintion(yaml):
                return []
            definition = Path(yaml).name
        lines = self.createTaskFrom(definition)
        name = next((found[1] for found in map(_REGISTERED.search, lines) if found), None)
        if name is None:
            return []
        if finalize:
            self.finalizeTask(name)
            if self._errors:
                return []
        return [f"Registered Task : {name}"]

    def finalizeTask(self, taskName: str) -> list[str]:
        """Freezes a task, so that it can be assigned."""
        return self._changes(f"FINALIZE TASK {_word(taskName)}")

    def deleteTask(self, taskName: str) -> list[str]:
        """Deletes a task that is not finalized."""
        return self._changes(f"DELETE TASK {_word(taskName)}")

    def getTaskInfo(self, taskName: str) -> list[str]:
        """Describes a task."""
        return self._cached(f"GET TASK INFO {_word(taskName)}")

    def getTaskBody(self, taskName: str) -> list[str]:
        """Lists the lines of a task's body."""
        return self._cached(f"GET TASK BODY {_word(taskName)}")

    def listTasks(self) -> list[str]:
        """Lists the tasks."""
        return self._cached("LIST TASKS")

    def uploadTaskDefintion(self, taskFilePath: str) -> list[str]:
        """Sends a definition to the server, for `createTaskFrom`. HPE spells the name like this."""
        file = Path(taskFilePath)
        try:
            content = file.read_bytes()
        except OSError as error:
            return self._fails(f"{taskFilePath} cannot be read ({error.strerror or error})")
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{_file_name(file)}"\r\n'
        body = head.encode() + b"Content-Type: application/yaml\r\n\r\n" + content + f"\r\n--{BOUNDARY}--\r\n".encode()
        answer = self._service.send("POST", "/uploadTaskDef", body, f"multipart/form-data; boundary={BOUNDARY}")
        return self._lines(f"upload {file.name}", answer)

    uploadTaskDefinition = uploadTaskDefintion

    # -- taskrunners

    def createTaskRunner(self, trName: str) -> list[str]:
        """Creates a taskrunner; HPE's client lacks it."""
        return self._changes(f"CREATE TASKRUNNER {_word(trName)}")

    def assignTask(
        self,
        taskName: str,
        trName: str = DEFAULT_TASKRUNNER,
        peers: int | str = 1,
        target: str | None = None,
    ) -> list[str]:
        """Assigns a task to so many peers; HPE's client lacks `peers="ALL"` and `target`, the UID of one agent."""
        if target is not None:
            return self._changes(f"ASSIGN TASK {_word(taskName)} TO {_word(trName)} TARGET {_word(target)}")
        number = "ALL" if str(peers).upper() == "ALL" else int(peers)
        return self._changes(f"ASSIGN TASK {_word(taskName)} TO {_word(trName)} WITH {number} PEERS")

    def getTaskRunnerInfo(self, trName: str = DEFAULT_TASKRUNNER) -> list[str]:
        """Describes a taskrunner."""
        return self._cached(f"GET TASKRUNNER INFO {_word(trName)}")

    def getTaskRunnerStatus(self, trName: str = DEFAULT_TASKRUNNER) -> list[str]:
        """Says which task a taskrunner has, and how far it is."""
        return self._exec(f"GET TASKRUNNER STATUS {_word(trName)}")

    def getTaskRunnerPeerStatus(self, trName: str, idx: int | str) -> list[str]:
        """Says how far one agent is, by its index from 0 or its UID."""
        return self._exec(f"GET TASKRUNNER PEER STATUS {_word(trName)} {_word(str(idx))}")

    def listTaskRunnerPeers(self, trName: str = DEFAULT_TASKRUNNER) -> list[str]:
        """Lists the agents that have enrolled; HPE's client lacks it."""
        return self._exec(f"LIST TASKRUNNER PEERS {_word(trName)}")

    def listTaskRunners(self) -> list[str]:
        """Lists the taskrunners."""
        return self._cached("LIST TASKRUNNERS")

    def resetTaskRunner(self, trName: str = DEFAULT_TASKRUNNER) -> list[str]:
        """Makes a taskrunner idle; agents stop and remove what they run for it."""
        return self._changes(f"RESET TASKRUNNER {_word(trName)}")

    def isTaskDone(self, trName: str = DEFAULT_TASKRUNNER) -> bool:
        """Whether a taskrunner's state is COMPLETE, ERROR or IDLE.

        Raises:
            RuntimeError: it cannot be asked, or there is no such taskrunner.
        """
        return self._state(self._required(self.getTaskRunnerStatus(trName))) in DONE

    def executeTask(
        self,
        taskName: str,
        tr: str = DEFAULT_TASKRUNNER,
        peers: int | str = 1,
        pollWaitInSec: float = 120,
        resetTROnSuccess: bool = True,
    ) -> None:
        """Assigns a task and waits until it is done; prints the state, and who is at what when it has failed.

        Looks every second, and prints what has changed, or the same every `pollWaitInSec`.

        Raises:
            RuntimeError: the task cannot be assigned, or the taskrunner cannot be asked.
        """
        self._required(self.assignTask(taskName, tr, peers))
        print(f"Task {taskName} was assigned to {tr}")
        shown, since = "", 0.0
        while True:
            lines = self._required(self.getTaskRunnerStatus(tr))
            state, counts = self._state(lines), _counts(lines)
            if counts != shown or time.monotonic() - since >= pollWaitInSec:
                print(f"Task {taskName} : {counts}")
                shown, since = counts, time.monotonic()
            if state in DONE:
                break
            time.sleep(min(LOOK_SECONDS, max(0.01, pollWaitInSec)))
        if state == "ERROR":
            for line in self._peers(tr, lines):
                print(line)
        elif state == "COMPLETE" and resetTROnSuccess:
            self._required(self.resetTaskRunner(tr))
            print(f"Taskrunner {tr} was reset")

    def waitForTaskRunner(self, trName: str = DEFAULT_TASKRUNNER, timeoutInSec: float = 7200) -> str:
        """Waits until a taskrunner is done, and returns its state; HPE's client lacks it.

        Raises:
            RuntimeError: it is not done in time, or it cannot be asked.
        """
        deadline = Deadline(timeoutInSec)
        while True:
            lines = self._required(self.getTaskRunnerStatus(trName))
            if self._state(lines) in DONE:
                return self._state(lines)
            if deadline.has_passed():
                raise RuntimeError(f"{trName} is not done after {timeoutInSec:.0f} s: {_counts(lines)}")
            time.sleep(min(LOOK_SECONDS, max(0.01, deadline.left_seconds())))

    # -- nodes

    def listNodes(self) -> list[str]:
        """Lists the programs of the swarm, with a line of headings."""
        return self._exec("LIST NODES")

    def plotTopology(
        self,
        SNColour: str = "#ADD8E6",
        SWOPColor: str = "#33FF33",
        SLColor: str = "#FFCCCB",
        attrs: Sequence[str] = (),
    ) -> None:
        """Draws which program talks to which, into matplotlib's current axes; `attrs` names headings to show.

        Raises:
            ImportError: networkx or matplotlib is missing; the message says which.
            RuntimeError: the nodes cannot be listed.
        """
        colours = {"SN": SNColour, "SENTINEL": SNColour, "FULLNODE": SNColour, "SWOP": SWOPColor, "SL": SLColor}
        _topology.draw(self._required(self.listNodes()), colours, attrs)

    # -- the session

    def ls(self, optStr: str = "") -> list[str]:
        """Lists the session's folder at the server."""
        return self._exec(f"LS {optStr}".strip())

    def pwd(self) -> list[str]:
        """Says which folder the session is in."""
        return self._exec("PWD")

    def cd(self, dirPath: str) -> list[str]:
        """Enters a folder at the server."""
        return self._exec(f"CD {_word(dirPath)}")

    def sleep(self, timeInSec: float) -> list[str]:
        """Does nothing for so long. Here, because the server answers every command within 30 s."""
        time.sleep(timeInSec)
        return []

    def setLogLevel(self, logLv: int | str) -> None:
        """Sets the level of the log, such as `DEBUG`."""
        self.logger.setLevel(logLv)

    def getErrors(self) -> str:
        """What was wrong with the last command; empty if nothing was."""
        return "\n".join(self._errors)

    def clearCache(self) -> None:
        """Forgets what was asked before."""
        self._cache.clear()

    # -- requests

    def _exec(self, command: str) -> list[str]:
        self.logger.debug("%s", command)
        return self._lines(command, self._service.json("POST", "/exec", query={"cmd": command}))

    def _changes(self, command: str) -> list[str]:
        self.clearCache()
        return self._exec(command)

    def _cached(self, command: str) -> list[str]:
        if not self._enable_caching:
            return self._exec(command)
        if command not in self._cache:
            lines = self._exec(command)
            if self._errors:
                return lines
            self._cache[command] = lines
        self._errors = []
        return list(self._cache[command])

    def _lines(self, command: str, answer: Any) -> list[str]:
        lines = [str(line) for line in answer["CONTENT"]]
        self._errors = [line for line in lines if line.startswith("ERROR ")]
        if self._errors:
            self.logger.error("%s: %s", command, self.getErrors())
            return []
        return lines

    def _fails(self, error: str) -> list[str]:
        self._errors = [error]
        self.logger.error("%s", error)
        return []

    def _required(self, lines: list[str]) -> list[str]:
        if self._errors:
            raise RuntimeError(self.getErrors())
        return lines

    @staticmethod
    def _state(lines: list[str]) -> str:
        for line in lines:
            found = re.match(r"\s*TASK_STATE\s*[:=]\s*(\w+)", line)
            if found:
                return found[1]
        raise RuntimeError(f"the taskrunner's status has no TASK_STATE: {lines}")

    def _peers(self, taskrunner: str, status: list[str]) -> list[str]:
        """What all agents of a run say; a taskrunner has at most as many of them as peers."""
        enrolled = next(
            (found[1] for found in (re.match(r"\s*ENROLLED PEERS\s*:\s*(\d+)", x) for x in status) if found), "1"
        )
        said: list[str] = []
        for index in range(int(enrolled)):
            lines = self.getTaskRunnerPeerStatus(taskrunner, index)
            if self._errors:
                break
            said.extend(lines)
        return said


_REGISTERED = re.compile(r"Task Registered\s*:\s*(\S.*?)\s*$")


def _counts(lines: list[str]) -> str:
    """The status but for what never changes, on one line."""
    wanted = ("TASK_STATE", "ACTIVE PEERS", "COMPLETED PEERS", "FAILED PEERS")
    return ", ".join(re.sub(r"\s*:\s*", " ", line.strip()) for line in lines if line.strip().startswith(wanted))


def _word(value: str) -> str:
    """A value as the shell reads it, whatever is in it."""
    text = str(value)
    return text if re.fullmatch(r"[\w.:/@+-]+", text) else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _file_name(file: Path) -> str:
    return re.sub(r'[\r\n"\\]', "_", file.name)


def _own_logger(level: int | str) -> logging.Logger:
    logger = logging.getLogger("swarmlearning.swci")
    logger.setLevel(level)
    if not logger.handlers:
        file = logging.FileHandler(LOG_FILE, delay=True)  # no file before the first message
        file.setFormatter(logging.Formatter("%(asctime)s : %(name)s : %(levelname)s : %(message)s"))
        logger.addHandler(file)
    return logger
