"""diff and reset in a beginner's hands: files of one's own, folders in the way."""

from __future__ import annotations

import json
import unittest
from typing import Any

from mlpath_cli import ProjectTest


class Reset(ProjectTest):
    def in_project(self, *words: str) -> Any:
        return self.run_cli(*words, cwd=self.project)

    def test_only_what_was_asked_for_is_claimed(self) -> None:
        (self.project / "README.md").write_text("mine\n", encoding="utf-8")
        answer = self.in_project("reset", "README.md")
        self.assertTrue(answer.out.startswith("`README.md` of `text-analyzer` is as it was given:"))
        self.assertIn("  wrote README.md\n", answer.out)
        again = self.in_project("reset", "README.md")
        self.assertEqual(
            again.out,
            "`README.md` of `text-analyzer` was as it was given already; nothing was written.\n",
        )
        self.assertEqual(
            self.in_project("reset").out,
            "`text-analyzer` was as it was given already; nothing was written.\n",
        )

    def test_a_file_of_ones_own_is_named_and_shown_when_asked_for(self) -> None:
        (self.project / "helper.py").write_text("answer = 42\n", encoding="utf-8")
        (self.project / "notes.txt").write_text("no source\n", encoding="utf-8")
        self.assertEqual(self.in_project("diff").out, "new: helper.py\n")
        self.assertEqual(json.loads(self.in_project("diff", "--json").out)["added"], ["helper.py"])
        shown = self.in_project("diff", "helper.py")
        self.assertEqual((shown.code, shown.err), (0, ""))
        self.assertIn("+answer = 42\n", shown.out)
        (self.project / "data").mkdir(exist_ok=True)
        below = self.run_cli("diff", "../helper.py", cwd=self.project / "data")
        self.assertEqual(below.out, shown.out)
        refused = self.in_project("reset", "helper.py")
        self.assert_usage(refused, "`helper.py` is a file of your own", "`textstats.py`")
        self.assert_usage(self.in_project("diff", "halper.py"))
        self.assertEqual((self.project / "helper.py").read_text(encoding="utf-8"), "answer = 42\n")

    def test_a_folder_in_the_place_of_a_file(self) -> None:
        (self.project / "textstats.py").unlink()
        (self.project / "textstats.py").mkdir()
        (self.project / "textstats.py" / "mine").write_text("keep", encoding="utf-8")
        (self.project / "README.md").write_text("mine too\n", encoding="utf-8")
        for words in (("reset",), ("reset", "textstats.py"), ("solution", "--apply")):
            self.assert_usage(
                self.in_project(*words), "textstats.py is a folder", "mv textstats.py"
            )
        self.assertEqual((self.project / "textstats.py/mine").read_text(encoding="utf-8"), "keep")
        self.assertEqual((self.project / "README.md").read_text(encoding="utf-8"), "mine too\n")
        check = self.in_project("check", "--json")
        self.assertEqual(check.code, 1)
        found = check.json()["milestones"][0]["checks"][0]
        self.assertEqual(found["message"], "textstats.py is a folder, where a file belongs")
        self.assertIn("mlpath reset textstats.py", found["look"])

    def test_a_folder_in_the_place_of_a_document_and_of_a_program(self) -> None:
        for name in ("README.md", "analyze.py"):
            (self.project / name).unlink()
            (self.project / name).mkdir()
        readme = self.in_project("check", "text-analyzer", "report", "--json").json()
        found = readme["milestones"][0]["checks"][0]
        self.assertEqual(found["message"], "`README.md` is a folder, where a file belongs")
        program = self.in_project("check", "text-analyzer", "cli", "--json").json()
        found = program["milestones"][0]["checks"][0]
        self.assertTrue(found["because"].startswith("analyze.py is a folder"), found)


class PassedBefore(ProjectTest):
    def test_what_was_not_looked_at_is_not_claimed(self) -> None:
        for words in (("solution", "--apply"), ("check",)):
            self.assertEqual(self.run_cli(*words, cwd=self.project).code, 0)
        one = self.run_cli("check", "text-analyzer", "counts", cwd=self.project)
        self.assertIn("1 of 7 milestones done; 6 more passed before and were not looked", one.out)
        self.assertEqual(self.run_cli("reset", cwd=self.project).code, 0)
        answer = self.run_cli("check", cwd=self.project)
        self.assertEqual(answer.code, 1)
        self.assertIn("\nskip  Count and rank (passed before, not looked at now)\n", answer.out)
        self.assertIn(
            "\n0 of 7 milestones done; 6 more passed before and were not looked at now.\n",
            answer.out,
        )
        report = self.run_cli("check", "--json", cwd=self.project).json()
        self.assertEqual(report["done"], 0)
        self.assertEqual(
            report["passed_before"], ["counts", "sentences", "statistics", "cli", "report", "chart"]
        )
        status = self.run_cli("status")
        self.assertIn("(0 of 7 milestones; 6 more passed before the one that is open", status.out)
        (project,) = [
            entry
            for stage in self.run_cli("status", "--json").json()["curricula"][0]["stages"]
            for entry in stage["project_list"]
            if entry["id"] == "text-analyzer"
        ]
        self.assertEqual((project["milestones"]["done"], project["passed_before"]), (0, 6))


if __name__ == "__main__":
    unittest.main()
