"""The errors of a real swarm: each message says what is wrong and what to do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import swarmstream
from fake_swarm import until
from real_swarm import RealSwarm, free_port, waits_for_round
from trainers import together

pytestmark = pytest.mark.swarm

WEIGHTS = {"w": np.zeros((2, 3)), "b": np.zeros(2)}


@pytest.fixture(scope="module")
def contract(real_swarm: RealSwarm) -> str:
    """Of two sites; no test comes as far as a merge."""
    return real_swarm.contract("refusals")


def refused(kind: type[swarmstream.SwarmError], contract: str, url: str, weights: Any = None, **options: Any) -> str:
    with pytest.raises(kind) as caught, swarmstream.join(contract, weights or WEIGHTS, url=url, **options) as session:
        session.sync(weights or WEIGHTS)
    return str(caught.value)


def test_no_site_node() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    said = refused(swarmstream.SiteNodeUnreachableError, "any", url, deadline_seconds=1)
    assert url in said
    assert "start it with './swarm site', or set SWARM_SITE_URL" in said


def test_a_contract_that_nobody_wrote(real_swarm: RealSwarm) -> None:
    said = refused(swarmstream.UnknownContractError, "nowhere", real_swarm.sites(1)[0])
    assert "there is no contract nowhere" in said
    assert "create the contract with 'swarm contract create'" in said


def test_a_site_that_is_not_enrolled(real_swarm: RealSwarm, contract: str) -> None:
    with swarmstream.join(contract, WEIGHTS, url=real_swarm.sites(1)[0]):
        said = refused(swarmstream.NotEnrolledError, contract, real_swarm.outsider("stranger"))
    assert f"is not enrolled in contract {contract}; ask its owner 0x" in said


def test_another_model_or_other_terms(real_swarm: RealSwarm, contract: str) -> None:
    urls = real_swarm.sites(2)
    with swarmstream.join(contract, WEIGHTS, url=urls[0]):
        said = refused(swarmstream.LayoutMismatchError, contract, urls[1], {"w": np.zeros((2, 4)), "b": np.zeros(2)})
        assert "w:2x3" in said
        assert "w:2x4" in said
        said = refused(swarmstream.TermsMismatchError, contract, urls[1], min_peers=3)
        assert "minPeers is 2 in the contract, this trainer asks for 3" in said


def test_an_option_that_only_the_swarm_can_judge(real_swarm: RealSwarm) -> None:
    contract, url = real_swarm.contract("methods"), real_swarm.sites(1)[0]
    said = refused(swarmstream.BadValueError, contract, url, merge_method="median")
    assert "median" in said
    assert "coordmedian" in said


def test_weights_that_are_not_finite(real_swarm: RealSwarm, contract: str) -> None:
    url = real_swarm.sites(1)[0]
    said = refused(swarmstream.NotFiniteError, contract, url, {"w": np.zeros((2, 3)), "b": np.array([0, np.nan])})
    assert "value 1 of tensor 'b' is NaN" in said
    assert "lower the learning rate" in said


def test_too_few_sites(real_swarm: RealSwarm, contract: str) -> None:
    urls = real_swarm.sites(2)
    with swarmstream.join(contract, WEIGHTS, url=urls[1]):  # enrolled, and never sends anything
        said = refused(swarmstream.MinPeersNotReachedError, contract, urls[0], deadline_seconds=6)
    assert "1 of at least 2" in said
    assert "it waits for hospital-b" in said
    assert "start the trainers of the missing sites" in said


def test_a_round_that_takes_too_long(real_swarm: RealSwarm) -> None:
    """Enough have contributed; the swarm goes on to wait for one that is live."""
    contract, urls = real_swarm.patient_contract("patient"), real_swarm.sites(3)

    def patient() -> str:
        with swarmstream.join(contract, WEIGHTS, url=urls[1]) as session:
            return str(session.sync(WEIGHTS).round)

    def impatient() -> str:
        with swarmstream.join(contract, WEIGHTS, url=urls[2]) as slow:
            until(lambda: waits_for_round(urls[1], contract, 0), seconds=60)
            said = refused(swarmstream.RoundDeadlineError, contract, urls[0], deadline_seconds=10)
            slow.sync(WEIGHTS)
            return said

    said, round_of_patient = together(impatient, patient)
    assert "2 of at least 2" in said
    assert "it waits for hospital-c" in said
    assert "with a longer deadline" in said
    assert round_of_patient == "0"
