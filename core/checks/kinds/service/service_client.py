"""HTTP as the judge speaks it: over a connection that mlpath handed it, within bounds.

Whatever comes from the server's side ends as an `Answer` or as a `Trouble`, after a bounded time
and with a bounded size.
"""

from __future__ import annotations

import http.client
import io
import json
import select
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

MOST_BYTES = 8 << 20  # of one answer
BLOCK = 1 << 16
SHOWN = 300  # characters of a body that a failure shows


class Trouble(Exception):
    """No answer, or none that can be read. The text is the end of a sentence: "the server …"."""

    def __init__(self, says: str, kind: str) -> None:
        super().__init__(says)
        self.kind = kind  # late, closed, garbage, endless


@dataclass(frozen=True)
class Request:
    method: str = "GET"
    path: str = "/"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    raw: bytes | None = None  # in place of all that
    slowly: float = 0  # seconds over which it is sent

    @property
    def name(self) -> str:
        if self.raw is not None:
            return "what is no HTTP"
        return f"`{self.method} {self.path if len(self.path) < 100 else self.path[:99] + '…'}`"

    def encoded(self, port: int) -> bytes:
        if self.raw is not None:
            return self.raw
        sent = {
            "Host": f"127.0.0.1:{port}",
            "Accept": "*/*",
            "Connection": "close",
            **self.headers,
        }
        if self.body is not None:
            sent["Content-Length"] = str(len(self.body))
        lines = [f"{self.method} {self.path} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in sent.items()]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + (self.body or b"")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # names in small letters
    body: bytes
    seconds: float  # from the end of the request to the end of the answer

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def shown(self) -> str:
        """The body as a failure shows it."""
        text = self.text.strip()
        return text if len(text) <= SHOWN else text[:SHOWN] + "…"

    def json(self) -> Any:
        """The value; ValueError says what is wrong with it."""

        def refuse(word: str) -> Any:
            raise ValueError(f"{word} is no JSON")

        try:
            return json.loads(self.body.decode("utf-8"), parse_constant=refuse)
        except UnicodeDecodeError:
            raise ValueError("it is not UTF-8 text") from None
        except RecursionError:
            raise ValueError("it is nested too deeply") from None


def json_request(
    method: str, path: str, value: Any, headers: Mapping[str, str] | None = None
) -> Request:
    body = json.dumps(value).encode("utf-8")
    return Request(method, path, {"Content-Type": "application/json", **(headers or {})}, body)


class _Wire(io.RawIOBase):
    """What the server sends, until a deadline; http.client reads it as it would a socket."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline
        self.came = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._connection.settimeout(_left(self._deadline))
        count = self._connection.recv_into(buffer)
        self.came += count
        return count

    def no_more(self) -> None:
        """Tells the server that nothing more will be sent."""
        self._connection.shutdown(socket.SHUT_WR)

    def makefile(self, mode: str) -> io.BufferedReader:
        assert mode == "rb"
        return io.BufferedReader(self)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _send(connection: socket.socket, data: bytes, slowly: float, deadline: float) -> None:
    """All of it, or until the server answers before it has heard everything."""
    connection.setblocking(False)
    piece = max(1, len(data) // 40) if slowly else BLOCK
    pause = slowly / max(1, -(-len(data) // piece)) if slowly else 0
    rest = memoryview(data)
    while rest:
        readable, writable, _ = select.select([connection], [connection], [], _left(deadline))
        if readable:
            return
        if writable:
            rest = rest[connection.send(rest[:piece]) :]
            if pause and rest and select.select([connection], [], [], pause)[0]:
                return


def exchange(
    connection: socket.socket, request: Request, within: float, port: int
) -> Answer | Trouble:
    """Sends it, and reads what comes back, at most `within` seconds behind the request."""
    begun = time.monotonic()
    deadline = begun + within + request.slowly
    wire = _Wire(connection, deadline)
    try:
        with connection:
            with suppress(BrokenPipeError, ConnectionResetError):  # it may have answered already
                _send(connection, request.encoded(port), request.slowly, deadline)
            sent = time.monotonic()
            return _read(wire, request, sent)
    except TimeoutError:
        if wire.came:
            said = f"began an answer, and did not end it within {within:g} s"
        else:
            said = f"did not answer within {within:g} s"
        return Trouble(said, "late")
    except ConnectionError:
        return Trouble("closed the connection without an answer", "closed")
    except (http.client.HTTPException, ValueError, OSError) as problem:
        if isinstance(problem, http.client.RemoteDisconnected):
            return Trouble("closed the connection without an answer", "closed")
        told = " ".join(str(problem).split())[:80] or type(problem).__name__
        return Trouble(f"answered what is no HTTP ({told})", "garbage")


def _read(wire: _Wire, request: Request, sent: float) -> Answer | Trouble:
    if request.raw is not None:  # whatever it says to that, or nothing, until it closes
        wire.no_more()
        while wire.came < MOST_BYTES and wire.readinto(bytearray(BLOCK)):
            pass
        return Answer(0, {}, b"", time.monotonic() - sent)
    response = http.client.HTTPResponse(wire, method=request.method)  # type: ignore[arg-type]
    response.begin()
    body = bytearray()
    while block := response.read(BLOCK):
        body += block
        if len(body) > MOST_BYTES:
            return Trouble(f"answered more than {MOST_BYTES >> 20} MB", "endless")
    if response.length:
        return Trouble(
            f"promised {len(body) + response.length} bytes (Content-Length) and sent {len(body)}",
            "garbage",
        )
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, bytes(body), time.monotonic() - sent)
