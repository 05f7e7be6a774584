from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_swarm import FakeSwarm
from swarmstream import BadOptionError
from swarmstream._node import SiteNode
from swarmstream._tls import site_tls

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the program openssl")


def certificate(folder: Path, address: str) -> Path:
    """A certificate that is its own authority, and its key beside it."""
    folder.mkdir()
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    name = ["-subj", "/CN=site-node", "-addext", f"subjectAltName=IP:{address}"]
    subprocess.run([*made, *files, *name], check=True, capture_output=True)
    return folder / "cert.pem"


def served(file: Path) -> Iterator[FakeSwarm]:
    swarm = FakeSwarm()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file, file.with_name("key.pem"))
    swarm.nodes[0].tls = tls
    with swarm:
        yield swarm


@pytest.fixture
def ca(tmp_path: Path) -> Path:
    return certificate(tmp_path / "a", "127.0.0.1")


@pytest.fixture
def secure(ca: Path) -> Iterator[FakeSwarm]:
    yield from served(ca)


def test_reaches_a_node_of_the_authority(secure: FakeSwarm, ca: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWARM_CA_FILE", str(ca))
    monkeypatch.setenv("SWARM_TOKEN", "0123")

    SiteNode(secure.url).leave("s")

    assert secure.url.startswith("https://")
    assert secure.nodes[0].authorizations == ["Bearer 0123"]


def test_shows_the_token_to_no_node_of_another_authority(
    secure: FakeSwarm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWARM_TOKEN", "0123")
    for authority in (str(certificate(tmp_path / "b", "127.0.0.1")), ""):
        monkeypatch.setenv("SWARM_CA_FILE", authority)
        with pytest.raises(BadOptionError, match="SWARM_CA_FILE"):
            SiteNode(secure.url).status()

    assert secure.nodes[0].authorizations == []


def test_shows_the_token_to_no_node_of_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = certificate(tmp_path / "c", "10.1.2.3")
    monkeypatch.setenv("SWARM_CA_FILE", str(elsewhere))
    monkeypatch.setenv("SWARM_TOKEN", "0123")
    for swarm in served(elsewhere):
        with pytest.raises(BadOptionError, match="SWARM_SITE_URL"):
            SiteNode(swarm.url).status()
        assert swarm.nodes[0].authorizations == []


def test_names_a_file_that_cannot_be_used(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("no certificate")

    assert site_tls("http://127.0.0.1:30305", {"SWARM_CA_FILE": str(empty)}) is None
    for file in (empty, tmp_path / "nowhere.pem"):
        with pytest.raises(BadOptionError, match=r"SWARM_CA_FILE is .*pem"):
            site_tls("https://127.0.0.1:30305", {"SWARM_CA_FILE": str(file)})
