"""The kind `pdf`: how text and figures are found in what a PDF says."""

from __future__ import annotations

import unittest

from lines import Document, follows


class Figures(unittest.TestCase):
    def test_any_usual_notation_of_a_number(self) -> None:
        right = [
            "Total 4012.35", "Total: 4,012.35 EUR", "Total 4.012,35 €", "TOTAL $4 012.35",
            "Total 4'012.35", "Total 4\u202f012,35", "Total 4012.350", "x Total  4,012.35.",
        ]  # fmt: skip
        wrong = [
            "Total 4012.36", "Total 14,012.35", "Total 4012.351", "Total 4,012", "Total 401.235",
            "Total -4,012.35", "Total 34012.35", "4012.35 Total", "Subtotal 4012.35", "Total",
        ]  # fmt: skip
        for line in right:
            self.assertTrue(follows(line, ["Total", "4012.35"]), line)
        for line in wrong:
            self.assertFalse(follows(line, ["Total", "4012.35"]), line)

    def test_negative_and_whole_numbers(self) -> None:
        for cell, line, there in (
            ("-7.50", "Refund -7.5", True),
            ("-7.50", "Refund (7.50)", True),
            ("-7.50", "Refund \u22127,50", True),
            ("-7.50", "Refund 7.50", False),
            ("1200", "Sum 1,200", True),
            ("1200", "Sum 1,200.00", True),
            ("1200", "Sum 1,200.50", False),
            ("0.05", "Share 0.05", True),
            ("12", "Orders 12", True),
            ("12", "Orders 2012", False),
        ):
            with self.subTest(cell=cell, line=line):
                self.assertEqual(follows(line, [cell]), there)

    def test_cells_stand_in_order(self) -> None:
        line = "North   12   1,234.50   Ada"
        self.assertTrue(follows(line, ["North", "12", "1234.50"]))
        self.assertTrue(follows(line, ["North", "1234.5", ""]))
        self.assertFalse(follows(line, ["North", "1234.50", "12"]))
        self.assertFalse(follows(line, ["Nor", "12"]))


class Texts(unittest.TestCase):
    page = (["Sales   report", "Total revenue", "4,012.35", "Region  Orders", "North  12"], "")

    def test_a_text_is_found_across_lines_and_cases(self) -> None:
        document = Document([self.page, ([], "Written\ntwice over")])
        for text in ("sales report", "report total", "twice over", "written twice"):
            self.assertTrue(document.has(text), text)
        self.assertFalse(document.has("north 13"))

    def test_a_figure_below_its_label(self) -> None:
        document = Document([self.page])
        self.assertEqual(document.after("Total revenue"), ["4,012.35"])
        self.assertEqual(document.after("North"), ["12"])
        self.assertEqual(document.after("revenue report"), [])
        self.assertEqual(document.after("Tot"), [])

    def test_rows_begin_with_their_key(self) -> None:
        lines = ["Sales of the North", "North  12", "South  7"]
        found = Document([(lines, "")]).beginning_with("north")
        self.assertEqual(found[0], "North  12")


if __name__ == "__main__":
    unittest.main()
