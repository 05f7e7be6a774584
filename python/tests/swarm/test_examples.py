"""The examples, two sites each, on a real swarm: both end with one model, which is better than each site's own.

`test_readme.py` runs numpy_digits.py.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from programs_at_sites import LONG, Program, is_installed, require
from real_swarm import DEFAULT_CONTRACT, RealSwarm

pytestmark = pytest.mark.swarm

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FASHION_MNIST = Path(os.environ.get("FASHION_MNIST", "/usr/share/datasets/fashion-mnist"))
REPORT = r"accuracy alone ([\d.]+)%, in the swarm ([\d.]+)%, final model ([0-9a-f]{64})"


def assert_worth_it(sites: list[Program]) -> None:
    one, other = [site.ended_with(REPORT).groups() for site in sites]
    assert one[1:] == other[1:]
    for alone, swarm, _ in (one, other):
        assert float(swarm) > float(alone)


@pytest.mark.parametrize(
    ("example", "modules", "arguments"),
    [
        ("numpy_digits.py", ["sklearn"], "--adaptive"),
        ("keras_digits.py", ["keras", "sklearn"], "--epochs 2 --sync-interval 16"),
        ("pytorch_digits.py", ["torch", "sklearn"], "--epochs 4 --sync-interval 16"),
        ("pytorch_fashion_mnist.py", ["torch", *LONG], "--epochs 1 --sync-interval 32"),
        ("huggingface_text.py", ["transformers", "torch", "accelerate"], "--epochs 10 --sync-interval 16"),
    ],
)
def test_an_example(real_swarm: RealSwarm, example: str, modules: list[str], arguments: str) -> None:
    require(*modules)
    if "fashion" in example and not FASHION_MNIST.is_dir():
        pytest.skip(f"no {FASHION_MNIST}; {example} says where to get it")
    contract = real_swarm.contract(re.sub("[^a-z0-9]+", "-", f"{example} {arguments}"))

    def start(shard: int, url: str) -> Program:
        site = ("--url", url, "--shard", str(shard), "--contract", contract)
        return Program(EXAMPLES / example, *site, *arguments.split())

    assert_worth_it([start(shard, url) for shard, url in enumerate(real_swarm.sites(2))])


def test_sites_that_keep_a_part_of_the_model_local(real_swarm: RealSwarm) -> None:
    """Both share one model, but each is good at its own data: the accuracies differ, the hash does not."""
    require("torch", "sklearn")
    contract = real_swarm.contract("pytorch-personal")
    sites = [
        Program(
            EXAMPLES / "pytorch_personal.py",
            *("--url", url, "--shard", str(shard), "--contract", contract, "--epochs", "6", "--sync-interval", "16"),
        )
        for shard, url in enumerate(real_swarm.sites(2))
    ]
    reports = [site.ended_with(REPORT).groups() for site in sites]
    assert reports[0][2] == reports[1][2]
    for alone, swarm, _ in reports:
        assert float(swarm) > float(alone)


@pytest.mark.parametrize(
    ("example", "modules"),
    [
        ("hpe_keras.py", ["keras", "sklearn"]),
        ("hpe_pytorch.py", ["torch", "torchmetrics", "sklearn"]),
        ("hpe_transformers.py", ["torch", "transformers", "peft", "accelerate", *LONG]),
    ],
)
def test_a_program_for_hpe(real_swarm: RealSwarm, example: str, modules: list[str]) -> None:
    """With HPE's default contract, which begins anew for each program, as its layout is another."""
    require(*modules)
    real_swarm.reset_contract(DEFAULT_CONTRACT)

    def start(shard: int, url: str) -> Program:
        # hpe_keras.py takes TensorFlow where it is there, and 2.21 ends a process that loads PyTorch 2.15 as well.
        backend = {"KERAS_BACKEND": "tensorflow"} if is_installed("tensorflow") else {}
        return Program(
            EXAMPLES / example, SWARM_SITE_URL=url, SHARD=str(shard), MAX_EPOCHS="2", MAX_STEPS="192", **backend
        )

    assert_worth_it([start(shard, url) for shard, url in enumerate(real_swarm.sites(2))])
