"""What the windows of a Tk program show, as plain values: asked of Tk itself, in Tcl's words.

No method of a learner's class is called: a subclass may say of itself what it likes.
"""

from __future__ import annotations

import tkinter
from collections.abc import Iterator
from typing import Any

MOST_WIDGETS = 2000
MOST_ROWS = 20_000
MOST_ROW = 1000  # characters
MOST_TEXT = 1_000_000
VALUED = {"Entry", "TEntry", "TCombobox", "Spinbox", "TSpinbox", "Scale", "TScale"}
SWITCHES = {"Checkbutton", "TCheckbutton", "Radiobutton", "TRadiobutton"}


class Tcl:
    """Words to Tcl; "" where it has no answer."""

    def __init__(self, interpreter: Any) -> None:
        self._tk = interpreter

    def ask(self, *words: Any) -> str:
        try:
            return str(self._tk.call(*words))
        except tkinter.TclError:
            return ""

    def list(self, *words: Any) -> list[str]:
        try:
            return [str(word) for word in self._tk.splitlist(self._tk.call(*words))]
        except tkinter.TclError:
            return []

    def parts(self, text: Any) -> list[str]:
        try:
            return [str(part) for part in self._tk.splitlist(text)]
        except tkinter.TclError:
            return [str(text)]

    def number(self, *words: Any) -> int:
        try:
            return int(float(self.ask(*words) or 0))
        except (ValueError, OverflowError):
            return 0

    def of_variable(self, name: str) -> str:
        try:
            return str(self._tk.globalgetvar(name))
        except tkinter.TclError:
            return ""


def is_shown(interpreter: Any) -> bool:
    """Whether one of its windows is on the screen."""
    tcl = Tcl(interpreter)
    return any(
        tcl.ask("winfo", "viewable", path) == "1" and tcl.number("winfo", "width", path) > 1
        for path in paths(tcl)
        if tcl.ask("winfo", "toplevel", path) == path
    )


def paths(tcl: Tcl, path: str = ".") -> Iterator[str]:
    waiting, count = [path], 0
    while waiting and count < MOST_WIDGETS:
        one = waiting.pop()
        count += 1
        yield one
        waiting.extend(reversed(tcl.list("winfo", "children", one)))


def facts(interpreter: Any) -> dict[str, Any]:
    tcl = Tcl(interpreter)
    return {
        "widgets": [told(tcl, path) for path in paths(tcl)],
        "focus": tcl.ask("focus"),
        "grab": next(iter(tcl.list("grab", "current")), ""),
    }


def told(tcl: Tcl, path: str) -> dict[str, Any]:
    kind = tcl.ask("winfo", "class", path)
    top = tcl.ask("winfo", "toplevel", path)
    one = {
        "path": path,
        "name": "" if path == "." else path.rpartition(".")[2],
        "class": kind,
        "window": top,
        "text": text(tcl, path)[:MOST_TEXT],
        "state": state(tcl, path),
        "shown": tcl.ask("winfo", "viewable", path) == "1",
        "x": tcl.number("winfo", "rootx", path),
        "y": tcl.number("winfo", "rooty", path),
        "width": tcl.number("winfo", "width", path),
        "height": tcl.number("winfo", "height", path),
    }
    if path == top:
        one["title"] = tcl.ask("wm", "title", path)[:MOST_ROW]
    if kind in VALUED:
        one["value"] = tcl.ask(path, "get")[:MOST_TEXT]
    elif kind == "Text":
        one["value"] = tcl.ask(path, "get", "1.0", "end-1c")[:MOST_TEXT]
    elif kind in SWITCHES:
        one["value"] = tcl.of_variable(tcl.ask(path, "cget", "-variable"))[:MOST_ROW]
    if kind == "Listbox":
        rows = tcl.list(path, "get", 0, MOST_ROWS)
        one["rows"] = [row[:MOST_ROW] for row in rows]
        one["chosen"] = [int(row) for row in tcl.list(path, "curselection") if row.isdigit()]
    elif kind == "Treeview":
        items = list(tree_items(tcl, path))
        chosen = set(tcl.list(path, "selection"))
        one["rows"] = [tree_row(tcl, path, item)[:MOST_ROW] for item in items]
        one["chosen"] = [row for row, item in enumerate(items) if item in chosen]
    elif kind == "TCombobox":
        one["rows"] = [row[:MOST_ROW] for row in tcl.list(path, "cget", "-values")[:MOST_ROWS]]
    elif kind == "Menu":
        one["entries"] = entries(tcl, path)
    return one


def text(tcl: Tcl, path: str) -> str:
    variable = tcl.ask(path, "cget", "-textvariable")
    return (tcl.of_variable(variable) if variable else "") or tcl.ask(path, "cget", "-text")


def state(tcl: Tcl, path: str) -> str:
    known = tcl.ask(path, "cget", "-state")
    if tcl.ask(path, "instate", "disabled") == "1":  # of ttk; "" where there is no such command
        return "disabled"
    return known or "normal"


def tree_items(tcl: Tcl, path: str) -> Iterator[str]:
    waiting = list(reversed(tcl.list(path, "children", "")))
    count = 0
    while waiting and count < MOST_ROWS:
        item = waiting.pop()
        count += 1
        yield item
        waiting.extend(reversed(tcl.list(path, "children", item)))


def tree_row(tcl: Tcl, path: str, item: str) -> str:
    """The text of an item and its values, as they stand in a line."""
    cells = [tcl.ask(path, "item", item, "-text"), *tcl.list(path, "item", item, "-values")]
    return " ".join(cell for cell in cells if cell)


def entries(tcl: Tcl, path: str) -> list[dict[str, str]]:
    last = tcl.ask(path, "index", "end")
    found = []
    for index in range(min(int(last) + 1, 200) if last.isdigit() else 0):
        kind = tcl.ask(path, "type", index)
        if kind in ("separator", "tearoff"):
            continue
        found.append(
            {
                "index": str(index),
                "label": tcl.ask(path, "entrycget", index, "-label")[:MOST_ROW],
                "accelerator": tcl.ask(path, "entrycget", index, "-accelerator")[:MOST_ROW],
                "state": tcl.ask(path, "entrycget", index, "-state"),
                "leads_to": tcl.ask(path, "entrycget", index, "-menu") if kind == "cascade" else "",
            }
        )
    return found
