"""`mlpath score`: what two files give, and what it asks, refuses and remarks."""

from __future__ import annotations

import gzip
import unittest

from mlpath_cli import CliTest, Outcome


class Score(CliTest):
    def score(self, truth: str | bytes, predictions: str | bytes, *words: str) -> Outcome:
        for name, content in [("t.csv", truth), ("p.csv", predictions)]:
            raw = content.encode() if isinstance(content, str) else content
            (self.folder / name).write_bytes(raw)
        return self.run_cli("score", "t.csv", "p.csv", *words)

    def test_a_header_that_pandas_made_up(self) -> None:
        """`0` above 0 and 1 could be a row: it asks; the flags and the other file decide."""
        truth, predictions = "0\n1\n0\n2\n1\n", "0\n1\n2\n2\n0\n"
        asked = self.score(truth, predictions, "-m", "accuracy")
        self.assertEqual(asked.code, 2)
        self.assertIn("above 4 rows, or the first of 5", asked.err)
        self.assertIn("--header (a name) or --no-header (a row)", asked.err)
        for words, rows in [(["--header"], 4), (["--no-header"], 5)]:
            told = self.score(truth, predictions, "-m", "accuracy", "--json", *words).json()
            self.assertEqual(told["rows"], rows)
        other = self.score(truth, "y\n1\n2\n2\n0\n", "-m", "accuracy", "--json")
        self.assertEqual(other.json()["rows"], 4)
        index = self.score(",0\n0,1\n1,0\n", ",0\n0,1\n1,1\n", "-m", "accuracy", "--json")
        self.assertEqual(index.json(), {"format": 1, "rows": 2, "metrics": {"accuracy": 0.5}})
        both = self.score(truth, predictions, "-m", "accuracy", "--header", "--no-header")
        self.assertEqual(both.code, 2)

    def test_years_as_names(self) -> None:
        table = "2019,2020\n1,2\n3,4\n"
        outcome = self.score(table, table, "-m", "mae", "--column", "2020", "--json")
        self.assertEqual(outcome.json()["rows"], 2)

    def test_labels_that_never_meet(self) -> None:
        same = self.score("y\n1\n0\n", "y\nTrue\nFalse\n", "-m", "accuracy")
        self.assertEqual((same.code, same.out.split()), (0, ["accuracy", "1"]))
        self.assertIn("note: `False` and `True` of the predictions are taken as", same.err)
        told = self.score("y\n1\n0\n", "y\nTrue\nFalse\n", "-m", "accuracy", "--json")
        self.assertEqual((told.err, len(told.json()["notes"])), ("", 1))
        for truth, predictions, cause in [
            ("y\n1\n0\n", "y\n0.7\n0.2\n", "are they probabilities? Ask for --metric roc_auc"),
            ("y\nYes\nno\n", "y\nyes\nNo\n", "differ only in capitals"),
            ("y\ncat\ndog\n", "y\n0\n1\n", "holds words and the predictions numbers"),
            ("y\n1\n0\nNA\n", "y\n1\n0\n0\n", "is a missing value"),
        ]:
            outcome = self.score(truth, predictions, "-m", "accuracy")
            self.assertEqual((outcome.code, outcome.out), (2, ""))
            self.assertIn(cause, " ".join(outcome.err.split()))

    def test_no_number_is_printed_that_is_none(self) -> None:
        for words in [["--json"], []]:
            outcome = self.score("y\n-1.7e308\n1\n", "y\n1.7e308\n1\n", "-m", "mse", *words)
            self.assertEqual(outcome.code, 2)
            self.assertNotIn("null", outcome.out)
            self.assertIn("beyond the largest number", outcome.out + outcome.err)

    def test_standard_input(self) -> None:
        (self.folder / "p.csv").write_text("y\na\nb\n")
        for words in [["-", "p.csv"], ["p.csv", "-"]]:
            outcome = self.run_cli("score", *words, "-m", "accuracy", stdin="y\na\na\n")
            self.assertEqual((outcome.code, outcome.out.split()), (0, ["accuracy", "0.5"]))
        self.assertEqual(self.run_cli("score", "-", "-", "-m", "accuracy").code, 2)
        short = self.run_cli("score", "-", "p.csv", "-m", "accuracy", stdin="y\na\n")
        self.assertIn("standard input has 1 row", short.err)

    def test_dialects(self) -> None:
        european = "y;name\n1,5;a\n2,5;b\n"
        for truth in [european, "sep=;\n" + european, "\ufeff" + european.replace("\n", "\r\n")]:
            outcome = self.score(truth, european, "-m", "mae", "--column", "y")
            self.assertEqual((outcome.code, outcome.out.split()), (0, ["mae", "0"]))
        pipes = european.replace(";", "|").replace(",", ".")
        for delimiter in ["|", "pipe"]:
            words = ["-m", "mae", "--column", "y", "--delimiter", delimiter]
            self.assertEqual(self.score(pipes, pipes, *words).code, 0)
        tabs = "y\tz\n1\t2\n"
        for delimiter in ["tab", "\\t", "\t"]:
            words = ["-m", "mae", "--column", "y", "--delimiter", delimiter]
            self.assertEqual(self.score(tabs, tabs, *words).code, 0)
        self.assertEqual(self.score(tabs, tabs, "-m", "mae", "--delimiter", "ab").code, 2)

    def test_other_formats_under_the_name(self) -> None:
        truth = "y\na\nb\n"
        packed = gzip.compress(truth.encode())
        self.assertEqual(self.score(truth, packed, "-m", "accuracy").code, 0)
        for content, name in [
            (gzip.compress(packed), "gzip data"),
            (truth.encode("utf-16"), "UTF-16"),
            (b"PAR1\x15\x04\x15\x10", "a Parquet file"),
            (b"PK\x03\x04" + b"\x14" * 26 + b"xl/workbook.xml", "an Excel workbook"),
            (b"PK\x03\x04" + b"\x14" * 26 + b"y.csv", "a zip archive"),
            (b"y\na\0b\nlong enough to be no UTF-16\n", "line 2: there is a zero byte"),
        ]:
            outcome = self.score(truth, content, "-m", "accuracy")
            self.assertEqual(outcome.code, 2)
            self.assertIn(name, outcome.err)

    def test_digits_for_people(self) -> None:
        """Six that count, no exponent where none is needed, and not 1 for what is nearly 1."""
        for truth, prediction, shown in [
            ("y\n3\n", "y\n1.5\n", "1.5"),
            ("y\n0.3333333333\n", "y\n0\n", "0.333333"),
            ("y\n12345678.9\n", "y\n0\n", "12345679"),
            ("y\n1.00000001\n", "y\n0\n", "1.00000001"),
            ("y\n0.0000001\n", "y\n0\n", "1e-07"),
        ]:
            outcome = self.score(truth, prediction, "-m", "mae")
            self.assertEqual(outcome.out.split(), ["mae", shown])

    def test_several_labels_and_weights(self) -> None:
        truth = "id,a,b,w\n1,1,0,1\n2,1,1,3\n"
        predictions = "id,a,b\n1,1,0\n2,1,0\n"
        words = ["--multilabel", "a", "b", "--weight", "w", "--json"]
        outcome = self.score(truth, predictions, "-m", "subset_accuracy", "f2_samples", *words)
        # The second row: 1 of 1 predicted and of 2 true: 5*1 / (1 + 4*2).
        values = outcome.json()["metrics"]
        self.assertEqual(values["subset_accuracy"], 0.25)
        self.assertAlmostEqual(values["f2_samples"], (1 + 3 * 5 / 9) / 4)
        moved = "id,a,b\n2,1,0\n1,1,0\n"
        refused = self.score(truth, moved, "-m", "subset_accuracy", *words[:3])
        self.assertEqual(refused.code, 2)
        self.assertIn("--key id", refused.err)


if __name__ == "__main__":
    unittest.main()
