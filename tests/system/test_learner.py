"""A learner's program that misbehaves: each time a verdict that names it, and nothing runs on."""

from __future__ import annotations

import os
import subprocess
import unittest
from typing import Any

from mlpath_cli import BINARY, CliTest
from mlpath_processes import left_below
from tiny_project import PROJECT, SCORE, SPLIT_DATA, milestone, prints_check, tiny_library

MEGABYTES = 200
PREDICT = """\
import csv
from pathlib import Path

with Path("data/test.csv").open(newline="") as file:
    rows = list(csv.DictReader(file))
lines = [f"{row['row_id']},{'odd' if int(row['number']) % 2 else 'even'}" for row in rows]
target = Path("predictions.csv")
header = "row_id,parity"
"""
WRITE = 'target.write_text("\\n".join([header, *lines]) + "\\n")\n'
STEP = {
    "id": "predict",
    "run": ["{python}", "predict.py"],
    "writes": ["predictions.csv"],
    "seconds": 60,
}
# Children that leave our group and outlive their parents, with the output held open.
FORKS = (
    "import os, time\n"
    "for _ in range(3):\n"
    "    if os.fork() == 0:\n"
    "        os.setsid()\n"
    "        if os.fork() == 0:\n"
    "            time.sleep(100)\n"
    "        os._exit(0)\n"
)


class Learner(CliTest):
    def library(self, *checks: dict[str, Any], **more: Any) -> None:
        self.env = {
            "MLPATH_LIBRARY": str(
                tiny_library(self.root / "library", [milestone("only", *checks)], "", "", **more)
            )
        }
        made = self.run_cli("new", PROJECT, env=self.env)
        self.assertEqual(made.code, 0, made.err)

    def check(self, program: str) -> dict[str, Any]:
        """What the one check finds about this predict.py."""
        (self.folder / PROJECT / "predict.py").write_text(program, encoding="utf-8")
        answer = self.run_cli("check", PROJECT, "--json", env=self.env)
        self.assertEqual(left_below(self.root), [])
        (check,) = answer.json()["milestones"][0]["checks"]
        self.assert_calm(answer.err)
        self.assertEqual(answer.code, 0 if check["verdict"] == "pass" else 1, answer.err)
        return check

    def assert_fails(self, program: str, message: str, **more: str) -> None:
        """It fails with this message; `more` names what its other fields hold."""
        check = self.check(program)
        self.assertEqual(check["verdict"], "fail", check)
        self.assertRegex(check["message"], message)
        for field, words in more.items():
            self.assertIn(words, check.get(field, ""))


class Programs(Learner):
    def setUp(self) -> None:
        super().setUp()
        self.library(prints_check("prints", "fine", seconds=60))

    def test_one_that_does_what_it_should(self) -> None:
        self.assertEqual(self.check("print('fine')\n")["verdict"], "pass")

    def test_one_that_leaves_children(self) -> None:
        """Nobody waits for them, and they are ended with the rest."""
        self.assertEqual(self.check(FORKS + "print('fine')\n")["verdict"], "pass")

    def test_one_that_crashes(self) -> None:
        for program, message in (
            ("import os\nos.abort()\n", r"ended by signal 6 \(SIGABRT\)"),
            ("import os\nos.kill(os.getpid(), 11)\n", r"ended by signal 11 \(SIGSEGV\)"),
            ("raise SystemExit(3)\n", "ended with exit code 3"),
            ("def\n", r"exit code 1 .*predict\.py:1: SyntaxError"),
            (
                "print('fine')\nraise ValueError('no such thing')\n",
                r"exit code 1 .*predict\.py:2: ValueError: no such thing",
            ),
        ):
            with self.subTest(program=program):
                self.assert_fails(program, message)

    def test_what_a_crash_printed_is_shown(self) -> None:
        check = self.check(
            "import sys\nprint('é' * 2000, file=sys.stderr)\nraise ValueError('no')\n"
        )
        self.assertRegex(check["output"], r"^é{100,}…\n$")
        self.assertIn("ValueError: no", check["message"])
        self.assertEqual(check["code"].splitlines()[0], "predict.py, line 3")
        check = self.check("raise ValueError('no such thing')\n")
        self.assertNotIn("output", check)
        self.assertIn("raise ValueError('no such thing')", check["code"])


class Endless(Learner):
    """None of these would ever end; the limit is one second, as short as the test is to be."""

    STOPPED = "did not end within 1 s and was stopped"

    def test_a_command(self) -> None:
        self.library(prints_check("prints", "fine", seconds=1))
        deaf = (
            "import signal, time\n"
            "for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):\n"
            "    signal.signal(number, signal.SIG_IGN)\n"
            "print('fine', flush=True)\n"
            "time.sleep(100)\n"
        )
        for case, program in {
            "busy": "print('fine', flush=True)\nwhile True: pass\n",
            "deaf": deaf,
            "with children": FORKS + "time.sleep(100)\n",
        }.items():
            with self.subTest(case):
                self.assert_fails(program, self.STOPPED)

    def test_a_flood(self) -> None:
        """It ends by what it prints, long before its time is up."""
        self.library(prints_check("prints", "fine", seconds=60))
        self.assert_fails(
            "while True: print('x' * 1_000_000)\n",
            r"printed more than the \d+ MB that it may print, and was stopped",
            because="prints in a loop",
        )

    def test_a_program_that_hung_is_not_waited_for_again(self) -> None:
        self.library(*(prints_check(name, "fine", seconds=1) for name in ("first", "second")))
        (self.folder / PROJECT / "predict.py").write_text("while True: pass\n", encoding="utf-8")
        # With more programs at a time they are stopped side by side.
        answer = self.run_cli("verify", PROJECT, "--jobs", "1", "--json", env=self.env)
        (project,) = answer.json()["portfolios"][0]["projects"]
        first, second = project["milestones"][0]["checks"]
        self.assertEqual((answer.code, first["verdict"]), (1, "fail"))
        self.assertRegex(first["message"], self.STOPPED)
        self.assertEqual(second["verdict"], "skipped")
        self.assertEqual(
            second["message"],
            "not tried again, since `predict.py` never came back above (check `first`)",
        )

    def test_a_step(self) -> None:
        self.library(SCORE, data=[SPLIT_DATA], steps=[{**STEP, "seconds": 1}])
        self.assert_fails(FORKS + "time.sleep(100)\n", self.STOPPED)


class Flood(Learner):
    """As much as a loop that never stops printing makes in a while."""

    def test_what_it_prints_is_kept_in_part(self) -> None:
        self.library(prints_check("prints", "fine$", seconds=60))
        flood = (
            "import sys\n"
            f"for _ in range({MEGABYTES}):\n"
            "    sys.stdout.write('x' * 1_000_000)\n"
            "print()\n"
        )
        self.assertEqual(self.check(flood + "print('fine')\n")["verdict"], "pass")
        self.assert_fails(flood, "printed something different on stdout")
        answer = self.run_cli("check", PROJECT, "--json", env=self.env)
        self.assertLess(len(answer.out), 20_000)

    def test_it_takes_no_memory(self) -> None:
        self.library(prints_check("prints", "fine$", seconds=60))
        (self.folder / PROJECT / "predict.py").write_text(
            f"for _ in range({MEGABYTES}): print('x' * 1_000_000)\nprint('fine')\n",
            encoding="utf-8",
        )
        with (self.root / "out").open("wb") as out:
            process = subprocess.Popen(
                [str(BINARY), "check", PROJECT],
                cwd=self.folder,
                env=self.environment(self.env),
                stdout=out,
                stderr=out,
            )
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(process.returncode, 0, (self.root / "out").read_text())
        self.assertLess(used.ru_maxrss, MEGABYTES * 1000 // 2, "in kilobytes")


class Predictions(Learner):
    def setUp(self) -> None:
        super().setUp()
        self.library(SCORE, data=[SPLIT_DATA], steps=[STEP])

    def test_what_is_read_as_it_is_meant(self) -> None:
        text = '"\\n".join([header, *lines])'
        for case, writes in {
            "plain": WRITE,
            "byte order mark": f"target.write_text({text}, encoding='utf-8-sig')\n",
            "line ends of Windows": (
                f"target.write_bytes({text}.replace('\\n', '\\r\\n').encode())\n"
            ),
            "both": (f"target.write_bytes({text}.replace('\\n', '\\r\\n').encode('utf-8-sig'))\n"),
        }.items():
            with self.subTest(case):
                self.assertEqual(self.check(PREDICT + writes)["verdict"], "pass")

    def test_rows_that_are_not_those_asked_for(self) -> None:
        for case, changes, message, more in (
            (
                "NaN",
                "lines[1] = lines[1].split(',')[0] + ',nan'\n",
                r"no value in `parity` for 1 row \(row_id \d+\)",
                {"because": "NaN"},
            ),
            (
                "too few",
                "del lines[:2]\n",
                "lacks 2 rows of the test file",
                {"expected": "20 rows", "actual": "18 rows"},
            ),
            (
                "too many",
                "lines.append('999,odd')\n",
                r"1 row with an unknown row_id \(999\)",
                {"expected": "20 rows", "actual": "21 rows"},
            ),
            ("twice", "lines.append(lines[0])\n", "predicts 1 row more than once", {}),
            (
                "header only",
                "lines.clear()\n",
                "holds a header and no rows",
                {"expected": "20 rows", "actual": "0 rows"},
            ),
            (
                "another header",
                "header = 'row_id,prediction'\n",
                "has no column `parity`",
                {"actual": "`prediction`"},
            ),
        ):
            with self.subTest(case):
                self.assert_fails(PREDICT + changes + WRITE, message, **more)

    def test_people_are_told_the_same(self) -> None:
        check = self.check(PREDICT + "lines.clear()\n" + WRITE)
        text = self.run_cli("check", PROJECT, env=self.env)
        self.assertEqual((text.code, text.err), (1, ""))
        for label, field in (
            ("found    ", "message"),
            ("expected ", "expected"),
            ("got      ", "actual"),
            ("likely   ", "because"),
        ):
            self.assertIn(label + check[field] + "\n", text.out)

    def test_files_that_other_programs_write(self) -> None:
        for case, writes, message, more in (
            ("none", "", "finished without an error but wrote no `predictions.csv`", {}),
            ("empty", "target.write_text('')\n", "the file is empty", {}),
            (
                "UTF-16",
                WRITE.replace('"\\n")\n', '"\\n", encoding="utf-16")\n'),
                "the text is UTF-16, as PowerShell's `>` writes",
                {"because": "Set-Content -Encoding utf8"},
            ),
            (
                "semicolons and decimal commas",
                "header = 'row_id;parity;sure'\n"
                "lines = [line.replace(',', ';') + ';0,5' for line in lines]\n" + WRITE,
                "separated by semicolons, not by commas, and numbers have a decimal comma",
                {"because": "decimal points"},
            ),
            (
                "Latin-1",
                WRITE.replace('"\\n")\n', '"\\n").replace("odd", "öd")').replace(
                    "write_text(", "write_bytes(("
                )
                + ".encode('latin-1'))\n",
                "not valid UTF-8",
                {"because": "Latin-1"},
            ),
        ):
            with self.subTest(case):
                self.assert_fails(PREDICT + writes, message, **more)


if __name__ == "__main__":
    unittest.main()
