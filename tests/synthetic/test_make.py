"""make.py and mlpath_synthetic.py: what generators may write, and what they are made of."""

from __future__ import annotations

import gzip
import math
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from contextlib import closing
from pathlib import Path

PYTHON = Path(__file__).resolve().parents[2] / "core/data/python"
sys.path.insert(0, str(PYTHON))

import mlpath_synthetic as synthetic  # noqa: E402
from mlpath_synthetic import Draw, Quantiles, Weights  # noqa: E402

BEGIN = "from mlpath_synthetic import Draw, Files, csv\n\ndef make(draw):\n    "


class Making(unittest.TestCase):
    """make.py as mlpath runs it."""

    def make(self, script: str, seed: str = "7") -> tuple[int, str, dict[str, bytes], list[str]]:
        """Status, stderr, the files made, and what else lies beside their folder."""
        with tempfile.TemporaryDirectory() as work:
            (Path(work) / "script.py").write_text(script, encoding="utf-8")
            folder = Path(work) / "made"
            folder.mkdir()
            command = [sys.executable, "-I", "-S", "-B", PYTHON / "make.py"]
            done = subprocess.run(
                [*command, "script.py", seed, folder], cwd=work, capture_output=True, text=True
            )
            made = {
                path.relative_to(folder).as_posix(): path.read_bytes()
                for path in folder.rglob("*")
                if path.is_file()
            }
            beside = sorted({path.name for path in Path(work).iterdir()} - {"script.py", "made"})
            return done.returncode, done.stderr, made, beside

    def test_writes_what_make_yields(self) -> None:
        status, told, made, beside = self.make(
            BEGIN + 'yield "a/b.csv", csv([("x",), (draw.integer(1, 6),)])\n    yield "c", b"\\0"'
        )
        self.assertEqual((status, told, beside), (0, "", []))
        self.assertEqual(made, {"a/b.csv": b"x\n2\n", "c": b"\0"})

    def test_sends_what_make_yields_where_the_folder_is_a_hyphen(self) -> None:
        with tempfile.TemporaryDirectory() as work:
            script = Path(work) / "script.py"
            script.write_text(BEGIN + 'yield "a/b", b"x\\n"\n    yield "c", b""', encoding="utf-8")
            command = [sys.executable, "-I", "-S", "-B", PYTHON / "make.py", script, "7", "-"]
            done = subprocess.run(command, cwd=work, capture_output=True, check=True)
            self.assertEqual(done.stdout, b"2 a/b\nx\n0 c\n")
            self.assertEqual([path.name for path in Path(work).iterdir()], ["script.py"])

    def test_refuses_a_path_that_is_not_in_the_folder(self) -> None:
        for path in ("../out", "/tmp/mlpath-out", "a/../../out", "..", ".", "", "a\\b"):
            with self.subTest(path=path):
                status, told, made, beside = self.make(BEGIN + f'yield {path!r}, b""')
                self.assertEqual((status, made, beside), (1, {}, []))
                self.assertIn(f"`make` gave the path {path!r}, which is not one below", told)
        self.assertFalse(Path("/tmp/mlpath-out").exists())

    def test_refuses_a_path_that_comes_twice(self) -> None:
        status, told, _, _ = self.make(BEGIN + 'yield "a", b"1"\n    yield "a", b"2"')
        self.assertEqual(status, 1)
        self.assertIn("`make` gave the path 'a' twice", told)

    def test_says_what_is_wrong_with_the_script(self) -> None:
        for script, seed, words in (
            ("x = 1", "7", "it has no function `make`"),
            (BEGIN + 'yield "a", b""', "-7", "usage: make.py"),
            (BEGIN + 'yield "a", b""', "x", "usage: make.py"),
            (BEGIN + "import numpy\n    yield", "7", "ModuleNotFoundError"),
        ):
            with self.subTest(words=words):
                status, told, made, _ = self.make(script, seed)
                self.assertEqual((status, made), (1, {}))
                self.assertIn(words, told)


class Parts(unittest.TestCase):
    """What generators are made of."""

    def test_functions_are_those_of_math(self) -> None:
        for step in range(-400, 401):
            x = step / 20
            self.assertAlmostEqual(synthetic.exp(x) / math.exp(x), 1, places=12)
            self.assertAlmostEqual(synthetic.sin(x), math.sin(x), places=12)
            self.assertAlmostEqual(synthetic.cos(x), math.cos(x), places=12)
            normal = (1 + math.erf(x / math.sqrt(2))) / 2
            self.assertAlmostEqual(synthetic.below(x), normal, delta=0.0002)
        for x in (1e-300, 1e-9, 0.1, 0.5, 1.0, 2.0, 3.0, 1e9, 1e300):
            self.assertAlmostEqual(synthetic.log(x), math.log(x), places=11)
        self.assertAlmostEqual(synthetic.power(2.0, 0.5), math.sqrt(2), places=12)

    def test_draws_are_the_same_everywhere(self) -> None:
        draw = Draw(7)
        self.assertEqual(draw.uniform(), 0.32383276483316237)
        self.assertEqual([draw.integer(1, 6) for _ in range(8)], [1, 4, 1, 4, 3, 1, 4, 1])
        self.assertEqual(draw.shuffled("abcde"), list("bedac"))
        self.assertEqual(f"{draw.normal():.12f}", "0.037989253508")

    def test_draws_are_spread_as_they_should(self) -> None:
        draw = Draw(1)
        normal = [draw.normal(10, 2) for _ in range(20000)]
        mean = sum(normal) / len(normal)
        self.assertAlmostEqual(mean, 10, delta=0.05)
        spread = math.sqrt(sum((x - mean) * (x - mean) for x in normal) / len(normal))
        self.assertAlmostEqual(spread, 2, delta=0.05)
        sides = [draw.of(Weights({"heads": 3, "never": 0, "tails": 1})) for _ in range(20000)]
        self.assertAlmostEqual(sides.count("heads") / 20000, 0.75, delta=0.01)
        self.assertNotIn("never", sides)
        self.assertEqual({draw.integer(2, 4) for _ in range(200)}, {2, 3, 4})
        self.assertEqual(sorted(draw.shuffled(range(9))), list(range(9)))

    def test_some_takes_exactly_so_many_and_the_heavy_sooner(self) -> None:
        draw = Draw(1)
        taken = [draw.some(10, [1.0] * 50 + [9.0] * 50) for _ in range(200)]
        self.assertEqual({len(places) for places in taken}, {10})
        heavy = sum(place >= 50 for places in taken for place in places)
        self.assertAlmostEqual(heavy / 2000, 0.89, delta=0.03)

    def test_quantiles_are_linear_between(self) -> None:
        ages = Quantiles({0: 10, 0.5: 20, 1: 40})
        for share, age in ((0, 10), (0.25, 15), (0.5, 20), (0.75, 30), (0.999, 39.96)):
            self.assertAlmostEqual(ages.at(share), age)
        self.assertEqual(Weights({"a": 1, "b": 1}).at(0.9999999999999999), "b")

    def test_top_takes_the_first_of_equals(self) -> None:
        self.assertEqual(synthetic.top(2, [1.0, 3.0, 1.0, 2.0]), {1, 3})
        self.assertEqual(synthetic.top(3, [1.0, 3.0, 1.0, 2.0]), {0, 1, 3})

    def test_cells_are_quoted_where_needed(self) -> None:
        row = ["a,b", 'say "x"', "two\nlines", None, 0.1, 3, "plain"]
        self.assertEqual(synthetic.csv([row]), b'"a,b","say ""x""","two\nlines",,0.1,3,plain\n')
        self.assertEqual(
            synthetic.csv([["a\tb", 'x"y']], delimiter="\t", quote="", end="\r\n"), b'a\tb\tx"y\r\n'
        )

    def test_numbers_are_plain(self) -> None:
        for number, digits, text in (
            (22.0, 2, "22"),
            (0.42, 2, "0.42"),
            (7.925, 4, "7.925"),
            (1200.0, 0, "1200"),
            (-0.001, 2, "0"),
        ):
            self.assertEqual(synthetic.plain(number, digits), text)

    def test_gzip_without_compression_is_gzip(self) -> None:
        for content in (b"", b"abc", bytes(65535), b"x" * 200_000):
            self.assertEqual(gzip.decompress(synthetic.stored_gzip(content)), content)
        self.assertEqual(synthetic.idx((2,), b"\1\2"), b"\0\0\x08\x01\0\0\0\x02\1\2")


class Database(unittest.TestCase):
    """What `sqlite` writes, read by SQLite itself."""

    def read(self, rows: list, query: str) -> tuple[list, list]:
        """What SQLite finds wrong with it, and its answer."""
        columns = "k INTEGER NOT NULL, word TEXT, share REAL, PRIMARY KEY (k)"
        sql = f"CREATE TABLE t ({columns})"
        index = ("words", "CREATE INDEX words ON t (word)", (1,))
        content = synthetic.sqlite([synthetic.Table("t", sql, rows, 0, [index])])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "made.sqlite"
            path.write_bytes(content)
            with closing(sqlite3.connect(path)) as base:
                faults = base.execute("PRAGMA integrity_check").fetchall()
                return faults, base.execute(query).fetchall()

    def test_rows_come_back(self) -> None:
        rows = [[1, "caf\u00e9", 0.5], [2, None, None], [300, "", -7.25], [1 << 40, "x" * 900, 1e9]]
        faults, found = self.read(rows, "SELECT * FROM t ORDER BY k")
        self.assertEqual(faults, [("ok",)])
        self.assertEqual(found, [tuple(row) for row in rows])

    def test_many_pages_and_their_index(self) -> None:
        for count in (0, 1, 100, 101, 5000):
            rows = [[n, f"word {n * 7919 % 5003}", n / 4] for n in range(1, count + 1)]
            faults, found = self.read(rows, "SELECT COUNT(*), SUM(k) FROM t INDEXED BY words")
            self.assertEqual(faults, [("ok",)], count)
            self.assertEqual(found, [(count, sum(range(count + 1)) or None)])

    def test_too_much(self) -> None:
        for rows, words in (
            ([["x" * 5000]], "too long for one page"),
            ([["x" * 3000]] * 3000, "two levels"),
        ):
            with self.assertRaisesRegex(ValueError, words):
                synthetic.sqlite([synthetic.Table("t", "CREATE TABLE t (a)", rows, None, [])])


if __name__ == "__main__":
    unittest.main()
