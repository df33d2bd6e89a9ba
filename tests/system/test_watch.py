"""`mlpath watch`: a verdict after every save, and a terminal that is left as it was found."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import termios
import unittest
from pathlib import Path

from mlpath_cli import BINARY, ProjectTest
from mlpath_processes import processes_below
from watched import FLAGS, PATIENCE, Lines, Terminal

PROJECT = "text-analyzer"
WAITING = "waiting for the next save"
FIRST = "Take the text apart"
WHOLE = "All 7 milestones pass"


class WatchTest(ProjectTest):
    def setUp(self) -> None:
        super().setUp()
        self.source = self.project / "textstats.py"
        self.skeleton = self.source.read_text()

    def on_terminal(self, *words: str, rows: int = 40, columns: int = 100) -> Terminal:
        terminal = Terminal(
            [str(BINARY), "watch", *words], self.project, self.environment(), rows, columns
        )
        self.addCleanup(terminal.close)
        return terminal

    def in_lines(self, *words: str) -> Lines:
        lines = Lines(list(words), self.project, self.environment(), self.root)
        self.addCleanup(lines.close)
        return lines

    def apply_solution(self) -> None:
        self.assertEqual(self.run_cli("solution", PROJECT, "--apply").code, 0)

    def solution(self) -> dict[Path, str]:
        """Our solution by file, with the skeleton still in place."""

        def work() -> dict[Path, str]:
            return {path: path.read_text() for path in self.project.glob("[!.]*.*")}

        begun = work()
        self.apply_solution()
        solved = work()
        for path in solved:
            path.write_text(begun[path]) if path in begun else path.unlink()
        return solved

    def done(self) -> int:
        """How many milestones the journal knows to be done."""
        status = self.run_cli("status", "--json").json()
        return int(status["curricula"][0]["milestones"]["done"])

    def save_as_editors_do(self, path: Path, text: str) -> None:
        """A new file beside the old one, which is then replaced; and a backup."""
        shutil.copy(path, path.with_name(path.name + "~"))
        (path.parent / "4913").write_text("")
        (path.parent / "4913").unlink()
        fresh = path.with_name(f".{path.name}.swp")
        fresh.write_text(text)
        fresh.replace(path)


class Verdicts(WatchTest):
    def test_a_failure_stays_until_a_save_mends_it_and_comes_back_with_the_fault(self) -> None:
        solved = self.solution()
        terminal = self.on_terminal()
        first = terminal.until_screen(f"fail  {FIRST}", WAITING)
        self.assertIn("milestone 1 of 7", first)
        self.assertIn("the key h gives a hint", first)
        self.assertEqual(self.done(), 0)
        for path, text in solved.items():
            self.save_as_editors_do(path, text) if path.exists() else path.write_text(text)
        whole = terminal.until_screen(WHOLE, "Next: ")
        self.assertIn("7 of 7 milestones done", whole)
        self.assertEqual(self.done(), 7)
        self.save_as_editors_do(self.source, self.skeleton)
        terminal.until_screen(f"fail  {FIRST}", f"Open again: {FIRST}", WAITING)
        terminal.type("q")
        self.assertEqual(terminal.end(), 0)

    def test_a_burst_of_saves_is_one_run(self) -> None:
        lines = self.in_lines()
        lines.until_verdicts(1)
        lines.process.send_signal(signal.SIGSTOP)  # so that all of them come at once
        for i in range(20):
            self.save_as_editors_do(self.source, self.skeleton + f"# {i}\n")
        lines.process.send_signal(signal.SIGCONT)
        lines.until_verdicts(2)
        self.source.write_text(self.skeleton + "# the end\n")
        lines.until_verdicts(3)
        self.assertEqual(lines.runs(), 3, lines.out())

    def test_what_is_saved_as_it_was_and_what_is_no_source_starts_nothing(self) -> None:
        lines = self.in_lines()
        lines.until_verdicts(1)
        for path in self.project.glob("*.py"):
            os.utime(path)
            self.save_as_editors_do(path, path.read_text())
        (self.project / "picture.png").write_bytes(b"\x89PNG")
        (self.project / "__pycache__").mkdir()
        (self.project / "__pycache__" / "textstats.py").write_text("")
        (self.project / ".hidden.py").write_text("")
        # Longer than a burst may last, so that a run for these would have begun by its end.
        for _ in range(8):
            with self.assertRaises(subprocess.TimeoutExpired):
                lines.process.wait(timeout=0.1)
            os.utime(self.source)
        self.source.write_text(self.skeleton + "# another\n")
        lines.until_verdicts(2)
        self.assertEqual(lines.runs(), 2, lines.out())

    def test_a_save_during_a_run_begins_it_anew(self) -> None:
        solved = self.solution()
        flag = self.root / "running"
        for path, text in solved.items():
            path.write_text(text)
        self.source.write_text(
            "import pathlib, time\n"
            f"pathlib.Path({str(flag)!r}).touch()\n"
            "while True:\n"
            "    time.sleep(1)\n"
        )
        lines = self.in_lines("--sandbox", "off")
        lines.until(flag.exists, "the program that never ends")
        self.source.write_text(solved[self.source])
        lines.until_verdicts(1)
        self.assertIn(WHOLE, lines.out())
        self.assertIn("checking, since textstats.py changed", lines.out())
        self.assertEqual((lines.runs(), lines.verdicts()), (2, 1), lines.out())

    def test_it_is_the_check_that_check_runs(self) -> None:
        lines = self.in_lines("--json")
        lines.until(lambda: lines.out().count("\n") == 1, "the first object")
        self.source.write_text(self.skeleton + "# another\n")
        lines.until(lambda: lines.out().count("\n") == 2, "the second object")
        objects = [json.loads(line) for line in lines.out().splitlines()]
        checked = self.run_cli("check", "--json", cwd=self.project).json()
        for answer in (objects[1], checked):
            for milestone in answer["milestones"]:
                for check in milestone["checks"]:
                    check.pop("from", None)  # whether it was run, or known already
        self.assertEqual(objects[1], checked)
        self.assertEqual(objects[0]["format"], 1)

    def test_what_stays_the_same_is_found_once_and_anew_by_a_run_from_nothing(self) -> None:
        # A version manager's python3: a script that takes long, and that nothing can be kept of.
        asked = self.root / "asked"
        shims = self.root / "shims"
        shims.mkdir()
        shim = shims / "python3"
        shim.write_text(f'#!/bin/sh\necho asked >> {asked}\nexec /usr/bin/python3 "$@"\n')
        shim.chmod(0o755)
        terminal = Terminal(
            [str(BINARY), "watch", "--plain"],
            self.project,
            self.environment({"PATH": f"{shims}:/usr/bin:/bin"}),
        )
        self.addCleanup(terminal.close)
        terminal.until_text("milestones done.")
        first = asked.read_text()
        self.source.write_text(self.skeleton + "# another\n")
        terminal.until(lambda: terminal.text().count("milestones done.") == 2, "a second verdict")
        self.assertEqual(asked.read_text(), first)
        terminal.type("r")
        terminal.until(lambda: terminal.text().count("milestones done.") == 3, "a third verdict")
        self.assertNotEqual(asked.read_text(), first)

    def test_only_what_a_save_concerns_is_run(self) -> None:
        self.apply_solution()
        lines = self.in_lines("--json")
        lines.until(lambda: lines.out().count("\n") == 1, "the first object")
        readme = self.project / "README.md"
        readme.write_text(readme.read_text() + "\nOne more sentence.\n")
        lines.until(lambda: lines.out().count("\n") == 2, "the second object")
        checks = [
            check
            for milestone in json.loads(lines.out().splitlines()[1])["milestones"]
            for check in milestone["checks"]
        ]
        run = {check["kind"] for check in checks if "from" not in check}
        self.assertTrue(any(check.get("from") == "cache" for check in checks))
        self.assertLessEqual(run, {"document", "file"})

    def test_polling_is_said_and_sees_the_same(self) -> None:
        solved = self.solution()
        lines = self.in_lines("--poll")
        lines.until_verdicts(1)
        self.assertIn("looked at twice a second", lines.err())
        for path, text in solved.items():
            self.save_as_editors_do(path, text) if path.exists() else path.write_text(text)
        lines.until_out(WHOLE)
        self.assertEqual(self.done(), 7)

    def test_new_and_deleted_files_count(self) -> None:
        self.apply_solution()
        lines = self.in_lines()
        lines.until_verdicts(1)
        program = next(path for path in self.project.glob("*.py") if path != self.source)
        text = program.read_text()
        program.unlink()
        lines.until_out(f"checking, since {program.name} changed")
        lines.until_verdicts(2)
        program.write_text(text)
        lines.until(lambda: lines.out().count(WHOLE) == 2, "whole again")


class Keys(WatchTest):
    def test_hints_go_on_and_are_remembered(self) -> None:
        terminal = self.on_terminal()
        terminal.until_screen(f"fail  {FIRST}", WAITING)
        terminal.type("h")
        terminal.until_screen("Hint 1 of 3", f"fail  {FIRST}")
        terminal.type("h")
        terminal.until_screen("Hint 2 of 3")
        self.assertEqual(self.run_cli("hint", PROJECT, "--json").json()["step"], 3)
        # It stays beside the failure when a save does not mend it.
        self.source.write_text(self.skeleton + "# another\n")
        terminal.until(lambda: "checking, since" in terminal.text(), "the run")
        terminal.until_screen("Hint 2 of 3", WAITING)

    def test_next_list_help_and_back(self) -> None:
        terminal = self.on_terminal()
        terminal.until_screen(f"fail  {FIRST}", WAITING)
        terminal.type("l")
        listed = terminal.until_screen(f"fail  1. {FIRST}")
        self.assertIn("open  7. ", listed)
        terminal.type("xyz\x1b[15~\x1b[1;5C")  # no keys of ours
        terminal.type("n")
        terminal.until_screen(f"Next: {FIRST}", "Why this: ")
        terminal.type("?")
        terminal.until_screen("Escape goes back")
        terminal.type("\x1b")
        terminal.until_screen("the key h gives a hint")
        # A verdict is shown whatever was asked for before.
        terminal.type("l")
        terminal.until_screen(f"fail  1. {FIRST}")
        self.apply_solution()
        terminal.until_screen(WHOLE)
        terminal.type("h")
        terminal.until_screen("no hint is needed")

    def test_next_outside_of_a_workspace_says_how_to_get_one(self) -> None:
        alone = self.root / "alone"
        alone.mkdir()
        self.assertEqual(self.run_cli("new", PROJECT, cwd=alone).code, 0)
        self.project = alone / PROJECT
        terminal = self.on_terminal()
        terminal.until_screen(f"fail  {FIRST}", WAITING)
        terminal.type("n")
        terminal.until_screen(f"fail  {FIRST}", "cd .. && mlpath init")

    def test_rerun_runs_again_though_nothing_changed(self) -> None:
        terminal = self.on_terminal("--plain")
        terminal.until_text("milestones done.")
        terminal.type("r")
        terminal.until(lambda: terminal.text().count("milestones done.") == 2, "the second verdict")
        self.assertIn("checking again, from nothing", terminal.text())

    def test_quit_during_a_run_leaves_nothing_behind(self) -> None:
        flag = self.root / "running"
        self.source.write_text(
            "import pathlib, time\n"
            f"pathlib.Path({str(flag)!r}).touch()\n"
            "while True:\n"
            "    time.sleep(1)\n"
        )
        terminal = self.on_terminal("--sandbox", "off")
        terminal.until(flag.exists, "the program that never ends")
        terminal.type("q")
        self.assertEqual(terminal.end(), 0)
        self.assertEqual(processes_below(self.root), [])
        self.assertEqual([path.name for path in self.root.glob("mlpath-*")], [])


class Window(WatchTest):
    def test_another_size_is_drawn_at_once_and_nothing_is_wider_or_higher(self) -> None:
        terminal = self.on_terminal()
        terminal.until_screen(f"fail  {FIRST}", WAITING)
        for rows, columns in ((12, 44), (5, 30), (50, 200)):
            with self.subTest(rows=rows, columns=columns):
                terminal.resize(rows, columns)
                terminal.until_fits(rows, columns)
                terminal.until_screen(f"fail  {FIRST}")

    def test_arrows_scroll_what_does_not_fit(self) -> None:
        terminal = self.on_terminal(rows=12, columns=60)
        terminal.until_screen(f"fail  {FIRST}", "below: the arrow keys scroll")
        terminal.type("\x1b[B")
        terminal.until_screen("1 row above")
        terminal.type("\x1b[6~" * 20)
        terminal.until(lambda: "below" not in terminal.screen(), "the end")
        terminal.type("\x1b[5~" * 20)
        terminal.until(lambda: "above" not in terminal.screen(), "the beginning")


class Leaving(WatchTest):
    def assert_terminal_as_before(self, terminal: Terminal) -> None:
        self.assertEqual(terminal.attributes(), terminal.before)
        last = terminal.printed.rfind(b"\x1b[?1049")
        self.assertEqual(terminal.printed[last : last + 8], b"\x1b[?1049l")
        self.assertIn(b"\x1b[?25h", terminal.printed)

    def test_however_it_ends_the_terminal_is_as_before(self) -> None:
        for how, code in (("q", 0), ("\x04", 0), ("\x03", 130), (signal.SIGTERM, 130)):
            with self.subTest(how=how):
                terminal = self.on_terminal()
                terminal.until_screen(f"fail  {FIRST}", WAITING)
                self.assertNotEqual(terminal.attributes()[FLAGS], terminal.before[FLAGS])
                if isinstance(how, str):
                    terminal.type(how)
                else:
                    terminal.process.send_signal(how)
                self.assertEqual(terminal.end(), code)
                self.assert_terminal_as_before(terminal)

    def test_a_terminal_that_is_closed_ends_it(self) -> None:
        terminal = self.on_terminal()
        terminal.until_screen(f"fail  {FIRST}", WAITING)
        os.close(terminal.slave)
        os.close(terminal.master)
        terminal.master = os.open("/dev/null", os.O_RDWR)  # for what follows
        terminal.slave = os.dup(terminal.master)
        self.assertNotEqual(terminal.process.wait(timeout=PATIENCE), 0)
        self.assertEqual(processes_below(self.root), [])

    def test_a_pause_gives_the_terminal_back_and_takes_it_again(self) -> None:
        # A shell between: where there is none, nothing could resume what Ctrl-Z stops.
        script = f'{BINARY} watch; echo "in the shell"; read -r line; fg >/dev/null; echo "code $?"'
        terminal = Terminal(["bash", "-mc", script], self.project, self.environment())
        self.addCleanup(terminal.close)
        terminal.until_screen(f"fail  {FIRST}", WAITING)
        terminal.type("\x1a")
        terminal.until_text("in the shell")
        self.assertTrue(int(terminal.attributes()[FLAGS]) & termios.ICANON)
        self.assert_terminal_as_before(terminal)
        entered = terminal.text().count("\x1b[?1049h")
        terminal.type("\n")
        terminal.until(lambda: terminal.text().count("\x1b[?1049h") > entered, "the screen")
        terminal.type("q")
        terminal.until_text("code 0")

    def test_a_folder_that_is_removed_ends_it(self) -> None:
        for words in ((), ("--poll",)):
            with self.subTest(words=words):
                if not self.project.exists():
                    self.assertEqual(self.run_cli("new", PROJECT).code, 0)
                terminal = self.on_terminal(*words)
                terminal.until_screen(f"fail  {FIRST}", WAITING)
                shutil.rmtree(self.project)
                self.assertEqual(terminal.end(), 3)
                self.assertIn(
                    "is gone: it was removed or renamed", " ".join(terminal.text().split())
                )
                self.assert_terminal_as_before(terminal)

    def test_what_cannot_be_watched(self) -> None:
        self.assert_usage(self.run_cli("watch", "nothing-like-it"), "nothing-like-it")
        elsewhere = self.root / "elsewhere"
        elsewhere.mkdir()
        self.assert_usage(self.run_cli("watch", cwd=elsewhere), "not a project folder")
        broken = {"MLPATH_PYTHON": "/nowhere/python3"}
        outcome = self.run_cli("watch", cwd=self.project, env=broken)
        self.assertEqual(outcome.code, 3)
        self.assertIn("error: MLPATH_PYTHON names /nowhere/python3", outcome.err)


class Plain(WatchTest):
    def test_without_a_terminal_it_goes_on_until_it_is_told_to_end(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number=number):
                lines = self.in_lines()
                lines.until_verdicts(1)
                self.source.write_text(self.skeleton + f"# {number}\n")
                lines.until_verdicts(2)
                self.assertEqual(lines.end(number), 130)
                self.assertNotIn("\x1b", lines.out() + lines.err())
                self.assert_calm(lines.err())
                self.assertEqual(self.done(), 0)

    def test_plain_on_a_terminal_draws_nothing_over_and_still_takes_keys(self) -> None:
        for words, env in ((["--plain"], {}), ([], {"TERM": "dumb"})):
            with self.subTest(words=words):
                terminal = Terminal(
                    [str(BINARY), "watch", "--color=never", *words],
                    self.project,
                    self.environment(env),
                )
                self.addCleanup(terminal.close)
                terminal.until_text("milestones done.")
                terminal.type("h")
                terminal.until_text("Hint ")
                terminal.type("l")
                terminal.until_text(f"fail  1. {FIRST}")
                terminal.type("q")
                self.assertEqual(terminal.end(), 0)
                self.assertNotIn(b"\x1b", terminal.printed)
                self.assertEqual(terminal.attributes(), terminal.before)

    def test_in_the_background_it_leaves_the_terminal_alone(self) -> None:
        script = f'{BINARY} watch & read -r line; kill %1; wait %1; echo "code $?"'
        terminal = Terminal(["bash", "-mc", script], self.project, self.environment())
        self.addCleanup(terminal.close)
        terminal.until_text("milestones done.")
        self.assertEqual(terminal.attributes(), terminal.before)
        self.assertNotIn(b"\x1b[?1049h", terminal.printed)
        terminal.type("\n")
        terminal.until_text("code 130")

    def test_a_full_disk_ends_it(self) -> None:
        with Path("/dev/full").open("wb") as full:
            outcome = subprocess.run(
                [str(BINARY), "watch"],
                stdin=subprocess.DEVNULL,
                stdout=full,
                stderr=subprocess.PIPE,
                env=self.environment(),
                cwd=self.project,
                timeout=PATIENCE,
                check=False,
            )
        self.assertEqual(outcome.returncode, 3)
        self.assertIn(b"No space left", outcome.stderr)

    def test_a_reader_that_leaves_ends_it(self) -> None:
        process = subprocess.Popen(
            [str(BINARY), "watch"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self.environment(),
            cwd=self.project,
        )
        self.addCleanup(process.kill)
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.wait(timeout=PATIENCE), 0)


if __name__ == "__main__":
    unittest.main()
