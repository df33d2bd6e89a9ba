"""The kind `site`: what its server takes, answers and notes, tried over a socket pair's like."""

from __future__ import annotations

import socket
import time
import unittest

from site_server import NEVER, Answer, Request, Server


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
        for sent, told in (
            (b"\0\xff\x01\x02", "?"),
            (b"hello there\r\n\r\n", "hello there"),
            (b"GET http://else.where/ HTTP/1.1\r\n\r\n", "else.where"),
            (b"GET / HTTP/2\r\n\r\n", "HTTP/2"),
            (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "no stated length"),
            (b"POST / HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n", "too large"),
            (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "no stated length"),
            (b"GET /" + b"a" * (70 << 10), "64 KiB"),
        ):
            with self.subTest(sent=sent[:40]):
                self.server.garbled.clear()
                connection = self.connect()
                connection.sendall(sent)
                self.assertIn(b"400", connection.recv(99))
                self.assertIn(told, self.server.garbled[0])
        self.assertEqual(self.server.seen, [])

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
