from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from numpy.typing import NDArray

import swarmstream
from fake_api import Problem
from fake_swarm import FakeSwarm, until
from swarmstream import _earlier
from swarmstream._rounds import merged_round
from trainers import at_each_site


def weights(value: float = 0.0) -> dict[str, NDArray[Any]]:
    return {"w": np.full((2, 3), value, "f4"), "b": np.full(2, value, "f8")}


def test_two_sites_end_with_one_model(two: FakeSwarm) -> None:
    def train(url: str, index: int) -> swarmstream.Final:
        with swarmstream.join("digits", weights(), url=url, min_peers=2) as session:
            mine = session.sync(weights(float(index))).weights
            for _ in range(3):
                mine = session.sync({name: array + index for name, array in mine.items()}).weights
            return session.finish({name: array + 10 * index for name, array in mine.items()})

    one, other = at_each_site(two, train)

    assert one.model_hash == other.model_hash
    np.testing.assert_array_equal(one.weights["w"], np.full((2, 3), 0.5 + 3 * 0.5 + 5))
    assert one.weights["b"].dtype == np.float64
    assert one.round == 4


def test_tells_that_somebody_else_has_its_key(swarm: FakeSwarm, caplog: pytest.LogCaptureFixture) -> None:
    swarm.said = {"participated": False, "warning": "another holder of its key contributed"}
    with swarmstream.join("digits", weights(), url=swarm.url) as session:
        first, second = session.sync(weights(1)), session.sync(weights(2))

    assert not first.participated
    assert first.warning == second.warning == "another holder of its key contributed"
    told = [record for record in caplog.records if "another holder" in record.getMessage()]
    assert [record.levelname for record in told] == ["ERROR"]


def test_claims_no_part_that_the_node_does_not_tell_of() -> None:
    assert not merged_round({"round": 3}, 1).participated


def test_weighs_a_site(two: FakeSwarm) -> None:
    def train(url: str, index: int) -> float:
        with swarmstream.join("digits", weights(), url=url, weight=[1, 3][index]) as session:
            return float(session.sync(weights(4.0 * index)).weights["w"][0, 0])

    assert at_each_site(two, train) == [3.0, 3.0]


def test_a_number_of_samples_is_a_weight(two: FakeSwarm) -> None:
    def train(url: str, index: int) -> float:
        with swarmstream.join("digits", weights(), url=url, weight=[1000, 7000][index]) as session:
            return float(session.sync(weights(8.0 * index)).weights["w"][0, 0])

    assert at_each_site(two, train) == [7.0, 7.0]


def test_tells_loss_metric_samples_and_epochs(swarm: FakeSwarm) -> None:
    with swarmstream.join("digits", weights(), url=swarm.url) as session:
        session.sync(weights(), loss=0.5, metric=float("nan"), samples=100, epochs_done=2.0)

    query = swarm.nodes[0].queries[0]
    assert (query["loss"], query["samples"], query["epochsDone"]) == ("0.5", "100", "2.0")
    assert "metric" not in query


def test_leaves_at_the_end_whatever_happens(swarm: FakeSwarm) -> None:
    with pytest.raises(ZeroDivisionError), swarmstream.join("digits", weights(), url=swarm.url):
        raise ZeroDivisionError

    assert swarm.nodes[0].requests == ["PUT ", "DELETE "]


@pytest.mark.parametrize("check_in", ["active", "inactive"])
def test_contributes_no_snapshot_unless_told(swarm: FakeSwarm, check_in: Literal["active", "inactive"]) -> None:
    with swarmstream.join("digits", weights(), url=swarm.url, check_in=check_in) as session:
        session.sync(weights(1))
        final = session.finish(weights(5))

    assert swarm.nodes[0].finishes == [check_in]
    assert final.weights["w"][0, 0] == 1


def test_waits_for_sites_that_still_train(two: FakeSwarm) -> None:
    def train(url: str, index: int) -> float:
        with swarmstream.join("digits", weights(), url=url) as session:
            session.sync(weights())
            for step in range([0, 2][index]):
                session.sync(weights(step))
            return float(session.finish(weights(8.0 * index)).weights["w"][0, 0])

    # The first site's snapshot (zeros) goes into each later round.
    assert at_each_site(two, train) == [4.0, 4.0]


def test_waits_for_them_longer_than_its_deadline_as_long_as_rounds_follow(two: FakeSwarm) -> None:
    def train(url: str, index: int) -> float:
        with swarmstream.join("digits", weights(), url=url, deadline_seconds=[2, 20][index]) as session:
            session.sync(weights())
            for _ in range([0, 5][index]):
                time.sleep(0.7)
                session.sync(weights())
            return float(session.finish(weights(8.0 * index)).weights["w"][0, 0])

    assert at_each_site(two, train) == [4.0, 4.0]


def test_tells_who_lets_it_wait_after_its_end(two: FakeSwarm) -> None:
    def train(url: str, index: int) -> None:
        with swarmstream.join("digits", weights(), url=url, deadline_seconds=1.2) as session:
            session.sync(weights())
            if index == 0:
                with pytest.raises(
                    swarmstream.MinPeersNotReachedError, match=r"followed round 0 .* waited for site-1 \(1 "
                ):
                    session.finish()

    at_each_site(two, train)


def test_goes_on_after_an_interrupted_sync(two: FakeSwarm, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupts = iter([KeyboardInterrupt])
    poll = swarmstream._node.SiteNode.sync_state

    def sync_state(self: Any, *asked: Any) -> Any:
        for interrupt in interrupts:
            raise interrupt
        return poll(self, *asked)

    with (
        swarmstream.join("digits", weights(), url=two.nodes[0].url, deadline_seconds=20) as session,
        swarmstream.join("digits", weights(), url=two.nodes[1].url, deadline_seconds=20) as other,
    ):
        monkeypatch.setattr(swarmstream._node.SiteNode, "sync_state", sync_state)
        with pytest.raises(KeyboardInterrupt):
            session.sync(weights(2))
        results: list[float] = []
        again = threading.Thread(target=lambda: results.append(float(session.sync(weights(6)).weights["w"][0, 0])))
        again.start()
        assert other.sync(weights(4)).weights["w"][0, 0] == 3  # with what the interrupted call had sent
        assert other.sync(weights(8)).weights["w"][0, 0] == 7
        again.join(20)
        assert results == [7.0]


def test_says_when_the_training_is_over() -> None:
    with (
        FakeSwarm(training_over_after=1) as swarm,
        swarmstream.join("digits", weights(), url=swarm.url) as session,
    ):
        session.sync(weights())
        assert not session.training_over
        assert session.sync(weights(3)).training_over
        with pytest.raises(swarmstream.TrainingOverError, match=r"finish\(\)"):
            session.sync(weights())
        assert session.finish(weights(9)).weights["w"][0, 0] == 3


class TestErrors:
    def test_unknown_contract(self, swarm: FakeSwarm) -> None:
        with (
            pytest.raises(swarmstream.UnknownContractError, match="create it with"),
            swarmstream.join("x", weights(), url=swarm.url),
        ):
            pass

    def test_another_layout_names_the_first_tensor_that_differs_and_both_shapes(self, swarm: FakeSwarm) -> None:
        with swarmstream.join("digits", weights(), url=swarm.url):
            pass
        other = {"w": np.zeros((2, 4)), "b": np.zeros(2)}
        with (
            pytest.raises(swarmstream.LayoutMismatchError) as caught,
            swarmstream.join("digits", other, url=swarm.url),
        ):
            pass

        assert "'w' [2, 4]" in str(caught.value)
        assert "[2, 3]" in str(caught.value)
        assert caught.value.expected == {"name": "w", "shape": [2, 3]}
        assert caught.value.actual == {"name": "w", "shape": [2, 4]}

    def test_weights_that_changed_since_the_beginning_are_not_sent(self, swarm: FakeSwarm) -> None:
        with swarmstream.join("digits", weights(), url=swarm.url) as session:
            with pytest.raises(swarmstream.LayoutMismatchError, match=r"'b'.*\[2\].*\[3\]"):
                session.sync({"w": np.zeros((2, 3)), "b": np.zeros(3)})
            with pytest.raises(swarmstream.LayoutMismatchError, match="open a new session"):
                session.sync({"w": np.zeros((2, 3))})
        assert not any("syncs" in request for request in swarm.nodes[0].requests)

    def test_other_terms(self, swarm: FakeSwarm) -> None:
        with swarmstream.join("digits", weights(), url=swarm.url, min_peers=2):
            pass
        with (
            pytest.raises(swarmstream.TermsMismatchError) as caught,
            swarmstream.join("digits", weights(), url=swarm.url, min_peers=3),
        ):
            pass
        assert (caught.value.field, caught.value.expected, caught.value.actual) == ("minPeers", 2, 3)

    def test_not_finite(self, swarm: FakeSwarm) -> None:
        with (
            swarmstream.join("digits", weights(), url=swarm.url) as session,
            pytest.raises(swarmstream.NotFiniteError, match="'b'"),
        ):
            session.sync({**weights(), "b": np.array([1, np.nan])})

    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("rejected", swarmstream.RejectedError),
            ("not-enrolled", swarmstream.NotEnrolledError),
            ("kafka-denied", swarmstream.KafkaDeniedError),
            ("chain-refused", swarmstream.ChainRefusedError),
            ("round-deadline", swarmstream.RoundDeadlineError),
            ("min-peers-not-reached", swarmstream.MinPeersNotReachedError),
            ("bad-value", swarmstream.BadValueError),
            ("unproven", swarmstream.UnprovenError),
            ("session-open", swarmstream.SessionOpenError),
            ("something-new", swarmstream.SiteNodeError),
        ],
    )
    def test_each_code_is_a_class(self, swarm: FakeSwarm, code: str, kind: type[swarmstream.SiteNodeError]) -> None:
        swarm.nodes[0].refuse = Problem(400, code, "what to do about it")
        with (
            swarmstream.join("digits", weights(), url=swarm.url) as session,
            pytest.raises(kind, match="what to do") as caught,
        ):
            session.sync(weights())
        assert type(caught.value) is kind
        assert caught.value.code == code

    @pytest.mark.parametrize(
        ("option", "says"),
        [
            ({"weight": 0}, "weight is 0; use a whole number from 1 to 2147483647"),
            ({"weight": 1.5}, "weight is 1.5; use a whole number"),
            ({"min_peers": "2"}, "min_peers is '2'; use a positive whole number"),
            ({"epochs_total": -1}, "epochs_total is -1; use 0 or more"),
            ({"deadline_seconds": float("inf")}, "deadline_seconds is inf"),
            ({"min_peers": 0}, "min_peers is 0"),
            ({"sync_interval": -1}, "sync_interval is -1"),
            ({"check_in": "gone"}, "use one of snapshot, active, inactive"),
            ({"deadline_seconds": 0}, "deadline_seconds is 0"),
            ({"url": "localhost:1"}, "address is 'localhost:1'; use one like http://"),
        ],
    )
    def test_options_are_checked_before_anything_is_sent(self, option: dict[str, object], says: str) -> None:
        with pytest.raises(swarmstream.BadOptionError, match=says):
            swarmstream.join("digits", weights(), **option)  # type: ignore[arg-type]

    def test_no_site_node_at_all(self) -> None:
        session = swarmstream.join("digits", weights(), url="http://127.0.0.1:9", deadline_seconds=0.3)
        with pytest.raises(swarmstream.SiteNodeUnreachableError, match=r"127.0.0.1:9 .*'./swarm site'") as caught:
            session.open()
        assert "object at 0x" not in str(caught.value)

    def test_peers_that_never_come(self, two: FakeSwarm) -> None:
        with swarmstream.join("digits", weights(), url=two.url, deadline_seconds=1.2) as session:
            with pytest.raises(
                swarmstream.MinPeersNotReachedError, match=r"waited for site-1 \(1 sites in, 2 needed\)"
            ):
                session.sync(weights())


class TestReconnects:
    def test_when_the_node_is_started_anew_while_the_trainer_waits(self, two: FakeSwarm) -> None:
        results: list[float] = []

        def train() -> None:
            with swarmstream.join("digits", weights(), url=two.url, deadline_seconds=20) as session:
                results.append(float(session.sync(weights(2)).weights["w"][0, 0]))

        trainer = threading.Thread(target=train)
        trainer.start()
        until(lambda: "GET /syncs/0" in two.nodes[0].requests)
        two.nodes[0].start_anew()
        until(lambda: two.nodes[0].requests.count("PUT /syncs/0") == 2, seconds=15)
        with swarmstream.join("digits", weights(), url=two.nodes[1].url) as other:
            other.sync(weights(4))
        trainer.join(20)

        assert results == [3.0]
        assert two.nodes[0].requests.count("PUT ") == 2

    def test_when_the_node_starts_after_the_trainer(self, swarm: FakeSwarm) -> None:
        swarm.nodes[0].stop()
        threading.Timer(0.3, swarm.nodes[0].start).start()
        with swarmstream.join("digits", weights(), url=swarm.url, deadline_seconds=20) as session:
            assert session.sync(weights(2)).round == 0

    def test_when_the_node_forgot_the_session_between_two_syncs(self, swarm: FakeSwarm) -> None:
        with swarmstream.join("digits", weights(), url=swarm.url, deadline_seconds=20) as session:
            session.sync(weights(1))
            swarm.nodes[0].start_anew()
            assert session.sync(weights(2)).weights["w"][0, 0] == 2

    def test_and_tells_again_how_good_the_merged_model_is(self, swarm: FakeSwarm) -> None:
        with swarmstream.join("digits", weights(), url=swarm.url, deadline_seconds=20) as session:
            session.report_evaluation(session.sync(weights(1)), loss=0.25, metric=0.75)
            swarm.nodes[0].start_anew()
            session.sync(weights(2), loss=9.0)
        told = [each for each in swarm.nodes[0].requests if each in ("POST /evaluation", "PUT /syncs/1")]
        assert told.count("POST /evaluation") == 2
        assert told[-2:] == ["POST /evaluation", "PUT /syncs/1"]

    @pytest.mark.parametrize("code", ["swarm-unreachable", "sync-running"])
    def test_what_passes_is_repeated(self, swarm: FakeSwarm, code: str) -> None:
        swarm.nodes[0].refuse = Problem(503, code, "wait for it")
        with swarmstream.join("digits", weights(), url=swarm.url, deadline_seconds=20) as session:
            assert session.sync(weights(2)).round == 0

    def test_what_does_not_pass_in_time_is_told(self, swarm: FakeSwarm) -> None:
        swarm.nodes[0].refuse_always = Problem(503, "swarm-unreachable", "start Kafka")
        with swarmstream.join("digits", weights(), url=swarm.url, deadline_seconds=0.5) as session:
            with pytest.raises(swarmstream.SwarmUnreachableError, match="start Kafka"):
                session.sync(weights())

    def test_only_the_first_time_a_session_takes_over(self, swarm: FakeSwarm) -> None:
        with swarmstream.join("digits", weights(), url=swarm.url, take_over=True, deadline_seconds=20) as session:
            first = swarm.nodes[0].sessions[session.name].terms["takeOver"]
            swarm.nodes[0].start_anew()
            session.sync(weights())
            assert (first, swarm.nodes[0].sessions[session.name].terms["takeOver"]) == (True, False)


def test_the_environment_names_the_site_node(swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWARM_SITE_URL", swarm.url)
    with swarmstream.join("digits", weights()) as session:
        assert session.sync(weights()).participants == ("site-0",)


def test_the_environment_sets_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWARM_DEADLINE_SECONDS", "7")
    assert swarmstream.join("digits", weights())._exchange.options.deadline_seconds == 7
    monkeypatch.setenv("SWARM_DEADLINE_SECONDS", "soon")
    with pytest.raises(swarmstream.BadOptionError, match="SWARM_DEADLINE_SECONDS is 'soon'"):
        swarmstream.join("digits", weights())


def test_takes_an_evaluation_in_numpys_numbers(swarm: FakeSwarm) -> None:
    with swarmstream.join("digits", weights(), url=swarm.url) as session:
        session.report_evaluation(session.sync(weights()), loss=np.float32(0.25), metric=np.float32(0.75))
    assert swarm.nodes[0].evaluations[0]["loss"] == 0.25


def test_tells_how_good_the_merged_model_is(swarm: FakeSwarm) -> None:
    with swarmstream.join("digits", weights(), url=swarm.url, epochs_total=4) as session:
        session.report_evaluation(session.sync(weights()), loss=0.25, metric=0.75, epochs_done=1)
    assert swarm.nodes[0].evaluations == [{"round": 0, "loss": 0.25, "metric": 0.75, "epochsDone": 1, "epochsTotal": 4}]


class TestEarlierSessions:
    """Nobody has left them: a cell was interrupted, a kernel died."""

    def test_of_the_same_thread_give_way(self, swarm: FakeSwarm, caplog: pytest.LogCaptureFixture) -> None:
        earlier = swarmstream.join("digits", weights(), url=swarm.url)
        earlier.sync(weights(1))
        later = swarmstream.join("digits", weights(), url=swarm.url)

        assert later.sync(weights(2)).weights["w"][0, 0] == 2
        assert "did not leave its earlier session" in caplog.text
        assert list(swarm.nodes[0].sessions) == [later.name]
        with pytest.raises(swarmstream.SessionOpenError, match="opened another session in contract"):
            earlier.sync(weights(3))
        later.leave()

    def test_of_a_thread_that_still_runs_do_not(self, swarm: FakeSwarm) -> None:
        opened, done = threading.Event(), threading.Event()

        def train() -> None:
            with swarmstream.join("digits", weights(), url=swarm.url) as session:
                session.sync(weights())
                opened.set()
                done.wait(20)

        other = threading.Thread(target=train)
        other.start()
        opened.wait(20)
        with pytest.raises(swarmstream.SessionOpenError, match="take_over=True") as caught:
            swarmstream.join("digits", weights(), url=swarm.url).open()
        done.set()
        other.join(20)
        assert "DELETE" not in str(caught.value)
        assert swarm.nodes[0].requests.count("DELETE ") == 1

    def test_of_a_process_that_has_ended_are_taken_over(self, swarm: FakeSwarm) -> None:
        program = f"""if True:
            import os, numpy, swarmstream
            weights = dict(w=numpy.zeros((2, 3)), b=numpy.zeros(2))
            session = swarmstream.join("digits", weights, url="{swarm.url}")
            session.sync(weights)
            os.kill(os.getpid(), 9)
        """
        subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
        (dead,) = swarm.nodes[0].sessions
        with swarmstream.join("digits", weights(), url=swarm.url) as session:
            assert dead not in swarm.nodes[0].sessions
            assert session.sync(weights(2)).weights["w"][0, 0] == 2

    def test_are_left_when_the_program_ends(self, swarm: FakeSwarm) -> None:
        program = f"""if True:
            import numpy, swarmstream
            weights = dict(w=numpy.zeros((2, 3)), b=numpy.zeros(2))
            session = swarmstream.join("digits", weights, url="{swarm.url}")
            session.sync(weights)
            raise KeyboardInterrupt
        """
        subprocess.run([sys.executable, "-c", program], check=False, timeout=60, stderr=subprocess.DEVNULL)
        assert swarm.nodes[0].requests[-1] == "DELETE "
        assert not swarm.nodes[0].sessions

    def test_are_left_when_they_are_garbage(self, swarm: FakeSwarm) -> None:
        session = swarmstream.join("digits", weights(), url=swarm.url)
        session.open()
        del session
        gc.collect()
        assert not swarm.nodes[0].sessions

    def test_are_left_when_the_answer_to_their_opening_was_not_awaited(
        self, swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put = swarmstream._node.SiteNode.open_session

        def interrupted(*asked: Any) -> Any:
            put(*asked)
            raise KeyboardInterrupt

        monkeypatch.setattr(swarmstream._node.SiteNode, "open_session", interrupted)
        session = swarmstream.join("digits", weights(), url=swarm.url)
        with pytest.raises(KeyboardInterrupt):
            session.open()
        session.leave()
        assert not swarm.nodes[0].sessions

    def test_of_other_machines_are_nobodys_to_judge(self) -> None:
        name = _earlier.new_name("keras")
        assert not _earlier.is_abandoned(name)
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait(60)
        assert _earlier.is_abandoned(name.replace(f".{os.getpid()}-", f".{ended.pid}-"))
        assert not _earlier.is_abandoned(f"keras-00000000.{ended.pid}-12345678")
        assert not _earlier.is_abandoned("mine")


def test_messages_of_the_http_api_speak_python(swarm: FakeSwarm) -> None:
    detail = "the log has ended; open the session again with PUT /v1/sessions/{id}, which joins anew"
    swarm.nodes[0].refuse_always = Problem(503, "swarm-unreachable", detail)
    with swarmstream.join("digits", weights(), url=swarm.url, deadline_seconds=0.3) as session:
        with pytest.raises(
            swarmstream.SwarmUnreachableError, match="the log has ended; the session reopens by itself"
        ) as caught:
            session.sync(weights())
    assert "PUT" not in str(caught.value)


def test_says_once_what_its_site_node_has_to_say(swarm: FakeSwarm, caplog: pytest.LogCaptureFixture) -> None:
    swarm.nodes[0].notices.append("the training of contract digits was over with round 9 already")
    with swarmstream.join("digits", weights(), url=swarm.url) as session:
        swarm.nodes[0].start_anew()
        session.sync(weights())
    assert [record.levelname for record in caplog.records if "over with round 9" in record.message] == ["WARNING"]


def test_a_full_disk_is_named_and_so_is_the_way_out(swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    monkeypatch.setattr(tempfile, "tempdir", "/scratch/models")
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda: full.open("w+b"))
    with swarmstream.join("digits", weights(), url=swarm.url) as session:
        with pytest.raises(
            swarmstream.TemporaryFileError, match=r"to /scratch/models \(No space left on device\); .* TMPDIR"
        ):
            session.sync(weights())


def test_a_folder_that_is_not_there_is_no_reason_to_wait(swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    with swarmstream.join("digits", weights(), url=swarm.url) as session:
        with pytest.raises(swarmstream.TemporaryFileError, match="/nowhere"):
            session.sync(weights())


@pytest.mark.parametrize("name", ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_not_for_the_site_node(
    swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    with swarmstream.join("digits", weights(), url=swarm.url, deadline_seconds=5) as session:
        assert session.sync(weights()).round == 0


def test_a_node_that_is_busy_is_not_taken_for_one_that_does_not_run() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes connections and says nothing
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(swarmstream.SiteNodeUnreachableError, match="runs but did not answer in time"):
            swarmstream.join("digits", weights(), url=url, deadline_seconds=1).open()


def test_a_node_that_is_busy_is_asked_again(swarm: FakeSwarm) -> None:
    with swarmstream.join("digits", weights(), url=swarm.url) as session:
        swarm.nodes[0].refuse = Problem(503, "busy", "others are served")
        assert session.sync(weights(1.0)).participated
