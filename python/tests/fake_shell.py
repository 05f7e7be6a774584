"""The shell's service, served by a thread of this process over real TLS: commands, uploads, resources."""

from __future__ import annotations

import json
import re
import shlex
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TASKRUNNER = "defaulttaskbb.taskdb.sml.hpe"
NODES = [
    "NodeType, HostIP, Port, ContainerName, UUID, ParentUUID, I-am-alive",
    "SENTINEL, 127.0.0.1, 30304, org-a, u-1, , 2026-01-01T00:00:00Z",
    "SWOP, 127.0.0.1, , host-1, u-2, u-1, 2026-01-01T00:00:00Z",
    "SL, 127.0.0.1, 30305, host-1-0, u-3, u-1, 2026-01-01T00:00:00Z",
]


class Authority:
    """Certificates of one authority, in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self.ca = folder / "ca.pem"
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
        openssl("req", "-x509", *key, "-keyout", folder / "ca-key.pem", "-out", self.ca, "-subj", "/CN=authority")

    def member(self, name: str, address: str = "127.0.0.1") -> Path:
        """A folder as a member's: `identity/` with key.pem, cert.pem and ca.pem."""
        member = self.folder / name / "identity"
        member.mkdir(parents=True)
        key, request = member / "key.pem", member / "request.pem"
        new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        openssl("req", *new, "-keyout", key, "-out", request, "-subj", f"/CN={name}")
        (member / "names").write_text(f"subjectAltName=IP:{address}\n")
        by = ["-CA", self.ca, "-CAkey", self.folder / "ca-key.pem", "-CAcreateserial", "-days", "1"]
        openssl("x509", "-req", "-in", request, *by, "-out", member / "cert.pem", "-extfile", member / "names")
        (member / "ca.pem").write_bytes(self.ca.read_bytes())
        return member.parent


def openssl(*arguments: object) -> None:
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


class FakeShell:
    """A swarm with tasks; each look at a running taskrunner takes it one state further."""

    def __init__(self, server: Path, ca: Path) -> None:
        self.commands: list[str] = []
        self.uploads: dict[str, bytes] = {}
        self.tasks: dict[str, dict[str, Any]] = {}
        self.states: list[str] = []
        self.state = "IDLE"
        self.task: str | None = None
        self.run = 0
        self.enrolled = 1
        self.required = 1
        self.allowed = True
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(server / "identity/cert.pem", server / "identity/key.pem")
        tls.load_verify_locations(ca)
        tls.verify_mode = ssl.CERT_REQUIRED
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.shell = self  # type: ignore[attr-defined]
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self._server.server_address[1]

    def __enter__(self) -> FakeShell:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    # -- what the shell does

    def exec(self, line: str) -> list[str]:
        self.commands.append(line)
        words = shlex.split(line)
        command = " ".join(words[:2]).upper()
        if command == "LIST NODES":
            return NODES
        if command == "CREATE TASK" and words[3] not in self.uploads:
            return [f"ERROR there is no file {words[3]}"]
        if command == "CREATE TASK":
            name = self.define(self.uploads[words[3]])
            return ["Task definition is valid", f"Task Registered : {name}", "Appending Task Body"]
        if command == "FINALIZE TASK":
            return [] if words[2] in self.tasks else [f"ERROR there is no task {words[2]}"]
        if command == "ASSIGN TASK":
            return self.assign(words[2])
        if command == "RESET TASKRUNNER":
            self.state, self.task = "IDLE", None
            return []
        if line.upper().startswith("GET TASKRUNNER STATUS"):
            self.look()
            counts = [
                f"ENROLLED PEERS : {self.enrolled}",
                "ACTIVE PEERS : 1",
                "COMPLETED PEERS : 0",
                "FAILED PEERS : 0",
            ]
            return [f"TASK NAME : {self.task or 'Empty'}", f"TASK_STATE : {self.state}", *counts]
        if line.upper().startswith("GET TASKRUNNER PEER STATUS"):
            return ["SWOP UID : host-1", "SL UID : host-1-0", "  STATUS : ERROR", "  DESCRIPTION : exit code 1"]
        return [f"{line} : done"]

    def define(self, text: bytes) -> str:
        found = re.search(rb"Name *: *(\S+)", text)
        assert found
        name = found[1].decode()
        self.tasks[name] = {"name": name, "type": "RUN_SWARM", "author": "me", "finalised": False, "bodyLines": 3}
        return name

    def assign(self, task: str) -> list[str]:
        if self.state == "RUNNING":
            return ["ERROR the taskrunner has a task already"]
        self.state, self.task, self.run = "RUNNING", task, self.run + 1
        return ["Assigned"]

    def look(self) -> None:
        if self.state == "RUNNING" and self.states:
            self.state = self.states.pop(0)

    def taskrunner(self) -> dict[str, Any]:
        run = {"run": self.run, "task": self.task, "required": self.required, "peerType": "SL"} if self.task else {}
        return {"name": TASKRUNNER, "state": self.state, "enrolled": self.enrolled, "newer": "than this client", **run}

    def agents(self) -> list[dict[str, Any]]:
        said = {"COMPLETE": "done", "ERROR": "exit code 1"}.get(self.state, "Enroll Successful")
        peer = {"index": 0, "uid": "host-1-0", "state": self.state, "description": said, "at": "now"}
        return [{"uid": "host-1", "account": "0x0", "sites": 2, "attempt": 1, "peers": [peer] if self.enrolled else []}]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        shell: FakeShell = self.server.shell  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, answer = (403, problem("not-allowed")) if not shell.allowed else self.answer(shell, body)
        raw = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    do_POST = do_DELETE = do_GET

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, shell: FakeShell, body: bytes) -> tuple[int, Any]:
        url = urlsplit(self.path)
        route, _, rest = f"{self.command} {url.path}".partition("/v1/")
        if url.path == "/exec":
            return 200, {"CONTENT": shell.exec(parse_qs(url.query)["cmd"][0])}
        if url.path == "/uploadTaskDef":
            assert "boundary=" in self.headers["Content-Type"]
            name = re.search(rb'name="file"; filename="([^"]+)"', body)
            assert name
            shell.uploads[name[1].decode()] = body.split(b"\r\n\r\n", 1)[1].rsplit(b"\r\n--", 1)[0]
            return 200, {"CONTENT": [f"Uploaded : {name[1].decode()}"]}
        kind, *parts = [unquote(part) for part in rest.split("/")]
        return self.resource(shell, route.strip(), kind, parts, body)

    def resource(self, shell: FakeShell, method: str, kind: str, parts: list[str], body: bytes) -> tuple[int, Any]:
        if kind == "nodes":
            return 200, [{"type": "SN", "member": "org-a", "address": "https://h:1", "alive": True}]
        if kind == "contracts" and parts[1:] == ["performance"]:
            site = {"site": "host-1-0", "account": "0x0", "training": True, "weight": 1, "loss": 0.5, "epochs": 2.0}
            return 200, {"contract": parts[0], "sites": [site]}
        if kind == "contracts" and parts[:1] == ["unknown"]:
            return 404, problem("not-found")
        if kind == "contracts":
            name = parts[0] if parts else json.loads(body)["name"] if body else "digits"
            one: dict[str, Any] = {
                "name": name,
                "contract": name,
                "generation": 1,
                "status": "draft",
                "sites": [],
                "minPeers": 2,
            }
            return 200, one if parts or body else [one]
        if kind == "tasks":
            return self.task(shell, method, parts, body)
        if parts[1:] == ["agents"]:
            return 200, shell.agents()
        if parts[1:] == ["assignments"] and method == "POST":
            shell.commands.append(body.decode())
            if shell.assign(json.loads(body)["task"])[0].startswith("ERROR"):
                return 409, problem("refused")
        elif parts[1:] == ["assignments"]:
            shell.exec("RESET TASKRUNNER x")
        elif parts and method == "GET":
            shell.look()
        return 200, shell.taskrunner() if parts or body else [shell.taskrunner()]

    def task(self, shell: FakeShell, method: str, parts: list[str], body: bytes) -> tuple[int, Any]:
        if not parts and method == "POST":
            return 200, shell.tasks[shell.define(body)]
        if not parts:
            return 200, list(shell.tasks.values())
        if parts[0] not in shell.tasks:
            return 404, problem("not-found")
        if method == "DELETE":
            del shell.tasks[parts[0]]
            return 200, None
        if parts[1:] == ["body"]:
            return 200, {"lines": ["Command : train.py"]}
        if parts[1:] == ["finalise"]:
            shell.tasks[parts[0]]["finalised"] = True
        return 200, shell.tasks[parts[0]]


def problem(code: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": code, "code": code, "detail": f"it says {code}"}
