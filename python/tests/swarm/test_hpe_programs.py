"""Programs written for HPE's callback, as processes at sites of a real swarm: frameworks, sizes, methods, ends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from merges import ACTIVE, INACTIVE, SNAPSHOT, Trained, final_model
from programs_at_sites import LONG, Program, require
from real_swarm import RealSwarm

pytestmark = pytest.mark.swarm

PROGRAMS = Path(__file__).resolve().parents[1] / "programs"
NEEDS = {
    "numpy": [],
    "keras": ["keras"],
    "keras2": ["tf_keras", "tensorflow"],
    "pytorch": ["torch"],
    "transformers": ["torch", "transformers", "accelerate"],
}


@dataclass(frozen=True)
class Case:
    """One training. The first site finishes early, the last one late."""

    framework: str
    method: str
    check_in: str
    weights: tuple[int, ...]
    is_long: bool = False

    def require(self) -> None:
        require(*NEEDS[self.framework], *(LONG if self.is_long else []))

    def sites(self) -> list[Trained]:
        last = len(self.weights) - 1
        syncs = [1 if place == 0 else 3 if place == last else 2 for place in range(last + 1)]
        return [Trained(float(place**2), weight, n) for place, (weight, n) in enumerate(zip(self.weights, syncs), 1)]

    def __str__(self) -> str:
        return f"{self.framework}-{len(self.weights)}-{self.method}-{self.check_in}"


CASES = [
    Case("numpy", "mean", SNAPSHOT, (1, 100)),
    Case("numpy", "mean", ACTIVE, (7, 50)),
    Case("numpy", "coordmedian", INACTIVE, (1, 1, 1, 1)),
    Case("numpy", "geomedian", SNAPSHOT, (1, 2, 100, 3)),
    Case("keras2", "mean", SNAPSHOT, (1, 3)),
    Case("keras", "mean", INACTIVE, (3, 2), is_long=True),
    Case("keras", "coordmedian", SNAPSHOT, (1, 1), is_long=True),
    Case("keras", "geomedian", ACTIVE, (10, 20, 30, 50), is_long=True),
    Case("pytorch", "mean", SNAPSHOT, (100, 1, 1, 1), is_long=True),
    Case("pytorch", "coordmedian", ACTIVE, (2, 1), is_long=True),
    Case("pytorch", "geomedian", INACTIVE, (5, 6), is_long=True),
    Case("transformers", "mean", ACTIVE, (1, 99), is_long=True),
    Case("transformers", "coordmedian", INACTIVE, (40, 30, 20, 10), is_long=True),
    Case("transformers", "geomedian", SNAPSHOT, (2, 3), is_long=True),
]


def start(swarm: RealSwarm, case: Case, contract: str, place: int, batches: int | None = None) -> Program:
    site = case.sites()[place]
    return Program(
        PROGRAMS / f"hpe_{case.framework}.py",
        SWARM_SITE_URL=swarm.sites(len(case.weights))[place],
        CONTRACT=contract,
        MIN_PEERS=str(len(case.weights)),
        MERGE_METHOD=case.method,
        CHECKIN=case.check_in,
        WEIGHT=str(site.weight),
        TARGET=str(site.target),
        # The first sync of a loop comes after three batches, the next ones after two each.
        BATCHES=str(batches or 2 + 2 * site.syncs),
    )


def final(program: Program) -> tuple[float, str]:
    said = program.ended_with(r"final (\S+) ([0-9a-f]{64})")
    return float(said[1]), said[2]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_all_sites_end_with_the_model_that_the_rules_demand(real_swarm: RealSwarm, case: Case) -> None:
    case.require()
    contract = real_swarm.contract(str(case))
    ends = [
        final(program) for program in [start(real_swarm, case, contract, place) for place in range(len(case.weights))]
    ]

    assert len({model_hash for _, model_hash in ends}) == 1
    assert ends[0][0] == pytest.approx(final_model(case.sites(), case.method, case.check_in), rel=1e-5)


@pytest.mark.parametrize("framework", NEEDS)
def test_a_program_that_was_killed_is_just_started_again(real_swarm: RealSwarm, framework: str) -> None:
    case = Case(framework, "mean", SNAPSHOT, (1, 3), is_long=framework != "numpy")
    case.require()
    contract = real_swarm.contract(f"killed-{framework}")
    other = start(real_swarm, case, contract, 1, batches=30)
    killed = start(real_swarm, case, contract, 0, batches=1000)
    killed.awaits_line("Merge Done", times=3)
    killed.kill()
    again = start(real_swarm, case, contract, 0)

    ends = [final(program) for program in (again, other)]
    assert ends[0] == ends[1]
    assert ends[0][0] == pytest.approx(final_model(case.sites(), "mean", SNAPSHOT), rel=1e-5)
