"""Box plots against the groups whose values they should show: None, or the Fault."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any, NamedTuple

from figure_marks import ELSEWHERE, Fault, Given, Panel, name_of
from figure_values import Grid, as_number, same_numbers

Box = dict[str, Any]


class Group(NamedTuple):
    """The values that a box is about. `name` is "" where none is asked for."""

    name: str
    values: list[float]  # in order, without gaps
    gaps: int

    @property
    def noun(self) -> str:
        return f"the box `{self.name}`" if self.name else "a box"


def boxes(panel: Panel, given: Given, _: Given) -> Fault | None:
    if "y" not in given:
        return None
    groups, drawn = _groups(given), [(_name(box, panel), box) for box in panel["boxes"]]
    empty = [name for name, box in drawn if None in box["summary"]]
    if empty:
        told = f"the box `{empty[0]}` is empty" if empty[0] else "a box is empty"
        return Fault(
            told,
            "A value that is missing is among its values: with a single NaN, matplotlib draws"
            " nothing of the box.",
            look="Leave the missing values out first: `values[~np.isnan(values)]`, or `dropna()`.",
        )
    if len(drawn) != len(groups):
        return _count([box for _, box in drawn], groups)
    named = {name: box for name, box in drawn}
    lacking = [group for group in groups if group.name and group.name not in named]
    if lacking or not groups[0].name:
        fault = _somewhere([box for _, box in drawn], groups)
        if fault is not None or not lacking:
            return fault
        there = ", ".join(f"`{name}`" for name in named if name)
        return Fault(
            f"no box is named `{lacking[0].name}`" + (f"; there are {there}" if there else ""),
            "The boxes have numbers for names, or none.",
            look="`axes.set_xticks([1, 2], [first, second])` after `axes.boxplot([a, b])`.",
        )
    for group in groups:
        box = named[group.name]
        fault = _compared(box, group)
        if fault is not None:
            other = next((g for g in groups if _compared(box, g) is None), None)
            return fault if other is None else _exchanged(group, other)
    return None


def _exchanged(group: Group, other: Group) -> Fault:
    return Fault(
        f"{group.noun} shows the values of `{other.name}`",
        "The groups are exchanged: the names are in another order than the boxes.",
        look="Give the names in the order in which the groups are given to `axes.boxplot`.",
    )


def _groups(given: Given) -> list[Group]:
    """`y` is a list for each name in `x`; or all values, where `x` says which group each is of."""
    ys, xs = given["y"], given.get("x")
    if ys and all(isinstance(each, (list, tuple)) for each in ys):
        return [_group(name, each) for name, each in zip(xs or [""] * len(ys), ys)]
    held: dict[str, list[Any]] = {}
    for name, value in zip(xs or [""] * len(ys), ys):
        if name is not None:
            held.setdefault(str(name), []).append(value)
    return [_group(name, values) for name, values in held.items()]


def _group(name: Any, values: Sequence[Any]) -> Group:
    numbers = [number for number in map(as_number, values) if number is not None]
    return Group(str(name), sorted(numbers), len(values) - len(numbers))


def _name(box: Box, panel: Panel) -> str:
    return name_of(box["at"], panel["y_ticks" if box["lies"] else "x_ticks"])


def _count(drawn: list[Box], groups: list[Group]) -> Fault:
    every = sorted(value for group in groups for value in group.values)
    if len(drawn) == 1 < len(groups) and _compared(drawn[0], Group("", every, 0)) is None:
        return Fault(
            f"it has one box of all {len(groups)} groups together, where each has its own",
            "The groups were joined, or never parted: one box hides what differs between them.",
            look="`axes.boxplot([a, b])`, with a list of arrays, draws a box for each.",
        )
    counted = f"{len(drawn)} {'box' if len(drawn) == 1 else 'boxes'}"
    return Fault(
        f"it has {counted}, not {len(groups)}",
        "Of a table, or an array of two dimensions, each column gets a box."
        if len(drawn) > len(groups)
        else "A group was left out.",
        look="`axes.boxplot([a, b])`, with a list of arrays, draws a box for each.",
    )


def _somewhere(drawn: list[Box], groups: list[Group]) -> Fault | None:
    """Each group has a box, whatever its name."""
    left = list(drawn)
    without = []
    for group in groups:
        own = next((box for box in left if _compared(box, group) is None), None)
        left.remove(own) if own is not None else without.append(group)
    return _compared(left[0], without[0]) if without else None


def quartiles(values: Sequence[float]) -> list[float]:
    """By linear interpolation, as NumPy, matplotlib and pandas do."""
    if len(values) == 1:
        return [values[0]] * 3
    return statistics.quantiles(values, n=4, method="inclusive")


def _compared(box: Box, group: Group) -> Fault | None:
    if len(group.values) == 0:
        return None
    grid = Grid(group.values)
    low, q1, median, q3, high = box["summary"]
    right = quartiles(group.values)
    for got, expected, noun in (
        (median, right[1], "median"),
        (q1, right[0], "first quartile"),
        (q3, right[2], "third quartile"),
    ):
        if not grid.near(got, expected):
            told = f"{group.noun} has its {noun} at {got:,.6g}, not at {expected:,.6g}"
            return Fault(told, _cause(box, group, grid))
    outside = [low] if low < group.values[0] else []
    outside += [high] if high > group.values[-1] else []
    nowhere = [end for end in outside if not any(grid.near(end, v) for v in group.values)]
    if nowhere:
        told = f"{group.noun} has a whisker that ends at {nowhere[0]:,.6g}, where no value is"
        return Fault(told, "A whisker ends at a value: the last one within 1.5 IQR.")
    beyond = {v for v in group.values if not low <= v <= high}
    beyond = {v for v in beyond if not grid.near(v, low) and not grid.near(v, high)}
    outliers = set(box["outliers"])
    if same_numbers([*outliers], [*beyond]):
        return None
    if len(outliers) < len(beyond):
        return Fault(
            f"{group.noun} shows {len(outliers)} of the {len(beyond)}"
            f" {'outlier' if len(beyond) == 1 else 'outliers'} beyond its whiskers",
            "`showfliers=False` hides the outliers, and a reader has to see them.",
        )
    return Fault(f"{group.noun} has other outliers than its values have", ELSEWHERE)


def _cause(box: Box, group: Group, grid: Grid) -> str:
    """What makes such quartiles, where it is known."""

    def near(quantiles: Sequence[float]) -> bool:
        return all(grid.near(a, b) for a, b in zip(box["summary"][1:4], quantiles))

    if group.gaps and near(quartiles(sorted([*group.values, *[0.0] * group.gaps]))):
        return "The missing values were read as zero."
    if len(group.values) > 1 and near(statistics.quantiles(group.values, n=4)):
        return (
            "Another quartile method, the exclusive one of the module `statistics`."
            " `np.percentile` and matplotlib interpolate between the values."
        )
    if grid.near(box["summary"][2], statistics.fmean(group.values)):
        return "That is the mean."
    return ELSEWHERE
