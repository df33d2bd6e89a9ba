"""Runs the learner's program on a virtual screen in its sandbox, and passes on what is asked of it.

Everything here is the learner's side: what a window shows is what its own process says, and what is
really drawn is what the screen has. Neither decides.
"""

from __future__ import annotations

import json
import os
import select
import socket
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from driver_program import Program, why_unreadable
from driver_screen import Screen

HARNESS = str(Path(sys.argv[0]).resolve().parent)
HERE = Path(__file__).resolve().parent
INSIDE = str(HERE / "driver_inside.py")
PORTS: list[int] = []  # the first is the screen's
MOST_LINE = 12 << 20  # bytes of an answer of the window's
PROBE = 0.25  # seconds after which a window that is silent is asked whether it is there


class Talk:
    """Requests to the process of the window, and its answers, which may come in another order."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._buffer = b""
        self._answers: dict[int, dict[str, Any]] = {}
        self._events: list[dict[str, Any]] = []
        self._last = 0

    def send(self, do: str, given: dict[str, Any]) -> int:
        self._last += 1
        line = json.dumps({"id": self._last, "do": do, "with": given}).encode("ascii") + b"\n"
        self._link.settimeout(10)
        with suppress(OSError):
            self._link.sendall(line)
        return self._last

    def answer(self, number: int, wait: float) -> dict[str, Any] | None:
        """None: none came within the time, or the process has ended."""
        deadline = time.monotonic() + wait
        while number not in self._answers:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._link], [], [], left)[0]:
                return None
            try:
                block = self._link.recv(1 << 18)
            except OSError:
                return None
            if not block:
                return None
            self._take(block)
        return self._answers.pop(number)

    def events(self) -> list[dict[str, Any]]:
        """The dialogs and exceptions that were told since the last time."""
        with suppress(OSError, ValueError):
            while select.select([self._link], [], [], 0)[0] and (block := self._link.recv(1 << 18)):
                self._take(block)
        found, self._events = self._events, []
        return found

    def _take(self, block: bytes) -> None:
        *lines, self._buffer = (self._buffer + block).split(b"\n")
        if len(self._buffer) > MOST_LINE:
            raise ValueError("the window answered far too much")
        for line in lines:
            with suppress(ValueError, RecursionError):
                told = json.loads(line)
                if not isinstance(told, dict):
                    continue
                if told.get("id") == 0:
                    self._events = [*self._events, told][:100]
                elif isinstance(told.get("id"), int):
                    self._answers[told["id"]] = told


class Running:
    screen: Screen | None = None
    program: Program
    talk: Talk


NOW = Running()


def screen(width: int, height: int, patience: float) -> str:
    """Why there is no screen, or no Tk; "" where both are there."""
    try:
        import tkinter

        del tkinter
    except ImportError as problem:
        return f"no Tk: {problem}"
    NOW.screen = Screen(width, height, PORTS[0], patience)
    return str(NOW.screen.problem)


def start(program: str, arguments: list[str]) -> None:
    ours, theirs = socket.socketpair()
    surroundings = {
        **os.environ,
        "DISPLAY": NOW.screen.display,
        "XAUTHORITY": str(NOW.screen.cookies),
    }
    words = [sys.executable, INSIDE, HARNESS, str(theirs.fileno()), program, *arguments]
    NOW.program = Program(words, surroundings, pass_fds=[theirs.fileno()])
    theirs.close()
    NOW.talk = Talk(ours)


def opened(wait: float) -> dict[str, Any]:
    """Waits for its window: {"state": "open" | "ended" | "none" | "frozen", …}."""
    deadline = time.monotonic() + wait
    silent = True
    while (left := deadline - time.monotonic()) > 0:
        found = NOW.talk.answer(NOW.talk.send("ready", {}), min(left, 0.5))
        if found is not None:
            silent = False
            if found.get("value") is True:
                return {"state": "open"}
        if NOW.program.code() is not None:
            return told("ended")
        time.sleep(0.02)
    return {"state": "frozen" if silent else "none"}


def ask(do: str, given: dict[str, Any], wait: float) -> dict[str, Any]:
    """What the window says: {"state": "done" | "modal" | "ended" | "frozen", …}.

    Modal: it is still at it, and yet answers, so another window of it waits to be closed.
    """
    found = await_answer(do, given, wait)
    return found if found["state"] == "ended" else {**found, "events": NOW.talk.events()}


def await_answer(do: str, given: dict[str, Any], wait: float) -> dict[str, Any]:
    begun = time.monotonic()
    number = NOW.talk.send(do, given)
    while (left := begun + wait - time.monotonic()) > 0:
        found = NOW.talk.answer(number, min(left, PROBE))
        there = False
        if found is None and do != "look":
            there = NOW.talk.answer(NOW.talk.send("ready", {}), PROBE) is not None
            if there:  # from a loop within, which may be about to end
                found = NOW.talk.answer(number, PROBE)
        if found is not None:
            return {"state": "done", "answer": found}
        if NOW.program.code() is not None:
            return told("ended")
        if there:
            return {"state": "modal"}
    return {"state": "frozen"}


def ended(wait: float) -> dict[str, Any]:
    """{"state": "ended", …} or {"state": "running"}."""
    return {"state": "running"} if NOW.program.wait(wait) is None else told("ended")


def stop() -> dict[str, Any]:
    """Kills it, as a power failure would."""
    NOW.program.kill()
    return told("ended")


def told(state: str) -> dict[str, Any]:
    code = NOW.program.wait()
    out, err = NOW.program.printed()
    alive = NOW.screen is not None and NOW.screen.alive
    return {
        "state": state,
        "code": code,
        "out": out,
        "err": err,
        "screen": alive,
        "flooded": NOW.program.flooded,
        "events": NOW.talk.events(),
    }


def colors(x: int, y: int, width: int, height: int) -> int:
    return int(NOW.screen.colors(x, y, width, height))


def picture(x: int, y: int, width: int, height: int) -> str:
    return str(NOW.screen.picture(x, y, width, height))


def files() -> list[str]:
    """What lies in the program's folder, in order."""
    found = (path for path in Path().rglob("*") if "__pycache__" not in path.parts)
    return sorted(str(path) for path in found if path.is_file())[:1000]


def text(path: str, most: int) -> dict[str, str]:
    file = Path(path)
    if problem := why_unreadable(file, most):
        return {"problem": problem}
    return {"text": file.read_bytes().decode("utf-8", "backslashreplace")}


def put(path: str, text: str) -> None:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")


def remove(path: str) -> None:
    with suppress(FileNotFoundError):
        Path(path).unlink()
