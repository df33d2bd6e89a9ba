"""Portfolios that misbehave: programs, paths and names that a judge of strangers must bear."""

from __future__ import annotations

import json
import os
import shutil
import signal
import stat
import subprocess
import unittest
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from mlpath_cli import BINARY, CliTest, Outcome, interrupt_when
from mlpath_processes import left_below, processes_below
from tiny_project import PROJECT, SCORE, SPLIT_DATA, milestone, prints_check, tiny_library

FORMS = ("text", "json", "junit", "github", "markdown", "csv", "html")
FINE = "print('fine')\n"
PREDICT = """\
import csv
from pathlib import Path

with Path("data/test.csv").open(newline="") as file:
    rows = list(csv.DictReader(file))
answers = ["odd" if int(row["number"]) % 2 else "even" for row in rows]
"""
# What a log's reader might act upon, on lines of their own.
PRINTS = r"""
import sys
for stream in (sys.stdout.buffer, sys.stderr.buffer):
    stream.write(b"\x1b]0;owned\x07\xff]]>\n::error::owned\n  ::add-mask::x\n")
sys.exit(1)
"""
WRITE = """\
lines = [f"{row['row_id']},{answer}" for row, answer in zip(rows, answers)]
Path("predictions.csv").write_text("\\n".join(["row_id,parity", *lines]) + "\\n")
"""


class Portfolio(CliTest):
    """A portfolio is `self.folder`, and its projects are of the one in the tiny library."""

    def library(self, *checks: dict[str, Any], **more: Any) -> Path:
        library = tiny_library(self.root / "library", [milestone("only", *checks)], "", "", **more)
        self.env: dict[str, str | None] = {"MLPATH_LIBRARY": str(library)}
        return library

    def project(self, folder: str, program: str, name: str = PROJECT) -> None:
        place = self.folder / folder
        place.mkdir(parents=True)
        marker = {"format": 1, "project": name, "version": 1, "skeleton": {}}
        (place / ".mlpath-project.json").write_text(json.dumps(marker), encoding="utf-8")
        (place / "predict.py").write_text(program, encoding="utf-8")

    def verify(self, *words: str, **options: Any) -> Outcome:
        return self.run_cli("verify", *words, env=self.env, **options)


class Programs(Portfolio):
    def setUp(self) -> None:
        super().setUp()
        step = {"id": "predict", "run": ["{python}", "predict.py"], "writes": ["predictions.csv"]}
        library = self.library(SCORE, data=[SPLIT_DATA], steps=[{**step, "seconds": 60}])
        # The same with a short limit, for those that never end.
        hasty = library / "templates/hasty"
        shutil.copytree(library / "templates" / PROJECT, hasty)
        manifest = json.loads((hasty / "project.json").read_text(encoding="utf-8"))
        manifest = {**manifest, "id": "hasty", "steps": [{**step, "seconds": 1}]}
        (hasty / "project.json").write_text(json.dumps(manifest), encoding="utf-8")

    def test_neighbours_keep_their_true_verdict(self) -> None:
        for name, project, program in (
            ("a-good", PROJECT, PREDICT + WRITE),
            ("b-endless", "hasty", "while True: pass\n"),
            ("c-flood", "hasty", "while True: print('x' * 1_000_000)\n"),
            ("d-crash", PROJECT, "import os\nos.abort()\n"),
            ("e-nan", PROJECT, PREDICT + "answers[1] = 'nan'\n" + WRITE),
            ("f-wrong", PROJECT, PREDICT + "answers = ['odd'] * len(rows)\n" + WRITE),
            ("g-good", PROJECT, PREDICT + WRITE),
        ):
            self.project(name, program, project)
        answer = self.verify(".", "--format", "json")
        self.assertEqual(left_below(self.root), [])
        self.assertEqual((answer.code, answer.err), (1, ""))
        found = {}
        for project in answer.json()["portfolios"][0]["projects"]:
            (check,) = project["milestones"][0]["checks"]
            self.assertEqual(project["verdict"], check["verdict"])
            self.assertEqual(check["file"], "predict.py")
            found[project["folder"]] = (check["verdict"], check["message"])
        for name, verdict, message in (
            ("a-good", "pass", "."),
            ("b-endless", "fail", r"did not end within 1 s and was stopped"),
            ("c-flood", "fail", r"did not end within 1 s|printed more than the 268 MB"),
            ("d-crash", "fail", r"ended by signal 6 \(SIGABRT\)"),
            ("e-nan", "fail", r"no value in `parity` for 1 row"),
            ("f-wrong", "fail", "not enough better"),
            ("g-good", "pass", "."),
        ):
            with self.subTest(name):
                self.assertEqual(found[name][0], verdict, found[name])
                self.assertRegex(found[name][1], message)

    def test_ctrl_c_leaves_no_report_and_no_process(self) -> None:
        self.project("good", PREDICT + WRITE)
        self.project("slow", "import time\ntime.sleep(100)\n")
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number):
                process = subprocess.Popen(
                    [str(BINARY), "verify", ".", "--format", "junit", "--output", "report.xml"],
                    cwd=self.folder,
                    env=self.environment(self.env),
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                )
                interrupt_when(
                    process,
                    lambda: any("predict.py" in one for one in processes_below(self.root)),
                    number,
                )
                out, err = process.communicate(timeout=60)
                self.assertEqual((process.returncode, out), (130, b""), err)
                self.assertEqual(left_below(self.root), [])
                self.assertFalse((self.folder / "report.xml").exists())
                self.assertEqual([one.name for one in self.root.glob("mlpath-*")], [])


class Paths(Portfolio):
    def setUp(self) -> None:
        super().setUp()
        self.library(prints_check("prints", "fine", seconds=60))
        self.project("good", FINE)

    def test_what_is_no_portfolio(self) -> None:
        (self.folder / "empty").mkdir()
        for path, said in (
            ("nowhere", "is not a folder"),
            ("good/predict.py", "is not a folder"),
            ("empty", "no project folder in `empty`"),
            ("no\nwhere\x1b[31m", r"no\nwhere\x1b[31m` is not a folder"),
        ):
            with self.subTest(path):
                self.assert_usage(self.verify(path), said)
                self.assert_calm(self.verify(path).err)
        # One word that cannot be meant spoils the request, whatever stands beside it.
        self.assert_usage(self.verify("good", "nowhere"), "is not a folder")
        # One that brings nothing has proved nothing, and costs its neighbor nothing.
        both = self.verify("good", "empty", "--format", "json")
        self.assertEqual(both.code, 3)
        verdicts = [one["verdict"] for one in both.json()["portfolios"]]
        self.assertEqual(verdicts, ["pass", "error"])

    def test_an_unprivileged_user_is_told_what_cannot_be_read(self) -> None:
        self.project("p/shut", FINE)
        self.project("p/good", FINE)
        self.folder.chmod(0o755)
        for folder, _, _ in os.walk(self.root / "library"):
            Path(folder).chmod(0o755)
        env = {**self.env, "HOME": "/nonexistent", "TMPDIR": "/tmp"}
        shut = self.folder / "p/shut"

        def judged(*paths: str) -> Outcome:
            return self.run_as_nobody("verify", *paths, "--format", "json", env=env)

        for path, mode, message in (
            (shut / "predict.py", 0o000, "cannot read predict.py: Permission denied"),
            (shut / ".mlpath-project.json", 0o000, "Permission denied"),
            (shut, 0o311, "cannot open the folder .*Permission denied"),
        ):
            with self.subTest(path.name):
                before = stat.S_IMODE(path.stat().st_mode)
                path.chmod(mode)
                answer = judged("p")
                path.chmod(before)
                self.assertEqual(answer.code, 3, answer.err)
                good, bad = answer.json()["portfolios"][0]["projects"]
                self.assertEqual((good["verdict"], bad["verdict"]), ("pass", "error"))
                self.assertRegex(bad["message"], message)
        (self.folder / "p").chmod(0)
        alone = judged("p")
        beside = judged("good", "p")
        required = judged("good", "p", "--require", f"project:{PROJECT}").json()
        (self.folder / "p").chmod(0o755)
        self.assertEqual(alone.code, 3)
        self.assertIn("Permission denied", alone.json()["error"]["message"])
        self.assertEqual(beside.code, 3)
        verdicts = [one["verdict"] for one in beside.json()["portfolios"]]
        self.assertEqual(verdicts, ["pass", "error"])
        self.assertIn("cannot look into the folder p", beside.json()["portfolios"][1]["message"])
        self.assertEqual(required["portfolios"][1]["requirements"][0]["verdict"], "error")
        self.assertEqual(required["verdict"], "error")

    def test_what_is_required_is_required_of_each(self) -> None:
        self.project("anna/tiny", FINE)
        (self.folder / "ben").mkdir()
        self.project("ben/other", FINE, "no-such")
        require = ("--require", f"project:{PROJECT}")
        for paths in (("anna", "ben"), ("ben", "anna")):
            answer = self.verify(*paths, *require)
            self.assertEqual(answer.code, 1, answer.err)
            self.assertRegex(answer.out, r"(?m)^anna passes$")
            self.assertRegex(answer.out, r"(?m)^ben fails: it holds nothing that is demanded$")
            self.assertRegex(answer.out, rf"(?m)^  required project:{PROJECT} of ben: fail, ")
            self.assertNotIn("unless", answer.out)
        alone = self.verify("anna", *require)
        self.assertEqual(alone.code, 0, alone.err)
        self.assertIn(f"  required project:{PROJECT}: pass, it holds\n", alone.out)
        for form in FORMS:
            with self.subTest(form):
                told = self.verify("anna", "ben", *require, "--format", form).out
                if form == "json":
                    answer = json.loads(told)
                    each = [one["requirements"][0]["verdict"] for one in answer["portfolios"]]
                    self.assertEqual(each, ["pass", "fail"])
                    (over_all,) = answer["requirements"]
                    self.assertEqual(over_all["verdict"], "fail")
                    self.assertTrue(over_all["message"].startswith("ben: "), over_all)
                elif form == "junit":
                    (case,) = ElementTree.fromstring(told).findall(
                        ".//testcase[@name='project:tally'][failure]"
                    )
                    self.assertEqual(case.get("classname"), "ben: requirements")
                elif form == "csv":
                    (ben,) = [row for row in told.splitlines() if row.startswith("ben,")]
                    self.assertIn("project:tally: fail", ben)
                else:
                    self.assertIn(" of ben", told)
        once = self.verify("anna", "anna/", *require)
        self.assertEqual(once.code, 0)
        self.assertIn("under another name, and is judged once", once.err)
        self.assertEqual(once.out.count("required"), 1)

    def test_a_report_that_cannot_be_written_is_told_before_anything_runs(self) -> None:
        self.project("p", FINE + "open('" + str(self.root / "ran") + "', 'w')\n")
        place = self.root / "reports"
        place.mkdir(0o755)
        self.folder.chmod(0o755)
        for folder, _, _ in os.walk(self.root / "library"):
            Path(folder).chmod(0o755)
        env = {**self.env, "HOME": "/nonexistent", "TMPDIR": "/tmp"}
        answer = self.run_as_nobody("verify", "p", "--output", str(place / "r.txt"), env=env)
        if os.getuid() == 0:
            self.assertEqual((answer.code, answer.out), (3, ""))
            self.assertIn("Permission denied", answer.err)
            self.assertFalse((self.root / "ran").exists())
        self.assert_usage(self.verify("p", "--output", "good"), "is a folder")

    def test_a_report_goes_into_a_pipe_and_through_a_link_and_replaces_neither(self) -> None:
        pipe = self.folder / "pipe"
        os.mkfifo(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(os.close, reader)
        answer = self.verify("good", "--format", "markdown", "--output", "pipe")
        self.assertEqual(answer.code, 0, answer.err)
        self.assertTrue(stat.S_ISFIFO(pipe.stat().st_mode))
        self.assertTrue(os.read(reader, 1 << 16).startswith(b"# Portfolio report: pass"))
        link, target = self.folder / "link", self.root / "target"
        link.symlink_to(target)
        for _ in range(2):  # a link that leads nowhere yet, and one that does
            self.assertEqual(self.verify("good", "--output", "link").code, 0)
            self.assertTrue(link.is_symlink())
            self.assertIn("verdict: pass", target.read_text(encoding="utf-8"))

    def test_a_tree_that_lost_a_project_is_not_that_commit(self) -> None:
        self.project("gone", "print('no')\n")
        self.git("init", "-q")
        self.git("add", ".")
        self.git("commit", "-qm", "x")

        def dirty() -> bool:
            return bool(self.verify(".", "--format", "json").json()["portfolios"][0]["dirty"])

        self.assertFalse(dirty())
        shutil.rmtree(self.folder / "gone")
        self.assertTrue(dirty())

    def test_contradictions(self) -> None:
        self.assert_usage(self.verify("good", "--jobs", "0"), "from 1 to")
        answer = self.verify("good", "--json", "--format", "junit")
        self.assertEqual((answer.code, answer.json()["error"]["exit"]), (2, 2))
        self.assertIn("choose one", answer.json()["error"]["hint"])


class Names(Portfolio):
    """What a portfolio calls its files is shown in every form, and acts in none."""

    NAMES = (
        b"new\nline, esc\x1b[31mape\x07",
        b"\n::error::owned",
        b"bad\xff\xfeutf8, C1 \xc2\x9b31m",
        b"]]> <b>&amp;\"' | [l](javascript:x)",
    )

    def setUp(self) -> None:
        super().setUp()
        self.library(prints_check("prints", "fine", seconds=60))
        for name in self.NAMES:
            folder = os.fsdecode(name)
            self.project(folder, PRINTS)
            (self.folder / folder / f"left {folder}").touch()

    def assert_harmless(self, text: str) -> None:
        text = text.replace("\r\n", "\n")  # the line ends of CSV
        acting = [c for c in text if (ord(c) < 0x20 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0]
        self.assertEqual(acting, [])
        for line in text.split("\n"):
            # The runner of GitHub Actions passes over blanks before a command.
            self.assertNotRegex(line, r"^\s*::(error::|add-mask)")

    def test_in_every_form(self) -> None:
        self.git("init", "-q")
        self.git("add", ".")
        self.git("commit", "-qm", "x")
        for form in FORMS:
            with self.subTest(form):
                report = self.folder / "report"
                answer = self.verify(".", "--format", form, "--output", str(report))
                self.assertEqual(answer.code, 1, answer.err)
                text = report.read_text(encoding="utf-8")
                report.unlink()
                for written in (answer.out, answer.err, text):
                    self.assert_harmless(written)
                if form == "json":
                    portfolio = json.loads(text)["portfolios"][0]
                    self.assertEqual(len(portfolio["projects"]), len(self.NAMES))
                    self.assertFalse(portfolio["dirty"])
                elif form == "junit":
                    self.assertEqual(len(ElementTree.fromstring(text)), len(self.NAMES))

    def test_as_the_paths_that_are_asked_for(self) -> None:
        for form in FORMS:
            with self.subTest(form):
                paths = [os.fsdecode(name) for name in self.NAMES]
                answer = self.verify(*paths, "--format", form)
                self.assertEqual(answer.code, 1, answer.err)
                self.assert_harmless(answer.out)
                self.assert_harmless(answer.err)
                if form == "json":
                    self.assertEqual(len(answer.json()["portfolios"]), len(self.NAMES))
                elif form == "junit":
                    self.assertEqual(len(ElementTree.fromstring(answer.out)), len(self.NAMES))

    def test_on_a_terminal(self) -> None:
        shown = self.run_pty("verify", ".", env=self.env)
        self.assertEqual(shown.code, 1)
        self.assertNotIn("\x1b]0;owned", shown.out)
        self.assertNotIn("\x07", shown.out)


if __name__ == "__main__":
    unittest.main()
