"""Each kind of marks against the values that they should show: None, or the Fault."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

from figure_values import Grid, Pair, as_number, in_common, pairs, same_numbers

Panel = dict[str, Any]
Given = dict[str, Any]
Cells = list[list[Any]]
Bin = tuple[float, float]


class Fault(NamedTuple):
    """What the figure shows instead. `because` is the likely cause."""

    says: str
    because: str = ""
    expected: str = ""
    look: str = ""


ELSEWHERE = "It draws data of its own, such as a file that it reads itself, or other columns."
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")
OUTSIDE = 0.01  # of the values may lie outside of a histogram's bins


def points(panel: Panel, given: Given, _: Given) -> Fault | None:
    got = [(x, y) for group in panel["points"] for x, y in group["at"] if None not in (x, y)]
    if "x" not in given:
        return None
    fault = _compared(got, pairs(given["x"], given["y"]), "points")
    if fault is not None and "color" in given:  # a point may be left out where it has no color
        every = zip(given["x"], given["y"], given["color"])
        colored = [(x, y) for x, y, color in every if as_number(color) is not None]
        fault = fault if _compared(got, pairs(*zip(*colored)), "points") else None
    return fault


def _compared(got: list[Pair], expected: list[Pair], noun: str) -> Fault | None:
    common = in_common(got, expected)
    if common == len(got) == len(expected):
        return None
    if common == len(got) < len(expected):
        return Fault(
            f"{len(got):,} of the {len(expected):,} rows are drawn",
            "Rows are left out on the way: by `head` or `sample`, by a filter, or by a `dropna`"
            " that looks at columns that are not drawn.",
        )
    if common == len(expected) < len(got):
        told = f"it has {len(got):,} {noun} for {len(expected):,} rows"
        return Fault(told, "Some rows are drawn twice, or rows that have gaps were filled first.")
    if in_common([(y, x) for x, y in got], expected) == len(expected) == len(got):
        return Fault("x and y are swapped", "The two columns are given in the wrong order.")
    for axis, other in ((0, 1), (1, 0)):
        same = [same_numbers([p[i] for p in got], [p[i] for p in expected]) for i in (axis, other)]
        if same == [True, False]:
            told = f"the {noun} have the right {'xy'[axis]}, and another {'xy'[other]} than asked"
            return Fault(told, "Another column is drawn, or its values were changed.")
    return Fault(
        f"{common:,} of the {len(expected):,} {noun} that belong there are there",
        ELSEWHERE if common < len(expected) / 2 else "Some values were changed before drawing.",
    )


def cloud(panel: Panel, given: Given, asked: Given) -> Fault | None:
    told = [points(panel, given, asked)] if panel["points"] else []
    told += [_held(cells, pairs(given["x"], given["y"])) for cells in panel["cells"]]
    return None if None in told else told[0]


def _held(cells: Given, expected: list[Pair]) -> Fault | None:
    """Nearly each row lies in a hexagon or rectangle that is drawn, and in nearly each lies one."""
    wide = max((size[0] or 0.0 for size in cells["size"]), default=0.0) or 1.0
    high = max((size[1] or 0.0 for size in cells["size"]), default=0.0) or 1.0
    middles: dict[tuple[int, int], list[Pair]] = {}
    for (x, y), value in zip(cells["at"], cells["color"]):
        if None not in (x, y) and value not in (None, 0):
            middles.setdefault((round(x / wide), round(y / high)), []).append((x, y))
    reached: set[Pair] = set()
    inside = 0
    for x, y in expected:
        at = round(x / wide), round(y / high)
        beside = [(at[0] + i, at[1] + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        near = chain.from_iterable(middles.get(place, []) for place in beside)
        close = [m for m in near if abs(m[0] - x) <= 0.51 * wide and abs(m[1] - y) <= 0.51 * high]
        inside += bool(close)
        reached.update(close)
    if inside < 0.99 * len(expected):
        return Fault(f"its cells hold {inside:,} of the {len(expected):,} rows", ELSEWHERE)
    empty = sum(map(len, middles.values())) - len(reached)
    if empty > 0.1 * len(reached):
        return Fault(f"{empty:,} of its cells are where no row is", ELSEWHERE)
    return None


def line(panel: Panel, given: Given, _: Given) -> Fault | None:
    lines = [[(x, y) for x, y in one["at"] if None not in (x, y)] for one in panel["lines"]]
    if "y" not in given:
        return None
    told = [_drawn(one, given) for one in lines]
    right = None in told
    return None if right else min(told, key=lambda fault: fault.because == ELSEWHERE)


def _drawn(got: list[Pair], given: Given) -> Fault | None:
    if "x" not in given:
        wanted = [y for y in map(as_number, given["y"]) if y is not None]
        right = _along([y for _, y in got], wanted)
        return None if right else Fault("no line has the values that it was given", ELSEWHERE)
    expected = pairs(given["x"], given["y"])
    fault = _compared(got, expected, "points of a line")
    if fault is None and got != sorted(got) and not _along([x for x, _ in got], given["x"]):
        # A line connects: the same points in another order make another one.
        return Fault("a line goes to and fro", "Its rows are not sorted by x before it is drawn.")
    return fault


def _along(got: Sequence[float], expected: Sequence[float]) -> bool:
    grid = Grid(expected)
    return len(got) == len(expected) and all(grid.near(a, b) for a, b in zip(got, expected))


def bars(panel: Panel, given: Given, asked: Given) -> Fault | None:
    fault = _bars(panel, given) or (_together(panel) if asked["apart"] else None)
    return fault or (_unsorted(panel) if asked["sorted"] else None)


def _together(panel: Panel) -> Fault | None:
    spans = sorted(
        (min(bar[:2]), max(bar[:2]))
        for group in panel["bars"]
        for bar in group["bars"]
        if None not in bar
    )
    slack = 0.1 * min((high - low for low, high in spans), default=0.0)
    count = sum(b[0] < a[1] - slack for a, b in zip(spans, spans[1:]))
    if not count:
        return None
    return Fault(
        f"{count} of its bars {'stand' if count > 1 else 'stands'} where another stands",
        "At one place, a bar hides the other, or is stacked on it and seems longer than it is.",
        "a place for each bar",
        "`axes.bar(x - 0.2, …, width=0.4)` for one group and `axes.bar(x + 0.2, …, width=0.4)` for"
        " the other; `DataFrame.plot.bar` does it by itself, without `stacked=True`.",
    )


def _unsorted(panel: Panel) -> Fault | None:
    placed = sorted(bar for group in panel["bars"] for bar in group["bars"] if None not in bar)
    lengths = [length for _, _, length in placed]
    if sorted(lengths) in (lengths, lengths[::-1]):
        return None
    return Fault(
        "its bars are not sorted by their length: " + ", ".join(f"{a:,.6g}" for a in lengths[:10]),
        "They stand in the order of the names, or in which the data had them.",
        look="Sort pairs of a name and a length before they are drawn.",
    )


def _bars(panel: Panel, given: Given) -> Fault | None:
    found = [(group, bar) for group in panel["bars"] for bar in group["bars"] if None not in bar]
    if "y" not in given:
        return None
    got = [bar[2] for _, bar in found]
    expected = [value for value in map(as_number, given["y"]) if value is not None]
    right = same_numbers(got, expected)
    if "x" not in given:
        return None if right else _lengths(got, expected)
    named = {
        name_of(bar, panel["y_ticks" if group["lies"] else "x_ticks"]): bar[2]
        for group, bar in found
    }
    lacking = [str(name) for name in given["x"] if str(name) not in named]
    if lacking and right:
        return Fault(f"no bar is named `{lacking[0]}`", "Below the bars are numbers, or nothing.")
    if len(lacking) == len(given["x"]):
        fault = _lengths(got, expected)
        # Where names are words, and all of them others, they come from elsewhere.
        words = any(map(str.isalpha, "".join(named)))
        return fault._replace(because=ELSEWHERE) if words else fault
    if lacking:
        return Fault(
            f"there is no bar `{lacking[0]}`", "A group was left out, or has another name."
        )
    return _each_named(named, given, expected, right) or (
        None if len(found) == len(expected) else _lengths(got, expected)
    )


def _each_named(
    named: dict[str, float], given: Given, expected: Sequence[float], right: bool
) -> Fault | None:
    grid = Grid(expected, [0.0])
    for name, told in zip(given["x"], given["y"]):
        value = as_number(told)
        if value is not None and not grid.near(named[str(name)], value):
            return Fault(
                f"the bar `{name}` is {named[str(name)]:,.6g}, not {value:,.6g}",
                "The names below the bars are in another order than the bars." if right else "",
            )
    return None


def _lengths(got: Sequence[float], expected: Sequence[float]) -> Fault:
    if len(got) != len(expected):
        counted = f"{len(got):,} {'bar' if len(got) == 1 else 'bars'}"
        return Fault(f"there {'is' if len(got) == 1 else 'are'} {counted}, not {len(expected):,}")
    both = zip(sorted(got), sorted(expected))
    a, b = max(both, key=lambda pair: abs(pair[0] - pair[1]))
    return Fault(f"a bar is {a:,.6g}, where {b:,.6g} belongs")


def name_of(bar: Sequence[float], ticks: Cells) -> str:
    """What stands below it."""
    low, high = min(bar[:2]) - 1e-9, max(bar[:2]) + 1e-9
    inside = [
        (abs(at - (low + high) / 2), text)
        for at, text in ticks
        if at is not None and low <= at <= high
    ]
    return min(inside)[1] if inside else ""


def histogram(panel: Panel, given: Given, asked: Given) -> Fault | None:
    lengths: Counter[Bin] = Counter()
    for begins, ends, length in chain.from_iterable(group["bars"] for group in panel["bars"]):
        if None not in (begins, ends, length):
            lengths[(min(begins, ends), max(begins, ends))] += length
    bins = sorted(lengths)
    if not bins or sum(lengths.values()) <= 0:
        return Fault("its bars are empty")
    slack = (bins[-1][1] - bins[0][0]) * 1e-9
    if any(b[0] < a[1] - 1000 * slack for a, b in zip(bins, bins[1:])):
        return Fault("its bins overlap", "Groups have bins of their own: give all the same `bins`.")
    if "x" in given:
        fault = _counts(lengths, bins, given["x"], slack)
        if fault is not None:
            return fault
    if len(bins) < asked["min_bins"]:
        return Fault(f"it has {len(bins)} bins, where at least {asked['min_bins']} show the shape")
    return None


def _counts(
    lengths: Counter[Bin], bins: Sequence[Bin], given: Sequence[Any], slack: float
) -> Fault | None:
    values = sorted(value for value in map(as_number, given) if value is not None)
    first, last = bins[0][0] - slack, bins[-1][1] + slack
    outside = bisect_left(values, first) + len(values) - bisect_right(values, last)
    if outside > OUTSIDE * len(values):
        far = outside > len(values) / 2
        return Fault(
            f"{outside:,} of the {len(values):,} values are outside of its bins",
            ELSEWHERE if far else "A `range`, or `bins`, that end before the data do.",
        )
    below = [bisect_left(values, low - slack) for low, _ in bins]
    ends = [*below[1:], bisect_right(values, last)]
    counts = [end - begin for begin, end in zip(below, ends)]
    edges = [edge for each in bins for edge in each]
    on_edge = max(bisect_right(values, e + slack) - bisect_left(values, e - slack) for e in edges)
    # A value on an edge may be counted on either side of it.
    most = max(0.002, on_edge / len(values))
    for weights in ([1.0] * len(bins), [high - low for low, high in bins]):  # counts; densities
        drawn = [lengths[each] * weight for each, weight in zip(bins, weights)]
        shares = zip(drawn, counts)
        if all(abs(d / sum(drawn) - c / len(values)) <= most for d, c in shares):
            return None
    return Fault("its bars do not count the values that it was given", ELSEWHERE)


def image(panel: Panel, given: Given, _: Given) -> Fault | None:
    for axis in ("x", "y"):
        texts = [text for _, text in panel[f"{axis}_ticks"]]
        lacking = [str(name) for name in given.get(axis, []) if str(name) not in texts]
        if lacking:
            told = f"nothing along {axis} says `{lacking[0]}`"
            return Fault(told, "The rows and columns have no names, or only their numbers.")
    expected = [[as_number(cell) for cell in row] for row in given["cells"]]
    if "x" in given and "y" in given:
        rows, columns = (_as_named(panel[f"{axis}_ticks"], given[axis]) for axis in "yx")
        expected = [[expected[i][j] for j in columns] for i in rows]
    told = [_image(found["cells"], expected) or _miswritten(found) for found in panel["images"]]
    return None if None in told else told[0]


def _miswritten(found: Given) -> Fault | None:
    """Its numbers are those of the cells across the diagonal."""
    cells = found["cells"]
    numbers = [text for text in found["written"] if NUMBER.fullmatch(text[2].strip())]

    def fits(row: int, column: int, text: str) -> bool:
        cell = cells[row][column] if row < len(cells) and column < len(cells[row]) else None
        digits = len(text.strip().partition(".")[2])
        return cell is not None and abs(cell - float(text)) <= 0.51 * 10**-digits

    astray = [text for text in numbers if not fits(*text)]
    if not astray or not all(fits(column, row, text) for row, column, text in numbers):
        return None
    row, column, text = astray[0]
    return Fault(
        f"the cell in row {row + 1}, column {column + 1} is {_told(cells[row][column])}, and"
        f" {text.strip()} is written there",
        "`axes.text(x, y, …)` takes the place along x first, which is the column, then the row.",
        look="`axes.text(column, row, cells[row, column])`",
    )


def _as_named(ticks: Cells, names: Sequence[Any]) -> list[int]:
    """The order in which an image has the names: any is right, if the cells have it too."""
    known = [str(name) for name in names]
    there = [text for _, text in sorted(t for t in ticks if t[0] is not None) if text in known]
    right = sorted(there) == sorted(known)
    return [known.index(name) for name in there] if right else list(range(len(known)))


def _image(got: Cells, expected: Cells) -> Fault | None:
    if any(_same_cells(got, other) for other in _as_proportions(expected)):
        return None
    turned = [list(column) for column in zip(*expected)]
    if any(_same_cells(got, other) for other in _as_proportions(turned)):
        return Fault(
            "its rows and columns are swapped",
            "A confusion matrix has the true labels in its rows, the predicted in its columns.",
        )
    shape, wanted = (f"{len(cells)} × {len(cells[0])}" for cells in (got, expected))
    if shape != wanted:
        return Fault(f"the image has {shape} cells, not {wanted}", ELSEWHERE)
    apart = [
        (i, j, a, b)
        for i, (row, right) in enumerate(zip(got, expected))
        for j, (a, b) in enumerate(zip(row, right))
        if a != b
    ]
    i, j, a, b = apart[0]
    return Fault(f"the cell in row {i + 1}, column {j + 1} is {_told(a)}, not {_told(b)}")


def _told(value: float | None) -> str:
    return "empty" if value is None else f"{value:,.6g}"


def _as_proportions(cells: Cells) -> list[Cells]:
    """As they are; of their row, their column, the whole."""
    if any(cell is None or cell < 0 for row in cells for cell in row):
        return [cells]
    whole = sum(map(sum, cells)) or 1.0
    columns = [sum(column) or 1.0 for column in zip(*cells)]
    return [
        cells,
        [[cell / (sum(row) or 1.0) for cell in row] for row in cells],
        [[cell / column for cell, column in zip(row, columns)] for row in cells],
        [[cell / whole for cell in row] for row in cells],
    ]


def _same_cells(got: Cells, expected: Cells) -> bool:
    if len(got) != len(expected) or any(len(a) != len(b) for a, b in zip(got, expected)):
        return False
    grid = Grid([cell for row in expected for cell in row if cell is not None], [0.0])
    return all(
        a is b or None not in (a, b) and grid.near(a, b)
        for row, right in zip(got, expected)
        for a, b in zip(row, right)
    )
