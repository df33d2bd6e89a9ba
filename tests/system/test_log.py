"""The log: silent by default, what it tells when it is asked for, and what it never tells."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import unittest
from pathlib import Path

from fetch_support import NGINX, Nginx
from mlpath_cli import BINARY, CONTAINER, CliTest, Outcome, ProjectTest
from tiny_project import PROJECT, SCORE, SPLIT_DATA, milestone, prints_check, tiny_library

MIRROR = os.environ.get("MLPATH_TEST_MIRROR", "")
SOURCE = Path(__file__).resolve().parents[2]
LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z \d+ (?P<level>debug|info|warning|error) "
    r"(?P<event>[a-z ]+)(?:: (?P<fields>.*))?"
)
FIELD = re.compile(r'([a-z-]+)=("(?:[^"\\]|\\.)*"|\S+)')
LEVELS = "`debug`, `info`, `warning`, `error` or `off`"


class Event:
    def __init__(self, line: str) -> None:
        match = LINE.fullmatch(line)
        assert match, f"no line of a log: {line!r}"
        self.level, self.event = match["level"], match["event"]
        self.fields = {
            name: value.strip('"') for name, value in FIELD.findall(match["fields"] or "")
        }

    def __repr__(self) -> str:
        return f"{self.level} {self.event}: {self.fields}"


def events(text: str, *named: str) -> list[Event]:
    """Every line is one; with names only those of them."""
    found = [Event(line) for line in text.splitlines()]
    return [event for event in found if not named or event.event in named]


class Asked(ProjectTest):
    def setUp(self) -> None:
        super().setUp()
        self.file = self.root / "mlpath.log"

    def logged(self, *words: str, level: str = "debug", **options: object) -> list[Event]:
        """What one command told, in a file."""
        self.file.unlink(missing_ok=True)
        self.outcome = self.run_cli(
            *words, "--log-level", level, "--log-file", str(self.file), **options
        )
        return events(self.file.read_text(encoding="utf-8"))

    def test_nobody_asked_and_nothing_is_told(self) -> None:
        outcome = self.run_cli("next")
        before = sorted(self.root.rglob("*"))
        self.assertEqual(self.run_cli("next").err, "")
        self.assertEqual((outcome.code, outcome.err), (0, ""))
        self.assertEqual(self.run_cli("next", "--log-level", "off").err, "")
        self.assertEqual(sorted(self.root.rglob("*")), before)

    def test_a_level_alone_tells_on_standard_error_and_changes_no_result(self) -> None:
        plain = self.run_cli("next")
        logged = self.run_cli("next", "--log-level", "debug")
        self.assertEqual((logged.code, logged.out), (0, plain.out))
        begins, *_, ends = events(logged.err)
        self.assertEqual((begins.event, begins.fields["command"]), ("mlpath begins", "next"))
        self.assertEqual((ends.event, ends.fields), ("mlpath ends", {"exit": "0"}))
        answer = self.run_cli("next", "--json", "--log-level=debug")
        self.assertEqual(answer.json()["format"], 1)
        self.assertTrue(events(answer.err))

    def test_before_the_command_as_behind_it(self) -> None:
        words = ("--log-level", "debug", "--log-file", str(self.file))
        self.assertEqual(self.run_cli(*words, "next").code, 0)
        self.assertEqual(self.run_cli("next", *words).code, 0)
        self.assertEqual(len(events(self.file.read_text(), "mlpath begins")), 2)
        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)

    def test_the_variable_says_both_and_an_option_beats_its_part(self) -> None:
        variable = {"MLPATH_LOG": f"debug:{self.file}"}
        self.assertEqual(self.run_cli("next", env=variable).err, "")
        self.assertTrue(events(self.file.read_text()))
        self.file.unlink()
        self.run_cli("next", "--log-level", "error", env=variable)
        self.assertEqual(self.file.read_text(), "")
        other = self.root / "other.log"
        self.run_cli("next", "--log-file", str(other), env=variable)
        self.assertEqual(events(other.read_text(), "mlpath ends")[0].level, "info")
        self.assertTrue(events(self.run_cli("next", env={"MLPATH_LOG": "info"}).err))
        self.assertEqual(self.run_cli("next", "--log-level", "off", env=variable).err, "")
        self.assertEqual(self.file.read_text(), "")

    def test_a_level_that_is_none_is_a_mistake_and_they_are_named(self) -> None:
        self.assert_usage(self.run_cli("next", "--log-level", "loud"), LEVELS, "`loud`")
        self.assert_usage(self.run_cli("next", "--log-level", "warn"), "did you mean `warning`")
        for wrong in ("loud", "debug:", ":x", "DEBUG"):
            with self.subTest(wrong):
                outcome = self.run_cli("next", env={"MLPATH_LOG": wrong})
                self.assert_usage(outcome, "MLPATH_LOG", LEVELS, ":FILE", f"`{wrong}`")
        self.assert_usage(self.run_cli("next", "--log-file", ""), "`--log-file` is empty")

    def test_a_check_tells_what_ran_and_why(self) -> None:
        self.run_cli("solution", PROJECT_READY, "--apply")
        told = self.logged("check", cwd=self.project)
        self.assertEqual(self.outcome.code, 0, self.outcome.err)
        by_name: dict[str, list[Event]] = {}
        for event in told:
            by_name.setdefault(event.event, []).append(event)
        self.assertIn("/python3", by_name["interpreter chosen"][0].fields["path"])
        self.assertIn(by_name["sandbox"][0].fields["walls"], ("namespaces", "rules", "none"))
        ended = [e for e in by_name["process ended"] if "caller.py" in e.fields["arguments"]]
        for event in ended:
            self.assertLessEqual(
                {"walls", "limits", "seconds", "memory", "ending"}, set(event.fields)
            )
            self.assertGreater(float(event.fields["seconds"]), 0)
        callers = [e for e in ended if e.fields["arguments"].endswith("/caller.py")]
        self.assertTrue(callers, "what calls the learner's functions ends too")
        self.assertEqual({e.fields["verdict"] for e in by_name["check judged"]}, {"pass"})
        self.assertEqual(
            {e.fields["why"] for e in by_name["check not recalled"]}
            - {"a check of its kind measures, and is judged every time"},
            {"no result is kept for what it sees now"},
        )
        again = self.logged("check", cwd=self.project)
        recalled = [e for e in again if e.event == "check recalled"]
        self.assertGreater(len(recalled), 3)
        fresh = self.logged("check", "--fresh", cwd=self.project)
        self.assertFalse([e for e in fresh if e.event == "check recalled"])
        self.assertIn(
            "results of before were set aside, as asked",
            {e.fields.get("why") for e in fresh if e.event == "check not recalled"},
        )

    def test_which_source_was_changed_can_be_told_from_two_logs(self) -> None:
        self.run_cli("solution", PROJECT_READY, "--apply")
        sees = [e for e in self.logged("check", cwd=self.project) if e.event == "what checks see"]
        source = self.project / "textstats.py"
        source.write_text(source.read_text() + "\n# later\n", encoding="utf-8")
        later = [e for e in self.logged("check", cwd=self.project) if e.event == "what checks see"]
        same, changed = sees[0].fields, later[0].fields
        self.assertEqual(
            {name for name in same if same[name] != changed[name]},
            {"sources"},
        )
        differing = set(same["sources"].split(", ")) ^ set(changed["sources"].split(", "))
        self.assertEqual({each.split()[0] for each in differing}, {"textstats.py"})

    def test_verify_tells_what_it_recalled(self) -> None:
        self.run_cli("solution", PROJECT_READY, "--apply")
        first = self.logged("verify", ".", "--cache")
        self.assertEqual(self.outcome.code, 0, self.outcome.err)
        second = self.logged("verify", ".", "--cache")
        if not any(event.event == "cache not used" for event in first):
            self.assertTrue([e for e in first if e.event == "project not recalled"])
            self.assertTrue([e for e in second if e.event == "project recalled"])

    def test_an_interpreter_that_was_rejected_is_told_with_the_reason(self) -> None:
        self.run_cli("new", "iris")
        bare = self.root / "bare"
        subprocess.run(
            ["/usr/bin/python3", "-m", "venv", "--without-pip", str(bare)], check=True, timeout=120
        )
        told = self.logged("check", "iris", env={"MLPATH_PYTHON": str(bare / "bin/python")})
        rejected = [e for e in told if e.event == "interpreter rejected"]
        self.assertEqual(rejected[0].fields["from"], "MLPATH_PYTHON")
        self.assertIn("lacks `scikit-learn`", rejected[0].fields["why"])

    def test_a_sandbox_that_fell_back_says_why(self) -> None:
        done = subprocess.run(
            [
                *CONTAINER,
                str(BINARY),
                "check",
                "--log-level",
                "warning",
                "--log-file",
                str(self.file),
            ],
            cwd=self.project,
            env=self.environment(),
            capture_output=True,
            timeout=120,
            check=False,
        )
        self.assertIn(done.returncode, (0, 1, 3))
        told = events(self.file.read_text(), "sandbox without namespaces")
        self.assertTrue(told, self.file.read_text())
        self.assertTrue(told[0].fields["why"])
        self.assertEqual(told[0].level, "warning")

    def test_a_cache_that_cannot_be_written_is_told(self) -> None:
        self.run_cli("solution", PROJECT_READY, "--apply")
        for path in (self.folder, *self.folder.rglob("*"), self.home):
            os.chown(path, 65534, 65534) if os.getuid() == 0 else None
        blocked = self.home / ".cache"
        subprocess.run(["rm", "-rf", str(blocked)], check=True)
        blocked.write_text("no folder", encoding="utf-8")
        temporary = self.root / "tmp"
        temporary.mkdir()
        temporary.chmod(0o777)
        outcome = self.run_as_nobody(
            *("check", "--log-level", "warning"),
            cwd=self.project,
            env={"TMPDIR": str(temporary)},
        )
        self.assertIn(outcome.code, (0, 3), outcome.err)
        kept = [
            event
            for event in (Event(line) for line in outcome.err.splitlines() if LINE.fullmatch(line))
            if event.event == "not kept"
        ]
        self.assertIn("a result", {event.fields["what"] for event in kept})
        self.assertTrue(all(event.fields["why"] for event in kept))

    def test_doctor_names_the_log(self) -> None:
        def symptom(outcome: Outcome) -> str:
            found = [s for s in outcome.json()["symptoms"] if s["area"] == "log"]
            self.assertEqual(len(found), 1)
            return str(found[0]["message"])

        self.assertIn("--log-level debug", symptom(self.run_cli("doctor", "--json")))
        words = ("doctor", "--json", "--log-file", str(self.file))
        self.assertEqual(symptom(self.run_cli(*words)), f"the log of this run goes to {self.file}")
        self.assertIn(
            "goes to standard error", symptom(self.run_cli("doctor", "--json", "--log-level=info"))
        )

    def test_whoever_could_not_tell_names_the_log(self) -> None:
        broken = ("fetch", "titanic", "--offline")
        outcome = self.run_cli(*broken)
        self.assertEqual(outcome.code, 3)
        self.assertIn("run it again with `--log-level debug`", " ".join(outcome.err.split()))
        outcome = self.run_cli(*broken, "--log-file", str(self.file))
        self.assertIn(f"The log of this run: {self.file}", " ".join(outcome.err.split()))
        error = self.run_cli(*broken, "--json", "--log-file", str(self.file)).json()["error"]
        self.assertEqual(error["log"], str(self.file))
        self.assertEqual(self.run_cli("fetch", "nothing-like-it").code, 2)
        self.assertNotIn("--log-level", self.run_cli("fetch", "nothing-like-it").err)
        last = events(self.file.read_text())[-2:]
        self.assertEqual([event.event for event in last], ["mlpath gives up", "mlpath ends"])
        self.assertEqual(last[1].fields["exit"], "3")

    def test_no_name_begins_a_line_of_its_own(self) -> None:
        forged = "2026-01-01T00:00:00.000000Z 1 error forged"
        folder = self.folder / f"a\n{forged}"
        self.run_cli("new", "text-analyzer", str(folder))
        told = self.logged("check", cwd=folder)  # each line is a line of a log, by `events`
        self.assertTrue(any("forged" in str(event.fields) for event in told))
        self.assertFalse([event for event in told if event.event == "forged"])


PROJECT_READY = "text-analyzer"


class Misplaced(CliTest):
    """A log that cannot be: a clear sentence, the right exit code, and nothing was begun."""

    def refused(self, file: str, *said: str, code: int = 2) -> None:
        for words, env in (
            (("init", "--log-file", file), None),
            (("init",), {"MLPATH_LOG": f"info:{file}"}),
        ):
            with self.subTest(file=file, words=words):
                outcome = self.run_cli(*words, env=env)
                self.assertEqual((outcome.code, outcome.out), (code, ""), outcome.err)
                self.assertTrue(outcome.err.startswith("error: "), outcome.err)
                told = " ".join(outcome.err.split())
                for part in said:
                    self.assertIn(part, told)
                self.assertNotIn("run it again", told)
                self.assertFalse((self.folder / ".mlpath").exists())

    def test_what_is_no_file(self) -> None:
        (self.folder / "folder").mkdir()
        os.mkfifo(self.folder / "pipe")
        (self.folder / "work.py").write_text("print('mine')\n" * 4, encoding="utf-8")
        (self.folder / "link").symlink_to("work.py")
        (self.folder / "dangling").symlink_to("nowhere")
        hint = "--log-file mlpath.log"
        self.refused("folder", "the log cannot go to `folder`, which is a folder", hint)
        self.refused("folder/", "which is a folder")
        self.refused("pipe", "which is a pipe", hint)
        self.refused("/dev/null", "which is a device", hint)
        self.refused("link", "which is a symbolic link", hint)
        self.refused("dangling", "which is a symbolic link", hint)
        self.refused("work.py", "a file that holds something else than a log of mlpath", hint)
        self.refused("work.py/a.log", "cannot", "Not a directory")
        self.assertEqual((self.folder / "work.py").read_text(), "print('mine')\n" * 4)
        self.assertFalse((self.folder / "nowhere").exists())

    def test_folders_are_made_for_it(self) -> None:
        self.assertEqual(self.run_cli("list", "curricula", "--log-file", "a/b/c.log").code, 0)
        self.assertTrue(events((self.folder / "a/b/c.log").read_text()))

    def test_one_that_may_not_be_written(self) -> None:
        self.folder.chmod(0o555)
        outcome = self.run_as_nobody("list", "curricula", "--log-file", "new/a.log")
        self.assertEqual((outcome.code, outcome.out), (3, ""), outcome.err)
        self.assertIn("Permission denied", outcome.err)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_disk_that_is_full_takes_nothing_from_the_result(self) -> None:
        script = (
            "mount -t tmpfs -o size=4k tmpfs . && "
            '"$MLPATH" list curricula --log-level debug --log-file a.log; code=$?; '
            "head -c 4096 /dev/zero > filler 2>/dev/null; "
            '"$MLPATH" next --log-level debug --log-file a.log; '
            "wc -c a.log >&2; exit $code"
        )
        done = subprocess.run(
            ["unshare", "-Urm", "sh", "-c", script],
            env=self.environment({"MLPATH": str(BINARY)}),
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if "mount" in done.stderr and "denied" in done.stderr:
            self.skipTest("this system does not let a user mount in a namespace of its own")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("levels", done.stdout)

    def test_a_log_that_ends_early_says_so_once(self) -> None:
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [str(BINARY), "list", "curricula", "--log-level", "debug"],
                env=self.environment(),
                cwd=self.folder,
                stdout=subprocess.PIPE,
                stderr=full,
                timeout=60,
                check=False,
            )
        self.assertEqual(done.returncode, 0)
        self.assertIn(b"levels", done.stdout)


class Sources(CliTest):
    def test_mirrors_retries_and_sources_given_up(self) -> None:
        mirror = "http://me:S3CRET@127.0.0.1:1/m?token=S3CRET"
        outcome = self.run_cli(
            "fetch",
            "titanic",
            "--log-level",
            "debug",
            env={
                "MLPATH_MIRROR": mirror.split("?", maxsplit=1)[0],
                "https_proxy": "http://me:S3CRET@127.0.0.1:1",
                "http_proxy": "",
            },
        )
        self.assertEqual(outcome.code, 3, outcome.err)
        told = [Event(line) for line in outcome.err.splitlines() if LINE.fullmatch(line)]
        asked = [e for e in told if e.event == "data asked for"]
        self.assertTrue(asked[0].fields["mirror"].startswith("http://***@127.0.0.1:1/m/titanic/"))
        self.assertTrue(
            [e for e in told if e.event == "data asked for again" and "why" in e.fields]
        )
        self.assertTrue([e for e in told if e.event == "source given up" and "why" in e.fields])
        for line in outcome.err.splitlines():
            if LINE.fullmatch(line):
                self.assertNotIn("S3CRET", line)
        again = self.run_cli(
            "fetch", "titanic", "--mirror", mirror, "--offline", "--log-level=debug"
        )
        for line in again.err.splitlines():
            if LINE.fullmatch(line):
                self.assertNotIn("S3CRET", line)


class Untold(CliTest):
    """Neither what checks hold, nor what is held out, nor a key."""

    secret = "xyzzy-plugh"

    def everything(self, *commands: tuple[str, ...], cwd: Path) -> str:
        file = self.root / "mlpath.log"
        for words in commands:
            self.run_cli(
                *words,
                "--log-level",
                "debug",
                "--log-file",
                str(file),
                cwd=cwd,
                env={
                    "MLPATH_CACHE_KEY": f"a key {self.secret} of mine",
                    "MLPATH_MIRROR": f"http://me:{self.secret}@127.0.0.1:1",
                    "OPENAI_API_KEY": self.secret,
                },
                seconds=400,
            )
        text = file.read_text(encoding="utf-8")
        self.assertTrue(events(text, "check judged"))
        self.assertTrue(events(text, "process ended"))
        return text

    def test_of_a_project_that_holds_secrets(self) -> None:
        numbers = "number,parity\n" + "".join(
            f"{n},{self.secret}-{'odd' if n % 2 else 'even'}\n" for n in range(1, 41)
        )
        solution = (
            "import csv\n"
            "rows = list(csv.DictReader(open('data/test.csv')))\n"
            f"print('{self.secret}')\n"
            "with open('predictions.csv', 'w') as out:\n"
            "    out.write('parity\\n')\n"
            "    for row in rows:\n"
            "        parity = ('even', 'odd')[int(row['number']) % 2]\n"
            f"        out.write('{self.secret}-' + parity + '\\n')\n"
        )
        library = tiny_library(
            self.root / "library",
            [milestone("one", prints_check("prints", self.secret)), milestone("two", SCORE)],
            "raise SystemExit(1)\n",
            solution,
            data=[SPLIT_DATA],
            steps=[
                {
                    "id": "predict",
                    "run": ["{python}", "predict.py"],
                    "writes": ["predictions.csv"],
                    "seconds": 20,
                }
            ],
        )
        (library / "templates/tally/data/numbers.csv").write_text(numbers, encoding="utf-8")
        self.run_cli("init", "--library", str(library), "--curriculum", "tiny")
        self.run_cli("new", PROJECT, "--library", str(library))
        project = self.folder / PROJECT
        (project / "predict.py").write_text(solution, encoding="utf-8")
        text = self.everything(
            ("check", "--library", str(library)),
            ("check", "--fresh", "--library", str(library)),
            ("verify", ".", "--library", str(library)),
            ("verify", ".", "--cache", str(self.root / "shared"), "--library", str(library)),
            ("fetch", "titanic"),
            cwd=project,
        )
        self.assertNotIn(self.secret, text)

    def test_of_three_projects_of_ours(self) -> None:
        self.run_cli("init")
        held: set[str] = set()
        names = ["text-analyzer", "iris"]
        if MIRROR and NGINX is not None:
            (self.root / "server").mkdir()
            server = Nginx(self.root / "server", Path(MIRROR))
            self.addCleanup(server.stop)
            self.run_cli("fetch", "titanic", env={"MLPATH_MIRROR": server.url})
            rows = (Path(MIRROR) / "titanic/titanic.csv").read_text(encoding="utf-8")
            held |= set(rows.splitlines())
            names.append("titanic")
        for name in names:
            self.assertEqual(self.run_cli("new", name).code, 0)
            self.run_cli("solution", name, "--apply")
            template = SOURCE / "templates" / name
            for path in (*template.glob("checks/**/*"), *template.glob("data/**/*")):
                if path.is_file():
                    text = path.read_text(encoding="utf-8", errors="replace")
                    held |= {line.strip() for line in text.splitlines() if len(line.strip()) > 14}
            for milestone_of in json.loads((template / "project.json").read_text())["milestones"]:
                for check in milestone_of["checks"]:
                    for value in check.get("cases") or check.get("calls") or []:
                        held.add(json.dumps(value))
        self.assertGreater(len(held), 200)
        held.discard("")
        text = self.everything(
            ("check", "text-analyzer"),
            ("verify", "."),
            cwd=self.folder,
        )
        self.assertFalse([line for line in held if line in text])
        self.assertNotIn(self.secret, text)

    def test_of_predictions_and_their_truth(self) -> None:
        for name in ("truth", "predictions"):
            out = io.StringIO()
            csv.writer(out).writerows([("id", "label"), *((i, self.secret) for i in range(9))])
            (self.folder / f"{name}.csv").write_text(out.getvalue(), encoding="utf-8")
        words = ("score", "truth.csv", "predictions.csv", "--key", "id", "--column", "label")
        outcome = self.run_cli(*words, "--metric", "accuracy", "--log-level", "debug")
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertNotIn(self.secret, outcome.err)


if __name__ == "__main__":
    unittest.main()
