"""A program of the learner's that a driver starts: what it prints, how it ends, what it wrote.

All of it is evidence from the learner's side.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

MOST_KEPT = 200_000  # bytes of each stream
MOST_PRINTED = 16 << 20


class Program:
    """Runs in a session of its own, and with no input. More than it may print ends it."""

    def __init__(
        self, words: Sequence[str], surroundings: Mapping[str, str], pass_fds: Sequence[int] = ()
    ) -> None:
        self._process = subprocess.Popen(
            words,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=pass_fds,
            start_new_session=True,
        )
        assert self._process.stdout is not None and self._process.stderr is not None
        self._out = Stream(self._process.stdout, self)
        self._err = Stream(self._process.stderr, self)

    @property
    def flooded(self) -> bool:
        return self._out.flooded or self._err.flooded

    def code(self) -> int | None:
        """None: it still runs."""
        return self._process.poll()

    def wait(self, seconds: float | None = None) -> int | None:
        """Its exit code; None where it still runs after so many seconds."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(seconds)
        return None

    def kill(self) -> None:
        """With all that it started."""
        with suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def printed(self) -> tuple[str, str]:
        """Once it has ended: its two streams, and an end of what it left running."""
        self.kill()
        out, err = self._out.text(), self._err.text()
        # Once more, for mlpath to show where the check fails.
        print(out, end="", flush=True)
        print(err, end="", file=sys.stderr, flush=True)
        return out, err


class Stream:
    """What comes over a pipe, as far as it is kept."""

    def __init__(self, pipe: BinaryIO, program: Program) -> None:
        self.kept = b""
        self.flooded = False
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
                    self.flooded = True
                    self._program.kill()


def why_unreadable(file: Path, most: int) -> str:
    """Why a file that it wrote is not read; empty: it may be, and has no more bytes than `most`."""
    if file.is_symlink() or not file.is_file():
        return "is not there"
    return f"has more than {most >> 20} MiB" if file.stat().st_size > most else ""
