"""Pictures as JPEG files, for generators of synthetic data.

The same pixels give the same bytes everywhere: the cosines are rounded to whole numbers once, and
from there on arithmetic is exact. The tables are those of the standard (ITU T.81, annex K).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from functools import cache

from mlpath_synthetic import cos

# Of 16 by 16 pixels: the brightness (0 to 255) of its four quarters from left to right and from the
# top down, each 64 bytes in rows, and how blue and how red all of it is (128: not at all).
Square = tuple[bytes, bytes, bytes, bytes, int, int]

# What coefficients are divided by (K.1), in rows; of colors no more than the first is there.
STEPS = (
    (16, 11, 10, 16, 24, 40, 51, 61),
    (12, 12, 14, 19, 26, 58, 60, 55),
    (14, 13, 16, 24, 40, 57, 69, 56),
    (14, 17, 22, 29, 51, 87, 80, 62),
    (18, 22, 37, 56, 68, 109, 103, 77),
    (24, 35, 55, 64, 81, 104, 113, 92),
    (49, 64, 78, 87, 103, 121, 120, 101),
    (72, 92, 95, 98, 112, 100, 103, 99),
)
# How many codes of each length there are, and what they stand for: of the first coefficient (K.3)
# and of the others (K.5).
FIRST = bytes([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]) + bytes(range(12))
OTHERS = bytes([0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 125]) + bytes.fromhex(
    "01020300041105122131410613516107227114328191a1082342b1c11552d1f0"
    "2433627282090a161718191a25262728292a3435363738393a434445464748494a"
    "535455565758595a636465666768696a737475767778797a838485868788898a"
    "92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6"
    "c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"
)


def _codes(table: bytes) -> dict[int, str]:
    """The code of each value, as a text of 0 and 1."""
    codes: dict[int, str] = {}
    code, values = 0, iter(table[16:])
    for length, count in enumerate(table[:16], 1):
        for _ in range(count):
            codes[next(values)] = f"{code:0{length}b}"
            code += 1
        code <<= 1
    return codes


# The places of coefficients in the order in which they are written: along diagonals, to and fro.
ZIGZAG = sorted(
    ((row, column) for row in range(8) for column in range(8)),
    key=lambda at: (sum(at), at[0] if sum(at) % 2 else at[1]),
)
FIRST_CODES, OTHER_CODES = _codes(FIRST), _codes(OTHERS)
ONE = 4096  # in which cosines are counted
COSINES = [
    [
        round(
            cos((2 * x + 1) * u * 0.19634954084936207)
            * ONE
            / 2
            * (0.7071067811865476 if u == 0 else 1)
        )
        for x in range(8)
    ]
    for u in range(8)
]


def _divided(number: int, by: int) -> int:
    """The nearest whole number."""
    return (2 * abs(number) + by) // (2 * by) * (1 if number >= 0 else -1)


def _bits(number: int) -> tuple[int, str]:
    """How many bits a coefficient has, and which."""
    size = abs(number).bit_length()
    return size, f"{number if number > 0 else number + (1 << size) - 1:0{size}b}" if size else ""


@cache
def _block(pixels: bytes) -> tuple[int, str]:
    """The first coefficient of 64 pixels, and the others as they are written."""
    if pixels == pixels[:1] * 64:
        return _divided((pixels[0] - 128) * 8, STEPS[0][0]), OTHER_CODES[0]
    rows = [
        [sum((p - 128) * c for p, c in zip(pixels[y : y + 8], wave)) for wave in COSINES]
        for y in range(0, 64, 8)
    ]
    columns = [[row[u] for row in rows] for u in range(8)]
    found = []
    for v, u in ZIGZAG:
        value = sum(number * c for number, c in zip(columns[u], COSINES[v]))
        found.append(_divided(value, STEPS[v][u] * ONE * ONE))
    text, zeros = [], 0
    for number in found[1:]:
        if number == 0:
            zeros += 1
            continue
        text += [OTHER_CODES[0xF0]] * (zeros // 16)
        size, bits = _bits(number)
        text += [OTHER_CODES[zeros % 16 << 4 | size], bits]
        zeros = 0
    return found[0], "".join(text) + (OTHER_CODES[0] if zeros else "")


def _segment(mark: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, mark, len(content) + 2) + content


def jpeg(width: int, height: int, squares: Sequence[Square]) -> bytes:
    """A color picture, its squares from left to right and from the top down.

    What the last of a row or column has beyond the picture is cut off.
    """
    before = [0, 0, 0]
    text: list[str] = []

    def add(part: int, first: int, others: str) -> None:
        size, bits = _bits(first - before[part])
        before[part] = first
        text.append(FIRST_CODES[size] + bits + others)

    for *quarters, blue, red in squares:
        for quarter in quarters:
            add(0, *_block(quarter))
        for part, shade in ((1, blue), (2, red)):
            add(part, _divided((shade - 128) * 8, STEPS[0][0]), OTHER_CODES[0])
    written = "".join(text)
    written += "1" * (-len(written) % 8)
    scan = int(written, 2).to_bytes(len(written) // 8, "big").replace(b"\xff", b"\xff\0")
    steps = bytes(STEPS[v][u] for v, u in ZIGZAG)
    return b"".join(
        (
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
            _segment(0xDB, b"\0" + steps),
            _segment(0xC0, struct.pack(">BHHB", 8, height, width, 3) + b"\1\x22\0\2\x11\0\3\x11\0"),
            _segment(0xC4, b"\0" + FIRST),
            _segment(0xC4, b"\x10" + OTHERS),
            _segment(0xDA, b"\3\1\0\2\0\3\0\0\x3f\0"),
            scan,
            b"\xff\xd9",
        )
    )
