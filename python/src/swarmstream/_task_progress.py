"""What a task waits for, while a program waits for the task."""

from __future__ import annotations

from dataclasses import dataclass

from ._progress import LogLines
from ._records import Agent, Peer, Taskrunner


@dataclass(frozen=True)
class TaskProgress:
    """Who is at what.

    Attributes:
        taskrunner: its state and counts.
        agents: who serves it, each with its peers.
        left_seconds: until the wait ends.
    """

    taskrunner: Taskrunner
    agents: tuple[Agent, ...] = ()
    left_seconds: float = 0.0

    @property
    def peers(self) -> tuple[Peer, ...]:
        """All peers of the run."""
        return tuple(peer for agent in self.agents for peer in agent.peers)

    @property
    def whom(self) -> str:
        """Each peer that is not done with what it says; how many are missing if too few take part."""
        said = [_sentence(peer) for peer in self.peers if peer.state != "COMPLETE"]
        required = self.taskrunner.required or 0
        if self.taskrunner.enrolled < required and self.taskrunner.state == "RUNNING":
            there = ", ".join(agent.uid for agent in self.agents if agent.sites) or "none"
            said.append(f"{self.taskrunner.enrolled} of {required} peers have enrolled (agents that serve it: {there})")
        return "; ".join(said) or "all peers are done"

    def __str__(self) -> str:
        taskrunner = self.taskrunner
        done = f"{taskrunner.completed} of {taskrunner.required or 0} complete"
        return f"{taskrunner.task}: {self.whom} · {done} · gives up in {self.left_seconds:.0f} s"


class TaskLines(LogLines):
    """A log line whenever a peer is at something else, and every 30 seconds while none is."""

    def shows(self, progress: TaskProgress) -> None:
        """Logs the line if it has to be."""
        if self.is_due((progress.taskrunner.state, progress.whom)):
            self._says(str(progress))


def _sentence(peer: Peer) -> str:
    return f"{peer.uid} {peer.state}" + (f" ({peer.description})" if peer.description else "")
