"""What a check script works with: calls to the learner's functions, comparisons, failures.

A script's function takes one `Check` and returns when the claim holds; everything that is wrong
with the learner's work is a `Failure`. Any other exception is a defect of the script, never the
learner's fault.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any, Callable, NoReturn

from mlpath_failures import Call, Failure, ScriptError, failure_of, unreadable
from mlpath_values import (
    Array,
    Frame,
    Malformed,
    Ref,
    decode,
    describe_type,
    difference,
    encode,
    show,
    show_apart,
    show_beside,
)

__all__ = [
    "Array",
    "Check",
    "Failure",
    "Frame",
    "Raised",
    "Ref",
    "ScriptError",
    "difference",
    "show",
]

Ask = Callable[[dict[str, Any]], str]  # sends a request, gives the line that answers it

ONE_BY_ONE = ("builtins.generator", "builtins.map", "builtins.filter", "builtins.zip")
ITEMS = re.compile(r"there (is|are) (\d+|no) items?, ")
FIGURE = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
ABSENT: Any = object()


class Raised(str):
    """The name of an exception, with the names of its base classes and its message."""

    bases: tuple[str, ...] = ()
    message: str = ""


class Check:
    """One run of one check. `signatures` are those of the manifest's `calls`; empty: not known."""

    def __init__(self, ask: Ask, root: Path, signatures: dict[str, str] | None = None) -> None:
        self._ask = ask
        self._root = root
        self._signatures = signatures or {}
        self._laid: dict[str, str] = {}  # files of ours in the learner's folder
        self._kept = ""  # what a call changed that lives on; told where values are wrong
        self.facts: dict[str, float] = {}

    # Calls

    def call(self, name: str, /, *args: Any, **kwargs: Any) -> Any:
        """The value of the learner's `module.function`; a Failure where there is none."""
        answer = self._answer(name, args, kwargs)
        if answer.get("ok") is True:
            self._kept = self._kept or _text(answer, "kept")
            return self._value(name, answer)
        raise self._failure(name, args, kwargs, answer)

    def raises(self, name: str, /, *args: Any, **kwargs: Any) -> Raised | None:
        """The exception that the call raises, with its `bases`; None where it returns."""
        answer = self._answer(name, args, kwargs)
        if answer.get("ok") is True:
            return None
        bases = tuple(map(str, _list(answer, "bases")))
        during_call = answer.get("problem") == "raised" and answer.get("during") == "call"
        if not during_call or "NotImplementedError" in bases:
            raise self._failure(name, args, kwargs, answer)
        raised = Raised(_text(answer, "type"))
        raised.bases, raised.message = bases, _text(answer, "message")
        return raised

    def lay(self, path: str, text: str) -> None:
        """Puts a file into the learner's working folder."""
        answer = _parsed(self._ask({"do": "lay", "path": path, "text": text}))
        if answer.get("ok") is not True:
            raise Failure(
                f"`{path}` could not be put into the project folder: {_text(answer, 'message')}",
                because="The program put something in its way, or filled the folder.",
            )
        self._laid[path] = text

    def path(self, path: str) -> Path:
        """A file of the template, for our own reading."""
        found = (self._root / path).resolve()
        if self._root.resolve() not in found.parents:
            raise ScriptError(f"{path} is not inside the template")
        if not found.exists():
            raise ScriptError(f"the template has no {path}")
        return found

    # Judgements

    def that(
        self,
        holds: object,
        message: str,
        *,
        got: Any = ABSENT,
        expected: Any = ABSENT,
        because: str = "",
        look: str = "",
        **figures: Any,
    ) -> None:
        """Fails unless `holds`. `{got}`, `{expected}`, `{name of a figure:.2f}` are filled in."""
        if not holds:
            self.fail(message, got=got, expected=expected, because=because, look=look, **figures)

    def fail(
        self,
        message: str,
        *,
        expected: Any = ABSENT,
        got: Any = ABSENT,
        because: str = "",
        look: str = "",
        **figures: Any,
    ) -> NoReturn:
        """Fails. A text in `expected` is shown as it is, any other value as Python writes it."""
        actual, wanted = _sides(got, expected)
        raise Failure(
            _fill(message, {"got": got, "expected": expected, **figures}),
            expected=wanted,
            actual=actual,
            because=(_usual_cause(got, expected) if got is None else "") or because or self._kept,
            look=look,
        )

    def equal(
        self, got: Any, expected: Any, what: str, *, because: str = "", look: str = ""
    ) -> None:
        """Fails where the two differ, naming the place. `what` begins the sentence: "`f(2)`"."""
        self.close(got, expected, what, 0.0, because=because, look=look)

    def close(
        self,
        got: Any,
        expected: Any,
        what: str,
        tolerance: float = 1e-9,
        *,
        because: str = "",
        look: str = "",
    ) -> None:
        """`equal` with numbers at most `tolerance` apart (relative where above 1)."""
        found = difference(got, expected, tolerance)
        if found is None:
            return
        if found.place:
            message = f"{what} is wrong: at {found.place}, {found.says}"
        elif found.says.startswith("there "):
            verb = "returned" if what.endswith(")`") else "has" if ITEMS.match(found.says) else "is"
            message = f"{what} {verb} {found.says.split(maxsplit=2)[2]}"
        else:
            message = f"{what} is wrong: {found.says}"
        actual, wanted = show_apart(got, expected)
        raise Failure(
            message,
            expected=wanted,
            actual=actual,
            because=_usual_cause(got, expected) or because or self._kept,
            look=look,
        )

    def fact(self, name: str, value: float) -> None:
        """A figure for the report, whatever the verdict."""
        if not math.isfinite(value):
            raise ScriptError(f"the fact {name} is {value}")
        self.facts[name] = float(value)

    # Inside

    def _answer(self, name: str, args: Any, kwargs: Any) -> dict[str, Any]:
        if self._signatures and name not in self._signatures:
            raise ScriptError(f"{name} is not among the `calls` of the manifest")
        try:
            request = {
                "do": "call",
                "name": name,
                "args": [encode(arg) for arg in args],
                "kwargs": {key: encode(arg) for key, arg in kwargs.items()},
            }
        except TypeError as problem:
            raise ScriptError(str(problem)) from problem
        return _parsed(self._ask(request))

    def _value(self, name: str, answer: dict[str, Any]) -> Any:
        try:
            return decode(answer.get("value"))
        except Malformed as fault:
            raise Failure(f"What `{name}` returned cannot be read: {fault}") from fault

    def _failure(self, name: str, args: Any, kwargs: Any, answer: dict[str, Any]) -> Exception:
        call = Call(name, args, kwargs, self._laid)
        return failure_of(call, answer, self._signatures.get(name, ""))


def _fill(message: str, figures: dict[str, Any]) -> str:
    """Not `str.format`: a text of the learner's in the message must stay a text."""

    def shown(match: re.Match[str]) -> str:
        name, spec = match.group(1), match.group(2)
        if figures.get(name, ABSENT) is ABSENT:
            return match.group(0)
        return format(figures[name], spec) if spec else show_beside(figures[name], message, 120)

    return FIGURE.sub(shown, message)


def _sides(got: Any, expected: Any) -> tuple[str, str]:
    """Both as they are shown: a text in `expected` as it is."""
    if got is ABSENT or expected is ABSENT or isinstance(expected, str):
        wanted = expected if isinstance(expected, str) else _shown(expected, "")
        return _shown(got, wanted), wanted
    return show_apart(got, expected)


def _shown(value: Any, beside: str) -> str:
    return "" if value is ABSENT else show_beside(value, beside)


def _usual_cause(got: Any, expected: Any) -> str:
    """What nearly always lies behind a value of the wrong kind."""
    if got is None and expected is not None:
        return (
            "The function came to its end without a `return`; printing a value does not return it."
        )
    if isinstance(got, Ref) and got.type in ONE_BY_ONE and isinstance(expected, (list, tuple)):
        kind = describe_type(expected)
        return f"A {describe_type(got)} makes its items only when asked; wrap it: `{kind}(…)`."
    return ""


def _parsed(line: str) -> dict[str, Any]:
    """The answer's object. The learner's process wrote it, so what cannot be read is a Failure.

    Save where the host could not try: its word is marked as no line of the learner's can be.
    """
    if line.startswith("!"):
        raise ScriptError(line[1:].strip())
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise unreadable() from fault
    return answer if isinstance(answer, dict) else {}


def _text(answer: dict[str, Any], key: str) -> str:
    value = answer.get(key)
    return value if isinstance(value, str) else ""


def _list(answer: dict[str, Any], key: str) -> list[Any]:
    value = answer.get(key)
    return value if isinstance(value, list) else []
