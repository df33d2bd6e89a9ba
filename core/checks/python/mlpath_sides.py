"""What a judge hears of elsewhere: a run of the learner's program, a driver beside it.

Nothing here decides. What a driver or a server says is evidence from the learner's side: plain
values, of bounded size, within a bounded time.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mlpath_failures import Failure, ScriptError

Granted = Callable[..., dict[str, Any]]  # what the host answers to a request
LONG_PATH = 90  # bytes: the name of a Unix socket has to be short


class Run:
    """A run of the learner's program; it ended well, unless it is a trial."""

    def __init__(self, granted: Granted, number: int, printed: str) -> None:
        self._granted = granted
        self.number = number
        self.printed = printed  # the first and last lines

    def artifact(self, path: str) -> Path:
        """A copy of what the run wrote there, to read with the standard library alone."""
        return Path(self._granted(do="artifact", run=self.number, path=path)["path"])

    def read(self, reader: str, path: str, seconds: float = 30, given: Any = None) -> Any:
        """The facts that `reader`, a script beside the judge's, finds in what the run wrote.

        `given`: what JSON can hold, for the reader to know beside the file.
        """
        request = {"reader": reader, "run": self.number, "path": path, "seconds": seconds}
        return self._granted(do="read", **request, **beside(given))["facts"]


def beside(given: Any) -> dict[str, Any]:
    """The part of a request that hands the reader something beside the file."""
    return {} if given is None else {"given": given}


class Trial(Run):
    """A run with files of ours, which may have ended in any way."""

    def __init__(self, granted: Granted, told: dict[str, Any]) -> None:
        super().__init__(granted, told["run"], told["printed"])
        # "exited"; "late": stopped when its time was over; "stopped": by a signal or a limit.
        self.ending: str = told["ending"]
        self.exit_code: int = told["exit"]
        self.seconds: float = told["seconds"]
        self.told: str = told["told"]  # the end of a sentence: "ended with exit code 1 after 0.4 s"
        self.cause: str = told["cause"]  # the likely one of what it raised; empty: not known


def value_of(told: dict[str, Any]) -> Any:
    """What a driver's function returned; a Failure where it raised."""
    if told.get("value_ok") is True:
        return told.get("value")
    said = told.get("type"), told.get("message")
    shown = ": ".join(part for part in said if isinstance(part, str) and part)
    raise Failure(
        f"What runs your program for this check broke off: {shown or 'it gave no answer'}",
        because="The program changes the interpreter that it runs in, or ends it.",
    )


class Driver:
    """A script beside the judge's that runs with the learner's code, in its sandbox.

    `port`: of the loopback that the learner's programs have, for a server to listen on.
    `command`: by which the step that it was given is started.
    """

    def __init__(
        self,
        granted: Granted,
        name: str,
        seconds: float,
        loopback: bool,
        step: str = "",
        ports: int = 0,
    ) -> None:
        asked = {"loopback": loopback, "step": step, "ports": ports}
        told = granted(do="drive", driver=name, seconds=seconds, **asked)
        self._granted = granted
        self._name = name
        self._folder = Path(told["door"]) if loopback else None
        self._door: socket.socket | None = None
        self.port: int = told.get("port", 0)
        self.command: list[str] = told.get("run", [])

    def ask(self, function: str, /, *, within: float = 30, **arguments: Any) -> Any:
        """What the driver's function returns; a Failure where it does not."""
        request = {"function": function, "arguments": arguments}
        return value_of(self._granted(do="ask", seconds=within, **request))

    def connect(self, port: int | None = None, *, within: float = 10) -> socket.socket:
        """A connection to what listens at the driver's port or `port`; a Failure: nothing does."""
        wanted = self.port if port is None else port
        deadline = time.monotonic() + within
        while (connection := self._try_to_connect(wanted)) is None:
            if time.monotonic() >= deadline:
                raise Failure(
                    f"Nothing listens on port {wanted} after {within:g} s",
                    because="The server has ended, or listens on a port of its own choosing.",
                )
            time.sleep(0.02)
        return connection

    def listen(self) -> socket.socket:
        """A socket that listens at the driver's `port`, for us to serve what the learner's asks.

        To be had before the driver starts anything of the learner's, which might listen there.
        """
        door = self._opened()
        self._granted(do="listen")
        return _handed(door)

    def leave(self, *writes: str) -> Run:
        """Ends it, with all that it started. `writes`: the files that are then artifacts."""
        told = self._granted(do="leave", writes=list(writes))
        printed = told.get("printed")
        return Run(self._granted, told["run"], printed if isinstance(printed, str) else "")

    def _try_to_connect(self, port: int) -> socket.socket | None:
        door = self._opened()
        if self._granted(do="connect", port=port).get("connected") is not True:
            return None
        return _handed(door)

    def _opened(self) -> socket.socket:
        if self._folder is None:
            raise ScriptError(f"{self._name} was started without a loopback")
        if self._door is None:
            self._door = _knock(self._folder)
        return self._door


def _handed(door: socket.socket) -> socket.socket:
    _, descriptors, _, _ = socket.recv_fds(door, 1, 1)
    return socket.socket(fileno=descriptors[0])


def _knock(folder: Path) -> socket.socket:
    """The host's Unix socket, over which connections are handed."""
    door = socket.socket(socket.AF_UNIX)
    name = str(folder / "door")
    if len(os.fsencode(name)) < LONG_PATH:
        door.connect(name)
        return door
    inside = os.open(folder, os.O_RDONLY)
    try:
        door.connect(f"/proc/self/fd/{inside}/door")
    finally:
        os.close(inside)
    return door
