"""Box plots among the lines and patches of a panel: found by how these lie, not by who drew them.

A box is an outline with straight sides, perhaps with a notch, a line across it (the median) and a
line out from the middle of both ends (the whiskers). So matplotlib, pandas and seaborn draw it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

from driver_artists import MOST_MARKS, in_data, is_joined, is_scatter, marker_lines

MOST_BOXES = 200
MOST_SEGMENTS = 4_000
CORNERS = range(5, 14)  # that an outline has; the first comes again at the end


class Traced(NamedTuple):
    """An artist and its corners, each (across, along): along is the axis of the values."""

    artist: Any
    corners: list[tuple[float, float]]

    def turned(self) -> Traced:
        return Traced(self.artist, [(y, x) for x, y in self.corners])


class Found(NamedTuple):
    boxes: list[dict[str, Any]]
    parts: set[int]  # ids of the artists that make them up: these are neither lines nor points


def boxes_of(axes: Any) -> Found:
    lines = [line for line in axes.lines if is_joined(line) and in_data(line, axes)]
    joined = [_traced(line, line.get_xydata()) for line in lines]
    outlines = [each for each in joined if len(each.corners) in CORNERS]
    outlines += [
        _traced(patch, patch.get_path().vertices)
        for patch in axes.patches
        if type(patch).__name__ == "PathPatch" and in_data(patch, axes)
    ]
    segments = [each for each in joined if len(each.corners) == 2][:MOST_SEGMENTS]
    found, parts = [], set()
    for outline in outlines[:MOST_BOXES]:
        for lies in (False, True):
            part = outline.turned() if lies else outline
            own = [segment.turned() for segment in segments] if lies else segments
            box = _box(part, own, parts)
            if box is not None:
                found.append({**box, "lies": lies})
                break
    if found:
        _add_outliers(axes, found, parts)
    return Found(found, parts)


def _traced(artist: Any, corners: Any) -> Traced:
    return Traced(artist, [(float(x), float(y)) for x, y in corners[: CORNERS[-1] + 1]])


def _box(outline: Traced, segments: list[Traced], parts: set[int]) -> dict[str, Any] | None:
    """What it shows where its values go along; None where it is no such box."""
    sides = [across for across, _ in outline.corners]
    if len(outline.corners) not in CORNERS or any(map(math.isnan, sides)):
        return None
    low, high = min(sides), max(sides)
    if high <= low:
        return None
    slack = (high - low) * 1e-6
    middle = (low + high) / 2
    # Where the outline goes from one side to the other stand the quartiles.
    ends = [
        b
        for (c, b), (d, e) in zip(outline.corners, outline.corners[1:])
        if abs(abs(c - d) - (high - low)) <= slack and _same(b, e)
    ]
    if len(ends) != 2:
        return None
    centered = [s for s in segments if abs(s.corners[0][0] + s.corners[1][0] - 2 * middle) <= slack]
    if all(map(math.isnan, ends)):  # a missing value among its values: nothing is seen of it
        parts.add(id(outline.artist))
        parts |= {id(s.artist) for s in centered if math.isnan(s.corners[0][1])}
        return {"at": [low, high], "summary": [None] * 5, "outliers": []}
    q1, q3 = min(ends), max(ends)
    reached, whiskers = _whiskers(centered, middle, slack, q1, q3)
    across = [
        s
        for s in centered
        if _same(s.corners[0][1], s.corners[1][1])
        and slack < abs(s.corners[0][0] - s.corners[1][0]) <= high - low + slack
    ]
    inner = [b for c, b in outline.corners if low + slack < c < high - slack]
    median = inner[0] if inner else _median(across, q1, q3, reached)
    if median is None or reached is None:
        return None
    parts |= {id(outline.artist)} | {id(s.artist) for s in whiskers}
    parts |= {id(s.artist) for s in across if reached[0] <= s.corners[0][1] <= reached[1]}
    return {"at": [low, high], "summary": [reached[0], q1, median, q3, reached[1]], "outliers": []}


def _same(a: float, b: float) -> bool:
    return a == b or (math.isnan(a) and math.isnan(b))


def _whiskers(
    centered: list[Traced], middle: float, slack: float, q1: float, q3: float
) -> tuple[tuple[float, float] | None, list[Traced]]:
    """How far they reach below and above, and which lines they are."""
    lows, highs, found = [], [], []
    for segment in centered:
        if any(abs(across - middle) > slack for across, _ in segment.corners):
            continue
        begins, ends = sorted(along for _, along in segment.corners)
        if ends == q1:
            lows.append(begins)
            found.append(segment)
        if begins == q3:
            highs.append(ends)
            found.append(segment)
    return ((min(lows), max(highs)) if lows and highs else None), found


def _median(
    across: list[Traced], q1: float, q3: float, reached: tuple[float, float] | None
) -> float | None:
    """The widest line across the box; a cap, which ends a whisker, only where nothing else is."""
    inside = [s for s in across if q1 <= s.corners[0][1] <= q3]
    inside = [s for s in inside if s.corners[0][1] not in (reached or ())] or inside
    if not inside:
        return None
    widest = max(inside, key=lambda s: abs(s.corners[0][0] - s.corners[1][0]))
    return widest.corners[0][1]


def _add_outliers(axes: Any, boxes: list[dict[str, Any]], parts: set[int]) -> None:
    """Points beyond the whiskers: in the middle of the box, or else strewn around it."""
    dots = marker_lines(axes)
    drawn = [(dot, dot.get_xydata()) for dot in dots]
    drawn += [(marks, marks.get_offsets()) for marks in axes.collections if is_scatter(marks)]
    for box in boxes:
        middle, strewn = _middle(box), []
        others = [_middle(other) for other in boxes if other["lies"] == box["lies"]]
        slack = (box["at"][1] - box["at"][0]) * 1e-6
        for artist, at in drawn:
            points = _points(at, box["lies"])
            if artist in dots and all(abs(c - middle) <= slack for c, _ in points):
                parts.add(id(artist))
            for across, along in points:
                away = abs(across - middle)
                if _is_beyond(along, box["summary"]) and away <= slack:
                    box["outliers"].append(along)
                elif _is_beyond(along, box["summary"]) and all(
                    away <= abs(across - other) for other in others
                ):
                    strewn.append(along)
        box["outliers"] = box["outliers"] or strewn


def _middle(box: dict[str, Any]) -> float:
    low, high = box["at"]
    return float(low + high) / 2


def _points(at: Iterable[Any], lies: bool) -> list[tuple[float, float]]:
    import numpy as np

    whole = np.ma.filled(np.ma.asarray(at, dtype=float), np.nan)[:MOST_MARKS]
    whole = whole[np.isfinite(whole).all(axis=1)] if len(whole) else whole
    return [(y, x) if lies else (x, y) for x, y in whole.tolist()]


def _is_beyond(value: float, summary: list[float | None]) -> bool:
    low, high = summary[0], summary[4]
    return low is not None and high is not None and not low <= value <= high
