"""Looks for processes that a test has left behind."""

from __future__ import annotations

import os
import time
from pathlib import Path


def processes_below(root: Path) -> list[str]:
    """The processes that work below `root` or name it in their command line or environment."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            words = (entry / "cmdline").read_bytes()
            place = str((entry / "cwd").readlink())
            environment = (entry / "environ").read_bytes()
        except OSError:  # it ended meanwhile, or is a zombie, or of another user
            continue
        if place.startswith(str(root)) or str(root).encode() in words + environment:
            found.append(f"{entry.name}: {words.replace(bytes(1), b' ').decode(errors='replace')}")
    return found


def left_below(root: Path, seconds: float = 10) -> list[str]:
    """The same, after some time to end in: a signal takes a moment to arrive."""
    deadline = time.monotonic() + seconds
    while (found := processes_below(root)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found
