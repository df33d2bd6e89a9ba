"""Progress made in two clones or on two branches: git merges it by itself, and all of it counts."""

from __future__ import annotations

import json
import subprocess
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import CliTest

PROJECT = "text-analyzer"


class Merge(CliTest):
    def setUp(self) -> None:
        super().setUp()
        self.assertEqual(self.run_cli("init").code, 0)
        self.assertEqual(self.run_cli("done", "numpy").code, 0)
        self.git("init", "--initial-branch=main")
        self.commit("Begin")

    def git(self, *words: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            ["git", "-c", "user.name=A Learner", "-c", "user.email=learner@example.org", *words],
            cwd=cwd or self.folder,
            env=self.environment({"GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        self.assertEqual(done.returncode, 0, f"git {words}: {done.stdout}{done.stderr}")
        return done.stdout

    def commit(self, message: str, cwd: Path | None = None) -> None:
        self.git("add", "--all", cwd=cwd)
        self.git("commit", "--message", message, cwd=cwd)

    def said(self, cwd: Path | None = None) -> set[str]:
        """The topics that `status` shows as done, which must be as many as it counts."""
        outcome = self.run_cli("status", "--json", cwd=cwd)
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        curriculum = outcome.json()["curricula"][0]
        topics: list[dict[str, Any]] = [
            topic for stage in curriculum["stages"] for topic in stage["topic_list"]
        ]
        done = {topic["id"] for topic in topics if topic["said"] is not None}
        self.assertEqual(len(done), curriculum["topics"]["done"])
        return done

    def milestones(self, cwd: Path | None = None) -> int:
        answer = self.run_cli("status", "--json", cwd=cwd).json()
        return answer["curricula"][0]["milestones"]["done"]

    def events(self) -> list[dict[str, Any]]:
        return [
            json.loads(line)
            for path in (self.folder / ".mlpath/progress").glob("*.jsonl")
            for line in path.read_text(encoding="utf-8").splitlines()
        ]

    def assert_whole(self) -> None:
        """Every line is an event of its own, and git has nothing left to say."""
        ids = [event["id"] for event in self.events()]
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(self.git("status", "--porcelain"), "")

    def test_two_clones(self) -> None:
        other = self.root / "other"
        self.git("clone", str(self.folder), str(other), cwd=self.root)
        self.assertEqual(self.said(other), {"numpy"})

        self.assertEqual(self.run_cli("done", "pandas", cwd=other).code, 0)
        self.assertEqual(self.run_cli("new", PROJECT, cwd=other).code, 0)
        self.assertEqual(self.run_cli("solution", PROJECT, "--apply", cwd=other).code, 0)
        self.assertEqual(self.run_cli("check", PROJECT, "words", cwd=other).code, 0)
        self.commit("Progress over there", cwd=other)
        self.assertEqual(self.run_cli("done", "visualization").code, 0)
        self.commit("Progress here")
        self.assertEqual((self.said(), self.milestones()), ({"numpy", "visualization"}, 0))

        self.git("pull", "--no-rebase", "--no-edit", str(other), "main")
        self.assertEqual(self.said(), {"numpy", "pandas", "visualization"})
        self.assertEqual(self.milestones(), 1)
        self.assertEqual(len(list((self.folder / ".mlpath/progress").glob("*.jsonl"))), 2)
        self.assert_whole()
        # And the other way round.
        self.git("pull", "--no-rebase", "--no-edit", str(self.folder), "main", cwd=other)
        self.assertEqual(self.said(other), {"numpy", "pandas", "visualization"})

    def test_two_branches_of_one_clone(self) -> None:
        self.git("switch", "--create", "idea")
        self.assertEqual(self.run_cli("done", "pandas").code, 0)
        self.assertEqual(self.run_cli("done", "numpy", "--undo").code, 0)
        self.commit("Progress on the branch")
        self.git("switch", "main")
        self.assertEqual(self.said(), {"numpy"})
        self.assertEqual(self.run_cli("done", "visualization").code, 0)
        self.commit("Progress on main")

        self.git("merge", "--no-edit", "idea")
        self.assertEqual(self.said(), {"pandas", "visualization"})
        self.assert_whole()
        # It goes on from there as if nothing had been.
        self.assertEqual(self.run_cli("done", "numpy").code, 0)
        self.assertEqual(self.said(), {"numpy", "pandas", "visualization"})


if __name__ == "__main__":
    unittest.main()
