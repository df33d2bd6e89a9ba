"""A project from `new` to the last check, and the help on the way: hint, diff, reset, solution."""

from __future__ import annotations

import json
import signal
import subprocess
import time
import unittest
from pathlib import Path

from mlpath_cli import BINARY, ESCAPE, CliTest, ProjectTest, interrupt_when
from mlpath_processes import processes_below

PROJECT = "text-analyzer"


class New(CliTest):
    def test_it_makes_a_whole_folder_and_says_how_to_go_on(self) -> None:
        self.run_cli("init")
        outcome = self.run_cli("new", PROJECT)
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertIn(f"cd {PROJECT} && mlpath check", outcome.out)
        self.assert_calm(outcome.out)
        folder = self.folder / PROJECT
        for name in ("BRIEF.md", ".gitignore", ".mlpath-project.json", "textstats.py"):
            self.assertTrue((folder / name).is_file(), name)
        for hidden in ("checks", "solution", "flawed", "project.json"):
            self.assertFalse((folder / hidden).exists(), hidden)
        self.assertNotIn("{{checked}}", (folder / "BRIEF.md").read_text())

    def test_without_a_workspace(self) -> None:
        self.assertEqual(self.run_cli("new", PROJECT).code, 0)
        inside = self.folder / PROJECT
        self.assertEqual(self.run_cli("check", cwd=inside).code, 1)
        bare = self.run_cli(cwd=inside)
        self.assertEqual(bare.code, 0)
        self.assertIn("mlpath check", bare.out)

    def test_a_folder_that_is_not_empty_is_left_alone(self) -> None:
        taken = self.folder / PROJECT
        taken.mkdir()
        (taken / "precious.txt").write_text("mine")
        self.assert_usage(self.run_cli("new", PROJECT), PROJECT)
        self.assertEqual([path.name for path in taken.iterdir()], ["precious.txt"])
        self.assertEqual([path.name for path in self.folder.iterdir()], [PROJECT])

    def test_unknown_and_planned_projects(self) -> None:
        self.assert_usage(self.run_cli("new", "text-analyser"), f"did you mean `{PROJECT}`?")
        projects = self.run_cli("list", "projects", "--json").json()["projects"]
        planned = next(entry["id"] for entry in projects if entry["status"] == "planned")
        self.assert_usage(self.run_cli("new", planned), "planned")
        self.assertEqual(list(self.folder.iterdir()), [])
        # A folder of such a project, which another library has: without checks nothing would fail.
        marker = {"format": 1, "project": planned, "version": 1, "skeleton": {}}
        (self.folder / ".mlpath-project.json").write_text(json.dumps(marker))
        for command in ("check", "hint", "solution"):
            self.assert_usage(self.run_cli(command), f"`{planned}` is planned: it has no checks")
        self.assertFalse((self.folder / ".mlpath").exists())

    def test_a_read_only_folder(self) -> None:
        self.folder.chmod(0o555)
        outcome = self.run_as_nobody("new", PROJECT)
        self.assertEqual((outcome.code, outcome.out), (3, ""))
        self.assertIn("ermission", outcome.err)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_json(self) -> None:
        answer = self.run_cli("new", PROJECT, "--json").json()
        self.assertEqual((answer["format"], answer["project"]), (1, PROJECT))
        self.assertIn("BRIEF.md", answer["files"])


class Check(ProjectTest):
    def test_the_skeleton_fails_and_the_solution_passes(self) -> None:
        first = self.run_cli("check", cwd=self.project)
        self.assertEqual(first.code, 1, first.err)
        self.assertIn("fail  Take the text apart", first.out)
        self.assertIn("mlpath hint", first.out)
        self.assert_calm(first.err)
        self.assertEqual(self.run_cli("solution", PROJECT, "--apply").code, 0)
        second = self.run_cli("check", PROJECT, "--json")
        self.assertEqual(second.code, 0, second.out)
        answer = second.json()
        self.assertEqual(
            (answer["format"], answer["verdict"], answer["done"]), (1, "pass", answer["of"])
        )
        following = self.run_cli("next", "--json").json()["next"]
        self.assertNotEqual(following.get("project"), PROJECT)
        status = self.run_cli("status", "--json").json()
        self.assertGreaterEqual(status["curricula"][0]["milestones"]["done"], answer["of"])

    def test_a_milestone_that_fails_again_is_open_again_and_says_since_when(self) -> None:
        self.run_cli("solution", PROJECT, "--apply")
        self.run_cli("check", PROJECT)
        self.run_cli("reset", PROJECT)
        outcome = self.run_cli("check", PROJECT)
        self.assertEqual(outcome.code, 1)
        self.assertIn("Open again", outcome.out)
        self.assertTrue(self.run_cli("status", "--json").json()["open_again"])

    def test_one_milestone_and_one_that_is_none(self) -> None:
        answer = self.run_cli("check", PROJECT, "words", "--json")
        self.assertEqual(answer.code, 1)
        self.assertEqual([entry["id"] for entry in answer.json()["milestones"]], ["words"])
        self.assert_usage(self.run_cli("check", PROJECT, "wrods"), "did you mean `words`?")

    def test_where_there_is_no_project(self) -> None:
        elsewhere = self.root / "elsewhere"
        elsewhere.mkdir()
        for command in ("check", "hint", "diff", "reset", "solution"):
            with self.subTest(command=command):
                self.assert_usage(self.run_cli(command, cwd=elsewhere), "")

    def test_a_python_that_is_not_there_is_not_the_learners_fault(self) -> None:
        outcome = self.run_cli(
            "check", PROJECT, env={"MLPATH_PYTHON": "/nowhere/python3", "PATH": "/nowhere"}
        )
        self.assertIn(outcome.code, (0, 1, 3))
        self.assert_calm(outcome.err)

    def test_plain_and_dumb_terminals_draw_nothing_over(self) -> None:
        for words, env in ((("--plain",), {}), ((), {"TERM": "dumb"})):
            outcome = self.run_pty("check", PROJECT, *words, env=env)
            self.assertEqual(outcome.code, 1)
            text = outcome.out.replace("\x1b[0m", "")
            self.assertNotIn("\x1b[K", text)
            self.assertNotIn("\r", text)

    def test_colour_says_nothing_that_words_do_not(self) -> None:
        plain = self.run_cli("check", PROJECT, "--fresh").out
        coloured = self.run_cli("check", PROJECT, "--fresh", "--color=always").out
        self.assertEqual(ESCAPE.sub("", coloured), plain)


class Interrupted(ProjectTest):
    def setUp(self) -> None:
        super().setUp()
        self.flag = self.root / "running"
        endless = (
            "import contextlib, pathlib, time\n"
            "with contextlib.suppress(OSError):  # in the sandbox there is no such place\n"
            f"    pathlib.Path({str(self.flag)!r}).touch()\n"
            "while True:\n"
            "    time.sleep(1)\n"
        )
        for path in self.project.glob("*.py"):
            path.write_text(endless)

    def start(self, sandbox: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [str(BINARY), "check", PROJECT, "--sandbox", sandbox],
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def journals(self) -> list[bytes]:
        return [
            path.read_bytes() for path in sorted((self.folder / ".mlpath/progress").glob("*.jsonl"))
        ]

    def test_ctrl_c_and_its_kin_end_with_130_and_leave_nothing_behind(self) -> None:
        for number, sandbox, runs in (
            (signal.SIGINT, "off", self.flag.exists),
            (signal.SIGTERM, "off", self.flag.exists),
            (signal.SIGHUP, "off", self.flag.exists),
            (signal.SIGINT, "auto", self.program_runs),
            (signal.SIGTERM, "auto", self.program_runs),
        ):
            with self.subTest(signal=number, sandbox=sandbox):
                self.flag.unlink(missing_ok=True)
                before = self.journals()
                process = self.start(sandbox)
                interrupt_when(process, runs, number)
                if number == signal.SIGHUP:  # the terminal and its shell each send one
                    process.send_signal(number)
                out, err = process.communicate(timeout=30)
                self.assertEqual(process.returncode, 130, (out, err))
                self.assert_calm(err.decode())
                self.assertEqual(self.journals(), before)
                self.assertFalse(self.still_running())
                self.assertEqual(list(self.root.glob("mlpath-*")), [])  # TMPDIR is our folder

    def test_ctrl_c_typed_at_a_terminal(self) -> None:
        outcome = self.run_pty("check", PROJECT, interrupt_at="checking")
        self.assertEqual(outcome.code, 130, outcome.out)

    def test_killed_it_loses_nothing(self) -> None:
        before = self.journals()
        for sandbox, runs in (("off", self.flag.exists), ("auto", self.program_runs)):
            with self.subTest(sandbox=sandbox):
                process = self.start(sandbox)
                interrupt_when(process, runs, signal.SIGKILL)
                process.communicate(timeout=30)
                self.assertEqual(self.journals(), before)
                deadline = time.monotonic() + 10
                while self.still_running() and time.monotonic() < deadline:
                    time.sleep(0.05)
                self.assertFalse(self.still_running())
                self.assertEqual(self.run_cli("status").code, 0)

    def program_runs(self) -> bool:
        """Whether a learner's program is there: the second process of a world of its own."""
        for found in processes_below(self.root):
            try:
                status = Path("/proc", found.split(":")[0], "status").read_text()
            except OSError:
                continue
            numbers = status.split("NSpid:")[1].splitlines()[0].split()
            if len(numbers) > 1 and int(numbers[-1]) > 1:
                return True
        return False

    def still_running(self) -> bool:
        """Whether a process that was started from our folder is left."""
        return bool(processes_below(self.root))


class Help(ProjectTest):
    def test_hints_go_on_and_are_remembered(self) -> None:
        steps = [self.run_cli("hint", PROJECT, "--json").json() for _ in range(4)]
        self.assertEqual([step["step"] for step in steps], [1, 2, 3, 3])
        self.assertEqual([step["repeated"] for step in steps], [False, False, False, True])
        self.assertTrue(steps[2]["solution_open"])
        self.assertEqual(self.run_cli("hint", PROJECT, "--from-start", "--json").json()["step"], 1)

    def test_a_hint_where_nothing_can_be_written(self) -> None:
        for path in [self.folder, *self.folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        outcome = self.run_as_nobody("hint", PROJECT)
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertIn("could not be remembered", outcome.err)

    def test_the_solution_is_earned(self) -> None:
        self.assert_usage(self.run_cli("solution", PROJECT), "hint")
        for _ in range(3):
            self.run_cli("hint", PROJECT)
        outcome = self.run_cli("solution", PROJECT)
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertIn("==== textstats.py", outcome.out)

    def test_the_reasons_are_told_when_the_solution_may_be_read(self) -> None:
        self.assert_usage(self.run_cli("solution", PROJECT, "--why"), "hint")
        self.assert_usage(self.run_cli("solution", PROJECT, "--why", "--apply"), "exclude")
        self.assertNotIn("--why", self.run_cli("check", PROJECT).out)
        self.run_cli("solution", PROJECT, "--apply")
        outcome = self.run_cli("solution", PROJECT, "--why")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertIn("What surprised us\n\nCleaning changes", outcome.out)
        for mark in ("#", "**", "==== textstats.py"):
            self.assertNotIn(mark, outcome.out)
        answer = self.run_cli("solution", PROJECT, "--json").json()
        self.assertIn("## What surprised us", answer["why"])
        self.assertIn("textstats.py", [file["path"] for file in answer["files"]])
        answer = self.run_cli("solution", PROJECT, "--why", "--json").json()
        self.assertIn("## What surprised us", answer["why"])
        self.assertEqual(answer["files"], [])
        done = self.run_cli("check", PROJECT)
        self.assertEqual(done.code, 0, done.out)
        self.assertTrue(done.out.rstrip().endswith(f"mlpath solution {PROJECT} --why"), done.out)

    def test_what_is_overwritten_is_kept(self) -> None:
        (self.project / "textstats.py").write_text("# mine\n")
        answer = self.run_cli("solution", PROJECT, "--apply", "--json").json()
        self.assertEqual((Path(answer["laid"]["backup"]) / "textstats.py").read_text(), "# mine\n")

    def test_diff_and_reset(self) -> None:
        self.assertIn("Nothing was changed", self.run_cli("diff", PROJECT).out)
        given = (self.project / "textstats.py").read_text()
        (self.project / "textstats.py").write_text(given + "mine = 1\n")
        outcome = self.run_cli("diff", PROJECT)
        self.assertEqual(outcome.code, 0)
        self.assertIn("+mine = 1\n", outcome.out)
        self.assertEqual(self.run_cli("reset", "textstats.py", cwd=self.project).code, 0)
        self.assertEqual((self.project / "textstats.py").read_text(), given)
        backups = list((self.project / ".mlpath-backup").rglob("textstats.py"))
        self.assertEqual([path.read_text() for path in backups], [given + "mine = 1\n"])
        self.assert_usage(
            self.run_cli("diff", PROJECT, "textstat.py"), "did you mean `textstats.py`?"
        )


if __name__ == "__main__":
    unittest.main()
