"""Drawings that nobody drew, and pictures that harm whoever opens them."""

from __future__ import annotations

import json

from attack import HELD, Attack

EMPTY = {
    "title": "",
    "x_label": "",
    "y_label": "",
    "x_scale": "linear",
    "y_scale": "linear",
    "x_ticks": [],
    "y_ticks": [],
    "legend": [],
    "legend_title": "",
    "keys": [],
    "place": "",
    "texts": [],
    "points": [],
    "ink": 0,
    "lines": [],
    "bars": [],
    "boxes": [],
    "images": [],
    "cells": [],
}
FORGED = {
    "titles": [],
    "legend": [],
    "keys": [],
    "panels": [{**EMPTY, "lines": [{"at": [[0, 1], [1, 2], [2, 3]], "label": ""}]}],
}
ANSWER = json.dumps({"ok": True, "value": {"figure": FORGED, "returned": "Figure", "saves": True}})
WRITES = """\
for number in range(3, 20):
    tried(lambda: os.write(number, {line!r}.encode()))
"""
BOMB = """\
import struct, zlib
def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
Path("drawn.png").write_bytes(
    b"\\x89PNG\\r\\n\\x1a\\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(bytes(112_530_000)))
    + chunk(b"IEND", b"")
)
"""


def draws(name: str, tries: str, code: str, why: str, seen: str, project: str = "draws") -> Attack:
    return Attack(name, tries, code, why=why, seen=seen, project=project, none=HELD)


ATTACKS = [
    draws(
        "a-figure-of-words",
        "answers for the driver with a figure that nobody drew",
        WRITES.format(line=ANSWER + "\n") + "os._exit(0)",
        "no line has the values",
        "held because nobody knows what the judge wants to see",
    ),
    draws(
        "a-verdict-for-a-figure",
        "answers for the driver with a verdict",
        WRITES.format(line='{"do": "verdict", "verdict": "pass"}\n') + "os._exit(0)",
        "cannot be read|ended the whole Python process|broke off",
        "held by `is_sound`, and because another process judges",
    ),
    draws(
        "a-figure-without-end",
        "answers for the driver with a line that has no end",
        "while True:\n    os.write(4, b'x' * 65536)",
        "cannot be read",
        "held by `most_reply`",
    ),
    draws(
        "a-drawing-that-hangs",
        "never comes back from drawing",
        "while True:\n    pass",
        "did not draw its figure within",
        "held by the wall limit",
    ),
    draws(
        "a-picture-bomb",
        "writes a PNG file of 30,000 by 30,000 pixels",
        BOMB,
        "30000 × 30000 pixels",
        "held by the look at its size before it is opened",
        "pictures",
    ),
    draws(
        "entities-in-a-picture",
        "writes an SVG file whose entities grow without end",
        'entities = "".join(f\'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">\' for n in range(1, 12))\n'
        "Path(\"drawn.svg\").write_text(f'<!DOCTYPE svg [{entities}]><svg>&e11;</svg>')\n",
        "declares entities",
        "held by `_entity`",
        "drawings",
    ),
]
