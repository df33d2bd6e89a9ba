"""Plain values as check scripts see them: how they cross the border, and how they look.

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

    def column(self, name: Any) -> list[Any]:
        """One column from top to bottom; a missing cell is None."""
        return [record[name] for record in self.records()]

    def records(self) -> list[dict[Any, Any]]:
        """Each row as a dict by column; a missing cell is None."""
        return [dict(zip(self.columns, row)) for row in self.cells()]

    def cells(self) -> list[list[Any]]:
        """The rows; a missing cell is None, where `rows` may have NaN too."""
        return [[None if cell != cell else cell for cell in row] for row in self.rows]

    def without(self, *names: Any) -> Frame:
        """The same rows without some columns."""
        kept = [i for i, name in enumerate(self.columns) if name not in names]
        return Frame([self.columns[i] for i in kept], [[row[i] for i in kept] for row in self.rows])


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
