"""The token that a trainer presents to its site node, so that no other user of the machine trains in the site's name."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from ._errors import BadOptionError


def site_token(url: str, environment: Mapping[str, str] = os.environ) -> str | None:
    """SWARM_TOKEN, else the content of SWARM_TOKEN_FILE, else the token that a node of this user and machine has left."""
    token = _given(environment)
    if token is None:
        return _known(url)
    address = urlsplit(url)
    if address.scheme == "http" and not _is_loopback(address.hostname or ""):
        raise BadOptionError(
            f"the site node's address is {url}: the token would cross the network in the clear; use https://, and start the"
            " node with --identity"
        )
    return token


def _given(environment: Mapping[str, str]) -> str | None:
    if environment.get("SWARM_TOKEN"):
        return _checked(environment["SWARM_TOKEN"], "SWARM_TOKEN")
    named = environment.get("SWARM_TOKEN_FILE")
    if named:
        try:
            return _checked(Path(named).read_text("utf-8-sig"), named)
        except (OSError, UnicodeDecodeError) as error:
            raise BadOptionError(
                f"SWARM_TOKEN_FILE is {named}, which cannot be read ({error}); name the file 'token' of the site node's folder"
            ) from error
    return None


def _known(url: str) -> str | None:
    """The token of this user's node at a port of this machine; it is never sent to another machine."""
    address = urlsplit(url)
    if not _is_loopback(address.hostname or ""):
        return None
    try:
        file = Path.home() / ".swarmstream" / "nodes" / f"{address.port or 80}.token"
        with file.open(encoding="utf-8") as opened:
            if not _is_mine(os.fstat(opened.fileno())):
                raise BadOptionError(
                    f"{file} belongs to another user, or other users may read or change it; delete it and restart the site node"
                )
            return _checked(opened.read(), str(file))
    except (OSError, RuntimeError, ValueError):  # no file, no permission, no home folder, or no such port
        return None


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_mine(file: os.stat_result) -> bool:
    if not hasattr(os, "geteuid"):  # Windows protects a user's folder by itself
        return True
    return file.st_uid == os.geteuid() and not file.st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _checked(text: str, source: str) -> str:
    token = text.strip()
    if not re.fullmatch(r"[!-~]+", token):
        raise BadOptionError(f"{source} holds no token; copy the content of the file 'token' in the site node's folder")
    return token
