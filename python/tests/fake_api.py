"""The site node's HTTP API, served by a thread of this process: paths, status codes and problem bodies."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from fake_swarm import FakeSiteNode


class Problem(Exception):
    def __init__(self, status: int, code: str, detail: str, **more: object) -> None:
        super().__init__(detail)
        self.status = status
        self.body = {
            "type": "about:blank",
            "title": code,
            "status": status,
            "code": code,
            "detail": detail,
            **more,
        }


class FakeServer(ThreadingHTTPServer):
    """Stops as a killed process does: in the middle of what it was asked."""

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False

    def __init__(self, node: FakeSiteNode, port: int) -> None:
        self.node = node
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), FakeApi)
        if node.tls is not None:
            self.socket = node.tls.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def kill(self) -> None:
        self.shutdown()
        self.server_close()
        for connection in list(self.connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_: object) -> None:
        """A client that has gone, or a connection that was cut: both are meant."""


class FakeApi(BaseHTTPRequestHandler):
    server: FakeServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        super().finish()

    def do_GET(self) -> None:
        self._answer()

    do_PUT = do_POST = do_DELETE = do_GET

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self) -> None:
        self.server.node.authorizations.append(self.headers.get("Authorization"))
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.server.node.requests.append(f"{self.command} {re.sub(r'/v1/sessions/[^/]+', '', url.path)}")
        try:
            status, answer = self._route(url.path, query, body)
        except Problem as problem:
            status, answer = problem.status, problem.body
        raw = answer if isinstance(answer, bytes) else b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _route(self, path: str, query: dict[str, str], body: bytes) -> tuple[int, Any]:
        node, wait = self.server.node, float(query.get("waitSeconds", 0))
        parts = path.split("/")[3:]
        session, rest = parts[0] if parts else "", parts[1:]
        route = f"{self.command} /{'/'.join('N' if part.isdigit() else part for part in rest)}"
        if route == "PUT /":
            return 200, node.put_session(session, json.loads(body))
        if route == "PUT /syncs/N":
            return 202, node.put_sync(session, int(rest[1]), query, body)
        if route == "GET /syncs/N":
            return 200, node.sync_state(session, int(rest[1]), wait)
        if route == "GET /syncs/N/model":
            return 200, node.sync_model(session, int(rest[1]))
        if route == "POST /evaluation":
            node.evaluations.append(json.loads(body))
            return 200, None
        if route == "POST /finish":
            node.finish(session, json.loads(body)["checkIn"])
            return 202, None
        if route == "GET /final":
            return 200, node.final_state(wait)
        if route == "GET /final/model":
            return 200, node.final_model()
        if route == "DELETE /":
            node.sessions.pop(session, None)
            node.left.append(session)
            if node.hangs_when_left:
                time.sleep(60)
            return 204, None
        raise Problem(404, "no-such-path", f"{self.command} {path} is not in the API")
