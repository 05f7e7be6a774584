"""A process's memory as the Linux kernel reports it, in bytes."""

from __future__ import annotations

import re
from pathlib import Path


def resident_bytes(pid: int | str = "self") -> int:
    """The bytes resident now, including mapped files."""
    return _status(pid, "VmRSS")


def peak_bytes(pid: int | str = "self") -> int:
    """The most bytes ever resident, or resident since `forget_peak`."""
    return _status(pid, "VmHWM")


def forget_peak() -> None:
    """Resets this process's peak."""
    Path("/proc/self/clear_refs").write_text("5")


def _status(pid: int | str, field: str) -> int:
    status = Path(f"/proc/{pid}/status")
    found = re.search(rf"^{field}:\s+(\d+) kB$", status.read_text(), re.MULTILINE)
    if found is None:
        raise ValueError(f"no {field} in {status}")
    return int(found.group(1)) * 1024
