"""JPEG files as `mlpath_pictures` writes them, read again by what the standard says."""

from __future__ import annotations

import itertools
import struct
import sys
import unittest
from math import cos, pi, sqrt
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "core/data/python"))

from mlpath_pictures import jpeg  # noqa: E402

# As annex A of the standard draws it.
ORDER = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20,
    13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
    52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
]  # fmt: skip


class Reader:
    """Baseline JPEG with 4:2:0 colors."""

    def __init__(self, content: bytes) -> None:
        self.tables: dict[int, dict[str, int]] = {}
        self.steps: dict[int, list[int]] = {}
        assert content[:2] == b"\xff\xd8" and content[-2:] == b"\xff\xd9"
        at = 2
        while content[at + 1] != 0xDA:
            mark, size = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
            self.segment(mark, content[at + 4 : at + 2 + size])
            at += 2 + size
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
        scan = content[at:-2].replace(b"\xff\0", b"\xff")
        self.bits = f"{int.from_bytes(scan, 'big'):0{8 * len(scan)}b}"
        self.at = 0

    def segment(self, mark: int, body: bytes) -> None:
        if mark == 0xDB:
            self.steps[body[0]] = [0] * 64
            for place, step in zip(ORDER, body[1:]):
                self.steps[body[0]][place] = step
        elif mark == 0xC4:
            code, values, table = 0, iter(body[17:]), {}
            for length, count in enumerate(body[1:17], 1):
                for _ in range(count):
                    table[f"{code:0{length}b}"] = next(values)
                    code += 1
                code *= 2
            self.tables[body[0]] = table
        elif mark == 0xC0:
            self.height, self.width = struct.unpack(">HH", body[1:5])

    def symbol(self, table: int) -> int:
        for length in itertools.count(1):
            code = self.bits[self.at : self.at + length]
            if code in self.tables[table]:
                self.at += length
                return self.tables[table][code]
            assert length <= 16
        raise AssertionError

    def number(self, size: int) -> int:
        if size == 0:
            return 0
        text = self.bits[self.at : self.at + size]
        self.at += size
        return int(text, 2) if text[0] == "1" else int(text, 2) - (1 << size) + 1

    def block(self, before: int) -> tuple[int, list[int]]:
        first = before + self.number(self.symbol(0))
        found = [first * self.steps[0][0]] + [0] * 63
        place = 1
        while place < 64:
            symbol = self.symbol(0x10)
            if symbol == 0:
                break
            place += symbol >> 4
            if symbol & 15:
                found[ORDER[place]] = self.number(symbol & 15) * self.steps[0][ORDER[place]]
            place += 1
        return first, found

    def squares(self) -> list[list[list[float]]]:
        """Of each the pixels of six blocks."""
        before = [0, 0, 0]
        squares = []
        for _ in range((self.width + 15) // 16 * ((self.height + 15) // 16)):
            blocks = []
            for part in (0, 0, 0, 0, 1, 2):
                before[part], found = self.block(before[part])
                blocks.append(pixels_of(found))
            squares.append(blocks)
        assert set(self.bits[self.at :]) <= {"1"} and len(self.bits) - self.at < 8
        return squares


def pixels_of(found: list[int]) -> list[float]:
    def wave(x: int, u: int) -> float:
        return cos((2 * x + 1) * u * pi / 16) / 2 * (sqrt(0.5) if u == 0 else 1)

    return [
        128
        + sum(
            found[8 * v + u] * wave(x, u) * wave(y, v)
            for v in range(8)
            for u in range(8)
            if found[8 * v + u]
        )
        for y in range(8)
        for x in range(8)
    ]


class Pictures(unittest.TestCase):
    def test_what_is_written_is_read_again(self) -> None:
        soft = bytes(4 * x + 7 * y + 60 for y in range(8) for x in range(8))
        hard = bytes(230 if x > y else 20 for y in range(8) for x in range(8))
        noise = bytes((x * x * 37 + y * 91 + x * y * 13) % 256 for y in range(8) for x in range(8))
        flat = bytes([200] * 64)
        dark = bytes(64)
        squares = [
            (soft, hard, noise, flat, 100, 160),
            (dark, flat, dark, bytes([255] * 64), 128, 128),
        ]
        reader = Reader(jpeg(21, 16, squares))
        self.assertEqual((reader.width, reader.height), (21, 16))
        # How far a pixel may be off, in the mean: hard edges and noise lose what no eye misses.
        far = [2.0, 12.0, 18.0, 1.5, 1.5, 1.5]
        for written, read in zip(squares, reader.squares()):
            blocks = [*written[:4], bytes([written[4]] * 64), bytes([written[5]] * 64)]
            for place, (want, got) in enumerate(zip(blocks, read)):
                off = sum(abs(a - b) for a, b in zip(want, got)) / 64
                with self.subTest(place=place):
                    self.assertLess(off, far[place])

    def test_a_picture_of_one_shade_is_small(self) -> None:
        flat = bytes([77] * 64)
        content = jpeg(160, 160, [(flat, flat, flat, flat, 128, 128)] * 100)
        self.assertLess(len(content), 1000)
        self.assertEqual(
            {round(p) for s in Reader(content).squares() for b in s[:4] for p in b}, {76}
        )


if __name__ == "__main__":
    unittest.main()
