"""A swarm as its owner sees it: nodes, contracts, tasks, and who is at what."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Callable
from urllib.parse import quote

from ._deadline import Deadline
from ._errors import BadOptionError, TaskDeadlineError, TaskFailedError
from ._records import Agent, Contract, Node, Performance, Task, Taskrunner, read
from ._service import Identity, Service
from ._task_progress import TaskLines, TaskProgress

DEFAULT_TASKRUNNER = "defaulttaskbb.taskdb.sml.hpe"
POLL_SECONDS = 1.0


class Network:
    """Speaks with a shell that serves, `swarm shell --serve`; what it does is signed by that shell's member.

        network = swarmstream.Network(folder=".swarm/network")
        network.create_task("train.yaml", finalise=True)
        network.assign("train", peers=4)
        network.wait()

    The service is always checked: its certificate has to be of an authority in `ca` and has to have the name `host`.

    Args:
        host: a name or an address of the service.
        port: of the service.
        folder: a member's folder, such as `.swarm/network`, with `identity/key.pem`, `cert.pem` and `ca.pem`.
        cert: the caller's certificate, instead of the folder's. Default: the variable `SWARM_ID_CERT`.
        key: its private key. Default: `SWARM_ID_KEY`.
        ca: authorities, a file or a folder. Default: `SWARM_ID_CACERT`, `SWARM_ID_CAPATH`, `SWARM_CA_FILE`, then the
            system's.
        server_name: the name in the service's certificate, where it is another than `host`.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 30306,
        *,
        folder: str | os.PathLike[str] | None = None,
        cert: str | os.PathLike[str] | None = None,
        key: str | os.PathLike[str] | None = None,
        ca: str | os.PathLike[str] | None = None,
        server_name: str | None = None,
    ) -> None:
        self._service = Service(host, port, Identity.of(cert, key, ca, folder), server_name)

    def __repr__(self) -> str:
        return f"Network({self._service.url})"

    # -- the swarm

    def nodes(self) -> list[Node]:
        """Programs that were heard within a day."""
        return [read(Node, each) for each in self._service.json("GET", "/v1/nodes")]

    def contracts(self) -> list[Contract]:
        """All training contracts."""
        return [read(Contract, each) for each in self._service.json("GET", "/v1/contracts")]

    def contract(self, name: str) -> Contract:
        """A training contract.

        Args:
            name: as people call it.
        """
        return read(Contract, self._service.json("GET", f"/v1/contracts/{_part(name)}"))

    def create_contract(self, name: str) -> Contract:
        """Makes a draft, which the first trainer gives its layout.

        Args:
            name: of the contract.
        """
        return read(Contract, self._service.json("POST", "/v1/contracts", {"name": name}))

    def reset_contract(self, name: str) -> Contract:
        """Makes a training start anew. Refused while sites train.

        Args:
            name: of the contract.
        """
        return read(Contract, self._service.json("POST", f"/v1/contracts/{_part(name)}/reset"))

    def performance(self, contract: str) -> list[Performance]:
        """What each site last reported of itself.

        Args:
            contract: its name.
        """
        answer = self._service.json("GET", f"/v1/contracts/{_part(contract)}/performance")
        return [read(Performance, each) for each in answer["sites"]]

    def command(self, line: str) -> list[str]:
        """Runs a command of the shell in this certificate's session; returns its lines. One that failed has an `ERROR` line.

        Args:
            line: such as `LIST NODES`.
        """
        return [str(each) for each in self._service.json("POST", "/exec", query={"cmd": line})["CONTENT"]]

    # -- tasks

    def tasks(self) -> list[Task]:
        """All tasks, the oldest first."""
        return [read(Task, each) for each in self._service.json("GET", "/v1/tasks")]

    def task(self, name: str) -> Task:
        """A task.

        Args:
            name: of the task.
        """
        return read(Task, self._service.json("GET", f"/v1/tasks/{_part(name)}"))

    def task_body(self, name: str) -> list[str]:
        """The lines of a task's body.

        Args:
            name: of the task.
        """
        return [str(each) for each in self._service.json("GET", f"/v1/tasks/{_part(name)}/body")["lines"]]

    def create_task(self, definition: str | os.PathLike[str], *, finalise: bool = False) -> Task:
        """Registers a task.

        Args:
            definition: a file, or the text itself if it has more than one line; YAML or JSON.
            finalise: also freezes it, so that it can be assigned.
        """
        created = read(Task, self._service.send("POST", "/v1/tasks", _text(definition), "application/yaml"))
        return self.finalise(created.name) if finalise else created

    def finalise(self, task: str) -> Task:
        """Freezes a task, so that it can be assigned. `finalize` is the same.

        Args:
            task: its name.
        """
        return read(Task, self._service.json("POST", f"/v1/tasks/{_part(task)}/finalise"))

    finalize = finalise

    def delete(self, task: str) -> None:
        """Removes a task that is not final.

        Args:
            task: its name.
        """
        self._service.json("DELETE", f"/v1/tasks/{_part(task)}")

    # -- taskrunners

    def taskrunners(self) -> list[Taskrunner]:
        """All taskrunners."""
        return [read(Taskrunner, each) for each in self._service.json("GET", "/v1/taskrunners")]

    def taskrunner(self, name: str = DEFAULT_TASKRUNNER) -> Taskrunner:
        """A taskrunner, and how far its run is.

        Args:
            name: of the taskrunner.
        """
        return read(Taskrunner, self._service.json("GET", f"/v1/taskrunners/{_part(name)}"))

    def agents(self, taskrunner: str = DEFAULT_TASKRUNNER) -> list[Agent]:
        """Agents that serve a taskrunner, with their peers in the present run.

        Args:
            taskrunner: its name.
        """
        return [read(Agent, each) for each in self._service.json("GET", f"/v1/taskrunners/{_part(taskrunner)}/agents")]

    def create_taskrunner(self, name: str) -> Taskrunner:
        """Makes a taskrunner.

        Args:
            name: of the taskrunner.
        """
        return read(Taskrunner, self._service.json("POST", "/v1/taskrunners", {"name": name}))

    def assign(
        self,
        task: str,
        taskrunner: str = DEFAULT_TASKRUNNER,
        *,
        peers: int | str = 1,
        target: str | None = None,
    ) -> Taskrunner:
        """Gives a final task to a taskrunner; agents begin to run it, where their owners allow it.

        Args:
            task: its name.
            taskrunner: its name.
            peers: how many have to complete, sites in a `RUN_SWARM` task and agents in others; `"all"`: all there are.
            target: one agent alone, by its UID, instead of `peers`; it may also join a task that runs.
        """
        order: dict[str, object] = {"task": task}
        if target is not None:
            order["target"] = target
        elif peers == "all":
            order["all"] = True
        elif isinstance(peers, int) and peers > 0:
            order["peers"] = peers
        else:
            raise BadOptionError(f"peers is {peers!r}; give a number from 1, or 'all'")
        return read(Taskrunner, self._service.json("POST", f"/v1/taskrunners/{_part(taskrunner)}/assignments", order))

    def reset(self, taskrunner: str = DEFAULT_TASKRUNNER) -> Taskrunner:
        """Makes a taskrunner idle; agents stop and remove what they run for it.

        Args:
            taskrunner: its name.
        """
        return read(Taskrunner, self._service.json("DELETE", f"/v1/taskrunners/{_part(taskrunner)}/assignments"))

    def wait(
        self,
        taskrunner: str = DEFAULT_TASKRUNNER,
        *,
        timeout_seconds: float = 7200.0,
        on_progress: Callable[[TaskProgress], None] | None = None,
    ) -> Taskrunner:
        """Waits until a taskrunner's task is complete, and says who is at what whenever that changes.

        Args:
            taskrunner: its name.
            timeout_seconds: the longest wait; the task goes on after it.
            on_progress: is called every second, instead of lines in the log `swarmstream` or on standard error.

        Raises:
            TaskFailedError: peers have failed, or the task was reset or replaced by another.
            TaskDeadlineError: it is not done in time; the message says who is at what.
        """
        deadline = Deadline(timeout_seconds)
        shows = TaskLines().shows if on_progress is None else on_progress
        run: int | None = None
        while True:
            now = TaskProgress(self.taskrunner(taskrunner), tuple(self.agents(taskrunner)), deadline.left_seconds())
            run = now.taskrunner.run if run is None else run
            if now.taskrunner.state == "IDLE" or now.taskrunner.run != run:
                raise TaskFailedError(
                    f"{taskrunner} has no task, because it was reset or none was assigned"
                    if now.taskrunner.state == "IDLE"
                    else f"{taskrunner} was given another task, {now.taskrunner.task}"
                )
            shows(now)
            if now.taskrunner.state == "COMPLETE":
                return now.taskrunner
            if now.taskrunner.state == "ERROR":
                raise TaskFailedError(f"{now.taskrunner.task} has failed: {now.whom}")
            if deadline.has_passed():
                raise TaskDeadlineError(
                    f"{now.taskrunner.task} is not done after {timeout_seconds:.0f} s: {now.whom}; it goes on, so wait"
                    " again, or reset the taskrunner"
                )
            time.sleep(min(POLL_SECONDS, max(0.01, deadline.left_seconds())))


def _part(name: str) -> str:
    return quote(name, safe="")


def _text(definition: str | os.PathLike[str]) -> bytes:
    if isinstance(definition, str) and "\n" in definition:
        return definition.encode()
    try:
        return Path(definition).read_bytes()
    except OSError as error:
        raise BadOptionError(
            f"the definition {os.fspath(definition)} cannot be read ({error.strerror or error})"
        ) from error
