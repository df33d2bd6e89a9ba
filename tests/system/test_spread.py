"""`mlpath check --spread`: how an improvement varies across splits, beside the solution's."""

from __future__ import annotations

import re
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import ESCAPE, CliTest, Outcome
from test_author import OFTEN, PREDICTS
from tiny_project import PROJECT, SCORE, SPLIT_DATA, milestone, prints_check, tiny_library

STEPS = [{"id": "predict", "run": ["{python}", "predict.py"], "writes": ["predictions.csv"]}]
SECRET = "print('how the solution does it')"
BEGUN = "print('begun')\n"
RIGHT = BEGUN + PREDICTS.replace("{right}", "True")
LUCKY = BEGUN + PREDICTS.replace("{right}", OFTEN)


class SpreadTest(CliTest):
    def setUp(self) -> None:
        super().setUp()
        library = tiny_library(
            self.root / "library",
            [milestone("first", prints_check("runs", "begun")), milestone("second", SCORE)],
            skeleton=BEGUN,
            solution=f"{SECRET}\n{RIGHT}",
            data=[SPLIT_DATA],
            steps=STEPS,
        )
        self.library = str(library)
        self.project = self.folder / PROJECT

    def begin(self, program: str) -> None:
        made = self.run_cli("new", PROJECT, "--library", self.library, cwd=self.folder)
        self.assertEqual((made.code, made.err), (0, ""))
        (self.project / "predict.py").write_text(program, encoding="utf-8")

    def check(self, *words: str) -> Outcome:
        words = ("check", *words, "--library", self.library)
        return self.run_cli(*words, cwd=self.project)

    def spread(self, *words: str) -> dict[str, Any]:
        outcome = self.check("--spread", "--json", *words)
        self.assertNotIn("how the solution", outcome.out)
        return outcome.json()["spread"]

    def test_both_are_drawn_on_the_same_splits(self) -> None:
        self.begin(LUCKY)
        spread = self.spread()
        self.assertEqual(spread["splits"], 20)
        (one,) = spread["improvements"]
        self.assertEqual(
            (one["milestone"], one["check"], one["metric"], one["required"]),
            ("second", "score", "accuracy", 0.3),
        )
        yours, solution = one["yours"], one["solution"]
        self.assertEqual(solution["improvements"], [0.5] * 20)
        self.assertEqual(solution["reached"], 20)
        self.assertEqual(set(yours["improvements"]), {0.0, 0.5})
        self.assertEqual((yours["smallest"], yours["largest"]), (0, 0.5))
        lost = yours["improvements"].count(0.0)
        self.assertEqual((yours["reached"], one["better"], one["worse"]), (20 - lost, 0, lost))

        told = self.check("--spread")
        self.assert_calm(told.out)
        self.assertIsNone(ESCAPE.search(told.out))
        self.assertNotIn("how the solution", told.out)
        rows = dict(re.findall(r"^  (yours|solution) +([-o8@|]+)$", told.out, re.MULTILINE))
        self.assertEqual(len(rows["yours"]), len(rows["solution"]))
        self.assertEqual(rows["yours"][0], "@")
        self.assertEqual(rows["solution"].strip("-|"), "@")
        self.assertIn("| is the required improvement (0.300)", told.out)
        self.assertIn("0.000 to 0.500", told.out)
        self.assertIn(f"yours is better in 0, and worse in {lost}.", told.out)
        self.assertIn("that is luck", told.out)
        self.assertNotIn("lift", told.out)
        # The verdict is that of a check without it.
        self.assertEqual(told.code, self.check().code)

    def test_over_as_many_splits_as_are_asked_for(self) -> None:
        self.begin(RIGHT)
        for splits in (1, 5):
            (one,) = self.spread("--splits", str(splits), "second")["improvements"]
            self.assertEqual(one["yours"]["improvements"], [0.5] * splits)
            self.assertEqual((one["better"], one["worse"]), (0, 0))
        told = self.check("--spread")
        self.assertNotIn("luck", told.out)
        self.assertNotIn("spread", self.check("--json").json())

    def test_it_fits_the_terminal(self) -> None:
        self.begin(LUCKY)
        for columns in (40, 80):
            words = ("check", "--spread", "--library", self.library)
            shown = self.run_pty(*words, columns=columns, cwd=self.project).out
            picture = ESCAPE.sub("", shown[shown.index("Variation across splits") :])
            for line in picture.split("done")[0].splitlines():
                self.assertLessEqual(len(line.strip("\r")), columns, line)

    def test_what_failed_before_it_was_measured_is_not_drawn(self) -> None:
        self.begin(BEGUN)
        told = self.check("--spread")
        self.assertIn("There is nothing to draw yet", told.out)
        self.assertEqual(self.spread(), {"splits": 20, "improvements": []})

    def test_what_cannot_be_drawn(self) -> None:
        self.begin(RIGHT)
        outcome = self.check("--splits", "4")
        self.assert_usage(outcome, "`--splits` goes with `--spread`")
        self.assert_usage(self.check("--spread", "--splits", "201"), "`--splits`")
        plain = tiny_library(
            Path(self.root / "plain"),
            [milestone("first", prints_check("runs", "one"))],
            skeleton="print('todo')\n",
            solution="print('one')\n",
        )
        elsewhere = self.folder / "plain"
        self.run_cli("new", PROJECT, str(elsewhere), "--library", str(plain), cwd=self.folder)
        told = self.run_cli("check", "--spread", "--library", str(plain), cwd=elsewhere)
        self.assertIn("There is nothing to draw: no check of `tally` measures", told.out)


if __name__ == "__main__":
    unittest.main()
