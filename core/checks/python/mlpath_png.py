"""The pixels of a small PNG picture, and nothing else that such a file may hold.

What came from the learner's side is shown to others: its size, its checksums and the length of its
pixels are as the standard has them, and texts, profiles and unknown chunks are left out.
"""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by type of color
MOST_SIDE = 1000  # pixels
MOST_BYTES = 49_152  # which are 65,536 in base64


def pixels_of(png: bytes) -> bytes | None:
    """The same picture in the chunks that it needs; None where it is none, or is not small."""
    try:
        return _pixels_of(png)
    except (struct.error, zlib.error, ValueError, KeyError):
        return None


def _pixels_of(png: bytes) -> bytes | None:
    if not png.startswith(SIGNATURE) or len(png) > 1 << 20:
        return None
    chunks = _chunks(png)
    if [name for name, _ in chunks[:1] + chunks[-1:]] != [b"IHDR", b"IEND"]:
        return None
    width, height, depth, kind, *methods = struct.unpack(">IIBBBBB", chunks[0][1])
    if depth != 8 or methods != [0, 0, 0] or not 0 < min(width, height) <= max(width, height):
        return None
    if max(width, height) > MOST_SIDE or (kind == 3) != any(name == b"PLTE" for name, _ in chunks):
        return None
    whole = height * (1 + width * CHANNELS[kind])
    packed = b"".join(body for name, body in chunks if name == b"IDAT")
    reader = zlib.decompressobj()
    if len(reader.decompress(packed, whole + 1)) != whole or not reader.eof:
        return None
    return SIGNATURE + b"".join(_written(*chunk) for chunk in chunks if chunk[0] in KEPT)


def _chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    chunks = []
    at = len(SIGNATURE)
    while at < len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        body = png[at + 8 : at + 8 + length]
        (told,) = struct.unpack_from(">I", png, at + 8 + length)
        if told != zlib.crc32(name + body):
            raise ValueError("a checksum is wrong")
        chunks.append((name, body))
        at += 12 + length
    return chunks


def _written(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
