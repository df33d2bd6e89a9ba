"""fetch through the binary: what it shows, what it verifies, and how it ends."""

from __future__ import annotations

import hashlib
import http.server
import json
import signal
import subprocess
import threading
import unittest
from pathlib import Path

from mlpath_cli import BINARY, ESCAPE, CliTest, interrupt_when

NOWHERE = {"MLPATH_MIRROR": "http://127.0.0.1:9"}  # nothing listens there
BODY = b"a,b\n" + b"1,2\n" * 300_000


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves BODY; below /stall/ it stops in the middle, below /lie/ it sends other bytes."""

    protocol_version = "HTTP/1.1"
    stalled = threading.Event()
    released = threading.Event()

    def do_GET(self) -> None:
        body = BODY.replace(b"1", b"3") if self.path.startswith("/lie/") else BODY
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        half = len(body) // 2
        self.wfile.write(body[:half])
        if self.path.startswith("/stall/"):
            self.wfile.flush()
            self.stalled.set()
            self.released.wait(60)
        self.wfile.write(body[half:])

    def log_message(self, format: str, *arguments: object) -> None:
        pass


class FetchTest(CliTest):
    def setUp(self) -> None:
        super().setUp()
        Handler.stalled.clear()
        Handler.released.clear()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.addCleanup(Handler.released.set)

    def library(self, place: str = "ok") -> str:
        url = f"http://127.0.0.1:{self.server.server_port}/{place}/table.csv"
        root = self.root / "library"
        (root / "curricula").mkdir(parents=True, exist_ok=True)
        source = {"url": url, "bytes": len(BODY), "sha256": hashlib.sha256(BODY).hexdigest()}
        dataset = {
            "id": "table",
            "title": "A table",
            "rows": 300_000,
            "license": {"name": "public domain", "redistribute": True},
            "citation": "ours",
            "quirks": [],
            "files": [{"name": "table.csv", "sources": [source]}],
        }
        parts = {
            "datasets": {"format": 1, "datasets": [dataset]},
            "topics": {"format": 1, "topics": []},
        }
        for name, value in parts.items():
            (root / f"curricula/{name}.json").write_text(json.dumps(value))
        return str(root)


class Fetching(FetchTest):
    def test_it_is_verified_and_the_second_time_it_is_cached(self) -> None:
        library = self.library()
        outcome = self.run_cli("fetch", "table", "--library", library)
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertIn("verified", outcome.out)
        answer = self.run_cli("fetch", "table", "--library", library, "--offline", "--json").json()
        self.assertEqual((answer["format"], answer["files"][0]["origin"]), (1, "cached"))
        self.assertEqual(Path(answer["files"][0]["path"]).read_bytes(), BODY)

    def test_without_a_home_or_with_a_cache_of_ones_own(self) -> None:
        library = self.library()
        cache = self.root / "cache"
        outcome = self.run_cli(
            "fetch",
            "table",
            "--library",
            library,
            env={"HOME": None, "MLPATH_CACHE_DIR": str(cache)},
        )
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertTrue(any(path.is_file() for path in cache.rglob("*")))

    def test_bytes_that_are_not_the_promised_ones_are_refused(self) -> None:
        outcome = self.run_cli("fetch", "table", "--library", self.library("lie"))
        self.assertEqual((outcome.code, outcome.out), (3, ""))
        self.assert_calm(outcome.err)
        error = self.run_cli("fetch", "table", "--library", self.library("lie"), "--json")
        self.assertEqual((error.code, error.json()["error"]["exit"]), (3, 3))

    def test_offline_names_the_command_that_helps(self) -> None:
        outcome = self.run_cli("fetch", "table", "--library", self.library(), "--offline")
        self.assertEqual(outcome.code, 3)
        self.assertIn("mlpath fetch table --from", outcome.err)

    def test_a_file_by_hand(self) -> None:
        mine = self.folder / "mine.csv"
        mine.write_bytes(BODY)
        library = self.library()
        taken = self.run_cli("fetch", "table", "--library", library, "--from", "mine.csv")
        self.assertEqual(taken.code, 0, taken.err)
        mine.write_bytes(b"other")
        environment = {"MLPATH_CACHE_DIR": str(self.root / "other")}
        refused = self.run_cli(
            "fetch", "table", "--library", library, "--from", "mine.csv", env=environment
        )
        self.assert_usage(refused, "mine.csv is not table.csv", "it has 5 bytes")
        mine.write_bytes(BODY[:-1] + b"?")
        refused = self.run_cli(
            "fetch", "table", "--library", library, "--from", "mine.csv", env=environment
        )
        self.assert_usage(refused, "its SHA-256 is", "`mlpath fetch table --from FILE`")

    def test_what_is_given_by_hand_and_is_no_file(self) -> None:
        library = self.library()
        (self.folder / "mine.csv").write_bytes(BODY)
        (self.folder / "empty").mkdir()
        for given, said in (
            ("absent.csv", "name the file that you downloaded"),
            ("mine.csv/below", "a part of the path is a file"),
            ("empty", "its file is called `table.csv`"),
            ("", "`--from` is empty"),
        ):
            with self.subTest(given=given):
                outcome = self.run_cli("fetch", "table", "--library", library, "--from", given)
                self.assert_usage(outcome, said)

    def test_a_cache_that_cannot_be_written_is_named(self) -> None:
        cache = self.root / "cache"
        cache.mkdir(mode=0o555)
        self.folder.chmod(0o777)
        for command in ("fetch", "new"):
            with self.subTest(command=command):
                outcome = self.run_as_nobody(
                    command, "titanic", env={"MLPATH_CACHE_DIR": str(cache), **NOWHERE}
                )
                self.assertEqual((outcome.code, outcome.out), (3, ""))
                self.assertIn(f"ls -ld {cache}", outcome.err)
                self.assertIn("`export MLPATH_CACHE_DIR=FOLDER`", outcome.err)
                self.assertNotIn("mlpath fetch", outcome.err)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_unknown_datasets_are_suggested(self) -> None:
        self.assert_usage(self.run_cli("fetch", "titanci"), "did you mean `titanic`?")
        self.assert_usage(self.run_cli("fetch"), "`DATASET` is missing")


class Shown(FetchTest):
    def test_a_bar_on_a_terminal_and_none_elsewhere(self) -> None:
        library = self.library("stall")
        outcome = self.run_pty(
            "fetch", "table", "--library", library, columns=70, once=("%", Handler.released.set)
        )
        self.assertEqual(outcome.code, 0, outcome.out)
        self.assertIn("% of 1.2 MB", outcome.out)
        last = ESCAPE.sub("", outcome.out.split("\r")[-1])
        self.assertTrue(last.startswith("fetched table/table.csv"), last)

    def test_plain_tells_it_in_lines(self) -> None:
        outcome = self.run_pty("fetch", "table", "--library", self.library(), "--plain")
        self.assertEqual(outcome.code, 0)
        self.assertNotIn("\r", outcome.out)
        self.assertIn("fetching table/table.csv\n", outcome.out)


class Interrupted(FetchTest):
    def test_ctrl_c_ends_with_130_and_leaves_nothing_that_looks_whole(self) -> None:
        library = self.library("stall")
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(signal=number):
                Handler.stalled.clear()
                process = subprocess.Popen(
                    [str(BINARY), "fetch", "table", "--library", library],
                    cwd=self.folder,
                    env=self.environment(),
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                )
                interrupt_when(process, Handler.stalled.is_set, number)
                out, err = process.communicate(timeout=30)
                self.assertEqual((process.returncode, out), (130, b""), err)
                self.assert_calm(err.decode())
                offline = self.run_cli("fetch", "table", "--library", library, "--offline")
                self.assertEqual(offline.code, 3)


if __name__ == "__main__":
    unittest.main()
