"""What a person does at a window, as events of Tk: the pointer moves and clicks, keys are pressed.

Each function takes the root and acts on a widget by its path.
"""

from __future__ import annotations

import itertools
import tkinter
from contextlib import suppress
from typing import Any

PASTED = 300  # characters: a longer text is pasted, as a person would
TIMES = itertools.count(10_000, 2_000)  # milliseconds, as events have them
NAMES = {" ": "space", "\n": "Return", "\t": "Tab"}


class Impossible(Exception):
    """A person could not do this now; the text says why, as the end of a sentence."""


def click(root: tkinter.Tk, path: str) -> None:
    tk = root.tk
    _reachable(root, path)
    if str(tk.call("winfo", "class", path)).lower().endswith("button") and _is_disabled(root, path):
        raise Impossible("is disabled")
    x = int(tk.call("winfo", "width", path)) // 2
    y = int(tk.call("winfo", "height", path)) // 2
    _click_at(root, path, x, y)


def type_text(root: tkinter.Tk, path: str, text: str) -> None:
    """At the cursor of the widget, which a click before has given the focus."""
    _reachable(root, path)
    if _is_disabled(root, path):
        raise Impossible("is disabled, so nothing can be typed there")
    root.tk.call("focus", "-force", path)
    root.update()
    if len(text) > PASTED:
        root.clipboard_clear()
        root.clipboard_append(text)
        root.tk.call("event", "generate", path, "<<Paste>>")
        _release(root, path)
        return
    for letter in text:
        _key(root, path, letter)


def empty(root: tkinter.Tk, path: str) -> None:
    """Selects all that is written there, and deletes it."""
    tk = root.tk
    _reachable(root, path)
    if _is_disabled(root, path):
        raise Impossible("is disabled, so nothing can be deleted there")
    tk.call("focus", "-force", path)
    root.update()
    if str(tk.call("winfo", "class", path)) == "Text":
        tk.call(path, "tag", "add", "sel", "1.0", "end-1c")
        tk.call(path, "mark", "set", "insert", "end-1c")
    else:
        tk.call(path, "selection", "range", 0, "end")
        tk.call(path, "icursor", "end")
    tk.call("event", "generate", path, "<KeyPress>", "-keysym", "BackSpace")
    tk.call("event", "generate", path, "<KeyRelease>", "-keysym", "BackSpace")


def press(root: tkinter.Tk, keys: str) -> None:
    """Keys such as <Control-s>, to whatever has the focus."""
    tk = root.tk
    if not str(tk.call("focus")):
        tk.call("focus", "-force", tk.call("focus", "-lastfor", "."))
        root.update()
    target = str(tk.call("focus")) or "."
    tk.call("event", "generate", target, keys)
    detail = keys.strip("<>").rpartition("-")[2]
    with suppress(tkinter.TclError):
        tk.call("event", "generate", target, f"<KeyRelease-{detail}>")


def choose(root: tkinter.Tk, path: str, row: int) -> None:
    """Clicks a row of a list."""
    tk = root.tk
    _reachable(root, path)
    if str(tk.call("winfo", "class", path)) == "Treeview":
        items: list[Any] = []
        waiting = list(tk.splitlist(tk.call(path, "children", "")))
        while waiting:
            item = waiting.pop(0)
            items.append(item)
            waiting[:0] = tk.splitlist(tk.call(path, "children", item))
        target: Any = items[row]
    else:
        target = row
    tk.call(path, "see", target)
    root.update_idletasks()
    box = tk.splitlist(tk.call(path, "bbox", target))
    if len(box) != 4:
        raise Impossible("shows no such row: its window is too small")
    left, top, width, height = map(int, box)
    _click_at(root, path, left + min(width // 2, 20), top + height // 2)


def pick(root: tkinter.Tk, path: str, index: int) -> None:
    """An entry of a menu."""
    root.tk.call(path, "postcascade", "none")
    root.tk.call(path, "invoke", index)


def close(root: tkinter.Tk, path: str) -> None:
    """As the window manager does when its cross is clicked."""
    tk = root.tk
    command = str(tk.call("wm", "protocol", path, "WM_DELETE_WINDOW"))
    if command:
        tk.eval(command)
    else:
        tk.call("destroy", path)


def _reachable(root: tkinter.Tk, path: str) -> None:
    tk = root.tk
    if str(tk.call("winfo", "viewable", path)) != "1":
        raise Impossible("is not on the screen")
    holder = next(iter(tk.splitlist(tk.call("grab", "current"))), None)
    holder = str(holder or "")
    if holder and path != holder and not path.startswith(holder.rstrip(".") + "."):
        raise Impossible("cannot be reached, since another window of the program waits in front")


def _is_disabled(root: tkinter.Tk, path: str) -> bool:
    tk = root.tk
    with suppress(tkinter.TclError):
        if str(tk.call(path, "instate", "disabled")) == "1":
            return True
    with suppress(tkinter.TclError):
        return str(tk.call(path, "cget", "-state")) == "disabled"
    return False


def _click_at(root: tkinter.Tk, path: str, x: int, y: int) -> None:
    # Each click some seconds after the one before, so that no two of them are a double click.
    at = ("-x", x, "-y", y, "-time", next(TIMES))
    tk = root.tk
    for event in ("<Enter>", "<Motion>", "<ButtonPress-1>", "<ButtonRelease-1>", "<Leave>"):
        with suppress(tkinter.TclError):  # the click may have closed its window
            tk.call("event", "generate", path, event, *at)


def _key(root: tkinter.Tk, path: str, letter: str) -> None:
    tk = root.tk
    if letter in NAMES or letter.isascii():
        name = NAMES.get(letter) or keysym(letter)
        tk.call("event", "generate", path, "<KeyPress>", "-keysym", name)
        with suppress(tkinter.TclError):
            tk.call("event", "generate", path, "<KeyRelease>", "-keysym", name)
        return
    # The virtual keyboard has no such key: what an input method would put in.
    with suppress(tkinter.TclError):
        tk.call(path, "delete", "sel.first", "sel.last")
    tk.call(path, "insert", "insert", letter)
    _release(root, path)


def _release(root: tkinter.Tk, path: str) -> None:
    with suppress(tkinter.TclError):
        root.tk.call("event", "generate", path, "<KeyRelease>")


KEYSYMS = {
    "!": "exclam",
    '"': "quotedbl",
    "#": "numbersign",
    "$": "dollar",
    "%": "percent",
    "&": "ampersand",
    "'": "apostrophe",
    "(": "parenleft",
    ")": "parenright",
    "*": "asterisk",
    "+": "plus",
    ",": "comma",
    "-": "minus",
    ".": "period",
    "/": "slash",
    ":": "colon",
    ";": "semicolon",
    "<": "less",
    "=": "equal",
    ">": "greater",
    "?": "question",
    "@": "at",
    "[": "bracketleft",
    "\\": "backslash",
    "]": "bracketright",
    "^": "asciicircum",
    "_": "underscore",
    "`": "grave",
    "{": "braceleft",
    "|": "bar",
    "}": "braceright",
    "~": "asciitilde",
}


def keysym(letter: str) -> str:
    """The name by which X knows the key of an ASCII letter."""
    return KEYSYMS.get(letter, letter)
