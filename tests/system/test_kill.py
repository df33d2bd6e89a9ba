"""kill -9 at random moments of `new` and `check`: nothing is lost, half made, or left running.

tests/system/test_fetch.py does the same for fetching.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import subprocess
import time
import unittest
from pathlib import Path

from mlpath_cli import BINARY, CliTest
from mlpath_processes import left_below

PROJECT = "text-analyzer"
TRIES = 8
# What one killed run may leave in TMPDIR: nobody is there to remove it. It must not be more.
LEFT_BY_ONE = 40


class Killed(CliTest):
    def setUp(self) -> None:
        super().setUp()
        self.temporary = self.root / "temporary"
        self.temporary.mkdir()
        self.assertEqual(self.mlpath("init"), 0)
        self.assertEqual(self.mlpath("done", "numpy"), 0)

    def mlpath(self, *words: str) -> int:
        outcome = self.run_cli(*words, env={"TMPDIR": str(self.temporary)})
        self.assert_calm(outcome.err)
        return outcome.code

    def kill_after(self, seconds: float, *words: str) -> bool:
        """Whether the kill came before the end."""
        process = subprocess.Popen(
            [str(BINARY), *words],
            cwd=self.folder,
            env=self.environment({"TMPDIR": str(self.temporary)}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(seconds)
        process.kill()
        return process.wait(timeout=30) == -signal.SIGKILL

    def length_of(self, *words: str) -> float:
        """How long it takes here: kills are spread over it, no verdict depends on it."""
        begin = time.monotonic()
        self.mlpath(*words)
        return time.monotonic() - begin

    def journal(self) -> bytes:
        (path,) = (self.folder / ".mlpath/progress").glob("*.jsonl")
        return path.read_bytes()

    def assert_sound_after(self, before: bytes) -> None:
        self.assertEqual(left_below(self.root), [])
        self.assertTrue(self.journal().startswith(before))
        status = self.run_cli("status", "--json")
        self.assertEqual(status.code, 0, status.err)
        topics = status.json()["curricula"][0]["topics"]
        self.assertIn(
            topics["done"], (1, 2)
        )  # what was said, and what a project proves once it passes

    @staticmethod
    def content_of(folder: Path) -> dict[str, bytes]:
        return {
            str(path.relative_to(folder)): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.name != ".mlpath-project.json"
        }

    def test_new_makes_the_whole_folder_or_none(self) -> None:
        length = self.length_of("new", PROJECT)
        made = self.folder / PROJECT
        whole = self.content_of(made)
        beside = {path.name for path in self.folder.iterdir()}
        draw = random.Random(9)
        killed = 0
        for attempt in range(TRIES):
            shutil.rmtree(made)
            before = self.journal()
            delay = draw.uniform(0, length)
            with self.subTest(attempt=attempt, delay=delay):
                killed += self.kill_after(delay, "new", PROJECT)
                self.assert_sound_after(before)
                if made.exists():
                    json.loads((made / ".mlpath-project.json").read_text(encoding="utf-8"))
                    self.assertEqual(self.content_of(made), whole)
                    shutil.rmtree(made)
                self.assertEqual(self.mlpath("new", PROJECT), 0)
                self.assertEqual(self.content_of(made), whole)
        self.assertGreater(killed, 0, "every try ended before its kill: nothing was tested")
        # What a killed run was still making lies beside, hidden, until the next one sweeps it.
        self.assertEqual({path.name for path in self.folder.iterdir()}, beside)

    def test_check_loses_nothing_and_leaves_nothing_running(self) -> None:
        self.assertEqual(self.mlpath("new", PROJECT), 0)
        self.assertEqual(self.mlpath("solution", PROJECT, "--apply"), 0)
        length = self.length_of("check", PROJECT, "--fresh")
        work = self.content_of(self.folder / PROJECT)
        draw = random.Random(17)
        killed = 0
        for attempt in range(TRIES):
            before = self.journal()
            delay = draw.uniform(0, length)
            with self.subTest(attempt=attempt, delay=delay):
                killed += self.kill_after(delay, "check", PROJECT, "--fresh")
                self.assert_sound_after(before)
                self.assertEqual(self.content_of(self.folder / PROJECT), work)
                standing = self.run_cli("status", "--json").json()["curricula"][0]["milestones"]
                self.assertEqual(standing["done"], 7)
        self.assertGreater(killed, 0, "every try ended before its kill: nothing was tested")
        # kill -9 leaves the working folders of that run, and the next run sweeps those before it.
        left = len(list(self.temporary.iterdir()))
        self.assertLessEqual(left, LEFT_BY_ONE)
        self.assertEqual(self.mlpath("check", PROJECT), 0)
        self.assertEqual(list(self.temporary.iterdir()), [])

    def test_a_sweep_spares_a_run_that_goes_on(self) -> None:
        self.assertEqual(self.mlpath("new", PROJECT), 0)
        self.assertEqual(self.mlpath("new", PROJECT, "other"), 0)
        slow = self.folder / PROJECT / "textstats.py"
        slow.write_text("import time\n\ntime.sleep(600)\n", encoding="utf-8")
        running = subprocess.Popen(
            [str(BINARY), "check", PROJECT],
            cwd=self.folder,
            env=self.environment({"TMPDIR": str(self.temporary)}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            deadline = time.monotonic() + 30
            while not list(self.temporary.glob("mlpath-work-*/textstats.py")):
                self.assertLess(time.monotonic(), deadline, "it never began")
                time.sleep(0.02)
            (mine,) = self.temporary.glob("mlpath-judge-*")
            foreign = self.temporary / "mlpath-mine"
            foreign.mkdir()
            self.assertEqual(self.mlpath("check", "other"), 1)
            self.assertIsNone(running.poll(), "it ended too soon: nothing was tested")
            self.assertTrue((mine / "project.json").is_file())
            self.assertTrue(foreign.is_dir())
        finally:
            running.kill()
            running.wait(timeout=30)
        self.assertTrue(mine.exists())
        self.assertEqual(left_below(self.root), [])
        self.assertEqual(self.mlpath("check", "other"), 1)
        self.assertEqual(list(self.temporary.iterdir()), [foreign])


if __name__ == "__main__":
    unittest.main()
