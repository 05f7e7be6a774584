"""Whom a trainer takes for its site node when the node is on another machine."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping

from ._errors import BadOptionError


def site_tls(url: str, environment: Mapping[str, str] = os.environ) -> ssl.SSLContext | None:
    """For https://: trusts the authorities in SWARM_CA_FILE alone, else those of the system. Names are checked."""
    if not url.startswith("https://"):
        return None
    named = environment.get("SWARM_CA_FILE")
    try:
        return ssl.create_default_context(cafile=named or None)
    except OSError as error:  # also SSLError: no certificates in it
        raise BadOptionError(
            f"SWARM_CA_FILE is {named}, which cannot be used ({error}); name the file ca.pem of the site node's identity"
        ) from error
