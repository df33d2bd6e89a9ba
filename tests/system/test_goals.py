"""Goals: judged by their checks where they have some, said by the learner where they have none."""

from __future__ import annotations

import json
import subprocess
import unittest
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mlpath_cli import CliTest

WORDS = "word " * 400
WORKFLOW = """name: check
on:
  # every time
  push:
    branches: [main]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: mlpath verify .
"""
AREAS = [
    "Programming Fundamentals",
    "Mathematics for ML",
    "Data Cleaning & Preprocessing",
    "Supervised Learning",
    "Unsupervised Learning",
    "Model Evaluation & Metrics",
    "Deep Learning",
    "Natural Language Processing (NLP)",
    "Reinforcement Learning",
    "Explainable AI (XAI)",
]


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def git(folder: Path, *words: str, day: str = "2026-11-01") -> None:
    who = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", *words],
        cwd=folder,
        check=True,
        capture_output=True,
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", **who},
    )


def commits(folder: Path, *days: str) -> None:
    git(folder, "init", "-q")
    for day in days:
        git(folder, "commit", "-q", "--allow-empty", "-m", day, day=day)


def remote(folder: Path, address: str) -> None:
    git(folder, "init", "-q")
    git(folder, "remote", "add", "origin", address)


def links(count: int) -> str:
    return " ".join(f"[project {i}](https://host.test/{i})" for i in range(count))


def readmes(folder: Path, text: str = WORDS + "[it](app.py)") -> None:
    for project in ("house-price-api", "sentiment-web-app", "image-web-app"):
        write(folder, f"{project}/README.md", text)
        write(folder, f"{project}/app.py", "")


Making = Callable[[Path], Any]


@dataclass
class Case:
    """How a workspace reaches the goal, and those that do not, each with words of the reason."""

    good: Making
    bad: dict[str, Making]


def text_of(name: str, text: str) -> Making:
    return lambda folder: write(folder, name, text)


def workflow(old: str, new: str) -> Making:
    assert old in WORKFLOW
    return text_of(".github/workflows/check.yml", WORKFLOW.replace(old, new))


def page(words: int, count: int) -> Case:
    return Case(
        text_of("README.md", WORDS + links(count)),
        {
            "no file `README.md` in the workspace": lambda _: None,
            f"at least {words} words": text_of("README.md", links(count)),
            "too few links": text_of("README.md", WORDS + links(count - 1)),
        },
    )


CASES = {
    "expert-portfolio": page(100, 3),
    "forty-weeks-portfolio": page(60, 3),
    "forty-weeks-github": page(150, 5),
    "forty-weeks-commits": Case(
        lambda folder: commits(folder, "2026-11-01", "2026-11-01", "2026-11-03", "2026-11-07"),
        {
            "no git repository yet": lambda _: None,
            "2026-11-03": lambda folder: commits(folder, "2026-11-01", "2026-11-03", "2026-11-03"),
        },
    ),
    "forty-weeks-readmes": Case(
        readmes,
        {
            "no file `house-price-api/README.md`": lambda _: None,
            "at least 80 words": lambda folder: readmes(folder, "Short. [it](app.py)"),
            "too few links": lambda folder: readmes(folder, WORDS),
            "links to `gone.py`": lambda folder: readmes(folder, WORDS + "[it](gone.py)"),
        },
    ),
    "forty-weeks-workflow": Case(
        text_of(".github/workflows/check.yml", WORKFLOW),
        {
            "no file `.github/workflows/check.yml`": text_of("check.yml", WORKFLOW),
            "it has `on` with `push`": workflow(
                "  push:\n    branches: [main]\n", "  # push\n  schedule: []\n"
            ),
            "it has `jobs` with a job": workflow("jobs:", "job:"),
            "a job has `runs-on`": workflow("    runs-on: ubuntu-latest\n", ""),
            "a job has `steps`": workflow("    steps:\n", "    stages:\n"),
            "a step has `run` or `uses`": workflow(
                "- uses: actions/checkout@v4\n      - run: mlpath verify .", "- name: nothing"
            ),
            "does not belong there expected no line is indented by a tab": workflow(
                "      - run", "\t- run"
            ),
        },
    ),
    "six-months-code-on-github": Case(
        lambda folder: remote(folder, "git@github.com:someone/portfolio.git"),
        {
            "not a git repository": lambda _: None,
            "one of the addresses": lambda folder: remote(folder, "https://notgithub.com/a/b.git"),
        },
    ),
    "six-months-article": Case(
        text_of("article.md", WORDS + links(1)),
        {
            "no file `article.md`": lambda _: None,
            "at least 400 words": text_of("article.md", WORDS[:-100] + links(1)),
            "too few links": text_of("article.md", WORDS),
        },
    ),
    "six-months-explain-projects": Case(
        text_of("interview.md", f"# One\n{WORDS}\n# Two\nb\n## Three\nc\n"),
        {
            "no file `interview.md`": lambda _: None,
            "at least 150 words": text_of("interview.md", "# One\na\n# Two\nb\n## Three\nc\n"),
            "does not hold what it should": text_of("interview.md", f"# One\n{WORDS}\n# Two\nb\n"),
        },
    ),
    "topic-map-assess": Case(
        text_of("skills.md", "".join(f"## {area}\nwell\n" for area in AREAS)),
        {
            "no file `skills.md`": lambda _: None,
            'no heading "Explainable AI (XAI)"': text_of(
                "skills.md", "".join(f"## {area}\nwell\n" for area in AREAS[:-1])
            ),
        },
    ),
    "topic-map-own-build": Case(
        text_of("built.md", WORDS),
        {
            "no file `built.md`": lambda _: None,
            "at least 100 words": text_of("built.md", "Short."),
        },
    ),
}


class EveryGoal(CliTest):
    def workspace(self, name: str) -> Path:
        folder = self.folder / name
        self.run_cli("init", str(folder))
        return folder

    def test_each_goal_that_a_machine_decides_has_its_proof_here(self) -> None:
        goals = self.run_cli("list", "goals", "--json").json()["goals"]
        judged = {goal["id"] for goal in goals if goal["decided_by"] == "checks"}
        self.assertEqual(judged, set(CASES))

    def test_each_passes_where_it_is_reached(self) -> None:
        for goal, case in CASES.items():
            with self.subTest(goal):
                folder = self.workspace(goal)
                case.good(folder)
                outcome = self.run_cli("check", goal, cwd=folder)
                self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
                self.assertIn("proved by its checks", outcome.out)

    def test_each_fails_for_its_reason_where_it_is_not(self) -> None:
        for goal, case in CASES.items():
            for number, (reason, make) in enumerate(case.bad.items()):
                with self.subTest(goal, reason=reason):
                    folder = self.workspace(f"{goal}-{number}")
                    make(folder)
                    outcome = self.run_cli("check", goal, cwd=folder)
                    self.assertEqual(outcome.code, 1, outcome.out + outcome.err)
                    self.assertIn(reason, " ".join(outcome.out.split()))
                    self.assertIn("Not reached yet.", outcome.out)
                    self.assertEqual(list(folder.glob(".mlpath/progress/*.jsonl")), [])


class Judged(CliTest):
    GOAL = "topic-map-own-build"

    def setUp(self) -> None:
        super().setUp()
        self.run_cli("init", "--curriculum", "topic-map")

    def standing(self) -> str:
        shown = self.run_cli("show", self.GOAL, "--json").json()["goal"]
        listed = self.run_cli("list", "goals", "--json").json()["goals"]
        self.assertIn(shown["standing"], [g["standing"] for g in listed if g["id"] == self.GOAL])
        return str(shown["standing"])

    def test_done_runs_the_checks_and_takes_no_word(self) -> None:
        failed = self.run_cli("done", self.GOAL)
        self.assertEqual(failed.code, 1, failed.err)
        self.assertIn("no file `built.md` in the workspace", " ".join(failed.out.split()))
        self.assertEqual(self.standing(), "open")
        write(self.folder, "built.md", WORDS)
        passed = self.run_cli("done", self.GOAL, "--json")
        self.assertEqual(passed.code, 0, passed.err)
        self.assertEqual(
            {key: passed.json()[key] for key in ("id", "of", "done", "already", "verdict")},
            {"id": self.GOAL, "of": "goal", "done": True, "already": False, "verdict": "pass"},
        )
        self.assertEqual(self.standing(), "proved")
        self.assertTrue(self.run_cli("done", self.GOAL, "--json").json()["already"])
        self.assertEqual(self.run_cli("done", self.GOAL, "--undo").code, 0)
        self.assertEqual(self.standing(), "open")

    def test_what_fails_again_is_open_again(self) -> None:
        write(self.folder, "built.md", WORDS)
        self.run_cli("check", self.GOAL)
        write(self.folder, "built.md", "Less.")
        self.assertIn("Open again", self.run_cli("check", self.GOAL).out)
        self.assertEqual(self.standing(), "open")

    def test_proved_and_said_are_told_apart(self) -> None:
        write(self.folder, "built.md", WORDS)
        self.run_cli("check", self.GOAL)
        said = self.run_cli("done", "topic-map-review")
        self.assertIn("shown as said, not as proved", said.out)
        stages = self.run_cli("status", "--json").json()["curricula"][0]["stages"]
        goals = {goal["id"]: goal for stage in stages for goal in stage["goal_list"]}
        self.assertIsNotNone(goals[self.GOAL]["proved"])
        self.assertIsNone(goals[self.GOAL]["said"])
        self.assertIsNone(goals["topic-map-review"]["proved"])
        self.assertIsNotNone(goals["topic-map-review"]["said"])
        self.assertIn("2 of 2 goals (1 proved, 1 said)", self.run_cli("status").out)
        shown = self.run_cli("show", "practice-and-review").out
        self.assertRegex(shown, r"topic-map-own-build +proved ")
        self.assertRegex(shown, r"topic-map-review +said, not proved ")

    def test_next_names_the_command_that_decides(self) -> None:
        things = self.run_cli("next", "--all", "--json").json()["frontier"]
        commands = {thing["goal"]: thing["command"] for thing in things if thing.get("goal")}
        self.assertEqual(commands["topic-map-assess"], "mlpath check topic-map-assess")
        self.assertTrue(
            all(c.startswith(("mlpath check", "mlpath done")) for c in commands.values())
        )

    def test_a_goal_without_checks_is_the_learners_to_say(self) -> None:
        self.assert_usage(self.run_cli("check", "topic-map-review"), "mlpath done topic-map-review")

    def test_outside_of_a_workspace_nothing_is_judged(self) -> None:
        self.assert_usage(self.run_cli("check", self.GOAL, cwd=self.root), "mlpath init")

    def test_from_below_it_is_the_workspace_that_is_judged(self) -> None:
        write(self.folder, "built.md", WORDS)
        below = self.folder / "notes/more"
        below.mkdir(parents=True)
        self.assertEqual(self.run_cli("check", self.GOAL, cwd=below).code, 0)


class Repository(CliTest):
    """What git is shown of the repository."""

    GOAL = "forty-weeks-commits"
    DAYS = ("2026-11-01", "2026-11-02", "2026-11-03")

    def test_a_workspace_inside_a_repository_has_its_history(self) -> None:
        commits(self.folder, *self.DAYS)
        self.run_cli("init", "inside")
        self.assertEqual(self.run_cli("check", self.GOAL, cwd=self.folder / "inside").code, 0)

    def test_a_linked_worktree_has_the_history_of_its_repository(self) -> None:
        first = self.folder / "first"
        first.mkdir()
        commits(first, *self.DAYS)
        git(first, "worktree", "add", "-q", "../second")
        self.run_cli("init", "second")
        self.assertEqual(self.run_cli("check", self.GOAL, cwd=self.folder / "second").code, 0)

    def test_the_repository_cannot_be_written(self) -> None:
        commits(self.folder, *self.DAYS)
        library = self.root / "library"
        check = {
            "id": "writes",
            "kind": "command",
            "says": "it writes",
            "run": ["sh", "-c", 'echo changed > "$GIT_DIR/changed" && echo wrote'],
            "stdout": [{"matches": "wrote"}],
        }
        stage = {"id": "one", "kind": "stage", "title": "One"}
        stage["goals"] = [{"id": "writer", "text": "Write.", "checks": [check]}]  # type: ignore[assignment]
        road = {"format": 2, "id": "road", "title": "R", "summary": "S", "stages": [stage]}
        write(library, "curricula/road.json", json.dumps(road))
        write(library, "curricula/topics.json", '{"format": 1, "topics": []}')
        write(library, "curricula/datasets.json", '{"format": 1, "datasets": []}')
        self.run_cli("--library", str(library), "init")
        outcome = self.run_cli("--library", str(library), "check", "writer")
        if self.run_cli("check", "--sandbox", "require", "writer").code == 3:
            self.skipTest("no namespaces here")
        self.assertEqual(outcome.code, 1, outcome.out + outcome.err)
        self.assertIn("Read-only file system", outcome.out)
        self.assertFalse((self.folder / ".git/changed").exists())


if __name__ == "__main__":
    unittest.main()
