"""The kind `figure`: what a function of the learner's draws, or a picture that a step wrote.

What the driver tells of the figure comes from the learner's side. It is held against data that only
we know what to make of, so whoever invents an answer has to draw the right one.
"""

from __future__ import annotations

import base64
import importlib.util
import sys
from contextlib import suppress
from typing import Any, NoReturn

from figure_items import Item, Shown, judge_item
from figure_values import in_words, is_large, is_sound, matches
from mlpath_check import Array, Check, Failure, Frame, Refused, ScriptError
from mlpath_failures import Call, failure_of
from mlpath_values import encode
from picture import MOST_PIXELS, MOST_SIDE

Fields = dict[str, Any]
MOST = f"at most {MOST_SIDE:,} pixels a side, and {MOST_PIXELS // 1_000_000} million in all"


def judge(check: Check) -> None:
    fields = check.fields
    if "call" in fields:
        _judge_call(check, fields)
    else:
        _judge_picture(check, fields)


def _judge_call(check: Check, fields: Fields) -> None:
    name, make = fields["call"], _makers(check, fields)
    arguments = [_argument(check, made, make) for made in fields["arguments"]]
    call = Call(name, tuple(arguments), {}, {}, check.signature(name))
    module, _, function = name.rpartition(".")
    driver = check.drive("driver.py", seconds=fields["seconds"] + 10)
    try:
        told = driver.ask(
            "draw",
            within=fields["seconds"],
            module=module,
            function=function,
            arguments=[encode(argument) for argument in arguments],
            most={"side": MOST_SIDE, "pixels": MOST_PIXELS},
        )
    except Refused as refused:
        _tell_end(check, call, str(refused), fields["seconds"])
    try:
        figure = _figure(check, call, told)
        _judge_returned(check, call, told)
        shown = Shown(call.text, figure["panels"], figure)
        _judge_whole(check, fields, shown, figure)
        for item in fields.get("shows", []):
            given = {
                key: _expected(item[key], arguments, make)
                for key in ("x", "y", "cells", "color", "groups")
                if key in item
            }
            judge_item(check, Item(item, given), shown)
    except Failure as failure:
        failure.run = driver.leave().number  # what it printed is told too
        raise
    with suppress(Refused, Failure):  # the verdict stands without a picture
        _keep(check, driver.ask("picture", within=fields["seconds"]), _alt(figure))


def _makers(check: Check, fields: Fields) -> Any:
    """What calls a function of the template's script by its name."""

    def make(name: str, *arguments: Any) -> Any:
        if not loaded:
            path = check.path(fields["script"])
            sys.path.append(str(path.parent))  # it may import what lies beside it
            spec = importlib.util.spec_from_file_location(path.stem, path)
            assert spec is not None and spec.loader is not None
            loaded.append(importlib.util.module_from_spec(spec))
            spec.loader.exec_module(loaded[0])
        if not hasattr(loaded[0], name):
            raise ScriptError(f"{fields['script']} has no function {name}")
        return getattr(loaded[0], name)(check, *arguments)

    loaded: list[Any] = []
    return make


def _argument(check: Check, told: Any, make: Any) -> Any:
    if isinstance(told, dict) and set(told) == {"table"}:
        return check.table(told["table"])
    if isinstance(told, dict) and set(told) == {"made_by"}:
        return make(told["made_by"])
    return told


def _expected(told: Any, arguments: list[Any], make: Any) -> Any:
    if isinstance(told, dict) and set(told) == {"made_by"}:
        value = make(told["made_by"], *arguments)
        return value.data if isinstance(value, Array) else value
    if isinstance(told, dict) and set(told) == {"column"}:
        frame = next((each for each in arguments if isinstance(each, Frame)), None)
        if frame is None or told["column"] not in frame.columns:
            raise ScriptError(f"no table among the arguments has a column {told['column']}")
        return frame.column(told["column"])
    return told


def _tell_end(check: Check, call: Call, told: str, seconds: float) -> NoReturn:
    why = told.removeprefix("what runs your program for this check ")
    if "in time" in why:
        raise Failure(
            f"`{call.text}` did not draw its figure within {seconds:g} s",
            because="A loop that never ends, or far more work than a figure needs.",
            look=call.command("Ctrl-C stops it and names the line that it was at."),
            lasting=False,
        )
    if "16 MB" in why or "cannot be read" in why:
        check.fail(
            f"what `{call.text}` drew cannot be read: {why}",
            because="The program writes to, or closes, a file descriptor that it did not open.",
        )
    check.fail(
        f"`{call.text}` ended the whole Python process: {why}",
        because="It leaves by `exit()` or `os._exit()`, or a library broke it.",
        look=call.command(),
    )


def _figure(check: Check, call: Call, told: Any) -> dict[str, Any]:
    """The figure that was told of, whole and of the right kinds; a Failure where there is none."""
    if isinstance(told, dict) and "problem" in told:
        during = told.get("during")
        if during == "drawing":
            kind, said = told.get("type"), told.get("message")
            check.fail(
                f"the figure of `{call.text}` cannot be drawn: {kind}: {said}",
                because="A label has a `$` that begins a formula, or sizes or colors do not fit the"
                " data.",
                look=call.command(),
            )
        raise failure_of(call, {"ok": False, **told}, check.signature(call.name))
    if isinstance(told, dict) and "large" in told:
        _refuse_large(check, call, told["large"])
    if isinstance(told, dict) and "figure" not in told and isinstance(told.get("returned"), str):
        kind = told["returned"]
        check.that(
            kind != "NoneType",
            f"`{call.text}` returned None and drew nothing",
            expected="a matplotlib figure",
            because="The function is not written yet, the `return` is missing, or the figure was"
            " closed by `plt.close()`.",
            look="`figure, axes = plt.subplots()` at the beginning, `return figure` at the end.",
        )
        check.fail(
            f"`{call.text}` returned {_an(kind)}, not a figure",
            expected="a matplotlib figure",
            because="It returns what it drew with, or the name of a file, and not the figure.",
            look="`figure, axes = plt.subplots()` at the beginning, `return figure` at the end.",
        )
    figure = told.get("figure") if isinstance(told, dict) else None
    check.that(
        is_sound(figure),
        f"what `{call.text}` drew cannot be read",
        because="The program changes matplotlib, or the interpreter that it runs in.",
    )
    return figure


def _an(kind: str) -> str:
    return f"{'an' if kind[:1].lower() in tuple('aeiou') else 'a'} {kind}"


def _refuse_large(check: Check, call: Call, large: Any) -> NoReturn:
    """Of a figure that was not drawn: `large` says its inches, and the pixels of each."""
    check.that(
        is_large(large),
        f"what `{call.text}` drew cannot be read",
        because="The program changes matplotlib, or the interpreter that it runs in.",
    )
    wide, high, dots = *large["inches"], large["dots"]
    check.fail(
        f"the figure of `{call.text}` is {wide * dots:,.0f} × {high * dots:,.0f} pixels, too large"
        " to be drawn",
        expected=MOST,
        because=f"`figsize` is in inches, not in pixels: this one is {wide:,.6g} × {high:,.6g}"
        f" inches, of {dots:,.6g} pixels each (`dpi`).",
        look="`plt.subplots(figsize=(8, 5))`.",
    )


def _judge_returned(check: Check, call: Call, told: dict[str, Any]) -> None:
    """Where the signature declares a Figure, whoever calls the function saves what it returns."""
    if not check.signature(call.name).rstrip().endswith("-> Figure"):
        return
    kind = told.get("returned")
    check.that(
        kind != "NoneType",
        f"`{call.text}` drew a figure and returned None",
        expected="the figure, as the signature says: `-> Figure`",
        because="The `return` is missing, so whoever calls the function has nothing to save.",
        look="`return figure` at the end, and no `plt.show()` before it.",
    )
    check.that(
        told.get("saves") is True,
        f"`{call.text}` returned {_an(str(kind)[:100])}, not its figure",
        expected="the figure, as the signature says: `-> Figure`",
        because="It returns what it drew with. Whoever calls it saves what comes back, and only a"
        " figure has `savefig`.",
        look="`axes.figure` is the figure of axes, `display.figure_` that of a display of"
        " scikit-learn.",
    )


def _judge_whole(check: Check, fields: Fields, shown: Shown, figure: dict[str, Any]) -> None:
    filled = sum(1 for panel in shown.panels if any(panel[kind] for kind in Shown.nouns))
    check.that(
        filled > 0,
        f"the figure of `{shown.call}` is blank: "
        + ("its axes are empty" if shown.panels else "it has no axes"),
        because="Something is drawn on other axes than those of the figure that is returned, or"
        " after it was returned, or the rows were filtered until none was left.",
        look="Draw by the axes themselves: `axes.scatter(…)`, not `plt.scatter(…)`.",
    )
    check.that(
        filled >= fields["panels"],
        f"the figure of `{shown.call}` has {filled} {'panel' if filled == 1 else 'panels'} that"
        " show something",
        expected=f"at least {fields['panels']}",
        look="`plt.subplots(rows, columns)` gives a grid of axes: draw on each of them.",
    )
    if "title" in fields:
        titles = figure["titles"] + [panel["title"] for panel in shown.panels]
        titles = [title for title in titles if title]
        wanted = f"a title with {in_words(fields['title'])} in it"
        look = "`axes.set_title(…)`, or `figure.suptitle(…)` for all of it."
        check.that(titles, f"the figure of `{shown.call}` has no title", expected=wanted, look=look)
        check.that(
            any(matches(fields["title"], title) for title in titles),
            f"the figure of `{shown.call}` has the title {{got}}",
            got=titles[0],
            expected=wanted,
            look=look,
        )


def _alt(figure: dict[str, Any]) -> str:
    """What a report says of the picture to whoever cannot see it."""
    panel = figure["panels"][0]
    title = next(iter(figure["titles"]), "") or panel["title"]
    axes = " against ".join(name for name in (panel["y_label"], panel["x_label"]) if name)
    return ": ".join(part for part in (title, axes) if part) or "a figure"


def _keep(check: Check, told: Any, alt: str) -> None:
    """For reports. Without it the verdict is the same."""
    if isinstance(told, str) and told.isascii():
        with suppress(ValueError):
            check.picture("figure", base64.b64decode(told, validate=True), alt)


def _judge_picture(check: Check, fields: Fields) -> None:
    path = fields["path"]
    if "step" in fields:
        facts = check.step(fields["step"]).read("picture.py", path)
    else:
        facts = check.read("picture.py", path)
    width, height = facts["width"], facts["height"]
    check.that(
        not facts.get("too_large"),
        f"`{path}` is {width} × {height} pixels, too large to be looked at",
        expected=MOST,
        because="`figsize` is in inches, not in pixels: 30 inches at 1,000 dots per inch are 30,000"
        " pixels.",
        look="`plt.subplots(figsize=(8, 5))`, and `figure.savefig(path, dpi=150)`.",
    )
    least = fields["min_width"], fields["min_height"]
    check.that(
        width >= least[0] and height >= least[1],
        f"`{path}` is {width} × {height} pixels",
        expected=f"at least {least[0]} × {least[1]}",
        because="`figsize` is in inches, and `dpi` says how many pixels an inch has.",
        look="`figure.savefig(path, dpi=150)`.",
    )
    check.that(
        facts["shows"],
        f"`{path}` is blank: there is nothing on it but, perhaps, empty axes",
        because="`plt.savefig` saves the current figure. After `plt.show()`, `plt.close()` or a new"
        " `plt.subplots()` that is another, empty one.",
        look="Keep the figure that you drew on, and save that: `figure.savefig(path)`.",
    )
    for wanted in fields.get("texts", []):
        check.that(
            any(matches(wanted, text) for text in facts["texts"]),
            f"`{path}` has no text with {in_words(wanted)} in it",
            got=facts["texts"][:20],
            because="A label, a title or a legend is missing.",
            look="`axes.set_xlabel(…)`, `axes.set_ylabel(…)`, `axes.set_title(…)`.",
        )
    _keep(check, facts["png"], path)
