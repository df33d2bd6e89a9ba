"""What a check script says of the values that came: comparisons, kinds, and failures that teach."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NoReturn

from mlpath_compare import Difference, cause_of_kind, difference, difference_in_items, is_number
from mlpath_failures import Failure
from mlpath_values import Array, Frame, show_apart, show_beside

ITEMS = re.compile(r"there (is|are) (\d+|no) items?, ")
FIGURE = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
ABSENT: Any = object()


class Judgments:
    """Fails where a value is not what it should be; `Check` adds the calls that give values."""

    def __init__(self) -> None:
        self._kept = ""  # what a call changed that lives on; told where values are wrong

    # Whatever a script can tell

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
            because=(cause_of_kind(got, float) if got is None else "") or because or self._kept,
            look=look,
        )

    # Values

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
        self._differ(difference(got, expected, tolerance), got, expected, what, because, look)

    def same_items(
        self,
        got: Any,
        expected: Sequence[Any],
        what: str,
        tolerance: float = 1e-9,
        *,
        because: str = "",
        look: str = "",
    ) -> None:
        """`close` for a list whose order does not matter."""
        items = self.as_list(got, what, because=because, look=look)
        found = difference_in_items(items, expected, tolerance)
        self._differ(found, items, list(expected), what, because, look)

    # Kinds: what came, as the kind that was asked for; a Failure that says what it is instead

    def as_dict(self, got: Any, what: str, *, because: str = "", look: str = "") -> dict[Any, Any]:
        """`got`, which must be a dict. `what` begins the sentence, as for `equal`."""
        self._of_kind(isinstance(got, dict), got, dict, "a dict", what, because, look)
        return got

    def as_list(
        self, got: Any, what: str, length: int | None = None, *, because: str = "", look: str = ""
    ) -> list[Any]:
        """`got` as a list, of `length` items where that is told; tuples and arrays are as good."""
        found = got.data if isinstance(got, Array) else got
        listed = isinstance(found, (list, tuple))
        self._of_kind(listed, got, list, "a list", what, because, look)
        if length is not None and len(found) != length:
            must, does = ("return", "returned") if what.endswith("`") else ("have", "has")
            self.fail(
                f"{what} must {must} {_items(length)}; it {does} {_items(len(found))}",
                got=got,
                because=because,
                look=look,
            )
        return list(found)

    def as_number(self, got: Any, what: str, *, because: str = "", look: str = "") -> float:
        """`got`, which must be a number; NumPy's numbers are, True and False are not."""
        found = got.data if isinstance(got, Array) and not got.shape else got
        self._of_kind(is_number(found), got, float, "a number", what, because, look)
        return found

    def as_frame(self, got: Any, what: str, *, because: str = "", look: str = "") -> Frame:
        """`got`, which must be a pandas DataFrame."""
        whole = isinstance(got, Frame)
        self._of_kind(whole, got, Frame, "a pandas DataFrame", what, because, look)
        return got

    # Inside

    def _of_kind(
        self, holds: bool, got: Any, kind: type, noun: str, what: str, because: str, look: str
    ) -> None:
        returned = what.endswith("`")
        told = f"{what} must {'return' if returned else 'be'} {noun}; it "
        told += "returned {got}" if returned else "is {got}"
        self.that(holds, told, got=got, because=cause_of_kind(got, kind) or because, look=look)

    def _differ(
        self,
        found: Difference | None,
        got: Any,
        expected: Any,
        what: str,
        because: str,
        look: str,
    ) -> None:
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
            because=found.because or because or self._kept,
            look=look,
        )


def _items(count: int) -> str:
    return f"{count or 'no'} {'item' if count == 1 else 'items'}"


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
