"""Plain values as check scripts see them: how they cross the border, look, and differ.

Everything here works on values that were decoded from JSON, so `==`, `len` and `isinstance` can be
believed.
"""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass
from typing import Any


@dataclass
class Array:
    """A NumPy array, or a pandas Series or Index: `data` holds nested lists."""

    dtype: str
    shape: tuple[int, ...]
    data: Any


@dataclass
class Frame:
    """A pandas DataFrame without its index."""

    columns: list[Any]
    rows: list[list[Any]]


@dataclass(frozen=True)
class Ref:
    """An object that stays with the learner; it can be passed back into a later call."""

    number: int
    type: str


class Malformed(Exception):
    """What came is not a value in our encoding."""


def encode(value: Any) -> Any:
    """A plain value as `json.dumps` takes it, for an argument of a call."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if -(1 << 63) <= value < 1 << 63 else {"$int": hex(value)}
    if isinstance(value, float):
        return value if math.isfinite(value) else {"$float": str(value)}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, list):
        return [encode(part) for part in value]
    if isinstance(value, dict):
        if all(isinstance(key, str) and not key.startswith("$") for key in value):
            return {key: encode(part) for key, part in value.items()}
        return {"$dict": [[encode(key), encode(part)] for key, part in value.items()]}
    for kind, tag in ((tuple, "$tuple"), (set, "$set"), (frozenset, "$frozenset")):
        if isinstance(value, kind):
            # Sets in an order of our own: the learner's code meets the same bytes in every run.
            parts = value if kind is tuple else sorted(value, key=repr)
            return {tag: [encode(part) for part in parts]}
    if isinstance(value, Array):
        return {
            "$array": {"dtype": value.dtype, "shape": list(value.shape), "data": encode(value.data)}
        }
    if isinstance(value, Frame):
        return {"$frame": {"columns": encode(value.columns), "rows": encode(value.rows)}}
    if isinstance(value, Ref):
        return {"$ref": value.number, "type": value.type}
    raise TypeError(f"a {type(value).__name__} cannot be passed to the learner's code")


def decode(coded: Any) -> Any:
    """The value of an answer. The learner's process wrote it, so any fault is Malformed."""
    try:
        return _decode(coded)
    except Malformed:
        raise
    except (
        TypeError,
        ValueError,
        KeyError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as fault:
        raise Malformed(str(fault)) from fault


def _decode(coded: Any) -> Any:
    if isinstance(coded, list):
        return [_decode(part) for part in coded]
    if not isinstance(coded, dict):
        return coded
    tag = next(iter(coded), "")
    if not tag.startswith("$"):
        return {key: _decode(part) for key, part in coded.items()}
    body = coded[tag]
    if tag in ("$tuple", "$set", "$frozenset"):
        kinds: dict[str, type] = {"$tuple": tuple, "$set": set, "$frozenset": frozenset}
        return kinds[tag](_decode(part) for part in body)
    if tag == "$dict":
        return {_decode(key): _decode(part) for key, part in body}
    if tag == "$float":
        return float(body)
    if tag == "$int":
        return int(body, 16)
    if tag == "$bytes":
        return base64.b64decode(body, validate=True)
    if tag == "$array":
        shape = tuple(int(length) for length in body["shape"])
        return Array(str(body["dtype"]), shape, _decode(body["data"]))
    if tag == "$frame":
        return Frame(_decode(body["columns"]), [list(_decode(row)) for row in body["rows"]])
    if tag == "$ref":
        return Ref(int(body), str(coded["type"]))
    raise Malformed(f"unknown tag {tag}")


EXACT = 0  # as many digits as the value has
FEW = (3, 6, 9, 12, EXACT)


def show(value: Any, limit: int = 240, digits: int = EXACT) -> str:
    """The value as a person reads it: like Python writes it, cut where it gets long.

    `digits` are those of a float that matter: 0.787 for 0.7871249161154252.
    """
    text = _show(value, limit, digits)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def show_apart(got: Any, expected: Any, limit: int = 240) -> tuple[str, str]:
    """Two values that differ, with as few digits as show it."""
    pair = ("", "")
    for digits in FEW:
        pair = show(got, limit, digits), show(expected, limit, digits)
        if pair[0] != pair[1]:
            break
    return pair


def show_beside(value: Any, text: str, limit: int = 240) -> str:
    """The value with few digits, and with more where `text` names the very number that they give.

    What is 0.9499 against "at least 0.95" is not shown as 0.95.
    """
    shown = ""
    for digits in FEW:
        shown = show(value, limit, digits)
        if shown not in text:
            break
    return shown


def figure(value: float, digits: int) -> str:
    """As `figure` of base/figures.hpp, but a whole number stays a float: 2.0."""
    if digits == EXACT or not math.isfinite(value) or value == int(value):
        return repr(value)
    size = abs(value)
    if not 1e-4 <= size < 1e15:
        return f"{value:.{digits}g}"
    before = math.floor(math.log10(size)) + 1
    text = f"{value:.{max(1, digits - before)}f}".rstrip("0")
    return text + "0" if text.endswith(".") else text


def _show(value: Any, room: int, digits: int) -> str:
    """Stops early in what is large: a list of a million items must not be written out to be cut."""
    if isinstance(value, Ref):
        return f"an object of type {value.type.replace('builtins.', '')}"
    if isinstance(value, Array):
        return f"array({_show(value.data, room, digits)}, dtype={value.dtype})"
    if isinstance(value, Frame):
        columns = _show(value.columns, room, digits)
        return f"frame of {len(value.rows)} rows with the columns {columns}"
    if isinstance(value, dict):
        pairs = ((f"{_show(key, room, digits)}: ", part) for key, part in value.items())
        return "{" + _join(pairs, room, digits) + "}"
    if isinstance(value, (set, frozenset)) and value:
        # Not by `repr`, which refuses numbers of many digits.
        parts = sorted(value, key=lambda part: _show(part, room, digits))
        return "{" + _join((("", part) for part in parts), room, digits) + "}"
    if isinstance(value, list):
        return "[" + _join((("", part) for part in value), room, digits) + "]"
    if isinstance(value, tuple):
        end = ",)" if len(value) == 1 else ")"
        return "(" + _join((("", part) for part in value), room, digits) + end
    if isinstance(value, (str, bytes)):
        return repr(value[: room + 1])
    if isinstance(value, int) and value.bit_length() > 1000:
        return f"a number of {value.bit_length()} bits"
    return figure(value, digits) if isinstance(value, float) else repr(value)


def _join(parts: Any, room: int, digits: int) -> str:
    shown: list[str] = []
    for prefix, part in parts:
        if room <= 0:
            shown.append("…")
            break
        shown.append(prefix + _show(part, room, digits))
        room -= len(shown[-1]) + 2
    return ", ".join(shown)


def describe_type(value: Any) -> str:
    """What kind of thing it is, in the words that a beginner's error messages use."""
    if isinstance(value, Ref):
        return value.type.replace("builtins.", "")
    return "None" if value is None else type(value).__name__.lower()


def with_article(noun: str) -> str:
    return ("an " if noun.lstrip("`")[:1].lower() in tuple("aeiou") else "a ") + noun


@dataclass(frozen=True)
class Difference:
    """The first place where two values differ: how to get there, and what is wrong there."""

    place: str  # "[2]['the']"; empty at the top
    says: str  # ends the sentence "… is wrong: at PLACE, SAYS"


def difference(
    got: Any, expected: Any, tolerance: float = 0.0, place: str = ""
) -> Difference | None:
    """Where `got` differs from `expected`, or None. NaN equals NaN; True is not 1; 1 equals 1.0.

    Numbers may be apart by `tolerance`, or by that share of the expected one where it is above 1.
    An Array is as good as a list of the same data.
    """
    if isinstance(got, Array) and isinstance(expected, (Array, list)):
        return difference(
            got.data, expected.data if isinstance(expected, Array) else expected, tolerance, place
        )
    if isinstance(got, Frame) and isinstance(expected, Frame):
        return difference(got.columns, expected.columns, 0.0, f"{place}.columns") or difference(
            got.rows, expected.rows, tolerance, f"{place}.rows"
        )
    if _is_number(got) and _is_number(expected):
        return None if _near(got, expected, tolerance) else _unlike(got, expected, place)
    if type(got) is not type(expected):
        if got is None or expected is None:
            return _unlike(got, expected, place)
        wanted = with_article(describe_type(expected))
        if isinstance(got, Ref):
            return Difference(
                place, f"there is {with_article(f'`{describe_type(got)}`')}, not {wanted}"
            )
        kind = with_article(describe_type(got))
        return Difference(place, f"there is {show(got, 80)}, {kind}, not {wanted}")
    if isinstance(got, (list, tuple)):
        return _of_sequences(got, expected, tolerance, place)
    if isinstance(got, dict):
        return _of_dicts(got, expected, tolerance, place)
    return None if got == expected else _unlike(got, expected, place)


def _unlike(got: Any, expected: Any, place: str) -> Difference:
    there, wanted = show_apart(got, expected, 80)
    return Difference(place, f"there is {there}, not {wanted}")


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


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
