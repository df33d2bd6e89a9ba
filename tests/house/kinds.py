"""A kind of check is one folder: a made-up one is added as a folder, and everything knows it.

The folders `mentions`, judged in C++, `writes`, judged by a script, and `serves`, whose script has
a driver and a reader, join a copy of core/checks/kinds; their sources and the table that the build
makes of the folders are compiled as the build compiles, and linked into another mlpath. Nothing
else is changed. Against that binary:
schema, lint, what is told, checks, results of before, selftest.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests/system"))

from mlpath_cli import BINARY, CliTest, Outcome  # noqa: E402
from tiny_project import PROJECT, milestone, tiny_library  # noqa: E402

KINDS = SOURCE / "core/checks/kinds"
MADE_UP = SOURCE / "tests/house/mentions"
BY_SCRIPT = SOURCE / "tests/house/writes"
BY_ROLES = SOURCE / "tests/house/serves"
BUILD = BINARY.parent
MENTIONS = {
    "id": "says-hello",
    "kind": "mentions",
    "path": "predict.py",
    "word": "hello",
    "says": "The program greets.",
}


def run(*words: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=folder, check=False, capture_output=True, text=True)


def compiler(like: str = "/generated/kinds.cpp") -> list[str]:
    """As the build compiles its table of kinds, or another source, up to the names of the files."""
    for entry in json.loads((BUILD / "compile_commands.json").read_text(encoding="utf-8")):
        if like in entry["command"]:
            words = shlex.split(entry["command"])
            return words[: words.index("-o")]
    raise AssertionError(f"the build has no {like}")


def make_table(kinds: Path, table: Path) -> subprocess.CompletedProcess[str]:
    return run("cmake", "-D", f"table={table}", "-P", kinds / "table.cmake", folder=kinds)


def link(
    objects: list[Path], binary: Path, target: str = "mlpath"
) -> subprocess.CompletedProcess[str]:
    """As the build links the target, with `objects` before the same names of the library."""
    commands = run("ninja", "-t", "commands", target, folder=BUILD).stdout.splitlines()
    words = [word for word in shlex.split(commands[-1]) if word not in {":", "&&"}]
    library = next(i for i, word in enumerate(words) if word.endswith("libcore.a"))
    words[library:library] = map(str, objects)
    words[words.index("-o") + 1] = str(binary)
    return run(*words, folder=BUILD)


def build_with(folder: Path, *made_up: Path) -> Path:
    """Another mlpath, with the kinds of these folders."""
    kinds = folder / "core/checks/kinds"
    shutil.copytree(KINDS, kinds)
    for kind in made_up:
        shutil.copytree(kind, kinds / kind.name)
    table = folder / "kinds.cpp"
    done = make_table(kinds, table)
    if done.returncode:
        raise AssertionError(done.stderr)
    objects = []
    sources = [source for kind in made_up for source in sorted((kinds / kind.name).glob("*.cpp"))]
    for source in (table, *(source for source in sources if source.name != "test.cpp")):
        objects.append(folder / f"{source.parent.name}-{source.stem}.o")
        done = run(*compiler(), "-o", objects[-1], "-c", source, folder=BUILD)
        if done.returncode:
            raise AssertionError(done.stderr)
    binary = folder / "mlpath"
    done = link(objects, binary)
    if done.returncode:
        raise AssertionError(done.stderr)
    return binary


def untold_fields(kind: Path) -> list[str]:
    """The fields of its schema that its README does not name."""
    schema = json.loads((kind / "schema.json").read_text(encoding="utf-8"))
    text = (kind / "README.md").read_text(encoding="utf-8")
    shared = {"because", "likely"}
    return [
        name
        for name in schema["properties"]
        if name not in shared and not re.search(rf"`{re.escape(name)}\b", text)
    ]


class Documentation(unittest.TestCase):
    def test_each_kind_tells_its_fields(self) -> None:
        kinds = sorted(path.parent for path in KINDS.glob("*/schema.json"))
        self.assertGreater(len(kinds), 5)
        for kind in (*kinds, MADE_UP, BY_SCRIPT, BY_ROLES):
            with self.subTest(kind=kind.name):
                self.assertEqual(untold_fields(kind), [])

    def test_the_format_leads_to_the_folders(self) -> None:
        text = (SOURCE / "curricula/FORMAT.md").read_text(encoding="utf-8")
        self.assertIn("(../core/checks/kinds)", text)


class NotAKind(unittest.TestCase):
    """What cannot be a kind stops the build, and says why."""

    def refused(self, change: dict[str, str | None]) -> str:
        with tempfile.TemporaryDirectory(prefix="mlpath-kinds-") as name:
            kinds = Path(name) / "kinds"
            shutil.copytree(KINDS, kinds)
            shutil.copytree(MADE_UP, kinds / MADE_UP.name)
            for file, text in change.items():
                if text is None:
                    (kinds / MADE_UP.name / file).unlink()
                else:
                    (kinds / MADE_UP.name / file).write_text(text, encoding="utf-8")
            done = make_table(kinds, Path(name) / "kinds.cpp")
            self.assertNotEqual(done.returncode, 0)
            self.assertFalse((Path(name) / "kinds.cpp").exists())
            return " ".join(done.stderr.split())

    def test_a_file_that_is_missing(self) -> None:
        for file in ("kind.cpp", "judge.cpp", "README.md", "test.cpp"):
            told = self.refused({file: None})
            self.assertIn(f"core/checks/kinds/mentions has no {file}", told)

    def test_a_schema_that_is_none(self) -> None:
        for text in ('{"description": "Cut', '{"properties": {}}', "[]"):
            told = self.refused({"schema.json": text})
            self.assertIn("core/checks/kinds/mentions/schema.json", told)

    def test_a_name_that_is_none(self) -> None:
        with tempfile.TemporaryDirectory(prefix="mlpath-kinds-") as name:
            kinds = Path(name) / "kinds"
            shutil.copytree(KINDS, kinds)
            shutil.copytree(MADE_UP, kinds / "Mentions it")
            done = make_table(kinds, Path(name) / "kinds.cpp")
            self.assertNotEqual(done.returncode, 0)
            self.assertIn("Mentions it", done.stderr)


class KindTest(CliTest):
    """With another mlpath, which has the made-up kinds. It is built once."""

    binary = Path()

    @classmethod
    def setUpClass(cls) -> None:
        if KindTest.binary == Path():
            folder = tempfile.TemporaryDirectory(prefix="mlpath-kinds-")
            unittest.addModuleCleanup(folder.cleanup)
            KindTest.binary = build_with(Path(folder.name), MADE_UP, BY_SCRIPT, BY_ROLES)

    def mlpath(self, *words: str, **options: Any) -> Outcome:
        return self.run_cli(*words, binary=self.binary, **options)


class OwnTests(KindTest):
    """The build finds the tests of a kind in its folder, and a test that fails is a failure."""

    def found(self, test: Path) -> str:
        """The text of a test that the build has found."""
        kinds = self.binary.parent / "core/checks/kinds"
        table = make_table(kinds, self.folder / "kinds.cpp").stdout
        self.assertIn(str(test), table.partition("tests: ")[2].strip().split(";"))
        return test.read_text(encoding="utf-8")

    def test_those_in_cpp_are_run(self) -> None:
        folder = self.binary.parent
        test = folder / "core/checks/kinds" / MADE_UP.name / "test.cpp"
        sound = self.found(test)
        objects = [*folder.glob("*.o"), self.folder / "test.o"]
        for text, code in ((sound, 0), (sound.replace("does not mention", "lacks"), 1)):
            test.write_text(text, encoding="utf-8")
            done = run(*compiler("/test_kinds.dir/"), "-o", objects[-1], "-c", test, folder=BUILD)
            self.assertEqual(done.returncode, 0, done.stderr)
            done = link(objects, self.folder / "test_kinds", "test_kinds")
            self.assertEqual(done.returncode, 0, done.stderr)
            done = run(self.folder / "test_kinds", "--test-case=mentions*", folder=folder)
            self.assertEqual(done.returncode, code, done.stdout)
            self.assertIn("test cases: 1 ", " ".join(done.stdout.split()))

    def test_those_in_python_are_run(self) -> None:
        for kind in (BY_SCRIPT, BY_ROLES):
            test = self.binary.parent / "core/checks/kinds" / kind.name / "test_judge.py"
            sound = self.found(test)
            for text, code in ((sound, 0), (sound.replace("assertEqual", "assertNotEqual"), 1)):
                test.write_text(text, encoding="utf-8")
                done = run("/usr/bin/python3", test, folder=self.folder)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertIn("Ran ", done.stderr)


class MadeUpKind(KindTest):
    def library(self, **fields: Any) -> Path:
        root = self.root / "library"
        shutil.rmtree(root, ignore_errors=True)
        shouting = {
            "milestone": "greet",
            "check": "says-hello",
            "message": "does not mention hello",
        }
        return tiny_library(
            root,
            [milestone("greet", {**MENTIONS, **fields})],
            skeleton="print('todo')\n",
            solution="print('hello')\n",
            flaws={"shouts": (shouting, "print('HELLO')\n")},
        )

    def test_the_schema_has_its_fields(self) -> None:
        schema = json.loads(self.mlpath("schema", "project").out)
        self.assertIn("mentions", schema["definitions"]["check"]["properties"]["kind"]["enum"])
        self.assertIn("word", schema["definitions"]["check-mentions"]["properties"])
        self.assertNotIn("mentions", self.run_cli("schema", "project").out)

    def test_lint_knows_what_it_asks(self) -> None:
        cases: list[tuple[dict[str, Any], str]] = [
            ({"word": 7}, "word"),
            ({"words": "hello"}, "words"),
            ({"word": "two words"}, "a word has no space in it"),
            ({"path": "absent/notes.txt"}, "absent/notes.txt"),
        ]
        outcome = self.mlpath("lint", str(self.library()))
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        for fields, told in cases:
            with self.subTest(fields=fields):
                outcome = self.mlpath("lint", str(self.library(**fields)))
                self.assertEqual(outcome.code, 1, outcome.out)
                self.assertIn(told, outcome.out + outcome.err)

    def test_the_milestone_tells_it(self) -> None:
        told = self.mlpath("show", PROJECT, "1", "--library", str(self.library()))
        self.assertEqual(told.code, 0, told.err)
        self.assertIn("mentions the word hello", " ".join(told.out.split()))

    def test_the_engine_judges_and_keeps(self) -> None:
        library = str(self.library())
        self.assertEqual(self.mlpath("new", PROJECT, "--library", library).code, 0)
        project = self.folder / PROJECT
        words = ("check", "--library", library)
        outcome = self.mlpath(*words, cwd=project)
        self.assertEqual(outcome.code, 1, outcome.out + outcome.err)
        self.assertIn("does not mention hello", outcome.out)
        (project / "predict.py").write_text("print('hello')\n", encoding="utf-8")
        first = self.mlpath(*words, "--json", cwd=project)
        self.assertEqual(first.code, 0, first.out + first.err)
        again = self.mlpath(*words, "--json", cwd=project)
        self.assertEqual(
            [self.is_kept(outcome) for outcome in (first, again)], [False, True], again.out
        )

    @staticmethod
    def is_kept(outcome: Outcome) -> bool:
        (result,) = outcome.json()["milestones"]
        return result["checks"][0].get("from") == "cache"

    def test_selftest_proves_with_it(self) -> None:
        outcome = self.mlpath("selftest", PROJECT, "--library", str(self.library()))
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        outcome = self.mlpath("selftest", PROJECT, "--library", str(self.library(word="HELLO")))
        self.assertEqual(outcome.code, 1, outcome.out)


class KindByScript(KindTest):
    """`judge.py` of the folder decides, on one protocol with check scripts."""

    def library(self, solution: str) -> Path:
        root = self.root / "library"
        shutil.rmtree(root, ignore_errors=True)
        check = {
            "id": "greets",
            "kind": "writes",
            "step": "greet",
            "path": "greeting.txt",
            "begins": "hello",
            "says": "The greeting begins well.",
        }
        shouts = {"milestone": "greet", "check": "greets", "message": "begins with 'HELLO'"}
        silent = {"milestone": "greet", "check": "greets", "message": "wrote no `greeting.txt`"}
        crash = {"milestone": "greet", "check": "greets", "message": "ZeroDivisionError"}
        return tiny_library(
            root,
            [milestone("greet", check)],
            skeleton="print('todo')\n",
            solution=solution,
            flaws={
                "shouts": (shouts, "open('greeting.txt', 'w').write('HELLO')\n"),
                "silent": (silent, "print('hello')\n"),
                "crashes": (crash, "print(1 / 0)\n"),
            },
            steps=[{"id": "greet", "run": ["{python}", "predict.py"], "writes": ["greeting.txt"]}],
        )

    def test_right_and_wrong_answers_end_as_they_should(self) -> None:
        library = self.library("open('greeting.txt', 'w').write('hello, world')\n")
        outcome = self.mlpath("lint", str(library))
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        outcome = self.mlpath("selftest", PROJECT, "--library", str(library))
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)

    def test_the_failure_of_a_step_is_told_whole(self) -> None:
        library = str(self.library("open('greeting.txt', 'w').write('hello, world')\n"))
        self.assertEqual(self.mlpath("new", PROJECT, "--library", library).code, 0)
        project = self.folder / PROJECT
        (project / "predict.py").write_text("print(1 / 0)\n", encoding="utf-8")
        outcome = self.mlpath("check", "--library", library, cwd=project)
        self.assertEqual(outcome.code, 1, outcome.out + outcome.err)
        self.assertIn("predict.py:1", outcome.out)
        self.assertIn("ZeroDivisionError", outcome.out)
        (project / "predict.py").write_text(
            "open('greeting.txt', 'w').write('hello')\n", encoding="utf-8"
        )
        outcome = self.mlpath("check", "--library", library, "--json", cwd=project)
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        (result,) = outcome.json()["milestones"]
        self.assertEqual(
            result["checks"][0]["measurements"],
            [{"name": "length", "kind": "series", "values": [5.0]}],
        )


SERVER = """import socket, sys
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
connection, _ = server.accept()
name = connection.makefile().readline().strip()
open("guests.txt", "w").write(GUESTS)
connection.sendall(b"hello, " + name.encode() + b"\\n")
connection.close()
"""


class KindByRoles(KindTest):
    """A driver starts the learner's server, the judge talks to it, a reader reads what it left."""

    # How the sandbox is had: with a network of its own, and over this machine's loopback.
    ways = (("auto",), ("off",))

    def setUp(self) -> None:
        super().setUp()
        check = {
            "id": "answers",
            "kind": "serves",
            "path": "predict.py",
            "says_back": "hello, learner",
            "says": "The server greets.",
        }
        root = tiny_library(
            self.root / "library",
            [milestone("serve", check)],
            skeleton="print('todo')\n",
            solution=SERVER.replace("GUESTS", "name"),
            sources=["*.py"],
        )
        self.library = str(root)
        self.assertEqual(self.mlpath("new", PROJECT, "--library", self.library).code, 0)
        self.project = self.folder / PROJECT

    def check(
        self, way: str, server: str, beside: str = "", **options: Any
    ) -> tuple[int, dict[str, Any]]:
        (self.project / "predict.py").write_text(server, encoding="utf-8")
        if beside:
            (self.project / "beside.py").write_text(beside, encoding="utf-8")
        words = ("check", "--library", self.library, "--sandbox", way, "--fresh", "--json")
        outcome = self.mlpath(*words, cwd=self.project, **options)
        (result,) = outcome.json()["milestones"]
        return outcome.code, result["checks"][0]

    def test_whoever_programs_run_as_finds_the_scripts_whatever_our_umask_is(self) -> None:
        code, found = self.check("auto", SERVER.replace("GUESTS", "name"), umask=0o077)
        self.assertEqual(code, 0, found)

    def test_a_server_that_does_what_it_should_passes(self) -> None:
        for (way,) in self.ways:
            with self.subTest(sandbox=way):
                code, found = self.check(way, SERVER.replace("GUESTS", "name"))
                self.assertEqual(code, 0, found)
                shared = "loopback of this machine" in found.get("warning", "")
                self.assertEqual(shared, way == "off", found)

    def test_what_is_wrong_is_the_learners_and_named(self) -> None:
        right = SERVER.replace("GUESTS", "name")
        cases = (
            ("print(1)\n", "", "Nothing listens on port"),
            (right.replace("hello", "good day"), "", "good day, learner"),
            (SERVER.replace("GUESTS", "'nobody'"), "", "guests"),
            (SERVER.replace("GUESTS", "'bomb'"), "", "`guests.txt` cannot be read"),
            (
                SERVER.replace("GUESTS", "'\\udcff'").replace(
                    '"w"', '"w", errors="surrogateescape"'
                ),
                "",
                "UnicodeDecodeError",
            ),
            (right.replace("guests.txt", "people.txt"), "", "wrote no `guests.txt`"),
            (right, "while True: pass\n", "did not answer in time"),
            (right, "import os; os._exit(3)\n", "ended with exit code 3"),
            (right, "raise KeyError('x')\n", "KeyError"),
            (right, "import os; os.write(4, b'no answer\\n')\n", "cannot be read"),
            ("print(1)\n", "import os; os.write(4, b'{\"ok\": true}\\n')\n", "Nothing listens"),
        )
        for way in self.ways:
            for server, beside, told in cases:
                with self.subTest(sandbox=way, told=told):
                    code, found = self.check(way[0], server, beside or "pass\n")
                    self.assertEqual(code, 1, found)
                    self.assertIn(told, json.dumps(found, ensure_ascii=False))

    def test_nothing_is_left_running(self) -> None:
        mark = f"mlpath-left-{os.getpid()}"
        server = SERVER.replace("GUESTS", "name") + f"import time; time.sleep(600)  # {mark}\n"
        for (way,) in self.ways:
            code, found = self.check(way, server)
            self.assertEqual(code, 0, found)
        listed = run("pgrep", "-f", "predict.py [0-9]+$", folder=self.folder).stdout.split()
        self.assertEqual(listed, [])


if __name__ == "__main__":
    os.environ.setdefault("LANG", "C.UTF-8")
    unittest.main()
