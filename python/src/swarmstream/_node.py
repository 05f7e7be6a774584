"""A client of the site node's HTTP API, with a method for each request. It knows nothing about training."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, BinaryIO, Dict
from urllib.parse import quote, urlencode

import urllib3
from urllib3.exceptions import HTTPError, ReadTimeoutError

from ._deadline import Deadline
from ._errors import BY_CODE, BadOptionError, SiteNodeError, SiteNodeUnreachableError, TemporaryFileError
from ._tls import site_tls
from ._token import site_token
from ._unix import SCHEME, SocketPool

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 30.0
OPEN_SECONDS = 180.0  # a busy node's first session: it connects to Kafka, and the job reads the chain
LEAVE_SECONDS = 3.0
PIECE_BYTES = 1 << 20
AWAY = {502, 503, 504}

Json = Dict[str, Any]


class SiteNode:
    """Sends requests to the site node at `url`. Raises `SiteNodeUnreachableError` if nothing answers; callers retry."""

    def __init__(self, url: str) -> None:
        self.url = url
        # Ignores the environment's proxies: a site node is on this machine or close to it.
        self._pool: urllib3.PoolManager | SocketPool
        if url.startswith(SCHEME):
            self._pool, self._base = SocketPool(url), ""
        else:
            self._pool, self._base = urllib3.PoolManager(retries=False, maxsize=2, ssl_context=site_tls(url)), url

    def open_session(self, session: str, terms: Json, deadline: Deadline) -> Json:
        """PUT the session, for the first time or after a restart of the node."""
        seconds = min(OPEN_SECONDS, max(1.0, deadline.left_seconds()))
        return self._json("PUT", _path(session), json_body=terms, answer_seconds=seconds)

    def send_weights(
        self,
        session: str,
        sync: int,
        query: Json,
        pieces: Iterable[bytes],
        byte_count: int,
        deadline: Deadline,
    ) -> Json:
        """PUT the trainer's weights. The node answers once they are in Kafka, which may take until the deadline."""
        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(byte_count)}
        return self._json(
            "PUT",
            _path(session, "syncs", sync),
            query=query,
            body=pieces,
            headers=headers,
            answer_seconds=max(ANSWER_SECONDS, deadline.left_seconds()),
        )

    def sync_state(self, session: str, sync: int, wait_seconds: float) -> Json:
        """GET what the sync waits for, or its result. The node answers as soon as the round is merged."""
        return self._long_poll(_path(session, "syncs", sync), wait_seconds)

    def final_state(self, session: str, wait_seconds: float) -> Json:
        """GET whether the training is over. The node answers as soon as it is."""
        return self._long_poll(_path(session, "final"), wait_seconds)

    def merged_model(self, session: str, sync: int) -> BinaryIO:
        """GET the merged model of a sync, as a temporary file that disappears when it is closed."""
        return self._download(_path(session, "syncs", sync, "model"))

    def final_model(self, session: str) -> BinaryIO:
        """GET the training's final model, as a temporary file that disappears when it is closed."""
        return self._download(_path(session, "final", "model"))

    def report_evaluation(self, session: str, evaluation: Json) -> None:
        """POST how good the merged model is on this site's data."""
        self._json("POST", _path(session, "evaluation"), json_body=evaluation)

    def finish(self, session: str, check_in: str, deadline_seconds: float) -> None:
        """POST that the trainer has finished; no round of the other sites may take longer than `deadline_seconds`."""
        body = {"checkIn": check_in, "deadlineSeconds": max(1, int(deadline_seconds))}
        self._json("POST", _path(session, "finish"), json_body=body)

    def leave(self, session: str) -> None:
        """DELETE the session, so that no site waits for it. A node that does not answer is ignored."""
        with suppress(SiteNodeError, SiteNodeUnreachableError):
            self._json("DELETE", _path(session), answer_seconds=LEAVE_SECONDS)

    def status(self) -> Json:
        """GET the status of the node and its sessions."""
        return self._json("GET", "/status")

    def _long_poll(self, path: str, wait_seconds: float) -> Json:
        seconds = max(1, int(wait_seconds))
        return self._json("GET", path, query={"waitSeconds": seconds}, answer_seconds=seconds + ANSWER_SECONDS)

    def _download(self, path: str) -> BinaryIO:
        """Downloads to a file, which saves memory, and completely, so that a trainer never loads half of a model."""
        response = self._send("GET", path, answer_seconds=ANSWER_SECONDS)
        file: BinaryIO | None = None
        try:
            file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
            for piece in response.stream(PIECE_BYTES):
                file.write(piece)
            file.seek(0)
        except BaseException as error:
            response.close()
            if file is not None:
                with suppress(OSError):  # the disk is still full
                    file.close()
            if isinstance(error, HTTPError):
                raise self._unreachable(error) from error
            if isinstance(error, OSError):
                raise _no_room(error) from error
            raise
        response.release_conn()
        return file

    def _json(self, method: str, path: str, *, json_body: Json | None = None, **request: Any) -> Json:
        if json_body is not None:
            request["body"] = json.dumps(json_body).encode()
            request["headers"] = {"Content-Type": "application/json"}
        response = self._send(method, path, **request)
        try:
            return _object(response.data, response.status, self.url)
        except HTTPError as error:
            raise self._unreachable(error) from error

    def _send(
        self,
        method: str,
        path: str,
        *,
        query: Json | None = None,
        body: bytes | Iterable[bytes] | None = None,
        headers: dict[str, str] | None = None,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> urllib3.BaseHTTPResponse:
        url = self._base + path + ("?" + urlencode(query) if query else "")
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=answer_seconds)
        token = site_token(self.url)  # read each time: a restarted node may have another token
        try:
            response = self._pool.request(
                method,
                url,
                body=body,
                headers={**(headers or {}), **({"Authorization": f"Bearer {token}"} if token else {})},
                timeout=timeout,
                preload_content=False,
                redirect=False,
            )
            if response.status >= 300:
                raise self._refusal(response)
        except (HTTPError, OSError) as error:
            raise self._unreachable(error) from error
        return response

    def _refusal(self, response: urllib3.BaseHTTPResponse) -> Exception:
        text = response.data
        if response.status in AWAY and b"code" not in text:
            return self._unreachable(f"status {response.status}")
        try:
            problem = json.loads(text)
            code = str(problem["code"])
        except (ValueError, KeyError, TypeError):
            return SiteNodeError(
                f"{self.url} answered {response.status} without a reason; check that a site node is at this address",
                status=response.status,
            )
        return BY_CODE.get(code, SiteNodeError)(
            str(problem.get("detail") or problem.get("title") or code),
            code=code,
            status=response.status,
            field=problem.get("field"),
            expected=problem.get("expected"),
            actual=problem.get("actual"),
        )

    def _unreachable(self, error: object) -> Exception:
        if isinstance(error, ReadTimeoutError):  # the node took the connection, so it runs
            return SiteNodeUnreachableError(
                f"the site node at {self.url} runs but did not answer in time ({error}), because it is busy or waits for the"
                " swarm; its status page says what it waits for"
            )
        reason = re.sub(
            r"^(<[^>]*>|\w+\([^)]*\)): ", "", str(error)
        )  # urllib3 names its object first, with its address
        if "CERTIFICATE_VERIFY_FAILED" in reason:
            return BadOptionError(
                f"the site node at {self.url} is not trusted ({reason}); name its ca.pem in SWARM_CA_FILE, and an address in"
                " its certificate in SWARM_SITE_URL"
            )
        return SiteNodeUnreachableError(
            f"no answer from the site node at {self.url} ({reason}); start it with './swarm site', or set SWARM_SITE_URL"
        )


def _no_room(error: OSError) -> TemporaryFileError:
    folder = tempfile.tempdir or "any of TMPDIR, /tmp, /var/tmp and the working folder"
    return TemporaryFileError(
        f"the merged model cannot be written to {folder} ({error.strerror or error}); free space there, or name another"
        " folder in TMPDIR"
    )


def _path(session: str, *rest: str | int) -> str:
    return "/v1/sessions/" + "/".join(quote(str(part), safe="") for part in (session, *rest))


def _object(text: bytes, status: int, url: str) -> Json:
    if not text:
        return {}
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise SiteNodeError(
            f"{url} answered {status} without a JSON object; check that a site node is at this address", status=status
        )
    return answer
