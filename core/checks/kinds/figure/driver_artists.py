"""What matplotlib's artists are, by how they are drawn."""

from __future__ import annotations

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


def marker_lines(axes: Any) -> list[Any]:
    """Points drawn by `plot`."""
    return [line for line in axes.lines if not is_joined(line) and in_data(line, axes)]
