"""Runs the built binary as a stranger would: its own HOME, an empty folder, no settings of ours."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unittest
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BINARY = Path(os.environ.get("MLPATH_BINARY", "build/release/mlpath")).resolve()
NOBODY = 65534
# Runs what follows as a container with Docker's own filter would: without namespaces.
CONTAINER = (sys.executable, str(Path(__file__).resolve().parent / "docker_filter.py"))
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass
class Outcome:
    out: str
    err: str
    code: int

    def json(self) -> Any:
        """The one object on stdout: anything beside it is a fault."""
        return json.loads(self.out)


class CliTest(unittest.TestCase):
    """A scrubbed HOME and an empty working folder for each test."""

    maxDiff = None

    def setUp(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="mlpath-system-"))
        self.addCleanup(self._remove)
        self.home = self.root / "home"
        self.folder = self.root / "work"
        self.home.mkdir()
        self.folder.mkdir()

    def _remove(self) -> None:
        for folder, _, _ in os.walk(self.root):
            Path(folder).chmod(0o755)
        shutil.rmtree(self.root, ignore_errors=True)

    def git(self, *words: str) -> str:
        """Git in the working folder, as somebody; what it printed."""
        settings = ("user.name=a", "user.email=a@b", "init.defaultBranch=main")
        options = [word for setting in settings for word in ("-c", setting)]
        command = ["git", *options, *words]
        done = subprocess.run(command, cwd=self.folder, check=True, capture_output=True, text=True)
        return done.stdout

    def environment(self, extra: dict[str, str | None] | None = None) -> dict[str, str]:
        values: dict[str, str | None] = {
            "HOME": str(self.home),
            "PATH": "/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "TMPDIR": str(self.root),
            **(extra or {}),
        }
        return {name: value for name, value in values.items() if value is not None}

    def run_cli(
        self,
        *words: str,
        env: dict[str, str | None] | None = None,
        cwd: Path | None = None,
        stdin: str = "",
        binary: Path = BINARY,
        inside: Sequence[str] = (),
        seconds: float = 120,
        **options: Any,
    ) -> Outcome:
        """`inside`: what runs the binary in other surroundings, such as `CONTAINER`."""
        done = subprocess.run(
            [*inside, str(binary), *words],
            env=self.environment(env),
            cwd=cwd or self.folder,
            input=stdin.encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
            **options,
        )
        return Outcome(done.stdout.decode(), done.stderr.decode(), done.returncode)

    def run_as_nobody(self, *words: str, **options: Any) -> Outcome:
        """As a user whom permissions bind: root is above them.

        The binary is copied to where that user may read it.
        """
        binary = self.root / "mlpath"
        if not binary.exists():
            shutil.copy(BINARY, binary)
            binary.chmod(0o755)
        self.root.chmod(0o755)
        if os.getuid() != 0:
            return self.run_cli(*words, binary=binary, **options)
        return self.run_cli(
            *words, binary=binary, user=NOBODY, group=NOBODY, extra_groups=[], **options
        )

    def run_pty(
        self,
        *words: str,
        columns: int = 80,
        env: dict[str, str | None] | None = None,
        cwd: Path | None = None,
        interrupt_at: str | None = None,
        once: tuple[str, Callable[[], None]] | None = None,
        pasted: tuple[str, str] | None = None,
        seconds: float = 120,
    ) -> Outcome:
        """With a terminal on all three streams, `columns` wide.

        Ctrl-C is typed when `interrupt_at` was printed; `once` calls its second when its first was,
        and `pasted` types it.
        """
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        process = subprocess.Popen(
            [str(BINARY), *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=self.environment(env),
            cwd=cwd or self.folder,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        printed = b""
        deadline = time.monotonic() + seconds
        while True:
            ready, _, _ = select.select([master], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                process.kill()
                self.fail(f"still running after {seconds} s: {printed.decode(errors='replace')}")
            try:
                piece = os.read(master, 65536)
            except OSError as error:
                if error.errno != errno.EIO:
                    raise
                break
            if not piece:
                break
            printed += piece
            if interrupt_at is not None and interrupt_at.encode() in printed:
                os.write(master, b"\x03")
                interrupt_at = None
            if pasted is not None and pasted[0].encode() in printed:
                os.write(master, pasted[1].encode())
                pasted = None
            if once is not None and once[0].encode() in printed:
                once[1]()
                once = None
        os.close(master)
        code = process.wait(timeout=30)
        return Outcome(printed.decode().replace("\r\n", "\n"), "", code)

    def assert_usage(self, outcome: Outcome, *said: str) -> None:
        """Exit 2, a sentence on stderr, nothing on stdout."""
        self.assertEqual((outcome.code, outcome.out), (2, ""), outcome.err)
        self.assertTrue(outcome.err.startswith("error: "), outcome.err)
        for words in said:
            self.assertIn(words, outcome.err)

    def assert_calm(self, text: str) -> None:
        """No stack trace, no shouting, no emoji, no escape where none belongs."""
        self.assertNotIn("Traceback", text)
        self.assertNotIn("!", text)
        self.assertNotIn("\x1b", text)
        self.assertFalse([c for c in text if ord(c) >= 0x1F000], text)


class ProjectTest(CliTest):
    """A workspace with a project in it that needs nothing but Python."""

    def setUp(self) -> None:
        super().setUp()
        self.assertEqual(self.run_cli("init").code, 0)
        made = self.run_cli("new", "text-analyzer")
        self.assertEqual(made.code, 0, made.err)
        self.project = self.folder / "text-analyzer"


def interrupt_when(
    process: subprocess.Popen[bytes],
    condition: Any,
    number: int = signal.SIGINT,
    seconds: float = 30,
) -> None:
    """Sends the signal once the condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline or process.poll() is not None:
            break
        time.sleep(0.01)
    process.send_signal(number)
