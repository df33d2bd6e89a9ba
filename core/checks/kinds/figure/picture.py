"""Reads a picture that a step wrote, PNG or SVG: its size, whether it shows anything, its texts."""

from __future__ import annotations

import base64
import io
import struct
import xml.parsers.expat
from pathlib import Path
from typing import Any

MOST_SIDE = 12_000  # pixels
MOST_PIXELS = 40_000_000
MOST_BYTES = 32 << 20
MOST_TEXTS = 2_000
MOST_DEPTH = 200
SIDES = (480, 360, 240)  # of the picture that is kept
SMALL = 48_000
THIN = 4  # pixels: a line of a grid
SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "use", "image"}
KINDS = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"%PDF": "a PDF document",
}


def read(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    if not content:
        raise ValueError("it is empty")
    if len(content) > MOST_BYTES:
        raise ValueError(f"it has more than {MOST_BYTES >> 20} MB")
    kind = next((kind for begins, kind in KINDS.items() if content.startswith(begins)), "")
    wanted = path.suffix.lower().lstrip(".")
    if kind == wanted == "png":
        return _png(content)
    if wanted == "svg" and not kind:
        return _svg(content)
    raise ValueError(
        f"it is {kind}, whatever its name says"
        if kind not in ("", "png")
        else f"it is no {wanted.upper()} picture"
    )


def _png(content: bytes) -> dict[str, Any]:
    if len(content) < 33 or content[12:16] != b"IHDR":
        raise ValueError("it ends before its first pixel")
    width, height = struct.unpack(">II", content[16:24])
    facts: dict[str, Any] = {"width": width, "height": height, "texts": [], "png": ""}
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        return {**facts, "too_large": True}
    flat = _flat(content)
    return {**facts, "shows": _shows(flat), "png": _small(flat)}


def _flat(content: bytes) -> Any:
    """The picture, on white. Pillow's own words for what it cannot read help no learner."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as opened:
            opened.load()
            flat = Image.new("RGB", opened.size, "white")
            shown = opened.convert("RGBA")
            flat.paste(shown, mask=shown.getchannel("A"))
            return flat
    except (OSError, SyntaxError, ValueError):
        raise ValueError("it is a PNG file that is broken: its pixels cannot be read") from None


def _shows(image: Any) -> bool:
    """Whether the middle of the picture, where no frame of axes is, has more than a grid on it."""
    from PIL import Image, ImageChops

    width, height = image.size
    middle = image.crop((width // 5, height // 5, width - width // 5, height - height // 5))
    middle.thumbnail((800, 800), Image.Resampling.NEAREST)
    colors = middle.getcolors(middle.width * middle.height) or [(0, (255, 255, 255))]
    back = max(colors)[1]
    apart = ImageChops.difference(middle, Image.new("RGB", middle.size, back)).convert("L")
    marks = apart.point(lambda value: 255 if value > 16 else 0)
    wide, high = marks.size
    rows = [marks.crop((0, y, wide, y + 1)) for y in range(high)]
    columns = [marks.crop((x, 0, x + 1, high)) for x in range(wide)]
    for y in _thin([row.getcolors() == [(wide, 255)] for row in rows]):
        marks.paste(0, (0, y, wide, y + 1))
    for x in _thin([column.getcolors() == [(high, 255)] for column in columns]):
        marks.paste(0, (x, 0, x + 1, high))
    return marks.histogram()[255] > max(20, wide * high // 2000)


def _thin(full: list[bool]) -> list[int]:
    """The places of runs that are no wider than a line."""
    places: list[int] = []
    run: list[int] = []
    for place, is_full in enumerate([*full, False]):
        if is_full:
            run.append(place)
        else:
            places += run if len(run) <= THIN else []
            run = []
    return places


def _small(image: Any) -> str:
    for side in SIDES:
        small = image.copy()
        small.thumbnail((side, side))
        written = io.BytesIO()
        small.quantize(64).save(written, format="png", optimize=True)
        if len(written.getvalue()) <= SMALL:
            return base64.b64encode(written.getvalue()).decode("ascii")
    return ""


class _Drawing:
    """What an SVG file draws and says. Declarations of entities are refused unread."""

    def __init__(self) -> None:
        self.parser = xml.parsers.expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say
        self.parser.CommentHandler = self._comment
        self.parser.EntityDeclHandler = self._entity
        self.open: list[str] = []
        self.ids: list[str] = []
        self.root: dict[str, str] = {}
        self.shapes = 0
        self.texts: list[str] = []
        self._said: list[str] = []
        self._comments: list[tuple[int, str]] = []  # matplotlib's words for letters drawn as paths

    def _entity(self, *_: Any) -> None:
        raise ValueError("it declares entities, which no drawing program writes")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if not self.open:
            if name != "svg":
                raise ValueError("it is no SVG picture")
            self.root = attributes
        self.open.append(name)
        self.ids.append(attributes.get("id", ""))
        if len(self.open) > MOST_DEPTH:
            raise ValueError(f"it is more than {MOST_DEPTH} levels deep")
        if name in SHAPES and not self._is_frame(attributes):
            self.shapes += 1
        if name in ("use", "path") and self._comments:
            self._tell(self._comments.pop()[1])
            self._comments.clear()

    def _is_frame(self, attributes: dict[str, str]) -> bool:
        """What is no mark: definitions, and in matplotlib's groups axes, letters, empty boxes."""
        if {"defs", "clipPath"} & set(self.open):
            return True
        groups = " ".join(self.ids)
        style = attributes.get("style", "").replace(" ", "")
        empty = "fill:none" in style or "fill:#ffffff" in style
        return any(each in groups for each in ("matplotlib.axis", "text_", "legend_")) or (
            "patch_" in groups and empty
        )

    def _end(self, name: str) -> None:
        self.ids.pop()
        if self.open.pop() == "text" and "defs" not in self.open:
            self._tell("".join(self._said))
            self._said.clear()
        self._comments = [
            (depth, text) for depth, text in self._comments if depth <= len(self.open)
        ]

    def _say(self, text: str) -> None:
        if "text" in self.open:
            self._said.append(text)

    def _comment(self, text: str) -> None:
        self._comments = [(len(self.open), text)]

    def _tell(self, text: str) -> None:
        if text.strip() and len(self.texts) < MOST_TEXTS:
            self.texts.append(" ".join(text.split())[:500])


def _svg(content: bytes) -> dict[str, Any]:
    drawing = _Drawing()
    try:
        drawing.parser.Parse(content, True)
    except (xml.parsers.expat.ExpatError, LookupError) as problem:  # of its words, its encoding
        raise ValueError(f"it is no well-formed SVG picture: {problem}") from None
    width, height = _size(drawing.root)
    return {
        "width": width,
        "height": height,
        "shows": drawing.shapes > 0,
        "texts": drawing.texts,
        "png": "",
    }


def _size(root: dict[str, str]) -> tuple[int, int]:
    """In CSS pixels, or units of the view box; 0: it does not say."""
    box = root.get("viewBox", "").replace(",", " ").split()
    sizes = []
    for place, name in ((2, "width"), (3, "height")):
        told = root.get(name, "")
        digits = told.rstrip("abcdefghijklmnopqrstuvwxyz% ")
        unit = {"pt": 4 / 3, "in": 96, "cm": 37.8, "mm": 3.78}.get(told[len(digits) :].strip(), 1)
        if not digits or told.endswith("%"):
            digits, unit = (box[place] if len(box) == 4 else "0"), 1
        try:
            sizes.append(round(float(digits) * unit))
        except (ValueError, OverflowError):
            sizes.append(0)
    return sizes[0], sizes[1]
