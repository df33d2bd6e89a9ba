"""What of the learner's sources comes to something that never ends."""

from __future__ import annotations

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

from relay import HARNESS, PYTHON

STATS = """\
import math

LIMIT = 3

def words(text):
    return text.split()

def counts(text):
    return {word: 1 for word in words(text)}

def figures(text):
    return len(counts(text))

def shout(text):
    return text.upper() * LIMIT

class Report:
    def body(self, text):
        return figures(text)

class Title:
    def body(self, text):
        return shout(text)
"""
PROGRAM = """\
import sys
from stats import figures, shout

def main():
    print(figures(sys.argv[1]))

def other():
    print(shout(""))

if __name__ == "__main__":
    main()
"""


class Reach(unittest.TestCase):
    def setUp(self) -> None:
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = Path(place.name)

    def reach(self, what: str, **sources: str) -> tuple[set[str], set[str]]:
        files = []
        for name, text in sources.items():
            file = self.folder / (name.replace("__", "/") + ".py")
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
            files.append(str(file.relative_to(self.folder)))
        done = subprocess.run(
            [PYTHON, "-I", "-S", "-B", str(HARNESS / "reach.py"), str(self.folder), what, *files],
            capture_output=True,
            check=True,
        )
        answer = json.loads(done.stdout)
        self.assertEqual(done.stderr, b"")
        return set(answer["surely"]), set(answer["maybe"])

    def test_what_calls_a_function_directly_or_not(self) -> None:
        surely, maybe = self.reach("stats.words", stats=STATS, program=PROGRAM)
        self.assertEqual(surely, set())
        self.assertEqual(
            maybe, {"stats.counts", "stats.figures", "stats.Report", "program.main", "program.py"}
        )

    def test_what_imports_a_module(self) -> None:
        lazy = "def late():\n    import stats\n    return stats.LIMIT\n"
        surely, maybe = self.reach("stats", stats=STATS, program=PROGRAM, lazy=lazy)
        self.assertEqual(surely, {"program", "program.py"})
        self.assertIn("lazy.late", maybe)
        self.assertNotIn("lazy", maybe)
        # By way of another one.
        surely, _ = self.reach("stats", stats=STATS, program=PROGRAM, third="import program\n")
        self.assertEqual(surely, {"program", "program.py", "third", "third.py"})

    def test_other_ways_to_name_it(self) -> None:
        for text in (
            "import stats\ndef f(): return stats.words('')\n",
            "import stats as s\ndef f(): return s.words('')\n",
            "from stats import words as w\ndef f(): return w('')\n",
            "from stats import *\ndef f(): return words('')\n",
            "def f():\n    from stats import words\n    return words('')\n",
            "from stats import words\ndef f(take=words): return take('')\n",
        ):
            with self.subTest(text):
                self.assertIn("use.f", self.reach("stats.words", stats=STATS, use=text)[1])
        module = self.reach("stats.words", stats=STATS, use="import stats\nX = stats.words('')\n")
        self.assertEqual(module[1] & {"use", "use.py"}, {"use", "use.py"})
        beside = self.reach("src.stats.words", src__stats=STATS, src__use=PROGRAM)
        self.assertIn("src/use.py", beside[1])

    def test_a_function_of_the_same_name_elsewhere_is_another(self) -> None:
        other = "def words(text):\n    return 1\n\ndef f():\n    return words('')\n"
        self.assertNotIn("other.f", self.reach("stats.words", stats=STATS, other=other)[1])

    def test_what_is_no_python_leads_nowhere(self) -> None:
        broken = "def f(:\n"
        deep = "x = " + "(" * 5000 + ")" * 5000
        maybe = self.reach("stats.words", stats=STATS, broken=broken, deep=deep, nul="a\0b")[1]
        self.assertIn("stats.figures", maybe)
        self.assertEqual(self.reach("gone.f", stats=STATS), (set(), set()))


if __name__ == "__main__":
    unittest.main()
