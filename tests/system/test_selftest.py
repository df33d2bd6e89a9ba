"""`mlpath selftest`: a sound project passes, and each way of being unsound is found and named."""

from __future__ import annotations

import unittest
from typing import Any

from mlpath_cli import CliTest
from tiny_project import PROJECT, milestone, prints_check, tiny_library

SKELETON = "print('todo')\n"
SOLUTION = "print('one')\nprint('two')\n"


def flaw(milestone_id: str, check: str, message: str, program: str) -> tuple[dict[str, str], str]:
    return {"milestone": milestone_id, "check": check, "message": message}, program


# A wrong answer that passes the first milestone and is caught at the second.
CAUGHT = flaw("second", "prints-two", "printed something different", "print('one')\nprint('tow')\n")


class Selftest(CliTest):
    def selftest(self, **parts: Any) -> tuple[int, dict[str, Any], str]:
        """Exit code, the project's part of the JSON, and what was said to people."""
        parts = {
            "skeleton": SKELETON,
            "solution": SOLUTION,
            "flaws": {"typing-error": CAUGHT},
            **parts,
        }
        milestones = [
            milestone("first", prints_check("prints-one", "one")),
            milestone("second", prints_check("prints-two", "two")),
        ]
        library = str(tiny_library(self.root / "library", milestones, **parts))
        text = self.run_cli("selftest", PROJECT, "--library", library)
        self.assert_calm(text.out + text.err)
        answer = self.run_cli("selftest", PROJECT, "--library", library, "--json")
        self.assertEqual(answer.code, text.code)
        (project,) = answer.json()["projects"]
        return text.code, project, text.out + text.err

    def assert_blamed(self, expected: dict[str, str], message: str, **parts: Any) -> None:
        code, project, text = self.selftest(**parts)
        self.assertEqual(code, 1, text)
        matching = [
            fault
            for fault in project["faults"]
            if expected.items() <= fault.items() and message in fault["message"]
        ]
        self.assertTrue(matching, project)
        (fault, *_) = matching
        self.assertEqual(
            fault["message"], f"expected: {fault['expected']}; found: {fault['found']}"
        )
        shown = " ".join(text.split())
        self.assertIn(f"expected: {fault['expected']}", shown)
        self.assertIn(f"found: {fault['found']}", shown)

    def test_a_sound_project(self) -> None:
        code, project, text = self.selftest()
        self.assertEqual((code, project["faults"]), (0, []), text)
        self.assertIn("sound", text)

    def test_a_skeleton_that_passes(self) -> None:
        self.assert_blamed(
            {"subject": "skeleton", "milestone": "first"},
            "expected: the skeleton fails this milestone; found: the milestone passes",
            skeleton="print('one')\n",
        )

    def test_a_solution_that_fails(self) -> None:
        self.assert_blamed(
            {"subject": "solution", "milestone": "second", "check": "prints-two"},
            'expected: the solution passes this check; found: it fails, and says "',
            solution="print('one')\n",
            flaws={},
        )

    def test_a_flaw_that_passes(self) -> None:
        self.assert_blamed(
            {"subject": "flawed/typing-error", "milestone": "second", "check": "prints-two"},
            "expected: it fails at milestone second, at its check prints-two, with a message that "
            "matches `printed something different`; found: the check passes",
            flaws={"typing-error": (CAUGHT[0], SOLUTION)},
        )

    def test_a_flaw_caught_too_early(self) -> None:
        self.assert_blamed(
            {"subject": "flawed/typing-error", "milestone": "first"},
            "expected: it passes this milestone, which comes before the flaw's (second); "
            "found: the milestone fails, at its check prints-one, which says",
            flaws={"typing-error": (CAUGHT[0], "print('oen')\n")},
        )

    def test_a_flaw_caught_later_than_it_says(self) -> None:
        early = {**CAUGHT[0], "milestone": "first", "check": "prints-one"}
        self.assert_blamed(
            {"subject": "flawed/typing-error", "milestone": "first", "check": "prints-one"},
            "expected: it fails at milestone first, at its check prints-one,",
            flaws={"typing-error": (early, CAUGHT[1])},
        )

    def test_a_flaw_caught_with_the_wrong_message(self) -> None:
        self.assert_blamed(
            {"subject": "flawed/typing-error", "milestone": "second", "check": "prints-two"},
            "with a message that matches `another reason`; found: it fails there, and says",
            flaws={"typing-error": ({**CAUGHT[0], "message": "another reason"}, CAUGHT[1])},
        )

    def test_a_project_that_is_none_or_only_planned(self) -> None:
        self.assert_usage(
            self.run_cli("selftest", "text-analyser"), "did you mean `text-analyzer`?"
        )
        self.assert_usage(self.run_cli("selftest", "flask-api"), "planned")


class BuiltIn(CliTest):
    def test_the_text_analyzer_judges_rightly(self) -> None:
        outcome = self.run_cli("selftest", "text-analyzer", seconds=900)
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        self.assertIn("sound text-analyzer", outcome.out + outcome.err)


if __name__ == "__main__":
    unittest.main()
