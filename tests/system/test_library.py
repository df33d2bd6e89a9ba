"""list, show and lint, on the built-in library and on folders that are not sound."""

from __future__ import annotations

import json
import os
import subprocess
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import BINARY, ESCAPE, CliTest


def write_library(root: Path, **files: Any) -> Path:
    """A small sound library; `files` replaces parts of it.

    Text and bytes are written as they are, anything else as JSON.
    """
    parts: dict[str, Any] = {
        "curricula/tiny.json": {
            "format": 2,
            "id": "tiny",
            "title": "A tiny road",
            "summary": "One stage.",
            "stages": [
                {
                    "id": "one",
                    "kind": "stage",
                    "title": "The only stage",
                    "goal": "See one thing work.",
                    "topics": [{"topic": "counting"}],
                    "projects": [{"project": "tally"}],
                }
            ],
        },
        "curricula/topics.json": {
            "format": 1,
            "topics": [
                {
                    "id": "counting",
                    "title": "Counting",
                    "summary": "One, two, three.",
                    "hours": {"min": 1, "max": 1, "estimate": True},
                    "skills": ["numbers"],
                    "requires": [],
                    "subtopics": [],
                    "resources": [{"title": "How to count", "kind": "article", "origin": "ours"}],
                }
            ],
        },
        "curricula/datasets.json": {"format": 1, "datasets": []},
        "templates/tally/project.json": {
            "format": 2,
            "id": "tally",
            "version": 1,
            "status": "planned",
            "title": "A tally",
            "summary": "Count things.",
        },
    }
    parts.update({name.replace("__", "/") + ".json": value for name, value in files.items()})
    for name, value in parts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(value, bytes):
            path.write_bytes(value)
        elif isinstance(value, str):
            path.write_text(value, encoding="utf-8")
        else:
            path.write_text(json.dumps(value, indent=1), encoding="utf-8")
    return root


class Listing(CliTest):
    def test_each_kind_is_listed_in_text_and_json(self) -> None:
        for what, known in (
            ("curricula", "levels"),
            ("projects", "text-analyzer"),
            ("datasets", "titanic"),
            ("topics", "numpy"),
        ):
            with self.subTest(what=what):
                text = self.run_cli("list", what)
                self.assertEqual((text.code, text.err), (0, ""))
                self.assertIn(known, text.out)
                self.assert_calm(text.out)
                answer = self.run_cli("list", what, "--json").json()
                self.assertEqual(answer["format"], 1)
                self.assertIn(known, [entry["id"] for entry in answer[what]])

    def test_all_39_projects_of_the_roadmap_are_there_in_order(self) -> None:
        stages = self.run_cli("show", "levels", "--json").json()["curriculum"]["stages"]
        placed = [project for stage in stages for project in stage["projects"]]
        self.assertEqual(len(placed), 39)
        self.assertLess(placed.index("text-analyzer"), placed.index("iris"))

    def test_the_roadmap_that_is_followed_counts_first(self) -> None:
        def place_of(project: str) -> str:
            return self.run_cli("show", project, "--json").json()["project"]["curriculum"]

        def first_listed() -> str:
            return self.run_cli("list", "topics", "--json").json()["topics"][0]["curriculum"]

        self.assertEqual((place_of("iris"), first_listed()), ("levels", "levels"))
        self.run_cli("init", "--curriculum", "topic-map")
        self.assertEqual(first_listed(), "topic-map")
        # Beside the other, which stays the main one.
        self.run_cli("init", "--curriculum", "forty-weeks")
        self.assertEqual((place_of("iris"), first_listed()), ("forty-weeks", "topic-map"))

    def test_what_is_suggested(self) -> None:
        self.assert_usage(self.run_cli("list", "project"), "did you mean `projects`?")
        self.assert_usage(self.run_cli("list"), "`WHAT` is missing")

    def test_no_line_is_too_wide_for_a_narrow_terminal(self) -> None:
        for words in (
            ("list", "projects"),
            ("list", "topics"),
            ("list", "datasets"),
            ("show", "iris"),
        ):
            outcome = self.run_pty(*words, columns=40)
            self.assertEqual(outcome.code, 0)
            for line in ESCAPE.sub("", outcome.out).splitlines():
                # A word that is longer than the line stays whole, so that it can be copied.
                self.assertTrue(len(line) <= 40 or " " not in line.strip(), line)

    def test_a_reader_that_leaves(self) -> None:
        read, write = os.pipe()
        os.close(read)
        done = subprocess.run(
            [BINARY, "list", "topics", "--json"],
            stdout=write,
            stderr=subprocess.PIPE,
            check=False,
            env=self.environment(),
        )
        os.close(write)
        self.assertIn(done.returncode, (0, 141))
        self.assertEqual(done.stderr, b"")


class Showing(CliTest):
    def test_one_of_each_kind(self) -> None:
        for name, said in (
            ("iris", "mlpath new iris"),
            ("numpy", "mlpath quiz numpy"),
            ("levels", "mlpath init --curriculum levels"),
            ("level-0", "level-0 of `levels`"),
        ):
            with self.subTest(id=name):
                outcome = self.run_cli("show", name)
                self.assertEqual((outcome.code, outcome.err), (0, ""))
                self.assertIn(said, outcome.out)
                self.assertEqual(self.run_cli("show", name, "--json").json()["format"], 1)

    def test_an_id_of_two_things_shows_both(self) -> None:
        answer = self.run_cli("show", "titanic", "--json").json()
        self.assertEqual((answer["project"]["id"], answer["dataset"]["id"]), ("titanic", "titanic"))

    def test_a_project_and_a_topic_have_one_name_everywhere(self) -> None:
        self.assertEqual(self.run_cli("init").code, 0)
        status = self.run_cli("status", "--json").json()["curricula"][0]
        for kind in ("projects", "topics"):
            listed = self.run_cli("list", kind, "--json").json()[kind]
            titles = {entry["id"]: entry["title"] for entry in listed}
            shown = {
                entry["id"]: entry["title"]
                for stage in status["stages"]
                for entry in stage[f"{kind[:-1]}_list"]
            }
            self.assertEqual(shown, {name: titles[name] for name in shown})
            self.assertGreater(len(shown), 30)
        # What the curriculum calls it is told where everything is.
        outcome = self.run_cli("show", "text-analyzer", "--json").json()["project"]
        self.assertNotEqual(outcome["heading"], outcome["title"])
        told = " ".join(self.run_cli("show", "text-analyzer").out.split())
        self.assertIn(f"roadmap {outcome['heading']}", told)

    def test_a_planned_project_says_so(self) -> None:
        projects = self.run_cli("list", "projects", "--json").json()["projects"]
        planned = next(entry["id"] for entry in projects if entry["status"] == "planned")
        outcome = self.run_cli("show", planned)
        self.assertIn("planned", outcome.out)
        self.assertNotIn("mlpath new", outcome.out)

    def test_an_unknown_id_is_suggested(self) -> None:
        self.assert_usage(
            self.run_cli("show", "titanci"),
            "nothing is called `titanci`",
            "did you mean `titanic`?",
        )
        error = self.run_cli("show", "titanci", "--json").json()["error"]
        self.assertEqual((error["kind"], error["exit"]), ("not_found", 2))


class Linting(CliTest):
    def test_the_built_in_library_is_sound(self) -> None:
        outcome = self.run_cli("lint")
        self.assertEqual(outcome.code, 0, outcome.out)
        answer = self.run_cli("lint", "--json").json()
        self.assertEqual(answer["errors"], 0)
        # What is only planned is one line, and one each where they are asked for.
        planned = [fault for fault in answer["faults"] if fault["severity"] == "planned"]
        self.assertEqual(answer["planned"], len(planned))
        self.assertGreater(len(planned), 1)
        (line,) = (line for line in outcome.out.splitlines() if "planned" in line)
        self.assertIn(f"{len(planned)} projects", line)
        self.assertIn("--verbose", line)
        verbose = self.run_cli("lint", "--verbose").out
        self.assertEqual(verbose.count("planned: "), len(planned))

    def test_a_sound_folder(self) -> None:
        library = write_library(self.root / "library")
        outcome = self.run_cli("lint", str(library))
        self.assertEqual(outcome.code, 0, outcome.out)
        listed = self.run_cli("list", "projects", "--json", "--library", str(library)).json()[
            "projects"
        ]
        self.assertEqual([entry["id"] for entry in listed], ["tally"])
        listed = self.run_cli(
            "list", "projects", "--json", env={"MLPATH_LIBRARY": str(library)}
        ).json()["projects"]
        self.assertEqual([entry["id"] for entry in listed], ["tally"])

    def test_json_that_is_none(self) -> None:
        deep = "[" * 100_000
        for name, text in {
            "truncated": '{"format": 1, "topics": [',
            "empty": "",
            "not_json": "topics: []\n",
            "not_utf8": b'{"format": 1, "topics": "\xff\xfe"}',
            "deep": deep,
            "null": b"\x00\x00",
            "newer": {"format": 99, "topics": []},
            "duplicate": '{"format": 1, "format": 1, "topics": []}',
        }.items():
            with self.subTest(case=name):
                library = write_library(self.root / name, curricula__topics=text)
                outcome = self.run_cli("lint", str(library))
                self.assertEqual(outcome.code, 1, outcome.err)
                self.assertIn("curricula/topics.json", outcome.out)
                self.assertNotIn("\x1b", outcome.out)
                answer = self.run_cli("lint", "--json", str(library))
                self.assertEqual(answer.code, 1)
                self.assertGreaterEqual(answer.json()["errors"], 1)
                used = self.run_cli("list", "topics", "--library", str(library))
                self.assertEqual((used.code, used.out), (2, ""), used.err)
                self.assertIn("  at curricula/", used.err)

    def test_a_huge_file_is_refused_in_bounded_memory(self) -> None:
        library = write_library(self.root / "huge")
        with (library / "curricula/topics.json").open("wb") as file:
            file.truncate(3 << 30)
        topics = library / "curricula/topics.json"
        alone = self.root / "alone.json"
        alone.hardlink_to(topics)
        for given in (library, topics, alone):
            with self.subTest(given=given):
                outcome = self.run_cli("lint", str(given))
                self.assertEqual(outcome.code, 1, outcome.err)
                self.assertIn("larger than", outcome.out)
                self.assertEqual(self.run_cli("lint", str(given), "--json").json()["errors"], 1)

    def test_all_faults_in_one_pass_each_with_its_line_and_a_suggestion(self) -> None:
        library = write_library(self.root / "library")
        curriculum = json.loads((library / "curricula/tiny.json").read_text())
        curriculum["stages"][0]["topics"] = [{"topic": "countign"}]
        curriculum["stages"][0]["projects"] = [{"project": "talyl"}]
        (library / "curricula/tiny.json").write_text(json.dumps(curriculum, indent=1))
        outcome = self.run_cli("lint", str(library))
        self.assertEqual(outcome.code, 1)
        for wrong, meant in (("countign", "counting"), ("talyl", "tally")):
            line = next(line for line in outcome.out.splitlines() if wrong in line)
            self.assertRegex(line, r"^curricula/tiny\.json:\d+: /stages/0/")
            self.assertIn(meant, line)

    def test_a_folder_that_is_none(self) -> None:
        self.assert_usage(self.run_cli("list", "topics", "--library", "nowhere"), "nowhere")
        self.assertEqual(self.run_cli("lint", "nowhere").code, 2)


if __name__ == "__main__":
    unittest.main()
