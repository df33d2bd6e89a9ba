"""skills: each with what proves it, and a form for others with nothing in it that is not proved."""

from __future__ import annotations

import json
import unittest
from typing import Any

from mlpath_cli import CliTest, ProjectTest
from tiny_project import PROJECT, milestone, prints_check, tiny_library

PUBLISHED = """\
import sys


def greeting(names):
    parts = [name.strip().title() for name in names if name.strip()]
    return 'hello ' + ', '.join(sorted(parts))


print(greeting(sys.argv[1:] or ['you']))
"""
OWN = """\
def main():
    who = input if False else None
    words = {'en': 'hello', 'fr': 'salut'}
    print(words.get('en'), who is None)


main()
"""


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

    def test_the_roadmaps_project_with_our_solution_is_assisted(self) -> None:
        self.assertEqual(self.run_cli("solution", "--apply", cwd=self.project).code, 0)
        self.assertEqual(self.run_cli("check", cwd=self.project).code, 0)
        shown = self.run_cli("skills")
        self.assertEqual((shown.code, shown.err), (0, ""))
        self.assertRegex(
            shown.out, r"assisted +Python\n +\S.* \(with our solution, 7 of 7 milestones verified,"
        )
        self.assertEqual(self.markdown(), "No skill is proved yet.\n")


class Work(CliTest):
    """One project; whose work it is decides what it proves."""

    def setUp(self) -> None:
        super().setUp()
        library = tiny_library(
            self.root / "library",
            [milestone("only", prints_check("prints", "hello"))],
            "print('TODO')\n",
            PUBLISHED,
        )
        self.env = {"MLPATH_LIBRARY": str(library)}
        self.run_cli("init", env=self.env)
        self.assertEqual(self.run_cli("new", PROJECT, env=self.env).code, 0)

    def passes(self, program: str) -> tuple[str, str]:
        """How the skill stands with this predict.py, which passes; and the Markdown."""
        (self.folder / PROJECT / "predict.py").write_text(program)
        checked = self.run_cli("check", PROJECT, env=self.env)
        self.assertEqual(checked.code, 0, checked.out)
        return self.standing()

    def standing(self, **env: str) -> tuple[str, str]:
        every = {**self.env, **env}
        (skill,) = self.run_cli("skills", "--json", env=every).json()["skills"]
        self.assertEqual(skill["id"], "numbers")
        return skill["standing"], self.run_cli("skills", "--markdown", env=every).out

    def test_own_work_proves(self) -> None:
        standing, markdown = self.passes(OWN)
        self.assertEqual(standing, "proved")
        self.assertRegex(markdown, r"\n- \*\*numbers\*\*: A tally \(1 milestone verified, \d+ \w+")
        shown = self.run_cli("skills", env=self.env).out
        self.assertRegex(shown, r"A tally \(own work, 1 of 1 milestones verified, ")

    def test_on_synthetic_data_it_says_so(self) -> None:
        self.passes(OWN)
        (journal,) = (self.folder / ".mlpath/progress").glob("*.jsonl")
        text = journal.read_text()
        self.assertEqual(text.count('"verdict":"pass"'), 1, text)
        journal.write_text(text.replace('"verdict":"pass"', '"verdict":"pass","data":"synthetic"'))
        self.assertIn("(1 milestone verified on synthetic data, ", self.standing()[1])
        shown = self.run_cli("skills", env=self.env).out
        self.assertIn("(own work, 1 of 1 milestones verified on synthetic data, ", shown)
        (skill,) = self.run_cli("skills", "--json", env=self.env).json()["skills"]
        self.assertEqual(skill["evidence"][0]["data"], "synthetic")

    def test_our_solution_copied_by_hand_does_not(self) -> None:
        for program in (PUBLISHED, PUBLISHED.replace("names", "people").replace("parts", "found")):
            self.assertEqual(self.passes(program), ("assisted", "No skill is proved yet.\n"))

    def test_nor_does_work_that_is_not_there_or_cannot_be_read(self) -> None:
        self.passes(OWN)
        (self.folder / PROJECT).rename(self.root / "elsewhere")
        self.assertEqual(self.standing(), ("passed", "No skill is proved yet.\n"))
        (self.root / "elsewhere").rename(self.folder / PROJECT)
        self.assertEqual(self.standing()[0], "proved")
        (self.folder / PROJECT / "predict.py").write_text("def\n")
        self.assertEqual(self.standing(), ("passed", "No skill is proved yet.\n"))


if __name__ == "__main__":
    unittest.main()
