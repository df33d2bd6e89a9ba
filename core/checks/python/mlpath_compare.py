"""How two values differ, what a value of the wrong kind comes from, and known mistakes.

Everything here works on values that were decoded from JSON, as in mlpath_values.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Callable

from mlpath_values import Array, Frame, Ref, describe_type, show, show_apart, with_article

# Objects that make their items only when asked, or look like a list and are not one.
ONE_BY_ONE = ("generator", "map", "filter", "zip", "enumerate", "reversed", "list_reverseiterator")
LIKE_A_LIST = ("range", "dict_keys", "dict_values", "dict_items", "deque")
NOT_CALLED = ("function", "method", "builtin_function_or_method", "method_descriptor", "type")


@dataclass(frozen=True)
class Difference:
    """The first place where two values differ: how to get there, and what is wrong there."""

    place: str  # "[2]['the']"; empty at the top
    says: str  # ends the sentence "… is wrong: at PLACE, SAYS"
    because: str = ""  # what nearly always lies behind a value of this kind


def same(got: Any, expected: Any, tolerance: float = 1e-9) -> bool:
    """Whether the two are equal, nested or not, with numbers at most `tolerance` apart."""
    return difference(got, expected, tolerance) is None


def difference(
    got: Any, expected: Any, tolerance: float = 0.0, place: str = ""
) -> Difference | None:
    """Where `got` differs from `expected`, or None. NaN equals NaN; True is not 1; 1 equals 1.0.

    Numbers may be `tolerance` apart, or that proportion of the expected one where it is above 1.
    An Array is as good as a list of the same data, and as a number where it has no dimensions. In
    a Frame, None and NaN are both missing.
    """
    if isinstance(got, Array) and (isinstance(expected, (Array, list)) or not got.shape):
        return difference(
            got.data, expected.data if isinstance(expected, Array) else expected, tolerance, place
        )
    if isinstance(got, Frame) and isinstance(expected, Frame):
        return difference(got.columns, expected.columns, 0.0, f"{place}.columns") or difference(
            got.cells(), expected.cells(), tolerance, f"{place}.rows"
        )
    if is_number(got) and is_number(expected):
        return None if _near(got, expected, tolerance) else _unlike(got, expected, place)
    if type(got) is not type(expected):
        return _of_kinds(got, expected, place)
    if isinstance(got, (list, tuple)):
        return _of_sequences(got, expected, tolerance, place)
    if isinstance(got, dict):
        return _of_dicts(got, expected, tolerance, place)
    return None if got == expected else _unlike(got, expected, place)


def difference_in_items(
    got: Sequence[Any], expected: Sequence[Any], tolerance: float = 0.0
) -> Difference | None:
    """Where two sequences differ, whatever the order of their items; an item may come twice."""
    left = list(expected)
    for item in got:
        place = next((i for i, wanted in enumerate(left) if same(item, wanted, tolerance)), None)
        if place is None:
            known = any(same(item, wanted, tolerance) for wanted in expected)
            odd = "comes too often" if known else "does not belong"
            return Difference("", f"{show(item, 80)} {odd}")
        del left[place]
    return Difference("", f"{show(left[0], 80)} is missing") if left else None


def cause_of_kind(got: Any, wanted: type) -> str:
    """What nearly always lies behind a value that is no `wanted`; empty where nothing does.

    `wanted` is float for any number, list, tuple, dict, str, or Frame.
    """
    if got is None:
        return "The function ended without a `return`; printing a value does not return it."
    if isinstance(got, Ref):
        return _cause_of_object(got, wanted)
    if wanted is dict:
        return _cause_of_no_dict(got)
    if wanted is float:
        return _cause_of_no_number(got)
    if wanted is Frame and isinstance(got, Array):
        return (
            "One column alone is a Series, and `.to_numpy()` gives an array. Choose columns with a"
            ' list: `table[["Age", "Sex"]]`.'
        )
    if wanted is list and isinstance(got, Frame):
        return "A DataFrame is not a list; `.values.tolist()` makes a list of its rows."
    if wanted is list and isinstance(got, (set, frozenset)):
        return "A set keeps neither the order nor repeated items; a list keeps both."
    if wanted is tuple and isinstance(got, list):
        return "Square brackets make a list; parentheses make a tuple: `(a, b)`."
    if wanted is str and isinstance(got, bytes):
        return "These are bytes; `.decode()` turns them into text."
    return ""


@dataclass(frozen=True)
class Mistake:
    """A known mistake, recognized because it explains every answer of the learner's function.

    `makes` is what a function with this mistake returns for the same arguments, or the exception
    that it raises. In `says`, `{got}`, `{expected}` and `{call}` are filled in; an empty one leaves
    the plain message about the difference.
    """

    makes: Callable[..., Any] | type[BaseException]
    says: str = ""
    because: str = ""
    look: str = ""
    fits: Callable[[Any, Any], bool] | None = None  # of what came and what was expected

    @staticmethod
    def where(fits: Callable[[Any, Any], bool], says: str, because: str, look: str = "") -> Mistake:
        """One that is recognized by comparing; `fits` may be given anything as what came."""
        return Mistake(_nothing, says, because, look, fits)

    def explains(self, answers: Sequence[Answer], tolerance: float) -> bool:
        """Whether somebody who made this mistake, and no other, would have got all the answers."""
        if isinstance(self.makes, type) and issubclass(self.makes, BaseException):
            kind = self.makes.__name__
            return all(kind in answer.bases for answer in answers if answer.wrong(tolerance))
        return all(self._gives(answer, tolerance) for answer in answers)

    def _gives(self, answer: Answer, tolerance: float) -> bool:
        if answer.bases:
            return False
        if self.fits is not None:
            try:
                return bool(self.fits(answer.got, answer.expected))
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
                return False
        try:
            made = self.makes(*answer.args)
        except (ArithmeticError, LookupError, ValueError):  # then it would not have given a value
            return False
        return same(answer.got, made, tolerance)


@dataclass(frozen=True)
class Answer:
    """What the learner's function made of one call, beside what it should have made."""

    args: tuple[Any, ...]
    got: Any
    expected: Any
    bases: tuple[str, ...] = ()  # where it raised: the exception's class and its base classes
    raised: dict[str, Any] | None = None  # the answer of the learner's process then

    def wrong(self, tolerance: float) -> bool:
        return bool(self.bases) or not same(self.got, self.expected, tolerance)

    def part(self, key: Any) -> Answer:
        """The same call, looking at one key of its dict."""
        return Answer(self.args, self.got[key], self.expected[key])


def size_of(args: tuple[Any, ...]) -> int:
    """How much there is to read in the arguments of a call."""
    return len(show(args, 10_000))


def smallest(answers: Sequence[Answer]) -> Answer:
    """The one that teaches most: an exception, or else a result that says something; then the call
    with the shortest arguments.
    """

    def place(answer: Answer) -> tuple[bool, bool, int]:
        says_something = bool(answer.bases) or bool(answer.expected)
        return not answer.bases, not says_something, size_of(answer.args)

    return min(answers, key=place)


def is_number(value: Any) -> bool:
    """NumPy's numbers too, which arrive as Python's; no bool is one."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _nothing(*_: Any) -> None:
    pass


def _cause_of_object(got: Ref, wanted: type) -> str:
    name = got.type.rpartition(".")[2]
    if name in NOT_CALLED:
        return (
            f"This is the {'class' if name == 'type' else 'function'} itself, not what it gives:"
            " the parentheses are missing."
        )
    if name == "coroutine":
        return "A function that begins with `async` gives a coroutine; write a plain `def`."
    if wanted in (list, tuple) and (name in ONE_BY_ONE or got.type.startswith("itertools.")):
        return f"A {name} makes its items only when asked; wrap it: `{wanted.__name__}(…)`."
    if wanted in (list, tuple) and name in LIKE_A_LIST:
        kind = wanted.__name__
        return f"A {name} looks like a {kind} but is not one; wrap it: `{kind}(…)`."
    if wanted is dict and name in ("dict_items", "zip"):
        return f"A {name} holds pairs; `dict(…)` makes a dict of them."
    if wanted is float and name in ("Tensor", "EagerTensor"):
        return "`.item()` takes the number out of a tensor."
    if wanted is float and name in ("Decimal", "Fraction"):
        return f"`float(…)` makes a plain number of a {name}."
    return ""


def _cause_of_no_dict(got: Any) -> str:
    if isinstance(got, Array):
        return "A pandas Series looks like a dict but is not one until `.to_dict()` is called."
    if isinstance(got, Frame):
        return "A DataFrame is a whole table; choose one column and call `.to_dict()` on it."
    if isinstance(got, list) and got and all(isinstance(p, (tuple, list)) for p in got):
        return "These are pairs; `dict(…)` makes a dict of them." if len(got[0]) == 2 else ""
    return ""


def _cause_of_no_number(got: Any) -> str:
    if isinstance(got, str):
        try:
            float(got)
        except ValueError:
            return ""
        return "The number came as text. Return it as it is, without `str(…)` or an f-string."
    if isinstance(got, tuple) and len(got) == 1:
        return "A comma after the value, as in `return x,`, makes a tuple."
    data = got.data if isinstance(got, Array) else got
    if isinstance(data, list) and len(data) == 1:
        return "The number is inside a list or an array; `[0]` takes it out."
    return ""


def _of_kinds(got: Any, expected: Any, place: str) -> Difference:
    wanted = float if is_number(expected) else type(expected)
    because = cause_of_kind(got, wanted)
    if got is None or expected is None:
        told = _unlike(got, expected, place).says
    elif isinstance(got, Ref):
        kind = with_article(f"`{describe_type(got)}`")
        told = f"there is {kind}, not {with_article(describe_type(expected))}"
    else:
        kind = with_article(describe_type(got))
        told = f"there is {show(got, 80)}, {kind}, not {with_article(describe_type(expected))}"
    return Difference(place, told, because)


def _unlike(got: Any, expected: Any, place: str) -> Difference:
    there, wanted = show_apart(got, expected, 80)
    return Difference(place, f"there is {there}, not {wanted}")


def _near(got: float, expected: float, tolerance: float) -> bool:
    if got == expected or (got != got and expected != expected):
        return True
    try:
        return abs(got - expected) <= tolerance * max(1.0, abs(expected)) < math.inf
    except OverflowError:  # an int beyond all floats
        return False


def _of_sequences(got: Any, expected: Any, tolerance: float, place: str) -> Difference | None:
    for index, (mine, theirs) in enumerate(zip(got, expected)):
        found = difference(mine, theirs, tolerance, f"{place}[{index}]")
        if found:
            return found
    if len(got) == len(expected):
        return None
    there = "is 1 item" if len(got) == 1 else f"are {len(got) or 'no'} items"
    if len(got) > len(expected):
        odd = f"{show(got[len(expected)], 80)} does not belong"
    else:
        odd = f"{show(expected[len(got)], 80)} is missing"
    return Difference(place, f"there {there}, expected {len(expected) or 'none'}: {odd}")


def _of_dicts(got: Any, expected: Any, tolerance: float, place: str) -> Difference | None:
    for key in expected:
        if key not in got:
            return Difference(place, f"the key {show(key, 80)} is missing")
        found = difference(got[key], expected[key], tolerance, f"{place}[{show(key, 80)}]")
        if found:
            return found
    extra = next((key for key in got if key not in expected), None)
    if len(got) > len(expected):
        return Difference(place, f"the key {show(extra, 80)} does not belong")
    return None
