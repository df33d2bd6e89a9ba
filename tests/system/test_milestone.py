"""A milestone is told when it comes up: by `show` in full, and by `check` where it is open."""

from __future__ import annotations

import unittest
from pathlib import Path

from mlpath_cli import CliTest, ProjectTest
from tiny_project import milestone, prints_check, tiny_library

PROJECT = "text-analyzer"
MOST_WORDS = 1000
FORMULA = "words per sentence, plus the percentage of long words"


def flat(text: str) -> str:
    return " ".join(text.split())


class Brief(ProjectTest):
    def test_it_has_the_story_and_the_way_in_few_words(self) -> None:
        brief = (self.project / "BRIEF.md").read_text(encoding="utf-8")
        self.assertLessEqual(len(brief.split()), MOST_WORDS)
        self.assertIn("1. **Take the text apart**: Fill in `words` in `textstats.py`", brief)
        self.assertIn(f"`mlpath show {PROJECT} 1` tells exactly what milestone 1 asks", brief)
        self.assertNotIn("{{", brief)
        self.assertNotIn(FORMULA, brief)


class Show(ProjectTest):
    def test_a_milestone_is_told_in_full(self) -> None:
        told = self.run_cli("show", PROJECT, "4")
        self.assertEqual((told.code, told.err), (0, ""))
        self.assertTrue(told.out.startswith("4. Put figures on it\nFill in `statistics`: six"))
        for part in (
            FORMULA,
            "`statistics(text: str) -> dict[str, float]` in `textstats.py`",
            "What is checked - `statistics` gives the six figures by their formulas",
            f"mlpath check {PROJECT} 4",
            f"mlpath hint {PROJECT} --milestone 4",
        ):
            self.assertIn(part, flat(told.out))
        self.assert_calm(told.out)

    def test_the_details_of_each_check_and_how_to_look(self) -> None:
        shown = self.run_cli("show", PROJECT, "cli").out
        self.assertIn("\n    python3 analyze.py FILE [--top N] [--json]\n", shown)
        told = flat(shown)
        for part in (
            "we run `python3 analyze.py absent.txt`; it has 10 seconds, and ends with exit code 2",
            "How to look",
            "Run `python3 analyze.py absent.txt; echo $?`: the last line is the exit code.",
        ):
            self.assertIn(part, told)

    def test_a_milestone_has_many_names(self) -> None:
        whole = self.run_cli("show", PROJECT, "2").out
        for name in ("counts", "cou", "Count and rank", "count"):
            self.assertEqual(self.run_cli("show", PROJECT, name).out, whole, name)
        # In the project's folder the project may be left out.
        for name in ("2", "counts", "count a"):
            self.assertEqual(self.run_cli("show", name, cwd=self.project).out, whole, name)
        page = self.run_cli("show", PROJECT).out
        self.assertEqual(self.run_cli("show", cwd=self.project).out, page)
        self.assertIn(f"mlpath show {PROJECT} 1", page)

    def test_json_has_the_same_facts(self) -> None:
        told = self.run_cli("show", PROJECT, "counts", "--json").json()
        self.assertEqual((told["format"], set(told)), (1, {"format", "milestone"}))
        facts = told["milestone"]
        self.assertEqual(
            (facts["project"], facts["number"], facts["of"], facts["id"], facts["hints"]),
            (PROJECT, 2, 7, "counts", 3),
        )
        self.assertEqual(
            [call["name"] for call in facts["calls"]],
            ["textstats.count_words", "textstats.most_common"],
        )
        self.assertEqual([c["id"] for c in facts["checks"]], ["counts", "ranking", "ties"])
        self.assertIn("**deterministic**", facts["task"])

    def test_what_cannot_be_shown(self) -> None:
        listed = (
            "its milestones are `words`, `counts`, `sentences`, `statistics`, `cli`, `report` and"
            " `chart`"
        )
        for command in (
            ("show", PROJECT, "xyz"),
            ("check", PROJECT, "xyz"),
            ("hint", PROJECT, "--milestone", "xyz"),
        ):
            outcome = self.run_cli(*command)
            self.assert_usage(outcome, f"`{PROJECT}` has no milestone `xyz`")
            self.assertIn(listed, flat(outcome.err))
        self.assert_usage(self.run_cli("show", PROJECT, "8"), "or 1 to 7")
        self.assert_usage(self.run_cli("show", PROJECT, "wrods"), "did you mean `words`?")
        self.assert_usage(self.run_cli("show", PROJECT, "s"), "`sentences` and `statistics`")
        self.assert_usage(self.run_cli("show", "numpy", "1"), "is no project")
        self.assert_usage(self.run_cli("show", "titanci", "1"), "did you mean `titanic`?")
        self.assert_usage(self.run_cli("show"), "this is not a project folder")
        self.assert_usage(self.run_cli("show", "8", cwd=self.project), "nothing is called `8`")

    def test_what_is_planned_says_so(self) -> None:
        self.assertIn("planned", self.run_cli("show", "hello-flask", "1").out)

    def test_it_is_known_to_completion_and_help(self) -> None:
        ids = ["words", "counts", "sentences", "statistics", "cli", "report", "chart"]

        def offered(*words: str, cwd: Path | None = None) -> list[str]:
            lines = self.run_cli("__complete", *words, cwd=cwd).out.splitlines()
            return [line.split("\t")[0] for line in lines]

        self.assertEqual(offered("show", PROJECT, ""), ids)
        self.assertEqual(offered("check", PROJECT, "s"), ["sentences", "statistics"])
        self.assertEqual(offered("hint", "--milestone", "", cwd=self.project), ids)
        self.assertEqual(offered("hint", "--milestone", ""), [])
        self.assertIn("[MILESTONE]", self.run_cli("help", "show").out)


class Check(ProjectTest):
    def test_the_open_milestone_is_told(self) -> None:
        outcome = self.run_cli("check", cwd=self.project)
        self.assertEqual(outcome.code, 1)
        self.assertIn(
            "fail  Take the text apart\n      Fill in `words` in `textstats.py`", outcome.out
        )
        self.assertIn(f"    mlpath show {PROJECT} 1\n", outcome.out)
        opened = self.run_cli("check", "--json", cwd=self.project).json()["open"]
        self.assertEqual(
            (opened["number"], opened["id"], opened["told_by"]),
            (1, "words", f"mlpath show {PROJECT} 1"),
        )

    def test_a_number_or_a_beginning_is_a_milestone(self) -> None:
        for words in (
            ("check", "3"),
            ("check", "sent"),
            ("check", PROJECT, "3"),
            ("check", PROJECT, "Find"),
        ):
            answer = self.run_cli(*words, "--json", cwd=self.project).json()
            self.assertEqual([m["id"] for m in answer["milestones"]], ["sentences"])
            self.assertEqual(answer["open"]["number"], 3)
        hint = self.run_cli("hint", "--milestone", "3", "--json", cwd=self.project).json()
        self.assertEqual(hint["milestone"], "sentences")

    def test_nothing_is_open_once_all_passes(self) -> None:
        self.assertEqual(self.run_cli("solution", PROJECT, "--apply").code, 0)
        outcome = self.run_cli("check", cwd=self.project)
        self.assertEqual(outcome.code, 0, outcome.out)
        self.assertNotIn("mlpath show", outcome.out)
        self.assertIsNone(self.run_cli("check", "--json", cwd=self.project).json()["open"])


class Guest(CliTest):
    """A library whose brief has no parts, or wrong ones."""

    def show(self, brief: str) -> None:
        library = tiny_library(
            self.root / "library",
            [milestone("one", prints_check("a", "x")), milestone("two", prints_check("b", "y"))],
            "",
            "",
        )
        (library / "templates/tally/brief.md").write_text(brief, encoding="utf-8")
        self.told = self.run_cli("show", "tally", "2", "--library", str(library))

    def test_without_parts_the_checks_are_told(self) -> None:
        self.show("# A tally\n\n{{checked}}\n")
        self.assertEqual((self.told.code, self.told.err), (0, ""))
        self.assertIn("we run `python3 predict.py`", self.told.out)

    def test_a_part_is_told_at_its_milestone(self) -> None:
        self.show(
            "{{checked}}\n\n### {{one}}\n\nFirst.\n\n### {{two}}\n\n1. Then `this`.\n2. That.\n"
        )
        self.assertIn("\n1. Then `this`.\n2. That.\n", self.told.out)
        self.assertNotIn("First.", self.told.out)

    def test_a_part_for_no_milestone(self) -> None:
        self.show("{{checked}}\n\n### {{three}}\n\nFirst.\n")
        self.assert_usage(self.told, "for the milestone `three`, which the project does not have")
        self.assertIn("brief.md", self.told.err)


if __name__ == "__main__":
    unittest.main()
