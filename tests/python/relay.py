"""Plays the host (mlpath) between judge and caller, so that the harness can be tested alone.

python3 relay.py SCRIPT FUNCTION TEMPLATE_ROOT FOLDER     prints the verdict
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HARNESS = Path(__file__).resolve().parents[2] / "core/checks/python"
PYTHON = "/usr/bin/python3"

# The child meets its pipes as 3 (it reads) and 4 (it writes), as the C++ host arranges it.
BOOT = (
    "import os, sys; from fcntl import F_DUPFD, fcntl; "
    "a, b = (fcntl(int(n), F_DUPFD, 10) for n in sys.argv[1:3]); "
    "os.dup2(a, 3); os.dup2(b, 4); os.closerange(5, 64); os.execv(sys.argv[3], sys.argv[3:])"
)
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}


class Talk:
    """A child process and the lines that pass between us."""

    def __init__(self, argv: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
        child_reads, self._write = os.pipe()
        self._read, child_writes = os.pipe()
        self._printed = tempfile.TemporaryFile()  # noqa: SIM115 (lives as long as the child)
        self._process = subprocess.Popen(
            [PYTHON, "-I", "-S", "-c", BOOT, str(child_reads), str(child_writes), *argv],
            pass_fds=(child_reads, child_writes),
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,  # stays open: a caller that reads it would wait forever
            stdout=self._printed,
            stderr=subprocess.STDOUT,
        )
        os.close(child_reads)
        os.close(child_writes)
        self._buffer = b""
        self._ending = ""
        self.printed = ""

    def send(self, line: bytes) -> None:
        view = memoryview(line)
        while view:
            view = view[os.write(self._write, view) :]

    def receive(self, seconds: float) -> bytes | None:
        """The next line; None where the child ended. TimeoutError when none comes in time."""
        end = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._read, selectors.EVENT_READ)
            while b"\n" not in self._buffer:
                if not selector.select(max(0.0, end - time.monotonic())):
                    raise TimeoutError
                part = os.read(self._read, 1 << 20)
                if not part:
                    return None
                self._buffer += part
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line + b"\n"

    def finish(self) -> str:
        """Ends the child and says how it ended; what it printed is in `printed` from then on."""
        if self._ending:
            return self._ending
        os.close(self._write)
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        os.close(self._read)
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._printed.seek(0)
        self.printed = self._printed.read().decode("utf-8", "replace")
        self._printed.close()
        self._ending = f"killed by signal {-code}" if code < 0 else f"exit code {code}"
        return self._ending

    def kill(self) -> None:
        self._process.kill()


class Host:
    """One run of a check: a judge, and a caller in the learner's folder."""

    def __init__(self, folder: Path, python: str = PYTHON, seconds: float = 20.0) -> None:
        self.folder = folder
        self.printed = ""  # by the learner's code
        self._python = python
        self._seconds = seconds
        self._caller: Talk | None = None

    def judge(self, script: Path, function: str, root: Path) -> dict[str, Any]:
        argv = [PYTHON, "-I", str(HARNESS / "judge.py"), str(script), function, str(root)]
        judge = Talk(argv, root, ENVIRONMENT)
        try:
            while True:
                line = judge.receive(60)
                if line is None:
                    raise RuntimeError(
                        f"the judge gave no verdict: {judge.finish()} {judge.printed}"
                    )
                request = json.loads(line)
                if request["do"] == "verdict":
                    return request
                judge.send(self.answer(line, request))
        finally:
            judge.finish()
            self._end_caller()

    def ask(self, request: dict[str, Any]) -> str:
        return self.answer(json.dumps(request).encode() + b"\n", request).decode()

    def answer(self, line: bytes, request: dict[str, Any]) -> bytes:
        if request["do"] == "lay":
            (self.folder / request["path"]).write_text(request["text"], encoding="utf-8")
            return b'{"ok":true}\n'
        if self._caller is None:
            environment = {**ENVIRONMENT, "PYTHONDONTWRITEBYTECODE": "1"}
            argv = [self._python, str(HARNESS / "caller.py")]
            self._caller = Talk(argv, self.folder, environment)
        try:
            self._caller.send(line)
            answer = self._caller.receive(self._seconds)
        except TimeoutError:
            self._end_caller(kill=True)
            return self._instead("timeout", "", during="call", seconds=self._seconds)
        except BrokenPipeError:
            answer = None
        if answer is None:
            return self._instead("crashed", self._end_caller())
        return answer

    def close(self) -> None:
        self._end_caller()

    def _instead(self, problem: str, message: str, **more: Any) -> bytes:
        told = {"ok": False, "problem": problem, "message": message}
        return json.dumps({**told, **more}).encode() + b"\n"

    def _end_caller(self, kill: bool = False) -> str:
        if self._caller is None:
            return ""
        if kill:
            self._caller.kill()
        ending = self._caller.finish()
        self.printed += self._caller.printed
        self._caller = None
        return ending


if __name__ == "__main__":
    script, function, root, folder = sys.argv[2:6]
    print(json.dumps(Host(Path(folder)).judge(Path(script), function, Path(root)), indent=2))
