"""The kind `site`: what its server takes, answers and notes, tried over a socket pair's like."""

from __future__ import annotations

import socket
import threading
import time
import unittest
from collections.abc import Callable
from contextlib import suppress

from site_server import MOST_CONNECTIONS, MOST_REQUESTS, NEVER, Answer, Request, Server


class Talk(unittest.TestCase):
    def setUp(self) -> None:
        self.listens = socket.create_server(("127.0.0.1", 0))
        self.server = Server(self.listens, 20)
        self.addCleanup(self.server.close)

    def connect(self) -> socket.socket:
        connection = socket.create_connection(self.listens.getsockname(), 5)
        self.addCleanup(connection.close)
        return connection

    def ask(self, *lines: bytes, body: bytes = b"") -> bytes:
        connection = self.connect()
        connection.sendall(b"\r\n".join((*lines, b"", b"")) + body)
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))

    def test_what_was_asked_is_noted(self) -> None:
        self.server.answers = lambda request, seen: Answer({"n": len(seen)})
        told = self.ask(b"GET /a%20b?x=1&y= HTTP/1.1", b"Accept: z", b"Connection: close")
        self.assertIn(b"200 OK", told)
        self.assertTrue(told.endswith(b'{"n": 0}'), told)
        (request,) = self.server.seen
        self.assertEqual((request.path, request.query), ("/a b", {"x": "1", "y": ""}))
        self.assertEqual(request.headers["accept"], "z")
        self.assertLess(request.answered, NEVER)

    def test_nothing_that_the_script_knows_is_not_found(self) -> None:
        self.assertIn(b"404 Not Found", self.ask(b"GET / HTTP/1.1", b"Connection: close"))

    def test_a_connection_is_used_again(self) -> None:
        self.server.answers = lambda request, seen: Answer(request.body)
        connection = self.connect()
        for word in (b"one", b"two"):
            head = b"POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n"
            connection.sendall(head + word)
            got = b""
            while not got.endswith(word):
                got += connection.recv(999)
        self.assertEqual([request.body for request in self.server.seen], [b"one", b"two"])

    def test_what_is_no_request_is_told(self) -> None:
        line = b"GET / HTTP/1.1\r\n"
        for what, sent, told in (
            ("binary", b"\0\xff\x01\x02", "?"),
            ("an empty request", b"\r\n\r\n", ""),
            ("words", b"hello there\r\n\r\n", "hello there"),
            ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "?"),
            ("a proxy's request", b"GET http://else.where/ HTTP/1.1\r\n\r\n", "else.where"),
            ("another version", b"GET / HTTP/2\r\n\r\n", "HTTP/2"),
            ("half an address", b"GET //[ HTTP/1.1\r\n\r\n", "//["),
            ("no version", b"GET /\r\n\r\n", "GET /"),
            ("less than nothing", b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "no stated"),
            ("no number", b"POST / HTTP/1.1\r\nContent-Length: NaN\r\n\r\n", "no stated length"),
            (
                "a digit of its own",
                "POST / HTTP/1.1\r\nContent-Length: ²\r\n\r\n".encode("latin-1"),
                "no stated",
            ),
            ("a huge body", b"POST / HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n", "too large"),
            (
                "a number without end",
                b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 6000 + b"\r\n\r\n",
                "too large",
            ),
            ("chunks", b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "no stated"),
            ("an address without end", b"GET /" + b"a" * (70 << 10), "64 KiB"),
            ("a header without end", line + b"X-A: " + b"a" * (70 << 10), "64 KiB"),
            ("headers without end", line + b"X-A: b\r\n" * 9000, "64 KiB"),
        ):
            with self.subTest(what):
                self.server.garbled.clear()
                connection = self.connect()
                connection.sendall(sent)
                self.assertIn(b"400", connection.recv(99))
                self.assertIn(told, self.server.garbled[0])
                self.assertTrue(all(map(str.isprintable, self.server.garbled[0])))
        self.assertEqual(self.server.seen, [])

    def test_what_comes_slowly_or_never_holds_nobody_up(self) -> None:
        """Other requests are answered, whatever these connections wait for."""
        held = []
        for sent in (
            b"",  # opens, and says nothing
            b"GET / HT",  # half a line
            b"GET / HTTP/1.1\r\nHost: a\r\n",  # a header to which more is to come
            b"POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf",  # and half a body
            b"GET /answered HTTP/1.1\r\n\r\n",  # has its answer, and never closes
        ):
            held.append(self.connect())
            held[-1].sendall(sent)
        self.assertIn(b"404", self.ask(b"GET / HTTP/1.1", b"Connection: close"))
        self.assertEqual({request.path for request in self.server.seen}, {"/answered", "/"})
        self.server.close()
        for connection in held:
            connection.settimeout(5)
            with suppress(ConnectionError):
                while connection.recv(1 << 16):  # what was answered, and then the end
                    pass

    def test_connections_without_end_are_counted_and_let_go(self) -> None:
        before = threading.active_count()
        for _ in range(10_000):
            with suppress(ConnectionError), socket.socket() as connection:
                connection.connect(self.listens.getsockname())
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1)  # until it is let go
        self.assertFalse(self.server.overrun)  # one after the other is no crowd
        held = [self.connect() for _ in range(MOST_CONNECTIONS + 10)]
        self.wait_for(lambda: self.server.overrun)
        self.assertLessEqual(threading.active_count() - before, MOST_CONNECTIONS)
        for connection in held:
            connection.close()
        self.wait_for(lambda: threading.active_count() <= before)
        self.assertIn(b"404", self.ask(b"GET / HTTP/1.1", b"Connection: close"))

    def test_requests_without_end_get_no_answer(self) -> None:
        connection = self.connect()
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n" * (MOST_REQUESTS + 1))
        self.wait_for(lambda: len(self.server.seen) > MOST_REQUESTS)
        self.assertTrue(self.server.overrun)
        self.assertEqual(self.server.seen[-1].over, NEVER)
        self.assertEqual(sum(request.status == 404 for request in self.server.seen), MOST_REQUESTS)

    def test_odd_requests_are_noted_as_they_are(self) -> None:
        for what, target, path, query in (
            ("not UTF-8", b"/%FF%FE", "/\ufffd\ufffd", {}),
            ("a NUL", b"/a%00b", "/a\0b", {}),
            ("up", b"/../../etc/passwd", "/../../etc/passwd", {}),
            ("two slashes", b"//else.where/a", "/a", {}),
            ("twice a key", b"/?a=1&a=2", "/", {"a": "2"}),
            ("no values", b"/?&=&a", "/", {"": "", "a": ""}),
            ("Latin letters", "/é".encode("latin-1"), "/é", {}),
        ):
            with self.subTest(what):
                self.server.seen.clear()
                self.ask(b"GET " + target + b" HTTP/1.1", b"Connection: close")
                (request,) = self.server.seen
                self.assertEqual((request.path, request.query), (path, query))

    def wait_for(self, holds: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 20
        while not holds() and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertTrue(holds())

    def test_a_wait_is_ours_times_the_factor(self) -> None:
        self.server.answers = lambda request, seen: Answer(after=4)
        begun = time.monotonic()
        self.ask(b"GET / HTTP/1.1", b"Connection: close")
        self.assertGreaterEqual(time.monotonic() - begun, 0.2)
        (request,) = self.server.seen
        self.assertGreaterEqual(request.answered - request.at, 4)

    def test_whoever_gives_up_is_noted(self) -> None:
        self.server.answers = lambda request, seen: Answer(after=NEVER)
        connection = self.connect()
        connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
        while not self.server.seen:
            time.sleep(0.01)
        self.assertEqual(self.server.seen[0].over, NEVER)
        connection.close()
        deadline = time.monotonic() + 5
        while self.server.seen[0].gave_up == NEVER and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertLess(self.server.seen[0].gave_up, NEVER)

    def test_those_who_wait_at_the_same_time_are_counted(self) -> None:
        self.server.answers = lambda request, seen: Answer(after=NEVER)
        for count in (1, 2, 3):
            self.connect().sendall(b"GET / HTTP/1.1\r\n\r\n")
            while len(self.server.seen) < count:
                time.sleep(0.01)
        self.assertEqual([request.beside for request in self.server.seen], [0, 1, 2])

    def test_a_defect_of_the_script_is_kept_for_it(self) -> None:
        def answers(request: Request, seen: list[Request]) -> Answer:
            raise KeyError("x")

        self.server.answers = answers
        self.assertIn(b"500", self.ask(b"GET / HTTP/1.1", b"Connection: close"))
        self.assertIsInstance(self.server.problem, KeyError)

    def test_a_body_may_be_cut(self) -> None:
        self.server.answers = lambda request, seen: Answer("x" * 100, sends=10)
        told = self.ask(b"GET / HTTP/1.1")
        self.assertIn(b"Content-Length: 100", told)
        self.assertTrue(told.endswith(b"\r\n\r\n" + b"x" * 10))


if __name__ == "__main__":
    unittest.main()
