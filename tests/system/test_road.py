"""The core of a stage: `next` follows it and names the rest, `status` and `plan` count it first."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import CliTest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
ROAD = json.loads((ROOT / "curricula/levels.json").read_text(encoding="utf-8"))


def manifest_of(project: str) -> dict[str, Any]:
    return dict(json.loads((TEMPLATES / project / "project.json").read_text(encoding="utf-8")))


def is_ready(project: str) -> bool:
    return manifest_of(project)["status"] == "ready"


class Stage:
    """What the roadmap and the manifests say of a stage: more projects become ready each month."""

    def __init__(self, number: int) -> None:
        stage = ROAD["stages"][number]
        projects = [each["project"] for each in stage["projects"]]
        self.ready = list(filter(is_ready, projects))
        self.core = [project for project in stage["core"] if project in self.ready]
        self.planned = len(projects) - len(self.ready)
        self.topics = len(stage["topics"])


def counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


class RoadTest(CliTest):
    def setUp(self) -> None:
        super().setUp()
        self.assertEqual(self.run_cli("init").code, 0)
        self.lines: list[dict[str, Any]] = []

    def record(self, **event: object) -> None:
        """A line in the journal, as an earlier mlpath wrote it."""
        at = f"2026-11-20T00:{len(self.lines):02}:00.000000Z"
        self.lines.append({"format": 1, "id": f"{len(self.lines) + 1:032x}", "at": at, **event})
        folder = self.folder / ".mlpath/progress"
        folder.mkdir(exist_ok=True)
        text = "".join(json.dumps(line) + "\n" for line in self.lines)
        (folder / f"{1:032x}.jsonl").write_text(text)

    def passes(self, project: str) -> None:
        manifest = manifest_of(project)
        version = manifest["version"]
        self.record(type="started", project=project, version=version)
        for milestone in manifest["milestones"]:
            self.record(
                type="checked",
                project=project,
                milestone=milestone["id"],
                version=version,
                verdict="pass",
            )

    def answer(self, *words: str) -> dict[str, Any]:
        outcome = self.run_cli(*words, "--json")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        return outcome.json()


class Core(RoadTest):
    def test_next_leads_through_it_and_names_the_rest_in_a_line(self) -> None:
        level = Stage(0)
        found = self.answer("next")
        self.assertEqual(
            (found["next"]["project"], found["next"]["core"]), ("python-notebook", True)
        )
        more = [project for project in level.ready if project not in level.core]
        self.assertEqual(found["more"]["planned"], level.planned)
        self.assertEqual(found["more"]["projects"][:3], more[:3])
        asked = [topic["topic"] for topic in found["learn"] if topic["asked"]]
        self.assertEqual(asked, ["python-first-pages"])
        shown = self.run_cli("next").out
        self.assertIn(f"when you like: {', '.join(more[:3])}", shown)
        self.assertIn(f"{counted(level.planned, 'project')} to come\n", shown)
        self.assertIn("Python: the first pages (python-first-pages, 1 to 1.5 hours)", shown)
        self.assertNotIn("numpy", shown)  # it is one of "and 8 more"

    def test_the_core_of_level_0_opens_iris(self) -> None:
        for project in Stage(0).core:
            self.passes(project)
        found = self.answer("next")
        self.assertEqual(found["next"]["project"], "iris")
        asked = [topic["topic"] for topic in found["learn"] if topic["asked"]]
        self.assertEqual(asked, ["first-model"])  # and what it builds on is shown by the project

    def test_who_knows_python_is_not_sent_to_its_first_pages(self) -> None:
        self.record(type="said", topic="python-basics")
        topics = [topic["topic"] for topic in self.answer("next")["learn"]]
        self.assertNotIn("python-first-pages", topics)
        self.assertIn("numpy", topics)

    def test_show_tells_it_apart(self) -> None:
        core, _, more = self.run_cli("show", "level-1").out.partition("More practice")
        self.assertIn("titanic", core)
        self.assertNotIn("titanic", more)
        self.assertIn("text-classifier-cli", more)
        self.assertNotIn("text-classifier-cli", core)
        shown = json.loads(self.run_cli("show", "level-1", "--json").out)
        self.assertEqual(shown["stages"][0]["core"], ["iris", "titanic", "spam-detector"])

    def test_status_counts_it_first(self) -> None:
        stage = Stage(0)
        self.passes("text-analyzer")
        (road,) = self.answer("status")["curricula"]
        core = sum(len(Stage(number).core) for number in range(len(ROAD["stages"])))
        self.assertEqual(road["core"], {"done": 1, "total": core})
        level = road["stages"][0]
        self.assertEqual(level["core"], {"done": 1, "total": len(stage.core)})
        listed = [(project["id"], project["core"]) for project in level["project_list"]]
        self.assertEqual(
            listed[:3],
            [("python-notebook", True), ("text-analyzer", True), ("task-manager", False)],
        )
        shown = self.run_cli("status").out
        self.assertIn(f"\n1 of {counted(core, 'core project')}, ", shown)
        self.assertIn(f"\n  1 of {counted(len(stage.core), 'core project')}, ", shown)

    def test_plan_lays_the_core(self) -> None:
        stage = Stage(0)
        self.assertEqual(self.run_cli("plan", "--hours-per-week", "5").code, 0)
        (plan,) = self.answer("plan")["plans"]
        level = plan["stages"][0]
        core = len(stage.core)
        more = len(stage.ready) - core + stage.topics
        self.assertEqual(level["core"], {"done": 0, "total": core})
        self.assertEqual(level["works"], {"done": 0, "total": core + more})
        first_pages = 1.25  # that both ask for
        hours = [manifest_of(project)["hours"] for project in stage.core]
        middle = sum((each["min"] + each["max"]) / 2 for each in hours)
        self.assertEqual(level["core_hours"], middle + first_pages)
        self.assertGreater(level["hours"], 80)
        shown = self.run_cli("plan").out
        self.assertIn(f"for the core, 0 of {core} of the core done, 0 of {more} more)", shown)


if __name__ == "__main__":
    unittest.main()
