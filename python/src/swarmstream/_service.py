"""HTTPS with the shell's service. It knows nothing about tasks; `Network` and HPE's `Swci` do."""

from __future__ import annotations

import http.client
import json
import os
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from ._errors import BY_SERVICE_CODE, BadOptionError, NotAllowedError, ServiceError, ServiceUnreachableError

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 90.0  # the chain's blocks, and a WAIT of at most 30 s


@dataclass(frozen=True)
class Identity:
    """Who calls, and whom it trusts: files in PEM.

    Attributes:
        cert: the certificate, then intermediate ones.
        key: its private key; the certificate's file if that has both.
        ca: authorities, a file or a folder of them; None: those of the system.
    """

    cert: str | None
    key: str | None
    ca: str | None

    @classmethod
    def of(
        cls,
        cert: str | os.PathLike[str] | None,
        key: str | os.PathLike[str] | None,
        ca: str | os.PathLike[str] | None,
        folder: str | os.PathLike[str] | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> Identity:
        """Takes what is given, then the folder's files, then those that HPE's variables name."""
        files: dict[str, str] = {}
        if folder is not None:
            found = Path(folder)
            found = found if (found / "cert.pem").exists() else found / "identity"
            if not (found / "cert.pem").exists():
                raise BadOptionError(f"{folder} has no cert.pem and no identity/cert.pem; name a member's folder")
            files = {name: str(found / f"{name}.pem") for name in ("cert", "key", "ca")}
        return cls(
            _path(cert) or files.get("cert") or environment.get("SWARM_ID_CERT") or None,
            _path(key) or files.get("key") or environment.get("SWARM_ID_KEY") or None,
            _path(ca)
            or files.get("ca")
            or environment.get("SWARM_ID_CACERT")
            or environment.get("SWARM_ID_CAPATH")
            or environment.get("SWARM_CA_FILE")
            or None,
        )

    def tls(self) -> ssl.SSLContext:
        """A context that always checks the server: without `ca`, against the authorities of the system."""
        try:
            if self.ca is not None and Path(self.ca).is_dir():
                context = _trusting_folder(Path(self.ca))
            else:
                context = ssl.create_default_context(cafile=self.ca)
        except OSError as error:  # also SSLError: no certificates in it
            raise BadOptionError(
                f"the authorities in {self.ca} cannot be used ({error}); name a PEM file of them, such as a member's ca.pem"
            ) from error
        if self.cert is not None:
            try:
                context.load_cert_chain(self.cert, self.key, password="")  # else an encrypted key asks at the terminal
            except OSError as error:
                raise BadOptionError(
                    f"certificate {self.cert} and key {self.key} cannot be used ({error}); name a member's PEM files"
                ) from error
        return context


class Service:
    """Sends requests to one address. Each has a connection of its own, so that threads can share it."""

    def __init__(self, host: str, port: int, identity: Identity, server_name: str | None = None) -> None:
        self.host = host
        self.port = port
        self.url = f"https://{f'[{host}]' if ':' in host else host}:{port}"
        self._has_certificate = identity.cert is not None
        self._server_name = server_name or host
        self._tls = identity.tls()

    def json(self, method: str, path: str, body: object = None, query: Mapping[str, str] | None = None) -> Any:
        """Sends JSON, or nothing, and returns the answer's JSON; None if it has no body."""
        raw = None if body is None else json.dumps(body).encode()
        return self.send(method, path, raw, "application/json", query)

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        content_type: str = "application/json",
        query: Mapping[str, str] | None = None,
    ) -> Any:
        """Sends a body of any kind and returns the answer's JSON."""
        target = path + ("?" + urlencode(query) if query else "")
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = content_type
        elif method == "POST":
            headers["Content-Length"] = "0"
        connection = _Connection(self.host, self.port, self._tls, self._server_name)
        try:
            connection.request(method, target, body=body, headers=headers)
            answer = connection.getresponse()
            status, text = answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise self._unreachable(error) from error
        finally:
            connection.close()
        if status >= 300:
            raise self._refusal(status, text)
        if not text:
            return None
        try:
            return json.loads(text)
        except ValueError as error:
            raise ServiceError(
                f"{self.url} answered {status} without JSON; check that 'swarm shell --serve' is at this address",
                status=status,
            ) from error

    def _refusal(self, status: int, text: bytes) -> ServiceError:
        try:
            problem = json.loads(text)
            code, detail = str(problem["code"]), str(problem.get("detail") or problem.get("title"))
        except (ValueError, KeyError, TypeError):
            return ServiceError(
                f"{self.url} answered {status} without a reason; check that 'swarm shell --serve' is at this address",
                status=status,
            )
        kind = BY_SERVICE_CODE.get(code, NotAllowedError if status in {401, 403} else ServiceError)
        return kind(detail, code=code, status=status, field=problem.get("field"))

    def _unreachable(self, error: Exception) -> Exception:
        if isinstance(error, ssl.SSLCertVerificationError):
            return BadOptionError(
                f"the service at {self.url} is not trusted ({error.verify_message}); give its authorities, such as a"
                f" member's ca.pem, and an address or server name that is in its certificate (here {self._server_name})"
            )
        if isinstance(error, ssl.SSLError):
            shown = "its certificate" if self._has_certificate else "no certificate"
            return ServiceUnreachableError(
                f"the service at {self.url} ended the connection ({error}); the caller shows {shown}: show one of an"
                " authority that the swarm trusts"
            )
        reason = "no answer in time" if isinstance(error, (socket.timeout, TimeoutError)) else str(error)
        return ServiceUnreachableError(
            f"no answer from the shell's service at {self.url} ({reason}); start it with './swarm shell --serve'"
        )


class _Connection(http.client.HTTPSConnection):
    """Connects within ten seconds, then waits longer; expects the name that it is told."""

    def __init__(self, host: str, port: int, tls: ssl.SSLContext, server_name: str) -> None:
        super().__init__(host, port, timeout=ANSWER_SECONDS, context=tls)
        self._tls = tls
        self._server_name = server_name

    def connect(self) -> None:
        plain = socket.create_connection((self.host, self.port), CONNECT_SECONDS)
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self._server_name)
            self.sock.settimeout(ANSWER_SECONDS)
        except BaseException:
            plain.close()
            raise


def _trusting_folder(folder: Path) -> ssl.SSLContext:
    """OpenSSL takes only files that `c_rehash` has named; a folder of HPE's users may have others."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    found = False
    for file in sorted(each for each in folder.iterdir() if each.is_file()):
        text = file.read_bytes()
        if b"-----BEGIN CERTIFICATE-----" in text:
            context.load_verify_locations(cadata=text.decode("ascii", "ignore"))
            found = True
    if not found:
        raise BadOptionError(f"{folder} has no file with a certificate in PEM; put the authorities there")
    return context


def _path(given: str | os.PathLike[str] | None) -> str | None:
    return None if given is None else os.fspath(given)
