"""skills: each with what proves it, and a form for others with nothing in it that is not proved."""

from __future__ import annotations

import json
import shutil
import unittest
from typing import Any

from mlpath_cli import CliTest, ProjectTest


class Empty(CliTest):
    def test_outside_a_workspace(self) -> None:
        self.assert_usage(self.run_cli("skills"), "mlpath init")

    def test_two_forms_at_once_are_a_mistake(self) -> None:
        outcome = self.run_cli("skills", "--json", "--markdown")
        self.assertEqual((outcome.code, outcome.json()["error"]["kind"]), (2, "usage"))

    def test_nothing_is_proved_at_the_beginning(self) -> None:
        self.run_cli("init")
        outcome = self.run_cli("skills")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertRegex(outcome.out, r"^0 of \d+ skills proved\.\nNothing to show yet: ")
        self.assertIn("scikit-learn", outcome.out)
        self.assert_calm(outcome.out)
        self.assertEqual(self.run_cli("skills", "--markdown").out, "No skill is proved yet.\n")


class Skills(ProjectTest):
    def skill(self, name: str) -> dict[str, Any]:
        skills = self.run_cli("skills", "--json").json()["skills"]
        (found,) = [skill for skill in skills if skill["id"] == name]
        return found

    def markdown(self) -> str:
        outcome = self.run_cli("skills", "--markdown")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        return outcome.out

    def test_a_word_is_shown_as_said_and_never_in_markdown(self) -> None:
        self.run_cli("done", "numpy")
        self.assertEqual(self.skill("numpy")["standing"], "said")
        self.assertRegex(
            self.run_cli("skills").out, r"said +NumPy\n +NumPy \(said, not proved, \d+ \w+ \d+\)"
        )
        self.assertEqual(self.markdown(), "No skill is proved yet.\n")

    def test_a_quiz_proves_what_its_topic_teaches(self) -> None:
        event = {
            "format": 1,
            "id": "0" * 31 + "1",
            "at": "2026-11-20T10:00:00.000000Z",
            "type": "quizzed",
            "quiz": "numpy",
            "verdict": "pass",
        }
        (self.folder / ".mlpath/progress" / ("1" * 32 + ".jsonl")).write_text(
            json.dumps(event) + "\n"
        )
        self.assertEqual(self.skill("numpy")["standing"], "proved")
        self.assertIn("- **NumPy**: NumPy (quiz passed, 20 Nov 2026)\n", self.markdown())

    def test_own_work_proves_and_our_solution_does_not(self) -> None:
        """The same files, written by hand and taken from us."""
        taken = self.root / "taken"
        shutil.copytree(self.folder, taken)
        self.assertEqual(self.run_cli("solution", "--apply", cwd=taken / "text-analyzer").code, 0)
        self.assertEqual(self.run_cli("check", cwd=taken / "text-analyzer").code, 0)
        shown = self.run_cli("skills", cwd=taken).out
        self.assertRegex(shown, r"assisted +Python\n +\S.* \(with our solution, 6 of 6 milestones")
        self.assertEqual(
            self.run_cli("skills", "--markdown", cwd=taken).out, "No skill is proved yet.\n"
        )

        for file in (taken / "text-analyzer").iterdir():
            if file.suffix in (".py", ".md") and file.name != "BRIEF.md":
                shutil.copy(file, self.project)
        checked = self.run_cli("check", cwd=self.project)
        self.assertEqual(checked.code, 0, checked.out)
        python = self.skill("python")
        self.assertEqual(python["standing"], "proved")
        (project,) = [one for one in python["evidence"] if one.get("project")]
        self.assertEqual(project["milestones"], {"done": 6, "total": 6})
        self.assertEqual(len(project["passed"]), 6)
        self.assertRegex(
            self.run_cli("skills").out, r"proved +Python\n +\S.* \(own work, 6 of 6 milestones"
        )
        self.assertRegex(self.markdown(), r"- \*\*Python\*\*: .+ \(6 milestones verified, \d+ ")
        titles = [line for line in self.markdown().splitlines() if line.startswith("- ")]
        self.assertEqual(len(titles), len(set(titles)))


if __name__ == "__main__":
    unittest.main()
