"""Words and places that beginners get wrong: each time the answer says how to go on."""

from __future__ import annotations

import unittest

from mlpath_cli import CliTest, ProjectTest


class WrongFolder(CliTest):
    def test_where_nothing_is_begun(self) -> None:
        self.assertEqual(self.run_cli("init").code, 0)
        self.assert_usage(
            self.run_cli("check"), "not a project folder", "mlpath new", "mlpath next"
        )

    def test_where_one_project_is_begun_it_is_named(self) -> None:
        for words in (("init",), ("new", "text-analyzer")):
            self.assertEqual(self.run_cli(*words).code, 0)
        for command in ("check", "hint", "diff"):
            self.assert_usage(self.run_cli(command), "`cd text-analyzer` goes into the one")
        below = self.folder / "notes"
        below.mkdir()
        self.assert_usage(self.run_cli("check", cwd=below), "`cd ../text-analyzer` goes into")


class Words(ProjectTest):
    def test_a_milestone_alone_is_one_of_the_project_around(self) -> None:
        answer = self.run_cli("check", "counts", "--json", cwd=self.project)
        self.assertEqual(answer.code, 1)
        self.assertEqual([each["id"] for each in answer.json()["milestones"]], ["counts"])
        self.assert_usage(self.run_cli("check", "counts"), "no project `counts`")

    def test_a_file_is_no_project(self) -> None:
        answer = self.run_cli("check", "textstats.py", cwd=self.project)
        self.assert_usage(answer, "`textstats.py` is a file", "`mlpath check` alone")

    def test_a_file_under_another_name(self) -> None:
        (self.project / "textstats.py").rename(self.project / "TextStats.py")
        answer = self.run_cli("check", cwd=self.project)
        self.assertIn(
            "There is no textstats.py in the project folder; there is TextStats.py", answer.out
        )
        self.assertIn("`mlpath reset textstats.py` brings back", answer.out)

    def test_one_mistake_is_told_once(self) -> None:
        (self.project / "textstats.py").write_text("def words(text)\n", encoding="utf-8")
        answer = self.run_cli("check", cwd=self.project)
        self.assertEqual(answer.out.count("textstats.py, line 1 is not valid Python"), 1)
        self.assertIn("        found    the same as above\n", answer.out)


if __name__ == "__main__":
    unittest.main()
