"""Checks of the kind `site`: clients of every sort ask it, patient ones, hasty ones, mean ones."""

from __future__ import annotations

import os
import subprocess
import time
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import CliTest
from tiny_project import PROJECT, milestone, tiny_library

SCRIPT = '''from mlpath_site import NEVER, Answer, in_turn

BUSY = Answer(status=429, headers={"Retry-After": "30"})
FINE = Answer({"ok": True})


def patient(check, site):
    """Busy at first: whoever asks again waits as it was told."""
    with site.serve(in_turn(BUSY, FINE)) as served:
        ran = served.run()
        ran.succeeded()
        ran.waited_before(ran.asked(2)[1], 30, because="It does not read Retry-After.")


def gives_up(check, site):
    with site.serve(lambda request, seen: Answer(after=NEVER)) as served:
        ran = served.run()
        check.that(ran.asked()[0].gave_up < 20, "it gave up too late")


def once(check, site):
    with site.serve(lambda request, seen: FINE) as served:
        served.run().asked(1)


def earnest(check, site):
    """One wait at the speed of the machine."""
    with site.serve(in_turn(Answer(status=429, headers={"Retry-After": "1"}), FINE), 1) as served:
        ran = served.run()
        ran.waited_before(ran.asked(2)[1], 1)


def keeps(check, site):
    """Killed after two answers, it goes on where it was."""
    with site.serve(lambda request, seen: Answer(request.path)) as served:
        check.equal(len(served.run(stop_after=2).requests), 2, "What it asked first")
        paths = [request.path for request in served.run().asked()]
        check.equal(paths, ["/2", "/3"], "What it asked then")
        check.equal(served.text("got.txt"), "/0\\n/1\\n/2\\n/3\\n", "`got.txt`")


def odd(check, site):
    """Redirects, cut bodies, connections that are closed."""
    answers = [
        Answer(status=302, headers={"Location": "/there"}),
        Answer("x" * 1000, sends=10),
        Answer(sends=-1),
        FINE,
    ]
    with site.serve(in_turn(*answers)) as served:
        ran = served.run()
        ran.succeeded()
        check.equal([r.path for r in ran.requests], ["/", "/there", "/", "/"], "The requests")
'''

HEAD = "import os, sys, time\nURL = os.environ['SITE_URL']\n"
URLLIB = (
    HEAD
    + """import urllib.request, urllib.error
def ask():
    try:
        with urllib.request.urlopen(URL, timeout=9) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as problem:
        return problem.code, problem.headers
"""
)
REQUESTS = (
    HEAD
    + """import requests
def ask():
    answer = requests.get(URL, timeout=9)
    return answer.status_code, answer.headers
"""
)
HTTPX = REQUESTS.replace("requests", "httpx")
SOCKET = (
    HEAD
    + """import socket
def ask():
    with socket.create_connection(("127.0.0.1", int(URL.rsplit(":", 1)[1])), 9) as connection:
        connection.sendall(b"GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n")
        head = b"".join(iter(lambda: connection.recv(99), b"")).split(b"\\r\\n\\r\\n")[0].decode()
    first, *lines = head.split("\\r\\n")
    return int(first.split()[1]), dict(line.split(": ") for line in lines)
"""
)
WAITS = """status, headers = ask()
if status == 429:
    WAIT
    status, headers = ask()
sys.exit(status != 200)
"""
SLEEP = "time.sleep(int(headers['Retry-After']))"
WAYS = {
    "sleep": SLEEP,
    "thread": "import threading; threading.Event().wait(int(headers['Retry-After']))",
    "timer": "import threading; t = threading.Timer(30, print); t.start(); t.join()",
    "asyncio": "import asyncio; asyncio.run(asyncio.sleep(int(headers['Retry-After'])))",
    "queue": "import queue\n    try: queue.Queue().get(timeout=30)\n    except queue.Empty: pass",
    "select": "import select; select.select([], [], [], 30)",
    "until": "end = time.monotonic() + 30\n    while time.monotonic() < end: time.sleep(0.5)",
    "by the clock": "end = time.time() + 30\n    while time.time() < end: time.sleep(0.5)",
    "another program": "import subprocess; subprocess.run(['sleep', '30'])",
}
ASYNC = (
    HEAD
    + """import asyncio
async def ask():
    reader, writer = await asyncio.open_connection("127.0.0.1", int(URL.rsplit(":", 1)[1]))
    writer.write(b"GET / HTTP/1.1\\r\\nHost: a\\r\\nConnection: close\\r\\n\\r\\n")
    head = (await asyncio.wait_for(reader.read(), 9)).decode()
    writer.close()
    return head
async def main():
    if " 429 " in await ask():
        await asyncio.sleep(30)
        await ask()
asyncio.run(main())
"""
)
PYTHON = os.environ.get("MLPATH_PYTHON", "/usr/bin/python3")


def has(package: str) -> bool:
    return subprocess.run([PYTHON, "-c", f"import {package}"], capture_output=True).returncode == 0


class SiteTest(CliTest):
    def setUp(self) -> None:
        super().setUp()
        self.made: dict[str, Path] = {}

    def project(self, function: str) -> tuple[str, Path]:
        root = self.root / function
        if not root.exists():
            check = {
                "id": "asks",
                "kind": "site",
                "path": "predict.py",
                "script": "checks/site.py",
                "function": function,
                "says": "The program asks.",
            }
            tiny_library(
                root, [milestone("ask", check)], "print('todo')\n", URLLIB + WAITS, sources=["*.py"]
            )
            checks = root / "templates" / PROJECT / "checks"
            checks.mkdir()
            (checks / "site.py").write_text(SCRIPT, encoding="utf-8")
            done = self.run_cli("new", PROJECT, str(root / "mine"), "--library", str(root))
            self.assertEqual(done.code, 0, done.err)
        return str(root), root / "mine"

    def check(self, function: str, client: str, way: str = "auto") -> tuple[int, dict[str, Any]]:
        library, folder = self.project(function)
        (folder / "predict.py").write_text(client, encoding="utf-8")
        words = ("check", "--library", library, "--sandbox", way, "--fresh", "--json")
        outcome = self.run_cli(*words, cwd=folder, env={"MLPATH_PYTHON": PYTHON})
        (result,) = outcome.json()["milestones"]
        return outcome.code, result["checks"][0]

    def passes(self, function: str, client: str, way: str = "auto") -> dict[str, Any]:
        code, found = self.check(function, client, way)
        self.assertEqual(code, 0, found)
        return found

    def fails(self, function: str, client: str, told: str, way: str = "auto") -> None:
        code, found = self.check(function, client, way)
        self.assertEqual(code, 1, found)
        self.assertIn(told, str(found))


class Patience(SiteTest):
    def test_whoever_waits_passes_in_whatever_way_and_at_once(self) -> None:
        begun = time.monotonic()
        for way, wait in WAYS.items():
            with self.subTest(way=way):
                self.passes("patient", URLLIB + WAITS.replace("WAIT", wait))
        self.assertLess(time.monotonic() - begun, 28 * len(WAYS))

    def test_every_client_does(self) -> None:
        clients = {"socket": SOCKET + WAITS.replace("WAIT", SLEEP), "asyncio": ASYNC}
        for package, client in (("requests", REQUESTS), ("httpx", HTTPX)):
            if has(package):
                clients[package] = client + WAITS.replace("WAIT", SLEEP)
        for name, client in clients.items():
            with self.subTest(client=name):
                self.passes("patient", client)

    def test_without_walls_too(self) -> None:
        found = self.passes("patient", URLLIB + WAITS.replace("WAIT", SLEEP), "off")
        self.assertIn("loopback of this machine", found["warning"])

    def test_whoever_does_not_wait_fails(self) -> None:
        cases = {
            "at once": "pass",
            "a second": "time.sleep(1)",
            "a sleep that does nothing": "time.sleep = lambda seconds: None; time.sleep(30)",
            "its own clock": "time.time = lambda: 1e12; time.sleep(1)",
            "a faster clock": "import subprocess; e = dict(os.environ, MLPATH_HURRY='900 0'); "
            "subprocess.run(['sleep', '30'], env=e)",
        }
        for name, wait in cases.items():
            with self.subTest(case=name):
                self.fails("patient", URLLIB + WAITS.replace("WAIT", wait), "at least 30 seconds")

    def test_one_wait_in_earnest_finds_who_left_the_clock(self) -> None:
        leaves = (
            "import subprocess; e = dict(os.environ); e.pop('LD_PRELOAD', 0); "
            "subprocess.run(['sleep', str(int(headers['Retry-After']) / 20)], env=e)"
        )
        self.passes("patient", URLLIB + WAITS.replace("WAIT", leaves))
        self.fails("earnest", URLLIB + WAITS.replace("WAIT", leaves), "at least 1 second")
        self.passes("earnest", URLLIB + WAITS.replace("WAIT", SLEEP))

    def test_a_timeout_ends_what_never_comes(self) -> None:
        quiet = "try:\n    ask()\nexcept OSError:\n    sys.exit(1)\n"
        self.passes("gives_up", URLLIB + quiet)
        never = "for an answer that never comes"
        self.fails("gives_up", URLLIB.replace(", timeout=9", "") + quiet, never)


class Mean(SiteTest):
    def test_each_ends_in_a_sentence(self) -> None:
        forever = "import itertools\nfor n in itertools.count():\n    ask()\n"
        crowd = (
            "import threading, socket\n"
            "made = []\n"
            "for n in range(900):\n"
            "    made.append(socket.create_connection(('127.0.0.1', int(URL.rsplit(':', 1)[1]))))\n"
            "time.sleep(9999)\n"
        )
        send = (
            "import socket\n"
            "c = socket.create_connection(('127.0.0.1', int(URL.rsplit(':', 1)[1])))\n"
            "try:\n    c.sendall(WHAT)\n    c.recv(99)\nexcept OSError:\n    pass\n"
        )
        internet = "urllib.request.urlopen('http://api.example.com/', timeout=3)\n"
        cases = {
            "asks nobody": ("print('hi')\n", "asked the site nothing"),
            "asks the internet": (URLLIB + internet, "an address of the internet"),
            "asks forever": (URLLIB + forever, "asked more than 400 times"),
            "a crowd": (HEAD + crowd, "opened more than 64 connections at once"),
            "garbage": (HEAD + send.replace("WHAT", "b'\\x00\\xff' * 9"), "is no request"),
            "half a request": (
                HEAD
                + send.replace("WHAT", "b'GET / HT'").replace(
                    "    c.recv(99)\n", "    c.close()\n"
                ),
                "is no request: `GET / HT`",
            ),
            "an enormous head": (HEAD + send.replace("WHAT", "b'GET /' + b'a' * 9**7"), "64 KiB"),
            "an enormous body": (
                HEAD
                + send.replace(
                    "WHAT", "b'POST / HTTP/1.1\\r\\nContent-Length: 99999999999\\r\\n\\r\\n'"
                ),
                "body that is too large",
            ),
            "sleeps": ("import time\ntime.sleep(99999)\n", "was still running after 120 seconds"),
            "spins": ("while True: pass\n", "was still running after 120 seconds"),
            "prints without end": ("while True: print('a' * 9999)\n", "asked the site nothing"),
            "kills what runs it": (
                "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n",
                "signal 9",
            ),
            "listens there itself": (
                HEAD + "import socket\n"
                "socket.create_server(('127.0.0.1', int(URL.rsplit(':', 1)[1])))\n",
                "asked the site nothing",
            ),
        }
        for name, (client, told) in cases.items():
            with self.subTest(case=name):
                self.fails("once", client, told)

    def test_what_is_left_open_or_running_hurts_nobody(self) -> None:
        leaves = "import subprocess\nsubprocess.Popen(['sleep', '999'])\nask()\n"
        self.passes("once", URLLIB + leaves)


class Answers(SiteTest):
    def test_redirects_cut_bodies_and_closed_connections(self) -> None:
        client = URLLIB + (
            "import http.client\n"
            "for n in range(3):\n"
            "    try:\n"
            "        urllib.request.urlopen(URL, timeout=9).read()\n"
            "    except (OSError, http.client.HTTPException) as problem:\n"
            "        print(type(problem).__name__)\n"
        )
        self.passes("odd", client)

    def test_a_killed_program_finds_its_files_again(self) -> None:
        client = URLLIB + (
            "from pathlib import Path\n"
            "done = Path('got.txt').read_text().split() if Path('got.txt').exists() else []\n"
            "for n in range(len(done), 4):\n"
            "    text = urllib.request.urlopen(f'{URL}/{n}', timeout=9).read().decode()\n"
            "    with open('got.txt', 'a') as file:\n"
            "        file.write(text + '\\n')\n"
        )
        self.passes("keeps", client)
        self.fails("keeps", client.replace("len(done), 4", "0, 4"), "What it asked then")


if __name__ == "__main__":
    unittest.main()
