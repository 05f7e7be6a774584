"""What the Linux kernel says of a process's memory."""

from __future__ import annotations

import re
from pathlib import Path


def resident_bytes(pid: int | str = "self") -> int:
    """In memory now, mapped files among it."""
    return _status(pid, "VmRSS")


def peak_bytes(pid: int | str = "self") -> int:
    """The most that it ever had in memory, or had since `forget_peak`."""
    return _status(pid, "VmHWM")


def forget_peak() -> None:
    """Makes this process's peak begin anew."""
    Path("/proc/self/clear_refs").write_text("5")


def _status(pid: int | str, field: str) -> int:
    status = Path(f"/proc/{pid}/status")
    found = re.search(rf"^{field}:\s+(\d+) kB$", status.read_text(), re.MULTILINE)
    if found is None:
        raise ValueError(f"no {field} in {status}")
    return int(found.group(1)) * 1024
