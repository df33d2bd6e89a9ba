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


def png(width: int, height: int, body: bytes = b"", more: bytes = b"") -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

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
        for name, content, pattern in (
            ("a.png", b"", "it is empty"),
            ("a.svg", b"", "it is empty"),
            ("a.png", b"hello", "no PNG picture"),
            ("a.svg", png(1, 1, b"\0\0"), "no SVG picture"),
            ("a.png", b"\xff\xd8\xff\xe0", "a JPEG picture"),
            ("a.svg", b"%PDF-1.7", "a PDF document"),
            ("a.png", b"\x89PNG\r\n\x1a\n", "before its first pixel"),
            ("a.svg", b"<html></html>", "no SVG picture"),
            ("a.svg", b"<svg><g></svg>", "no well-formed"),
            ("a.svg", deep, "levels deep"),
            ("a.svg", entities, "declares entities"),
            ("a.svg", outside, "declares entities"),
            ("a.svg", b"<svg>" + b" " * (33 << 20), "more than 32 MB"),
        ):
            with self.subTest(pattern=pattern, name=name):
                self.assertRegex(self.fault(name, content), pattern)

    def test_a_bomb_is_not_opened(self) -> None:
        path = self.folder / "bomb.png"
        for size in ((30_000, 30_000), (2_000_000_000, 1), (8_000, 8_000)):
            path.write_bytes(png(*size))
            facts = read(path)
            self.assertTrue(facts["too_large"])
            self.assertEqual((facts["width"], facts["height"]), size)

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
