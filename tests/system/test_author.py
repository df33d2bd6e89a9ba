"""`mlpath author`: a project like another, sound from the start, and its answers side by side."""

from __future__ import annotations

import json
import os
import subprocess
import unittest
from pathlib import Path

from guest_library import guest_library, write
from mlpath_cli import BINARY, ESCAPE, CliTest, Outcome
from test_selftest import CAUGHT, SKELETON, SOLUTION
from tiny_project import PROJECT, SCORE, SPLIT_DATA, milestone, prints_check, tiny_library

SOURCE = Path(__file__).resolve().parents[2]


def tree(root: Path) -> dict[str, bytes]:
    """The files below it; not those of the user's cache."""
    files = (path for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def flat(text: str) -> str:
    return " ".join(text.split())


class AuthorTest(CliTest):
    def setUp(self) -> None:
        super().setUp()
        self.acme = self.root / "acme"
        write(self.acme / "library.json", {"format": 1, "name": "acme", "title": "Acme's own"})

    def projects(self, status: str) -> list[str]:
        listed = self.run_cli("list", "projects", "--json").json()["projects"]
        return [project["id"] for project in listed if project["status"] == status]

    def new(self, name: str, like: str, *words: str, cwd: Path | None = None) -> Outcome:
        outcome = self.run_cli(
            "author", "new", name, "--like", like, *words, cwd=cwd or self.folder
        )
        self.assertEqual((outcome.code, outcome.err), (0, ""), outcome.out + outcome.err)
        self.assert_calm(outcome.out)
        return outcome

    def typed(self, line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """A command line as a shell reads it."""
        environment = {**self.environment(), "PATH": f"{BINARY.parent}:/usr/bin:/bin"}
        return subprocess.run(
            line,
            shell=True,
            cwd=cwd,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


class NewTest(AuthorTest):
    def test_every_project_of_ours_can_be_begun_with(self) -> None:
        """Lint has nothing to say, and nothing but the data has the name that it had."""
        ready = self.projects("ready")
        self.assertIn("titanic", ready)
        for like in ready:
            with self.subTest(like):
                name = f"acme-my-{like}"
                self.new(name, like, "--library", str(self.acme))
                folder = self.acme / "templates" / name
                told = self.run_cli("lint", str(folder), "--json").json()
                self.assertEqual((told["faults"], told["projects"]), ([], 1))
                manifest = json.loads((folder / "project.json").read_text(encoding="utf-8"))
                ours = json.loads(
                    (SOURCE / f"templates/{like}/project.json").read_text(encoding="utf-8")
                )
                self.assertEqual((manifest["id"], manifest["version"]), (name, 1))
                for same in ("data", "python", "hours", "skills", "requires"):
                    self.assertEqual(manifest.get(same), ours.get(same))
                self.assertEqual(
                    [one["id"] for one in manifest["milestones"]],
                    [one["id"] for one in ours["milestones"]],
                )
                for path, text in tree(folder).items():
                    self.assertNotIn(f"mlpath check {like}".encode(), text, path)
                    self.assertNotIn(f"import {like}\n".encode(), text, path)

    def test_its_next_commands_can_be_typed(self) -> None:
        """From a folder outside, from the library, and from a workspace that has it."""
        workspace = self.root / "workspace"
        workspace.mkdir()
        self.run_cli("init", ".", cwd=workspace)
        (workspace / "library/templates").mkdir(parents=True)
        for number, (prefix, where, words) in enumerate(
            (
                ("acme", self.folder, ("--library", "../acme")),
                ("acme", self.acme, ()),
                ("acme", self.acme / "templates", ()),
                ("my", workspace, ()),
                ("my", workspace / "library", ()),
            )
        ):
            name = f"{prefix}-count-{number}"
            with self.subTest(where=where):
                made = self.new(name, "text-analyzer", *words, cwd=where)
                commands = [
                    line.strip() for line in made.out.splitlines() if line.startswith("    ")
                ]
                self.assertEqual(len(commands), 3, made.out)
                grep, lint, tried = commands
                marks = self.typed(grep, where).stdout.count("TODO(author)")
                self.assertIn(f"in {marks} places", flat(made.out))
                self.assertGreater(marks, 30)
                linted = self.typed(lint, where)
                self.assertEqual((linted.returncode, linted.stdout[:9]), (0, "no faults"))
                if number in (0, 3):
                    done = self.typed(tried, where)
                    self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
                    self.assertIn("each ends where it should", done.stdout)

    def test_it_can_be_learned_with(self) -> None:
        self.new("acme-words", "text-analyzer", "--library", str(self.acme))
        library = ("--library", str(self.acme))
        made = self.run_cli("new", "acme-words", *library)
        self.assertEqual(made.code, 0, made.err)
        brief = (self.folder / "acme-words/BRIEF.md").read_text(encoding="utf-8")
        self.assertTrue(brief.startswith("# TODO(author): the title of acme-words\n"), brief)
        self.assertEqual(self.run_cli("check", "acme-words", *library).code, 1)

    def test_as_json(self) -> None:
        told = self.new("acme-boats", "titanic", "--library", str(self.acme), "--json").json()
        folder = self.acme / "templates/acme-boats"
        self.assertEqual(
            {key: told[key] for key in ("project", "like", "folder", "module", "was_planned")},
            {
                "project": "acme-boats",
                "like": "titanic",
                "folder": str(folder),
                "module": "acme_boats.py",
                "was_planned": False,
            },
        )
        self.assertEqual(told["files"], sorted(tree(folder)))
        self.assertIn("solution/acme_boats.py", told["files"])

    def test_one_that_is_like_a_project_of_the_same_library(self) -> None:
        guest_library(self.acme)
        self.new("acme-lines", "acme-words", "--library", str(self.acme))
        self.assertEqual(self.run_cli("lint", str(self.acme)).code, 0)

    def test_a_planned_one_is_filled(self) -> None:
        """As those of our own library are, whose ids begin with no name."""
        library = tiny_library(
            self.root / "library",
            [milestone("first", prints_check("prints-one", "one"))],
            skeleton=SKELETON,
            solution="print('one')\n",
            flaws={},
        )
        planned = {
            "format": 2,
            "id": "later",
            "version": 1,
            "status": "planned",
            "title": "Later",
            "summary": "Count again.",
            "requires": {"projects": [PROJECT]},
            "milestones": [{"id": "a", "title": "Begin", "goal": "Read `numbers.csv`."}],
        }
        write(library / "templates/later/project.json", planned)
        folder = library / "templates/later"
        (folder / "notes.txt").write_text("mine", encoding="utf-8")
        refused = self.run_cli("author", "new", "later", "--like", PROJECT, cwd=library)
        self.assert_usage(refused, "already a project `later`", "nothing in it was touched")
        self.assertEqual(sorted(tree(folder)), ["notes.txt", "project.json"])
        (folder / "notes.txt").unlink()
        told = self.new("later", PROJECT, cwd=library)
        self.assertIn("Filled the planned project `later`, like `tally`", told.out)
        # One that was killed before the manifest was written is made whole by the next.
        made = tree(folder)
        write(folder / "project.json", planned)
        (folder / "brief.md").unlink()
        self.new("later", PROJECT, cwd=library)
        self.assertEqual(tree(folder), made)
        manifest = json.loads((folder / "project.json").read_text(encoding="utf-8"))
        for same in ("id", "title", "summary", "requires"):
            self.assertEqual(manifest[same], planned[same])
        self.assertEqual(manifest["status"], "ready")
        brief = (folder / "brief.md").read_text(encoding="utf-8")
        self.assertIn("# Later\n", brief)
        self.assertIn("- Begin: Read numbers.csv.", brief)
        self.assertEqual(self.run_cli("lint", str(folder)).code, 0)
        self.assertEqual(self.run_cli("author", "try", "later", cwd=library).code, 0)

    def test_what_cannot_be_is_refused_and_nothing_is_left(self) -> None:
        guest_library(self.acme)
        write(
            self.acme / "templates/acme-later/project.json",
            {
                "format": 2,
                "id": "acme-later",
                "version": 1,
                "status": "planned",
                "title": "Later",
                "summary": "Later.",
            },
        )
        (self.acme / "templates/acme-file").write_text("mine", encoding="utf-8")
        (self.acme / "templates/acme-link").symlink_to(self.folder)
        flask = self.root / "flask"
        (flask / "templates").mkdir(parents=True)
        (flask / ".mlpath/copies/acme").mkdir(parents=True)
        before = tree(self.root)
        planned = self.projects("planned")[0]
        here = ("--library", str(self.acme))
        for name, like, words, said in (
            (
                "acme-words",
                "iris",
                here,
                ("already a project `acme-words`", "author try acme-words"),
            ),
            ("acme-file", "iris", here, ("already a project", "nothing in it was touched")),
            ("acme-link", "iris", here, ("already a project",)),
            (
                "Acme Chess,",
                "iris",
                here,
                ("cannot be the name", "author new acme-chess --like iris"),
            ),
            ("../acme-x", "iris", here, ("cannot be the name", "`mlpath author new acme-x --like")),
            ("-", "iris", here, ("cannot be the name", "customer-churn")),
            ("acme-" + "x" * 60, "iris", here, ("cannot be the name", "64 at most")),
            (
                "chess",
                "iris",
                here,
                ("does not begin with `acme-`", "author new acme-chess --like"),
            ),
            ("acmes-chess", "iris", here, ("does not begin with `acme-`",)),
            ("acme-x", "titanci", here, ("no project `titanci`", "did you mean `titanic`?")),
            ("acme-x", "../iris", here, ("no project `../iris`",)),
            ("acme-x", planned, here, ("only planned", "`iris`")),
            ("acme-x", "acme-later", here, ("only planned", "`acme-words`")),
            ("acme-x", "iris", (), ("no library here", "library.json")),
            ("acme-x", "iris", ("--library", "nowhere"), ("`nowhere` is not a folder",)),
            (
                "acme-x",
                "iris",
                ("--library", str(self.folder)),
                ("is not a library", "library.json"),
            ),
            ("acme-x", "iris", ("-C", str(flask)), ("is not a library", "library.json")),
            ("acme-x", "iris", (*here, "--library", str(flask)), ("more than one `--library`",)),
            (
                "acme-x",
                "iris",
                ("--library", str(flask / ".mlpath/copies/acme")),
                ("copies are not written to",),
            ),
        ):
            with self.subTest(name=name, like=like, words=words):
                outcome = self.run_cli("author", "new", name, f"--like={like}", *words)
                self.assert_usage(outcome)
                for fragment in said:
                    self.assertIn(fragment, flat(outcome.err))
                self.assert_calm(outcome.err)
                self.assertEqual(tree(self.root), before)
        self.assert_usage(self.run_cli("author", "new", "acme-x", *here), "--like titanic")
        fresh = self.run_cli("author", "new", "acme-x", "--like", "iris", "--fresh", *here)
        self.assert_usage(fresh, "`--fresh` goes with `author try`")
        self.assert_usage(self.run_cli("author", "nwe", "acme-x"), "did you mean `new`?")
        self.assert_usage(self.run_cli("author", "new"), "`PROJECT` is missing")

    def test_in_a_workspace_it_says_how_to_have_a_library(self) -> None:
        self.run_cli("init", ".")
        refused = self.run_cli("author", "new", "my-x", "--like", "iris")
        self.assert_usage(refused, "mkdir -p library/templates")
        self.typed("mkdir -p library/templates", self.folder)
        self.new("my-x", "iris")

    def test_a_library_with_faults_elsewhere_can_be_worked_on(self) -> None:
        guest_library(self.acme)
        (self.acme / "curricula/acme-road.json").write_text("{", encoding="utf-8")
        self.new("acme-x", "iris", "--library", str(self.acme))
        self.assertEqual(self.run_cli("lint", str(self.acme / "templates/acme-x")).code, 0)
        refused = self.run_cli(
            "author", "new", "acme-y", "--like", "acme-words", "--library", str(self.acme)
        )
        self.assert_usage(refused, "acme-road.json:1")

    def test_what_would_not_be_sound_is_not_made(self) -> None:
        """A project of one library may not refer to another's topics, as this copy would."""
        guest_library(self.acme)
        manifest = self.acme / "templates/acme-words/project.json"
        words = json.loads(manifest.read_text(encoding="utf-8"))
        write(manifest, {**words, "requires": {"topics": ["acme-counting"]}})
        self.run_cli("init", ".")
        self.assertEqual(self.run_cli("library", "add", str(self.acme)).code, 0)
        (self.folder / "library/templates").mkdir(parents=True)
        refused = self.run_cli("author", "new", "my-words", "--like", "acme-words")
        self.assert_usage(refused, "templates/my-words/project.json", "no topic `acme-counting`")
        self.assertIn("nothing was written", refused.err)
        self.assertEqual(list((self.folder / "library/templates").iterdir()), [])

    @unittest.skipUnless(os.getuid() == 0, "gives the folder to somebody else")
    def test_where_nothing_can_be_written(self) -> None:
        (self.acme / "templates").mkdir()
        before = tree(self.acme)
        refused = self.run_as_nobody(
            "author", "new", "acme-x", "--like", "iris", "--library", str(self.acme)
        )
        self.assertEqual(refused.code, 3, refused.err)
        self.assertIn("error: cannot make a folder in", refused.err)
        self.assertEqual((tree(self.acme), list((self.acme / "templates").iterdir())), (before, []))


class TryTest(AuthorTest):
    def library(self, solution: str = SOLUTION) -> Path:
        milestones = [
            milestone("first", prints_check("prints-one", "one")),
            milestone("second", prints_check("prints-two", "two")),
        ]
        return tiny_library(
            self.root / "library",
            milestones,
            skeleton=SKELETON,
            solution=solution,
            flaws={"typing-error": CAUGHT},
        )

    def test_a_row_for_each_answer(self) -> None:
        library = self.library()
        told = self.run_cli("author", "try", PROJECT, "--library", str(library))
        self.assertEqual((told.code, told.err), (0, ""), told.out)
        head, *rows, empty, result = told.out.splitlines()
        self.assertEqual(head.split(None, 4)[:4], ["answer", "sound", "fails", "at"])
        self.assertEqual(
            [row.split()[:3] for row in rows],
            [
                ["skeleton", "yes", "first/prints-one"],
                ["solution", "yes", "nothing"],
                ["typing-error", "yes", "second/prints-two"],
            ],
        )
        for row, said in ((rows[0], "printed something different"), (rows[2], "printed")):
            self.assertIn(said, row)
        self.assertEqual(rows[1].split(), ["solution", "yes", "nothing"])
        self.assertEqual((empty, result), ("", "tally: 3 answers, and each ends where it should."))
        self.assertIn(
            "judging tally",
            self.run_pty("author", "try", PROJECT, "--fresh", "--library", str(library)).out,
        )

    def test_what_does_not_end_where_it_should(self) -> None:
        library = self.library(solution="print('one')\n")
        told = self.run_cli("author", "try", PROJECT, "--library", str(library))
        self.assertEqual(told.code, 1, told.err)
        rows = {row.split()[0]: row.split() for row in told.out.splitlines()[1:4]}
        self.assertEqual(rows["solution"][:3], ["solution", "NO", "second/prints-two"])
        self.assertEqual(rows["skeleton"][1], "yes")
        self.assertIn("tally: of 3 answers, 1 does not end where it should.", told.out)
        self.assertIn("expected: the solution passes this check found: it fails", flat(told.out))

    def test_as_json_it_is_a_selftest(self) -> None:
        library = self.library()
        words = (PROJECT, "--library", str(library), "--json")
        tried = self.run_cli("author", "try", *words, "--fresh")
        proved = self.run_cli("selftest", *words, "--fresh")
        self.assertEqual((tried.code, tried.json()), (proved.code, proved.json()))
        (project,) = tried.json()["projects"]
        self.assertEqual(
            [(one["subject"], one["check"]) for one in project["subjects"]],
            [
                ("skeleton", "prints-one"),
                ("solution", ""),
                ("flawed/typing-error", "prints-two"),
            ],
        )

    def test_it_fits_the_terminal(self) -> None:
        library = str(self.library())
        for columns in (40, 60, 80, 120):
            shown = self.run_pty(
                "author", "try", PROJECT, "--library", library, columns=columns
            ).out.split("\r")[-1]
            for line in ESCAPE.sub("", shown).splitlines():
                self.assertLessEqual(len(line), columns, line)

    def test_what_cannot_be_tried(self) -> None:
        planned = self.projects("planned")[0]
        for words, said in (
            (("try", "titanci"), "did you mean `titanic`?"),
            (("try", planned), f"`{planned}` is planned: there is nothing to test yet"),
            (("try", "numpy"), "no project `numpy`"),
            (("try", "../iris"), "no project `../iris`"),
            (("try", "iris", "--like", "titanic"), "`--like` goes with `author new`"),
            (("try",), "`PROJECT` is missing"),
        ):
            with self.subTest(words):
                self.assert_usage(self.run_cli("author", *words), said)

    def test_a_project_of_the_library_around_is_found(self) -> None:
        library = self.library()
        for where in (library, library / "templates/tally/solution"):
            self.assertEqual(self.run_cli("author", "try", PROJECT, cwd=where).code, 0)

    def test_completion_knows_it(self) -> None:
        self.assertIn("author", self.run_cli("__complete", "au").out)
        self.assertEqual(
            self.run_cli("__complete", "author", "").out.split(), ["new", "try", "splits"]
        )
        liked = self.run_cli("__complete", "author", "new", "x", "--like", "ti").out
        self.assertTrue(liked.startswith("titanic\t"), liked)

    def test_what_goes_with_try_alone(self) -> None:
        for option in ("--fresh", "--synthetic"):
            outcome = self.run_cli("author", "new", "x", "--like", "titanic", option)
            self.assertEqual(outcome.code, 2)
            self.assertIn(f"`{option}` goes with `author try`", outcome.err)


# Learns nothing: a number is even or not. It is right where the split lets it be.
PREDICTS = """
import csv

def rows(name):
    with open(f"data/{name}.csv", encoding="utf-8") as file:
        return list(csv.DictReader(file))

right = {right}
with open("predictions.csv", "w", encoding="utf-8") as out:
    print("row_id,parity", file=out)
    for row in rows("test"):
        is_odd = int(row["number"]) % 2 == 1
        print(row["row_id"], "odd" if is_odd or not right else "even", sep=",", file=out)
"""
LUCKY = 'sum(int(row["number"]) for row in rows("train")) % 3 {} 1'
OFTEN, SELDOM = LUCKY.format("!="), LUCKY.format("==")
GUESSES = {"milestone": "first", "check": "score", "message": "not enough better"}


class SplitsTest(AuthorTest):
    def library(self, solution: str = "True", flaw: str = "False") -> str:
        steps = [
            {"id": "predict", "run": ["{python}", "predict.py"], "writes": ["predictions.csv"]}
        ]
        folder = tiny_library(
            self.root / "library",
            [milestone("first", SCORE)],
            skeleton=SKELETON,
            solution=PREDICTS.replace("{right}", solution),
            flaws={"guesses": (GUESSES, PREDICTS.replace("{right}", flaw))},
            data=[SPLIT_DATA],
            steps=steps,
        )
        return str(folder)

    def test_a_project_that_is_never_wrong(self) -> None:
        words = ("author", "splits", PROJECT, "--library", self.library(), "--splits", "6")
        told = self.run_cli(*words)
        self.assertEqual((told.code, told.err), (0, ""), told.out)
        lines = [line.split() for line in told.out.splitlines()]
        self.assertIn(
            ["first/score", "6", "of", "6", "≥", "0.300", "0.500", "0.500", "0.500"],
            [line[:9] for line in lines],
        )
        self.assertIn(["guesses", "6", "of", "6", "≥", "0.300", "0", "first/score"], lines)
        self.assertIn(
            "Never wrong: in 6 splits the solution passed and every flaw failed where it should.",
            flat(told.out),
        )
        answer = self.run_cli(*words, "--json")
        self.assertEqual(answer.code, 0)
        report = answer.json()
        self.assertTrue(report["never_wrong"])
        (check,) = report["checks"]
        self.assertEqual((check["check"], check["passed"], check["splits"]), ("score", 6, 6))
        self.assertEqual(check["judged"]["value"], {"smallest": 0.5, "median": 0.5, "largest": 0.5})
        (caught,) = report["flaws"]
        self.assertEqual((caught["flaw"], caught["failed"]), ("guesses", 6))
        self.assertEqual(caught["judged"]["nearest"]["value"], 0)

    def test_luck_is_found(self) -> None:
        """A solution, and a flaw, that end one way or the other by the rows that were drawn."""
        for solution, flaw, subject in (
            (OFTEN, "False", "solution"),
            ("True", SELDOM, "guesses"),
        ):
            with self.subTest(subject):
                words = ("author", "splits", PROJECT, "--library", self.library(solution, flaw))
                told = self.run_cli(*words, "--splits", "12")
                self.assertEqual(told.code, 1, told.out + told.err)
                report = self.run_cli(*words, "--splits", "12", "--json").json()
                self.assertFalse(report["never_wrong"])
                wrong = report["wrong_splits"]
                self.assertTrue(0 < wrong < 12, report)
                self.assertIn(f"Wrong in {wrong} of 12 splits:", told.out)
                self.assertIn("(seed ", told.out)
                (check,), (caught,) = report["checks"], report["flaws"]
                self.assertEqual(
                    (check["passed"], caught["failed"]),
                    (12 - wrong, 12) if subject == "solution" else (12, 12 - wrong),
                )

    def test_it_says_how_far_it_is_and_fits_the_terminal(self) -> None:
        library = self.library()
        for columns in (40, 80):
            words = ("author", "splits", PROJECT, "--splits", "2", "--fresh", "--library", library)
            shown = self.run_pty(*words, columns=columns).out
            self.assertIn("judging tally", shown)
            for line in ESCAPE.sub("", shown.split("\r")[-1]).splitlines():
                self.assertLessEqual(len(line), columns, line)

    def test_what_cannot_be_judged_so(self) -> None:
        for words, said in (
            (("splits", "text-analyzer"), "`text-analyzer` has no data that are split"),
            (("splits", "iris", "--splits", "0"), "`--splits`"),
            (("splits", "iris", "--like", "titanic"), "`--like` goes with `author new`"),
            (("splits", "titanci"), "did you mean `titanic`?"),
            (("try", "iris", "--splits", "3"), "`--splits` goes with `author splits`"),
            (("new", "x", "--like", "iris", "--splits", "3"), "`--splits` goes with `author"),
        ):
            with self.subTest(words):
                self.assert_usage(self.run_cli("author", *words), said)


if __name__ == "__main__":
    unittest.main()
