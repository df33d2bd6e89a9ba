"""Ends this process in the middle of what it writes, as a power failure or `kill -9` would.

For whoever runs code of the learner's: `die_at(3)` and then the code. The moments are numbered: a
process gets past so many of its changes to files (a file opened for writing, renamed, removed, …),
then writes no more than some bytes, and is killed by the kernel at the next one, or at the next
change. So 0 and 1 die before the first change, 2 and 3 after it, and so on, and no clock is asked.
What is written by other means than Python (SQLite) is met by the limit of bytes alone.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

BYTES = (0, 200)  # that a file may have once the moment has come: for even moments, and for odd
CHANGES = {
    "os.rename",  # os.replace too
    "os.remove",
    "os.truncate",
    "os.link",
    "os.symlink",
    "shutil.copyfile",
    "shutil.move",
}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Watch:
    """How many changes there were, and which one is the last."""

    left = 0
    most = 0  # bytes that a file may have from then on
    before: tuple[int, int] | None = None  # the limit of bytes that was laid upon us
    armed = False
    installed = False


def die_at(moment: int) -> None:
    """From now on. A process can do so again once `live` was called."""
    Watch.left, Watch.most = moment // len(BYTES), BYTES[moment % len(BYTES)]
    if not Watch.installed:
        sys.addaudithook(_seen)
    Watch.installed = Watch.armed = True
    if Watch.left == 0:
        _close(Watch.most)


def live() -> None:
    """It was over before its moment came."""
    import resource

    Watch.armed = False
    if Watch.before is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, Watch.before)
        Watch.before = None


def _seen(event: str, given: tuple[Any, ...]) -> None:
    if not Watch.armed or not _changes(event, given):
        return
    if Watch.left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    Watch.left -= 1
    if Watch.left == 0:
        _close(Watch.most)


def _changes(event: str, given: tuple[Any, ...]) -> bool:
    if event == "open":
        path, _, flags = given
        if not isinstance(flags, int) or not flags & WRITES:
            return False
        return isinstance(path, int) or not _passes(os.fspath(path))
    return event in CHANGES


def _passes(path: Any) -> bool:
    """No file of the program's: devices, and what Python itself keeps."""
    name = os.fsdecode(path)
    return name.startswith(("/dev/", "/proc/")) or "__pycache__" in name


def _close(most: int) -> None:
    """No file may grow beyond so many bytes: the kernel ends whoever tries."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    Watch.before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, Watch.before[1]))
