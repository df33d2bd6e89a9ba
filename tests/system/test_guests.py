"""Libraries of others: added from a folder or an address, pinned, used like what is built in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import unittest
from pathlib import Path
from typing import Any

from git_server import GitServer
from guest_case import GuestTest
from guest_library import guest_library, write
from mlpath_cli import NOBODY
from test_synthetic import promised


def add_coins(library: Path, script: str, sha256: str) -> None:
    """A dataset `acme-coins`, made by the script."""
    dataset = {
        "id": "acme-coins",
        "title": "Coins",
        "rows": 1,
        "license": {"name": "CC0-1.0", "redistribute": True},
        "citation": "Acme.",
        "files": [{"name": "coins.csv"}],
        "synthetic": {"seed": 7, "sha256": sha256},
    }
    write(library / "curricula/datasets.json", {"format": 1, "datasets": [dataset]})
    generator = library / "curricula/synthetic/acme-coins.py"
    generator.parent.mkdir(exist_ok=True)
    generator.write_text(script, encoding="utf-8")


class AddTest(GuestTest):
    def test_work_goes_on_as_with_what_is_built_in(self) -> None:
        self.workspace()
        added = self.succeed("library", "add", str(self.acme))
        self.assertIn("mlpath init . --curriculum acme-road", added.out)
        self.assertIn("run with your rights", added.out)
        init = self.succeed("init", ".", "--curriculum", "acme-road")
        self.assertIn("Acme's road", init.out)
        self.assertIn("mlpath new acme-words", self.succeed("next", "--all").out)
        self.assertIn("Count words at Acme", self.succeed("list", "projects").out)
        self.assertIn("mlpath quiz acme-counting", self.succeed("show", "acme-counting").out)
        self.assertIn("acme-words", self.succeed("__complete", "new", "acme").out)
        self.succeed("new", "acme-words")
        self.fail_with(1, "check", "acme-words")
        self.solve()
        self.succeed("check", "acme-words")
        self.assertIn("acme-words", self.succeed("status", "--json").out)
        self.succeed("done", "acme-tea")
        self.assertIn("Acme's road", self.succeed("status").out)

    def test_it_makes_its_own_synthetic_data(self) -> None:
        """With no network; one that makes something else or writes elsewhere makes nothing."""
        good = "def make(draw):\n    yield 'coins.csv', b'side\\nheads\\n'\n"
        outside = self.root / "outside.txt"
        nowhere = {"MLPATH_MIRROR": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1"}
        self.workspace()
        for script, code, told in (
            (good.replace("heads", "tails"), 3, "not what the catalog promises"),
            (f"open({str(outside)!r}, 'w')\n{good}", 2, "PermissionError"),
            (good, 0, "made    acme-coins/coins.csv"),
        ):
            with self.subTest(script=script):
                add_coins(self.acme, script, promised({"coins.csv": b"side\nheads\n"}))
                self.succeed("library", "add", str(self.acme))
                made = self.fail_with(code, "fetch", "acme-coins", "--synthetic", env=nowhere)
                self.assertIn(told, made.out + made.err)
                self.assertFalse(outside.exists())
                self.succeed("library", "remove", "acme")

    def test_it_is_found_again_without_being_read(self) -> None:
        self.workspace()
        self.succeed("library", "add", str(self.acme))
        kept = self.home / ".cache/mlpath/guests"
        # What was written a moment ago may change again unseen, and is read until it is older.
        for path in self.copy_of("acme").rglob("*"):
            os.utime(path, (1_000_000_000, 1_000_000_000))
        subprocess.run(["sleep", "0.1"], check=True)
        shutil.rmtree(kept, ignore_errors=True)
        first = self.succeed("list", "projects").out
        files = list(kept.iterdir())
        self.assertEqual(len(files), 1)
        self.assertEqual(self.succeed("list", "projects").out, first)
        files[0].write_bytes(b"torn")
        self.assertEqual(self.succeed("list", "projects").out, first)

    def test_what_it_pins(self) -> None:
        self.workspace()
        self.succeed("library", "add", str(self.acme))
        (pin,) = self.pinned()
        self.assertEqual((pin["name"], pin["from"]), ("acme", str(self.acme.resolve())))
        again = self.succeed("library", "add", str(self.acme), "--json").json()
        self.assertEqual((again["outcome"], again["sha256"]), ("already", pin["sha256"]))
        # What lies in its repository beside the library is no part of it.
        (self.acme / "notes.txt").write_text("tea", encoding="utf-8")
        again = self.succeed("library", "add", str(self.acme), "--json").json()
        self.assertEqual((again["outcome"], again["sha256"]), ("already", pin["sha256"]))
        self.assertFalse((self.copy_of("acme") / "notes.txt").exists())
        # Its author went on.
        brief = self.acme / "templates/acme-words/skeleton/textstats.py"
        brief.write_text(brief.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
        again = self.succeed("library", "add", str(self.acme), "--json").json()
        self.assertEqual(again["outcome"], "replaced")
        self.assertNotEqual(again["sha256"], pin["sha256"])
        self.assertEqual(len(list((self.folder / ".mlpath/libraries").glob("acme-*"))), 1)
        self.assertEqual((self.folder / ".mlpath/libraries/.gitignore").read_text(), "*\n")
        # A clone of the workspace has the list and not the copy.
        shutil.rmtree(self.folder / ".mlpath/libraries")
        told = self.fail_with(2, "next")
        self.assertIn("is not here", told.err)
        self.assertIn(f"mlpath library add {self.acme.resolve()}", told.err)
        again = self.succeed("library", "add", str(self.acme), "--json").json()
        self.assertEqual(again["outcome"], "restored")
        self.succeed("next")

    def test_a_copy_that_was_changed_is_not_used(self) -> None:
        self.workspace()
        self.succeed("library", "add", str(self.acme))
        self.succeed("list", "projects")
        script = next((self.copy_of("acme") / "templates/acme-words/checks").glob("*.py"))
        script.write_text("# nothing is checked\n", encoding="utf-8")
        for words in (("next",), ("check", "acme-words"), ("list", "projects")):
            outcome = self.run_cli(*words)
            self.assertIn("is not what was added", outcome.err)
            self.assertIn("mlpath library remove acme", outcome.err)
            self.assertEqual(outcome.code, 3)
        self.assertIn("is not what was added", self.fail_with(3, "library").out)
        self.assertIn("is not what was added", self.run_cli("doctor").out)
        self.succeed("library", "remove", "acme")
        self.assertEqual(self.libraries(), [])
        self.succeed("next")

    def test_removing_keeps_the_work(self) -> None:
        self.workspace()
        self.succeed("library", "add", str(self.acme))
        self.succeed("new", "acme-words")
        self.solve()
        self.succeed("check", "acme-words")
        self.succeed("library", "remove", "acme")
        self.assertTrue((self.folder / "acme-words/textstats.py").exists())
        self.assertFalse((self.folder / ".mlpath/libraries/acme").exists())
        self.succeed("next")
        self.succeed("status")
        self.fail_with(2, "check", "acme-words")
        self.succeed("library", "add", str(self.acme))
        done = self.succeed("check", "acme-words", "--json").json()
        self.assertTrue(all(one["verdict"] == "pass" for one in done["milestones"]))

    def test_what_cannot_be_added_leaves_everything_as_it_was(self) -> None:
        outside = self.fail_with(2, "library", "add", str(self.acme))
        self.assertIn("mlpath init", outside.err)
        self.workspace()
        before = sorted(str(path) for path in self.folder.rglob("*"))
        nameless = self.root / "nameless"
        shutil.copytree(self.acme, nameless)
        (nameless / "library.json").unlink()
        broken = guest_library(self.root / "broken")
        (broken / "curricula/topics.json").write_text("{", encoding="utf-8")
        taken = guest_library(self.root / "taken", "iris")
        mine = guest_library(self.root / "mine", "my")
        cases = [
            ((str(nameless),), "has no library.json"),
            ((str(broken),), "mlpath lint"),
            ((str(taken),), "the name `iris` is taken"),
            ((str(mine),), "the workspace's own library"),
            (("nothing-there",), "is not a folder"),
            (("http://example.org/acme@v1",), "https and ssh are"),
            (("https://example.org/acme",), "does not say which tag"),
            (("https://ann:secret@example.org/acme@v1",), "would be written down"),
            ((), "needs to know which"),
        ]
        for words, said in cases:
            with self.subTest(words=words):
                outcome = self.fail_with(2, "library", "add", *words)
                self.assertIn(said, outcome.err)
                self.assert_calm(outcome.err)
        self.assertIn("library.json", self.fail_with(1, "lint", str(taken)).out)
        after = sorted(str(path) for path in self.folder.rglob("*"))
        self.assertEqual([path for path in after if "/local" not in path], before)
        self.fail_with(2, "library", "remove", "acme")
        self.fail_with(2, "library", "list", "acme")
        self.assert_usage(self.run_cli("library", "sell"))

    def test_two_of_one_name(self) -> None:
        self.workspace()
        self.succeed("library", "add", str(self.acme))
        other = guest_library(self.root / "other")
        outcome = self.fail_with(2, "library", "add", str(other))
        self.assertIn("there already, from", outcome.err)
        self.assertEqual(self.pinned()[0]["from"], str(self.acme.resolve()))
        self.succeed("library", "add", str(guest_library(self.root / "beta", "beta")))
        self.assertEqual([one["name"] for one in self.libraries()], ["acme", "beta"])
        self.assertIn("beta-words", self.succeed("list", "projects").out)

    def test_a_broken_list_is_told_with_its_line(self) -> None:
        self.workspace()
        (self.folder / ".mlpath/libraries.json").write_text('{"format": 1,\n "libraries": [1]}')
        outcome = self.fail_with(2, "next")
        self.assertIn("libraries.json:2", outcome.err)
        self.assertIn("mlpath library add", outcome.err)


class StandInTest(GuestTest):
    """Nothing of a library of others takes the place of what is there."""

    def manifest(self, root: Path, name: str) -> Path:
        return root / f"templates/{name}-words/project.json"

    def test_it_satisfies_only_its_own(self) -> None:
        path = self.manifest(self.acme, "acme")
        document = json.loads(path.read_text(encoding="utf-8"))
        write(path, {**document, "satisfies": ["iris"]})
        told = self.fail_with(1, "lint", str(self.acme))
        self.assertIn("cannot stand in for `iris`", told.out)
        self.fail_with(2, "verify", ".", "--library", str(self.acme), "--require", "project:iris")

    def test_its_name_is_none_of_our_files(self) -> None:
        for name in ("datasets", "topics", "skills"):
            with self.subTest(name):
                other = guest_library(self.root / name, name)
                told = self.fail_with(1, "lint", str(other))
                self.assertIn(f"the name `{name}` is taken", told.out)

    def test_links_lead_nowhere(self) -> None:
        """What is looked at is what is copied."""
        self.workspace()
        (self.acme / "templates").rename(self.root / "elsewhere")
        (self.acme / "templates").symlink_to(self.root / "elsewhere")
        self.assertIn("no project `acme-words`", self.fail_with(1, "lint", str(self.acme)).out)
        self.fail_with(2, "library", "add", str(self.acme))
        self.assertFalse((self.folder / ".mlpath/libraries.json").exists())
        self.succeed("next")


class UnreadableTest(GuestTest):
    @unittest.skipIf(os.getuid() != 0, "files are given to another user by root alone")
    def test_a_part_that_may_not_be_read_is_not_left_out(self) -> None:
        self.workspace()
        for folder, _, files in os.walk(self.root):
            Path(folder).chmod(0o777)
            for file in files:
                (Path(folder) / file).chmod(0o666)
        for folder, _, files in os.walk(self.folder):
            os.chown(folder, NOBODY, NOBODY)
            for file in files:
                os.chown(Path(folder) / file, NOBODY, NOBODY)
        (self.acme / "curricula/quizzes").chmod(0)
        told = self.run_as_nobody("library", "add", str(self.acme))
        self.assertNotEqual(told.code, 0, told.out)
        self.assertIn("cannot look into all of", told.err)
        self.assertFalse((self.folder / ".mlpath/libraries.json").exists())


class TroubleTest(GuestTest):
    """What is wrong is told where it helps, and what helps goes on working."""

    def test_a_curriculum_whose_library_is_not_here(self) -> None:
        self.succeed("--library", str(self.acme), "init", ".", "--curriculum", "acme-road")
        for command in ("next", "status"):
            told = self.fail_with(2, command)
            self.assertIn("follows `acme-road`, which no library here has", told.err)
        self.assertIn("acme-words", self.succeed("next", "--library", str(self.acme)).out)

    def test_a_project_whose_library_is_not_here(self) -> None:
        self.workspace()
        told = self.fail_with(2, "new", "acme-words")
        self.assertIn("if it is of a library `acme`, `mlpath library` shows", told.err)

    def test_doctor_and_library_say_what_is_wrong(self) -> None:
        self.workspace()
        self.succeed("library", "add", str(self.acme))
        guest_library(self.folder / "library", "acme")
        self.fail_with(2, "next")
        self.assertIn("two libraries are named `acme`", self.fail_with(3, "doctor").out)
        self.assertIn("same name", self.fail_with(3, "library").out)
        shutil.rmtree(self.folder / "library")
        (self.folder / ".mlpath/libraries.json").write_text("{}", encoding="utf-8")
        self.assertIn("libraries.json", self.fail_with(3, "doctor").out)

    def test_an_own_library_may_begin_empty(self) -> None:
        self.workspace()
        (self.folder / "library/templates").mkdir(parents=True)
        self.succeed("next")
        self.assertIn("nothing yet", self.succeed("library").out)
        self.succeed("lint", "library")

    def test_a_changed_copy_is_brought_back(self) -> None:
        self.workspace()
        self.succeed("library", "add", str(self.acme))
        script = next((self.copy_of("acme") / "templates/acme-words/checks").glob("*.py"))
        script.write_text("# nothing is checked\n", encoding="utf-8")
        self.succeed("next", "--library", str(self.acme))  # the one that is named is used
        again = self.succeed("library", "add", str(self.acme), "--json").json()
        self.assertEqual(again["outcome"], "restored")
        self.succeed("next")

    def test_a_name_that_cannot_be_written_down(self) -> None:
        self.workspace()
        odd = os.fsencode(self.root) + b"/caf\xff"
        shutil.copytree(os.fsencode(self.acme), odd)
        told = self.fail_with(2, "library", "add", os.fsdecode(odd))
        self.assertIn("is not UTF-8", told.err)


class SelftestTest(GuestTest):
    def proved(self, *words: str, **options: Any) -> tuple[list[str], list[str]]:
        answer = self.succeed("selftest", *words, "--json", seconds=300, **options).json()
        projects = [project["project"] for project in answer["projects"]]
        return projects, [quiz["quiz"] for quiz in answer["quizzes"]]

    def test_of_one_library_alone(self) -> None:
        alone = (["acme-words"], ["acme-counting"])
        self.assertEqual(self.proved("--library", str(self.acme)), alone)
        self.workspace()
        self.succeed("library", "add", str(self.acme))
        self.assertEqual(self.proved("--library", "acme"), alone)
        self.assertEqual(self.proved("acme-counting", "--library", "acme"), ([], ["acme-counting"]))
        own = guest_library(self.folder / "library", "my")
        (own / "library.json").unlink()
        # The other library of the workspace, which is broken, has no say.
        (self.copy_of("acme") / "library.json").write_text("{}")
        self.assertEqual(self.proved("--library", "my"), (["my-words"], ["my-counting"]))
        told = self.fail_with(2, "selftest", "--library", "acmee")
        self.assertIn("`acmee` is not a folder, and no library of this workspace", told.err)

    def test_of_one_with_nothing_to_test(self) -> None:
        empty = self.root / "empty"
        write(empty / "library.json", {"format": 1, "name": "empty", "title": "Nothing yet"})
        told = self.fail_with(2, "selftest", "--library", str(empty))
        self.assertIn("nothing to test yet in `empty`", told.err)


class OwnTest(GuestTest):
    def test_the_workspace_s_own_library(self) -> None:
        self.workspace()
        guest_library(self.folder / "library", "my")
        (self.folder / "library/library.json").unlink()
        self.assertIn(
            "mlpath new my-words", self.succeed("next", "--all").out if self.follow() else ""
        )
        self.succeed("new", "my-words")
        self.fail_with(1, "check", "my-words")
        self.assertEqual(self.libraries()[0]["kind"], "own")
        # Without a heading of the roadmap's own, the titles.
        self.assertIn("Count words at Acme", self.succeed("show", "start").out)
        self.succeed("lint")
        self.succeed("lint", "library")
        self.succeed("selftest", "my-counting")

    def follow(self) -> bool:
        return self.run_cli("init", ".", "--curriculum", "my-road").code == 0

    def test_a_fault_in_it_is_told_where_it_is(self) -> None:
        self.workspace()
        guest_library(self.folder / "library", "my")
        road = self.folder / "library/curricula/my-road.json"
        road.write_text(road.read_text(encoding="utf-8").replace("my-tea", "tea"), encoding="utf-8")
        outcome = self.fail_with(2, "next")
        self.assertIn("library/curricula/my-road.json:", outcome.err)
        self.assertIn("does not begin with `my-`", outcome.err)
        self.assertIn("library/curricula/my-road.json:", self.fail_with(1, "lint").out)
        self.assertEqual(self.fail_with(3, "library").out.count("does not begin"), 1)
        self.succeed("verify", "--help")

    def test_it_cannot_stand_in_for_what_is_built_in(self) -> None:
        self.workspace()
        own = guest_library(self.folder / "library", "my")
        (own / "library.json").unlink()
        shutil.copytree(own / "templates/my-words", own / "templates/text-analyzer")
        outcome = self.fail_with(2, "next")
        self.assertIn("text-analyzer", outcome.err)

    def test_another_user_s_workspace_brings_none(self) -> None:
        if os.getuid() != 0:
            self.skipTest("files of another user can be made by root alone")
        self.workspace()
        guest_library(self.folder / "library", "my")
        os.chown(self.folder / ".mlpath/workspace.json", 12345, 12345)
        outcome = self.succeed("list", "projects")
        self.assertNotIn("my-words", outcome.out)
        self.assertIn("belongs to another user", outcome.err)
        os.chown(self.folder / ".mlpath/workspace.json", 0, 0)
        os.chown(self.folder / "library", 12345, 12345)
        outcome = self.succeed("list", "projects")
        self.assertNotIn("my-words", outcome.out)
        self.assertIn("belongs to another user", outcome.err)


class VerifyTest(GuestTest):
    def solved(self) -> None:
        self.workspace()
        self.succeed("library", "add", str(self.acme))
        self.succeed("new", "acme-words")
        self.solve()

    def test_only_what_the_command_line_names_counts(self) -> None:
        self.solved()
        outcome = self.fail_with(3, "verify", ".", "--json")
        (project,) = outcome.json()["portfolios"][0]["projects"]
        self.assertEqual((project["standing"], project["verdict"]), ("not-named", "skipped"))
        self.assertIn("not proved", self.run_cli("verify", ".").out)
        named = self.succeed("verify", ".", "--library", str(self.acme), "--json").json()
        (project,) = named["portfolios"][0]["projects"]
        self.assertEqual((project["standing"], project["verdict"]), ("demanded", "pass"))
        self.assertIn("--library", named["command"])
        self.assertNotEqual(named["library"]["sha256"], outcome.json()["library"]["sha256"])

    def test_what_is_not_proved_does_not_hold_up_the_rest(self) -> None:
        self.solved()
        self.succeed("new", "text-analyzer")
        source = Path(__file__).resolve().parents[2] / "templates/text-analyzer/solution"
        shutil.copytree(source, self.folder / "text-analyzer", dirs_exist_ok=True)
        report = self.succeed("verify", ".", "--json").json()
        standing = {one["id"]: one["standing"] for one in report["portfolios"][0]["projects"]}
        self.assertEqual(standing, {"acme-words": "not-named", "text-analyzer": "demanded"})
        for form in ("junit", "github", "markdown", "text"):
            self.assertIn("not proved", self.succeed("verify", ".", "--format", form).out)
        self.fail_with(2, "verify", ".", "--require", "project:acme-words")

    def test_a_portfolio_that_brings_a_library_brings_nothing(self) -> None:
        """Its own copy, its own list, its own `library/`: a judge that passes everything."""
        self.solved()
        lenient = guest_library(self.folder / "library", "text")
        manifest = json.loads((lenient / "templates/text-words/project.json").read_text())
        write(lenient / "templates/text-analyzer/project.json", {**manifest, "id": "text-analyzer"})
        self.fail_with(3, "verify", ".")
        outcome = self.fail_with(3, "verify", ".", cwd=self.folder)
        self.assertNotIn("passes", outcome.out)

    def test_the_workspace_s_own_can_be_named(self) -> None:
        self.workspace()
        own = guest_library(self.folder / "library", "my")
        (own / "library.json").unlink()
        self.succeed("new", "my-words")
        shutil.copytree(
            own / "templates/my-words/solution", self.folder / "my-words", dirs_exist_ok=True
        )
        self.fail_with(3, "verify", ".")
        report = self.succeed("verify", ".", "--library", "library", "--json").json()
        self.assertIn("`my`", report["library"]["origin"])

    def test_a_name_that_looks_like_ours_keeps_its_hint(self) -> None:
        self.workspace()
        self.succeed("new", "text-analyzer")
        marker = self.folder / "text-analyzer/.mlpath-project.json"
        marker.write_text(marker.read_text().replace('"text-analyzer"', '"tex-analyzer"'))
        outcome = self.fail_with(3, "verify", ".")
        self.assertIn("did you mean `text-analyzer`?", outcome.out)

    def test_a_misspelt_id_of_ours_is_no_library(self) -> None:
        self.workspace()
        self.succeed("new", "text-analyzer")
        marker = self.folder / "text-analyzer/.mlpath-project.json"
        marker.write_text(marker.read_text().replace('"text-analyzer"', '"text-analyser"'))
        outcome = self.fail_with(3, "verify", ".")
        self.assertIn("no project `text-analyser`", outcome.out)
        self.assertNotIn("not proved", outcome.out)


class NamedTest(GuestTest):
    def test_folders_on_the_command_line(self) -> None:
        beta = guest_library(self.root / "beta", "beta")
        both = self.succeed("list", "projects", "--library", str(self.acme), "--library", str(beta))
        self.succeed("list", "projects", "--library", str(self.acme), "--library", str(self.acme))
        for project in ("acme-words", "beta-words", "iris"):
            self.assertIn(project, both.out)
        twice = guest_library(self.root / "twice")
        outcome = self.fail_with(
            2, "list", "projects", "--library", str(self.acme), "--library", str(twice)
        )
        self.assertIn("two libraries are named `acme`", outcome.err)
        self.assertIn(
            "acme-words",
            self.succeed("list", "projects", env={"MLPATH_LIBRARY": str(self.acme)}).out,
        )

    def test_the_command_line_comes_before_the_workspace(self) -> None:
        self.workspace()
        self.succeed("library", "add", str(self.acme))
        newer = guest_library(self.root / "newer")
        manifest = newer / "templates/acme-words/project.json"
        manifest.write_text(manifest.read_text().replace("Count words at Acme", "Count anew"))
        self.assertIn("Count anew", self.succeed("list", "projects", "--library", str(newer)).out)
        self.assertNotIn("Count anew", self.succeed("list", "projects").out)


class AddressTest(GuestTest):
    def setUp(self) -> None:
        super().setUp()
        self.git("init", "--quiet", "--initial-branch", "main")
        self.git("config", "user.name", "Ann")
        self.git("config", "user.email", "ann@example.org")
        self.commit("first", "v1")
        self.server = GitServer(self.root, self.root)
        self.addCleanup(self.server.stop)
        self.trust: dict[str, str | None] = {"GIT_SSL_CAINFO": str(self.server.certificate)}
        self.url = f"{self.server.url}/acme"

    def git(self, *words: str) -> str:
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(self.home)}
        done = subprocess.run(
            ["git", *words], cwd=self.acme, env=environment, check=True, capture_output=True
        )
        return done.stdout.decode().strip()

    def commit(self, message: str, tag: str) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        self.git("tag", "--force", tag)

    def test_a_tag_is_cloned_and_pinned(self) -> None:
        self.workspace()
        added = self.succeed("library", "add", f"{self.url}@v1", "--json", env=self.trust).json()
        self.assertEqual(added["commit"], self.git("rev-parse", "HEAD"))
        self.assertEqual(added["from"], f"{self.url}@v1")
        self.assertFalse((self.copy_of("acme") / ".git").exists())
        self.assertIn("acme-words", self.succeed("list", "projects").out)
        again = self.succeed("library", "add", f"{self.url}@v1", "--json", env=self.trust).json()
        self.assertEqual(again["outcome"], "already")
        # Nothing of it is left where it was cloned.
        self.assertEqual(list(self.root.glob("mlpath-library-*")), [])

    def test_a_tag_that_was_moved_is_not_taken(self) -> None:
        self.workspace()
        self.succeed("library", "add", f"{self.url}@v1", env=self.trust)
        (pin,) = self.pinned()
        script = next((self.acme / "templates/acme-words/checks").glob("*.py"))
        script.write_text(script.read_text(encoding="utf-8") + "# moved\n", encoding="utf-8")
        self.commit("second", "v1")
        outcome = self.fail_with(3, "library", "add", f"{self.url}@v1", env=self.trust)
        self.assertIn("is not what it was when it was added", outcome.err)
        self.assertEqual(self.pinned(), [pin])
        self.succeed("list", "projects")
        # Another tag is a newer version.
        self.git("tag", "v2")
        newer = self.succeed("library", "add", f"{self.url}@v2", "--json", env=self.trust).json()
        self.assertEqual(newer["outcome"], "replaced")
        self.assertEqual(self.pinned()[0]["from"], f"{self.url}@v2")

    def test_what_cannot_be_had_is_told_in_a_sentence(self) -> None:
        self.workspace()
        cases: list[tuple[str, dict[str, str | None], str]] = [
            (f"{self.url}@v9", self.trust, "v9"),
            (f"{self.server.url}/nothing@v1", self.trust, "git could not get"),
            (f"{self.url}@v1", {}, "git could not get"),  # nobody vouches for the server
            (f"{self.url}@v1", {**self.trust, "PATH": str(self.home)}, "git is not installed"),
        ]
        for address, environment, said in cases:
            with self.subTest(address=address, environment=environment):
                outcome = self.fail_with(3, "library", "add", address, env=environment)
                self.assertIn(said, outcome.err)
                self.assert_calm(outcome.err)
                self.assertFalse((self.folder / ".mlpath/libraries.json").exists())
        self.assertEqual(list(self.root.glob("mlpath-library-*")), [])

    def test_nothing_that_comes_is_run(self) -> None:
        """A hook of the user's template, a submodule, a link out of the library."""
        hooks = self.home / "template/hooks"
        hooks.mkdir(parents=True)
        told = self.root / "ran"
        (hooks / "post-checkout").write_text(f"#!/bin/sh\ntouch {told}\n", encoding="utf-8")
        (hooks / "post-checkout").chmod(0o755)
        (self.home / ".gitconfig").write_text(f"[init]\ntemplateDir = {self.home}/template\n")
        (self.acme / "templates/acme-words/skeleton/leak.txt").symlink_to("/etc/passwd")
        self.commit("links", "v3")
        self.workspace()
        self.succeed("library", "add", f"{self.url}@v3", env=self.trust)
        self.assertFalse(told.exists())
        leak = self.copy_of("acme") / "templates/acme-words/skeleton/leak.txt"
        self.assertEqual(leak.read_text(encoding="utf-8"), "/etc/passwd")  # the link's text


if __name__ == "__main__":
    unittest.main()
