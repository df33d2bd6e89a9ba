"""`mlpath selftest`: a sound project passes, and each way of being unsound is found and named."""

from __future__ import annotations

import json
import shutil
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import CliTest, Outcome
from tiny_project import PROJECT, SPLIT_DATA, milestone, prints_check, tiny_library

SKELETON = "print('todo')\n"
SOLUTION = "print('one')\nprint('two')\n"


def flaw(milestone_id: str, check: str, message: str, program: str) -> tuple[dict[str, str], str]:
    return {"milestone": milestone_id, "check": check, "message": message}, program


# A wrong answer that passes the first milestone and is caught at the second.
CAUGHT = flaw("second", "prints-two", "printed something different", "print('one')\nprint('tow')\n")


class Selftest(CliTest):
    def selftest(self, **parts: Any) -> tuple[int, dict[str, Any], str]:
        """Exit code, the project's part of the JSON, and what was said to people."""
        parts = {
            "skeleton": SKELETON,
            "solution": SOLUTION,
            "flaws": {"typing-error": CAUGHT},
            **parts,
        }
        milestones = [
            milestone("first", prints_check("prints-one", "one")),
            milestone("second", prints_check("prints-two", "two")),
        ]
        library = str(tiny_library(self.root / "library", milestones, **parts))
        text = self.run_cli("selftest", PROJECT, "--library", library)
        self.assert_calm(text.out + text.err)
        answer = self.run_cli("selftest", PROJECT, "--library", library, "--json")
        self.assertEqual(answer.code, text.code)
        (project,) = answer.json()["projects"]
        return text.code, project, text.out + text.err

    def assert_blamed(self, expected: dict[str, str], message: str, **parts: Any) -> None:
        code, project, text = self.selftest(**parts)
        self.assertEqual(code, 1, text)
        matching = [
            fault
            for fault in project["faults"]
            if expected.items() <= fault.items() and message in fault["message"]
        ]
        self.assertTrue(matching, project)
        (fault, *_) = matching
        self.assertEqual(
            fault["message"], f"expected: {fault['expected']}; found: {fault['found']}"
        )
        shown = " ".join(text.split())
        self.assertIn(f"expected: {fault['expected']}", shown)
        self.assertIn(f"found: {fault['found']}", shown)

    def test_a_sound_project(self) -> None:
        code, project, text = self.selftest()
        self.assertEqual((code, project["faults"]), (0, []), text)
        self.assertIn("sound", text)

    def test_a_skeleton_that_passes(self) -> None:
        self.assert_blamed(
            {"subject": "skeleton", "milestone": "first"},
            "expected: the skeleton fails this milestone; found: the milestone passes",
            skeleton="print('one')\n",
        )

    def test_a_solution_that_fails(self) -> None:
        self.assert_blamed(
            {"subject": "solution", "milestone": "second", "check": "prints-two"},
            'expected: the solution passes this check; found: it fails, and says "',
            solution="print('one')\n",
            flaws={},
        )

    def test_a_flaw_that_passes(self) -> None:
        self.assert_blamed(
            {"subject": "flawed/typing-error", "milestone": "second", "check": "prints-two"},
            "expected: it fails at milestone second, at its check prints-two, with a message that "
            "matches `printed something different`; found: the check passes",
            flaws={"typing-error": (CAUGHT[0], SOLUTION)},
        )

    def test_a_flaw_caught_too_early(self) -> None:
        self.assert_blamed(
            {"subject": "flawed/typing-error", "milestone": "first"},
            "expected: it passes this milestone, which comes before the flaw's (second); "
            "found: the milestone fails, at its check prints-one, which says",
            flaws={"typing-error": (CAUGHT[0], "print('oen')\n")},
        )

    def test_a_flaw_caught_later_than_it_says(self) -> None:
        early = {**CAUGHT[0], "milestone": "first", "check": "prints-one"}
        self.assert_blamed(
            {"subject": "flawed/typing-error", "milestone": "first", "check": "prints-one"},
            "expected: it fails at milestone first, at its check prints-one,",
            flaws={"typing-error": (early, CAUGHT[1])},
        )

    def test_a_flaw_caught_with_the_wrong_message(self) -> None:
        self.assert_blamed(
            {"subject": "flawed/typing-error", "milestone": "second", "check": "prints-two"},
            "with a message that matches `another reason`; found: it fails there, and says",
            flaws={"typing-error": ({**CAUGHT[0], "message": "another reason"}, CAUGHT[1])},
        )

    def test_a_flaw_as_an_edit(self) -> None:
        edit = {"file": "predict.py", "find": "('two", "replace": "('tow"}
        flaws = {"typing-error": ({**CAUGHT[0], "edits": [edit]}, None)}
        code, project, text = self.selftest(flaws=flaws)
        self.assertEqual((code, project["faults"]), (0, []), text)
        self.assertEqual(project["flaws"], ["typing-error"])
        edit["find"] = "('three"
        outcome = self.run_cli(
            "selftest", PROJECT, "--library", str(self.library_with(flaws=flaws))
        )
        self.assert_usage(outcome, "`predict.py` of the solution does not have this text")
        self.assertIn("templates/tally/flaws.json:", outcome.err)

    def library_with(self, **parts: Any) -> Path:
        milestones = [
            milestone("first", prints_check("prints-one", "one")),
            milestone("second", prints_check("prints-two", "two")),
        ]
        parts = {"skeleton": SKELETON, "solution": SOLUTION, **parts}
        return tiny_library(self.root / "library", milestones, **parts)

    def test_a_project_that_is_none_or_only_planned(self) -> None:
        self.assert_usage(
            self.run_cli("selftest", "text-analyser"), "did you mean `text-analyzer`?"
        )
        listed = self.run_cli("list", "projects", "--json").json()["projects"]
        planned = next(each["id"] for each in listed if each["status"] == "planned")
        self.assert_usage(self.run_cli("selftest", planned), "planned")


SCRIPT = """from mlpath_check import Check

def prints(check: Check) -> None:
    check.that(check.call("predict.word") == "two", "`word` is not two")
"""
PROGRAM = "def word():\n    return '{}'\n\n\nif __name__ == '__main__':\n    print('one')\n"
SAYS_TWO = {
    "id": "says-two",
    "kind": "python",
    "script": "checks/words.py",
    "function": "prints",
    "says": "`predict.word()` is `two`.",
}
EDITED = {
    "milestone": "second",
    "check": "says-two",
    "message": "is not two",
    "edits": [{"file": "predict.py", "find": "'two'", "replace": "'tow'"}],
}
SUBJECTS = ["skeleton", "solution", "flawed/typing-error"]


class Remembered(CliTest):
    """What was sound is not judged again until something changes that its judging could see."""

    def setUp(self) -> None:
        super().setUp()
        self.library = tiny_library(
            self.root / "library",
            [milestone("first", prints_check("prints-one", "one")), milestone("second", SAYS_TWO)],
            skeleton="print('todo')\n",
            solution=PROGRAM.format("two"),
            flaws={"typing-error": (EDITED, None)},
            data=[{"id": "numbers", "bundled": "data/numbers.csv", "to": "numbers.csv"}],
            calls=[{"name": "predict.word", "signature": "word() -> str", "says": "A word."}],
        )
        self.template = self.library / "templates/tally"
        (self.template / "checks").mkdir()
        (self.template / "checks/words.py").write_text(SCRIPT)

    def selftest(self, *words: str) -> tuple[Outcome, dict[str, Any]]:
        library = ("--library", str(self.library))
        outcome = self.run_cli("selftest", PROJECT, *library, "--json", *words)
        self.assertIn(outcome.code, (0, 1), outcome.err)
        (project,) = outcome.json()["projects"]
        return outcome, project

    def judged(self, *words: str) -> list[str]:
        """What a sound project's subjects were judged now, the others being remembered."""
        outcome, project = self.selftest(*words)
        self.assertEqual((outcome.code, project["faults"]), (0, []))
        now = [each["subject"] for each in project["subjects"] if not each["remembered"]]
        self.assertEqual(project["judged"], len(now))
        self.assertEqual(project["remembered"], len(project["subjects"]) - len(now))
        self.assertTrue(all(each["sound"] for each in project["subjects"]))
        return now

    def change(self, name: str, old: str, new: str) -> None:
        path = self.template / name
        text = path.read_text(encoding="utf-8")
        self.assertEqual(text.count(old), 1, name)
        path.write_text(text.replace(old, new), encoding="utf-8")

    def test_nothing_changed(self) -> None:
        self.assertEqual(self.judged(), SUBJECTS)
        self.assertEqual(self.judged(), [])
        outcome = self.run_cli("selftest", PROJECT, "--library", str(self.library), "--plain")
        self.assertIn(
            "sound tally: skeleton, solution and 1 flawed solution,"
            " unchanged since they were proved",
            " ".join(outcome.out.split()),
        )
        self.assertEqual(self.judged("--fresh"), SUBJECTS)
        self.assertEqual(self.judged(), [])

    def test_what_was_judged_before_a_change_is_judged_after_it(self) -> None:
        flaw = SUBJECTS[-1:]
        for name, old, new, expected in (
            ("checks/words.py", "`word` is", "`word()` is", SUBJECTS),
            ("project.json", '"The milestone first"', '"The first milestone"', SUBJECTS),
            ("data/numbers.csv", "\n1,odd\n", "\n1,odd \n", SUBJECTS),
            ("skeleton/predict.py", "todo", "to do", SUBJECTS),
            ("solution/predict.py", "return", "return  ", SUBJECTS),
            ("flaws.json", "'tow'", "'wot'", flaw),
            ("flaws.json", "is not two", "not two", flaw),
            ("flaws.json", "Haste.", "Greed.", []),
            ("brief.md", "A tally", "Tallies", []),
        ):
            with self.subTest(name=name, old=old):
                self.judged()
                self.change(name, old, new)
                self.assertEqual(self.judged(), expected)
        (self.template / "flawed/typing-error").mkdir(parents=True)
        (self.template / "flawed/typing-error/notes.py").write_text("")
        self.assertEqual(self.judged(), flaw)
        (self.template / "skeleton/notes.py").write_text("")
        self.assertEqual(self.judged(), SUBJECTS)

    def test_a_fault_is_never_remembered(self) -> None:
        self.judged()
        self.change("checks/words.py", '== "two"', '!= "nothing"')
        for _ in range(2):
            outcome, project = self.selftest()
            self.assertEqual(outcome.code, 1)
            (fault,) = project["faults"]
            self.assertEqual(fault["subject"], "flawed/typing-error")
            (last,) = (each for each in project["subjects"] if each["subject"] == fault["subject"])
            self.assertEqual((last["sound"], last["remembered"]), (False, False))
        self.assertEqual((project["judged"], project["remembered"]), (1, 2))
        shown = self.run_cli("selftest", PROJECT, "--library", str(self.library), "--plain")
        self.assertIn("judged 1 time; 2 unchanged since they were proved", shown.out)

    def test_each_seed_is_another(self) -> None:
        manifest = json.loads((self.template / "project.json").read_text())
        manifest["data"] = [SPLIT_DATA]
        (self.template / "project.json").write_text(json.dumps(manifest))
        self.assertEqual(self.judged(), SUBJECTS)
        self.assertEqual(self.judged("--splits", "3"), ["solution", "solution"])
        self.assertEqual(self.judged("--splits", "3"), [])
        self.assertEqual(self.judged("--splits", "4"), ["solution"])

    def test_a_damaged_record_counts_for_nothing(self) -> None:
        self.judged()
        for path in (self.home / ".cache/mlpath/results").rglob("*"):
            if path.is_file() and b'"told"' in path.read_bytes():
                path.write_bytes(path.read_bytes().replace(b'"told"', b'"TOLD"'))
        self.assertEqual(self.judged(), SUBJECTS)


class Shards(CliTest):
    """Parts of all there is, which together are all of it."""

    def test_three_projects_and_a_quiz(self) -> None:
        library = tiny_library(
            self.root / "library",
            [milestone("first", prints_check("prints-one", "one"))],
            skeleton=SKELETON,
            solution=SOLUTION,
        )
        for name in ("abacus", "zebra"):
            copy = library / "templates" / name
            shutil.copytree(library / "templates/tally", copy)
            manifest = json.loads((copy / "project.json").read_text())
            (copy / "project.json").write_text(json.dumps({**manifest, "id": name}))

        def proved(*words: str) -> list[str]:
            outcome = self.run_cli("selftest", "--library", str(library), "--json", *words)
            self.assertEqual(outcome.code, 0, outcome.err)
            return [project["project"] for project in outcome.json()["projects"]]

        everything = proved()
        self.assertEqual(sorted(everything), ["abacus", "tally", "zebra"])
        self.assertEqual(proved("--shard", "1/2"), everything[0::2])
        self.assertEqual(proved("--shard", "2/2"), everything[1::2])
        self.assertEqual(proved("--shard", "1/1"), everything)
        self.assertEqual(proved("--shard", "4/4"), [])
        outcome = self.run_cli("selftest", "--library", str(library), "--shard", "4/4")
        self.assertIn("Nothing falls to this shard", outcome.out)

    def test_no_shard(self) -> None:
        for word, told in (
            ("0/3", "the parts are counted from 1: `--shard 1/3` to `--shard 3/3`"),
            ("4/3", "there is no shard `4/3`"),
            ("1/0", "there is at least one part"),
            ("1", "write `--shard 2/3` for the second of three parts"),
            ("1/2/3", "not `1/2/3`"),
            ("-1/3", "not `-1/3`"),
            ("one/two", "not `one/two`"),
            ("1/99999999999999999999", "write `--shard 2/3`"),
            ("", "`--shard` needs a value"),
        ):
            with self.subTest(word=word):
                self.assert_usage(self.run_cli("selftest", f"--shard={word}"), told)


if __name__ == "__main__":
    unittest.main()
