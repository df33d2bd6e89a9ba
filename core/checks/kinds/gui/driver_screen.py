"""A virtual screen: Xvfb on a display of this run alone, and what is drawn on it.

It listens on a port of the loopback, which it is handed as systemd hands one, so that it makes no
socket that other machines reach. A cookie of the run lets nobody else in. Its keymap, which it
would write into a folder of the system's, `keymap.so` moves beside its log.
"""

from __future__ import annotations

import base64
import os
import select
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from contextlib import suppress
from pathlib import Path

FAMILY_WILD = 0xFFFF  # of an entry in .Xauthority: whatever the host is called
HEADER = struct.Struct(">25I")  # of the XWD file that Xvfb keeps
SCREEN = "Xvfb_screen0"
FIRST_PORT = 6000  # of display 0
HANDED = 3  # the descriptor at which a server finds the socket that it is handed
KEYMAP = Path(sys.argv[0]).resolve().parent / "keymap.so"


class Screen:
    """The display, while it lasts. `problem` says why there is none."""

    def __init__(self, width: int, height: int, port: int, patience: float) -> None:
        self.problem = ""
        self.display = ""
        self._folder = Path(tempfile.mkdtemp(prefix="screen-"))
        self._server: subprocess.Popen[bytes] | None = None
        program = shutil.which("Xvfb")
        if program is None:
            self.problem = "there is no Xvfb"
            return
        try:
            door = socket.create_server(("127.0.0.1", port), backlog=128)
        except OSError as problem:
            self.problem = f"cannot listen on port {port}: {problem.strerror}"
            return
        cookie = os.urandom(16)
        self.cookies = self._folder / "cookies"
        self.cookies.write_bytes(entry(b"", b"", b"MIT-MAGIC-COOKIE-1", cookie))
        words = [program, f":{port - FIRST_PORT}", "-screen", "0", f"{width}x{height}x24"]
        words += ["-fbdir", str(self._folder), "-auth", str(self.cookies), "-dpi", "96"]
        words += ["-noreset", "-listen", "tcp"]
        for other in ("unix", "local", "inet6"):
            words += ["-nolisten", other]
        words += ["-extension", "GLX"]  # Tk needs none, and Xvfb would load Mesa and LLVM for it
        reading, writing = os.pipe()
        words += ["-displayfd", str(writing)]

        def begin() -> None:  # in the new process, whose number the server is told
            os.dup2(door.fileno(), HANDED)
            os.set_inheritable(writing, True)
            os.execve(program, words, surroundings_of(self._folder))

        with (self._folder / "log").open("wb") as log:
            self._server = subprocess.Popen(
                words,
                preexec_fn=begin,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        os.close(writing)
        door.close()
        number = said(reading, patience).strip()
        os.close(reading)
        if not number.isdigit():
            self.problem = f"Xvfb did not start: {self._last_words()}"
            self.close()
            return
        self.display = f"127.0.0.1:{number.decode('ascii')}"

    @property
    def alive(self) -> bool:
        return self._server is not None and self._server.poll() is None

    def close(self) -> None:
        if self._server is not None:
            with suppress(OSError):
                self._server.kill()
            self._server.wait()

    def colors(self, x: int, y: int, width: int, height: int) -> int:
        """How many that part of the screen has."""
        seen: set[int] = set()
        for line in self._lines(x, y, width, height):
            seen.update(memoryview(line).cast("I"))
        return len(seen)

    def picture(self, x: int, y: int, width: int, height: int) -> str:
        """That part of the screen as a PNG, in base64."""
        lines = [rgb(line) for line in self._lines(x, y, width, height)]
        return base64.b64encode(png(lines, len(lines[0]) // 3 if lines else 0)).decode("ascii")

    def _lines(self, x: int, y: int, width: int, height: int) -> list[bytes]:
        """Its lines from the top, four bytes a pixel, as far as they lie on the screen."""
        whole = (self._folder / SCREEN).read_bytes()
        header = HEADER.unpack_from(whole)
        across, down, in_line = header[4], header[5], header[12]
        start = header[0] + header[19] * 12
        left, top = min(max(0, x), across), min(max(0, y), down)
        right, bottom = min(max(left, x + width), across), min(max(top, y + height), down)
        starts = (start + row * in_line for row in range(top, bottom))
        return [whole[at + 4 * left : at + 4 * right] for at in starts]

    def _last_words(self) -> str:
        said = (self._folder / "log").read_text(encoding="utf-8", errors="replace")
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        return lines[-1][:300] if lines else "it said nothing"


def surroundings_of(folder: Path) -> dict[str, str]:
    """Of a server that is handed one socket, and keeps its keymap in this folder."""
    found = {**os.environ, "LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
    if KEYMAP.is_file():
        found.update(LD_PRELOAD=str(KEYMAP), MLPATH_KEYMAPS=str(folder))
    return found


def said(pipe: int, patience: float) -> bytes:
    """The line that comes over the pipe; it may come in pieces."""
    line, deadline = b"", time.monotonic() + patience
    while not line.endswith(b"\n") and (left := deadline - time.monotonic()) > 0:
        if not select.select([pipe], [], [], left)[0]:
            break
        block = os.read(pipe, 20)
        if not block:
            break
        line += block
    return line


def entry(address: bytes, number: bytes, name: bytes, cookie: bytes) -> bytes:
    """A line of .Xauthority, as `xauth add` writes it."""
    parts = b"".join(struct.pack(">H", len(p)) + p for p in (address, number, name, cookie))
    return struct.pack(">H", FAMILY_WILD) + parts


def rgb(pixels: bytes) -> bytes:
    """Of the 32 bits of a pixel, blue comes first and the last eight mean nothing."""
    line = bytearray(len(pixels) // 4 * 3)
    for to, origin in enumerate((2, 1, 0)):
        line[to::3] = pixels[origin::4]
    return bytes(line)


def png(lines: list[bytes], width: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, len(lines), 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + line for line in lines), 6)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
