"""How the caller finds the learner's functions, and what it answers where they give no value."""

from __future__ import annotations

import json
import sys
import unittest

from scene import Scene


class Raising(Scene):
    def test_every_exception_is_answered_with_its_line(self) -> None:
        cases = {
            "raise ValueError('no')": "ValueError",
            "raise SystemExit(3)": "SystemExit",
            "raise KeyboardInterrupt": "KeyboardInterrupt",
            "import sys; sys.exit('bye')": "SystemExit",
            "return f(x)": "RecursionError",
            "return input()": "EOFError",
            "raise GeneratorExit": "GeneratorExit",
        }
        for body, kind in cases.items():
            answer = self.ask(f"def f(x):\n    {body}", 1)
            with self.subTest(body=body):
                self.assertEqual((answer["problem"], answer["type"]), ("raised", kind))
                self.assertEqual((answer["file"], answer["line"]), ("work.py", 2))

    def test_the_code_is_shown_with_a_caret(self) -> None:
        positions = sys.version_info >= (3, 11)
        before_tab = "   \t^^^^^"
        whole = "^" * len("return x.lenght + 1")
        cases = {
            "in a function": (
                "def f(x):\n    return x.lenght + 1",
                "work.py, line 2, in f\n    return x.lenght + 1\n"
                f"    {'       ^^^^^^^^' if positions else whole}\n",
            ),
            "the way to it": (
                "def g(x):\n    raise ValueError\ndef f(x):\n    g(x)",
                "work.py, line 4, in f\n    g(x)\n    ^^^^\n"
                "work.py, line 2, in g\n    raise ValueError\n    ^^^^^^^^^^^^^^^^\n",
            ),
            "lines of libraries are counted": (
                "import json\ndef f(x):\n    json.loads('{')",
                "work.py, line 3, in f\n    json.loads('{')\n    ^^^^^^^^^^^^^^^\n"
                "    (3 lines of Python)\n",
            ),
            "tabs stay": (
                "def f(x):\n\tif x:\n\t\ty =\t[][1]",
                "work.py, line 3, in f\n    y =\t[][1]\n"
                f"    {before_tab if positions else '^' * 9}\n",
            ),
            "wide letters": (
                "def f(x):\n    '日本' + [][1]",
                f"work.py, line 2, in f\n    '日本' + [][1]\n    {'         ' if positions else ''}"
                f"{'^^^^^' if positions else '^' * 14}\n",
            ),
            "not Python": (
                "def f(x):\n    return (1,\n",
                "work.py, line 2\n    return (1,\n           ^\n",
            ),
        }
        for name, (source, code) in cases.items():
            with self.subTest(name):
                self.assertEqual(self.ask(source, 1)["code"], code)

    def test_the_code_of_a_recursion_is_short(self) -> None:
        code = self.ask("def f(x):\n    return f(x)", 1)["code"]
        self.assertEqual(code.count("work.py, line 2, in f\n"), 3)

    def test_the_innermost_line_of_the_learners_own(self) -> None:
        self.write("import json\n\n\ndef read(text):\n    return json.loads(text)\n", "other.py")
        answer = self.ask("import other\ndef f(x): return other.read(x)", "{")
        self.assertEqual((answer["file"], answer["line"]), ("other.py", 5))
        self.assertIn("ValueError", answer["bases"])

    def test_an_exception_that_cannot_tell_its_message(self) -> None:
        source = "class E(Exception):\n    def __str__(self): 1/0\ndef f(x): raise E"
        self.assertEqual(self.ask(source, 1)["type"], "E")

    def test_prints_do_not_reach_the_protocol(self) -> None:
        host = self.host()
        self.write("import sys\nprint('{}')\ndef f(x):\n    print('noise', x)\n    return x")
        request = {"do": "call", "name": "work.f", "args": [5], "kwargs": {}}
        self.assertEqual(json.loads(host.ask(request)), {"ok": True, "value": 5})
        host.close()
        self.assertEqual(host.printed, "{}\nnoise 5\n")

    def test_missing_things(self) -> None:
        answer = self.ask("def fold(x): return x\ng = 5")
        self.assertEqual((answer["what"], answer["file"]), ("function", "work.py"))
        self.assertEqual(self.ask("def tokenise(x): 1", name="work.tokenize")["near"], "tokenise")
        self.assertEqual(self.ask("f = 5")["what"], "function")
        answer = self.ask("", name="absent.f")
        self.assertEqual((answer["what"], answer["file"]), ("module", "absent.py"))
        self.assertEqual(self.ask("", name="Work.f")["near"], "work.py")
        # A module of Python's own is not the learner's.
        self.assertEqual(self.ask("", name="statistics.mean")["problem"], "missing")

    def test_the_learner_cannot_import_the_harness(self) -> None:
        answer = self.ask("import mlpath_check\ndef f(x): return x", 1)
        self.assertEqual(answer["type"], "ModuleNotFoundError")


if __name__ == "__main__":
    unittest.main()
