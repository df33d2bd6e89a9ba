"""Pictures that are kept: their pixels alone, in bounds."""

from __future__ import annotations

import struct
import sys
import unittest
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "core/checks/python"))

from mlpath_png import MOST_SIDE, SIGNATURE, pixels_of  # noqa: E402

PIXELS = b"\0\1\2\0\3\4"  # two rows of a filter and two pixels


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(pixels: bytes = PIXELS, *, more: bytes = b"", **head: int) -> bytes:
    told = {"width": 2, "height": 2, "depth": 8, "kind": 0, "lace": 0, **head}
    sizes = [told[name] for name in ("width", "height", "depth", "kind")]
    begin = SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", *sizes, 0, 0, told["lace"])) + more
    return begin + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


class Kept(unittest.TestCase):
    def test_a_picture_stays_as_it_is(self) -> None:
        self.assertEqual(pixels_of(png()), png())
        palette = chunk(b"PLTE", b"\1\2\3")
        self.assertEqual(pixels_of(png(kind=3, more=palette)), png(kind=3, more=palette))

    def test_what_else_it_holds_is_left_out(self) -> None:
        for name in (b"tEXt", b"iCCP", b"eXIf", b"acTL", b"juNk"):
            self.assertEqual(pixels_of(png(more=chunk(name, b"<script>"))), png())

    def test_what_is_none(self) -> None:
        sound = png()
        for what, content in (
            ("nothing", b""),
            ("no signature", sound[1:]),
            ("cut off", sound[:-5]),
            ("something behind it", sound + b"PK\3\4"),
            ("a wrong checksum", sound.replace(b"IEND\xae", b"IEND\xaf")),
            ("no pixels", png(b"")),
            ("more pixels", png(PIXELS + b"\0")),
            ("a bomb", png(bytes(50_000_000))),
            ("a large picture", png(bytes(2 * (MOST_SIDE + 2)), width=MOST_SIDE + 1)),
            ("no width", png(b"\0\0", width=0)),
            ("no palette", png(kind=3)),
            ("an unknown type", png(kind=5)),
            ("16 bits", png(depth=16)),
            ("laced", png(lace=1)),
        ):
            with self.subTest(what):
                self.assertIsNone(pixels_of(content))


if __name__ == "__main__":
    unittest.main()
