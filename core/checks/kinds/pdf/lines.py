"""Finds text and figures in what a PDF says, however they are written there."""

from __future__ import annotations

import re

SPACES = " \u00a0\u2009\u202f"
GROUPED = [",", ".", "'", "\u2019", *SPACES]  # between thousands
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
NEXT = 2  # lines below a label where its figure may stand, as on a card
SHOWN = 160


class Document:
    """The lines of all pages as they lie there, and the text in the order in which it was written.

    What was written as one paragraph may lie on several lines, and what lies on one line may have
    been written apart: a text may be found in either.
    """

    def __init__(self, pages: list[tuple[list[str], str]]) -> None:
        self.lines = [line for lines, _ in pages for line in lines]
        written = [line for _, text in pages for line in text.splitlines()]
        self._written = [line.strip() for line in written if line.strip()]
        self._texts = [_plain(" ".join(lines)) for lines in (self.lines, self._written)]

    def has(self, text: str) -> bool:
        return any(_plain(text) in said for said in self._texts)

    def beginning(self) -> str:
        text = " | ".join(self.lines)
        return text if len(text) <= SHOWN else text[:SHOWN] + "…"

    def beginning_with(self, key: str) -> list[str]:
        """The lines that have the key; those where it comes first stand first."""
        found = [line for line in self.lines if _plain(key) in _plain(line)]
        return sorted(found, key=lambda line: _plain(line).find(_plain(key)))

    def after(self, label: str) -> list[str]:
        """What stands after the label on its line, or below it where nothing with a digit does."""
        found = []
        for lines in (self.lines, self._written):
            for place, line in enumerate(lines):
                rest = _rest(line, label)
                if rest is None:
                    continue
                below = [rest, *lines[place + 1 : place + 1 + NEXT]]
                found.append(next((one for one in below if re.search(r"\d", one)), rest))
        return found


def _rest(line: str, label: str) -> str | None:
    """What stands behind the label, as it is written; None where the line lacks it."""
    shown, said = " ".join(line.split()), _plain(line)
    shown = shown if len(shown) == len(said) else said
    before, there, rest = said.partition(_plain(label))
    if not there or before[-1:].isalnum() or rest[:1].isalnum():
        return None
    return shown[len(shown) - len(rest) :].lstrip(" :")


def is_number(text: str) -> bool:
    return NUMBER.fullmatch(text.replace(",", "").strip("$€£%:;.()")) is not None


def notation(value: float, decimals: int) -> str:
    """The number as CSV has it."""
    return f"{value:.{decimals}f}"


def follows(line: str, cells: list[str]) -> bool:
    """Whether the line has all the cells in this order; others may stand between them."""
    place = 0
    line = _plain(line)
    for cell in cells:
        if not cell.strip():
            continue
        found = _pattern(cell.strip()).search(line, place)
        if found is None:
            return False
        place = found.end()
    return True


def _pattern(cell: str) -> re.Pattern[str]:
    """A number in any usual notation, to its last digit; any other text as it is."""
    if not NUMBER.fullmatch(cell):
        return re.compile(r"(?<!\w)" + re.escape(_plain(cell)) + r"(?!\w)")
    whole, _, fraction = cell.lstrip("-").partition(".")
    groups = _groups(whole.lstrip("0") or "0")
    wholes = [("", "".join(groups))]
    if len(groups) > 1:
        wholes += [(mark, re.escape(mark).join(groups)) for mark in GROUPED]
    each = []
    for mark, digits in wholes:
        for point in (".", ","):
            if mark == point:
                continue
            if fraction.strip("0"):
                each.append(f"{digits}{re.escape(point)}{fraction.rstrip('0')}0*")
            else:
                each.append(f"{digits}(?:{re.escape(point)}0+)?")
    body = "|".join(dict.fromkeys(each))
    if cell.startswith("-"):
        return re.compile(rf"(?:[-\u2212\u2013(]\s?[$€£]?\s?)(?:{body})(?!\d|[.,]\d)")
    return re.compile(rf"(?<![\d.,\u2212-])(?:{body})(?!\d|[.,]\d)")


def _groups(whole: str) -> list[str]:
    first = len(whole) % 3 or 3
    return [whole[:first], *(whole[at : at + 3] for at in range(first, len(whole), 3))]


def _plain(text: str) -> str:
    """One space where there are several, and no difference of case."""
    return " ".join(text.split()).casefold()
