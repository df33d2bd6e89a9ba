"""`lint --links` against servers: nginx for redirects and refusals, one of ours that watches."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
import unittest
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from fetch_support import NGINX, Nginx
from mlpath_cli import CliTest, Outcome


class Recorder(ThreadingHTTPServer):
    """Answers by `answer(method, path)`: a status and headers, and keeps what was asked when."""

    daemon_threads = True

    def __init__(self, answer: Callable[[str, str], tuple[int, dict[str, str]]]) -> None:
        super().__init__(("127.0.0.1", 0), self._handler(answer))
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.lock = threading.Lock()
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.open = 0
        self.most_open = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @staticmethod
    def _handler(
        answer: Callable[[str, str], tuple[int, dict[str, str]]],
    ) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            server: Recorder

            def respond(self) -> None:
                with self.server.lock:
                    self.server.open += 1
                    self.server.most_open = max(self.server.most_open, self.server.open)
                    self.server.asked.append(f"{self.command} {self.path}")
                    self.server.agents.add(self.headers.get("User-Agent", ""))
                time.sleep(0.05)  # long enough for another request to come in meanwhile
                status, headers = answer(self.command, self.path)
                with self.server.lock:
                    self.server.open -= 1
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = respond  # noqa: N815
            do_HEAD = respond  # noqa: N815

            def log_message(self, *_: object) -> None:
                pass

        return Handler


class LinksTest(CliTest):
    def library(self, *urls: str) -> Path:
        """A library whose resources are these; each on a line of its own, the first on 9."""
        root = self.root / "library"
        shutil.rmtree(root, ignore_errors=True)
        (root / "curricula").mkdir(parents=True)
        lines = ",\n".join(
            json.dumps({"title": "T", "kind": "docs", "origin": "ours", "url": url}) for url in urls
        )
        (root / "curricula/topics.json").write_text(
            '{"format": 1, "topics": [\n{"id": "counting",\n"title": "Counting",\n'
            '"summary": "One.",\n"hours": {"min": 1, "max": 1},\n"skills": ["x"],'
            f'\n"requires": [], "subtopics": [],\n"resources": [\n{lines}] }} ] }}\n'
        )
        (root / "curricula/datasets.json").write_text('{"format": 1, "datasets": []}')
        return root

    def links(self, root: Path, *options: str, **env: str) -> Outcome:
        return self.run_cli("lint", "--links", str(root), *options, env={**env}, seconds=300)

    def recorder(
        self, answer: Callable[[str, str], tuple[int, dict[str, str]]] = lambda *_: (200, {})
    ) -> Recorder:
        server = Recorder(answer)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server


class WithNginx(LinksTest):
    def setUp(self) -> None:
        super().setUp()
        if NGINX is None:
            self.skipTest("nginx is not installed")
        served = self.root / "served"
        served.mkdir()
        (served / "page").write_text("here")
        self.server = Nginx(
            self.root,
            served,
            more=(
                "location /moved { return 301 /page; }"
                " location /elsewhere { return 302 /page; }"
                " location /headless { if ($request_method = HEAD) { return 405; }"
                " try_files /page =404; }"
                " location /gone { return 410; }"
                " location /ill { return 503; }"
            ),
        )
        self.addCleanup(self.server.stop)

    def test_what_each_answer_means_and_where_it_stands(self) -> None:
        url = self.server.url
        paths = ["page", "moved", "elsewhere", "headless", "gone", "missing", "ill", "page#part"]
        outcome = self.links(self.library(*(f"{url}/{path}" for path in paths)), "--json")
        self.assertEqual(outcome.code, 1, outcome.err)
        found = outcome.json()
        self.assertEqual((found["errors"], found["warnings"], found["links"]["checked"]), (2, 1, 7))
        by_line = {fault["line"]: fault for fault in found["faults"]}
        self.assertEqual(set(by_line), {10, 13, 14})
        self.assertEqual(by_line[10]["severity"], "warning")
        self.assertIn(f"it is now {url}/page", by_line[10]["suggestion"])
        self.assertIn("410 (gone)", by_line[13]["message"])
        self.assertIn("404 (not found)", by_line[14]["message"])
        self.assertEqual({fault["file"] for fault in found["faults"]}, {"curricula/topics.json"})
        (unclear,) = found["links"]["could_not_tell"]
        self.assertEqual(unclear["line"], 15)
        self.assertIn("503", unclear["message"])
        asked = [line.split('"')[1] for line in self.server.requests("/headless")]
        self.assertEqual(asked, ["HEAD /headless HTTP/1.1", "GET /headless HTTP/1.1"])
        (agent,) = {line.split('"')[5] for line in self.server.requests()}
        self.assertRegex(agent, r"^mlpath/\d+\.\d+")

    def test_a_second_run_within_a_week_asks_nothing(self) -> None:
        root = self.library(f"{self.server.url}/page", f"{self.server.url}/moved")
        first = self.links(root)
        self.assertEqual(first.code, 0, first.out + first.err)
        before = self.server.requests()
        second = self.links(root)
        self.assertEqual(second.code, 0)
        self.assertIn("all were asked for within the last week", second.out)
        self.assertEqual(self.server.requests(), before)
        self.assertIn("has moved permanently", second.out)

    def test_could_not_tell_is_3_where_nothing_is_worse(self) -> None:
        outcome = self.links(self.library(f"{self.server.url}/page", f"{self.server.url}/ill"))
        self.assertEqual(outcome.code, 3, outcome.out)
        self.assertIn("curricula/topics.json:10:", outcome.out)
        self.assertIn("could not tell", outcome.out)


class Politeness(LinksTest):
    def test_never_two_requests_at_a_host_at_once_and_hosts_side_by_side(self) -> None:
        servers = [self.recorder() for _ in range(3)]
        begin = self.recorder(lambda _, path: (302, {"Location": servers[0].url + path}))
        urls = [f"{server.url}/{i}" for server in servers for i in range(4)]
        outcome = self.links(self.library(*urls, *(f"{begin.url}/from-{i}" for i in range(3))))
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        self.assertEqual([server.most_open for server in (*servers, begin)], [1, 1, 1, 1])
        self.assertEqual([len(server.asked) for server in (*servers, begin)], [7, 4, 4, 3])

    def test_a_server_that_asks_for_time_is_given_it(self) -> None:
        answers = iter([(429, {"Retry-After": "2"}), (200, {})])
        server = self.recorder(lambda *_: next(answers))
        outcome = self.links(self.library(f"{server.url}/busy"))
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        self.assertEqual(server.asked, ["HEAD /busy", "HEAD /busy"])


class NoNetwork(LinksTest):
    def test_without_a_network_it_is_said_once(self) -> None:
        root = self.library(*(f"http://host-{i}.invalid/page" for i in range(30)))
        outcome = self.links(root, http_proxy="", no_proxy="*")
        self.assertEqual(outcome.code, 3, outcome.out + outcome.err)
        self.assertEqual(outcome.out.count("no network"), 1)
        self.assertLess(len(outcome.out.splitlines()), 4)
        found = self.links(root, "--json").json()
        self.assertTrue(found["links"]["no_network"])

    def test_without_the_option_nothing_is_asked(self) -> None:
        server = self.recorder()
        self.assertEqual(self.run_cli("lint", str(self.library(f"{server.url}/x"))).code, 0)
        self.assertEqual(server.asked, [])


class BuiltIn(LinksTest):
    @unittest.skipUnless(os.environ.get("MLPATH_TEST_NETWORK"), "asks the real network")
    def test_no_link_of_ours_leads_nowhere(self) -> None:
        outcome = self.run_cli("lint", "--links", seconds=900)
        self.assertNotEqual(outcome.code, 1, outcome.out)


if __name__ == "__main__":
    unittest.main()
