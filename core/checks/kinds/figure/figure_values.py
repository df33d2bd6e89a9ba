"""What the driver told, checked for its kinds; and comparisons of drawn values with ours."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

Pair = tuple[float, float]

DIGITS = 1e5  # drawn values are the same where they differ by less than this part of their span
PANEL = {
    "place": str,
    "title": str,
    "x_label": str,
    "y_label": str,
    "x_scale": str,
    "y_scale": str,
    "x_ticks": list,
    "y_ticks": list,
    "legend": list,
    "keys": list,
    "legend_title": str,
    "texts": list,
    "points": list,
    "ink": (int, float),
    "lines": list,
    "bars": list,
    "boxes": list,
    "images": list,
    "cells": list,
}


def is_sound(figure: Any) -> bool:
    """Whether all that a judgment reads is there, in the kinds that it reads."""
    try:
        return (
            all(type(title) is str for title in figure["titles"])
            and type(figure["titles"]) is list
            and type(figure["legend"]) is list
            and all(type(entry) is str for entry in figure["legend"])
            and _are_keys(figure["keys"])
            and type(figure["panels"]) is list
            and all(_is_panel(panel) for panel in figure["panels"])
        )
    except (TypeError, KeyError, ValueError, IndexError):
        return False


def is_large(told: Any) -> bool:
    """Whether it is two sides in inches, and the pixels of an inch."""
    try:
        numbers = [*told["inches"], told["dots"]]
    except (TypeError, KeyError):
        return False
    return len(numbers) == 3 and None not in numbers and all(map(_is_number, numbers))


def _is_panel(panel: Any) -> bool:
    return (
        all(isinstance(panel[name], kind) for name, kind in PANEL.items())
        and all(type(text) is str for text in panel["legend"] + panel["texts"])
        and _are_keys(panel["keys"])
        and all(_is_number(a) and type(t) is str for a, t in panel["x_ticks"] + panel["y_ticks"])
        and all(_are_rows(marks["at"], 2) for marks in panel["points"] + panel["lines"])
        and all(type(marks["label"]) is str for marks in panel["points"] + panel["lines"])
        and all(_are_rows(group["bars"], 3) for group in panel["bars"])
        and all(type(group["lies"]) is bool for group in panel["bars"])
        and all(_are_rows([box["at"]], 2) for box in panel["boxes"])
        and all(_are_rows([box["summary"]], 5) for box in panel["boxes"])
        and all(all(map(_is_number, box["outliers"])) for box in panel["boxes"])
        and not any(None in box["at"] + box["outliers"] for box in panel["boxes"])
        and all(type(box["lies"]) is bool for box in panel["boxes"])
        and all(_are_rows(image["cells"], len(image["cells"][0])) for image in panel["images"])
        and all(_are_written(image["written"]) for image in panel["images"])
        and all(_are_rows(c["at"], 2) and _are_rows(c["size"], 2) for c in panel["cells"])
        and all(len(c["size"]) in (1, len(c["at"])) for c in panel["cells"])
        and all(_are_colors(m) for k in ("points", "images", "cells") for m in panel[k])
    )


def _is_number(value: Any) -> bool:
    return value is None or (type(value) in (int, float) and math.isfinite(value))


def _are_keys(keys: Any) -> bool:
    return type(keys) is list and all(
        type(key) is list and len(key) == 2 and all(type(part) is str for part in key)
        for key in keys
    )


def _are_rows(rows: Any, width: int) -> bool:
    return type(rows) is list and all(
        type(row) is list and len(row) == width and all(map(_is_number, row)) for row in rows
    )


def _are_written(texts: Any) -> bool:
    return type(texts) is list and all(
        [type(part) for part in text] == [int, int, str] and min(text[:2]) >= 0 for text in texts
    )


def _are_colors(marks: dict[str, Any]) -> bool:
    return (
        all(map(_is_number, marks.get("color", [])))
        and all(map(_is_number, marks.get("lightness", [])))
        and type(marks.get("color_label", "")) is str
        and type(marks.get("looks", [])) is list
        and all(type(look) is str for look in marks.get("looks", []))
    )


def matches(wanted: str, text: str) -> bool:
    return re.search(wanted, text, re.IGNORECASE) is not None


def in_words(wanted: str) -> str:
    """A regex as a learner reads it: "`sepal length`", "`true` or `actual`"."""
    if wanted == r"\S":
        return "a word"
    parts = [part.strip("^$").replace(".?", " ") for part in wanted.split("|")]
    if not all(re.fullmatch(r"[\w .,%-]+", part) for part in parts):
        parts = [wanted]  # it says more than words do
    return " or ".join(f"`{part}`" for part in parts)


def pairs(xs: Iterable[Any], ys: Iterable[Any]) -> list[Pair]:
    """Those that can be drawn: a gap in either leaves no mark."""
    both = ((as_number(x), as_number(y)) for x, y in zip(xs, ys))
    return [(x, y) for x, y in both if x is not None and y is not None]


def as_number(value: Any) -> float | None:
    if isinstance(value, (int, float)) and math.isfinite(value):
        return float(value)
    return None


class Grid:
    """Rounds values to a part of their span, so that they can be counted and compared."""

    def __init__(self, *values: Sequence[float]) -> None:
        every = [value for part in values for value in part]
        span = max(every) - min(every) if every else 0.0
        self.step = (span or max(map(abs, every), default=0.0) or 1.0) / DIGITS

    def of(self, value: float) -> int:
        return round(value / self.step)

    def near(self, got: float, expected: float) -> bool:
        return abs(got - expected) <= 2 * self.step


def same_numbers(got: Sequence[float], expected: Sequence[float]) -> bool:
    """The same numbers in any order."""
    if len(got) != len(expected):
        return False
    grid = Grid(expected)
    return all(grid.near(a, b) for a, b in zip(sorted(got), sorted(expected)))


def in_common(got: Sequence[Pair], expected: Sequence[Pair]) -> int:
    """How many of the expected pairs are there, each counted as often as it comes."""
    along = [Grid([pair[i] for pair in expected]) for i in (0, 1)]

    def places(found: Sequence[Pair]) -> Counter[tuple[int, int]]:
        return Counter((along[0].of(x), along[1].of(y)) for x, y in found)

    drawn, wanted = places(got), places(expected)
    missing = wanted - drawn
    extra = drawn - wanted
    count = sum(wanted.values()) - sum(missing.values())
    for (x, y), times in missing.items():  # a value may have been rounded the other way
        for beside in ((x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            taken = min(times, extra[beside])
            extra[beside] -= taken
            times -= taken
            count += taken
    return count


def go_together(a: Sequence[float], b: Sequence[float]) -> float:
    """Spearman's rank correlation; 0 where either is constant."""
    ranks = [_ranks(values) for values in (a, b)]
    means = [sum(values) / len(values) for values in ranks]
    apart = [[value - mean for value in values] for values, mean in zip(ranks, means)]
    size = math.sqrt(math.prod(sum(value * value for value in values) for values in apart))
    return sum(x * y for x, y in zip(*apart)) / size if size else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    """Equal values share the middle of their places."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + end - 1) / 2
        start = end
    return ranks
