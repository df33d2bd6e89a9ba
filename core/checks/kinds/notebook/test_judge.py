"""The kind `notebook` without a kernel: what its judge makes of files, and of what a driver claims.

With a real kernel: tests/system/test_notebook.py.
"""

from __future__ import annotations

import json
import random
import tempfile
import unittest
from pathlib import Path
from typing import Any

import judge
import mlpath_notebook
import saved
import shows
from mlpath_check import Check, Failure
from mlpath_notebook import Cell, Notebook

FIELDS: dict[str, Any] = {"path": "a.ipynb", "saved": "if-there", "runs": 1, "seconds": 60}
WELL: dict[str, Any] = {"ended": "well", "cell": 0, "itself": "same", "error": {}}


def text_of(*cells: dict[str, Any]) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)})


def code(source: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": [], **more}


class Host:
    """Answers as mlpath does: a source, the fields, and what the driver is said to have told."""

    def __init__(self, text: str, told: Any, **fields: Any) -> None:
        self.folder = tempfile.TemporaryDirectory()
        (Path(self.folder.name) / "copy").write_text(text, encoding="utf-8")
        self.fields = {**FIELDS, **fields}
        self.told = told
        self.asked: list[dict[str, Any]] = []

    def __call__(self, request: dict[str, Any]) -> str:
        self.asked.append(request)
        if request["do"] == "fields":
            answer: dict[str, Any] = {"fields": self.fields, "alike": [self.fields]}
        elif request["do"] == "source":
            answer = {"path": str(Path(self.folder.name) / "copy")}
        else:
            answer = {"value_ok": True, "value": self.told}
        return json.dumps({"ok": True, **answer})


def finding(text: str, told: Any, **fields: Any) -> str:
    """What is found: a message, with the cause; empty where it passes."""
    host = Host(text, told, **fields)
    with host.folder:
        try:
            judge.judge(Check(host, Path(host.folder.name)))
        except Failure as failure:
            return f"{failure.message}. {failure.because} {failure.expected} {failure.actual}"
    return ""


class Claims(unittest.TestCase):
    """What the driver tells comes from the learner's side."""

    def test_nothing_that_it_tells_is_more_than_a_failure(self) -> None:
        text = text_of(code("x = 1"), code("y = 2"))
        asks = {
            "values": [{"of": "x", "equals": 1, "tolerance": 0}],
            "figures": [{"marks": "any", "y": "x", "has": ["title"]}],
            "tables": [{"columns": ["a"], "rows": 1}],
        }
        odd: list[Any] = [
            None,
            7,
            "well",
            [],
            {},
            [[]],
            {"ok": True},
            [None, {"ok": 1}],
            -1,
            10**30,
        ]
        odd += [{"ended": "well"}, {"$array": 3}, [{"$tuple": 7}], {"axes": [7]}, [{"axes": 7}]]
        draw = random.Random(13)
        keys = ["ended", "cell", "itself", "error", "outputs", "values", "figures", "tables"]
        self.assertIn("cannot be read", finding(text, None, **asks))
        for _ in range(2000):
            told = {**WELL, **{key: draw.choice(odd) for key in draw.sample(keys, 3)}}
            with self.subTest(told=told):
                self.assertNotEqual(finding(text, told, **asks), "")

    def test_the_cells_that_run_are_those_of_the_file_that_was_judged(self) -> None:
        host = Host(text_of(code("x = 1"), code(" "), code("y = 2")), {**WELL, "outputs": [[], []]})
        with host.folder:
            judge.judge(Check(host, Path(host.folder.name)))
        (asked,) = [request for request in host.asked if request["do"] == "once"]
        sources = [cell["source"] for cell in asked["arguments"]["cells"]]
        self.assertEqual(sources, ["x = 1", "y = 2"])

    def test_how_a_run_ended_is_told(self) -> None:
        text = text_of(code("x = 1"), code("exit()"))
        for ended, says in (
            ("hung", "still ran after 60 s"),
            ("flooded", "more than a notebook can hold"),
            ("died", "The kernel ended in code cell 2"),
            ("no_kernel", "No kernel started"),
            ("lacks", "No kernel starts"),
            ("won", "cannot be read"),
        ):
            self.assertIn(says, finding(text, {**WELL, "ended": ended, "cell": 1}))
        self.assertIn("deletes itself", finding(text, {**WELL, "itself": "gone"}))

    def test_a_figure_behind_an_exception_is_not_what_was_raised(self) -> None:
        figure = {"text": "<Figure size 640x480 with 1 Axes>", "image": True}
        outputs = [[{"error": "NameError: name 'labels' is not defined"}, figure]]
        told = finding(text_of(code("draw()")), {**WELL, "ended": "raised", "outputs": outputs})
        self.assertIn("raises NameError: name 'labels' is not defined", told)
        none = finding(text_of(code("draw()")), {**WELL, "ended": "raised", "outputs": [[figure]]})
        self.assertIn("raises an exception", none)


class Order(unittest.TestCase):
    def test_names_are_looked_for_in_the_other_cells(self) -> None:
        told = {
            "ended": "raised",
            "cell": 0,
            "error": {"line": 1},
            "outputs": [[{"error": "NameError: name 'total' is not defined"}]],
        }
        for below, says in (
            ("total = 1", "further down, in code cell 2"),
            ("def total(): pass", "further down"),
            ("import numpy as total", "further down"),
            ("for total in []: pass", "further down"),
            ("%%bash\ntotal=1", "No cell makes `total`"),
            ("other = 1", "No cell makes `total`"),
        ):
            text = text_of(code("print(total)", execution_count=3), code(below))
            self.assertIn(says, finding(text, told))
        self.assertNotIn("No cell", finding(text_of(code("print(total)")), told))

    def test_counts_that_fall_are_out_of_order(self) -> None:
        for counts, wrong in (
            ([1, 2, 3], False),
            ([4, 9, 12], False),
            ([None, 2, None, 3], False),
            ([2, 1], True),
            ([1, 3, 2], True),
            ([1, None, 1], True),
        ):
            cells = [Cell("code", "x", count=count) for count in counts]
            self.assertEqual(saved.out_of_order(cells) is not None, wrong, counts)


class Outputs(unittest.TestCase):
    def same(self, before: list[dict[str, Any]], now: list[dict[str, Any]]) -> bool:
        return saved.before(Cell("code", "x", outputs=before)) == saved.now(now)

    def test_what_two_runs_of_the_same_code_show_is_the_same(self) -> None:
        def stream(text: Any) -> dict[str, Any]:
            return {"output_type": "stream", "name": "stdout", "text": text}

        def out(text: str) -> dict[str, Any]:
            return {"stream": "stdout", "text": text}

        self.assertTrue(self.same([stream(["a\n", "b\n"])], [out("a\n"), out("b\n")]))
        self.assertTrue(self.same([stream("1 0xdeadbeef12")], [out("1 0x7f0012345678")]))
        self.assertTrue(self.same([stream("Wall time: 3 s\n2")], [out("Wall time: 4 s\n2")]))
        self.assertTrue(self.same([stream("10%\r99%\rdone")], [out("1%\rdone")]))
        self.assertFalse(self.same([stream("1")], [out("2")]))
        self.assertFalse(self.same([], [out("2")]))
        result = {"output_type": "execute_result", "data": {"text/plain": ["3"], "image/png": "…"}}
        self.assertTrue(self.same([result], [{"text": "3", "image": True}]))
        self.assertFalse(self.same([result], [{"text": "3", "image": False}]))
        warning = {"output_type": "stream", "name": "stderr", "text": "/home/ada/x.py: Warning"}
        self.assertTrue(self.same([warning], []))

    def test_outputs_of_any_shape_are_read(self) -> None:
        for out in (
            {},
            {"output_type": "stream", "text": 7},
            {"data": 3},
            {"data": {"text/plain": {}}},
        ):
            self.assertIsInstance(str(saved.before(Cell("code", "x", outputs=[out]))), str)


class Reading(unittest.TestCase):
    def test_magics_are_no_python(self) -> None:
        source = "%matplotlib inline\n!pip list\nfiles = !ls\nx = 1  # 100%\nx.real?"
        self.assertEqual(mlpath_notebook.names_made(Cell("code", source).python()), {"files", "x"})
        self.assertEqual(Cell("code", "%%bash\nx=1").python(), "")
        self.assertEqual(mlpath_notebook.names_made(Cell("code", "%%time\ny = 1").python()), {"y"})

    def test_prose_counts_words_and_no_code(self) -> None:
        text = "# A title\n\nIt's well-known.\n\n```python\nnot this\n# nor this\n```\n"
        notebook = Notebook("a.ipynb", [Cell("markdown", text)])
        shows.prose(None, {"headings": ["a TITLE"], "min_words": 4}, notebook)  # type: ignore[arg-type]
        for want in ({"headings": ["nor this"]}, {"min_words": 5}):
            with self.assertRaises(Failure):
                shows.prose(None, want, notebook)  # type: ignore[arg-type]

    def test_a_heading_is_no_prose(self) -> None:
        def stands_above(*texts: str) -> str:
            cells = [Cell("markdown", text) for text in texts]
            notebook = Notebook("a.ipynb", [*cells, Cell("code", "x = 1", 1)])
            try:
                shows.prose(None, {"above": "each-cell"}, notebook)  # type: ignore[arg-type]
            except Failure as failure:
                return failure.because
            return "passed"

        for texts in (["## Sums\nThey add up."], ["They add up.", "## Sums"], ["## Sums", "Two."],
                      ["- one\n- two"], ["A <b>mean</b>"]):  # fmt: skip
            self.assertEqual(stands_above(*texts), "passed", texts)
        for text in ("## The sum of all", "The sum\n---", "<h2>The sum</h2>", "# A\n\n```\nx\n```",
                     "<!-- what it does -->", "---"):  # fmt: skip
            self.assertIn("A heading or code alone", stands_above(text), text)
        self.assertIn("nothing stands above", stands_above())


if __name__ == "__main__":
    unittest.main()
