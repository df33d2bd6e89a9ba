"""What matplotlib's artists are, by how they are drawn."""

from __future__ import annotations

import math
from contextlib import suppress
from typing import Any

MOST_MARKS = 60_000  # of one panel and kind


def in_data(artist: Any, axes: Any) -> bool:
    """Not `axhline` and the like, which are placed by parts of the panel."""
    along = artist.get_transform().contains_branch_seperately(axes.transData)
    return bool(artist.get_visible()) and all(along)  # a list in matplotlib 3.6, a tuple later


def is_seen(artist: Any) -> bool:
    return bool(artist.get_visible()) and artist.get_alpha() != 0


def is_scatter(collection: Any) -> bool:
    return type(collection).__name__ == "PathCollection" and bool(collection.get_visible())


def is_joined(line: Any) -> bool:
    return line.get_linestyle() not in ("None", "", " ", None)


def written_in(axes: Any, start: Any, end: Any, shape: tuple[int, int]) -> list[list[Any]]:
    """[row, column, words] of each text in an image, from the outer corner of its first cell on."""
    rows, columns = shape
    found: list[list[Any]] = []
    for text in axes.texts[:MOST_MARKS]:
        if in_data(text, axes):
            with suppress(TypeError, ValueError, ArithmeticError):  # a place that is no number
                x, y = map(float, text.get_position())
                column = math.floor((x - start[0]) / (end[0] - start[0]) * columns)
                row = math.floor((y - start[1]) / (end[1] - start[1]) * rows)
                if 0 <= row < rows and 0 <= column < columns:
                    found.append([row, column, str(text.get_text())[:200]])
    return found


def marker_lines(axes: Any) -> list[Any]:
    """Points drawn by `plot`."""
    return [line for line in axes.lines if not is_joined(line) and in_data(line, axes)]
