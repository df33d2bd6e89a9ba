"""What generators of synthetic data are made of: draws, tables of values, and files.

The same seed gives the same bytes under every Python from 3.9 on and on every machine, so that the
catalog can hold their hash. That holds as long as a generator keeps to this:

- All that is random comes from `Draw`, which uses `random.Random(seed).random()` alone: of the
  module `random` Python promises only that sequence. Nothing is ordered by a `set`, by `hash` or by
  `id`.
- Arithmetic is + - * / and comparison, `math.sqrt`, and `exp`, `log`, `power`, `sin`, `cos` from
  here: those of `math`, and `**`, leave their last digit to the platform. Floats are added by `+`
  or `total`: since Python 3.12 `sum` rounds another way.
- What is written is rounded.

What is true of the world (the weights of words, the taste of a user, the mean of a class) is a
constant of the generator, or comes from a `Draw` with a seed of its own, such as `Draw(1)`. Only
rows are drawn by the `Draw` that `make` is given: so two seeds are two samples of one population,
and a model that was trained on one can be judged on the other.
"""

from __future__ import annotations

import math
import random
import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Generic, NamedTuple, Protocol, TypeVar, Union

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Files = Iterator[tuple[str, bytes]]  # what `make` gives: path below the dataset's folder, content
Cell = Union[str, int, float, None]  # None is an empty cell


class Distribution(Protocol[T_co]):
    """What `Draw.of` draws from."""

    def at(self, share: float) -> T_co:
        """The value below which this share (0 up to 1) of all values lies."""


class Weights(Generic[T]):
    """Values, each with a weight: `Weights({"S": 644, "C": 168, "Q": 77})`."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.values = list(weights)
        self._ends = list(accumulate(weights.values()))

    def at(self, share: float) -> T:
        place = bisect_right(self._ends, share * self._ends[-1])
        return self.values[min(place, len(self.values) - 1)]


class Quantiles:
    """Numbers by their quantiles, linear in between: `Quantiles({0: 0.4, 0.5: 28, 1: 80})`."""

    def __init__(self, values: Mapping[float, float]) -> None:
        self._shares = list(values)
        self._values = list(values.values())

    def at(self, share: float) -> float:
        right = min(max(bisect_right(self._shares, share), 1), len(self._shares) - 1)
        left = right - 1
        part = (share - self._shares[left]) / (self._shares[right] - self._shares[left])
        return self._values[left] + part * (self._values[right] - self._values[left])


class Draw:
    """Random draws that are the same everywhere."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed).random

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """A number from low up to high."""
        return low + (high - low) * self._random()

    def integer(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def chance(self, share: float) -> bool:
        """True in this share of draws."""
        return self._random() < share

    def normal(self, mean: float = 0.0, sd: float = 1.0) -> float:
        """A normal number, as twelve uniform ones make it: never further than six sd away."""
        r = self._random
        twelve = r() + r() + r() + r() + r() + r() + r() + r() + r() + r() + r() + r()
        return mean + sd * (twelve - 6.0)

    def of(self, distribution: Distribution[T]) -> T:
        """A value of `Weights` or `Quantiles`."""
        return distribution.at(self._random())

    def one_of(self, items: Sequence[T]) -> T:
        """One of them, each as likely as another."""
        return items[int(self._random() * len(items))]

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """All of them, in a drawn order."""
        drawn = list(items)
        for last in range(len(drawn) - 1, 0, -1):
            other = self.integer(0, last)
            drawn[last], drawn[other] = drawn[other], drawn[last]
        return drawn

    def some(self, count: int, weights: Sequence[float]) -> set[int]:
        """Exactly `count` different places of `weights`, the heavier the likelier."""
        return top(count, [log(1.0 - self._random()) / max(w, 1e-9) for w in weights])


def top(count: int, scores: Sequence[float]) -> set[int]:
    """The places of the `count` highest scores."""
    return set(sorted(range(len(scores)), key=lambda place: (-scores[place], place))[:count])


def total(numbers: Iterable[float]) -> float:
    """Their sum, added from left to right (since Python 3.12 `sum` compensates)."""
    added = 0.0
    for number in numbers:
        added += number
    return added


def clip(number: float, low: float, high: float) -> float:
    """The number, or the end of the range that it lies beyond."""
    return min(max(number, low), high)


def exp(x: float) -> float:
    """e to the x, from + - * / alone."""
    twos = round(x * 1.4426950408889634)
    rest = x - twos * 0.6931471805599453
    term = added = 1.0
    for n in range(1, 15):
        term = term * rest / n
        added += term
    return math.ldexp(added, twos)  # exact


def log(x: float) -> float:
    """The natural logarithm, from + - * / alone."""
    part, twos = math.frexp(x)  # exact: x is part * 2 to the twos, part from 0.5 to 1
    term = (part - 1.0) / (part + 1.0)
    square = term * term
    added = 0.0
    for n in range(1, 35, 2):
        added += term / n
        term *= square
    return 2.0 * added + twos * 0.6931471805599453


def power(x: float, y: float) -> float:
    """x to the y, for x above 0."""
    return exp(y * log(x))


def sin(x: float) -> float:
    """The sine, from + - * / alone."""
    x -= round(x / 6.283185307179586) * 6.283185307179586
    term = added = x
    for n in range(2, 24, 2):
        term = -term * x * x / (n * (n + 1))
        added += term
    return added


def cos(x: float) -> float:
    """The cosine, from + - * / alone."""
    return sin(x + 1.5707963267948966)


def below(z: float) -> float:
    """The share of normal numbers below z (off by 0.0002 at most): makes `at` of normal numbers."""
    return 1.0 / (1.0 + exp(-z * (1.5976 + 0.07056 * z * z))) if z > -8 else 0.0


def plain(number: float, digits: int) -> str:
    """As a person writes it: 22, 0.42, 7.925, with so many digits behind the point at most."""
    text = f"{number:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if digits else text
    return "0" if text == "-0" else text


def csv(
    rows: Iterable[Sequence[Cell]], *, delimiter: str = ",", end: str = "\n", quote: str = '"'
) -> bytes:
    """A table, the header being its first row; only cells that need quotes have them.

    A float is written by `repr`, so it was rounded before; an empty `quote` quotes nothing.
    """
    special = (delimiter, quote, "\n", "\r")

    def written(cell: Cell) -> str:
        if not isinstance(cell, str):
            return "" if cell is None else repr(cell)
        if quote and any(mark in cell for mark in special):
            return quote + cell.replace(quote, quote + quote) + quote
        return cell

    return "".join(delimiter.join(map(written, row)) + end for row in rows).encode()


def idx(shape: Sequence[int], values: bytes) -> bytes:
    """An IDX file of bytes, as MNIST has them."""
    return struct.pack(f">BBBB{len(shape)}I", 0, 0, 8, len(shape), *shape) + values


def stored_gzip(content: bytes) -> bytes:
    """A gzip file without compression, which would be another with every version of zlib."""
    blocks = []
    for start in range(0, max(len(content), 1), 0xFFFF):
        block = content[start : start + 0xFFFF]
        last = start + 0xFFFF >= len(content)
        blocks.append(struct.pack("<BHH", last, len(block), len(block) ^ 0xFFFF) + block)
    end = struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + b"".join(blocks) + end


class Table(NamedTuple):
    """A table of a database; its rowid is the column `key`, or counts up where there is none."""

    name: str
    sql: str
    rows: list[list[Cell]]
    key: int | None
    indexes: list[tuple[str, str | None, tuple[int, ...]]]  # name, statement, columns


PAGE = 4096


def sqlite(tables: Sequence[Table]) -> bytes:
    """A SQLite database, written without SQLite, whose every version lays out its pages anew.

    Small ones alone: a tree has two levels at most, and a row fits into a page.
    """
    pages = [b""]  # the first is the schema's
    schema: list[tuple[int, bytes]] = []

    def note(kind: str, name: str, table: str, root: int, sql: str | None) -> None:
        row = len(schema) + 1
        schema.append((row, _record([kind, name, table, root, sql])))

    for name, sql, rows, key, indexes in tables:
        ids = [row[key] if key is not None else place + 1 for place, row in enumerate(rows)]
        cells = []
        for number, row in sorted(zip(ids, rows), key=lambda pair: int(pair[0] or 0)):
            stored = [None if column == key else cell for column, cell in enumerate(row)]
            cells.append((int(number or 0), _record(stored)))
        note("table", name, name, _tree(pages, [_row(*cell) for cell in cells], 13), sql)
        for index, statement, columns in indexes:
            keys = [[*(row[c] for c in columns), number] for number, row in zip(ids, rows)]
            keys.sort(key=lambda cells: [(cell is not None, cell) for cell in cells])
            entries = [_varint(len(record)) + record for record in map(_record, keys)]
            note("index", index, name, _tree(pages, entries, 10), statement)
    leaf = _tree(pages, [_row(*cell) for cell in schema], 13, root_at=100)
    pages[0] = pages.pop()
    assert leaf == len(pages) + 1
    head = struct.pack(
        ">16sHBBBBBBII", b"SQLite format 3", PAGE, 1, 1, 0, 64, 32, 32, 1, len(pages)
    )
    head += struct.pack(">IIIIIIIIII20xII", 0, 0, 1, 4, 0, 0, 1, 0, 0, 0, 1, 3_040_000)
    return head + pages[0][100:] + b"".join(pages[1:])


def _tree(pages: list[bytes], cells: list[bytes], leaf: int, root_at: int = 0) -> int:
    """Adds the pages of a tree, the root last, and gives the root's number."""
    if any(len(cell) > (4061 if leaf == 13 else 1002) for cell in cells):
        raise ValueError("a row is too long for one page")
    groups: list[list[bytes]] = [[]]
    between: list[bytes] = []  # an index keeps what lies between two leaves above them
    room = PAGE - 12 - root_at
    for cell in cells:
        room -= len(cell) + 2
        if room >= 0:
            groups[-1].append(cell)
            continue
        if leaf == 10:
            between.append(cell)
            groups.append([])
            room = PAGE - 12
        else:
            groups.append([cell])
            room = PAGE - 12 - len(cell) - 2
    if len(groups) == 1:
        pages.append(_page(leaf, groups[0], None, root_at))
        return len(pages)
    numbers = []
    for group in groups:
        pages.append(_page(leaf, group, None, 0))
        numbers.append(len(pages))
    ends = [_varint(_rowid(group[-1])) for group in groups[:-1]]
    above = between if leaf == 10 else ends
    children = [struct.pack(">I", number) + cell for number, cell in zip(numbers, above)]
    pages.append(_page(leaf - 8, children, numbers[-1], root_at))
    return len(pages)


def _page(kind: int, cells: list[bytes], right: int | None, start: int) -> bytes:
    """A page of cells: where each lies comes first, the cells fill it from the end."""
    ends = [PAGE - n for n in accumulate(map(len, cells))]
    first = ends[-1] if ends else PAGE
    if start + 12 + 2 * len(cells) > first:
        raise ValueError("too much for a database of two levels")
    head = struct.pack(">BHHHB", kind, 0, len(cells), first, 0)
    head += b"" if right is None else struct.pack(">I", right)
    head += b"".join(struct.pack(">H", end) for end in ends)
    return bytes(start) + head + bytes(first - start - len(head)) + b"".join(reversed(cells))


def _row(number: int, record: bytes) -> bytes:
    return _varint(len(record)) + _varint(number) + record


def _rowid(cell: bytes) -> int:
    """The second number of a row's cell."""
    number, passed = 0, 0
    for byte in cell:
        if passed == 1:
            number = number << 7 | byte & 0x7F
        passed += byte < 0x80
        if passed == 2:
            break
    return number


def _varint(number: int) -> bytes:
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.append(0x80 | number & 0x7F)
    return bytes(reversed(parts))


def _record(cells: Sequence[Cell]) -> bytes:
    """The types of the cells, then what is in them."""
    types, body = b"", b""
    for cell in cells:
        if cell is None:
            types += b"\0"
        elif isinstance(cell, str):
            text = cell.encode()
            types, body = types + _varint(13 + 2 * len(text)), body + text
        elif isinstance(cell, float):
            types, body = types + b"\7", body + struct.pack(">d", cell)
        elif cell in (0, 1):
            types += b"\x08" if cell == 0 else b"\x09"
        else:
            size = next(s for s in (1, 2, 3, 4, 6, 8) if -(1 << 8 * s - 1) <= cell < 1 << 8 * s - 1)
            code = {1: 1, 2: 2, 3: 3, 4: 4, 6: 5, 8: 6}[size]
            types, body = types + bytes([code]), body + cell.to_bytes(size, "big", signed=True)
    return _varint(len(types) + 1) + types + body  # a head of fewer than 127 columns
