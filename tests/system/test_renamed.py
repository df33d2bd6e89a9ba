"""Ids of before: whoever names a thing as it was called once still means it."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

from guest_library import guest_library
from mlpath_cli import CliTest
from tiny_project import PROJECT, milestone, prints_check, tiny_library

PREDICT = "print('one')\n"


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


class Renamed(CliTest):
    """One library as it was, and as it is today: another curriculum, topic, project, milestone."""

    def setUp(self) -> None:
        super().setUp()
        checks = [milestone("only", prints_check("prints", "one"))]
        self.before = tiny_library(self.root / "before", checks, "", PREDICT)
        self.today = self.renamed(tiny_library(self.root / "today", checks, "", PREDICT))

    def renamed(self, library: Path) -> Path:
        (library / "templates" / PROJECT).rename(library / "templates/score-keeper")
        (library / "curricula/tiny.json").rename(library / "curricula/small.json")
        change(
            library / "templates/score-keeper/project.json",
            (f'"id": "{PROJECT}"', f'"id": "score-keeper", "aliases": ["{PROJECT}"]'),
            ('"id": "only"', '"id": "sole", "aliases": ["only"]'),
        )
        change(
            library / "curricula/small.json",
            ('"id": "tiny"', '"id": "small", "aliases": ["tiny"]'),
            ('"id": "one"', '"id": "first", "aliases": ["one"]'),
            ('"topic": "counting"', '"topic": "numbers"'),
            (f'"project": "{PROJECT}"', '"project": "score-keeper"'),
        )
        change(
            library / "curricula/topics.json",
            ('"id": "counting"', '"id": "numbers", "aliases": ["counting"]'),
        )
        return library

    def call(self, library: Path, *words: str, **more: Any) -> Any:
        return self.run_cli(*words, env={"MLPATH_LIBRARY": str(library)}, **more)

    def begun(self) -> Path:
        """A workspace of before: its project passes, its topic is learned."""
        for words in (("init",), ("new", PROJECT), ("done", "counting")):
            self.assertEqual(self.call(self.before, *words).code, 0)
        project = self.folder / PROJECT
        (project / "predict.py").write_text(PREDICT, encoding="utf-8")
        self.assertEqual(self.call(self.before, "check", PROJECT).code, 0)
        return project

    def journal(self) -> str:
        (file,) = (self.folder / ".mlpath/progress").glob("*.jsonl")
        return file.read_text(encoding="utf-8")

    def test_the_library_is_sound(self) -> None:
        for library in (self.before, self.today):
            outcome = self.run_cli("lint", str(library))
            self.assertEqual(outcome.code, 0, outcome.out)

    def test_progress_of_before_is_there(self) -> None:
        self.begun()
        told = self.call(self.before, "status", "--json").json()["curricula"][0]
        written = self.journal()
        settings = (self.folder / ".mlpath/workspace.json").read_text(encoding="utf-8")
        self.assertIn("tiny", settings)
        today = self.call(self.today, "status", "--json").json()["curricula"][0]
        self.assertEqual((told["id"], today["id"]), ("tiny", "small"))
        for part in ("projects", "milestones", "topics"):
            self.assertEqual(today[part], told[part], part)
        self.assertEqual(
            self.call(self.today, "done", "counting", "--json").json()["id"], "numbers"
        )
        self.assertTrue(self.call(self.today, "done", "numbers", "--json").json()["already"])
        self.assertEqual(self.call(self.today, "init", "--curriculum", "tiny").code, 0)
        self.assertEqual(self.call(self.today, "init", "--curriculum", "small").code, 0)
        # Nothing of it was written anew.
        self.assertEqual(self.journal(), written)
        self.assertEqual(
            (self.folder / ".mlpath/workspace.json").read_text(encoding="utf-8"), settings
        )

    def test_a_project_folder_of_before_goes_on(self) -> None:
        project = self.begun()
        marker = (project / ".mlpath-project.json").read_text(encoding="utf-8")
        written = self.journal()
        for words, folder in (
            (("check",), project),
            (("check", PROJECT), self.folder),
            (("check", "score-keeper"), self.folder),
            (("check", "score-keeper", "only"), self.folder),
            (("check", PROJECT, "sole"), self.folder),
            (("check", "only"), project),
        ):
            with self.subTest(words=words):
                checked = self.call(self.today, *words, "--json", cwd=folder)
                self.assertEqual(checked.code, 0, checked.out + checked.err)
                self.assertEqual(checked.json()["project"], "score-keeper")
        self.assertEqual(self.journal(), written)  # it passed before, and passes
        for words in (("diff",), ("diff", PROJECT), ("diff", "score-keeper"), ("solution",)):
            with self.subTest(words=words):
                self.assertEqual(self.call(self.today, *words, cwd=project).code, 0)
        (project / "predict.py").write_text("print('two')\n", encoding="utf-8")
        self.assertEqual(self.call(self.today, "check", PROJECT).code, 1)
        self.assertIn('"project":"score-keeper","milestone":"sole"', self.journal())
        self.assertEqual((project / ".mlpath-project.json").read_text(encoding="utf-8"), marker)

    def test_what_is_named_is_told_as_it_is_called_today(self) -> None:
        for word, today in (
            (PROJECT, "score-keeper"),
            ("counting", "numbers"),
            ("tiny", "small"),
            ("one", "first"),
        ):
            with self.subTest(word=word):
                shown = self.call(self.today, "show", word)
                self.assertEqual((shown.code, shown.err), (0, ""))
                self.assertIn(today, shown.out)
                self.assertNotRegex(shown.out, rf"\b{word} of\b|`{word}`")
                self.assertEqual(shown.out, self.call(self.today, "show", today).out)
        self.assertEqual(self.call(self.today, "show", PROJECT, "only").code, 0)
        made = self.call(self.today, "new", PROJECT, "--json").json()
        self.assertEqual(made["project"], "score-keeper")
        self.assertTrue((self.folder / "score-keeper/predict.py").is_file())

    def test_a_portfolio_of_before_is_judged(self) -> None:
        self.begun()
        for words in (
            (".",),
            (".", "--require", f"project:{PROJECT}"),
            (".", "--require", "project:score-keeper"),
            (".", "--require", "stage:one"),
            (".", "--require", "stage:tiny/one"),
        ):
            with self.subTest(words=words):
                proved = self.call(self.today, "verify", *words, "--format", "json")
                self.assertEqual(proved.code, 0, proved.out + proved.err)
                (portfolio,) = proved.json()["portfolios"]
                self.assertEqual([one["id"] for one in portfolio["projects"]], ["score-keeper"])

    def test_both_ids_at_once(self) -> None:
        both = self.call(self.today, "selftest", PROJECT, "score-keeper", "--json")
        self.assertEqual(both.code, 0, both.out + both.err)
        self.assertEqual([one["project"] for one in both.json()["projects"]], ["score-keeper"])
        # Two folders, one with each.
        self.begun()
        self.assertEqual(self.call(self.today, "new", "score-keeper").code, 0)
        here = self.call(self.today, "check", "score-keeper", "--json").json()
        self.assertEqual(Path(here["folder"]).name, "score-keeper")
        there = self.call(self.today, "check", PROJECT, "--json").json()
        self.assertEqual(Path(there["folder"]).name, PROJECT)
        # Two entries in a library.
        change(
            self.today / "curricula/topics.json",
            ('"topics": [', '"topics": [' + json.dumps(self.topic("counting")) + ","),
        )
        found = self.run_cli("lint", str(self.today))
        self.assertEqual(found.code, 1)
        self.assertIn(
            "there is another topic `counting`, so that cannot be an id that `numbers` had before",
            " ".join(found.out.split()),
        )

    @staticmethod
    def topic(name: str) -> dict[str, Any]:
        resources = [{"title": "T", "kind": "article", "origin": "ours"}]
        return {"id": name, "title": name, "summary": "Some.", "resources": resources}


class BuiltIn(CliTest):
    def test_the_ids_of_british_days_are_understood(self) -> None:
        for word, today in (
            ("k-nearest-neighbours", "k-nearest neighbors"),
            ("k-nearest-neighbors", "k-nearest neighbors"),
            ("probabilistic-modelling", "probabilistic-modeling"),
            ("regularisation-lab", "regularization-lab"),
            ("discrete-maths-lab", "discrete-math-lab"),
            ("practise-and-review", "practice-and-review"),
        ):
            with self.subTest(word=word):
                shown = self.run_cli("show", word)
                self.assertEqual((shown.code, shown.err), (0, ""))
                self.assertIn(today, shown.out)
        kata = self.run_cli("kata", "k-nearest-neighbours/vote-of-neighbours", "--json").json()
        self.assertEqual(kata["kata"], "k-nearest-neighbors/vote-of-neighbors")

    def test_answers_by_ids_of_before(self) -> None:
        self.assertEqual(self.run_cli("init").code, 0)
        sheet = self.run_cli("quiz", "k-nearest-neighbours", "--json", "--seed", "1").json()
        old = {
            "one-neighbor-on-training-rows": "one-neighbour-on-training-rows",
            "mean-of-three-neighbors": "mean-of-three-neighbours",
            "every-row-a-neighbor": "every-row-a-neighbour",
        }
        answers = [
            {
                "quiz": "k-nearest-neighbours",
                "question": old.get(each["question"], each["question"]),
                "answer": "?",
            }
            for each in sheet["questions"]
        ]

        def take(answers: list[dict[str, str]]) -> Any:
            text = json.dumps({"format": 1, "seed": sheet["seed"], "answers": answers})
            words = ("quiz", "k-nearest-neighbours", "--json", "--answers", "-")
            return self.run_cli(*words, stdin=text)

        taken = take(answers)
        self.assertEqual((taken.code, taken.json()["quiz"]), (1, "k-nearest-neighbors"))
        (file,) = (self.folder / ".mlpath/progress").glob("*.jsonl")
        written = file.read_text(encoding="utf-8")
        self.assertNotIn("neighbour", written)
        first = {
            **answers[0],
            "quiz": "k-nearest-neighbors",
            "question": sheet["questions"][0]["question"],
        }
        twice = take([*answers, first])
        self.assertEqual(twice.code, 2)
        self.assertIn("is answered twice", twice.out + twice.err)
        self.assertEqual(file.read_text(encoding="utf-8"), written)

    def test_a_library_beside_it_goes_on(self) -> None:
        library = guest_library(self.root / "acme")
        change(
            library / "curricula/topics.json",
            ('"python-basics"', '"python-basics", "k-nearest-neighbours"'),
        )
        self.assertEqual(self.run_cli("init").code, 0)
        added = self.run_cli("library", "add", str(library))
        self.assertEqual(added.code, 0, added.out + added.err)
        self.assertEqual(self.run_cli("show", "acme-counting").code, 0)
        found = self.run_cli("lint", str(library))
        self.assertEqual(found.code, 0)
        self.assertIn("is called `k-nearest-neighbors` today", " ".join(found.out.split()))


if __name__ == "__main__":
    unittest.main()
