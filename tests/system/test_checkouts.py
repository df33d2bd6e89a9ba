"""Projects and sources behind links; checkouts that git writes otherwise than it records."""

from __future__ import annotations

import json
import shutil
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import CliTest, Outcome
from tiny_project import PROJECT, milestone, prints_check, tiny_library


class Links(CliTest):
    def setUp(self) -> None:
        super().setUp()
        library = tiny_library(
            self.root / "library",
            [milestone("only", prints_check("prints", "fine", seconds=60))],
            "",
            "",
        )
        self.env: dict[str, str | None] = {"MLPATH_LIBRARY": str(library)}
        self.project(self.folder / PROJECT)

    def project(self, place: Path) -> None:
        place.mkdir(parents=True)
        marker = {"format": 1, "project": PROJECT, "version": 1, "skeleton": {}}
        (place / ".mlpath-project.json").write_text(json.dumps(marker), encoding="utf-8")
        (place / "predict.py").write_text("# $Id$\nprint('fine')\n", encoding="utf-8")

    def workspace(self) -> None:
        (self.folder / ".mlpath").mkdir()
        settings = {"format": 1, "curricula": ["tiny"]}
        (self.folder / ".mlpath" / "workspace.json").write_text(json.dumps(settings))

    def behind_a_link(self) -> Path:
        elsewhere = self.root / "elsewhere"
        shutil.move(self.folder / PROJECT, elsewhere)
        (self.folder / PROJECT).symlink_to(elsewhere)
        return elsewhere

    def verify(self, *words: str, **options: Any) -> Outcome:
        return self.run_cli("verify", *words, env=self.env, **options)

    def test_a_project_behind_a_link_is_the_workspaces(self) -> None:
        self.workspace()
        elsewhere = self.behind_a_link()
        at_link = {**self.env, "PWD": str(self.folder / PROJECT)}
        answer = self.run_cli("check", env=at_link, cwd=elsewhere)
        self.assertEqual(answer.code, 0, answer.err)
        self.assertTrue(list((self.folder / ".mlpath" / "progress").glob("*.jsonl")))
        self.assertFalse((elsewhere / ".mlpath").exists())
        self.assertEqual(self.run_cli("check", PROJECT, env=self.env).code, 0)

    def test_verify_follows_no_link_and_says_so(self) -> None:
        elsewhere = self.behind_a_link()
        answer = self.verify(".")
        self.assert_usage(
            answer, f"`{PROJECT}` is a link, and verify follows no link out of a portfolio"
        )
        self.assertEqual(self.verify(PROJECT).code, 0)  # whoever names it means it
        self.project(self.folder / "other")
        report = self.verify(".", "--json").json()["portfolios"][0]
        self.assertEqual(report["links"], [PROJECT])
        self.assertIn(f"`{PROJECT}` is a link, and no link is followed", self.verify(".").out)
        self.assertNotIn(str(elsewhere), self.verify(".").out)

    def test_a_source_that_is_a_link_is_named(self) -> None:
        source = self.folder / PROJECT / "predict.py"
        shutil.move(source, self.root / "predict.py")
        source.symlink_to(self.root / "predict.py")
        report = self.verify(PROJECT, "--json").json()["portfolios"][0]
        self.assertEqual((report["links"], report["verdict"]), (["predict.py"], "fail"))
        answer = self.run_cli("check", PROJECT, env=self.env)
        self.assertIn("predict.py is a link, and mlpath takes only what lies in", answer.err)
        self.assertIn("cp -RL predict.py predict.py.copy", answer.err)

    def test_a_link_that_leads_nowhere_is_named(self) -> None:
        place = self.folder / "w"
        self.assertEqual(self.run_cli("init", str(place)).code, 0)
        (place / "text-analyzer").symlink_to("../gone")
        said = "text-analyzer is a link to ../gone, which is not there"
        for words in (["status"], ["next"], ["check", "text-analyzer"]):
            self.assertIn(said, self.run_cli(*words, cwd=place).err, words)

    def test_a_clean_checkout_is_clean_and_its_seed_is_the_commits(self) -> None:
        (self.folder / ".gitattributes").write_text("*.py text eol=crlf ident\n")
        self.git("init", "-q")
        self.git("add", ".")
        self.git("commit", "-qm", "x")
        for file in (self.folder / PROJECT).iterdir():
            file.unlink()
        self.git("checkout", "-q", ".")
        source = self.folder / PROJECT / "predict.py"
        self.assertIn(b"$\r\n", source.read_bytes())
        portfolio = self.verify(".", "--json").json()["portfolios"][0]
        self.assertEqual((portfolio["dirty"], portfolio["seed_from"]), (False, "the commit"))
        self.assertNotIn("commit_note", portfolio)
        source.write_text("print('fine')\n", encoding="utf-8")
        portfolio = self.verify(".", "--json").json()["portfolios"][0]
        self.assertEqual((portfolio["dirty"], portfolio["seed_from"]), (True, "the content"))
        self.assertEqual(portfolio["commit_note"], f"{PROJECT}/predict.py differs from it")


if __name__ == "__main__":
    unittest.main()
