"""What a matplotlib figure holds, as plain values: panels, labels, scales, legends, marks.

Objects are looked at, never pixels, so that seaborn and `DataFrame.plot` are as good.
"""

from __future__ import annotations

import math
import zlib
from typing import Any

from driver_artists import (
    MOST_MARKS,
    in_data,
    is_joined,
    is_scatter,
    is_seen,
    marker_lines,
    written_in,
)
from driver_boxes import boxes_of

MOST_PANELS = 100
MOST_TEXTS = 500


def figure_of(returned: Any, plt: Any) -> Any:
    """The figure that came back, or the current one where nothing did; None: there is none."""
    from matplotlib.figure import Figure

    if isinstance(returned, (list, tuple)) or hasattr(returned, "flat"):
        parts = list(getattr(returned, "flat", returned))
        found = [
            part for part in (figure_of(part, plt) for part in parts if part is not None) if part
        ]
        return found[0] if found else None
    if returned is None:
        return plt.gcf() if plt.get_fignums() else None
    for name in ("", "figure", "fig", "figure_"):  # axes, grids of seaborn, displays of sklearn
        found = getattr(returned, name, None) if name else returned
        if isinstance(found, Figure):
            return found
    return None


def facts_of(figure: Any) -> dict[str, Any]:
    figure.canvas.draw()  # labels of ticks are made then, and what cannot be drawn raises
    every = list(figure.axes)
    for axes in figure.axes:
        every += [child for child in axes.child_axes if child not in every]
    panels = [axes for axes in every if not hasattr(axes, "_colorbar")]
    return {
        "inches": [float(side) for side in figure.get_size_inches()],
        "titles": [_text(figure._suptitle)] if figure._suptitle is not None else [],
        "legend": [_text(text) for legend in figure.legends for text in legend.get_texts()],
        "keys": [key for legend in figure.legends for key in _keys(legend)],
        "panels": [_panel(axes, figure) for axes in panels[:MOST_PANELS] if axes.get_visible()],
    }


def _panel(axes: Any, figure: Any) -> dict[str, Any]:
    legend = axes.get_legend()
    boxed = boxes_of(axes)
    return {
        "place": _place(axes),
        "title": next((t for t in map(axes.get_title, ("center", "left", "right")) if t), "")[:500],
        "x_label": _label(axes, figure, "x"),
        "y_label": _label(axes, figure, "y"),
        "x_scale": axes.get_xscale(),
        "y_scale": axes.get_yscale(),
        "x_ticks": _ticks(axes.xaxis),
        "y_ticks": _ticks(axes.yaxis),
        "legend": [] if legend is None else [_text(t) for t in legend.get_texts()][:MOST_TEXTS],
        "keys": [] if legend is None else _keys(legend)[:MOST_TEXTS],
        "legend_title": "" if legend is None else _text(legend.get_title()),
        "texts": [_text(text) for text in axes.texts if text.get_visible()][:MOST_TEXTS],
        "points": _points(axes, boxed.parts),
        "ink": _ink(axes),
        "lines": _lines(axes, boxed.parts),
        "boxes": [_plain(box) for box in boxed.boxes],
        "bars": _bars(axes),
        "images": _images(axes),
        "cells": _cells(axes),
    }


def _spec(axes: Any) -> Any:
    """Where it stands in a grid; before matplotlib 3.7 other axes have no such method."""
    return getattr(axes, "get_subplotspec", lambda: None)()


def _place(axes: Any) -> str:
    """ "row 2, column 1"; "" where there is no grid."""
    spec = _spec(axes)
    if spec is None or spec.get_gridspec().get_geometry() == (1, 1):
        return ""
    return f"row {spec.rowspan.start + 1}, column {spec.colspan.start + 1}"


def _text(text: Any) -> str:
    return str(text.get_text())[:500]


def _number(value: Any) -> float | None:
    number = float(value)
    return number if math.isfinite(number) else None


def _pairs(values: Any) -> list[list[float | None]]:
    """A masked value is one that is not drawn."""
    import numpy as np

    whole = np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)
    return [[_number(value) for value in row] for row in whole[:MOST_MARKS].tolist()]


def _numbers(values: Any) -> list[float | None]:
    import numpy as np

    whole = np.ma.filled(np.ma.asarray(values, dtype=float), np.nan).ravel()
    return [_number(value) for value in whole[:MOST_MARKS].tolist()]


def _label(axes: Any, figure: Any, along: str) -> str:
    """Of these axes, or in a grid the outer one of the column or row, or of the whole figure."""
    own = getattr(axes, f"get_{along}label")()
    place = _spec(axes)
    if not own and place is not None:
        span = "colspan" if along == "x" else "rowspan"
        for other in figure.axes:
            at = _spec(other)
            if at is not None and getattr(at, span) == getattr(place, span):
                own = own or getattr(other, f"get_{along}label")()
    whole = getattr(figure, f"_sup{along}label", None)
    return (own or ("" if whole is None else whole.get_text()))[:500]


def _ticks(axis: Any) -> list[list[Any]]:
    places = axis.get_majorticklocs()
    texts = [text.get_text() for text in axis.get_ticklabels()]
    return [[_number(place), text[:200]] for place, text in zip(places, texts)][:MOST_TEXTS]


def _points(axes: Any, parts: set[int]) -> list[dict[str, Any]]:
    from matplotlib.collections import RegularPolyCollection

    groups = []
    for scatter in axes.collections:
        if is_scatter(scatter) or isinstance(scatter, RegularPolyCollection):
            at = _pairs(scatter.get_offsets())
            looks = _looks(scatter, len(at)) if is_scatter(scatter) else []
            groups.append(
                {
                    "at": at,
                    "label": str(scatter.get_label()),
                    "looks": looks,
                    **_colors(scatter, len(at)),
                }
            )
    for line in marker_lines(axes):
        if line.get_marker() not in ("None", "", " ", None) and id(line) not in parts:
            look = f"{_hex(line.get_markerfacecolor())} {line.get_marker()}"
            label = str(line.get_label())
            groups.append({"at": _pairs(line.get_xydata()), "label": label, "looks": [look]})
    return groups


def _keys(legend: Any) -> list[list[str]]:
    """Of each entry the text, and the color beside it; "" where that is not one color."""
    older = not hasattr(legend, "legend_handles")  # than matplotlib 3.7
    handles = legend.legendHandles if older else legend.legend_handles
    return [[_text(text), _key(handle)] for text, handle in zip(legend.get_texts(), handles)]


def _key(handle: Any) -> str:
    from matplotlib.collections import Collection
    from matplotlib.lines import Line2D

    if isinstance(handle, Line2D):
        dotted = handle.get_marker() not in ("None", "", " ", None)
        return _hex(handle.get_markerfacecolor() if dotted else handle.get_color())
    if isinstance(handle, Collection):
        faces, edges = handle.get_facecolors(), handle.get_edgecolors()
        colors = faces if len(faces) else edges
        return _hex(colors[0]) if len(colors) else ""
    return ""


def _looks(scatter: Any, count: int) -> list[str]:
    """Color and shape of each dot, or of all where they are one: rows of a group share them."""
    faces, edges = scatter.get_facecolors(), scatter.get_edgecolors()
    colors = faces if len(faces) else edges
    shapes = [str(zlib.crc32(path.vertices.tobytes())) for path in scatter.get_paths()]
    if not len(colors) or not shapes:
        return []
    if len(colors) == len(shapes) == 1:
        return [f"{_hex(colors[0])} {shapes[0]}"]
    told = [_hex(color) for color in colors]
    whole = min(count, MOST_MARKS)
    return [f"{told[i % len(told)]} {shapes[i % len(shapes)]}" for i in range(whole)]


def _hex(color: Any) -> str:
    from matplotlib.colors import to_hex

    return to_hex(color)


def _colors(marks: Any, count: int) -> dict[str, Any]:
    """The numbers that colors stand for, or where colors were given, how light each is."""
    values = marks.get_array()
    if values is not None:
        return {"color": _numbers(values), **_color_scale(marks)}
    faces = marks.get_facecolors()
    return {"color": [_lightness(face) for face in faces]} if len(faces) == count > 1 else {}


def _color_scale(marks: Any) -> dict[str, Any]:
    bar = marks.colorbar
    label = "" if bar is None else bar.ax.get_ylabel() or bar.ax.get_xlabel() or bar.ax.get_title()
    steps = [_lightness(marks.get_cmap()(part / 16)) for part in range(17)]
    return {"color_label": label[:500], "lightness": steps, "colorbar": bar is not None}


def _lightness(color: Any) -> float:
    """L* of CIELAB, 0 to 100."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color[:3]
    ]
    luminance = sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear))
    return float(116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance)


def _ink(axes: Any) -> float:
    """How often all dots, each by its area and opacity, would cover the panel."""
    box = axes.get_window_extent()
    room = box.width * box.height * (72 / axes.figure.dpi) ** 2  # in points
    covered = 0.0
    for scatter in filter(is_scatter, axes.collections):
        sizes = scatter.get_sizes()
        count = len(scatter.get_offsets())
        if count and len(sizes):
            covered += count * float(sizes.mean()) * 0.785 * _opacity(scatter.get_facecolors())
    for line in marker_lines(axes):
        size = 1.0 if line.get_marker() == "," else float(line.get_markersize())
        alpha = line.get_alpha()
        covered += len(line.get_xdata()) * size**2 * 0.785 * (1.0 if alpha is None else alpha)
    return covered / room if room > 0 else 0.0


def _opacity(faces: Any) -> float:
    """Rings, which have no face, count half."""
    return float(faces[:, 3].mean()) if len(faces) else 0.5


def _lines(axes: Any, parts: set[int]) -> list[dict[str, Any]]:
    return [
        {"at": _pairs(line.get_xydata()), "label": str(line.get_label())[:200]}
        for line in axes.lines
        if is_joined(line) and in_data(line, axes) and id(line) not in parts
    ][:MOST_PANELS]


def _plain(box: dict[str, Any]) -> dict[str, Any]:
    """Where it stands, its five numbers from whisker to whisker, and the points beyond these."""
    numbers = {key: _numbers(box[key]) for key in ("at", "outliers")}
    return {**numbers, "summary": [v and _number(v) for v in box["summary"]], "lies": box["lies"]}


def _bars(axes: Any) -> list[dict[str, Any]]:
    """Where each begins and ends along its axis, and how long it is."""
    from matplotlib.container import BarContainer
    from matplotlib.patches import Polygon, Rectangle, StepPatch

    groups = []
    for held in axes.containers:
        if isinstance(held, BarContainer):
            lies = getattr(held, "orientation", "vertical") == "horizontal"
            bars = [_bar(bar, lies) for bar in held.patches if is_seen(bar)]
            groups += [{"lies": lies, "bars": bars}] if bars else []
    if not groups:
        alike = [p for p in axes.patches if isinstance(p, Rectangle) and is_seen(p)]
        loose = [p for p in alike if in_data(p, axes)]
        groups = [{"lies": False, "bars": [_bar(bar, False) for bar in loose]}] if loose else []
    for steps in axes.patches:
        if isinstance(steps, StepPatch):
            values, edges, _ = steps.get_data()
            bars = [[float(a), float(b), float(v)] for a, b, v in zip(edges, edges[1:], values)]
            groups.append({"lies": steps.orientation == "horizontal", "bars": bars})
        elif isinstance(steps, Polygon):
            groups += _outline(steps.get_xy().tolist())
    return [{**group, "bars": group["bars"][:MOST_MARKS]} for group in groups[:MOST_PANELS]]


def _bar(bar: Any, lies: bool) -> list[float | None]:
    begins, width, length = bar.get_x(), bar.get_width(), bar.get_height()
    if lies:
        begins, width, length = bar.get_y(), length, width
    return [_number(begins), _number(begins + width), _number(length)]


def _outline(corners: list[list[float]]) -> list[dict[str, Any]]:
    """A histogram that is drawn as one outline: each level stretch above 0 is a bar."""
    bars = [
        [min(a[0], b[0]), max(a[0], b[0]), a[1]]
        for a, b in zip(corners, corners[1:])
        if a[1] == b[1] and a[0] != b[0] and a[1] > 0
    ]
    known = sorted({tuple(bar) for bar in bars})
    return [{"lies": False, "bars": [list(bar) for bar in known]}] if len(known) > 1 else []


def _images(axes: Any) -> list[dict[str, Any]]:
    import numpy as np

    found = []
    for image in axes.images:
        values = np.ma.filled(np.ma.asarray(image.get_array(), dtype=float), np.nan)
        if values.ndim == 2 and values.size <= MOST_MARKS:
            left, right, bottom, top = image.get_extent()
            first, last = (top, bottom) if image.origin == "upper" else (bottom, top)
            written = written_in(axes, (left, first), (right, last), values.shape)
            found.append({"cells": _pairs(values), "written": written, **_color_scale(image)})
    for mesh in axes.collections:
        if type(mesh).__name__ == "QuadMesh" and mesh.get_array() is not None:
            rows, columns = (side - 1 for side in mesh.get_coordinates().shape[:2])
            values = np.ma.filled(np.ma.asarray(mesh.get_array(), dtype=float), np.nan)
            if values.size == rows * columns <= MOST_MARKS:
                cells = _pairs(values.reshape(rows, columns))
                corners = mesh.get_coordinates()
                written = written_in(axes, corners[0, 0], corners[-1, -1], (rows, columns))
                found.append({"cells": cells, "written": written, **_color_scale(mesh)})
    return found[:MOST_PANELS]


def _cells(axes: Any) -> list[dict[str, Any]]:
    """Hexagons, and the cells of a histogram in two dimensions: the middle, the size, the value."""
    import numpy as np

    found = []
    for cells in axes.collections:
        values = cells.get_array()
        if values is None:
            continue
        if type(cells).__name__ == "PolyCollection" and len(cells.get_offsets()) == len(values) > 1:
            size = np.ptp(cells.get_paths()[0].vertices, axis=0)
            middles, sizes = _pairs(cells.get_offsets()), [_numbers(size)]
        elif type(cells).__name__ == "QuadMesh":
            corners = cells.get_coordinates()
            low, high = corners[:-1, :-1].reshape(-1, 2), corners[1:, 1:].reshape(-1, 2)
            middles, sizes = _pairs((low + high) / 2), _pairs(high - low)
        else:
            continue
        found.append(
            {"at": middles, "size": sizes, "color": _numbers(values), **_color_scale(cells)}
        )
    return found[:MOST_PANELS]
