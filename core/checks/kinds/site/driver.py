"""Runs the learner's program in its sandbox, on a clock that runs faster, and tells its output.

All of it is evidence from the learner's side: what was asked, and when, the site itself has seen.
"""

from __future__ import annotations

import ctypes
import os
import sys
import time
from pathlib import Path
from typing import Any

from driver_program import Program, why_unreadable

HURRY = Path(sys.argv[0]).resolve().parent / "hurry.so"


class Running:
    program: Program


NOW = Running()


def can_hurry() -> bool:
    """Whether the clock of what we start can be made to run faster."""
    try:
        ctypes.CDLL(str(HURRY))
    except OSError:
        return False
    return True


def start(program: str, arguments: list[str], variables: dict[str, str], factor: int) -> None:
    surroundings = {**os.environ, **variables}
    if factor > 1:
        surroundings["LD_PRELOAD"] = str(HURRY)
        surroundings["MLPATH_HURRY"] = f"{factor} {time.monotonic_ns()}"
    NOW.program = Program([sys.executable, program, *arguments], surroundings)


def ended(wait: float) -> dict[str, Any] | None:
    """Exit code and output; None where it still runs after so many seconds."""
    code = NOW.program.wait(wait)
    return None if code is None else told(code)


def stop() -> dict[str, Any]:
    NOW.program.kill()
    NOW.program.wait()
    return told(None)


def told(code: int | None) -> dict[str, Any]:
    out, err = NOW.program.printed()
    return {"code": code, "out": out, "err": err}


def text(path: str, most: int) -> dict[str, str]:
    file = Path(path)
    if problem := why_unreadable(file, most):
        return {"problem": problem}
    try:
        return {"text": file.read_text(encoding="utf-8")}
    except ValueError:
        return {"problem": "is not UTF-8 text"}
