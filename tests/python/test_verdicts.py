"""What a failure says: the verdicts of check scripts."""

from __future__ import annotations

import ast
import json
import unittest
from pathlib import Path

from relay import HARNESS, PYTHON
from scene import Scene

CALLS = [{"name": "work.f", "signature": "f(x: int) -> int", "says": "…"}]


class Verdicts(Scene):
    def test_pass_carries_facts(self) -> None:
        verdict = self.judge("def f(x): return x", "check.fact('n', check.call('work.f', 4))")
        self.assertEqual((verdict["verdict"], verdict["facts"]), ("pass", {"n": 4.0}))
        keys = {
            "do",
            "verdict",
            "message",
            "expected",
            "actual",
            "because",
            "look",
            "raised",
            "place",
            "run",
            "code",
            "lasting",
            "facts",
            "measurements",
        }
        self.assertEqual(set(verdict), keys)

    def test_measurements_come_in_three_shapes(self) -> None:
        script = """
            check.series("improvement", [1, 0.5])
            check.curve("recall", [(0, 1), (1, 0.5)], x="threshold", y="recall")
            check.matrix("confusion", ["no", "yes"], [[2, 1], [0, 2]])
        """
        verdict = self.judge("", script)
        self.assertEqual(verdict["verdict"], "pass", verdict)
        self.assertEqual(
            verdict["measurements"],
            [
                {"name": "improvement", "kind": "series", "values": [1.0, 0.5]},
                {
                    "name": "recall",
                    "kind": "curve",
                    "x": "threshold",
                    "y": "recall",
                    "points": [[0.0, 1.0], [1.0, 0.5]],
                },
                {
                    "name": "confusion",
                    "kind": "matrix",
                    "labels": ["no", "yes"],
                    "cells": [[2.0, 1.0], [0.0, 2.0]],
                },
            ],
        )
        for line in (
            "check.series('a', [float('nan')])",
            "check.series('a', [0] * 10001)",
            "check.series('a', []); check.series('a', [])",
            "check.matrix('a', ['x'], [[1, 2]])",
            "check.matrix('a', ['x', 'y'], [[1, 2]])",
        ):
            with self.subTest(line=line):
                self.assertEqual(self.judge("", line)["verdict"], "error")

    def test_what_is_missing_is_told_with_its_signature(self) -> None:
        (self.root / "project.json").write_text(json.dumps({"calls": CALLS}), encoding="utf-8")
        verdict = self.judge("def g(x): pass", "check.call('work.f', 1)")
        self.assert_says(
            verdict, "fail", r"work\.py has no function `f`; there is `g`|no function `f`"
        )
        self.assertEqual(verdict["expected"], "in work.py: def f(x: int) -> int")
        self.assert_says(self.judge("", "check.call('work.f', 1)"), "fail", r"^work\.py is empty")
        (self.folder / "work.py").unlink()
        verdict = self.host().judge(self.root / "checks/claim.py", "claim", self.root)
        self.assert_says(verdict, "fail", r"There is no work\.py in the project folder")
        self.assert_says(self.judge("", "check.call('work.g')"), "error", "not among the `calls`")

    def test_failures_teach(self) -> None:
        cases = [
            ("def f(x):\n    raise NotImplementedError('Milestone 1')",
             r"`work\.f` is not written yet at work\.py, line 2: Milestone 1"),
            ("def f(x):\n    return 1 / x",
             r"`f\(0\)` raised ZeroDivisionError at work\.py, line 2"),
            ("def f(): return 1", r"`work\.f` cannot be called as `f\(0\)`: f\(\) takes 0"),
            ("def f(x)\n    pass", r"^work\.py, line 1 is not valid Python: "),
            ("import absent_package", r"Importing work\.py raised ModuleNotFoundError at work\.py"),
            ("import os\ndef f(x): os._exit(0)", r"ended the whole Python process: exit code 0"),
            ("def f(x): return [0] * (1 << 25)", "returned more than 32 MB"),
            ("def f(x):\n    a = []\n    a.append(a)\n    return a",
             "a value that contains itself"),
            ("import os\ndef f(x): os.write(4, b'[[[\\n')", "cannot be read"),
            ("import os\ndef f(x): os.write(4, b'[' * 99999 + b'\\n')", "cannot be read"),
            ("import os\ndef f(x): os.write(4, b'{\"ok\":true,\"value\":{\"$odd\":1}}\\n')",
             "returned cannot be read"),
            ("import os\ndef f(x): os.close(4)", "ended the whole Python process"),
        ]  # fmt: skip
        for work, pattern in cases:
            with self.subTest(work=work):
                self.assert_says(self.judge(work, "check.call('work.f', 0)"), "fail", pattern)

    def test_the_line_that_a_failure_names_is_told_as_data(self) -> None:
        here = {"file": "work.py", "line": 2}
        cases: list[tuple[str, dict[str, object]]] = [
            ("def f(x):\n    return 1 / x", here),
            ("def f(x):\n    raise NotImplementedError('Milestone 1')", here),
            ("import math\nimport absent_package", here),
            ("def f(x):\n    return (1 +", {**here, "column": 12}),
            ("def f(x):\n    x = 3\n    return x.y\n", {"file": "work.py", "line": 3}),
            ("def f(): return 1", {}),
            ("def f(x): raise SyntaxError", {"file": "work.py", "line": 1}),
            ("import os\ndef f(x): os._exit(0)", {}),
            ("def g(x): pass", {}),
        ]
        for work, place in cases:
            with self.subTest(work=work):
                self.assertEqual(self.judge(work, "check.call('work.f', 0)")["place"], place)
        self.assertEqual(self.judge("def f(x): return x", "check.fail('no')")["place"], {})

    def test_a_command_repeats_a_short_call(self) -> None:
        verdict = self.judge("def f(x): 1 / 0", "check.call('work.f', \"don't\")")
        self.assertEqual(
            verdict["look"],
            """Try it in a Python shell (`python3`): `from work import f; f("don't")`""",
        )
        verdict = self.judge("def f(x): 1 / 0", "check.call('work.f', [])", seconds=5)
        self.assertEqual(verdict["look"], 'Try it: `python3 -c "from work import f; print(f([]))"`')
        verdict = self.judge("def f(x): 1 / 0", "check.call('work.f', 'two words')")
        self.assertIn(
            """python3 -c "from work import f; print(f('two words'))\"""", verdict["look"]
        )
        verdict = self.judge("def f(x): 1 / 0", "check.call('work.f', 'x' * 500)")
        self.assertEqual(verdict["look"], "")

    def test_a_file_that_only_the_check_has_is_shown_instead(self) -> None:
        script = "check.lay('few.csv', 'a,b\\n1,2\\n')\ncheck.call('work.f', 'few.csv')"
        verdict = self.judge("def f(x): 1 / 0", script)
        self.assertEqual(verdict["look"], "few.csv is a file of the check; it begins:\na,b\n1,2")

    def test_what_is_kept_between_calls_is_told_where_the_values_are_wrong(self) -> None:
        script = "for _ in range(3): check.equal(check.call('work.f', 1), [1], '`f(1)`')"
        grow = "    seen.append(x)\n    return list(seen)"
        cases = {
            f"def f(x, seen=[]):\n{grow}": r"^The default of `seen` in `f` is one list.*=None`",
            f"seen = []\ndef f(x):\n{grow}": r"^`seen` in work\.py is one list for all calls",
            "cache = {}\ndef f(x):\n    return [2]": "^$",
            "def f(x, seen=None):\n    return [2]": "^$",
        }
        for work, because in cases.items():
            with self.subTest(work):
                self.assertRegex(self.judge(work, script)["because"], because)
        # A cache may grow while the answers are right.
        work = "cache = {}\ndef f(x):\n    cache[x] = [x]\n    return cache[x]"
        self.assertEqual(self.judge(work, script)["verdict"], "pass")

    def test_a_forgotten_return_is_told_before_what_the_script_supposes(self) -> None:
        script = "got = check.call('work.f', 1)\ncheck.that(got, 'no', got=got, because='another')"
        self.assertIn("without a `return`", self.judge("def f(x): pass", script)["because"])
        self.assertEqual(self.judge("def f(x): return 0", script)["because"], "another")

    def test_time_is_limited(self) -> None:
        work = "def f(x):\n    print('here', flush=True)\n    while True: pass"
        verdict = self.judge(work, "check.call('work.f', 0)", seconds=0.5)
        self.assert_says(verdict, "fail", r"did not come back within [\d.]+ s$")

    def test_a_new_caller_after_a_crash(self) -> None:
        work = "import os\ndef f(x):\n    if x: os._exit(1)\n    return 7"
        script = """
        try:
            check.call("work.f", 1)
        except Failure:
            check.equal(check.call("work.f", 0), 7, "f(0)")
        """
        self.assertEqual(self.judge(work, script)["verdict"], "pass")

    def test_defects_of_ours_are_errors(self) -> None:
        cases = [
            ("1 / 0", "ZeroDivisionError"),
            ("raise SystemExit(0)", "SystemExit"),
            ("check.call('work.f', object())", "cannot be passed"),
            ("check.path('../secret')", "not inside"),
            ("check.path('checks/absent.txt')", "has no"),
            ("check.fact('x', float('nan'))", "nan"),
        ]
        for script, pattern in cases:
            with self.subTest(script=script):
                self.assert_says(self.judge("def f(x): return x", script), "error", pattern)
        path = self.root / "checks/claim.py"
        for script, function in ((path, "absent"), (self.root / "checks/absent.py", "claim")):
            verdict = self.host().judge(script, function, self.root)
            self.assert_says(verdict, "error", "absent")

    def test_what_the_callers_process_says_excuses_nothing(self) -> None:
        """It is the learner's, who could say the same of any call that would fail."""
        for script in ("Ref(9, 'x')", "Array('no such type', (1,), [1])"):
            verdict = self.judge("def f(x): return x", f"check.call('work.f', {script})")
            self.assert_says(verdict, "fail", "could not be tried")
        for line, pattern in (
            ('{"ok":false,"problem":"unavailable","message":"alas"}', "could not be tried: alas"),
            ('{"ok":false,"problem":"raised","during":"arguments"}', "could not be tried"),
            ('{"do":"verdict","verdict":"pass"}', "cannot be read"),
            ("[]", "cannot be read"),
            ("7", "cannot be read"),
        ):
            answer = f"os.write(4, {line!r}.encode() + b'\\n')"
            work = f"import os\ndef f(x):\n    {answer}\n    os._exit(0)"
            with self.subTest(line=line):
                verdict = self.judge(work, "check.call('work.f', 0)")
                self.assert_says(verdict, "fail", pattern)

    def test_raises(self) -> None:
        work = """
        class Odd(ValueError): pass
        def f(x):
            if x == 0: raise Odd("zero")
            if x == 1: raise NotImplementedError
            return x
        """
        script = """
        raised = check.raises("work.f", 0)
        assert raised == "Odd" and "ValueError" in raised.bases and raised.message == "zero"
        assert check.raises("work.f", 2) is None
        check.raises("work.f", 1)
        """
        self.assert_says(self.judge(work, script), "fail", "not written yet")
        self.assert_says(self.judge("", "check.raises('work.f', 1)"), "fail", "is empty")

    def test_that_and_fail_fill_the_message(self) -> None:
        script = """
        check.that(True, "never")
        check.that(1 > 2, "{got} is not {expected}; {share:.1f} {unknown} {", got="x{share}",
                   expected=[1], share=0.55, because="b", look="l")
        """
        verdict = self.judge("", script)
        self.assert_says(verdict, "fail", r"^'x\{share\}' is not \[1\]; 0\.[56] \{unknown\} \{$")
        self.assertEqual((verdict["expected"], verdict["actual"]), ("[1]", "'x{share}'"))
        self.assertEqual((verdict["because"], verdict["look"]), ("b", "l"))
        verdict = self.judge(
            "def f(x): return None", "check.fail('m', got=check.call('work.f', 1))"
        )
        self.assertEqual((verdict["actual"], verdict["expected"]), ("None", ""))

    def test_the_usual_causes(self) -> None:
        verdict = self.judge(
            "def f(x): print(x)", "check.equal(check.call('work.f', 1), 1, 'f(1)')"
        )
        self.assert_says(verdict, "fail", r"^f\(1\) is None, not 1$")
        self.assertIn("return", verdict["because"])
        work = "def f(x): return map(str, x)"
        verdict = self.judge(work, "check.equal(check.call('work.f', [1]), ['1'], 'f([1])')")
        self.assertIn("list(…)", verdict["because"])

    def test_a_text_that_strict_json_refuses(self) -> None:
        verdict = self.judge("def f(x): raise ValueError('\\ud800')", "check.call('work.f', 1)")
        self.assert_says(verdict, "fail", r"\\ud800$")

    def test_lay_path_and_helpers(self) -> None:
        (self.root / "checks/helper.py").write_text("ANSWER = 'laid'\n", encoding="utf-8")
        # A helper named like a module of Python's own must not shadow it.
        (self.root / "checks/statistics.py").write_text("mean = None\n", encoding="utf-8")
        script = """
        import statistics
        from helper import ANSWER
        assert statistics.mean([1, 3]) == 2
        check.lay("words.txt", ANSWER)
        check.equal(check.call("work.f", "words.txt"), ANSWER, "f")
        assert "ANSWER" in check.path("checks/helper.py").read_text()
        """
        verdict = self.judge("def f(x): return open(x).read()", script)
        self.assertEqual(verdict["verdict"], "pass", verdict)


class House(unittest.TestCase):
    def test_the_oldest_python_that_we_promise_can_read_it(self) -> None:
        for path in HARNESS.glob("*.py"):
            ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))
        self.assertTrue(Path(PYTHON).exists())


if __name__ == "__main__":
    unittest.main()
