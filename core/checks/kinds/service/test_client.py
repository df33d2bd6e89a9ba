"""What the judge makes of what servers send: answers, and troubles told in words."""

from __future__ import annotations

import socket
import threading
import time
import unittest
from collections.abc import Callable
from contextlib import suppress

from service_answers import at
from service_client import MOST_BYTES, Answer, Request, Trouble, exchange, json_request
from service_schema import fault, same

Serves = Callable[[socket.socket], None]


def asked(serves: Serves, request: Request | None = None, within: float = 3) -> Answer | Trouble:
    """What comes of a request to a server that has one end of the connection."""
    ours, theirs = socket.socketpair()

    def serve() -> None:
        with theirs, suppress(OSError):
            serves(theirs)

    server = threading.Thread(target=serve, daemon=True)
    server.start()
    found = exchange(ours, request or Request(), within, 8000)
    server.join(5)
    return found


def says(text: bytes) -> Serves:
    def serve(connection: socket.socket) -> None:
        connection.recv(1 << 16)
        connection.sendall(text)

    return serve


def hangs(connection: socket.socket) -> None:
    connection.recv(1 << 16)
    time.sleep(1)


def drips(connection: socket.socket) -> None:
    connection.recv(1 << 16)
    for letter in b"HTTP/1.1 200 OK\r\n" + b"A" * 1000:
        connection.sendall(bytes([letter]))
        time.sleep(0.02)


def floods(connection: socket.socket) -> None:
    connection.recv(1 << 16)
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(b"x" * (1 << 16))


def floods_with_headers(connection: socket.socket) -> None:
    connection.recv(1 << 16)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"A: b\r\n")


class Answers(unittest.TestCase):
    def test_an_answer_is_status_headers_and_body(self) -> None:
        for text in (
            b'HTTP/1.1 201 Created\r\nX-A: b\r\nContent-Length: 8\r\n\r\n{"a": 1}',
            b'HTTP/1.0 201 Created\r\nX-A: b\r\n\r\n{"a": 1}',
            b"HTTP/1.1 201 Created\r\nX-A: b\r\nTransfer-Encoding: chunked\r\n\r\n"
            b'4\r\n{"a"\r\n4\r\n: 1}\r\n0\r\n\r\n',
        ):
            with self.subTest(text=text):
                answer = asked(says(text))
                assert isinstance(answer, Answer), answer
                self.assertEqual((answer.status, answer.json()), (201, {"a": 1}))
                self.assertEqual(answer.headers["x-a"], "b")

    def test_what_is_no_answer_is_told_in_words(self) -> None:
        cases: list[tuple[Serves, str, str]] = [
            (hangs, "late", "did not answer within 0.4 s"),
            (drips, "late", "began an answer, and did not end it within 0.4 s"),
            (says(b""), "closed", "closed the connection without an answer"),
            (says(b"hello\r\n\r\n"), "garbage", "answered what is no HTTP"),
            (says(b"\xff\x00" * 40000), "garbage", "answered what is no HTTP"),
            (says(b"HTTP/1.1 two\r\n\r\n"), "garbage", "no HTTP"),
            (
                says(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"),
                "garbage",
                "promised 9 bytes",
            ),
            (floods_with_headers, "garbage", "100 headers"),
        ]
        for serves, kind, words in cases:
            with self.subTest(words=words):
                begun = time.monotonic()
                found = asked(serves, within=0.4)
                assert isinstance(found, Trouble), found
                self.assertEqual(found.kind, kind, found)
                self.assertIn(words, str(found))
                self.assertLess(time.monotonic() - begun, 3)

    def test_a_body_without_end_is_not_read_to_the_end(self) -> None:
        found = asked(floods, within=20)
        assert isinstance(found, Trouble)
        self.assertIn(f"more than {MOST_BYTES >> 20} MB", str(found))

    def test_an_answer_before_the_request_is_whole_is_read(self) -> None:
        def refuses(connection: socket.socket) -> None:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
            time.sleep(0.2)

        answer = asked(refuses, Request("POST", "/", {}, b"x" * 50_000_000))
        assert isinstance(answer, Answer), answer
        self.assertEqual(answer.status, 413)

    def test_a_slow_client_sends_it_all_and_is_not_waited_for_less(self) -> None:
        came: list[bytes] = []

        def reads(connection: socket.socket) -> None:
            begun = time.monotonic()
            text = b""
            while not text.endswith(b"}"):
                text += connection.recv(1 << 16)
            came.append(text)
            if time.monotonic() - begun > 0.3:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

        request = json_request("POST", "/predict", {"a": 1})
        slow = Request(request.method, request.path, request.headers, request.body, slowly=0.5)
        answer = asked(reads, slow, within=0.3)
        assert isinstance(answer, Answer), answer
        self.assertLess(answer.seconds, 0.3)
        self.assertEqual(came, [slow.encoded(8000)])

    def test_json_is_strict(self) -> None:
        for body, words in (
            (b"", "Expecting value"),
            (b"NaN", "NaN is no JSON"),
            (b'{"a": Infinity}', "Infinity is no JSON"),
            (b"\xff", "not UTF-8"),
            (b"[" * 100_000, "too deeply"),
            (b"{'a': 1}", "Expecting property name"),
        ):
            with self.subTest(body=body[:20]), self.assertRaisesRegex(ValueError, words):
                Answer(200, {}, body, 0).json()


class Values(unittest.TestCase):
    def test_the_pointer_leads_there(self) -> None:
        value = {"a/b": [1, {"~": 2}], "": 3}
        self.assertEqual([at(value, p) for p in ("/a~1b/0", "/a~1b/1/~0", "/")], [1, 2, 3])
        self.assertIs(at(value, ""), value)
        for pointer in ("/x", "/a~1b/2", "/a~1b/-1", "/a~1b/0/0"):
            self.assertNotIn(at(value, pointer), [1, 2, 3, value])

    def test_a_schema_tells_the_first_fault(self) -> None:
        shape = {
            "type": "object",
            "required": ["survived", "probability"],
            "additionalProperties": False,
            "properties": {
                "survived": {"enum": [0, 1]},
                "probability": {"type": "number", "minimum": 0, "maximum": 1},
                "names": {"type": "array", "maxItems": 1, "items": {"type": "string"}},
                "id": {"type": "string", "pattern": "^[a-z]+$", "minLength": 2},
            },
        }
        sound = {"survived": 1, "probability": 0.5}
        cases = [
            ([], "must be an object; it is a list"),
            ({"survived": 1}, "has no key `probability`"),
            ({**sound, "survived": True}, "`survived` of the answer must be 0 or 1"),
            ({**sound, "probability": "0.5"}, "must be a number; it is a text"),
            ({**sound, "probability": 50}, "must be at most 1; it is 50"),
            ({**sound, "odd": 1}, "has the key `odd`, which does not belong there"),
            ({**sound, "names": [1]}, "item 0 (counted from 0) of `names`"),
            ({**sound, "names": ["a", "b"]}, "must have at most 1 item; it has 2"),
            ({**sound, "id": "a"}, "must have at least 2 characters; it has 1"),
            ({**sound, "id": "A1"}, "does not have the form"),
        ]
        self.assertEqual(fault(sound, shape), "")
        self.assertEqual(fault({**sound, "survived": 1.0}, shape), "")
        for value, words in cases:
            with self.subTest(words=words):
                self.assertIn(words, fault(value, shape))
        self.assertTrue(same([1, 2.0], [1.0, 2]))
        self.assertFalse(same(1, True))


if __name__ == "__main__":
    unittest.main()
