"""Starts the learner's program in this process, and answers from within Tk's own event loop.

    python driver_inside.py HARNESS DESCRIPTOR PROGRAM ARGUMENTS…

Over the socket comes one JSON object a line, {"id": 1, "do": "click", "with": {…}}, and goes
{"id": 1, "ok": true, "value": …} or {"id": 1, "ok": false, "message": …}. A click that opens a
modal window comes back only when that is closed; what is asked meanwhile is answered from inside
of its loop. The program's file runs as it is; of tkinter, only what opens dialogs of the system,
which would wait for a person, and what tells exceptions of callbacks is ours.
"""

from __future__ import annotations

import builtins
import importlib.machinery
import importlib.util
import json
import os
import socket
import sys
import time
import tkinter
import types
from contextlib import suppress
from pathlib import Path
from typing import Any


def part(folder: Path, name: str) -> Any:
    """By its path: the folder that it lies in cannot always be listed."""
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HERE = Path(__file__).resolve().parent
driver_events = part(HERE, "driver_events")
driver_widgets = part(HERE, "driver_widgets")
dying = part(Path(sys.argv[1]), "dying")

QUESTIONS = {
    "ok": ("ok",),
    "okcancel": ("ok", "cancel"),
    "retrycancel": ("retry", "cancel"),
    "yesno": ("yes", "no"),
    "yesnocancel": ("yes", "no", "cancel"),
    "abortretryignore": ("abort", "retry", "ignore"),
}
FILES = ("tk_getOpenFile", "tk_getSaveFile", "tk_chooseDirectory", "tk_chooseColor")
MOST = 50  # problems and dialogs that are told


class Inside:
    """What we know of the program, and what answers for it."""

    def __init__(self, link: socket.socket) -> None:
        self._link = link
        self._buffer = b""
        self._roots: list[tkinter.Tk] = []
        self._said = 0  # dialogs and problems that were told
        self._answers: list[str] = []
        self._in_loop = False
        self._begun = time.monotonic()

    # Into tkinter

    def attach(self, root: tkinter.Tk) -> None:
        if not self._roots:
            root.tk.createfilehandler(self._link, tkinter.READABLE, self.hear)
        self._roots.append(root)
        root.tk.createcommand("tk_messageBox", self._message_box)
        for name in FILES:
            root.tk.createcommand(name, lambda *words, name=name: self._file_dialog(name, words))

    def enter_loop(self) -> None:
        self._in_loop = True

    def tell(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:
        """An exception of a callback, which Tk prints and then goes on."""
        place = {}
        while trace is not None:
            file = trace.tb_frame.f_code.co_filename
            path = os.path.relpath(os.path.realpath(file), os.path.realpath("."))
            if not file.startswith("<") and not path.startswith(".."):
                place = {"file": path, "line": trace.tb_lineno}
            trace = trace.tb_next
        try:
            message = str(error)[:500]
        except Exception:  # an exception of the learner's may fail to tell its message
            message = ""
        self._say("problem", {"type": kind.__name__, "message": message, "place": place})

    def _message_box(self, *words: str) -> str:
        options = dict(zip(map(str, words[::2]), map(str, words[1::2])))
        kind = options.get("-type", "ok")
        offered = QUESTIONS.get(kind, ("ok",))
        wanted = self._answers.pop(0) if self._answers and kind != "ok" else None
        answer = wanted if wanted in offered else offered[-1]
        self._note(kind, options, answer, offered, kind == "ok" or wanted in offered)
        return answer

    def _file_dialog(self, name: str, words: tuple[str, ...]) -> str:
        options = dict(zip(map(str, words[::2]), map(str, words[1::2])))
        expected = bool(self._answers)
        answer = self._answers.pop(0) if expected else ""
        self._note(name, options, answer, (), expected)
        return answer

    def _note(
        self,
        kind: str,
        options: dict[str, str],
        answer: str,
        offered: tuple[str, ...],
        expected: bool,
    ) -> None:
        said = (options.get("-message"), options.get("-detail"))
        self._say(
            "dialog",
            {
                "kind": kind,
                "title": options.get("-title", "")[:500],
                "message": " ".join(part for part in said if part)[:2000],
                "answer": answer,
                "offered": list(offered),
                "expected": expected,
            },
        )

    def _say(self, what: str, told: dict[str, Any]) -> None:
        """At once: the program may end before it is asked."""
        self._said += 1
        if self._said <= MOST:
            with suppress(OSError):
                self._link.sendall(json.dumps({"id": 0, what: told}).encode("ascii") + b"\n")

    # The talk

    def hear(self, *_: object) -> None:
        try:
            block = self._link.recv(1 << 16, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        if not block:
            os._exit(1)  # whoever started us is gone
        self._buffer += block
        while b"\n" in self._buffer:  # a loop within may have taken what was here
            line, _, self._buffer = self._buffer.partition(b"\n")
            self._answer(json.loads(line))

    def _answer(self, request: dict[str, Any]) -> None:
        try:
            value = getattr(self, "do_" + request["do"])(**request["with"])
            told = {"ok": True, "value": value}
        except driver_events.Impossible as problem:
            told = {"ok": False, "message": str(problem)}
        except tkinter.TclError as problem:
            told = {"ok": False, "message": f"Tk refused it: {problem}"[:500]}
        told["id"] = request["id"]
        self._link.sendall(json.dumps(told).encode("ascii") + b"\n")

    def _root(self) -> tkinter.Tk:
        """The one that lives: a program may close a first window and go on with another."""
        for root in reversed(self._roots):
            with suppress(tkinter.TclError):
                if root.tk.call("winfo", "exists", "."):
                    return root
        raise driver_events.Impossible("it has no window any more")

    def _living(self) -> int:
        count = 0
        for root in self._roots:
            with suppress(tkinter.TclError):
                count += bool(root.tk.call("winfo", "exists", "."))
        return count

    # What can be asked

    def do_ready(self) -> bool:
        """Whether its window is on the screen, and its events are served."""
        with suppress(driver_events.Impossible, tkinter.TclError):
            interpreter = self._root().tk
            late = time.monotonic() - self._begun > 1  # a loop of its own around `update`
            return (self._in_loop or late) and driver_widgets.is_shown(interpreter)
        return False

    def do_look(self) -> dict[str, Any]:
        told = {"roots": self._living(), "cpu": time.process_time()}
        with suppress(driver_events.Impossible, tkinter.TclError):
            return {**driver_widgets.facts(self._root().tk), **told}
        return {"widgets": [], **told}

    def do_act(self, act: str, given: dict[str, Any], answers: list[str], moment: int) -> int:
        """How many of the answers nobody asked for."""
        root = self._root()
        self._answers = list(answers)
        if moment >= 0:
            dying.die_at(moment)
        getattr(driver_events, act)(root, **given)
        with suppress(tkinter.TclError):
            root.update()
        if moment >= 0:
            dying.live()
        left, self._answers = len(self._answers), []
        return left


def lay(inside: Inside) -> None:
    """Puts us into tkinter, before a line of the learner's runs."""
    begin, loop, report = (
        tkinter.Tk.__init__,
        tkinter.Misc.mainloop,
        tkinter.Tk.report_callback_exception,
    )

    def init(self: tkinter.Tk, *words: Any, **options: Any) -> None:
        begin(self, *words, **options)
        inside.attach(self)

    def mainloop(self: tkinter.Misc, n: int = 0) -> None:
        inside.enter_loop()
        loop(self, n)

    def told(self: tkinter.Tk, kind: Any, error: Any, trace: Any) -> None:
        inside.tell(kind, error, trace)
        report(self, kind, error, trace)

    tkinter.Tk.__init__ = init  # type: ignore[method-assign]
    tkinter.Misc.mainloop = mainloop  # type: ignore[method-assign]
    tkinter.Tk.mainloop = mainloop  # type: ignore[method-assign]
    tkinter.mainloop = lambda n=0: tkinter._get_default_root("run the main loop").mainloop(n)
    tkinter.Tk.report_callback_exception = told  # type: ignore[method-assign]


def main() -> None:
    link = socket.socket(fileno=int(sys.argv[2]))
    os.set_inheritable(link.fileno(), False)
    lay(Inside(link))
    words, ours = sys.argv[3:], str(HERE)
    script = Path(words[0]).resolve()
    sys.argv = words
    sys.path[:] = [str(script.parent), *(one for one in sys.path[1:] if one != ours)]
    module = types.ModuleType("__main__")
    module.__file__ = words[0]
    module.__dict__["__builtins__"] = builtins
    module.__loader__ = importlib.machinery.SourceFileLoader("__main__", str(script))
    sys.modules["__main__"] = module
    exec(compile(script.read_bytes(), words[0], "exec", dont_inherit=True), vars(module))


if __name__ == "__main__":
    main()
