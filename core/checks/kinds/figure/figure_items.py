"""Whether a panel of the figure shows what one item of `shows` asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar, NamedTuple

from figure_boxes import boxes
from figure_marks import Fault, Given, Panel, bars, cloud, histogram, image, line, points
from figure_values import as_number, go_together, in_words, matches
from mlpath_check import Check

NEARLY = 0.9  # rank correlation of a color with what it stands for


class Marks(NamedTuple):
    """One kind of marks: where panels have them, how to draw them, how they are judged."""

    noun: str
    held_in: tuple[str, ...]
    drawn_by: str
    judge: Callable[[Panel, Given, Given], Fault | None]


MARKS = {
    "points": Marks("points", ("points",), "`axes.scatter(x, y)`", points),
    "cloud": Marks(
        "points, and no cells that count them",
        ("points", "cells"),
        "`axes.scatter(x, y)` or `axes.hexbin(x, y)`",
        cloud,
    ),
    "line": Marks("line", ("lines",), "`axes.plot(x, y)`", line),
    "bars": Marks("bars", ("bars",), "`axes.bar(names, lengths)`", bars),
    "boxes": Marks("box", ("boxes",), "`axes.boxplot([a, b])`", boxes),
    "histogram": Marks("bars", ("bars",), "`axes.hist(values, bins=50)`", histogram),
    "image": Marks("image of cells", ("images",), "`axes.imshow(cells)`", image),
}


@dataclass
class Shown:
    """The panels that came, and the call that drew them."""

    call: str
    panels: list[Panel]
    whole: Given  # what the figure has beside its panels
    nouns: ClassVar[dict[str, str]] = {
        "points": "points",
        "lines": "lines",
        "bars": "bars",
        "boxes": "boxes",
        "images": "an image",
        "cells": "cells of two dimensions",
    }

    def legend(self, panel: Panel, part: str) -> list[Any]:
        """`part` of the panel's legend, or the figure's, or one panel's that has it for a grid."""
        own: list[Any] = panel[part] or self.whole[part]
        return own or [entry for other in self.panels for entry in other[part]]


@dataclass
class Item:
    asked: Given
    given: Given  # the values of x, y, cells, color and groups


def judge_item(check: Check, item: Item, shown: Shown) -> None:
    marks = MARKS[item.asked["marks"]]
    held = [panel for panel in shown.panels if any(panel[name] for name in marks.held_in)]
    if not held:
        there = sorted({noun for p in shown.panels for n, noun in shown.nouns.items() if p[n]})
        told = f"it has no {marks.noun}; it has {' and '.join(there)}"
        look = f"{marks.drawn_by} draws them."
        _fail(check, item, shown, Fault(told, look=look))
    faults = [marks.judge(panel, item.given, item.asked) for panel in held]
    right = [panel for panel, fault in zip(held, faults) if fault is None]
    if not right:
        # One with a cause knows more of the mistake.
        _fail(check, item, shown, min(filter(None, faults), key=lambda fault: not fault.because))
    # Of several panels that show the same, the one that has most of the rest is told of.
    fewest = min((_rest(panel, item, shown) for panel in right), key=len)
    if fewest:
        _fail(check, item, shown, fewest[0])


def _fail(check: Check, item: Item, shown: Shown, fault: Fault) -> None:
    check.fail(
        f"the figure of `{shown.call}`: {fault.says}",
        expected=fault.expected or item.asked.get("says", ""),
        because=fault.because or item.asked.get("because", ""),
        look=fault.look,
    )


def _rest(panel: Panel, item: Item, shown: Shown) -> list[Fault]:
    """What is wrong beside the data."""
    asked = item.asked
    # Of bars and boxes, those that lie have their names along y.
    held = [marks for name in MARKS[asked["marks"]].held_in for marks in panel[name]]
    lies = any(marks.get("lies") for marks in held)
    faults: list[Fault] = []
    for axis, drawn in {"x": "y", "y": "x"}.items() if lies else (("x", "x"), ("y", "y")):
        faults += _label(asked, axis, panel, drawn)
        scale = panel[f"{drawn}_scale"]
        wanted = asked.get(f"{axis}_scale", scale)
        if not scale.endswith(wanted):  # symlog is as good
            look = f"`axes.set_{drawn}scale({wanted!r})`"
            faults.append(Fault(f"the {drawn} axis is {scale}", "", f"a {wanted} scale", look))
    faults += _legend(asked, panel, shown)
    for wanted in asked.get("texts", []):
        if not any(matches(wanted, text) for text in panel["texts"]):
            look = "`axes.text(x, y, …)`, or `annot=True` of seaborn's heatmap."
            told = f"no text in the panel has {in_words(wanted)} in it"
            faults.append(Fault(told, "", "", look))
    return faults + _colors(panel, item, shown) + _overplotting(panel, asked)


def _label(asked: Given, axis: str, panel: Panel, drawn: str) -> list[Fault]:
    """The label that `asked` has for an axis, against the one of the axis where it is drawn."""
    wanted, label = asked.get(f"{axis}_label"), panel[f"{drawn}_label"]
    if wanted is None or matches(wanted, label):
        return []
    where = f"the {drawn} axis" + (f" of the panel in {panel['place']}" if panel["place"] else "")
    told = f'the label of {where} is "{label}"' if label else f"{where} has no label"
    expected = f"a label with {in_words(wanted)} in it"
    look = f"`axes.set_{drawn}label(…)`: what it is, and in which unit."
    return [Fault(told, _swapped(asked, panel), expected, look)]


def _swapped(asked: Given, panel: Panel) -> str:
    """The cause, where each axis has the label of the other."""
    labels = [asked.get(f"{axis}_label") for axis in "xy"]
    drawn = [panel[f"{axis}_label"] for axis in "yx"]
    swapped = all(wanted and matches(wanted, label) for wanted, label in zip(labels, drawn))
    return "The labels are swapped: what is drawn along x is named along y." if swapped else ""


def _legend(asked: Given, panel: Panel, shown: Shown) -> list[Fault]:
    entries: list[str] = shown.legend(panel, "legend")
    there = entries + panel["texts"]
    lacking = [name for name in asked.get("legend", []) if not any(matches(name, t) for t in there)]
    marks = MARKS[asked["marks"]]
    call = marks.drawn_by.replace(")`", ", label=name)`")
    look = f"{call} for each, then `axes.legend()`."
    if len(shown.panels) > 1:
        look = f"{call} for each, then once `figure.legend(*axes.get_legend_handles_labels())`."
    labels = [held["label"] for name in marks.held_in for held in panel[name] if "label" in held]
    named = [label for label in labels if label and label[0] != "_"]
    cause = "A mark without a `label`, or no call of `axes.legend()`."
    if entries:
        cause = (
            "A legend has an entry for each call with a `label`. One call has none, or draws"
            " several groups at once."
        )
    elif named:
        cause = f"What is drawn has labels (`{named[0]}`), and no call of `legend` shows them."
    elif labels:
        cause = "A legend lists the calls with a `label`, and no call has one."
    has = "; it has " + ", ".join(entries[:10]) if entries else ""
    return [Fault(f"its legend has no {in_words(name)}{has}", cause, "", look) for name in lacking]


def _colors(panel: Panel, item: Item, shown: Shown) -> list[Fault]:
    asked = item.asked
    plain = ("lines", "bars", "boxes")
    groups = [m for n in MARKS[asked["marks"]].held_in for m in panel[n] if n not in plain]
    faults: list[Fault] = []
    if "color" in item.given:
        faults += _color(groups, item.given)
    if "groups" in item.given:
        faults += _grouped(groups, item.given, shown.legend(panel, "keys"))
    if "color_label" in asked:
        labels = [group.get("color_label", "") for group in groups] + [panel["legend_title"]]
        if not any(matches(asked["color_label"], label) for label in labels):
            said = next((label for label in labels if label), "")
            told = f'the color is labeled "{said}"' if said else "nothing says what the color means"
            wanted = f"a colorbar with `{asked['color_label']}` in its label"
            look = "`figure.colorbar(marks, ax=axes, label=…)`"
            faults.append(Fault(told, "", wanted, look))
    if asked["sequential"]:
        scales = [group["lightness"] for group in groups if len(group.get("lightness", [])) > 2]
        if not scales or not all(map(_is_sequential, scales)):
            faults.append(
                Fault(
                    "its colors do not grow lighter, or darker, from low to high",
                    "A rainbow such as `jet` is lightest in the middle: printed in gray, or for"
                    " people who are color-blind, low and high look alike.",
                    "a sequential colormap",
                    '`cmap="viridis"`, `"cividis"` or `"Blues"`.',
                )
            )
    return faults


def _color(groups: Sequence[Given], given: Given) -> list[Fault]:
    """By place: the color of each point against the value that belongs there."""
    drawn = [pair for group in groups for pair in zip(group["at"], group.get("color", []))]
    values = {}
    for x, y, value in zip(given["x"], given["y"], given["color"]):
        if None not in (as_number(x), as_number(y), as_number(value)):
            values[_place(x, y)] = float(value)
    both = [
        (color, values[_place(*at)])
        for at, color in drawn
        if color is not None and None not in at and _place(*at) in values
    ]
    if len(both) > 2 and abs(go_together(*zip(*both))) >= NEARLY:
        return []
    if len({color for color, _ in both}) < 2:
        look = "`axes.scatter(x, y, c=values)`"
        wanted = "a color that goes with the values"
        return [Fault("all its points have one color", "", wanted, look)]
    return [
        Fault(
            "the color of its points does not go with the values that it should stand for",
            "`c` was given another column, or points and colors are in different orders.",
            "",
            "`axes.scatter(table[…], table[…], c=table[…])`, all of one table.",
        )
    ]


def _grouped(marks: Sequence[Given], given: Given, keys: Sequence[list[str]]) -> list[Fault]:
    """By place: the dots of a group look alike, those of two groups do not, as the legend says."""
    at_place: dict[tuple[float, float], set[str]] = {}
    for x, y, name in zip(given["x"], given["y"], given["groups"]):
        if None not in (as_number(x), as_number(y), name):
            at_place.setdefault(_place(x, y), set()).add(str(name))
    looks: dict[str, set[str]] = {str(name): set() for name in given["groups"] if name is not None}
    for mark in marks:
        told = mark.get("looks", [])
        for place, look in zip(mark["at"], told * len(mark["at"]) if len(told) == 1 else told):
            names = at_place.get(_place(*place), set()) if None not in place else set()
            if len(names) == 1:  # where dots of two groups lie, either may be on top
                looks[next(iter(names))].add(look)
    look = "`axes.scatter(…, label=name)` once for each group, or `c=` with a number for each."
    for one, other in combinations(looks, 2):
        if looks[one] == looks[other] and len(looks[one]) < 2:
            told = f"the points of `{one}` and of `{other}` look the same"
            cause = "All are drawn in one call, with one color and one marker."
            return [Fault(told, cause, "a color or a marker for each group", look)]
    for name, seen in looks.items():
        if len(seen) > 1 or any(seen & looks[other] for other in looks if other != name):
            told = f"the color of the points does not tell which are `{name}`"
            cause = "`c` has other values than the groups, or is in another order than the rows."
            return [Fault(told, cause, "a color or a marker for each group", look)]
    return _keyed({name: next(iter(seen), "").split(" ")[0] for name, seen in looks.items()}, keys)


def _keyed(colors: dict[str, str], keys: Sequence[list[str]]) -> list[Fault]:
    """A legend may style its keys as it likes, but not as those of another group."""
    groups = {color: name for name, color in colors.items() if color}
    if len(groups) < len(colors):  # markers tell them apart
        return []
    for text, color in keys:
        if groups.get(color, text) != text and text in colors:
            return [
                Fault(
                    f"its legend gives `{text}` the color of `{groups[color]}`",
                    "The names were typed, or sorted, in another order than the colors were given.",
                    "each name beside the color of its points",
                    "`axes.scatter(…, label=name)` once for each group keeps both together.",
                )
            ]
    return []


def _place(x: float, y: float) -> tuple[float, float]:
    return round(x, 6), round(y, 6)


def _is_sequential(scale: Sequence[Any]) -> bool:
    if None in scale:
        return False
    steps = [b - a for a, b in zip(scale, scale[1:])]
    one_way = max(sum(step > 0.1 for step in steps), sum(step < -0.1 for step in steps))
    return one_way >= len(steps) - 1 and abs(scale[-1] - scale[0]) > 30


def _overplotting(panel: Panel, asked: Given) -> list[Fault]:
    most = asked.get("overplotting")
    if most is None or not panel["points"] or panel["ink"] <= most:
        return []
    count = sum(len(group["at"]) for group in panel["points"])
    return [
        Fault(
            f"its {count:,} points hide each other: together they would cover the panel"
            f" {panel['ink']:.1f} times",
            "That is overplotting: where dots lie on dots, a thousand look like ten.",
            f"at most {most:g} {'time' if most == 1 else 'times'}",
            "Smaller dots (`s=4`), lighter ones (`alpha=0.3`), or `axes.hexbin(x, y)`.",
        )
    ]
