"""Portfolios proved from scratch, and the reports about them."""

from __future__ import annotations

import unittest

from mlpath_cli import ProjectTest

PROJECT = "text-analyzer"


class Verify(ProjectTest):
    def test_a_skeleton_falls_short_and_the_solution_is_not_ones_own(self) -> None:
        skeleton = self.run_cli("verify", ".", "--require", "own", "--format", "json")
        self.assertEqual(skeleton.code, 1)
        project = skeleton.json()["portfolios"][0]["projects"][0]
        self.assertEqual((project["verdict"], project["authorship"]), ("fail", "unknown"))
        self.run_cli("solution", PROJECT, "--apply")
        outcome = self.run_cli("verify", ".", "--format", "json")
        self.assertEqual(outcome.code, 0, outcome.out)
        answer = outcome.json()
        self.assertEqual((answer["format"], answer["verdict"]), (1, "pass"))
        self.assertEqual(
            answer["isolation"]["truth_protected"],
            "world of its own" in answer["isolation"]["detail"],
        )
        unprotected = self.run_cli("verify", ".", "--format", "json", "--sandbox", "off").json()
        self.assertFalse(unprotected["isolation"]["truth_protected"])
        self.assertIn("no sandbox, as asked", unprotected["isolation"]["detail"])
        self.assertEqual(answer["portfolios"][0]["projects"][0]["authorship"], "published")
        self.assertEqual(self.run_cli("verify", ".", "--require", "own").code, 1)

    def test_reports_are_written_whole(self) -> None:
        self.run_cli("solution", PROJECT, "--apply")
        for form, begins in (("junit", "<?xml"), ("markdown", "#"), ("json", "{")):
            path = self.folder / f"report.{form}"
            outcome = self.run_cli("verify", PROJECT, "--format", form, "--output", str(path))
            self.assertEqual(outcome.code, 0, outcome.err)
            self.assertTrue(path.read_text().startswith(begins), form)
            self.assertIn(PROJECT, outcome.out)
        summary = self.root / "summary.md"
        self.run_cli(
            "verify", PROJECT, "--format", "github", env={"GITHUB_STEP_SUMMARY": str(summary)}
        )
        self.assertIn(PROJECT, summary.read_text())

    def test_what_cannot_be_verified(self) -> None:
        empty = self.root / "empty"
        empty.mkdir()
        self.assertEqual(self.run_cli("verify", str(empty)).code, 2)
        self.assertEqual(self.run_cli("verify", "nowhere").code, 2)
        self.assert_usage(self.run_cli("verify"), "`PATH` is missing")
        self.assert_usage(self.run_cli("verify", ".", "--output", "no-such/report"), "no-such")
        self.assertFalse((self.folder / "no-such").exists())
        self.assert_usage(self.run_cli("verify", ".", "--require", "stage:nope"), "level-0")
        self.assert_usage(self.run_cli("verify", ".", "--seed", "lucky"), "`--seed`", "not `lucky`")
        self.assert_usage(self.run_cli("verify", ".", "--sandbox", "maybe"), "require")
        self.assertEqual(self.run_cli("verify", ".", "--require", "everything").code, 2)
        error = self.run_cli("verify", "nowhere", "--format", "json")
        self.assertEqual((error.code, error.json()["error"]["exit"]), (2, 2))


if __name__ == "__main__":
    unittest.main()
