"""The kind `service` from outside: servers right and wrong, before the built binary."""

from __future__ import annotations

import json
import os
import subprocess
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import CliTest
from tiny_project import PROJECT, milestone, tiny_library

SERVE = {"id": "serve", "run": ["{python}", "predict.py"]}
SERVER = """\
import json, os, signal, socket, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.say(200, {"status": "ok"})

    def do_POST(self):
        size = int(self.headers["Content-Length"])
        if size > 1_000_000:
            return self.say(413, {"error": "too large"})
        try:
            asked = json.loads(self.rfile.read(size))
        except ValueError:
            return self.say(400, {"error": "no JSON"})
        self.say(200, {"double": 2 * asked["x"], "names": ["a"]})

    def say(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""
REQUESTS: list[dict[str, Any]] = [
    {
        "path": "/health",
        "keys": ["status"],
        "answer_headers": {"content-type": "^application/json"},
    },
    {
        "method": "POST",
        "path": "/double",
        "json": {"x": 1.5},
        "answer": [{"pointer": "", "equals": {"double": 3, "names": ["a"]}, "tolerance": 1e-9}],
        "schema": {"type": "object", "required": ["double"]},
    },
    {"method": "POST", "body": "{no", "status": [400], "says": "a body that is no JSON is refused"},
    {"method": "POST", "json": {"x": 1}, "bytes": 20_000_000, "status": [413]},
    {"raw": "NONSENSE\r\n\r\n", "within": 2},
    {"method": "POST", "json": {"x": 1}, "slowly": 4},
    {"path": "/health", "beside": True, "times": 6, "within": 2},
]
SCRIPT = """
from mlpath_check import Check

def sums(check, service):
    for x in (1, 2):
        answer = service.post("/double", {"x": x})
        check.equal(answer.json()["double"], 2 * x, "The double")

def too_late(check, service):
    service.get("/health")
    check.step("serve")
"""


class ServiceTest(CliTest):
    def library(self, *checks: dict[str, Any], step: dict[str, Any] | None = None) -> Path:
        named = [
            {
                "id": f"serves-{i}",
                "kind": "service",
                "server": "serve",
                "says": "It serves.",
                **each,
            }
            for i, each in enumerate(checks)
        ]
        root = tiny_library(
            self.root / "library",
            [milestone("serve", *named)],
            skeleton="print('todo')\n",
            solution=SERVER,
            steps=[step or SERVE],
        )
        script = root / "templates" / PROJECT / "checks/service.py"
        script.parent.mkdir(exist_ok=True)
        script.write_text(SCRIPT, encoding="utf-8")
        return root

    def begin(self, library: Path) -> None:
        self.used = str(library)
        self.assertEqual(self.run_cli("new", PROJECT, "--library", self.used).code, 0)

    def check(self, server: str, sandbox: str = "auto") -> tuple[int, str, dict[str, Any]]:
        project = self.folder / PROJECT
        (project / "predict.py").write_text(server, encoding="utf-8")
        words = ("check", "--library", self.used, "--sandbox", sandbox, "--fresh", "--json")
        outcome = self.run_cli(*words, cwd=project)
        found = outcome.json()["milestones"][0]["checks"][0]
        return outcome.code, json.dumps(found, ensure_ascii=False), found


class Right(ServiceTest):
    def test_whatever_listens_passes_behind_every_wall(self) -> None:
        self.begin(
            self.library({"requests": REQUESTS, "script": "checks/service.py", "function": "sums"})
        )
        for sandbox in ("auto", "off"):
            with self.subTest(sandbox=sandbox):
                code, told, found = self.check(SERVER, sandbox)
                self.assertEqual(code, 0, told)
                self.assertEqual("loopback of this machine" in told, sandbox == "off", told)

    def test_the_port_may_stand_in_the_command(self) -> None:
        step = {"id": "serve", "run": ["{python}", "predict.py", "--port", "{port}"]}
        self.begin(self.library({"requests": [{"path": "/health"}]}, step=step))
        server = SERVER.replace('os.environ["PORT"]', "sys.argv[2]")
        code, told, _ = self.check(server)
        self.assertEqual(code, 0, told)

    def test_a_step_before_leaves_what_it_wrote(self) -> None:
        library = self.library({"requests": [{"path": "/health"}]})
        manifest = library / "templates" / PROJECT / "project.json"
        told = json.loads(manifest.read_text(encoding="utf-8"))
        told["steps"] = [
            {"id": "train", "run": ["{python}", "predict.py", "train"], "writes": ["model.txt"]},
            {**SERVE, "needs": ["train"]},
        ]
        manifest.write_text(json.dumps(told), encoding="utf-8")
        self.begin(library)
        trains = "if sys.argv[1:]:\n    open('model.txt', 'w').write('1')\n    sys.exit()\n"
        reads = "print(open('model.txt').read())\n"
        server = SERVER.replace("if __name__", f"{trains}{reads}if __name__")
        code, told_of, _ = self.check(server)
        self.assertEqual(code, 0, told_of)
        code, told_of, _ = self.check(server.replace("'model.txt', 'w'", "'other.txt', 'w'"))
        self.assertEqual(code, 1, told_of)
        self.assertIn("wrote no `model.txt`", told_of)

    def test_a_step_beside_the_server_is_refused_as_our_mistake(self) -> None:
        self.begin(self.library({"script": "checks/service.py", "function": "too_late"}))
        code, told, found = self.check(SERVER)
        self.assertEqual((code, found["verdict"]), (3, "error"), told)
        self.assertIn("before it has left its driver", told)

    def test_nothing_is_left_running(self) -> None:
        self.begin(self.library({"requests": [{"path": "/health"}]}))
        for sandbox in ("auto", "off"):
            self.check(SERVER + f"# {os.getpid()}\n", sandbox)
        listed = subprocess.run(["pgrep", "-f", "predict.py$"], capture_output=True, check=False)
        self.assertEqual(listed.stdout, b"")


class Warm(ServiceTest):
    """Where heavy packages are imported already the server is a fork, and is none the wiser."""

    SEEN = """
assert "numpy" not in vars() and __name__ == "__main__" and not sys.argv[1:], sys.argv
assert sys.path[0] == os.getcwd(), sys.path
assert "driver" not in sys.modules and "drive" not in sys.modules
assert os.listdir("/proc/self/fd") == ["0", "1", "2", "3"], os.listdir("/proc/self/fd")
assert os.getsid(0) == os.getpid()
if __name__"""

    def test_it_finds_what_a_fresh_interpreter_has(self) -> None:
        library = self.library({"requests": [{"path": "/health"}], "stops_within": 2})
        template = library / "templates" / PROJECT
        manifest = json.loads((template / "project.json").read_text(encoding="utf-8"))
        manifest["python"]["packages"] = [{"import": "numpy"}]
        (template / "project.json").write_text(json.dumps(manifest), encoding="utf-8")
        imports = "import numpy\n" + SERVER
        (template / "solution/predict.py").write_text(imports, encoding="utf-8")
        self.begin(library)
        cases = [
            (SERVER.replace("if __name__", self.SEEN), ""),
            (imports, ""),
            ("1 / 0\n", "predict.py:1: ZeroDivisionError"),
            ("import sys; sys.exit(3)\n", "ended with exit code 3 before"),
            ("import sys; sys.exit('no port')\n", "ended with exit code 1 before"),
            ("def\n", "predict.py:1: SyntaxError"),
            ("import sys; print('is there:', 'numpy' in sys.modules)\n", "is there: True"),
            ("import atexit; atexit.register(print, 'at last'); print('hello')\n", "at last"),
            (
                imports.replace(
                    'if __name__ == "__main__":',
                    'if __name__ == "__main__":\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)',
                ),
                "did not end within 2 s",
            ),
        ]
        for server, words in cases:
            with self.subTest(words=words):
                code, told, _ = self.check(server)
                self.assertEqual(code, 1 if words else 0, told)
                self.assertIn(words, told)


class Wrong(ServiceTest):
    """Each ends in a sentence about what the server did."""

    def test_a_server_that_does_not_serve(self) -> None:
        ask = [{"path": "/health", "within": 2}, {"path": "/health"}, {"path": "/health"}]
        limits = {"starts_within": 2, "stops_within": 1}
        self.begin(self.library({"requests": ask, **limits}))
        port = 'int(os.environ["PORT"])'
        forks = "if os.fork():\n    os._exit(0)\nif __name__"
        dies = (
            "served = []\n\nclass Dies(Handler):\n    def do_GET(self):\n        served.append(1)\n"
        )
        dies += (
            "        if len(served) == 3:\n            os._exit(7)\n        self.say(200, {})\n\n"
        )
        raises = 'self.say(200, {"status": "ok"})'
        cases = [
            ("print('hello')\n", "ended with exit code 0 before it listened", "hello"),
            (
                "import nothing_of_that_name\n",
                "exit code 1 before it listened",
                "ModuleNotFoundError",
            ),
            ("def\n", "exit code 1", "SyntaxError"),
            ("", "exit code 0", "comes to its end instead of serving"),
            ("import time; time.sleep(60)\n", "Nothing listened on port 8642 2 s after", "never"),
            (SERVER.replace(port, "5000"), "listens on port 5000, not on port 8642", "PORT"),
            (
                SERVER.replace("127.0.0.1", "0.0.0.0"),
                "all addresses of the machine",
                "127",
            ),
            (SERVER.replace(raises, "time.sleep(4)"), "did not answer within 2 s", "GET /health"),
            (SERVER.replace(raises, "self.wfile.write(b'hello')"), "what is no HTTP", "hello"),
            (
                SERVER.replace(
                    raises,
                    "self.wfile.write(b'HTTP/1.0 200 OK\\r\\n\\r\\n')\n"
                    + " " * 8
                    + "while True: self.wfile.write(b'x' * 65536)",
                ),
                "more than 8 MB",
                "loop",
            ),
            (
                SERVER.replace(raises, "self.wfile.write(b'HTTP/1.1 fine OK\\r\\n\\r\\n')"),
                "what is no HTTP",
                "fine",
            ),
            (
                SERVER.replace(
                    raises,
                    "self.wfile.write(b'HTTP/1.1 200 OK\\r\\nA: ' + b'x' * 4_000_000)",
                ),
                "what is no HTTP",
                "header line",
            ),
            (SERVER.replace(raises, "1 / 0"), "closed the connection", "ZeroDivisionError"),
            (SERVER.replace(raises, "self.say(500, {})"), "has status 500, not 200", "500"),
            (
                SERVER.replace("if __name__", dies + "if __name__").replace(
                    ", Handler)", ", Dies)"
                ),
                "ended with exit code 7 while it answered `GET /health`",
                "exit code 7",
            ),
            (
                SERVER.replace("if __name__", forks),
                "exit code 0 before it listened|serves in its place",
                "background",
            ),
            (
                SERVER.replace(
                    'if __name__ == "__main__":',
                    "if __name__ == '__main__':\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)",
                ),
                "did not end within 1 s",
                "SIGTERM",
            ),
            (
                SERVER.replace(
                    'if __name__ == "__main__":',
                    "if __name__ == '__main__':\n    if os.fork():\n        time.sleep(100)",
                ),
                "still listens on its port",
                "reloader",
            ),
        ]
        for server, words, cause in cases:
            with self.subTest(words=words):
                code, told, _ = self.check(server)
                self.assertEqual(code, 1, told)
                self.assertRegex(told, words)
                self.assertRegex(told, cause)

    def test_a_server_that_is_not_there(self) -> None:
        self.begin(self.library({"requests": [{"path": "/health"}]}))
        project = self.folder / PROJECT
        (project / "predict.py").unlink()
        words = ("check", "--library", self.used, "--fresh", "--json")
        outcome = self.run_cli(*words, cwd=project)
        self.assertEqual(outcome.code, 1, outcome.out + outcome.err)
        self.assertIn("could not be started: there is no predict.py", outcome.out)

    @unittest.skipUnless(Path("/proc/net/if_inet6").exists(), "no IPv6 here")
    def test_a_server_for_ipv6_alone(self) -> None:
        self.begin(self.library({"requests": [{"path": "/health"}], "starts_within": 10}))
        six = "class Six(ThreadingHTTPServer):\n    address_family = socket.AF_INET6\n\n\n"
        server = SERVER.replace('ThreadingHTTPServer(("127.0.0.1"', 'Six(("::1"')
        server = server.replace("if __name__", f"{six}if __name__")
        code, told, _ = self.check(server)
        self.assertEqual(code, 1, told)
        self.assertIn("listens on port 8642, and not on 127.0.0.1", told)

    def test_an_answer_that_is_wrong(self) -> None:
        self.begin(
            self.library(
                {
                    "requests": REQUESTS,
                    "likely": [{"seen": "status 500", "because": "It is the LIKELY one."}],
                }
            )
        )
        cases = [
            (
                ('"status": "ok"', '"state": "ok"'),
                "The answer to `GET /health` has no key `status`",
            ),
            (('"application/json"', '"text/html"'), "has another content-type"),
            (("2 * asked", "3 * asked"), "The answer to `POST /double` is wrong"),
            (("self.say(400", "self.say(500"), "LIKELY"),
            (
                ('self.say(400, {"error": "no JSON"})', "self.say(200, {})"),
                "(a body that is no JSON is refused) has status 200, not 400",
            ),
            (("1_000_000", "100_000_000"), "has status 200, not 413"),
            (
                ("ThreadingHTTPServer((", "__import__('http.server').server.HTTPServer(("),
                "others were asking",
            ),
            (("json.dumps(value)", "repr(value)"), "is no JSON"),
            (('2 * asked["x"]', "float('nan')"), "NaN is no JSON"),
        ]
        for (find, put), words in cases:
            with self.subTest(words=words):
                self.assertIn(find, SERVER)
                code, told, _ = self.check(SERVER.replace(find, put))
                self.assertEqual(code, 1, told)
                self.assertIn(words, told)
                self.assertIn("curl", told)

    def test_its_log_is_shown(self) -> None:
        self.begin(self.library({"requests": [{"path": "/health", "keys": ["status"]}]}))
        server = SERVER.replace(
            'self.say(200, {"status": "ok"})', "print('I was asked'); self.say(200, {})"
        )
        _, told, found = self.check(server)
        self.assertIn("I was asked", found["output"], told)

    def test_a_script_that_finds_it_wrong(self) -> None:
        self.begin(self.library({"script": "checks/service.py", "function": "sums"}))
        code, told, _ = self.check(SERVER.replace("2 * asked", "asked"))
        self.assertEqual(code, 1, told)
        self.assertIn("The double", told)


class Told(ServiceTest):
    def test_lint_knows_what_it_asks(self) -> None:
        one = {"path": "/health"}
        cases: list[tuple[dict[str, Any], str]] = [
            ({"requests": [one], "server": "serves"}, "serves"),
            ({}, "a service is asked `requests`, or by a `script`"),
            ({"script": "checks/service.py"}, "`script` and `function` go together"),
            ({"script": "checks/service.py", "function": "absent"}, "absent"),
            ({"script": "checks/other.py", "function": "sums"}, "checks/other.py"),
            ({"requests": [{**one, "json": 1, "body": "1"}]}, "one of `json`, `body` and `raw`"),
            ({"requests": [{"raw": "x", "keys": ["a"]}]}, "no answer is judged"),
            ({"requests": [{**one, "schema": {"typo": 1}}]}, "typo"),
            ({"requests": [{**one, "answer": [{"matches": "("}]}]}, "("),
            ({"requests": [{**one, "answer_headers": {"a": "("}}]}, "("),
            ({"requests": [{**one, "color": 1}]}, "color"),
            ({"requests": [{"path": "health"}]}, "path"),
        ]
        outcome = self.run_cli("lint", str(self.library({"requests": [one]})))
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        for fields, told in cases:
            with self.subTest(fields=fields):
                outcome = self.run_cli("lint", str(self.library(fields)))
                self.assertEqual(outcome.code, 1, outcome.out)
                self.assertIn(told, outcome.out + outcome.err)

    def test_the_milestone_tells_it(self) -> None:
        library = str(self.library({"requests": REQUESTS}))
        told = " ".join(self.run_cli("show", PROJECT, "1", "--library", library).out.split())
        for words in (
            "we start `python3 predict.py` with a port in the environment variable PORT",
            "a body that is no JSON is refused",
            "within 5 seconds it has ended",
        ):
            self.assertIn(words, told)


if __name__ == "__main__":
    unittest.main()
