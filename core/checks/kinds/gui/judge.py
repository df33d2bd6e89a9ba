"""The kind `gui`: a function of the template drives a window of the learner's, and judges it."""

from __future__ import annotations

from judge import load
from mlpath_check import Check
from mlpath_gui import Screen


def judge(check: Check) -> None:
    fields = check.fields
    check.source(fields["path"])
    decide = load(check.path(fields["script"]), fields["function"])
    screen = Screen(check)
    decide(check, screen)
    screen.end()
