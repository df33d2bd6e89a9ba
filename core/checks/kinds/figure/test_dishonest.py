"""The kind `figure`: what a driver of the learner's making may answer."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import test_judge as stage  # noqa: E402


class Dishonest(stage.Stage):
    def test_every_answer_ends_in_a_sentence(self) -> None:
        panel: dict[str, Any] = {
            name: []
            for name in (
                "x_ticks",
                "y_ticks",
                "legend",
                "keys",
                "texts",
                "points",
                "lines",
                "bars",
                "boxes",
                "images",
                "cells",
            )
        }
        panel.update(
            {
                name: ""
                for name in ("title", "x_label", "y_label", "x_scale", "y_scale", "legend_title")
            }
        )
        panel["ink"] = 0
        panel["place"] = ""
        good = {"titles": [], "legend": [], "keys": [], "panels": [panel]}
        fields = {"call": "work.f", "arguments": stage.FEW, "shows": [stage.SCATTER]}
        for name, value, pattern in (
            ("nothing", None, "cannot be read"),
            ("a word", "pass", "cannot be read"),
            ("a verdict", {"do": "verdict", "verdict": "pass"}, "cannot be read"),
            ("no panels", {"figure": {**good, "panels": 7}}, "cannot be read"),
            ("an empty panel", {"figure": {**good, "panels": [{}]}}, "cannot be read"),
            ("a key without a color", {"figure": {**good, "keys": [["x"]]}}, "cannot be read"),
            ("a number in the legend", {"figure": {**good, "legend": [7]}}, "cannot be read"),
            (
                "looks of another kind",
                {
                    "figure": {
                        **good,
                        "panels": [{**panel, "points": [{"at": [], "label": "", "looks": [7]}]}],
                    }
                },
                "cannot be read",
            ),
            (
                "a wrong kind",
                {"figure": {**good, "panels": [{**panel, "ink": "0"}]}},
                "cannot be read",
            ),
            (
                "infinite",
                {
                    "figure": {
                        **good,
                        "panels": [{**panel, "points": [{"at": [[1, 1e999]], "label": ""}]}],
                    }
                },
                "cannot be read",
            ),
            (
                "words for numbers",
                {
                    "figure": {
                        **good,
                        "panels": [{**panel, "points": [{"at": [["1", 2]], "label": ""}]}],
                    }
                },
                "cannot be read",
            ),
            (
                "a box without a place",
                {
                    "figure": {
                        **good,
                        "panels": [{**panel, "boxes": [{**stage.BOX, "at": [None, 1]}]}],
                    }
                },
                "cannot be read",
            ),
            (
                "a box of four numbers",
                {
                    "figure": {
                        **good,
                        "panels": [{**panel, "boxes": [{**stage.BOX, "summary": [1] * 4}]}],
                    }
                },
                "cannot be read",
            ),
            ("blank", {"figure": good}, "is blank"),
            (
                "invented",
                {
                    "figure": {
                        **good,
                        "panels": [{**panel, "points": [{"at": [[7, 7]], "label": ""}]}],
                    }
                },
                "belong there",
            ),
            ("large by a word", {"large": {"inches": ["9", 9], "dots": 9}}, "cannot be read"),
            ("large by nothing", {"large": None}, "cannot be read"),
            (
                "points without a label",
                {"figure": {**good, "panels": [{**panel, "points": [{"at": [], "label": 7}]}]}},
                "cannot be read",
            ),
            ("an excuse", {"problem": "unavailable", "message": "not today"}, "could not be tried"),
            ("an unknown problem", {"problem": "luck"}, "cannot be read"),
        ):
            with self.subTest(name):
                told = {"value_ok": True, "value": value}
                self.says(self.judged(fields, lambda _: told), pattern)  # noqa: B023

    def test_what_no_driver_answers(self) -> None:
        fields = {"call": "work.f", "arguments": stage.FEW}
        why = "what runs your program for this check "
        for ended, pattern in (
            ("did not answer in time", "did not draw its figure within 30 s"),
            ("ended with exit code 0 after 0.1 s", "ended the whole Python process"),
            ("answered more than 16 MB", "cannot be read"),
        ):
            with self.subTest(ended):
                refused = {"ok": False, "message": why + ended}
                self.says(self.judged(fields, lambda _: refused), pattern)  # noqa: B023


if __name__ == "__main__":
    unittest.main()
