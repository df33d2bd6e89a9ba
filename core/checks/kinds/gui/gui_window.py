"""The window of the learner's program: what one does to it and sees, and what it may not do."""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn

from gui_opening import refuse_blank, refuse_many_windows, refuse_second_root
from gui_seen import (
    INPUTS,
    LISTS,
    Dialog,
    Widget,
    as_list,
    as_number,
    dialogs_of,
    either,
    ending,
    last_words,
    plain,
    raised,
    short,
    why_ended,
    widget_of,
)
from mlpath_check import Failure

if TYPE_CHECKING:
    from mlpath_gui import Screen

FEW_COLORS = 2


class Window:
    """The program while it runs. Every method is what a person does, or sees, at its windows."""

    def __init__(self, screen: Screen, command: str) -> None:
        self.check = screen.check
        self.command = command
        self.running = True
        self.widgets: list[Widget] = []
        self.dialogs: list[Dialog] = []  # all that came up, in their order
        self.focus = ""  # the name of the widget that keys go to
        self.cpu = 0.0  # seconds of the processor that the program had used when we last looked
        self._screen = screen
        self._roots = 1
        self._done = "it was opened"
        self._may_end = False

    # What one sees

    @property
    def title(self) -> str:
        """Of its first window, as its bar has it."""
        self.look()
        return next((one.title for one in self.widgets if one.path == "."), "")

    def find(self, what: str) -> Widget:
        """The widget with this name, or with this text on it; a Failure where there is none."""
        self.look()
        found = self._found(what)
        if found is None:
            self._refuse_missing(what)
        return found

    def has(self, what: str) -> bool:
        self.look()
        return self._found(what) is not None

    def value(self, what: str) -> str:
        """What is written in an entry or a text, or the text of a label."""
        widget = self.find(what)
        if widget.kind in ("Label", "TLabel", "Button", "TButton"):
            return widget.text
        return widget.value

    def rows(self, what: str) -> list[str]:
        """The rows of a list, from the top."""
        widget = self.find(what)
        self.check.that(
            widget.kind in LISTS,
            f"`{what}` is no list, it is a {widget.kind}",
            expected="a `tk.Listbox` or a `ttk.Treeview`",
        )
        return widget.rows

    def chosen(self, what: str) -> list[str]:
        widget = self.find(what)
        return [widget.rows[row] for row in widget.chosen if row < len(widget.rows)]

    def until(self, holds: Callable[[], bool], within: float = 3) -> bool:
        """Whether it comes to hold, for what the program does a moment later."""
        deadline = time.monotonic() + within
        while not holds():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)
        return True

    # What one does

    def click(self, what: str, *, answer: str | list[str] = (), dies_at: int = -1) -> None:
        """`answer`: to the dialogs that it brings up: "yes", "no", "cancel", a file's path.

        `dies_at`: the program is killed at this moment of what it writes (`screen.moments`).
        """
        entry = self._menu_entry(what)
        if entry is not None:
            menu, index = entry
            given = {"path": menu, "index": index}
            self._act("pick", given, f"`{what}` was picked from its menu", answer, dies_at)
            return
        widget = self.find(what)
        self._act("click", {"path": widget.path}, f"`{what}` was clicked", answer, dies_at)

    def type(self, what: str, text: str) -> None:
        """Clicks into it and types, at the end of what is there."""
        widget = self.find(what)
        self._act("click", {"path": widget.path}, f"`{what}` was clicked", (), -1)
        given = {"path": widget.path, "text": text}
        self._act("type_text", given, f"{short(text)} was typed into `{what}`", (), -1)

    def fill(self, what: str, text: str) -> None:
        """Deletes what is there, and types."""
        widget = self.find(what)
        self._act("click", {"path": widget.path}, f"`{what}` was clicked", (), -1)
        self._act("empty", {"path": widget.path}, f"`{what}` was emptied", (), -1)
        if text:
            given = {"path": widget.path, "text": text}
            self._act("type_text", given, f"{short(text)} was typed into `{what}`", (), -1)

    def press(self, keys: str, *, answer: str | list[str] = (), dies_at: int = -1) -> None:
        """Keys as Tk writes them, such as <Control-s>, to what has the focus."""
        self._act("press", {"keys": keys}, f"`{keys}` was pressed", answer, dies_at)

    def choose(self, what: str, row: str | int, *, answer: str | list[str] = ()) -> None:
        """Clicks a row of a list: by its place, or the first that has this text in it."""
        rows = self.rows(what)
        place = (
            row if isinstance(row, int) else next((n for n, r in enumerate(rows) if row in r), -1)
        )
        if not 0 <= place < len(rows):
            wanted = f"with {short(row)}" if isinstance(row, str) else f"{row}"
            self.check.fail(
                f"The list `{what}` has no row {wanted}",
                got=rows[:50],
            )
        given = {"path": self.find(what).path, "row": place}
        said = f"the row {short(rows[place])} of `{what}` was clicked"
        self._act("choose", given, said, answer, -1)

    def close(self, *, answer: str | list[str] = (), within: float = 5) -> bool:
        """Closes it as the window manager does; False: it stays open."""
        self._may_end = True
        try:
            self._act("close", {"path": "."}, "its window was closed", answer, -1, looks=False)
            if self.running:
                self._settle_end(within)
        finally:
            self._may_end = False
        return not self.running

    def kill(self) -> None:
        """As a power failure would."""
        self._stop()

    def picture(self, name: str, alt: str) -> None:
        """Keeps what the screen shows of it for the report."""
        self.look()
        root = next((one for one in self.widgets if one.path == "."), None)
        if root is None:
            return
        try:
            png = base64.b64decode(str(self._screen.drawn("picture", root)), validate=True)
        except (binascii.Error, ValueError):
            return
        self.check.picture(name, png, alt)

    # Looking

    def look(self) -> None:
        """What is there now; a Failure where an exception or a question has come up since."""
        told = self._ask("look", {})
        if self._goes_on(told):
            self._take_answer(told)

    def refuse_odd(self) -> None:
        """What no script has to look at: two roots, a hundred windows, one without content."""
        root = next((one for one in self.widgets if one.path == "."), None)
        if root is None:
            self._refuse_unreadable()
        refuse_second_root(self._roots)
        refuse_many_windows(self.widgets)
        if not self.until(lambda: as_number(self._screen.drawn("colors", root)) >= FEW_COLORS):
            refuse_blank(root, self._screen.size)

    # Inside

    def _act(
        self,
        act: str,
        given: dict[str, Any],
        done: str,
        answer: Any,
        moment: int,
        looks: bool = True,
    ) -> None:
        answers = [answer] if isinstance(answer, str) else list(answer)
        self._done = done
        arguments = {"act": act, "given": given, "answers": answers, "moment": moment}
        if moment >= 0:
            self._may_end = True
        told = self._ask("act", arguments)
        goes_on = self._goes_on(told)
        if moment >= 0:
            self._may_end = False
        if not goes_on:
            return
        found = told.get("answer")
        if isinstance(found, dict) and found.get("ok") is not True:
            self._refuse_act(given, str(found.get("message", "")))
        if looks:
            self.look()
        if self.running and answers and isinstance(found, dict) and found.get("value"):
            self.check.fail(
                f"After {done} no question came up",
                expected=f"a dialog that is answered with {answers[0]!r}",
            )

    def _ask(self, do: str, given: dict[str, Any]) -> dict[str, Any]:
        patience = self._screen.patience
        return self._screen.ask("ask", patience, do=do, given=given, wait=patience)

    def _goes_on(self, told: dict[str, Any]) -> bool:
        """False: the program has ended, and may."""
        state = told.get("state")
        self._hear(told)
        if state in ("done", "modal"):
            return True
        if state == "ended":
            self.running = False
            if self._may_end and told.get("screen") is not False:
                code = told.get("code")
                if isinstance(code, int) and code <= 0:  # well, or killed
                    return False
            self._refuse_end(told)
        self._stop()
        raise Failure(
            f"After {self._done} the window did not answer for {self._screen.patience:g} s",
            expected="a window that goes on serving its events",
            because="A callback does not come back: `time.sleep`, a loop that waits, or far too"
            " much work keeps `mainloop` from its turn. `after(milliseconds, function)` waits"
            " without that.",
            lasting=False,
        )

    def _settle_end(self, within: float) -> None:
        """Whether it stays open, on purpose, or ends."""
        told = self._screen.ask("ended", within, wait=0.3)
        if told.get("state") == "running" and self._still_there():
            return
        if told.get("state") == "running":
            told = self._screen.ask("ended", within, wait=within)
        if told.get("state") == "ended":
            self._goes_on(told)
            return
        self.kill()
        self.check.fail(
            f"The window was closed, and the program still ran {within:g} s later",
            because="A thread of it goes on, or something behind `mainloop` waits.",
        )

    def _still_there(self) -> bool:
        told = self._ask("look", {})
        if told.get("state") == "frozen":  # nothing serves events any more
            return False
        if self._goes_on(told):
            self._take_answer(told)
        return self.running and bool(self.widgets)

    def _take_answer(self, told: dict[str, Any]) -> None:
        answer = told.get("answer")
        value = answer.get("value") if isinstance(answer, dict) else None
        if not isinstance(value, dict):
            self._refuse_unreadable()
        self.widgets = [
            widget
            for one in as_list(value.get("widgets"))
            if (widget := widget_of(one)) is not None
        ]
        focus = str(value.get("focus", ""))
        self.focus = next((one.name for one in self.widgets if one.path == focus), "")
        self._roots = int(as_number(value.get("roots")))
        self.cpu = as_number(value.get("cpu"))

    def _hear(self, told: dict[str, Any]) -> None:
        """What came up meanwhile: a Failure for an exception, or a question that was not asked."""
        events = told.get("events")
        new = dialogs_of(events)
        self.dialogs.extend(new)
        for event in as_list(events):
            if isinstance(event, dict) and isinstance(event.get("problem"), dict):
                self._refuse_problem(event["problem"])
        for dialog in new:
            if not dialog.expected:
                self._refuse_question(dialog)

    def _found(self, what: str) -> Widget | None:
        seen = [one for one in self.widgets if one.shown]
        for fits in (Widget.is_called, Widget.says):
            for one in reversed(seen):  # a window that came later lies in front
                if fits(one, what):
                    return one
        return None

    def _menu_entry(self, what: str) -> tuple[str, int] | None:
        self.look()
        if self._found(what) is not None:
            return None
        for widget in self.widgets:
            for one in widget.entries:
                if plain(one["label"]) == plain(what) and not one["leads_to"]:
                    self.check.that(one["state"] != "disabled", f"`{what}` in the menu is disabled")
                    return widget.path, int(one["index"])
        return None

    def _stop(self) -> None:
        if self.running:
            self._screen.ask("stop", 10)
        self.running = False

    def _refuse_missing(self, what: str) -> NoReturn:
        known = [
            one.described for one in self.widgets if one.shown and (one.text or one.kind in INPUTS)
        ]
        hidden = next((one for one in self.widgets if one.is_called(what) or one.says(what)), None)
        raise Failure(
            f"The window has no widget `{what}`"
            if hidden is None
            else f"The widget `{what}` is not on the screen",
            expected=f'a widget that is made with `name="{what}"`, or has this text on it',
            actual=", ".join(known[:30]) or "a window without widgets",
            because="It is made and never placed: `pack`, `grid` or `place` puts it there."
            if hidden is not None and hidden.width <= 1
            else "",
        )

    def _refuse_act(self, given: dict[str, Any], message: str) -> NoReturn:
        path = given.get("path")
        widget = next((one for one in self.widgets if one.path == path), None)
        named = widget.described if widget is not None else "It"
        raise Failure(f"Before {self._done}, the check stopped: {named} {message}")

    def _refuse_problem(self, problem: dict[str, Any]) -> NoReturn:
        self._stop()
        kind, message = str(problem.get("type", "an exception")), str(problem.get("message", ""))
        place = problem.get("place")
        place = place if isinstance(place, dict) else {}
        file, line = place.get("file"), place.get("line")
        known = isinstance(file, str) and isinstance(line, int) and 0 < line < 100_000_000
        at = f" at {file}, line {line}" if known else ""
        said = f"{kind}: {message}" if message else kind
        raise Failure(
            f"After {self._done} a callback raised {said[:300]}{at}",
            expected="no exception: Tk prints it and goes on, and the work is not done",
            raised=said,
            place={"file": file, "line": line} if known else {},
        )

    def _refuse_question(self, dialog: Dialog) -> NoReturn:
        self._stop()
        offers = f", which offers {either(dialog.offered)}" if dialog.offered else ""
        raise Failure(
            f"After {self._done} a dialog came up that nobody expected there:"
            f" {dialog.shown}{offers}",
            because="It waits, and so does all else, until somebody answers it.",
        )

    def _refuse_end(self, told: dict[str, Any]) -> NoReturn:
        if told.get("screen") is False:
            raise Failure(
                f"After {self._done} the program ended the screen that shows its window",
                because="It ends a process that it has not started.",
            )
        raise Failure(
            f"After {self._done} the program {ending(told)}",
            expected="a window that stays until it is closed",
            actual=last_words(told),
            because=why_ended(told),
            raised=raised(told),
        )

    def _refuse_unreadable(self) -> NoReturn:
        raise Failure(
            "What the window answered cannot be read",
            because="The program writes to, or closes, a file descriptor that it did not open.",
        )
