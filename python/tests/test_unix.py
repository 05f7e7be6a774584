"""A site node at a Unix domain socket: all that is so by TCP is so here."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer

import numpy as np
import pytest

import swarmstream
from fake_api import FakeApi, FakeServer
from fake_swarm import FakeSiteNode, FakeSwarm
from swarmstream import BadOptionError, SiteNodeUnreachableError
from swarmstream._deadline import Deadline
from swarmstream._node import SiteNode
from swarmstream._options import site_url
from swarmstream._unix import socket_file

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs Unix domain sockets")


class SocketApi(FakeApi):
    disable_nagle_algorithm = False


class SocketServer(FakeServer):
    address_family = socket.AF_UNIX

    def __init__(self, node: FakeSiteNode, file: Path) -> None:
        self.node, self.connections = node, set()
        ThreadingHTTPServer.__init__(self, str(file), SocketApi)  # type: ignore[arg-type]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def server_bind(self) -> None:
        TCPServer.server_bind(self)  # HTTPServer's looks up a host's name


@pytest.fixture
def door(swarm: FakeSwarm, tmp_path: Path) -> Iterator[str]:
    file = tmp_path / "a door" / "s.sock"
    file.parent.mkdir()
    server = SocketServer(swarm.nodes[0], file)
    yield f"unix://{file.parent}".replace(" ", "%20") + "/s.sock"
    server.kill()


def test_trains_through_it(swarm: FakeSwarm, door: str) -> None:
    weights = {"w": np.arange(400_000, dtype="f4")}
    with swarmstream.join("digits", weights, url=door, min_peers=1) as session:
        merged = session.sync(weights)
        np.testing.assert_array_equal(merged.weights["w"], weights["w"])
        session.finish(weights)
    assert len(swarm.nodes[0].left) == 1


def test_is_named_by_either_variable(door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWARM_NODE", door)
    assert site_url() == door
    monkeypatch.setenv("SWARM_SITE_URL", "http://127.0.0.1:1")
    assert site_url() == "http://127.0.0.1:1"
    assert site_url(door) == door


def test_shows_a_token_only_if_one_is_given(swarm: FakeSwarm, door: str, monkeypatch: pytest.MonkeyPatch) -> None:
    SiteNode(door).leave("s")
    monkeypatch.setenv("SWARM_TOKEN", "0123")
    SiteNode(door).leave("s")
    assert swarm.nodes[0].authorizations == [None, "Bearer 0123"]


def test_nobody_there_is_said_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "s.sock"
    with pytest.raises(SiteNodeUnreachableError, match=rf"unix://{file} \({file}: No such file"):
        SiteNode(f"unix://{file}").status()


def test_waits_no_longer_than_by_tcp(tmp_path: Path) -> None:
    file = tmp_path / "s.sock"
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(file))
        silent.listen()
        begun = time.monotonic()
        with pytest.raises(SiteNodeUnreachableError, match="runs but did not answer in time"):
            SiteNode(f"unix://{file}").open_session("s", {}, Deadline(1))
        assert time.monotonic() - begun < 10


@pytest.mark.parametrize("url", ["unix://run/s.sock", "unix://", "unix:///run/s.sock?x=1"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(BadOptionError, match=r"is like unix:///run/site\.sock"):
        site_url(url)
    with pytest.raises(BadOptionError):
        socket_file(url)
