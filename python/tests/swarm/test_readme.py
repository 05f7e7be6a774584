"""The README's commands for trainers, as they stand there but for folders and ports, on a real swarm."""

from __future__ import annotations

import re
import shlex

import pytest

from programs_at_sites import Program, require
from real_swarm import DEFAULT_CONTRACT, NAMES, REPOSITORY, RealSwarm
from test_examples import assert_worth_it

pytestmark = pytest.mark.swarm

PORT = "30305"


def commands() -> list[list[str]]:
    """The block that starts a swarm, in words and without comments."""
    blocks = re.findall(r"^```\w*\n(.*?)^```$", (REPOSITORY / "README.md").read_text(), re.DOTALL | re.MULTILINE)
    block = next(block for block in blocks if "./swarm up" in block)
    return [shlex.split(line, comments=True) for line in block.splitlines()]


def option(command: list[str], name: str, otherwise: str) -> str:
    return command[command.index(name) + 1] if name in command else otherwise


def test_a_newcomer_gets_two_sites_to_train_together(real_swarm: RealSwarm) -> None:
    require("sklearn")
    install, up, *others = commands()
    assert install[-1] == "./python[sklearn]"
    assert up == ["./swarm", "up"]
    real_swarm.reset_contract(DEFAULT_CONTRACT)  # as new as after `./swarm up`
    sites = dict(zip(NAMES, real_swarm.sites(2)))
    nodes, trainers = {}, []
    for command in others:
        if command[:2] == ["./swarm", "site"]:
            nodes[option(command, "--port", PORT)] = sites[option(command, "--name", "")]
        else:
            python, program, *arguments = command
            assert python == ".venv/bin/python"
            port = option(arguments, "--url", PORT).rpartition(":")[2]
            arguments = ["--shard", option(arguments, "--shard", "0")]
            trainers.append(Program(REPOSITORY / program, *arguments, SWARM_SITE_URL=nodes[port]))
    assert_worth_it(trainers)
