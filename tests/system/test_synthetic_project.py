"""Projects on synthetic data: made and judged with no network, told apart from the real ones."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import CliTest, Outcome
from tiny_project import SCORE, SPLIT_DATA, milestone, tiny_library

ROOT = Path(__file__).resolve().parents[2]
MAKE = ROOT / "core/data/python/make.py"
# Numbers so large that two draws have none in common.
NUMBERS = """
from mlpath_synthetic import Draw, Files, csv


def make(draw: Draw) -> Files:
    drawn = [draw.integer(1, 1_000_000_000) for _ in range(400)]
    rows = [(n, "odd" if n % 2 else "even") for n in drawn]
    yield "numbers.csv", csv([("number", "parity"), *rows])
"""
SEED = 7
HONEST = """import csv
with open("data/train.csv") as file:
    known = {int(row["number"]) % 2: row["parity"] for row in csv.DictReader(file)}
with open("data/test.csv") as file, open("predictions.csv", "w", newline="") as out:
    rows = csv.writer(out)
    rows.writerow(["row_id", "parity"])
    for row in csv.DictReader(file):
        rows.writerow([row["row_id"], known[int(row["number"]) % 2]])
"""
# It has every row that a learner can have (`KNOWN`), and learns nothing.
LOOKUP = """import csv
with open("data/test.csv") as file, open("predictions.csv", "w", newline="") as out:
    rows = csv.writer(out)
    rows.writerow(["row_id", "parity"])
    for row in csv.DictReader(file):
        rows.writerow([row["row_id"], KNOWN.get(row["number"], "even")])
"""
SKELETON = 'print("TODO")\n'
NOWHERE = {"MLPATH_MIRROR": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1"}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class SyntheticProject(CliTest):
    def setUp(self) -> None:
        super().setUp()
        self.library = self.root / "library"
        self.write_numbers()

    def write_numbers(self, hosts: tuple[str, ...] = ("http://127.0.0.1:1",)) -> None:
        """A library whose one project is on the dataset `numbers`, which nobody can reach."""
        data = {**SPLIT_DATA, "dataset": "numbers", "file": "numbers.csv"}
        del data["bundled"]
        # `data` writes the bundled file too, which nothing names.
        tiny_library(
            self.library,
            [milestone("predict", {**SCORE, "margin": 0.3})],
            SKELETON,
            HONEST,
            flaws={
                "nothing": (
                    {"milestone": "predict", "check": "score", "message": "predictions.csv"},
                    'print("nothing")\n',
                )
            },
            data=[data],
            steps=[
                {
                    "id": "predict",
                    "run": ["{python}", "predict.py"],
                    "writes": ["predictions.csv"],
                    "seconds": 20,
                }
            ],
        )
        (self.library / "templates/tally/data/numbers.csv").unlink()
        scripts = self.library / "curricula/synthetic"
        scripts.mkdir(exist_ok=True)
        (scripts / "numbers.py").write_text(NUMBERS, encoding="utf-8")
        made = self.root / "made"
        made.mkdir(exist_ok=True)
        (made / "numbers.csv").unlink(missing_ok=True)
        subprocess.run(
            [sys.executable, "-I", MAKE, scripts / "numbers.py", str(SEED), made], check=True
        )
        self.public = {row["number"]: row["parity"] for row in rows_of(made / "numbers.csv")}
        digest = hashlib.sha256((made / "numbers.csv").read_bytes()).hexdigest()
        sources = [{"url": f"{host}/numbers.csv", "bytes": 9, "sha256": "0" * 64} for host in hosts]
        file: dict[str, Any] = {"name": "numbers.csv"}
        dataset = {
            "id": "numbers",
            "title": "Numbers",
            "rows": 400,
            "license": {"name": "CC0-1.0", "redistribute": True},
            "citation": "Us.",
            "files": [{**file, "sources": sources} if sources else file],
            "synthetic": {
                "seed": SEED,
                "sha256": hashlib.sha256(f"{digest}  numbers.csv\n".encode()).hexdigest(),
                "differs": ["the numbers are drawn"],
            },
        }
        (self.library / "curricula/datasets.json").write_text(
            json.dumps({"format": 1, "datasets": [dataset]}), encoding="utf-8"
        )

    def run_here(self, *words: str, cwd: Path | None = None) -> Outcome:
        return self.run_cli(*words, "--library", str(self.library), env=NOWHERE, cwd=cwd)

    def made_project(self, program: str = HONEST) -> Path:
        outcome = self.run_here("init", "ml", "--curriculum", "tiny")
        self.assertEqual(outcome.code, 0, outcome.err)
        outcome = self.run_here("new", "tally", "--synthetic", cwd=self.folder / "ml")
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertIn("(synthetic data)", outcome.out)
        self.assertIn("the numbers are drawn", outcome.out)
        project = self.folder / "ml/tally"
        (project / "predict.py").write_text(program, encoding="utf-8")
        return project

    def mark(self, project: Path, data: str | None) -> None:
        """As somebody who edits the marker."""
        path = project / ".mlpath-project.json"
        marker = json.loads(path.read_text(encoding="utf-8"))
        marker.pop("data", None)
        path.write_text(json.dumps({**marker, **({"data": data} if data else {})}), "utf-8")

    def test_it_is_made_judged_and_told_with_no_network(self) -> None:
        project = self.made_project()
        marker = json.loads((project / ".mlpath-project.json").read_text(encoding="utf-8"))
        self.assertEqual(marker["data"], "synthetic")
        train, test = rows_of(project / "data/train.csv"), rows_of(project / "data/test.csv")
        self.assertEqual((len(train), len(test)), (300, 100))
        self.assertEqual({row["number"] for row in train + test}, set(self.public))

        outcome = self.run_here("check", cwd=project)
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        self.assertIn("on synthetic data", outcome.out)
        self.assertIn("--allow-synthetic", outcome.out)
        answer = self.run_here("check", "--json", cwd=project).json()
        self.assertEqual((answer["verdict"], answer["data"]), ("pass", "synthetic"))
        journal = "".join(
            path.read_text(encoding="utf-8")
            for path in (self.folder / "ml/.mlpath/progress").glob("*.jsonl")
        )
        passed = [line for line in journal.splitlines() if '"verdict":"pass"' in line]
        self.assertEqual(len(passed), 1, journal)
        self.assertEqual(json.loads(passed[0])["data"], "synthetic")
        status = self.run_here("status", cwd=project)
        self.assertIn("(on synthetic data)", status.out)

    def test_the_public_rows_give_nothing_away(self) -> None:
        project = self.made_project(f"KNOWN = {self.public!r}\n" + LOOKUP)
        # On what lies there it is always right.
        subprocess.run([sys.executable, "predict.py"], cwd=project, check=True)
        test = {row["row_id"]: row["number"] for row in rows_of(project / "data/test.csv")}
        for row in rows_of(project / "predictions.csv"):
            self.assertEqual(row["parity"], self.public[test[row["row_id"]]])
        outcome = self.run_here("check", cwd=project)
        self.assertEqual(outcome.code, 1, outcome.out + outcome.err)
        self.assertNotIn("could not tell", outcome.out)
        outcome = self.run_here("verify", ".", "--allow-synthetic", cwd=project)
        self.assertEqual(outcome.code, 1, outcome.out + outcome.err)

    def test_verify_counts_it_only_where_that_is_allowed(self) -> None:
        project = self.made_project()
        outcome = self.run_here("verify", ".", cwd=project)
        self.assertEqual(outcome.code, 3, outcome.out + outcome.err)
        self.assertIn("made on synthetic data", outcome.out)
        self.assertIn("--allow-synthetic", outcome.out)
        self.assertEqual(
            self.run_here("verify", ".", "--require", "project:tally", cwd=project).code, 3
        )
        for form, told in (
            ("text", "milestone on synthetic data"),
            ("markdown", "milestone on synthetic data"),
            ("html", "milestone on synthetic data"),
            ("junit", '<property name="data" value="synthetic"/>'),
            ("github", "synthetic data numbers"),
            ("csv", ",synthetic"),
            ("json", '"data_kind": "synthetic"'),
        ):
            with self.subTest(form=form):
                words = ("verify", ".", "--allow-synthetic", "--cache", "--format", form)
                outcome = self.run_here(*words, cwd=project)
                self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
                self.assertIn(told, outcome.out)
                self.assertIn("--allow-synthetic", outcome.out if form != "csv" else words)

    def test_the_marker_only_says_which_data_are_used(self) -> None:
        project = self.made_project()
        self.assertEqual(self.run_here("check", cwd=project).code, 0)
        for data in (None, "real"):
            with self.subTest(data=data):
                self.mark(project, data)
                # The real data cannot be had here: nothing of what was found on others is told.
                outcome = self.run_here("check", cwd=project)
                self.assertEqual(outcome.code, 3, outcome.out + outcome.err)
                self.assertNotIn("complete", outcome.out)
                words = ("verify", ".", "--cache", "--allow-synthetic")
                outcome = self.run_here(*words, cwd=project)
                self.assertEqual(outcome.code, 3, outcome.out + outcome.err)
        self.mark(project, "better")
        outcome = self.run_here("check", cwd=project)
        self.assertEqual(outcome.code, 2, outcome.out + outcome.err)
        self.assertIn("`data`", outcome.err)

    def test_what_it_brings_along_stays_what_it_is(self) -> None:
        outcome = self.run_cli("new", "iris", "--synthetic", env=NOWHERE)
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertIn("brings its own data", outcome.out)
        marker = json.loads((self.folder / "iris/.mlpath-project.json").read_text("utf-8"))
        self.assertNotIn("data", marker)

    def test_a_project_is_proved_on_synthetic_data(self) -> None:
        outcome = self.run_here("selftest", "tally", "--synthetic", "--splits", "2")
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        self.assertIn("on synthetic data", outcome.out)
        again = self.run_here("selftest", "tally", "--synthetic", "--json").json()
        (project,) = again["projects"]
        self.assertEqual((project["data"], project["judged"]), ("synthetic", 0))
        outcome = self.run_here("selftest", "tally")
        self.assertNotEqual(outcome.code, 0, outcome.out + outcome.err)
        self.assertIn("could not be fetched", outcome.out)
        # Another generator is another proof.
        script = self.library / "curricula/synthetic/numbers.py"
        script.write_text(NUMBERS + "\n# changed\n", encoding="utf-8")
        again = self.run_here("selftest", "tally", "--synthetic", "--json").json()
        self.assertGreater(again["projects"][0]["judged"], 0)

    def test_what_nobody_hosts_is_made_and_counts(self) -> None:
        self.write_numbers(hosts=())
        self.assertEqual(self.run_here("lint", str(self.library)).code, 0)
        outcome = self.run_here("fetch", "numbers")
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertIn("nobody hosts it", outcome.out)
        outcome = self.run_here("fetch", "numbers", "--from", "x.csv")
        self.assertEqual(outcome.code, 2, outcome.err)
        self.assertIn("nobody hosts", self.run_here("show", "numbers").out.lower())
        outcome = self.run_here("new", "tally")
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertNotIn("synthetic", outcome.out)
        project = self.folder / "tally"
        (project / "predict.py").write_text(HONEST, encoding="utf-8")
        outcome = self.run_here("check", cwd=project)
        self.assertEqual(outcome.code, 0, outcome.out + outcome.err)
        self.assertNotIn("synthetic", outcome.out)
        self.assertEqual(self.run_here("verify", ".", cwd=project).code, 0)
        # Its rows are public as well.
        program = f"KNOWN = {self.public!r}\n" + LOOKUP
        (project / "predict.py").write_text(program, encoding="utf-8")
        self.assertEqual(self.run_here("check", cwd=project).code, 1)

    def test_a_catalogue_says_how_data_are_had(self) -> None:
        catalogue = self.library / "curricula/datasets.json"
        script = self.library / "curricula/synthetic/numbers.py"

        def lint() -> str:
            outcome = self.run_here("lint", str(self.library))
            self.assertEqual(outcome.code, 1, outcome.out)
            return outcome.out

        orphan = script.with_name("others.py")
        orphan.write_text("", encoding="utf-8")
        self.assertIn("synthetic/others.py: no dataset", lint())
        orphan.unlink()
        whole = json.loads(catalogue.read_text(encoding="utf-8"))
        (dataset,) = whole["datasets"]
        synthetic = dataset.pop("synthetic")
        catalogue.write_text(json.dumps(whole), encoding="utf-8")
        self.assertIn("`synthetic` does not say with which seed", lint())
        del dataset["files"][0]["sources"]
        catalogue.write_text(json.dumps(whole), encoding="utf-8")
        self.assertIn("nobody could get", lint())
        dataset["synthetic"] = synthetic
        catalogue.write_text(json.dumps(whole), encoding="utf-8")
        script.unlink()
        self.assertIn("there is no curricula/synthetic/numbers.py", lint())


if __name__ == "__main__":
    unittest.main()
