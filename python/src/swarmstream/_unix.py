"""A site node on a Unix domain socket of this machine, which containers reach without a network."""

from __future__ import annotations

import socket
from typing import Any
from urllib.parse import unquote, urlsplit

from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import NewConnectionError

from ._errors import BadOptionError

SCHEME = "unix://"


def socket_file(url: str) -> str:
    """The file of an address such as `unix:///run/site.sock`."""
    address = urlsplit(url)
    file = unquote(address.path)
    if address.netloc or not file.startswith("/") or address.query or address.fragment:
        raise BadOptionError(f"the site node's address is {url!r}; a socket's is like unix:///run/site.sock")
    if not hasattr(socket, "AF_UNIX"):
        raise BadOptionError(f"the site node's address is {url!r}; Python has no such sockets on this system")
    return file


class _SocketConnection(HTTPConnection):
    def __init__(self, *args: Any, file: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._file = file

    def connect(self) -> None:
        connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connected.settimeout(self.timeout)
            connected.connect(self._file)
        except OSError as error:
            connected.close()
            raise NewConnectionError(self, f"{self._file}: {error.strerror or error}") from error
        self.sock = connected


class SocketPool(HTTPConnectionPool):
    """Connections to the socket at `url`; requests name paths alone."""

    ConnectionCls = _SocketConnection

    def __init__(self, url: str) -> None:
        super().__init__("localhost", maxsize=2, retries=False, file=socket_file(url))
