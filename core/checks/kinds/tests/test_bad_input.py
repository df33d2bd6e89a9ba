"""The kind `tests` on test files that are none, and on tests that mean harm."""

from __future__ import annotations

import json
import unittest

from bad_input import LARGE, BadInput, Put, folder, link_out, link_to_nowhere, nothing, pipe

GIVEN = "def double(n):\n    return 2 * n\n"
VERSIONS = {
    "given": "checks/double.py",
    "right": [{"find": "2 * n", "replace": "n + n"}],
    "wrong": [{"says": "a number is squared", "find": "2 * n", "replace": "n * n"}],
}
RUNNER = """\
import json
import cases

found = []
for name, test in vars(cases).copy().items():
    if name.startswith("test_"):
        try:
            test()
            outcome = "passed"
        except AssertionError:
            outcome = "failed"
        except Exception:
            outcome = "broken"
        found.append({"name": name, "outcome": outcome})
json.dump(found, open("results.json", "w"))
raise SystemExit(any(one["outcome"] != "passed" for one in found))
"""
CHECK = {
    "kind": "tests",
    "step": "test",
    "code": "double.py",
    "versions": "checks/versions.json",
    "results": "results.json",
}
STEP = {
    "id": "test",
    "run": ["{python}", "run.py"],
    "writes": ["results.json"],
    "seconds": 5,
}
TEMPLATE = {
    "checks/double.py": GIVEN,
    "checks/versions.json": json.dumps(VERSIONS),
    "skeleton/run.py": RUNNER,
    "skeleton/cases.py": "",
}
GOOD = "from double import double\n\n\ndef test_three():\n    assert double(3) == 6\n"


def with_line(line: str) -> str:
    """Sound tests, and before them a line that means harm."""
    return f"import os, signal, subprocess, sys\n{line}\n{GOOD}"


FILES: dict[str, tuple[Put, str]] = {
    "absent": (nothing, "cases.py has to be in the project folder"),
    "empty": ("", "There are no tests: `results.json` names none"),
    "10 MB of tests": ("def test_a(): pass\n" * (LARGE // 19), "The tests did not come to an end"),
    "10 MB in one line": ("x = '" + "a" * LARGE + "'\n", "There are no tests"),
    "not UTF-8": ("name = 'Zoë'\n".encode("latin-1"), "Save it as UTF-8"),
    "null bytes": (GOOD + "\0", "null bytes"),
    "a syntax error": ("def test_a(:\n    pass\n", "cases.py:1: SyntaxError: invalid syntax"),
    "10,000 parentheses": ("x = " + "(" * 10_000 + ")" * 10_000, "too many nested parentheses"),
    "a folder": (folder, "cases.py has to be in the project folder"),
    "a link out": (link_out, "cases.py has to be in the project folder"),
    "a link to nowhere": (link_to_nowhere, "cases.py has to be in the project folder"),
    "a named pipe": (pipe, "cases.py has to be in the project folder"),
}
RESULTS = '[{"name": "test_a", "outcome": "passed"}]'
# Nothing here would harm whoever runs it without a sandbox: tests/attacks has what would.
HARM: dict[str, tuple[str, str]] = {
    "deletes the code under test": ("os.remove('double.py')", "The test program itself broke"),
    "empties the code under test": (
        "open('double.py', 'w').close()",
        "The test program itself broke",
    ),
    "ends at once as if all passed": ("os._exit(0)", "wrote no `results.json`"),
    "ends at once with results of its own": (
        f"open('results.json', 'w').write({RESULTS!r}); os._exit(0)",
        "`test_a` cannot fail",
    ),
    "always fails": ("os._exit(1)", "The test program itself broke"),
    "kills itself": ("os.kill(os.getpid(), signal.SIGKILL)", "signal 9 (SIGKILL)"),
    "never ends": ("while True: pass", "The tests did not come to an end"),
    "leaves a process behind": (
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])",
        "",
    ),
    "needs all memory": ("x = bytearray(1 << 40)", "It asks for more memory than there is"),
    "prints without end": (
        "while True: print('a' * 1000)",
        "printed more than the 268 MB that it may print",
    ),
    "reads what is not its own": ("open('/root/secret').read()", "cases.py:2: "),
    "writes 10 MB of results": (
        "import atexit; atexit.register(lambda: open('results.json', 'w').write(' ' * (10 << 20)))",
        "`results.json`, which has more than 4 MB",
    ),
    "makes a folder of its results": ("os.mkdir('results.json')", "The path is a folder"),
    "links its results out": (
        "os.symlink('/proc/version', 'results.json')",
        "The test program itself broke",
    ),
    "recurses 10,000 deep": (
        "f = lambda n: f(n + 1)\nf(0)",
        "The function calls itself and never stops",
    ),
    "knows the version by its text": (
        "sys.exit(0 if '2 * n' in open('double.py').read() else 1)",
        "wrote no `results.json`",
    ),
}


class OfTests(BadInput):
    def setUp(self) -> None:
        super().setUp()
        data = [{"id": "code", "bundled": "checks/double.py", "to": "double.py"}]
        sources = ["run.py", "cases.py", "predict.py"]
        self.make(CHECK, TEMPLATE, steps=[STEP], data=data, sources=sources)

    def test_sound_tests_pass(self) -> None:
        done = self.judged({"cases.py": GOOD})
        self.assertEqual(done.code, 0, done.out + done.err)

    def test_a_file_that_holds_no_tests(self) -> None:
        for name, (put, says) in FILES.items():
            with self.subTest(name=name):
                self.assert_told({"cases.py": put}, says)

    def test_tests_that_mean_harm(self) -> None:
        for name, (line, says) in HARM.items():
            with self.subTest(name=name):
                if says:
                    self.assert_told({"cases.py": with_line(line)}, says)
                else:
                    done = self.judged({"cases.py": with_line(line)})
                    self.assertEqual(done.code, 0, done.out + done.err)


if __name__ == "__main__":
    unittest.main()
