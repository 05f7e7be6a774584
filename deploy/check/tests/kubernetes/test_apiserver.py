"""The manifests, sent to a real API server that stores nothing: it says what it would refuse."""

from __future__ import annotations

import json
import random
import secrets
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1] / "files"))
import custom_resources  # noqa: E402

CHECK = HERE.parents[2]
MANIFESTS = CHECK.parent / "kubernetes"
DEADLINE_SECONDS = 120


def free_port() -> int:
    """A port below those that the system gives to connections, so that nobody has it when a program listens on it."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


class ApiServer:
    """An API server that lets whoever shows the token do anything."""

    def __init__(self, port: int, token: str):
        self._headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        self._url = f"https://127.0.0.1:{port}"
        self._trust = ssl.create_default_context()
        self._trust.check_hostname = False
        self._trust.verify_mode = ssl.CERT_NONE

    def call(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._url + path, data, self._headers, method=method)
        try:
            with urllib.request.urlopen(request, context=self._trust, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except OSError as failed:
            return 0, str(failed)

    def until(self, what: str, path: str) -> None:
        end = time.monotonic() + DEADLINE_SECONDS
        while (answer := self.call("GET", path))[0] != 200:
            assert time.monotonic() < end, f"{what} within {DEADLINE_SECONDS} s; newest answer: {answer}"
            time.sleep(0.5)

    def _resource(self, group: str, kind: str) -> dict | None:
        status, said = self.call("GET", group)
        resources = json.loads(said)["resources"] if status == 200 else []
        return next((r for r in resources if r["kind"] == kind and "/" not in r["name"]), None)

    def path(self, document: dict) -> str:
        """Where documents of its kind are made, as the server itself says."""
        version = document["apiVersion"]
        group = f"/apis/{version}" if "/" in version else f"/api/{version}"
        # It lists custom resources some time after it serves them.
        end = time.monotonic() + DEADLINE_SECONDS
        while not (found := self._resource(group, document["kind"])):
            assert time.monotonic() < end, f"{group} did not list {document['kind']} within {DEADLINE_SECONDS} s"
            time.sleep(0.5)
        space = "/namespaces/default" if found["namespaced"] else ""
        return f"{group}{space}/{found['name']}?fieldValidation=Strict&dryRun=All"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    program = CHECK / "target" / "kube-apiserver"
    if not program.exists():
        pytest.skip(f"there is no {program}; deploy/check/build-apiserver builds it with Go")
    etcd = shutil.which("etcd")
    if etcd is None:
        pytest.skip("etcd is not installed (Debian's package etcd-server)")
    folder = tmp_path_factory.mktemp("kubernetes")
    port, store, peer = free_port(), free_port(), free_port()
    key = folder / "accounts.key"
    subprocess.run(["openssl", "genrsa", "-out", key, "2048"], check=True, capture_output=True)
    token = secrets.token_hex(32)
    (folder / "tokens.csv").write_text(f"{token},check,check,system:masters\n")
    at = f"http://127.0.0.1:{store}"
    commands = [
        [etcd, "--data-dir", folder / "etcd", "--listen-client-urls", at, "--advertise-client-urls", at]
        + ["--listen-peer-urls", f"http://127.0.0.1:{peer}"],
        [program, "--etcd-servers", at, "--secure-port", port, "--bind-address", "127.0.0.1"]
        + ["--cert-dir", folder / "certs", "--authorization-mode", "AlwaysAllow", "--service-cluster-ip-range"]
        + ["10.0.0.0/24", "--service-account-issuer", "https://swarm", "--service-account-key-file", key]
        + ["--service-account-signing-key-file", key, "--disable-admission-plugins", "ServiceAccount"]
        + ["--token-auth-file", folder / "tokens.csv"],
    ]
    running = []
    try:
        for number, command in enumerate(commands):
            with (folder / f"{number}.log").open("w") as log:
                words = [str(word) for word in command]
                running.append(subprocess.Popen(words, stdout=log, stderr=subprocess.STDOUT))
        made = ApiServer(port, token)
        made.until("the API server was not ready", "/readyz")
        made.until("there was no default namespace", "/api/v1/namespaces/default")
        for definition in custom_resources.definitions():
            definition = {**definition, "apiVersion": "apiextensions.k8s.io/v1"}
            status, said = made.call("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", definition)
            assert status == 201, said
            spec = definition["spec"]
            for version in spec["versions"]:
                plural = spec["names"]["plural"]
                path = f"/apis/{spec['group']}/{version['name']}/namespaces/default/{plural}"
                made.until(f"{plural} were not served", path)
        yield made
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(timeout=30)


@pytest.mark.parametrize(
    "file", [f for f in sorted(MANIFESTS.rglob("*.yaml")) if f.name != "kustomization.yaml"], ids=lambda f: f.stem
)
def test_the_api_server_takes_all_of_it(server, file):
    for document in yaml.safe_load_all(file.read_text()):
        status, said = server.call("POST", server.path(document), document)
        assert status == 201, (document["kind"], document["metadata"]["name"], said)


def test_the_api_server_refuses_a_misspelt_field(server):
    job = next(yaml.safe_load_all((MANIFESTS / "flink" / "flink.yaml").read_text()))
    job["spec"]["serviceAcount"] = "flink"
    status, said = server.call("POST", server.path(job), job)
    assert status == 400
    assert "serviceAcount" in said
