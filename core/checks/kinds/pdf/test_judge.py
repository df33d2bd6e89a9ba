"""The kind `pdf`: what the judge says of the facts that its reader found."""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

from mlpath_check import Check, Failure

HERE = Path(__file__).resolve().parent
spec = importlib.util.spec_from_file_location("pdf_judge", HERE / "judge.py")
assert spec is not None and spec.loader is not None
pdf_judge = importlib.util.module_from_spec(spec)
sys.modules["pdf_judge"] = pdf_judge
spec.loader.exec_module(pdf_judge)

LINES = ["Sales report", "Total revenue: 4,012.35 EUR", "North  12  1,234.50", "South  7  800.00"]
BARS = {"kind": "drawing", "digest": "bars"}
IMAGE = {
    "kind": "image",
    "digest": "image",
    "pixels": [640, 480],
    "points": [300, 200],
    "huge": False,
    "blank": False,
}


def page(lines: list[str] = LINES, charts: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    return {"lines": lines, "text": "\n".join(lines), "charts": charts or [], "outside": []}


def facts(*pages: dict[str, Any]) -> dict[str, Any]:
    return {"pages": len(pages), "read": list(pages)}


class Judged(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "checks").mkdir()
        (self.root / "checks/sales.csv").write_text("region,revenue\nNorth,1\n")

    def judge(
        self, found: dict[str, Any], before: dict[str, Any] | None = None, **fields: Any
    ) -> Failure | None:
        """`found`: what is read with our files; `before`: with those of the learner."""
        fields = {"path": "report.pdf", "step": "report", "chart": False, **fields}
        runs: list[dict[str, Any]] = []

        def ask(request: dict[str, Any]) -> str:
            if request["do"] == "fields":
                return json.dumps({"ok": True, "fields": fields})
            if request["do"] == "step":
                with_ours = bool(request["files"]) or "files" not in fields
                runs.append(found if with_ours else before or found)
                return json.dumps({"ok": True, "run": len(runs) - 1, "printed": ""})
            self.assertEqual((request["do"], request["reader"]), ("read", "pages.py"))
            return json.dumps({"ok": True, "facts": runs[request["run"]]})

        try:
            pdf_judge.judge(Check(ask, self.root))
        except Failure as failure:
            return failure
        return None

    def assert_told(self, failure: Failure | None, *words: str) -> None:
        assert failure is not None, "it passed"
        told = " ".join((failure.message, failure.actual, failure.expected, failure.because))
        for word in words:
            self.assertIn(word, told)


FIGURES = [{"label": "Total revenue", "equals": 4012.35, "decimals": 2}]
OURS = {"sales.csv": "checks/sales.csv"}


class Unreadable(Judged):
    def test_each_problem_has_its_sentence(self) -> None:
        for which, words in (
            ("empty", "is empty: it has 0 bytes"),
            ("other", "is no PDF but a PNG image"),
            ("damaged", "cannot be read as a PDF: a PNG image"),
            ("encrypted", "is encrypted"),
            ("circle", "leads back to itself"),
            ("large", "far too large"),
            ("slow", "more than 10 s of processor time"),
            ("text", "more text than is read"),
        ):
            with self.subTest(which=which):
                failure = self.judge({"problem": which, "said": "a PNG image"})
                self.assert_told(failure, words)
        self.assertEqual(len(pdf_judge.PROBLEMS), 8)

    def test_too_many_pages_and_none(self) -> None:
        self.assert_told(self.judge({"pages": 10000, "read": []}), "has 10,000 pages; at most 100")
        self.assert_told(self.judge({"pages": 20001, "read": []}), "more than 20,000 pages")
        self.assert_told(self.judge(facts()), "has no page")


class Pages(Judged):
    def test_how_many(self) -> None:
        self.assertIsNone(self.judge(facts(page(), page()), pages={"min": 2, "max": 2}))
        self.assert_told(self.judge(facts(page()), pages={"min": 2}), "has 1 page", "at least 2")
        self.assert_told(
            self.judge(facts(page(), page()), pages={"max": 1}), "has 2 pages", "at most 1 page"
        )


class Text(Judged):
    def test_what_it_says(self) -> None:
        self.assertIsNone(self.judge(facts(page()), text=[{"has": "SALES report"}]))
        self.assert_told(self.judge(facts(page()), text=[{"has": "Rows"}]), "lacks the text `Rows`")
        unwanted = [{"lacks": "north", "because": "It was left."}]
        self.assert_told(self.judge(facts(page()), text=unwanted), "has the text", "It was left.")

    def test_a_figure(self) -> None:
        self.assertIsNone(self.judge(facts(page()), figures=FIGURES))
        other = [{"label": "Total revenue", "equals": 5000.0, "decimals": 2, "because": "Cents."}]
        failure = self.judge(facts(page()), figures=other)
        self.assert_told(failure, "another figure for `Total revenue`", "4,012.35 EUR", "Cents.")
        absent = [{"label": "Profit", "equals": 1, "decimals": 2}]
        self.assert_told(self.judge(facts(page()), figures=absent), "does not say `Profit`")


class HardCoded(Judged):
    changed = ["Sales report", "Total revenue: 5,000.00 EUR", "North  9  4,200.00"]

    def test_a_total_that_follows_the_data(self) -> None:
        figures = [{"label": "Total revenue", "equals": 5000, "decimals": 2}]
        found = facts(page(self.changed))
        self.assertIsNone(self.judge(found, facts(page()), files=OURS, figures=figures))

    def test_a_total_that_stays(self) -> None:
        figures = [{"label": "Total revenue", "equals": 5000, "decimals": 2, "because": "Other."}]
        failure = self.judge(facts(page()), facts(page()), files=OURS, figures=figures)
        self.assert_told(failure, "does not follow the data", "hard-coded", "`sales.csv`")

    def test_a_total_that_is_wrong_otherwise(self) -> None:
        figures = [{"label": "Total revenue", "equals": 5001, "decimals": 2, "because": "Other."}]
        found = facts(page(self.changed))
        failure = self.judge(found, facts(page()), files=OURS, figures=figures)
        self.assert_told(failure, "another figure", "Other.")

    def test_a_row_that_stays(self) -> None:
        table = "checks/right.csv"
        (self.root / table).write_text("region,orders,revenue\nNorth,9,4200.00\n")
        found = facts(page(self.changed))
        self.assertIsNone(self.judge(found, facts(page()), files=OURS, table=table))
        failure = self.judge(facts(page()), facts(page()), files=OURS, table=table)
        self.assert_told(failure, "`North` in `report.pdf` does not follow the data", "hard-coded")

    def test_a_chart_that_stays(self) -> None:
        still, moved = facts(page(charts=[BARS])), facts(page(charts=[{**BARS, "digest": "b"}]))
        self.assertIsNone(self.judge(moved, still, files=OURS, chart=True))
        failure = self.judge(still, still, files=OURS, chart=True)
        self.assert_told(failure, "the chart in `report.pdf` does not follow the data")


class Table(Judged):
    def test_each_row_on_a_line(self) -> None:
        table = "checks/right.csv"
        for text, told in (
            ("region,orders,revenue\nNorth,12,1234.50\nSouth,7,800.00\n", ""),
            ("region,orders,revenue\nNorth,12,1234.51\n", "the row `North`"),
            ("region,orders,revenue\nWest,12,1234.50\n", "has no row `West`"),
        ):
            with self.subTest(text=text):
                (self.root / table).write_text(text)
                failure = self.judge(facts(page()), table=table)
                if told:
                    self.assert_told(failure, told)
                else:
                    self.assertIsNone(failure)


class Chart(Judged):
    def test_what_is_one(self) -> None:
        for chart in (BARS, IMAGE):
            self.assertIsNone(self.judge(facts(page(charts=[chart])), chart=True))

    def test_what_is_none(self) -> None:
        for charts, told in (
            ([], "has no chart"),
            ([{**IMAGE, "blank": True}], "page 1 of `report.pdf` is blank"),
            ([{**IMAGE, "points": [300, 20]}], "measures 300 by 20 points"),
            ([{**IMAGE, "huge": True, "pixels": [100_000, 100_000]}], "100,000 by 100,000 pixels"),
        ):
            with self.subTest(told=told):
                self.assert_told(self.judge(facts(page(charts=charts)), chart=True), told)


if __name__ == "__main__":
    unittest.main()
