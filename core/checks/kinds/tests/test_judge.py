"""The kind `tests`: honest and dishonest tests on right, wrong and ruined versions.

The host is played here: each trial is a Python process in a folder of its own, without a sandbox.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from judge import judge
from mlpath_check import Check, Failure, ScriptError

GIVEN = """\
def clean(rows):
    return [row for row in rows if row is not None]


def mean(rows):
    kept = clean(rows)
    if not kept:
        raise ValueError("no rows")
    return sum(kept) / len(kept)
"""
FAR = """\
def clean(rows):
    kept = []
    for row in rows:
        if row is not None:
            kept.append(row)
    return kept


def mean(rows):
    total = count = 0
    for row in clean(rows):
        total, count = total + row, count + 1
    if count == 0:
        raise ValueError("no rows")
    return total / count
"""
VERSIONS: dict[str, Any] = {
    "given": "checks/given.py",
    "right": [
        {"find": "if not kept:", "replace": "if len(kept) == 0:"},
        {"file": "checks/far.py"},
    ],
    "wrong": [
        {
            "says": "zeros are dropped with the gaps",
            "find": "if row is not None]",
            "replace": "if row]",
        },
        {
            "says": "the mean divides by all rows",
            "find": "/ len(kept)",
            "replace": "/ len(rows)",
        },
        {
            "says": "no rows have the mean 0",
            "find": 'raise ValueError("no rows")',
            "replace": "return 0.0",
        },
    ],
}
RUNNER = """\
import json, sys, traceback
import pipe

TESTS = {}
exec(open("cases.py").read(), TESTS)
found = []
for name, test in list(TESTS.items()):
    if name.startswith("test_"):
        try:
            test()
            outcome = "passed"
        except AssertionError:
            outcome = "failed"
        except Exception:
            outcome = "broken"
        found.append({"name": name, "outcome": outcome})
if "--quiet" not in sys.argv:
    json.dump(found, open("results.json", "w"))
sys.exit(any(one["outcome"] != "passed" for one in found))
"""
CASES = """\
from pipe import clean, mean


def test_keeps_zeros():
    assert clean([1, None, 0]) == [1, 0]


def test_mean_of_what_is_there():
    assert mean([1, None, 3]) == 2


def test_no_rows():
    try:
        mean([])
    except ValueError:
        return
    raise AssertionError("no ValueError")
"""


class Court(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        (self.root / "checks").mkdir()
        self.template("checks/given.py", GIVEN)
        self.template("checks/far.py", FAR)
        self.versions(VERSIONS)
        self.files = {"run.py": RUNNER, "cases.py": CASES}
        self.fields: dict[str, Any] = {
            "step": "test",
            "code": "pipe.py",
            "versions": "checks/versions.json",
            "results": "results.json",
            "fails": [1],
        }
        self.made: list[Path] = []
        self.patience = 60.0
        self.cause = ""

    def template(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, encoding="utf-8")

    def versions(self, told: Any) -> None:
        self.template("checks/versions.json", json.dumps(told))

    def ask(self, request: dict[str, Any]) -> str:
        if request["do"] == "fields":
            return json.dumps({"ok": True, "fields": self.fields})
        if request["do"] == "artifact":
            path = self.made[request["run"]] / request["path"]
            if not path.is_file():
                return json.dumps({"ok": False, "message": "none"})
            return json.dumps({"ok": True, "path": str(path)})
        self.assertEqual(request["do"], "trials")
        seconds = self.patience
        with ThreadPoolExecutor(4) as pool:
            told = list(pool.map(lambda each: self.trial(each, seconds), request["each"]))
        for each in told:
            each["run"] = len(self.made)
            self.made.append(Path(each.pop("folder")))
        return json.dumps({"ok": True, "trials": told})

    def trial(self, laid: list[dict[str, str]], seconds: float) -> dict[str, Any]:
        folder = Path(tempfile.mkdtemp(dir=self.root))
        for name, text in self.files.items():
            (folder / name).write_text(text, encoding="utf-8")
        for file in laid:
            (folder / file["path"]).write_text(file["text"], encoding="utf-8")
        told = {
            "folder": str(folder),
            "seconds": 0.05,
            "printed": "",
            "exit": 0,
            "cause": self.cause,
        }
        try:
            done = subprocess.run(
                [sys.executable, "-B", "run.py"],
                cwd=folder,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {**told, "ending": "late", "told": "did not end in time and was stopped"}
        code = done.returncode
        ending = "exited" if code >= 0 else "stopped"
        return {**told, "ending": ending, "exit": code, "told": f"ended with exit code {code}"}

    def check(self) -> Check:
        check = Check(self.ask, self.root)
        judge(check)
        return check

    def fails(self, pattern: str, because: str = "^") -> Failure:
        with self.assertRaises(Failure) as caught:
            self.check()
        self.assertRegex(caught.exception.message, pattern)
        self.assertRegex(caught.exception.because, because)
        return caught.exception


class Honest(Court):
    def test_tests_that_kill_each_mutant_pass(self) -> None:
        self.assertEqual(self.check().facts, {"mutants": 3, "mutants killed": 3})

    def test_so_they_do_without_results(self) -> None:
        self.fields["results"] = ""
        self.assertEqual(self.check().facts["mutants killed"], 3)

    def test_a_survivor_is_told_by_its_own_sentence(self) -> None:
        self.files["cases.py"] = CASES.replace("[1, None, 0]) == [1, 0]", "[1, None]) == [1]")
        failure = self.fails("1 of 3 mutants survives: no test fails when zeros are dropped")
        self.assertNotIn("if row]", failure.message + failure.because + failure.look)
        self.assertIn("or `test_keeps_zeros`, which passed on every wrong version", failure.because)

    def test_several_survivors_are_told(self) -> None:
        self.files["cases.py"] = CASES.partition("def test_mean")[0]
        self.fails("2 of 3 mutants survive: no test fails when the mean .*; or when no rows")

    def test_a_test_of_the_same_twice_can_fail(self) -> None:
        self.files["cases.py"] += "\n\ndef test_twice():\n    assert mean([1]) == mean([1])\n"
        self.check()

    def test_the_code_that_the_learner_broke_does_not_matter(self) -> None:
        self.files["pipe.py"] = "raise SystemExit(7)\n"
        self.check()


class Baseline(Court):
    """Whatever fails on the right code is said, and no mutant is tried."""

    def fails_at_once(self, pattern: str, because: str = "^") -> Failure:
        failure = self.fails(pattern, because)
        self.assertEqual(len(self.made), 1)
        self.assertEqual(failure.run, 0)
        return failure

    def test_a_test_that_fails(self) -> None:
        self.files["cases.py"] += "\n\ndef test_no():\n    assert mean([1]) == 2\n"
        self.fails_at_once("fail on `pipe.py` as it was given to you, which is right: `test_no`")

    def test_a_test_that_is_broken(self) -> None:
        self.files["cases.py"] += "\n\ndef test_no():\n    raise KeyError('x')\n"
        self.fails_at_once("which is right: `test_no`", "something else than an AssertionError")

    def test_no_tests_are_none_that_failed(self) -> None:
        self.files["cases.py"] = ""
        self.files["run.py"] = RUNNER.replace("sys.exit(", "sys.exit(1 or ")
        self.fails_at_once("There are no tests", "Discovery")

    def test_tests_that_always_fail_kill_nothing(self) -> None:
        self.fields["results"] = ""
        self.files["run.py"] = "raise SystemExit(1)\n"
        self.fails_at_once("The tests fail on", "every mutant would look killed")

    def test_a_program_that_breaks(self) -> None:
        self.files["run.py"] = "raise SystemExit(2)\n"
        failure = self.fails_at_once("itself broke on .*: it ended with exit code 2")
        self.assertIn("exit code 0", failure.expected)

    def test_exit_code_1_without_results_is_no_test_that_failed(self) -> None:
        self.files["run.py"] = "raise SystemExit(1)\n"
        failure = self.fails_at_once("itself broke on .*: it ended with exit code 1$")
        self.assertIn("with `results.json` written", failure.expected)

    def test_the_cause_of_what_it_raised_is_told(self) -> None:
        self.cause = "A bracket is missing."
        self.files["run.py"] = "raise SystemExit(1)\n"
        self.fails_at_once("itself broke", "^A bracket is missing.$")

    def test_pytest_without_tests(self) -> None:
        self.files["run.py"] = "raise SystemExit(5)\n"
        self.fails_at_once("broke", "finds no tests")

    def test_tests_without_end(self) -> None:
        self.patience = 1
        self.files["run.py"] = "while True: pass\n"
        failure = self.fails_at_once("did not come to an end")
        self.assertFalse(failure.lasting)

    def test_results_that_are_none(self) -> None:
        for text, told in (
            ("", "wrote no `results.json`"),
            ("[", "is not JSON"),
            ("{}", "not a JSON list"),
            ('[{"name": 1}]', "an entry without a `name`"),
            ("[]", "There are no tests"),
            ("[" * 100_000, "nests too deep|is not JSON"),
            ('[{"name": "a", "outcome": "failed"}]', "says that `a` did not"),
            ('[{"name": "a", "outcome": "passed"}, {"name": "a", "outcome": "passed"}]', "twice"),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "document type"),
            ("<a", "well-formed"),
            (" " * (5 << 20), "more than 4 MB"),
        ):
            with self.subTest(told=told):
                self.made.clear()
                line = (
                    f"open('results.json', 'w').write({text!r})"
                    if len(text) < 1000
                    else (f"open('results.json', 'w').write({text[0]!r} * {len(text)})")
                )
                self.files["run.py"] = line + "\n" if text else "pass\n"
                self.fails_at_once(told)


class Dishonest(Court):
    def program(self, decides: str) -> None:
        """Says that one test passed or failed, by other things than what the code does."""
        self.fields["results"] = ""
        self.files["run.py"] = (
            "import difflib, hashlib, random, sys\n"
            "source = open('pipe.py').read()\n"
            f"given = {GIVEN!r}\n"
            f"sys.exit(not ({decides}))\n"
        )

    def test_who_knows_the_file_by_its_text(self) -> None:
        self.program("source == given")
        self.fails(
            "another right version of `pipe.py`, written otherwise", "how the code is written"
        )

    def test_who_knows_what_is_almost_the_file(self) -> None:
        self.program("source == given or difflib.SequenceMatcher(None, source, given).ratio() < .8")
        self.fails("another right version of `pipe.py`, written otherwise")

    def test_who_fails_at_random(self) -> None:
        """Too seldom for a right version to meet it in one run, and over many it passes never."""
        for _ in range(6):
            self.program("random.random() < 0.5")
            self.fails("which is right|the very same|another right version|mutant")

    def test_who_fails_on_the_second_run(self) -> None:
        runs = self.root / "runs"
        self.fields["results"] = ""
        self.files["run.py"] = (
            f"import sys\nfile = open({str(runs)!r}, 'a')\nfile.write('x')\nfile.close()\n"
            f"sys.exit(len(open({str(runs)!r}).read()) > 1)\n"
        )
        self.fails("the very same `pipe.py` when they run again", "flaky")

    def test_nothing_is_shown_of_a_version_that_is_not_given(self) -> None:
        """Who prints the right versions could know them all the next time."""
        self.program("source == given or print(source) or [][1]")
        self.assertIsNone(self.fails("another right version").run)
        self.fields["results"] = "results.json"
        self.files["cases.py"] += (
            "\n\nif 'total' in open('pipe.py').read():\n"
            "    def no(): assert False\n"
            "    TEST = globals()['test_' + 'total'] = no\n"
        )
        self.files["run.py"] = RUNNER
        self.assertNotIn("test_total", self.fails("another right version").message)


class CannotFail(Court):
    def test_each_way_not_to_fail_is_told(self) -> None:
        for body in (
            "pass",
            "assert (mean([1, None, 3]) == 3, 'wrong')",
            "mean([1])",
            "mean([1]) > 0",
            "mean([1]).real > 0",
            "sorted(clean(clean([1, None]))) == [1]",
            "try:\n        assert mean([1]) == 7\n    except BaseException:\n        pass",
            "result = clean([1])\n    assert result == result",
        ):
            with self.subTest(body=body):
                self.files["cases.py"] = f"{CASES}\n\ndef test_idle():\n    {body}\n"
                failure = self.fails("^`test_idle` cannot fail: it passes whatever")
                self.assertIn("tuple", failure.because)

    def test_several_are_told(self) -> None:
        self.files["cases.py"] = f"{CASES}\n\ndef test_a():\n    pass\n\n\ntest_b = test_a\n"
        self.fails("^`test_a` and `test_b` cannot fail: each passes")


class OddEnds(Court):
    def test_what_breaks_on_a_mutant_kills_nothing(self) -> None:
        self.fields["results"] = ""
        self.files["run.py"] = RUNNER.replace("sys.exit(any(", "sys.exit(2 * any(")
        self.fails(
            "itself broke on a version of `pipe.py` in which zeros .*: it ended with exit code 2$"
        )

    def test_a_hang_kills_only_where_it_is_foreseen(self) -> None:
        self.fields["results"] = ""
        self.patience = 10
        endless = {
            "says": "the mean of one row never comes",
            "find": "    kept = clean(rows)\n".rstrip("\n"),
            "replace": ["    kept = clean(rows)", "    while len(kept) == 2:", "        pass"],
        }
        for hangs in ("", "a test of two rows waits for it"):
            self.versions({**VERSIONS, "wrong": [*VERSIONS["wrong"], {**endless, "hangs": hangs}]})
            if hangs:
                self.assertEqual(self.check().facts["mutants killed"], 4)
            else:
                self.fails("did not come to an end on a version of `pipe.py` in which the mean of")

    def test_an_exit_code_without_a_test_that_failed_kills_nothing(self) -> None:
        self.files["run.py"] = RUNNER.replace("json.dump(found", "json.dump(found[:1]").replace(
            "found[:1], open", "[{**one, 'outcome': 'passed'} for one in found], open"
        )
        self.fails("names none that did")


class Ours(Court):
    """Versions that are not sound are no fault of the learner's."""

    def test_each_fault_is_told(self) -> None:
        wrong = VERSIONS["wrong"][0]
        for told, message in (
            ([], "no list of versions"),
            ({"given": "checks/none.py", "right": [], "wrong": []}, "has no checks/none.py"),
            ({**VERSIONS, "wrong": [{**wrong, "find": "no such"}]}, "stands 0 times"),
            ({**VERSIONS, "wrong": [{**wrong, "find": "kept"}]}, "stands 4 times"),
            ({**VERSIONS, "wrong": [{**wrong, "replace": wrong["find"]}]}, "is what is given"),
            ({**VERSIONS, "wrong": [{**wrong, "says": ""}]}, "does not say what is wrong"),
            ({**VERSIONS, "wrong": [{**wrong, "cause": "x"}]}, "has no cause"),
            ({**VERSIONS, "wrong": [{"says": "x", "edits": [wrong, wrong]}]}, "overlap"),
        ):
            with self.subTest(message=message):
                self.versions(told)
                with self.assertRaisesRegex(ScriptError, message):
                    self.check()


class OfPytest(unittest.TestCase):
    def test_its_xml_is_read(self) -> None:
        from results import of_xml

        raw = b"""<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite>
            <testcase classname="t" name="test_a" time="0"/>
            <testcase name="test_b"><failure message="assert 1 == 2">x</failure></testcase>
            <testcase name="test_c"><failure message="KeyError: 'a'">x</failure></testcase>
            <testcase name="test_d"><error message="failed on setup">x</error></testcase>
            <testcase name="test_e"><skipped message="no"/></testcase>
            <testcase name="test_f"><failure message="Failed: DID NOT RAISE"/></testcase>
            </testsuite></testsuites>"""
        self.assertEqual(
            of_xml(raw),
            {
                "test_a": "passed",
                "test_b": "failed",
                "test_c": "broken",
                "test_d": "broken",
                "test_f": "failed",
            },
        )


if __name__ == "__main__":
    unittest.main()
