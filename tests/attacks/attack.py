"""What an attack is: the files that try it, the true verdict, and what each sandbox makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from stage import HONEST_SCORE, Stage

HELD, THROUGH, NOT_RUN = "held", "through", "not run"
CONSTANT = r"not enough better than"  # what the same answer for every row is told
OFF = "`--sandbox off`"  # with which the suite sees it succeed, each time


@dataclass(frozen=True)
class Attack:
    """`verdict` is the true one, `why` a pattern of its reason; empty for a pass."""

    name: str
    tries: str
    code: str = ""  # of predict.py, after `from tools import *`
    verdict: str = "fail"
    why: str = CONSTANT
    files: dict[str, str | bytes] = field(default_factory=dict)  # beside or instead of predict.py
    project: str = "tally"
    rules: str = HELD
    none: str = THROUGH
    seen: str = OFF  # how it was seen to succeed; where it was not, what holds it
    setup: Callable[[Stage, Path], None] | None = None  # on the portfolio, before anything runs
    options: tuple[str, ...] = ()  # of `mlpath verify`, beside the usual ones
    needs: tuple[str, ...] = ()  # packages that the learner's Python has, beside its own library
    check: bool = False  # `mlpath check` inside the project, not `verify` of the portfolio
    # Takes all processes that its user may have, which others would lack: tried by itself.
    crowds: bool = False
    # That the defense failed, where neither a wrong pass nor harm done shows it.
    wins: Callable[[str, str], bool] = lambda verdict, reason: False
    folder: bytes = b"m-attack"  # between its neighbors

    def sources(self) -> dict[str, str | bytes]:
        program = {"predict.py": "from tools import *\n" + self.code} if self.code else {}
        return {**program, **self.files}


def spies(name: str, tries: str, finds: str, **more: object) -> Attack:
    """Predicts well if `finds`, an expression or lines that set `found`, comes true."""
    lines = finds if "\n" in finds else f"found = tried(lambda: {finds})\n"
    return Attack(name, tries, f"{lines}predict(found)\n", **more)  # type: ignore[arg-type]


def harms(name: str, tries: str, does: str, **more: object) -> Attack:
    """Predicts well, and does harm beside it, whose traces are looked for."""
    settings = {"verdict": "pass", "why": "", **more}
    return Attack(name, tries, f"{does}\npredict()\n", **settings)  # type: ignore[arg-type]


__all__ = ["Attack", "CONSTANT", "HELD", "HONEST_SCORE", "NOT_RUN", "OFF", "THROUGH"]
__all__ += ["harms", "spies"]
