"""`scripts/prove`: what CI proves, what it leaves out, and that it believes no record for long."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import BINARY, CliTest, Outcome
from tiny_project import PROJECT, milestone, prints_check, tiny_library

SOURCE = Path(__file__).resolve().parents[2]
SCRIPT = SOURCE / "scripts/prove"
# At most two in a share: eight projects take four shares, and five is the next prime number.
SHARE, ROUNDS = ("--share", "2"), 5
PROJECTS = ["abacus", "beads", "count", "dice", "eggs", "five", "gold", PROJECT]
SOLUTION = "print('one')\n"


class Prove(CliTest):
    def setUp(self) -> None:
        super().setUp()
        self.library = tiny_library(
            self.root / "library",
            [milestone("first", prints_check("prints-one", "one"))],
            skeleton="print('todo')\n",
            solution=SOLUTION,
        )
        for name in PROJECTS[:-1]:
            shutil.copytree(self.template(PROJECT), self.template(name))
            self.set_manifest(name, id=name)
        self.record = self.root / "proved.jsonl"

    def template(self, name: str) -> Path:
        return self.library / "templates" / name

    def set_manifest(self, name: str, **parts: Any) -> None:
        path = self.template(name) / "project.json"
        path.write_text(json.dumps({**json.loads(path.read_text()), **parts}))

    def prove(self, *words: str, binary: Path = BINARY, script: Path = SCRIPT) -> Outcome:
        places = ("--library", self.library, "--record", self.record, "--binary", binary)
        done = subprocess.run(
            [sys.executable, str(script), *words, *map(str, places)],
            env=self.environment(),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        outcome = Outcome(done.stdout, done.stderr, done.returncode)
        self.assert_calm(outcome.out + outcome.err)
        return outcome

    def keys(self, *projects: str) -> list[dict[str, str]]:
        words = ("selftest", "--keys", *projects, "--library", str(self.library), "--json")
        return list(self.run_cli(*words).json()["keys"])

    def write_record(self, lines: list[dict[str, str]]) -> None:
        self.record.write_text("".join(json.dumps(line) + "\n" for line in lines))

    def recorded(self) -> list[str]:
        return [json.loads(line)["project"] for line in self.record.read_text().splitlines()]

    def selected(self, turn: int, code: int = 0, **places: Path) -> tuple[list[str], str]:
        """What CI proves at that turn, by the pattern for CTest; and what was said."""
        outcome = self.prove("--select", "--turn", str(turn), *SHARE, **places)
        self.assertEqual(outcome.code, code, outcome.err)
        pattern = outcome.out.strip()
        proved = [
            name for name in PROJECTS if not pattern or not re.search(pattern, f"selftest.{name}")
        ]
        self.assertIn(f"Proved in this run: {len(proved)} of {len(PROJECTS)} projects", outcome.err)
        return proved, outcome.err

    def assert_each_has_its_turn(self) -> None:
        shares = [self.selected(turn)[0] for turn in range(7, 7 + ROUNDS)]
        self.assertEqual(sorted(name for share in shares for name in share), PROJECTS)
        self.assertLessEqual(max(map(len, shares)), 2)

    def test_the_record_of_all(self) -> None:
        outcome = self.prove()
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        self.assertIn("8 of 8 projects proved.", outcome.out)
        self.assertEqual(self.recorded(), PROJECTS)
        lines = [json.loads(line) for line in self.record.read_text().splitlines()]
        self.assertEqual(lines, self.keys())
        self.assertNotIn(str(self.root), self.record.read_text())
        self.assert_each_has_its_turn()
        self.assertIn("Nothing to prove", self.prove("--changed").out)

    def test_without_a_record_all_are_proved(self) -> None:
        proved, said = self.selected(3)
        self.assertEqual(proved, PROJECTS)
        self.assertIn("abacus, beads, count, dice, eggs, five, gold, tally: it has no record", said)

    def test_a_changed_project_is_proved_in_each_run(self) -> None:
        self.write_record(self.keys())
        (self.template("dice") / "solution/predict.py").write_text("print('one')  # at last\n")
        for turn in range(ROUNDS):
            proved, said = self.selected(turn)
            self.assertIn("dice", proved)
            self.assertLessEqual(len(proved), 3)
            self.assertIn("dice: its content differs from the record", said)
        outcome = self.prove("--changed")
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertRegex(outcome.out, r"proved dice +\d")
        self.assertIn("1 of 1 project proved.", outcome.out)
        self.assert_each_has_its_turn()

    def test_another_harness_proves_all(self) -> None:
        self.write_record(self.keys())
        self.assertLess(len(self.selected(0)[0]), len(PROJECTS))
        (script,) = SOURCE.glob("core/checks/**/mlpath_check.py")
        sentence = script.read_bytes().splitlines()[0]
        program = BINARY.read_bytes()
        self.assertEqual(program.count(sentence), 1, sentence)
        other = self.root / "mlpath-of-tomorrow"
        other.write_bytes(program.replace(sentence, sentence.swapcase()))
        other.chmod(0o755)
        proved, said = self.selected(0, binary=other)
        self.assertEqual(proved, PROJECTS)
        self.assertIn("tally: our harness differs from the record", said)

    def test_other_packages_and_other_data(self) -> None:
        lines = self.keys()
        lines[1]["packages"] = lines[1]["packages"].replace("Python 3.", "Python 2.")
        lines[2]["data"] = "twin"
        self.write_record(lines)
        said = ""
        for turn in range(ROUNDS):
            proved, said = self.selected(turn)
            self.assertLessEqual({"beads", "count"}, set(proved))
        self.assertIn("beads: the packages here differ from the record", said)
        self.assertIn(
            "count: it was not proved on the data that it has (here none; there twin)", said
        )

    def broken_with_a_forged_record(self, name: str) -> None:
        (self.template(name) / "solution/predict.py").write_text("print('oen')\n")
        self.write_record(self.keys())

    def test_a_forged_record_is_found_by_the_share(self) -> None:
        """As scripts/test does it: CTest is told what to leave out."""
        self.broken_with_a_forged_record("five")
        self.assertIn("Nothing to prove", self.prove("--changed").out)
        tests = self.root / "ctest"
        tests.mkdir()
        (tests / "CTestTestfile.cmake").write_text(
            "".join(
                f'add_test(selftest.{name} "{BINARY}" selftest {name} --library "{self.library}")\n'
                for name in PROJECTS
            )
        )
        found = []
        for turn in range(100, 100 + ROUNDS):
            outcome = self.prove("--select", "--turn", str(turn), *SHARE)
            self.assertEqual(outcome.code, 0, outcome.err)
            ctest = subprocess.run(
                ["ctest", "-E", outcome.out.strip()],
                cwd=tests,
                env=self.environment(),
                capture_output=True,
                text=True,
                check=False,
            )
            if ctest.returncode != 0:
                self.assertRegex(ctest.stdout, r"selftest\.five \(Failed\)")
                self.assertIn("1 tests failed out of 2", ctest.stdout)
                found.append(turn)
        self.assertEqual(len(found), 1)

    def test_a_forged_record_is_named_when_all_are_proved(self) -> None:
        self.broken_with_a_forged_record("five")
        outcome = self.prove()
        self.assertEqual(outcome.code, 1, outcome.err)
        self.assertRegex(outcome.out, r"failed five .*\n  solution / first / prints-one: expected:")
        self.assertIn("The record said that just this was proved", outcome.out)
        self.assertIn("7 of 8 projects proved.", outcome.out)
        self.assertEqual(self.recorded(), [name for name in PROJECTS if name != "five"])

    def test_a_record_of_what_is_gone(self) -> None:
        self.write_record([*self.keys(), {**self.keys("dice")[0], "project": "ghost"}])
        self.set_manifest("gold", status="planned")
        outcome = self.prove("--select", "--turn", "1", *SHARE)
        self.assertEqual(outcome.code, 1, outcome.err)
        self.assertRegex(outcome.out, r"^\^selftest")
        for name in ("ghost", "gold"):
            self.assertIn(f"names `{name}`, which is no project that is ready", outcome.err)
        self.assertEqual(self.prove("--changed").code, 0)
        self.assertEqual(self.recorded(), [name for name in PROJECTS if name != "gold"])
        self.assertEqual(self.prove("--select").code, 0)

    def test_a_record_that_cannot_be_read(self) -> None:
        line = json.dumps(self.keys("abacus")[0]) + "\n"
        fewer = json.dumps({"project": "abacus"}) + "\n"
        marks = f"<<<<<<< HEAD\n{line}=======\n{line}>>>>>>> theirs\n"
        for text, place, told in (
            (marks, 1, "is the mark of a merge that was not finished (<<<<<<<)"),
            (line + marks[8:], 2, "is not JSON"),
            (line + "{}", 2, "is not a line of ours: it has project, content, harness"),
            (line + "[" * 100_000, 2, "is not JSON"),
            (fewer, 1, "is not a line of ours"),
            (line.replace('"none"', "3"), 1, "holds something that is not text"),
            (line + line, 2, "names `abacus` a second time"),
            (line + "\n", 2, "is not JSON"),
        ):
            with self.subTest(told=told, text=text[:200]):
                self.record.write_text(text)
                proved, said = self.selected(1, code=2)
                self.assertEqual(proved, PROJECTS)
                self.assertIn(f"{self.record}:{place} {told}", said)
                self.assertIn("so everything is proved", said)
        outcome = self.prove("dice")
        self.assertEqual((outcome.code, outcome.out), (2, ""))
        self.assertIn("`scripts/prove` proves everything and writes it anew", outcome.err)
        self.record.write_bytes(b"\xff\xfe")
        outcome = self.prove("--changed")
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertIn("cannot be read", outcome.err)
        self.assertEqual(self.recorded(), PROJECTS)

    def test_what_could_not_be_told_is_not_recorded(self) -> None:
        lacking = {"import": "no_such_module_of_ours", "pypi": "no-such-module-of-ours"}
        self.set_manifest("eggs", python={"version": "3.9", "packages": [lacking]})
        outcome = self.prove("eggs", "dice")
        self.assertEqual(outcome.code, 3, outcome.out + outcome.err)
        self.assertRegex(outcome.out, r"could not tell eggs .*\n  .*lacks `no-such-module-of-ours`")
        self.assertIn("1 of 2 projects proved.", outcome.out)
        self.assertEqual(self.recorded(), ["dice"])
        (self.template("dice") / "solution/predict.py").write_text("print('oen')\n")
        self.assertEqual(self.prove("eggs", "dice").code, 1)
        self.assertEqual(self.recorded(), [])

    def test_a_command_line_that_is_wrong(self) -> None:
        for words, told in (
            (("dice", "--changed"), "name projects, or leave the choice to --changed or --select"),
            (("--select", "--changed"), "not allowed with"),
            (("--select", "--share", "0"), "--share is at least 1"),
            (("dcie",), "did you mean `dice`?"),
        ):
            with self.subTest(words=words):
                outcome = self.prove(*words)
                self.assertEqual((outcome.code, outcome.out), (2, ""))
                self.assertIn(told, outcome.err)

    def test_turns_are_counted_by_commits_where_all_are_there(self) -> None:
        self.write_record(self.keys())
        self.git("init", "-q")
        (self.folder / "scripts").mkdir()
        shutil.copy(SCRIPT, self.folder / "scripts/prove")
        self.git("add", ".")
        turns = []
        for _ in range(3):
            self.git("commit", "-q", "--allow-empty", "-m", "One more")
            outcome = self.prove("--select", *SHARE, script=self.folder / "scripts/prove")
            turn = re.search(r"by turn (\d+) \(the number of commits\)", outcome.err)
            self.assertTrue(turn, outcome.err)
            turns.append((turn[1] if turn else "", outcome.out))
        self.assertEqual([turn for turn, _ in turns], ["1", "2", "3"])
        self.assertEqual(len({pattern for _, pattern in turns}), 3)
        self.git("clone", "-q", "--depth", "1", f"file://{self.folder}", f"{self.root}/shallow")
        outcome = self.prove("--select", *SHARE, script=self.root / "shallow/scripts/prove")
        self.assertIn(
            "(the day, because the history of this checkout is not complete)", outcome.err
        )


if __name__ == "__main__":
    unittest.main()
