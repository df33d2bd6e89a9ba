"""init, next, status, done, and what bad folders and settings do to them."""

from __future__ import annotations

import json
import unittest
from pathlib import Path

from mlpath_cli import ESCAPE, CliTest


class Welcome(CliTest):
    def test_outside_a_workspace_one_command_is_named(self) -> None:
        outcome = self.run_cli()
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertLessEqual(len(outcome.out.splitlines()), 10)
        self.assertIn("mlpath init", outcome.out)
        self.assert_calm(outcome.out)
        self.assertEqual(self.run_cli("--json").json()["workspace"], None)

    def test_nothing_is_written_by_looking(self) -> None:
        self.run_cli()
        self.assertEqual(list(self.folder.iterdir()), [])
        self.assertEqual(list(self.home.iterdir()), [])

    def test_next_outside_a_workspace_is_a_mistake_that_says_how_to_begin(self) -> None:
        for command in ("next", "status"):
            self.assert_usage(self.run_cli(command), "mlpath init")


class Frontier(CliTest):
    def test_all_that_could_be_done_begins_with_what_is_next(self) -> None:
        self.assert_usage(self.run_cli("next", "--all"), "mlpath init")
        self.run_cli("init")
        first = self.run_cli("next", "--json").json()["next"]
        things = self.run_cli("next", "--all", "--json").json()["frontier"]
        self.assertGreater(len(things), 3)
        for key in ("kind", "project", "command", "why"):
            self.assertEqual(things[0][key], first[key])
        self.assertEqual(len({thing["command"] for thing in things}), len(things))
        shown = self.run_cli("next", "--all").out
        self.assertIn("mlpath new text-analyzer", shown)
        for thing in things:
            self.assertIn(f"    {thing['command']}\n", shown)
        # What was begun comes before what was not, and what is done is gone.
        self.run_cli("new", "iris")
        self.run_cli("done", "numpy")
        commands = [
            thing["command"] for thing in self.run_cli("next", "--all", "--json").json()["frontier"]
        ]
        self.assertEqual(commands[0], "cd iris && mlpath check")
        self.assertNotIn("mlpath done numpy", commands)


class Init(CliTest):
    def test_makes_a_workspace_and_nothing_else(self) -> None:
        (self.folder / "mine.txt").write_text("kept")
        outcome = self.run_cli("init")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertIn("mlpath next", outcome.out)
        self.assertEqual((self.folder / "mine.txt").read_text(), "kept")
        settings = json.loads((self.folder / ".mlpath/workspace.json").read_text())
        self.assertEqual(settings["format"], 1)

    def test_in_a_folder_that_it_makes(self) -> None:
        outcome = self.run_cli("init", "ml")
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertIn("cd ml", outcome.out)
        self.assertTrue((self.folder / "ml/.mlpath/workspace.json").exists())

    def test_twice_is_no_fault(self) -> None:
        self.run_cli("init")
        before = (self.folder / ".mlpath/workspace.json").read_bytes()
        self.assertEqual(self.run_cli("init").code, 0)
        self.assertEqual((self.folder / ".mlpath/workspace.json").read_bytes(), before)

    def test_a_project_folder_is_no_workspace(self) -> None:
        self.run_cli("new", "text-analyzer")
        self.assert_usage(self.run_cli("init", "text-analyzer"), "cd ..")
        self.assertFalse((self.folder / "text-analyzer/.mlpath/workspace.json").exists())
        inside = self.run_cli("next", cwd=self.folder / "text-analyzer")
        self.assert_usage(inside, "cd .. && mlpath init")

    def test_an_unknown_curriculum_is_suggested(self) -> None:
        self.assert_usage(self.run_cli("init", "--curriculum", "levles"), "did you mean `levels`?")
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_file_in_the_way(self) -> None:
        (self.folder / "file").write_text("")
        outcome = self.run_cli("init", "file")
        self.assertIn(outcome.code, (2, 3))
        self.assertIn("file", outcome.err)

    def test_a_read_only_folder(self) -> None:
        self.folder.chmod(0o555)
        outcome = self.run_as_nobody("init")
        self.assertEqual((outcome.code, outcome.out), (3, ""))
        self.assertIn("ermission", outcome.err)
        self.assertEqual(list(self.folder.iterdir()), [])


class Adopted(CliTest):
    """A project that was begun outside of any workspace, and a workspace that is made around it."""

    def setUp(self) -> None:
        super().setUp()
        self.assertEqual(self.run_cli("new", "text-analyzer", "deep/er/mine").code, 0)
        self.project = self.folder / "deep/er/mine"
        self.solve("textstats.py")

    def solve(self, *files: str) -> None:
        here = self.run_cli("solution", "--apply", cwd=self.project)
        self.assertEqual(here.code, 0, here.err)
        self.assertIn(self.run_cli("check", cwd=self.project).code, (0, 1))

    def milestones(self) -> int:
        status = self.run_cli("status", "--json")
        self.assertEqual(status.code, 0, status.err)
        done: int = status.json()["curricula"][0]["milestones"]["done"]
        return done

    def events(self, folder: Path) -> list[str]:
        files = sorted((folder / ".mlpath/progress").glob("*.jsonl"))
        return [line for file in files for line in file.read_text().splitlines()]

    def test_init_takes_in_what_was_done(self) -> None:
        own = self.events(self.project)
        made = self.run_cli("init", "--json")
        self.assertEqual((made.code, made.json()["adopted"]), (0, ["text-analyzer"]), made.err)
        self.assertEqual(self.milestones(), 7)
        self.assertEqual(self.events(self.folder), own)
        self.assertEqual(self.events(self.project), own)
        # Again, and by checking: nothing twice, and what is new goes to the workspace alone.
        again = self.run_cli("init", "--json").json()
        self.assertEqual((again["outcome"], again["adopted"]), ("already", []))
        self.assertEqual(self.run_cli("check", cwd=self.project).code, 0)
        self.assertEqual(self.events(self.folder), own)
        self.assertEqual(self.run_cli("done", "numpy").code, 0)
        self.assertEqual(len(self.events(self.folder)), len(own) + 1)
        self.assertEqual(self.milestones(), 7)

    def test_a_project_that_is_moved_into_a_workspace(self) -> None:
        there = self.root / "there"
        self.assertEqual(self.run_cli("init", str(there)).code, 0)
        own = self.events(self.project)
        self.project = self.project.rename(there / "mine")
        self.folder = there
        self.assertEqual(self.milestones(), 0)
        self.assertEqual(self.run_cli("hint", cwd=self.project).code, 0)  # at first sight
        self.assertEqual(self.milestones(), 7)
        self.assertEqual(self.events(self.folder), own)

    def test_what_lies_in_another_workspace_stays_there(self) -> None:
        self.assertEqual(self.run_cli("init", cwd=self.folder / "deep").code, 0)
        made = self.run_cli("init", "--json")
        self.assertEqual((made.code, made.json()["adopted"]), (0, []))
        self.assertEqual(self.milestones(), 0)
        self.assertEqual(self.events(self.folder), [])


class Next(CliTest):
    def setUp(self) -> None:
        super().setUp()
        self.assertEqual(self.run_cli("init").code, 0)

    def test_the_first_thing_is_a_project_that_can_be_started(self) -> None:
        outcome = self.run_cli("next")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        answer = self.run_cli("next", "--json").json()
        self.assertEqual(answer["next"]["kind"], "project")
        self.assertTrue(answer["next"]["command"].startswith("mlpath new "))
        self.assertIn("    " + answer["next"]["command"] + "\n", outcome.out)
        self.assertEqual(self.run_cli().out, outcome.out)
        self.assert_calm(outcome.out)

    def test_from_a_folder_below_and_by_option(self) -> None:
        below = self.folder / "a/b"
        below.mkdir(parents=True)
        self.assertEqual(self.run_cli("next", cwd=below).code, 0)
        self.assertEqual(self.run_cli("-C", str(self.folder), "next", cwd=self.root).code, 0)
        self.assertEqual(self.run_cli("next", "-C", str(self.folder), cwd=self.root).code, 0)

    def test_status_tells_the_whole_road(self) -> None:
        outcome = self.run_cli("status")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertIn("Level 0", outcome.out)
        self.assertIn("you are here", outcome.out)
        answer = self.run_cli("status", "--json").json()
        self.assertEqual(len(answer["curricula"][0]["stages"]), 8)

    def test_narrow_terminal(self) -> None:
        for command in ("next", "status"):
            for line in ESCAPE.sub("", self.run_pty(command, columns=40).out).splitlines():
                self.assertTrue(len(line) <= 40 or line.startswith("    ") or "://" in line, line)

    def test_ascii_locale_gets_ascii(self) -> None:
        outcome = self.run_pty("status", env={"LANG": "C", "LC_ALL": "C"})
        self.assertTrue(outcome.out.isascii(), outcome.out)

    def test_done_is_said_and_taken_back(self) -> None:
        outcome = self.run_cli("done", "numpy")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        topics = self.run_cli("status", "--json").json()["curricula"][0]["topics"]
        self.assertEqual(topics["done"], 1)
        self.assertTrue(self.run_cli("done", "numpy", "--json").json()["already"])
        self.assertEqual(self.run_cli("done", "numpy", "--undo").code, 0)
        topics = self.run_cli("status", "--json").json()["curricula"][0]["topics"]
        self.assertEqual(topics["done"], 0)
        self.assert_usage(self.run_cli("done", "numpyy"), "did you mean `numpy`?")

    def test_a_read_only_workspace_can_be_read(self) -> None:
        for path in [self.folder, *self.folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        for command in ("next", "status"):
            outcome = self.run_as_nobody(command)
            self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertEqual(self.run_as_nobody("done", "numpy").code, 3)

    def test_settings_that_are_broken_are_named_with_their_line(self) -> None:
        settings = self.folder / ".mlpath/workspace.json"
        for name, text in {
            "truncated": b'{"format": 1,',
            "empty": b"",
            "not_utf8": b'{"format": 1, "curricula": ["\xff"]}',
            "deep": b"[" * 200_000,
            "wrong": b'{"format": 1, "curricula": "levels"}',
            "newer": b'{"format": 99, "curricula": ["levels"]}',
        }.items():
            with self.subTest(case=name):
                settings.write_bytes(text)
                for command in ("next", "status"):
                    outcome = self.run_cli(command)
                    self.assertEqual((outcome.code, outcome.out), (2, ""), outcome.err)
                    self.assertIn("workspace.json", outcome.err)
                    self.assert_calm(outcome.err)
                    self.assertEqual(
                        self.run_cli(command, "--json").json()["error"]["kind"], "malformed"
                    )
                self.assertEqual(settings.read_bytes(), text)

    def test_settings_that_are_broken_are_repaired_by_the_command_that_is_named(self) -> None:
        self.assertEqual(self.run_cli("done", "numpy").code, 0)
        settings = self.folder / ".mlpath/workspace.json"
        settings.write_text("<<<<<<< HEAD\n")
        told = self.run_cli("status").err
        command = f"`mlpath init {self.folder}`"
        for words in (command, "keeps this one beside", "your progress"):
            self.assertIn(words, " ".join(told.split()))
        (self.root / "elsewhere").mkdir()
        repaired = self.run_cli("init", str(self.folder), "--json", cwd=self.root / "elsewhere")
        self.assertEqual((repaired.code, repaired.json()["outcome"]), (0, "repaired"), repaired.err)
        kept = self.folder / ".mlpath/workspace.json.damaged"
        self.assertEqual(kept.read_text(), "<<<<<<< HEAD\n")
        topics = self.run_cli("status", "--json").json()["curricula"][0]["topics"]
        self.assertEqual(topics["done"], 1)

    def test_torn_foreign_and_future_lines_are_passed_over_and_said(self) -> None:
        self.run_cli("done", "numpy")
        journal = next((self.folder / ".mlpath/progress").glob("*.jsonl"))
        whole = journal.read_bytes()
        journal.write_bytes(
            whole + b'not json\n{"format":1,"id":"' + b"0" * 32 + b'","type":"tomorrow"}\n{"form'
        )
        outcome = self.run_cli("status")
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertIn("passed over", outcome.err)
        answer = self.run_cli("status", "--json").json()
        self.assertEqual(answer["curricula"][0]["topics"]["done"], 1)

    def test_without_a_home(self) -> None:
        self.assertEqual(self.run_cli("next", env={"HOME": None}).code, 0)


if __name__ == "__main__":
    unittest.main()
