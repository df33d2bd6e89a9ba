"""What a check script of the kind `gui` works with.

    def adds(check: Check, screen: Screen) -> None:
        window = screen.open()
        window.click("New")
        window.fill("title", "Shopping")
        window.click("Save")
        check.equal(window.rows("notes"), ["Shopping"], "The list `notes`")

A widget is named by the name that it has in Tk (`tk.Entry(frame, name="title")`), or by the text on
it. What a window says is what the learner's process says: a claim, of bounded size. That something
is really drawn is seen on the screen, and what outlives a kill is asked of another process.
"""

from __future__ import annotations

import time
from typing import Any, NoReturn

from gui_seen import Dialog, Widget, dialogs_of, ending, last_words, raised, why_ended
from gui_window import Window
from mlpath_check import Check, Failure, ScriptError

__all__ = ["Dialog", "Screen", "Widget", "Window"]

DRIVER = "driver.py"
WIDTH, HEIGHT = 1024, 768
STARTS = 20.0  # seconds that the screen may take
MOST_TEXT = 8 << 20  # bytes of a file that the program wrote
TK = "sudo apt install python3-tk"


class Screen:
    """A screen of its own for the learner's program, and the folder that it runs in."""

    size = (WIDTH, HEIGHT)

    def __init__(self, check: Check) -> None:
        fields = check.fields
        self.check = check
        self.program: str = fields["path"]
        self.patience: float = fields["answers_within"]
        self._opens: float = fields["opens_within"]
        self._deadline = time.monotonic() + fields["seconds"]
        self._seconds: float = fields["seconds"]
        self._driver = check.drive(DRIVER, seconds=self._seconds + STARTS + 30, ports=1)
        problem = self._driver.ask(
            "screen",
            width=WIDTH,
            height=HEIGHT,
            patience=STARTS,
            within=STARTS + 10,
        )
        if isinstance(problem, str) and problem.startswith("no Tk"):
            raise ScriptError(f"this Python has no tkinter: `{TK}` installs that of the system's")
        if problem != "":
            raise ScriptError(f"the virtual screen did not start: {str(problem)[:300]}")
        self._window: Window | None = None

    def open(self, *arguments: str) -> Window:
        """Starts the program in the folder as it is now, and waits for its window.

        One at a time: what still runs is to be closed or killed first.
        """
        if self._window is not None and self._window.running:
            raise ScriptError("a window is open already")
        command = " ".join(["python3", self.program, *arguments])
        self._driver.ask("start", program=self.program, arguments=list(arguments))
        told = self._told("opened", self._opens, wait=self._opens)
        state = told.get("state")
        if state == "ended":
            self._refuse_end(command, told)
        if state != "open":
            self._driver.ask("stop")
            self._refuse_silence(command, frozen=state == "frozen")
        self._window = Window(self, command)
        self._window.look()
        self._window.refuse_odd()
        return self._window

    def refused(self, *arguments: str) -> list[Dialog]:
        """Starts a program that is to end by itself; the dialogs that it showed before."""
        command = " ".join(["python3", self.program, *arguments])
        self._driver.ask("start", program=self.program, arguments=list(arguments))
        told = self._told("opened", self._opens, wait=self._opens)
        dialogs = dialogs_of(told.get("events"))
        if told.get("state") == "ended":
            code = told.get("code")
            if (
                isinstance(code, int)
                and code >= 0
                and "Traceback (most" not in str(told.get("err"))
            ):
                return dialogs
            raise Failure(
                f"`{command}` {ending(told)}",
                expected="a message to the user, and an end without an exception",
                actual=last_words(told),
                because=why_ended(told),
                raised=raised(told),
            )
        self._driver.ask("stop")
        said = [dialog.shown for dialog in dialogs]
        raise Failure(
            f"`{command}` went on, and was to end",
            actual=f"after the message {said[0]} a window" if said else "a window, and no message",
            expected="a message, and the end of the program",
        )

    def end(self) -> None:
        """The last look at a window that is still open, and the end of everything."""
        if self._window is not None and self._window.running:
            self._window.look()
            self._window.kill()
        self._driver.leave()

    # Its folder

    def files(self) -> list[str]:
        found = self._driver.ask("files")
        return [str(path) for path in found] if isinstance(found, list) else []

    def text(self, path: str, because: str = "") -> str:
        """What the program has written there; a Failure where there is nothing."""
        found = self.text_or_none(path)
        if found is None:
            self.check.fail(f"`{path}` is not there", got=self.files(), because=because)
        return found

    def text_or_none(self, path: str) -> str | None:
        told = self._driver.ask("text", path=path, most=MOST_TEXT)
        found = told.get("text") if isinstance(told, dict) else None
        return found if isinstance(found, str) else None

    def put(self, path: str, text: str) -> None:
        self._driver.ask("put", path=path, text=text)

    def remove(self, path: str) -> None:
        self._driver.ask("remove", path=path)

    # Inside

    def ask(self, function: str, within: float, /, **arguments: Any) -> dict[str, Any]:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise Failure(
                f"What came before took all of the {self._seconds:g} s that this check has",
                because="Far more work for a click or a key than the task needs.",
                lasting=False,
            )
        return self._told(function, within, **arguments)

    def drawn(self, what: str, widget: Widget) -> Any:
        """`colors` or `picture` of the part of the screen where the widget is."""
        place = {"x": widget.x, "y": widget.y, "width": widget.width, "height": widget.height}
        return self._driver.ask(what, within=20, **place)

    def _told(self, function: str, within: float, /, **arguments: Any) -> dict[str, Any]:
        told = self._driver.ask(function, within=within + 15, **arguments)
        return told if isinstance(told, dict) else {}

    def _refuse_end(self, command: str, told: dict[str, Any]) -> NoReturn:
        code = told.get("code")
        if told.get("screen") is False:
            raise Failure(
                f"`{command}` ended the screen that it was to show its window on",
                because="It ends a process that it has not started.",
            )
        if code == 0:
            raise Failure(
                f"`{command}` came to its end and showed no window",
                expected="a window that stays until it is closed",
                because="`root.mainloop()` is missing at the end, or nothing calls the function"
                " that makes the window.",
            )
        raise Failure(
            f"`{command}` {ending(told)} before it showed a window",
            expected="a window that stays until it is closed",
            actual=last_words(told),
            because=why_ended(told),
            raised=raised(told),
        )

    def _refuse_silence(self, command: str, frozen: bool) -> NoReturn:
        raise Failure(
            f"`{command}` showed no window within {self._opens:g} s, and was stopped",
            expected="a window",
            because="Something before `mainloop` never ends, or waits for input: while it runs,"
            " Tk can draw nothing."
            if frozen
            else "The window is hidden (`withdraw`), or has no size.",
            lasting=False,
        )
