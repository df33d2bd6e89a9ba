"""Judges exercises of a quiz or kata: functions without arguments, and what each must give.

What is tried lies beside this file as `exercise.json`. What is expected is a Python literal:
arrays and rows are lists, a frame is `{"columns": …, "rows": …}`, a set is `{"set": …}`.
"""

from __future__ import annotations

import ast
import json
from typing import Any

from mlpath_check import Array, Check, Failure, Frame, ScriptError, show

TOLERANCE = 1e-6


def plain(value: Any) -> Any:
    """The value in the few shapes that a literal has; a tuple is as good as a list."""
    if isinstance(value, Array):
        return plain(value.data)
    if isinstance(value, Frame):
        return {"columns": plain(value.columns), "rows": plain(value.rows)}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, (set, frozenset)):
        return {"set": sorted((plain(part) for part in value), key=place_of)}
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return value


def place_of(value: Any) -> tuple[Any, ...]:
    """By which rows are put in order: 1 and 1.0 stand in the same place, whatever their text."""
    if isinstance(value, list):
        return (3, [place_of(part) for part in value])
    if isinstance(value, (int, float)):
        return (1, round(value, 6))
    return (0,) if value is None else (2, str(value))


def trials_of(check: Check) -> list[dict[str, Any]]:
    trials = json.loads(check.path("checks/exercise.json").read_text(encoding="utf-8"))
    if not trials or not all(trial["cases"] for trial in trials):
        raise ScriptError("an exercise without a case cannot be failed")
    return trials


def hold(check: Check, trial: dict[str, Any]) -> None:
    """A Failure where a case does not give what it should."""
    for case in trial["cases"]:
        got = plain(check.call(case["function"]))
        expected = plain(ast.literal_eval(case["gives"]))
        if trial["any_order"] and isinstance(got, list):
            got, expected = sorted(got, key=place_of), sorted(expected, key=place_of)
        if got is Ellipsis:
            check.fail(f"{case['says']} gives nothing yet", expected=show(expected))
        check.close(got, expected, case["says"], TOLERANCE)


def judged(check: Check) -> None:
    """All trials hold: what a learner is told."""
    for trial in trials_of(check):
        hold(check, trial)


def proved(check: Check) -> None:
    """Each trial ends as its author says, right answers and wrong ones: what `selftest` asks."""
    faults = []
    for trial in trials_of(check):
        try:
            hold(check, trial)
        except Failure as failure:
            if trial["should_hold"]:
                faults.append(f"{trial['says']}: expected: it is right; found: {failure}")
        else:
            if not trial["should_hold"]:
                faults.append(
                    f"{trial['says']}: expected: it is found wrong; found: it is taken for right"
                )
    if faults:
        raise Failure("\n".join(faults))
