"""Runs the learner's program in its sandbox, on a clock that runs faster, and tells its output.

All of it is evidence from the learner's side: what was asked, and when, the site itself has seen.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

HURRY = Path(sys.argv[0]).resolve().parent / "hurry.so"
MOST_KEPT = 200_000  # bytes of each stream
MOST_PRINTED = 16 << 20


class Stream:
    """What comes over a pipe, as far as it is kept. More than it may print ends the program."""

    def __init__(self, pipe: BinaryIO, program: subprocess.Popen[bytes]) -> None:
        self.kept = b""
        self._pipe = pipe
        self._program = program
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def text(self) -> str:
        """Once the program has ended. What it left running may hold the pipe on."""
        self._thread.join(1)
        return self.kept.decode("utf-8", "replace")

    def _read(self) -> None:
        printed = 0
        with suppress(OSError, ValueError):
            while block := os.read(self._pipe.fileno(), 1 << 16):
                printed += len(block)
                self.kept += block[: max(0, MOST_KEPT - len(self.kept))]
                if printed > MOST_PRINTED:
                    kill(self._program)


class Running:
    program: subprocess.Popen[bytes]
    out: Stream
    err: Stream


NOW = Running()


def can_hurry() -> bool:
    """Whether the clock of what we start can be made to run faster."""
    try:
        ctypes.CDLL(str(HURRY))
    except OSError:
        return False
    return True


def start(program: str, arguments: list[str], variables: dict[str, str], factor: int) -> None:
    surroundings = {**os.environ, **variables}
    if factor > 1:
        surroundings["LD_PRELOAD"] = str(HURRY)
        surroundings["MLPATH_HURRY"] = f"{factor} {time.monotonic_ns()}"
    NOW.program = subprocess.Popen(
        [sys.executable, program, *arguments],
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert NOW.program.stdout is not None and NOW.program.stderr is not None
    NOW.out = Stream(NOW.program.stdout, NOW.program)
    NOW.err = Stream(NOW.program.stderr, NOW.program)


def ended(wait: float) -> dict[str, Any] | None:
    """Exit code and output; None where it still runs after so many seconds."""
    try:
        code = NOW.program.wait(wait)
    except subprocess.TimeoutExpired:
        return None
    return told(code)


def stop() -> dict[str, Any]:
    kill(NOW.program)
    NOW.program.wait()
    return told(None)


def told(code: int | None) -> dict[str, Any]:
    kill(NOW.program)  # with all that it started
    out, err = NOW.out.text(), NOW.err.text()
    # Once more, for mlpath to show where the check fails.
    print(out, end="", flush=True)
    print(err, end="", file=sys.stderr, flush=True)
    return {"code": code, "out": out, "err": err}


def kill(program: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        os.killpg(program.pid, signal.SIGKILL)


def text(path: str, most: int) -> dict[str, str]:
    file = Path(path)
    if file.is_symlink() or not file.is_file():
        return {"problem": "is not there"}
    if file.stat().st_size > most:
        return {"problem": f"has more than {most >> 20} MiB"}
    try:
        return {"text": file.read_text(encoding="utf-8")}
    except ValueError:
        return {"problem": "is not UTF-8 text"}
