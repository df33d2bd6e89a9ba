"""Nothing is run twice: what `check` and `verify --cache` recall, and what makes them forget."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import time
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import BINARY, Outcome, ProjectTest

MANIFEST = Path(__file__).resolve().parents[2] / "templates/text-analyzer/project.json"
CHECKS = sum(len(part["checks"]) for part in json.loads(MANIFEST.read_text())["milestones"])

PROJECT = "text-analyzer"
DOCUMENTS = {"readme", "readme-distinct", "readme-lix"}
KEY = "a key that no program may see"
# A program that tells all that it can find of its environment and of other processes'.
TELLTALE = """\
import glob, os, sys
found = [str(dict(os.environ))]
for path in glob.glob("/proc/*/environ"):
    try:
        found.append(open(path, "rb").read().decode(errors="replace"))
    except OSError:
        pass
everything = " ".join(found)
print("looked", "PYTHONHASHSEED" in everything, "CACHE_KEY" in everything)
"""


def checks_of(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    projects = [p for portfolio in answer.get("portfolios", []) for p in portfolio["projects"]]
    milestones = [m for one in projects or [answer] for m in one["milestones"]]
    return {check["id"]: check for milestone in milestones for check in milestone["checks"]}


def recalled(outcome: Outcome) -> set[str]:
    return {id for id, check in checks_of(outcome.json()).items() if check.get("from") == "cache"}


def without_from(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_from(inner) for key, inner in value.items() if key != "from"}
    return [without_from(inner) for inner in value] if isinstance(value, list) else value


class CacheTest(ProjectTest):
    def setUp(self) -> None:
        super().setUp()
        self.assertEqual(self.run_cli("solution", PROJECT, "--apply").code, 0)
        self.results = self.home / ".cache/mlpath/results"

    def check(self, *words: str, **options: Any) -> Outcome:
        return self.run_cli("check", *words, "--json", cwd=self.project, **options)

    def settle(self) -> None:
        """Until the clock can tell another change from the last one."""
        newest = max(path.stat().st_ctime_ns for path in self.project.iterdir())
        while time.time_ns() < newest + 100_000_000:
            time.sleep(0.01)

    def entries(self) -> list[Path]:
        return [path for path in self.results.glob("??/*") if path.is_file()]


class Check(CacheTest):
    def test_what_has_not_changed_is_not_run(self) -> None:
        first = self.check()
        self.assertEqual((first.code, recalled(first)), (0, set()))
        again = self.check()
        self.assertEqual(recalled(again), set(checks_of(again.json())))
        self.assertEqual(
            [{**check, "from": None} for check in checks_of(again.json()).values()],
            [{**check, "from": None} for check in checks_of(first.json()).values()],
        )
        self.assertIn("(as before)", self.run_cli("check", cwd=self.project).out)
        self.assertEqual(self.results.stat().st_mode & 0o777, 0o700)

    def test_fresh_runs_everything_and_is_kept(self) -> None:
        self.check()
        fresh = self.check("--fresh")
        self.assertEqual((fresh.code, recalled(fresh)), (0, set()))
        for entry in self.entries():
            entry.unlink()
        self.check("--fresh")
        again = self.check()
        self.assertEqual(recalled(again), set(checks_of(again.json())))

    def test_a_document_concerns_documents_alone(self) -> None:
        everything = set(checks_of(self.check().json()))
        readme = self.project / "README.md"
        readme.write_text(readme.read_text() + "\nOne more word.\n")
        self.assertEqual(recalled(self.check()), everything - DOCUMENTS)
        source = self.project / "textstats.py"
        source.write_text(source.read_text() + "\n# another line\n")
        # What documents claim of this project are no figures of checks.
        self.assertEqual(recalled(self.check()), DOCUMENTS)

    def test_failures_are_recalled_with_all_that_teaches(self) -> None:
        source = self.project / "textstats.py"
        source.write_text(source.read_text().replace(".lower()", ""))
        first = self.check()
        again = self.check()
        self.assertEqual((first.code, again.code), (1, 1))
        self.assertTrue(recalled(again))
        self.assertEqual(
            without_from(again.json()["milestones"]), without_from(first.json()["milestones"])
        )

    def test_a_change_with_old_times_is_seen(self) -> None:
        self.settle()
        self.check()
        source = self.project / "textstats.py"
        before = source.stat()
        text = source.read_text()
        with source.open("r+") as file:
            file.write(text.replace(".lower()", ".upper()"))
        os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
        after = source.stat()
        self.assertEqual(
            (after.st_size, after.st_mtime_ns, after.st_ino),
            (before.st_size, before.st_mtime_ns, before.st_ino),
        )
        self.assertEqual(self.check().code, 1)

    def test_a_kill_leaves_a_cache_that_works(self) -> None:
        begin = time.monotonic()
        everything = set(checks_of(self.check("--fresh").json()))
        length = time.monotonic() - begin
        for part in range(1, 6):
            process = subprocess.Popen(
                [str(BINARY), "check", "--fresh"],
                cwd=self.project,
                env=self.environment(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            time.sleep(length * part / 6)
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=30)
            again = self.check()
            self.assertEqual((again.code, recalled(again)), (0, everything))

    def test_damaged_entries_are_found_out_anew(self) -> None:
        everything = set(checks_of(self.check().json()))
        for number, entry in enumerate(self.entries()):
            data = entry.read_bytes()
            entry.write_bytes([b"", data[: len(data) // 2], data + b"x", b"\0" * 100][number % 4])
        (self.results / "hashes").write_bytes(b"\xff" * 300)
        self.assertEqual((recalled(self.check())), set())
        self.assertEqual(recalled(self.check()), everything)
        self.results.chmod(0o777)
        self.assertEqual((recalled(self.check())), set())


class Verify(CacheTest):
    def setUp(self) -> None:
        super().setUp()
        self.everything = self.judge("--seed", "1")
        if not self.everything.json()["isolation"]["truth_protected"]:
            self.skipTest("results of verify are kept only where there are namespaces")

    def judge(self, *words: str, env: dict[str, str | None] | None = None) -> Outcome:
        outcome = self.run_cli("verify", ".", "--json", *words, env=env)
        self.assertIn(outcome.code, (0, 1), outcome.err + outcome.out)
        return outcome

    def test_only_where_it_is_asked_for(self) -> None:
        self.check()
        self.assertEqual(recalled(self.judge("--seed", "1")), set())
        self.judge("--seed", "1", "--cache")
        self.assertEqual(recalled(self.judge("--seed", "1")), set())
        self.assertEqual(recalled(self.judge("--seed", "1", "--cache", "--fresh")), set())
        again = self.judge("--seed", "1", "--cache")
        self.assertEqual(recalled(again), set(checks_of(again.json())))
        self.assertEqual(without_from(again.json()), without_from(self.everything.json()))
        self.assertIn(
            f"{CHECKS} of {CHECKS} checks as before, from the cache",
            self.run_cli("verify", ".", "--seed", "1", "--cache").out,
        )
        unwalled = self.judge("--seed", "1", "--cache", "--sandbox", "off")
        self.assertEqual(recalled(unwalled), set())
        self.assertIn("cache was not used", unwalled.json()["remarks"][0])

    def test_a_change_is_judged(self) -> None:
        self.settle()
        self.judge("--cache")
        source = self.project / "textstats.py"
        before = source.stat()
        text = source.read_text()
        with source.open("r+") as file:
            file.write(text.replace(".lower()", ".upper()"))
        os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
        self.assertEqual(self.judge("--cache").code, 1)
        source.write_text(text)
        back = self.judge("--cache")
        self.assertEqual((back.code, recalled(back)), (0, set(checks_of(back.json()))))

    def test_a_link_that_leads_nowhere_any_more(self) -> None:
        readme = self.project / "README.md"
        readme.write_text(readme.read_text() + "\n[picture](plot.png)\n")
        (self.project / "plot.png").write_bytes(b"x")
        self.assertEqual(self.judge("--cache").code, 0)
        self.assertEqual(len(recalled(self.judge("--cache"))), CHECKS)
        (self.project / "plot.png").unlink()
        gone = self.judge("--cache")
        self.assertEqual((gone.code, checks_of(gone.json())["readme"]["verdict"]), (1, "fail"))

    def test_a_portfolio_brings_no_results(self) -> None:
        self.judge("--seed", "1", "--cache")
        for place in (".cache/mlpath", ".mlpath/cache", "cache", f"{PROJECT}/.cache/mlpath"):
            shutil.copytree(self.results, self.folder / place / "results")
        shutil.rmtree(self.results)
        for env in ({}, {"MLPATH_CACHE_DIR": str(self.root / "empty")}):
            self.assertEqual(recalled(self.judge("--seed", "1", "--cache", env=env)), set())

    def test_a_shared_cache_needs_its_key(self) -> None:
        shared = self.root / "shared"
        words = ("--seed", "1", "--cache-dir", str(shared))
        for key in (None, "short"):
            refused = self.run_cli("verify", ".", *words, env={"MLPATH_CACHE_KEY": key})
            self.assert_usage(refused, "MLPATH_CACHE_KEY")
            self.assertFalse(shared.exists())
        mine = {"MLPATH_CACHE_KEY": KEY}
        self.judge(*words, env=mine)
        other_machine = {**mine, "MLPATH_CACHE_DIR": str(self.root / "other-machine")}
        again = self.judge(*words, env=other_machine)
        self.assertEqual(recalled(again), set(checks_of(again.json())))
        self.assertNotIn("remarks", again.json())

        wrong = self.judge(*words, env={"MLPATH_CACHE_KEY": KEY + "?"})
        self.assertEqual(recalled(wrong), set())
        self.assertEqual(len(wrong.json()["remarks"]), 1)
        told = self.run_cli("verify", ".", *words, env=mine)
        self.assertEqual(told.err.count("did not fit the key"), 1)

    def test_a_poisoned_entry_is_not_believed(self) -> None:
        source = self.project / "textstats.py"
        source.write_text(source.read_text().replace(".lower()", ""))
        shared = self.root / "shared"
        words = ("--seed", "1", "--cache-dir", str(shared))
        env = {"MLPATH_CACHE_KEY": KEY}
        self.assertEqual(self.judge(*words, env=env).code, 1)
        for entry in shared.glob("??/*"):
            seal, _, content = entry.read_text().partition("\n")
            entry.write_text(seal + "\n" + content.replace('"verdict":"fail"', '"verdict":"pass"'))
        poisoned = self.judge(*words, env=env)
        self.assertEqual((poisoned.code, recalled(poisoned) & {"words-in-order"}), (1, set()))

    def test_no_program_sees_the_key(self) -> None:
        (self.project / "analyze.py").write_text(TELLTALE)
        shared = self.root / "shared"
        env = {"MLPATH_CACHE_KEY": KEY}
        outcome = self.judge("--seed", "1", "--cache-dir", str(shared), env=env)
        self.assertIn("looked True False", outcome.out)
        at_the_desk = self.check("cli", env=env)
        self.assertIn("looked True False", at_the_desk.out)
        kept = [path.read_text() for path in shared.rglob("*") if path.is_file()]
        self.assertTrue(kept)
        for text in (outcome.out, outcome.err, at_the_desk.out, at_the_desk.err, *kept):
            self.assertNotIn(KEY, text)
            self.assertNotIn("MLPATH_CACHE_KEY", text)

    def test_the_report_keeps_to_its_schema(self) -> None:
        self.judge("--cache")
        schema = json.loads(
            (Path(__file__).parents[2] / "curricula/schemas/report.schema.json").read_text()
        )
        known = schema["definitions"]["check"]["properties"]
        for check in checks_of(self.judge("--cache").json()).values():
            self.assertLessEqual(set(check), set(known))


if __name__ == "__main__":
    unittest.main()
