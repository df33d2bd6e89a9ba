"""The charts on a page of a PDF: images, and what was drawn with lines and areas.

A chart is told from the lines and backgrounds of a table: it has bars of several lengths on one
base, lines that run neither across nor down, curves, or it is an image. Whether it is a good one
is for people to say.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pypdf
from pypdf.generic import ContentStream, DictionaryObject, StreamObject

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, bottom, right, top

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
MOST_OPERATIONS = 400_000  # of a page, forms included
MOST_MARKS = 20_000  # that are remembered
MOST_PIXELS = 40_000_000  # of an image; with more none is decoded
DEEPEST = 8  # forms in forms
THIN = 1.5  # points: what is thinner is a line, not an area
LONG = 5.0  # points: what is shorter is part of a letter or a marker
WIDE = 15.0  # points: a curve of a chart rather than a rounded corner
MARKERS = 12  # small curves, as a scatter plot has many

PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}
FILLS = {"f", "F", "f*", "B", "B*", "b", "b*"}


def charts(page: pypdf.PageObject, reader: pypdf.PdfReader) -> list[dict[str, Any]]:
    """Each image of the page, and one entry for all that looks like a drawn chart."""
    contents = page.get_contents()
    if contents is None:
        return []
    canvas = _Canvas(reader)
    canvas.run(ContentStream(contents, reader), page.get("/Resources"), IDENTITY, 0)
    drawing = canvas.drawing()
    return canvas.images + ([drawing] if drawing else [])


class _Canvas:
    def __init__(self, reader: pypdf.PdfReader) -> None:
        self.images: list[dict[str, Any]] = []
        self._reader = reader
        self._left = MOST_OPERATIONS
        self._bars: list[Box] = []
        self._slanted: list[tuple[Point, Point]] = []
        self._curves: list[tuple[Point, Point]] = []
        self._small: list[tuple[Point, Point]] = []
        self._forms: dict[int, list[tuple[list[Any], bytes]]] = {}

    def run(self, contents: ContentStream, resources: Any, start: Matrix, depth: int) -> None:
        self._operations(contents.operations, resources, start, depth)

    def _operations(self, operations: list[Any], resources: Any, start: Matrix, depth: int) -> None:
        matrix, kept = start, []
        path = _Path()
        for operands, operator in operations:
            self._left -= 1
            if self._left < 0:
                return
            name = operator.decode("latin-1") if isinstance(operator, bytes) else str(operator)
            if name == "q":
                kept.append(matrix)
            elif name == "Q":
                matrix = kept.pop() if kept else start
            elif name == "cm":
                matrix = _times(_numbers(operands, 6), matrix)
            elif name == "Do":
                self._shown(operands, resources, matrix, depth)
            elif name == "INLINE IMAGE":
                self._inline(operands, matrix)
            elif name in PAINT:
                self._painted(path, fills=name in FILLS)
                path = _Path()
            elif name == "n":
                path = _Path()
            else:
                path.add(name, operands, matrix)

    def _shown(self, operands: Any, resources: Any, matrix: Matrix, depth: int) -> None:
        thing = _entry(_entry(resources, "/XObject"), operands[0] if operands else None)
        if not isinstance(thing, StreamObject):
            return
        if thing.get("/Subtype") == "/Image":
            self._image(thing, matrix)
        elif thing.get("/Subtype") == "/Form" and depth < DEEPEST:
            own = thing.get("/Matrix")
            inner = _times(_numbers(own, 6), matrix) if own is not None else matrix
            # A marker is a form that is shown for each point: it is taken apart once.
            known = self._forms.get(id(thing))
            if known is None:
                known = self._forms[id(thing)] = ContentStream(thing, self._reader).operations
            self._operations(known, thing.get("/Resources", resources), inner, depth + 1)

    def _inline(self, operands: Any, matrix: Matrix) -> None:
        settings = operands.get("settings", {}) if isinstance(operands, dict) else {}
        size = [
            settings.get(long, settings.get(short))
            for long, short in (("/Width", "/W"), ("/Height", "/H"))
        ]
        data = operands.get("data", b"") if isinstance(operands, dict) else b""
        self._add_image(size, matrix, hashlib.sha256(bytes(data)).hexdigest(), lambda: False)

    def _image(self, thing: StreamObject, matrix: Matrix) -> None:
        digest = hashlib.sha256(thing._data).hexdigest()
        size = [thing.get("/Width"), thing.get("/Height")]
        self._add_image(size, matrix, digest, lambda: _is_blank(thing))

    def _add_image(
        self, size: list[Any], matrix: Matrix, digest: str, blank: Callable[[], bool]
    ) -> None:
        if len(self.images) >= 100:
            return
        width, height = (int(side) if isinstance(side, (int, float)) else 0 for side in size)
        huge = width * height > MOST_PIXELS
        known = next((one for one in self.images if one["digest"] == digest), None)
        self.images.append(
            {
                "kind": "image",
                "digest": digest,
                "pixels": [width, height],
                "points": [
                    round((matrix[0] ** 2 + matrix[1] ** 2) ** 0.5),
                    round((matrix[2] ** 2 + matrix[3] ** 2) ** 0.5),
                ],
                "huge": huge,
                "blank": known["blank"] if known else not huge and blank(),
            }
        )

    def _painted(self, path: _Path, *, fills: bool) -> None:
        area = path.rectangles() if fills else []
        self._bars += area[: MOST_MARKS - len(self._bars)]
        for first, last in path.lines:
            across, down = abs(first[0] - last[0]), abs(first[1] - last[1])
            if min(across, down) > 1 and max(across, down) > LONG:
                self._slanted.append((first, last))
        for first, last in path.curves:
            if max(abs(first[0] - last[0]), abs(first[1] - last[1])) > WIDE:
                self._curves.append((first, last))
            else:
                self._small.append((first, last))
        for marks in (self._slanted, self._curves, self._small):
            del marks[MOST_MARKS:]

    def drawing(self) -> dict[str, Any] | None:
        """What looks like a chart, with a digest of its data; None where nothing does."""
        marks: list[Any] = [*self._bars_on_one_base()]
        if len(self._slanted) >= 2:
            marks += self._slanted
        if len(self._curves) >= 2 or len(self._small) >= MARKERS:
            marks += [*self._curves, *self._small]
        if not marks:
            return None
        text = repr([_rounded(mark) for mark in marks])
        return {"kind": "drawing", "digest": hashlib.sha256(text.encode()).hexdigest()}

    def _bars_on_one_base(self) -> list[Box]:
        """The bars that stand on one base, or hang on it, side by side, and differ in length."""
        best: list[Box] = []
        for edge in range(4):
            side = 1 - edge % 2  # along which they stand: 0 across, 1 down
            by_base = defaultdict(list)
            for bar in self._bars:
                by_base[round(bar[edge])].append(bar)
            for bars in by_base.values():
                apart = _apart(bars, side)
                lengths = {round(bar[3 - side] - bar[1 - side]) for bar in apart}
                if len(lengths) >= 2 and len(apart) > len(best):
                    best = apart
        return best


class _Path:
    """What is being drawn until it is painted, in points of the page."""

    def __init__(self) -> None:
        self.lines: list[tuple[Point, Point]] = []
        self.curves: list[tuple[Point, Point]] = []
        self._subpaths: list[list[Point]] = []

    def add(self, name: str, operands: Any, matrix: Matrix) -> None:
        if name == "re":
            x, y, width, height = _numbers(operands, 4)
            corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
            self._subpaths.append([_at(matrix, *corner) for corner in corners])
        elif name == "m":
            self._subpaths.append([_at(matrix, *_numbers(operands, 2))])
        elif name in ("l", "c", "v", "y") and self._subpaths:
            path = self._subpaths[-1]
            to = _at(matrix, *_numbers(operands[-2:], 2))
            (self.lines if name == "l" else self.curves).append((path[-1], to))
            path.append(to)

    def rectangles(self) -> list[Box]:
        """Left, bottom, right and top of the areas whose sides run across and down."""
        found = []
        for path in self._subpaths:
            xs, ys = [x for x, _ in path], [y for _, y in path]
            left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
            corners = {(round(x), round(y)) for x, y in path}
            square = corners == {(round(x), round(y)) for x in (left, right) for y in (bottom, top)}
            if square and min(right - left, top - bottom) > THIN:
                found.append((left, bottom, right, top))
        return found


def _apart(bars: list[Box], side: int) -> list[Box]:
    """Those that stand beside each other: a background covers others, a bar does not."""
    found: list[Box] = []
    for bar in sorted(bars, key=lambda bar: bar[2 + side]):
        if not found or bar[side] > found[-1][2 + side] - 0.5:
            found.append(bar)
    return found


def _is_blank(thing: StreamObject) -> bool:
    """Whether all of the image has one color; False where that cannot be told."""
    try:
        from PIL import Image

        data = thing.get_data()
        filters = thing.get("/Filter")
        last = filters if isinstance(filters, str) else list(filters or [""])[-1]
        if last in ("/DCTDecode", "/JPXDecode"):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                extremes = Image.open(io.BytesIO(data)).convert("RGB").getextrema()
            return all(low == high for low, high in extremes)
        width = max(1, len(data) // max(1, int(thing["/Width"]) * int(thing["/Height"])))
        return bool(data) and all(len(set(data[place::width])) == 1 for place in range(width))
    except Exception:  # an image that cannot be decoded is shown by no reader of PDFs either
        return False


def _entry(thing: Any, key: Any) -> Any:
    thing = thing.get_object() if hasattr(thing, "get_object") else thing
    found = thing.get(key) if isinstance(thing, DictionaryObject) and key is not None else None
    return found.get_object() if found is not None else None


def _numbers(operands: Any, count: int) -> tuple[float, ...]:
    found = tuple(float(value) for value in operands)
    if len(found) != count:
        raise ValueError("an operator has too few or too many operands")
    return found


def _times(inner: tuple[float, ...], outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _at(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _rounded(mark: Any) -> Any:
    if isinstance(mark, tuple):
        return tuple(_rounded(part) for part in mark)
    return round(mark, 1)
