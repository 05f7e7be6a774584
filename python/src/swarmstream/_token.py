"""What a trainer shows its site node, so that nobody else on the machine trains in the site's name."""

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
    """SWARM_TOKEN, else what is in SWARM_TOKEN_FILE, else what a node of this user has left for those of this machine."""
    if environment.get("SWARM_TOKEN"):
        return _checked(environment["SWARM_TOKEN"], "SWARM_TOKEN")
    named = environment.get("SWARM_TOKEN_FILE")
    if named:
        try:
            return _checked(Path(named).read_text("utf-8-sig"), named)
        except (OSError, UnicodeDecodeError) as error:
            raise BadOptionError(
                f"SWARM_TOKEN_FILE is {named}, which cannot be read ({error}); name the token's file"
            ) from error
    return _known(url)


def _known(url: str) -> str | None:
    """Of this user's own node at a port of this machine; another machine is not told what this one's nodes expect."""
    address = urlsplit(url)
    if not _is_loopback(address.hostname or ""):
        return None
    try:
        file = Path.home() / ".swarmstream" / "nodes" / f"{address.port or 80}.token"
        with file.open(encoding="utf-8") as opened:
            if not _is_mine(os.fstat(opened.fileno())):
                raise BadOptionError(
                    f"{file} is another user's, or open to others; delete it, and start the site node again"
                )
            return _checked(opened.read(), str(file))
    except (OSError, RuntimeError, ValueError):  # not there, not this user's to read, no home, no such port
        return None


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_mine(file: os.stat_result) -> bool:
    if not hasattr(os, "geteuid"):  # Windows keeps others out of a user's folder by itself
        return True
    return file.st_uid == os.geteuid() and not file.st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def _checked(text: str, source: str) -> str:
    token = text.strip()
    if not re.fullmatch(r"[!-~]+", token):
        raise BadOptionError(f"{source} holds no token; copy what is in the file 'token' of the site node's folder")
    return token
