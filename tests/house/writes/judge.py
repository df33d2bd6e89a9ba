"""The kind `writes`, by a script."""

from __future__ import annotations

from mlpath_check import Check
from words import beginning


def judge(check: Check) -> None:
    fields = check.fields
    text = check.step(fields["step"]).artifact(fields["path"]).read_text(encoding="utf-8")
    got = beginning(text, len(fields["begins"]))
    check.that(got == fields["begins"], f"`{fields['path']}` begins with {{got}}", got=got)
    check.series("length", [len(text)])
