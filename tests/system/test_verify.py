"""Portfolios proved from scratch, and the reports about them."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from junit_rules import faults_of
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
        for form, begins in (
            ("junit", "<?xml"),
            ("markdown", "#"),
            ("json", "{"),
            ("csv", "\ufeff"),
            ("html", "<!DOCTYPE"),
        ):
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

    def test_a_dash_is_standard_output(self) -> None:
        for form, begins in (
            ("text", "text-analyzer"),
            ("junit", "<?xml"),
            ("json", "{"),
            ("markdown", "# "),
            ("github", "::"),
            ("csv", "\ufeffportfolio,"),
            ("html", "<!DOCTYPE html>"),
        ):
            with self.subTest(form):
                outcome = self.run_cli("verify", PROJECT, "--format", form, "--output", "-")
                plain = self.run_cli("verify", PROJECT, "--format", form)
                self.assertTrue(outcome.out.startswith(begins), outcome.out[:200])
                self.assertEqual(len(outcome.out.splitlines()), len(plain.out.splitlines()))
                self.assertFalse((self.folder / "-").exists())

    def test_a_failure_carries_the_line_that_it_names(self) -> None:
        source = self.project / "textstats.py"
        lines = source.read_text(encoding="utf-8").count("\n")
        source.write_text(source.read_text(encoding="utf-8") + "def broken(:\n", encoding="utf-8")
        words = ("verify", ".", "--cache")
        for _ in range(2):  # found now, and remembered
            report = self.run_cli(*words, "--format", "json").json()
            (project,) = report["portfolios"][0]["projects"]
            told = [check for part in project["milestones"] for check in part["checks"]]
            named = [check for check in told if check.get("line")]
            self.assertTrue(named)
            for check in named:
                self.assertEqual(
                    (check["file"], check["line"], check["column"]), ("textstats.py", lines + 1, 12)
                )
        github = self.run_cli(*words, "--format", "github").out.splitlines()
        at = f"::error file={PROJECT}/textstats.py,line={lines + 1},col=12,"
        self.assertTrue(github[0].startswith(at), github[0])
        self.assertEqual(sum("is not valid Python" in line for line in github), 1)
        self.assertEqual([line for line in github if line.startswith("::warning")], [])
        junit = self.run_cli(*words, "--format", "junit").out
        self.assertEqual(faults_of(junit), [])
        self.assertIn(f">{PROJECT}/textstats.py:{lines + 1}&#10;", junit)

    def test_junit_is_what_jenkins_takes(self) -> None:
        self.run_cli("solution", PROJECT, "--apply")
        for words in ((), ("--require", "own", "--require", "project:iris")):
            report = self.run_cli("verify", ".", "--format", "junit", *words).out
            self.assertEqual(faults_of(report), [])
            suite = ElementTree.fromstring(report)[0]
            self.assertRegex(suite.get("timestamp", ""), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$")
            if words:
                continue  # the project is not demanded, so nothing was run
            self.assertGreater(float(suite.get("time", "0")), 0)
            cases = suite.findall("testcase")
            self.assertTrue(all(float(case.get("time", "-1")) >= 0 for case in cases))

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
