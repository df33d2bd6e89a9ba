"""`mlpath watch` while it runs: on a terminal of its own, or with its lines in a file."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable
from pathlib import Path

from mlpath_cli import BINARY

PATIENCE = 120.0  # a verdict on a busy machine; nothing is slower for it where all is well
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FRAME = re.compile(rb"\x1b\[H(.*?)\x1b\[J", re.DOTALL)
FLAGS = 3  # of termios attributes, the local ones


class Terminal:
    """A terminal with a program on it, and what stands on its screen."""

    def __init__(
        self,
        words: list[str],
        folder: Path,
        env: dict[str, str],
        rows: int = 40,
        columns: int = 100,
    ) -> None:
        self.master, self.slave = pty.openpty()
        self.resize(rows, columns)
        self.before = termios.tcgetattr(self.slave)
        self.printed = b""
        self.process = subprocess.Popen(
            words,
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            env=env,
            cwd=folder,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    def resize(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def text(self) -> str:
        """All that was printed, without colors."""
        return COLOUR.sub("", self.printed.decode(errors="replace").replace("\r", ""))

    def screen(self) -> str:
        """The last whole drawing."""
        frames = FRAME.findall(self.printed)
        frame = frames[-1] if frames else b""
        return COLOUR.sub("", frame.decode().replace("\x1b[K", "").replace("\r", ""))

    def attributes(self) -> list[object]:
        return termios.tcgetattr(self.slave)

    def _read(self, seconds: float) -> None:
        ready, _, _ = select.select([self.master], [], [], seconds)
        if not ready:
            return
        try:
            self.printed += os.read(self.master, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise

    def until(self, holds: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline:
                raise AssertionError(f"never came: {what}\n{self.screen() or self.text()[-4000:]}")
            self._read(0.05)

    def until_screen(self, *said: str) -> str:
        self.until(lambda: all(words in self.screen() for words in said), str(said))
        return self.screen()

    def until_text(self, *said: str) -> str:
        self.until(lambda: all(words in self.text() for words in said), str(said))
        return self.text()

    def until_fits(self, rows: int, columns: int) -> None:
        """Until a drawing for this window has come: as high as it is, and less wide."""

        def fits() -> bool:
            drawn = self.screen().split("\n")
            return len(drawn) == rows and max(map(len, drawn)) < columns

        self.until(fits, f"a drawing in {rows} rows of {columns} columns")

    def end(self) -> int:
        """The exit code, once the program has ended by itself."""
        self.until(lambda: self.process.poll() is not None, "the end")
        self._read(0)
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)


class Lines:
    """`mlpath watch` with no terminal: its lines are in two files."""

    def __init__(self, words: list[str], folder: Path, env: dict[str, str], logs: Path) -> None:
        self.out_file = logs / "watch.out"
        self.err_file = logs / "watch.err"
        with self.out_file.open("wb") as out, self.err_file.open("wb") as err:
            self.process = subprocess.Popen(
                [str(BINARY), "watch", *words],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=env,
                cwd=folder,
            )

    def out(self) -> str:
        return self.out_file.read_text()

    def err(self) -> str:
        return self.err_file.read_text()

    def until(self, holds: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > deadline or self.process.poll() is not None:
                if holds():
                    return
                raise AssertionError(f"never came: {what}\n{self.out()}{self.err()}")
            time.sleep(0.01)

    def until_out(self, *said: str) -> str:
        self.until(lambda: all(words in self.out() for words in said), str(said))
        return self.out()

    def runs(self) -> int:
        """How many runs have begun."""
        return len(re.findall(r"^\d\d:\d\d:\d\d checking", self.out(), re.MULTILINE))

    def verdicts(self) -> int:
        return len(
            re.findall(
                r"^\d+ of \d+ milestones done|^All \d+ milestones pass$", self.out(), re.MULTILINE
            )
        )

    def until_verdicts(self, count: int) -> str:
        self.until(lambda: self.verdicts() >= count, f"verdict {count}")
        return self.out()

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
