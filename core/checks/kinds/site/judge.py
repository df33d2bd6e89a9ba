"""The kind `site`: a function of the template serves the learner's program, and judges it.

Tried with a fast clock first. Where the program gave up on an answer that we meant to give, this
machine may have been too slow for that clock: then once more with a slower one, which decides.
"""

from __future__ import annotations

from judge import load
from mlpath_check import Check, Failure
from mlpath_site import Site

FAST, SLOW = 20, 4


def judge(check: Check) -> None:
    fields = check.fields
    check.source(fields["path"])
    decide = load(check.path(fields["script"]), fields["function"])
    site = Site(check, FAST)
    try:
        decide(check, site)
    except Failure:
        if not site.disturbed:
            raise
        decide(check, Site(check, SLOW))
