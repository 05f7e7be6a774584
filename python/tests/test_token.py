from __future__ import annotations

import os
from pathlib import Path

import pytest

from fake_swarm import FakeSwarm
from swarmstream import BadOptionError
from swarmstream._node import SiteNode
from swarmstream._token import site_token

TOKEN = "0123456789abcdef" * 4


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the node at port 30305 has left for this user's trainers."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    file = tmp_path / ".swarmstream" / "nodes" / "30305.token"
    file.parent.mkdir(parents=True)
    file.write_text(TOKEN + "\n")
    file.chmod(0o600)
    return file


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
@pytest.mark.usefixtures("known")
def test_is_found_by_trainers_of_the_nodes_user(host: str) -> None:
    assert site_token(f"http://{host}:30305", {}) == TOKEN


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:30306", "http://192.168.1.5:30305", "http://evil.example:30305", "http://127.0.0.1:99999"]
)
@pytest.mark.usefixtures("known")
def test_is_told_no_other_node(url: str) -> None:
    assert site_token(url, {}) is None


def test_a_file_that_others_can_change_is_not_believed(known: Path) -> None:
    known.chmod(0o644)

    with pytest.raises(BadOptionError, match="other users may read or change it"):
        site_token("http://127.0.0.1:30305", {})


def test_a_file_of_another_user_is_not_believed(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: known.stat().st_uid + 1)

    with pytest.raises(BadOptionError, match="belongs to another user"):
        site_token("http://127.0.0.1:30305", {})


def test_the_environment_comes_first(known: Path, tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.write_bytes(b"\xef\xbb\xbfgiven\r\n")  # as an editor on Windows leaves it

    assert site_token("https://elsewhere:1", {"SWARM_TOKEN": "said", "SWARM_TOKEN_FILE": str(given)}) == "said"
    assert site_token("http://127.0.0.1:30305", {"SWARM_TOKEN_FILE": str(given)}) == "given"
    with pytest.raises(BadOptionError, match="nowhere"):
        site_token("http://127.0.0.1:30305", {"SWARM_TOKEN_FILE": str(known / "nowhere")})
    with pytest.raises(BadOptionError, match="holds no token"):
        site_token("http://127.0.0.1:30305", {"SWARM_TOKEN": "two words"})


@pytest.mark.parametrize("host", ["elsewhere", "192.168.1.5", "[fe80::1]"])
def test_crosses_no_network_in_the_clear(host: str) -> None:
    with pytest.raises(BadOptionError, match="in the clear; use https"):
        site_token(f"http://{host}:30305", {"SWARM_TOKEN": TOKEN})
    assert site_token(f"https://{host}:30305", {"SWARM_TOKEN": TOKEN}) == TOKEN


def test_is_shown_with_each_request(swarm: FakeSwarm, monkeypatch: pytest.MonkeyPatch) -> None:
    node = SiteNode(swarm.url)
    node.leave("s")
    monkeypatch.setenv("SWARM_TOKEN", TOKEN)
    node.leave("s")

    assert swarm.nodes[0].authorizations == [None, f"Bearer {TOKEN}"]
