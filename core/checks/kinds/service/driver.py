"""Starts the learner's server in the learner's sandbox, tells how it is, and stops it.

What it says is evidence from the learner's side: the judge works from it what a failure says, and
finds out for itself whether something answers, and whether something still does afterwards.
"""

from __future__ import annotations

import atexit
import builtins
import importlib.machinery
import os
import random
import signal
import subprocess
import sys
import threading
import time
import types
from contextlib import suppress
from pathlib import Path
from typing import Any

LISTEN = "0A"  # of /proc/net/tcp
EVERYWHERE = {"0" * 8, "0" * 32}
TABLES = ("tcp", "tcp6")


class Forked:
    """A Python program in a fork of this process, where that has heavy packages imported already.

    What it finds is what a fresh interpreter has: `python app.py`, without the second that its
    imports would take. mlpath starts this process so (core/run/python/warm.py), and starts it from
    nothing where a file of the learner's would be mistaken for a module that is imported.
    """

    def __init__(self, words: list[str], environment: dict[str, str]) -> None:
        self._code: int | None = None
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                status = _run(words, environment)
            finally:
                os._exit(status)

    def poll(self) -> int | None:
        if self._code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


SERVERS: list[Forked | subprocess.Popen[bytes]] = []


def start(command: list[str], port: int) -> str:
    """The port stands in the command, and in the variable PORT; what cannot be started is told."""
    words = [word.replace("{port}", str(port)) for word in command]
    environment = {**os.environ, "PORT": str(port)}
    if words[1:] and words[1].endswith(".py") and not Path(words[1]).exists():
        return f"there is no {words[1]}"
    if _may_fork(words):
        SERVERS.append(Forked(words, environment))
        return ""
    try:
        SERVERS.append(
            subprocess.Popen(
                words, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
            )
        )
    except OSError as problem:
        return f"{words[0]}: {problem.strerror}"
    return ""


def _may_fork(words: list[str]) -> bool:
    """Whether a fork saves something, and is as good: no thread is lost, the source can be read."""
    if len(words) < 2 or words[0] != sys.executable or not words[1].endswith(".py"):
        return False
    try:
        source = Path(words[1]).read_bytes()
        source.decode()
    except (OSError, UnicodeDecodeError):
        return False
    return b"\0" not in source and "numpy" in sys.modules and threading.active_count() == 1


def _run(words: list[str], environment: dict[str, str]) -> int:
    """The program as `__main__`, and its exit code."""
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.closerange(3, 4096)
    os.environ.update(environment)
    script = str(Path(words[1]).resolve())
    sys.argv, sys.orig_argv = words[1:], list(words)
    ours = str(Path(__file__).parent)
    sys.path[:] = [str(Path(script).parent), *(one for one in sys.path[1:] if one != ours)]
    main = types.ModuleType("__main__")
    main.__file__ = words[1]
    main.__dict__["__builtins__"] = builtins
    main.__loader__ = importlib.machinery.SourceFileLoader("__main__", script)
    sys.modules["__main__"] = main
    del sys.modules[__name__]
    sys.modules["numpy"].random.seed(int.from_bytes(os.urandom(4), "little"))
    random.seed()
    code = 0
    try:
        exec(compile(Path(script).read_bytes(), words[1], "exec", dont_inherit=True), vars(main))
    except SystemExit as end:
        code = _exit_code(end.code)
    except BaseException as problem:
        trace = problem.__traceback__
        sys.excepthook(type(problem), problem, trace and trace.tb_next)
        code = 1
    with suppress(BaseException):
        threading._shutdown()  # type: ignore[attr-defined]
    with suppress(BaseException):
        atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(BaseException):
            stream.flush()
    return code


def _exit_code(said: object) -> int:
    if said is None or isinstance(said, int):
        return (said or 0) & 255
    print(said, file=sys.stderr)
    return 1


def ended() -> int | None:
    """The exit code; None while it runs."""
    return SERVERS[0].poll()


def listening() -> list[dict[str, Any]]:
    """The ports that it listens on, at whatever address, and whether from everywhere."""
    ours = _sockets()
    found = []
    for table in TABLES:
        with suppress(OSError):
            lines = Path("/proc/net", table).read_text(encoding="ascii").splitlines()[1:]
            for words in map(str.split, lines):
                if words[3] == LISTEN and words[9] in ours:
                    address, _, port = words[1].partition(":")
                    found.append({"port": int(port, 16), "everywhere": address in EVERYWHERE})
    return found[:20]


def _sockets() -> set[str]:
    """The sockets of the server and of what it started, but for what left its session."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if os.getsid(int(process.name)) != SERVERS[0].pid:
                continue
            for descriptor in (process / "fd").iterdir():
                with suppress(OSError):
                    name = str(descriptor.readlink())
                    found.add(name.removeprefix("socket:[").rstrip("]"))
    return found


def stop(patience: float) -> bool:
    """Asks it to end, as systemd, Docker and `kill` do. False: it had to be forced."""
    server = SERVERS[0]
    server.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + patience
    while server.poll() is None:
        if time.monotonic() > deadline:
            server.send_signal(signal.SIGKILL)
            return False
        time.sleep(0.005)
    return True
