"""What a notebook shows: values, figures, tables and prose, against what is asked."""

from __future__ import annotations

import re
from typing import Any

from mlpath_check import Array, Check, Failure, difference, show
from mlpath_notebook import Notebook
from mlpath_values import Malformed, decode

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
FENCE = re.compile(r"^(```|~~~).*?^\1.*?$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*\s*$", re.MULTILINE)
# What a reader does not read as text: code, comments, headings (`# a`, or underlined)
NO_PROSE = (
    FENCE,
    re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL),
    HEADING,
    re.compile(r"^.*\S.*\n {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE),
    re.compile(r"<(h[1-6])\b.*?</\1>", re.DOTALL | re.IGNORECASE),
)


def asked(fields: dict[str, Any]) -> list[str]:
    """The expressions whose values a check asks for."""
    found = [value["of"] for value in fields.get("values", [])]
    for figure in fields.get("figures", []):
        found += [figure[axis] for axis in ("x", "y") if axis in figure]
    return found


# Values


def values(check: Check, wanted: list[dict[str, Any]], told: dict[str, dict[str, Any]]) -> None:
    for want in wanted:
        _value(check, want, told[want["of"]])


def _value(check: Check, want: dict[str, Any], told: dict[str, Any]) -> None:
    what, look = _named(want["of"])
    says = f" ({want['says'].rstrip('.')})" if "says" in want else ""
    if "raises" in want:
        if told.get("problem") == "raised" and want["raises"] in _texts(told.get("bases")):
            return
        got = _raised(told) if told.get("problem") == "raised" else _shown(told)
        raise Failure(
            f"{what} does not raise {want['raises']}{says}",
            expected=want["raises"],
            actual=got,
            because=_mistake(want, told) or want.get("because", ""),
            look=look,
        )
    if told.get("ok") is not True:
        raise _no_value(want, told, what, says, look)
    got = plain_of(told)
    if "equals" not in want or difference(got, want["equals"], want["tolerance"]) is None:
        return
    because = _mistake(want, told) or want.get("because", "")
    if got is None and want["of"].isidentifier():
        raise Failure(
            f"`{want['of']}` is None{says}",
            expected=show(want["equals"]),
            because=because
            or "It is not filled in yet, or a function gave it that has no `return`.",
            look=look,
        )
    check.close(got, want["equals"], what, want["tolerance"], because=because, look=look)


def _named(of: str) -> tuple[str, str]:
    *before, last = of.strip().splitlines()
    look = "Try it in a new cell at the end of the notebook:\n" + of.strip()
    return (f"`{last}` behind `{'; '.join(before)}`" if before else f"`{last}`"), look


def plain_of(told: dict[str, Any]) -> Any:
    """The value, in the few shapes that JSON has: tuples and arrays as lists."""
    try:
        return _plain(decode(told.get("value")))
    except Malformed as fault:
        raise Failure(f"What the notebook gave for a value cannot be read: {fault}") from fault


def _plain(value: Any) -> Any:
    if isinstance(value, Array):
        return _plain(value.data)
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value


def _no_value(
    want: dict[str, Any], told: dict[str, Any], what: str, says: str, look: str
) -> Failure:
    problem, because = told.get("problem"), _mistake(want, told)
    if problem == "raised":
        raised = _raised(told)
        missing = re.match(r"NameError: name '(\w+)' is not defined", raised)
        if missing and re.search(rf"\b{missing[1]}\b", want["of"]):
            return Failure(
                f"The notebook makes no `{missing[1]}`, and {what} needs it{says}",
                because=because or "The name is spelled in another way, or is not there yet.",
                look=f"Put `{missing[1]}` into a new cell at the end, and run it.",
            )
        return Failure(
            f"{what} raises {raised}{says}",
            expected=show(want["equals"]) if "equals" in want else "",
            because=because or want.get("because", ""),
            raised=raised,
            code=told["code"] if isinstance(told.get("code"), str) else "",
            look=look,
        )
    if problem == "hung":
        return Failure(
            f"{what} gives nothing within 10 s{says}",
            because="A loop in it never ends.",
            look=look,
            lasting=False,
        )
    if problem == "too_large":
        return Failure(f"{what} is more than 32 MB of values{says}", look=look)
    if problem == "unencodable":
        return Failure(f"{what} is a value that {_text(told.get('message'))}{says}", look=look)
    return Failure(
        f"{what} gave no value{says}",
        because="What was asked for before it ended the kernel, or did not come to an end.",
        look=look,
        lasting=False,
    )


def _mistake(want: dict[str, Any], told: dict[str, Any]) -> str:
    """What lies behind a wrong value that gives itself away; empty where none does."""
    bases = _texts(told.get("bases")) if told.get("problem") == "raised" else []
    came = [plain_of(told)] if told.get("ok") is True else []
    for mistake in want.get("mistakes", []):
        gives = mistake["gives"]
        if gives in bases or any(difference(got, gives, want["tolerance"]) is None for got in came):
            return mistake["because"]
    return ""


def _raised(told: dict[str, Any]) -> str:
    return f"{_text(told.get('type'))}: {_text(told.get('message'))}"[:500].rstrip(": ")


def _shown(told: dict[str, Any]) -> str:
    return show(plain_of(told)) if told.get("ok") is True else "no value"


def _texts(value: Any) -> list[str]:
    return [part for part in value if isinstance(part, str)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


# Figures


def figures(
    check: Check,
    wanted: list[dict[str, Any]],
    found: list[dict[str, Any]],
    told: dict[str, dict[str, Any]],
) -> None:
    for number, want in enumerate(wanted, 1):
        _figure(check, want, found, told, f"figure {number} of {len(wanted)}" if wanted[1:] else "")


def _figure(
    check: Check,
    want: dict[str, Any],
    found: list[dict[str, Any]],
    told: dict[str, dict[str, Any]],
    which: str,
) -> None:
    says = "".join(f" ({part.rstrip('.')})" for part in (which, want.get("says", "")) if part)
    if not found:
        raise Failure(
            f"The notebook shows no figure{says}",
            because=want.get("because", "")
            or "Nothing is drawn, or the figure is closed before the cell ends.",
            look="End the cell that draws with `plt.show()`.",
        )
    data = {axis: _data(want[axis], told[want[axis]]) for axis in ("x", "y") if axis in want}
    # The one that comes nearest is told about.
    faults = [_fault(want, axes, data, figure) for figure in found for axes in _axes(figure)]
    if not faults:
        raise Failure(f"The figure that the notebook shows has no axes{says}")
    best = max(faults, key=lambda fault: fault[0])
    if best[0] < ENOUGH:
        _, message, expected, actual = best
        raise Failure(
            f"{message}{says}",
            expected=expected,
            actual=actual,
            because=want.get("because", ""),
            look="Look at the figure in the notebook as somebody who sees nothing but it.",
        )


ENOUGH = 9
MARKS = {"line": "line", "bars": "bars", "points": "points"}
WRITTEN = {"title": "title", "x": "label of the x-axis", "y": "label of the y-axis"}


def _axes(figure: dict[str, Any]) -> list[dict[str, Any]]:
    found = figure.get("axes")
    return [axes for axes in found if isinstance(axes, dict)] if isinstance(found, list) else []


def _data(of: str, told: dict[str, Any]) -> Any:
    if told.get("ok") is not True:
        raise Failure(
            f"`{of}`, which the figure is to show, has no value: {_raised(told) or 'nothing came'}",
            because="The name is spelled in another way, or is not there yet.",
        )
    return plain_of(told)


def _fault(
    want: dict[str, Any], axes: dict[str, Any], data: dict[str, Any], figure: dict[str, Any]
) -> tuple[int, str, str, str]:
    """How far it is right, up to ENOUGH, and what is wrong then: message, expected, actual."""
    kinds = list(MARKS) if want["marks"] == "any" else [want["marks"]]
    groups = [g for kind in kinds for g in axes.get(kind) or [] if isinstance(g, dict)]
    if not groups:
        other = [kind for kind in MARKS if axes.get(kind)]
        drawn = f"it has {' and '.join(other)}" if other else "its axes are empty"
        wanted = "data" if want["marks"] == "any" else MARKS[want["marks"]]
        return 0, f"The figure has no {wanted}: {drawn}", "", ""
    for axis, values in data.items():
        if not any(_same(group.get(axis), values) for group in groups):
            nearest = max(groups, key=lambda group: _near(group.get(axis), values))
            return (
                2,
                f"The {axis} values of the marks in the figure are not `{want[axis]}`",
                show(values),
                show(_decoded(nearest.get(axis))),
            )
    for part in want["has"]:
        text = axes.get(part) or (figure.get("title") if part == "title" else "")
        if not (text if part == "legend" else _text(text).strip()):
            return 5, f"The figure has no {WRITTEN.get(part, part)}", "", ""
    return ENOUGH, "", "", ""


def _decoded(value: Any) -> Any:
    try:
        return _plain(decode(value))
    except Malformed:
        return None


def _same(got: Any, values: Any) -> bool:
    return difference(_decoded(got), values, 1e-6) is None


def _near(got: Any, values: Any) -> int:
    found = _decoded(got)
    if not isinstance(found, list) or not isinstance(values, list):
        return 0
    return sum(difference(a, b, 1e-6) is None for a, b in zip(found, values))


# Tables and prose


def tables(check: Check, wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    for want in wanted:
        says = f" ({want['says'].rstrip('.')})" if "says" in want else ""
        fitting = [t for t in found if set(want["columns"]) <= set(_texts(t.get("columns")))]
        if not fitting:
            listed = [", ".join(_texts(t.get("columns"))) for t in found]
            raise Failure(
                f"The notebook shows no table with the columns {', '.join(want['columns'])}{says}",
                expected=", ".join(want["columns"]),
                actual="; ".join(listed)[:800] or "no table",
                because=want.get("because", "")
                or "A DataFrame is shown where it is the last line of a cell, or by `display`.",
            )
        if "rows" in want and not any(t.get("rows") == want["rows"] for t in fitting):
            raise Failure(
                f"The table with the columns {', '.join(want['columns'])} has other rows{says}",
                expected=f"{want['rows']} rows",
                actual=f"{fitting[0].get('rows')} rows",
                because=want.get("because", ""),
            )


def prose(check: Check, want: dict[str, Any], notebook: Notebook) -> None:
    texts = [cell.source for cell in notebook.cells if cell.kind == "markdown"]
    without_code = [FENCE.sub("", text) for text in texts]
    headings = [h.casefold() for text in without_code for h in HEADING.findall(text)]
    for heading in want.get("headings", []):
        if heading.casefold() not in headings:
            raise Failure(
                f"No Markdown cell of `{notebook.path}` has the heading '{heading}'",
                actual="; ".join(headings)[:500] or "no headings",
                because=""
                if texts
                else "All cells are code cells: change one to Markdown (Esc, M).",
                look=f"A heading is a line that begins with #: `## {heading}`",
            )
    words = sum(len(WORD.findall(text)) for text in without_code)
    if words < want.get("min_words", 0):
        raise Failure(
            f"The Markdown cells of `{notebook.path}` have {words} words",
            expected=f"at least {want['min_words']} words",
            because="" if texts else "All cells are code cells: change one to Markdown (Esc, M).",
        )
    if "above" in want:
        _above_each(notebook)


def _above_each(notebook: Notebook) -> None:
    above: list[str] = []  # the Markdown cells right above, of which a reader sees one text
    for cell in notebook.cells:
        if cell.is_run and not any(map(has_prose, above)):
            raise Failure(
                f"No text stands above {cell.name} of `{notebook.path}`",
                expected="a sentence right above each code cell, in a Markdown cell",
                because="A heading or code alone stands there. Say in a sentence what the cell is"
                " about."
                if above
                else "Two code cells follow each other, or nothing stands above the first.",
                look="Select the cell and press Esc, A, M: a Markdown cell appears above it."
                if not above
                else "",
            )
        if cell.kind == "markdown":
            above.append(cell.source)
        elif cell.source.strip():
            above = []


def has_prose(text: str) -> bool:
    """Whether a Markdown cell has words beside headings, code and comments."""
    for pattern in NO_PROSE:
        text = pattern.sub("", text)
    return WORD.search(text) is not None
