"""Synthetic data as a learner in a train gets them: made here, held against the catalog, kept."""

from __future__ import annotations

import hashlib
import json
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import CliTest, Outcome
from test_library import write_library

COINS = """
from mlpath_synthetic import Draw, Files, Weights, csv

SIDES = Weights({"heads": 6, "tails": 4})


def make(draw: Draw) -> Files:
    yield "coins.csv", csv([("toss", "side"), *((n, draw.of(SIDES)) for n in range(1, 101))])
"""


def promised(files: dict[str, bytes]) -> str:
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


class OwnData(CliTest):
    def fetch(self, *words: str, **options: Any) -> Outcome:
        # Nothing answers there: whoever asks the network fails.
        nowhere = {"MLPATH_MIRROR": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1"}
        return self.run_cli("fetch", *words, "--synthetic", env=nowhere, **options)

    def test_iris_is_made_once_and_is_what_the_catalogue_promises(self) -> None:
        outcome = self.fetch("iris", "--json")
        self.assertEqual(outcome.code, 0, outcome.err)
        (file,) = outcome.json()["files"]
        self.assertEqual(
            (file["dataset"], file["name"], file["origin"]), ("iris", "iris.csv", "made")
        )
        path = Path(file["path"])
        content = path.read_bytes()
        self.assertEqual(hashlib.sha256(content).hexdigest(), file["sha256"])
        self.assertEqual(len(content.splitlines()), 151)
        (again,) = self.fetch("iris", "--json").json()["files"]
        self.assertEqual((again["origin"], again["path"]), ("cached", file["path"]))
        path.write_bytes(content.replace(b"setosa", b"virginica"))
        (remade,) = self.fetch("iris", "--json").json()["files"]
        self.assertEqual((remade["origin"], path.read_bytes()), ("made", content))

    def test_what_cannot_be_made_is_said(self) -> None:
        for words, code, told in (
            (("nothing",), 2, "there is no dataset `nothing`"),
            (("iris", "--from", "x.csv"), 2, "--synthetic makes the data here"),
            (("iris", "--mirror", "http://127.0.0.1:1"), 2, "--synthetic makes the data here"),
        ):
            with self.subTest(words=words):
                outcome = self.fetch(*words)
                self.assertEqual(outcome.code, code, outcome.err)
                self.assertIn(told, outcome.err)

    def library(self, script: str, sha256: str) -> str:
        """A library with one dataset, whose generator is `script`."""
        source = {"url": "https://example.org/coins.csv", "bytes": 9, "sha256": "0" * 64}
        dataset = {
            "id": "coins",
            "title": "Coins",
            "rows": 100,
            "license": {"name": "CC0-1.0", "redistribute": True},
            "citation": "Us.",
            "files": [{"name": "coins.csv", "sources": [source]}],
            "synthetic": {"seed": 7, "sha256": sha256},
        }
        catalogue = {"format": 1, "datasets": [dataset]}
        root = write_library(self.root / "library")
        (root / "curricula/datasets.json").write_text(json.dumps(catalogue), encoding="utf-8")
        generators = root / "curricula/synthetic"
        generators.mkdir(exist_ok=True)
        (generators / "coins.py").write_text(script, encoding="utf-8")
        return str(root)

    def made_by(self, script: str, sha256: str = "1" * 64) -> Outcome:
        return self.fetch("coins", "--json", "--library", self.library(script, sha256))

    def test_another_library_makes_its_own(self) -> None:
        outcome = self.made_by(
            "def make(draw):\n    yield 'coins.csv', b'a\\n1\\n'\n",
            promised({"coins.csv": b"a\n1\n"}),
        )
        self.assertEqual(outcome.code, 0, outcome.err)
        outcome = self.made_by(COINS)
        self.assertEqual(outcome.code, 3, outcome.err)
        self.assertIn("not what the catalog promises", outcome.err)

    def test_a_bad_generator_makes_nothing(self) -> None:
        outside = self.root / "outside.txt"
        for script, told in (
            ("def make(draw):\n    yield '../coins.csv', b'x'\n", "leaves the dataset's folder"),
            ("def make(draw):\n    yield 'a', b'x'\n    yield 'a', b'x'\n", "comes twice"),
            ("def make(draw):\n    print('hello')\n    yield 'a', b'x'\n", "prints something"),
            ("def make(draw):\n    return iter(())\n", "there is no file"),
            ("def make(draw):\n    yield 'a', b'x' * 9_000_000\n", "makes more than 4 MB"),
            ("def make(draw):\n    raise KeyError('side')\n", "KeyError"),
            ("import numpy\n", "numpy"),
            ("def create(draw): pass\n", "no function `make`"),
            (f"open({str(outside)!r}, 'w')\ndef make(draw):\n    yield 'a', b'x'\n", "Error"),
            (
                "def make(draw):\n    import socket\n"
                "    socket.create_connection(('127.0.0.1', 1))\n",
                "Error",
            ),
        ):
            with self.subTest(told=told, script=script):
                outcome = self.made_by(script)
                self.assertEqual(outcome.code, 2, outcome.err)
                self.assertIn(told, outcome.err)
                self.assertFalse(outside.exists())
                kept = self.home.glob("**/synthetic/*")
                self.assertEqual([path.name for path in kept], [])


if __name__ == "__main__":
    unittest.main()
