"""What a window of the learner's says, as values: read with care, since their process says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

SIGNS = re.compile(r"[\W_]+")
INDEX = re.compile(r"[0-9]{1,4}")
LISTS = ("Listbox", "Treeview", "TCombobox")
INPUTS = ("Entry", "TEntry", "Text", *LISTS)


@dataclass(frozen=True)
class Dialog:
    """A box of tkinter.messagebox or tkinter.filedialog that came up, and what we answered."""

    kind: str  # "yesnocancel", "ok", "tk_getOpenFile", …
    title: str
    message: str
    answer: str
    expected: bool
    offered: list[str]

    @property
    def shown(self) -> str:
        said = self.message or self.title
        return f"“{said}”" if said else "without a text"


@dataclass(frozen=True)
class Widget:
    """A widget as it was when we looked."""

    path: str
    name: str
    kind: str  # its class in Tk: "Entry", "TButton", "Listbox"
    window: str
    text: str
    state: str
    shown: bool
    x: int
    y: int
    width: int
    height: int
    value: str = ""
    title: str = ""
    rows: list[str] = field(default_factory=list)
    chosen: list[int] = field(default_factory=list)
    entries: list[dict[str, str]] = field(default_factory=list)

    def is_called(self, what: str) -> bool:
        return self.name == what

    def says(self, what: str) -> bool:
        """Case, dots and signs around the words do not count."""
        return bool(self.text) and plain(self.text) == plain(what)

    @property
    def described(self) -> str:
        words = f"“{self.text[:40]}”" if self.text else ""
        named = "" if self.name.startswith("!") or not self.name else f"`{self.name}`"
        return " ".join(part for part in (self.kind, named, words) if part)


def widget_of(told: Any) -> Widget | None:
    if not isinstance(told, dict):
        return None
    words = {k: told.get(k) for k in ("path", "name", "window", "text", "state", "value", "title")}
    numbers = {k: int(as_number(told.get(k))) for k in ("x", "y", "width", "height")}
    texts = {k: v if isinstance(v, str) else "" for k, v in words.items()}
    entries = [
        {k: str(one.get(k, "")) for k in ("index", "label", "accelerator", "state", "leads_to")}
        for one in as_list(told.get("entries"))
        if isinstance(one, dict) and INDEX.fullmatch(str(one.get("index", "")))
    ]
    return Widget(
        kind=str(told.get("class", "")),
        shown=told.get("shown") is True,
        rows=[row for row in as_list(told.get("rows")) if isinstance(row, str)],
        chosen=[row for row in as_list(told.get("chosen")) if isinstance(row, int) and row >= 0],
        entries=entries,
        **texts,
        **numbers,
    )


def dialog_of(told: Any) -> Dialog | None:
    if not isinstance(told, dict):
        return None
    kind, title, message, answer = (
        str(told.get(key, "")) for key in ("kind", "title", "message", "answer")
    )
    offered = [str(one) for one in as_list(told.get("offered"))]
    return Dialog(kind, title, message, answer, told.get("expected") is True, offered)


def dialogs_of(events: Any) -> list[Dialog]:
    told = [event.get("dialog") for event in as_list(events) if isinstance(event, dict)]
    return [dialog for one in told if (dialog := dialog_of(one)) is not None]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def as_number(value: Any) -> float:
    if not isinstance(value, (int, float)) or not -1e9 < value < 1e9:
        return 0.0
    return float(value)


def plain(text: str) -> str:
    return SIGNS.sub(" ", text).strip().casefold() or text.strip()  # "+" is not "-"


def short(text: str) -> str:
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def either(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def ending(told: dict[str, Any]) -> str:
    code = told.get("code")
    if told.get("flooded") is True:
        return "printed more than 16 MB, and was stopped"
    if not isinstance(code, int):
        return "ended"
    return f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"


def why_ended(told: dict[str, Any]) -> str:
    """Where it is not the exception that says so."""
    if told.get("flooded") is True:
        return "A loop prints and has no end: see what it prints, and what was to stop it."
    return ""


def raised(told: dict[str, Any]) -> str:
    """The exception that ended it, as Python tells it; empty where none did."""
    seen = "Traceback (most recent call last)" in str(told.get("err", ""))
    return last_words(told) if seen else ""


def last_words(told: dict[str, Any]) -> str:
    """What it said last, on stderr or else on stdout."""
    said = str(told.get("err", "")).strip() or str(told.get("out", "")).strip()
    lines = said.splitlines()
    return lines[-1][:300] if lines else "no output"
