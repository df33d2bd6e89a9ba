"""The kind `figure`: what its reader finds in pictures, sound and hostile ones."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from picture import read  # noqa: E402

PYTHON = os.environ.get("MLPATH_PYTHON", sys.executable)
HAS_MATPLOTLIB = (
    subprocess.run([PYTHON, "-c", "import matplotlib"], capture_output=True).returncode == 0
)
DRAWN = """
import json, sys
import matplotlib.pyplot as plt
sys.path.insert(0, {here!r})
from pathlib import Path
from picture import read

def saved(name, draw, **more):
    figure, axes = plt.subplots()
    draw(axes)
    figure.savefig(name, **more)
    plt.close(figure)

lines = lambda axes: (axes.plot([1, 2, 3]), axes.set_xlabel("rooms in a home"))
saved("line.png", lines)
saved("line.svg", lines)
saved("bars.svg", lambda axes: axes.bar(["a", "b"], [1, 2]))
saved("clear.png", lines, transparent=True)
saved("empty.png", lambda axes: None)
saved("empty.svg", lambda axes: None)
saved("grid.png", lambda axes: axes.grid())
plt.rcParams["svg.fonttype"] = "none"
saved("text.svg", lines)
plt.rcdefaults()
saved("small.png", lines, dpi=20)
plt.style.use("ggplot")
saved("gray.png", lambda axes: None)
plt.figure().savefig("blank.png")
print(json.dumps({{str(path): read(path) for path in Path().glob("*.?[nv]g")}}))
"""


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, body: bytes = b"", more: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    end = chunk(b"IDAT", zlib.compress(body)) + more + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + end


class Pictures(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def fault(self, name: str, content: bytes) -> str:
        path = self.folder / name
        path.write_bytes(content)
        try:
            return f"read: {read(path)}"
        except Exception as problem:
            return str(problem)

    def test_what_is_none(self) -> None:
        deep = b"<svg>" + b"<g>" * 300
        entities = b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>'
        outside = (
            b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg><text>&a;</text></svg>'
        )
        whole = png(400, 300, b"\0" * 401 * 300)
        for what, name, content, pattern in (
            ("empty", "a.png", b"", "it is empty"),
            ("empty", "a.svg", b"", "it is empty"),
            ("words", "a.png", b"hello", "no PNG picture"),
            ("a PNG file by another name", "a.svg", png(1, 1, b"\0\0"), "no SVG picture"),
            ("a JPEG file", "a.png", b"\xff\xd8\xff\xe0", "a JPEG picture"),
            ("a GIF file", "a.png", b"GIF89a", "a GIF picture"),
            ("a PDF file", "a.svg", b"%PDF-1.7", "a PDF document"),
            ("an SVG file by another name", "a.png", b"<svg></svg>", "no PNG picture"),
            ("a signature alone", "a.png", whole[:8], "before its first pixel"),
            ("half a header", "a.png", whole[:30], "before its first pixel"),
            ("no pixels", "a.png", whole[:33], "cannot be read"),
            ("half of them", "a.png", whole[: len(whole) // 2], "cannot be read"),
            (
                "other bytes in the pixels",
                "a.png",
                whole[:45] + b"?" * 40 + whole[85:],
                "cannot be read",
            ),
            ("no size", "a.png", png(0, 0), "cannot be read"),
            (
                "bits that there are not",
                "a.png",
                whole[:24] + b"\x63" + whole[25:],
                "cannot be read",
            ),
            ("enormous", "a.png", whole + bytes(33 << 20), "more than 32 MB"),
            ("HTML", "a.svg", b"<html></html>", "no SVG picture"),
            ("elements left open", "a.svg", b"<svg><g></svg>", "no well-formed"),
            ("two roots", "a.svg", b"<svg></svg><svg></svg>", "no well-formed"),
            ("not UTF-8", "a.svg", b"<svg>\xff</svg>", "no well-formed"),
            (
                "an encoding that there is not",
                "a.svg",
                b'<?xml version="1.0" encoding="x"?><svg/>',
                "no well-formed",
            ),
            ("NUL", "a.svg", b"<svg>\0</svg>", "no well-formed"),
            ("deep", "a.svg", deep, "levels deep"),
            ("an entity that grows", "a.svg", entities, "declares entities"),
            ("an entity of a file", "a.svg", outside, "declares entities"),
            (
                "an entity of parameters",
                "a.svg",
                b'<!DOCTYPE svg [<!ENTITY % a "b">]><svg/>',
                "declares entities",
            ),
            ("an entity of nowhere", "a.svg", b"<svg>&a;</svg>", "no well-formed"),
            ("enormous", "a.svg", b"<svg>" + b" " * (33 << 20), "more than 32 MB"),
        ):
            with self.subTest(what, name=name):
                self.assertRegex(self.fault(name, content), f"^(?!read).*{pattern}")

    def test_odd_pictures_are_read_all_the_same(self) -> None:
        """Within bounds of time and memory, whatever they say of themselves."""
        lines = b"<path d='M0 0'/>" * 200_000
        many = b"<text>a</text>" * 50_000
        for what, content, facts in (
            ("no size", b"<svg><path/></svg>", (0, 0, True)),
            ("sizes that are none", b"<svg width='NaN' height='1e999'><path/></svg>", (0, 0, True)),
            ("a size below 0", b"<svg width='-9' height='-9'/>", (-9, -9, False)),
            (
                "a name space",
                b"<s:svg xmlns:s='x' viewBox='0 0 5 4'><s:path/></s:svg>",
                (5, 4, True),
            ),
            (
                "UTF-16",
                "<?xml version='1.0' encoding='UTF-16'?><svg/>".encode("utf-16"),
                (0, 0, False),
            ),
            ("many shapes", b"<svg>" + lines + b"</svg>", (0, 0, True)),
            ("many texts", b"<svg>" + many + b"</svg>", (0, 0, False)),
            (
                "a text without end",
                b"<svg><text>" + b"a" * 1_000_000 + b"</text></svg>",
                (0, 0, False),
            ),
            (
                "uses of itself",
                b"<svg><g id='a'><use href='#a'/><use href='#a'/></g></svg>",
                (0, 0, True),
            ),
        ):
            with self.subTest(what):
                path = self.folder / "a.svg"
                path.write_bytes(content)
                told = read(path)
                self.assertEqual((told["width"], told["height"], told["shows"]), facts)
                self.assertLessEqual(len(told["texts"]), 2_000)
                self.assertTrue(all(len(text) <= 500 for text in told["texts"]))

    def test_a_bomb_is_not_opened(self) -> None:
        path = self.folder / "bomb.png"
        for size in ((30_000, 30_000), (2_000_000_000, 1), (8_000, 8_000)):
            path.write_bytes(png(*size))
            facts = read(path)
            self.assertTrue(facts["too_large"])
            self.assertEqual((facts["width"], facts["height"]), size)

    def test_pixels_or_words_that_unpack_to_too_much(self) -> None:
        zeros = bytes(100 << 20)
        words = b"Comment\0\0" + zlib.compress(zeros, 9)
        path = self.folder / "a.png"
        path.write_bytes(png(400, 300, zeros))  # of which 120,300 bytes are the picture
        self.assertFalse(read(path)["shows"])
        body = bytes(401 * 300)
        self.assertRegex(
            self.fault("a.png", png(400, 300, body, chunk(b"zTXt", words))), "cannot be read"
        )

    @unittest.skipUnless(HAS_MATPLOTLIB, "the interpreter in MLPATH_PYTHON has no matplotlib")
    def test_what_matplotlib_writes(self) -> None:
        run = subprocess.run(
            [PYTHON, "-c", DRAWN.format(here=str(HERE))],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={**os.environ, "MPLBACKEND": "Agg"},
        )
        self.assertEqual(run.returncode, 0, run.stderr)
        facts: dict[str, dict[str, Any]] = json.loads(run.stdout)
        blank = {name for name, told in facts.items() if not told["shows"]}
        self.assertEqual(
            blank, {"empty.png", "empty.svg", "grid.png", "gray.png", "blank.png"}, facts.keys()
        )
        for name in ("line.svg", "text.svg"):
            self.assertIn("rooms in a home", facts[name]["texts"])
        self.assertEqual([facts["line.png"][side] for side in ("width", "height")], [640, 480])
        self.assertEqual(facts["line.svg"]["width"], 614)  # 460.8 points
        self.assertEqual(facts["small.png"]["width"], 128)
        self.assertTrue(facts["line.png"]["png"])


if __name__ == "__main__":
    unittest.main()
