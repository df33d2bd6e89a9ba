"""A small HTTP site that answers as a script says, and notes who asked what, and when.

It speaks to a program of the learner's, so everything that comes is bounded: the size of a request,
how many there are, how many connections are open. Times are those of the learner's program, whose
clock runs faster than ours: seconds of ours times `factor`. Where ours are late, a client seems to
have waited longer, never shorter.
"""

from __future__ import annotations

import json
import math
import re
import select
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Optional
from urllib.parse import parse_qsl, unquote, urlsplit

MOST_REQUESTS = 400
MOST_CONNECTIONS = 64
MOST_HEAD = 64 << 10  # bytes
MOST_BODY = 1 << 20
IDLE = 120.0  # of our seconds
PIECE = 0.02  # of our seconds between two looks whether the site is closed
NEVER = math.inf
METHOD = re.compile(rb"[A-Z]{1,20}( |$)")
LENGTH = re.compile(r"[0-9]{1,9}")  # what `isdigit` and `int` take is more


@dataclass(frozen=True)
class Answer:
    """What the site answers. A dict or a list is sent as JSON, a text as HTML.

    `after`: seconds before it begins; NEVER: the connection stays open, and nothing comes.
    `sends`: only so many bytes of the body come before the connection is closed, though its
    header promises all; -1: it is closed without a word.
    """

    body: bytes | str | dict[str, Any] | list[Any] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float = 0.0
    sends: int | None = None

    def encoded(self) -> tuple[str, bytes]:
        """The content type, and the bytes."""
        if isinstance(self.body, bytes):
            return "application/octet-stream", self.body
        if isinstance(self.body, str):
            return "text/html; charset=utf-8", self.body.encode("utf-8")
        return "application/json", json.dumps(self.body).encode("ascii")


@dataclass
class Request:
    """What the learner's program asked. Header names are in lower case; of a key that comes twice
    in the query, `query` has the last value."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    at: float  # seconds since the site was opened
    beside: int  # other requests that waited for their answer then
    path: str = ""
    query: dict[str, str] = field(default_factory=dict)
    status: int = 0  # of the answer; 0: none has come yet
    answered: float = NEVER  # when the answer was sent
    gave_up: float = NEVER  # when the client closed the connection before it had the answer
    asked_to_wait: float = 0.0  # Answer.after

    def __post_init__(self) -> None:
        parts = urlsplit(self.target)
        self.path = unquote(parts.path) or "/"
        self.query = dict(parse_qsl(parts.query, keep_blank_values=True))

    @property
    def shown(self) -> str:
        """For a person to read."""
        return f"{self.method} {unquote(self.target)}"[:300]

    @property
    def over(self) -> float:
        """When it was over for the client, which then knew the answer, or had given up."""
        return min(self.answered, self.gave_up)


Answers = Callable[[Request, "list[Request]"], Optional[Answer]]  # of a request, those before

Taken = tuple[Request, "list[Request]", bytes]  # a request, those before it, what came behind it


class Garbled(Exception):
    """What came is no request, or too large for one."""


class Server:
    """Serves from its making to `close`. `answers`: None of it is a 404."""

    def __init__(self, listens: socket.socket, factor: float) -> None:
        self.factor = factor
        self.seen: list[Request] = []
        self.crowd = 0  # connections at the same time, at most
        self.garbled: list[str] = []  # what came that is no request
        self.problem: BaseException | None = None  # of the script that answers
        self.answers: Answers = lambda request, seen: None
        self.most = MOST_REQUESTS  # what is asked beyond gets no answer
        self._listens = listens
        self._begun = time.monotonic()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def now(self) -> float:
        return (time.monotonic() - self._begun) * self.factor

    @property
    def overrun(self) -> bool:
        return len(self.seen) >= self.most or self.crowd > MOST_CONNECTIONS

    def waiting(self) -> int:
        """Requests that wait for their answer."""
        with self._lock:
            return sum(request.over == NEVER for request in self.seen)

    def forget(self) -> None:
        """Cuts what is open: those who asked have ended."""
        with self._lock:
            for connection in self._open:
                _cut(connection)

    def close(self) -> None:
        self._closed.set()
        self._listens.close()
        self.forget()

    # Inside: a thread for each connection

    def _accept(self) -> None:
        while not self._closed.is_set():
            try:
                ready, _, _ = select.select([self._listens], [], [], PIECE * 5)
                connection = self._listens.accept()[0] if ready else None
            except (OSError, ValueError):
                return
            if connection is None:
                continue
            with self._lock:
                self._open.add(connection)
                self.crowd = max(self.crowd, len(self._open))
                too_many = len(self._open) > MOST_CONNECTIONS
            if too_many:
                self._let_go(connection)
            else:
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _let_go(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.discard(connection)
        connection.close()

    def _talk(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(IDLE)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            rest = b""
            stays = True
            while stays:
                taken = self._take(connection, rest)
                if taken is None:
                    return
                request, before, rest = taken
                answer = self._answer(request, before)
                stays = self._send(connection, request, answer)
        except Garbled as problem:
            with self._lock:
                self.garbled.append(str(problem))
            with suppress(OSError):
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
        except OSError:
            pass
        finally:
            self._let_go(connection)

    def _take(self, connection: socket.socket, rest: bytes) -> Taken | None:
        while b"\r\n\r\n" not in rest:
            if rest and not METHOD.match(rest):
                raise Garbled(f"`{_shown(rest)}`")
            if len(rest) > MOST_HEAD:
                raise Garbled(f"a head of more than {MOST_HEAD >> 10} KiB, `{_shown(rest)}`")
            block = connection.recv(1 << 16)
            if not block:
                if rest:
                    raise Garbled(f"`{_shown(rest)}`")
                return None
            rest += block
        head, _, rest = rest.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        words = first.split(" ")
        if len(words) != 3 or not words[2].startswith("HTTP/1.") or not words[1].startswith("/"):
            raise Garbled(f"`{_shown(head)}`")
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines)
        }
        stated = headers.get("content-length", "0")
        length = int(stated) if LENGTH.fullmatch(stated) else MOST_BODY + 1
        if length > MOST_BODY or "transfer-encoding" in headers:
            raise Garbled(f"a body that is too large, or of no stated length, for `{first[:80]}`")
        body = rest
        while len(body) < length:
            block = connection.recv(1 << 16)
            if not block:
                return None
            body += block
        with self._lock:
            at = self.now
            beside = sum(other.over == NEVER for other in self.seen)
            try:
                request = Request(words[0], words[1], headers, body[:length], at, beside)
            except ValueError:  # `//[` begins an address of IPv6 that never ends
                raise Garbled(f"`{_shown(head)}`") from None
            before = list(self.seen)
            self.seen.append(request)
        return request, before, body[length:]

    def _answer(self, request: Request, before: list[Request]) -> Answer:
        if len(before) >= self.most:
            return Answer(after=NEVER)
        with self._lock:
            try:
                answer = self.answers(request, before)
            except BaseException as problem:  # a defect of the script's, told by who waits
                self.problem = problem
                return Answer(status=500)
        return answer or Answer("<h1>Not found</h1>", status=404)

    def _send(self, connection: socket.socket, request: Request, answer: Answer) -> bool:
        """Whether the connection stays open."""
        request.asked_to_wait = answer.after
        if not self._wait(connection, request, answer.after):
            return False
        kind, body = answer.encoded()
        sends = len(body) if answer.sends is None else answer.sends
        # Before it is sent: the client may have it, and begin to wait, before we run again.
        request.answered = self.now
        if sends < 0:
            return False
        request.status = answer.status
        known = answer.status in set(HTTPStatus)
        reason = HTTPStatus(answer.status).phrase if known else "Unknown"
        lines = [f"HTTP/1.1 {answer.status} {reason}"]
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), **answer.headers}
        lines += [f"{name}: {value}" for name, value in headers.items()]
        head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
        connection.sendall(head + (b"" if request.method == "HEAD" else body[:sends]))
        return sends >= len(body) and request.headers.get("connection", "").lower() != "close"

    def _wait(self, connection: socket.socket, request: Request, seconds: float) -> bool:
        """False: the client has closed the connection meanwhile, or the site has."""
        until = time.monotonic() + seconds / self.factor
        while (left := until - time.monotonic()) > 0:
            readable, _, _ = select.select([connection], [], [], min(left, PIECE))
            if self._closed.is_set():
                return False
            if readable:
                with suppress(OSError):
                    if connection.recv(1, socket.MSG_PEEK):
                        time.sleep(min(left, PIECE))  # it asks on without waiting for the answer
                        continue
                request.gave_up = self.now
                return False
        return True


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _shown(head: bytes) -> str:
    """The beginning of what came, fit to be read."""
    text = head[:60].decode("latin-1").split("\r\n")[0]
    return "".join(letter if letter.isprintable() else "?" for letter in text)
