"""How the caller finds the learner's functions, and what it answers where they give no value."""

from __future__ import annotations

import json
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
