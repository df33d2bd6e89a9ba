"""The kind `source`: what stands in a text, and what only seems to."""

from __future__ import annotations

import json
import tempfile
import unittest
from pathlib import Path
from typing import Any

import judge
from mlpath_check import Check, Failure


def found(text: str, *shows: dict[str, Any], path: str = "a.py") -> str:
    """The failure with its cause; empty where it passes."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        copy.write_text(text, encoding="utf-8")

        def host(request: dict[str, Any]) -> str:
            fields = {"path": path, "shows": list(shows), "seconds": 10}
            answer = {"fields": fields} if request["do"] == "fields" else {"path": str(copy)}
            return json.dumps({"ok": True, **answer})

        try:
            judge.judge(Check(host, Path(folder)))
        except Failure as failure:
            return f"{failure.message}. {failure.because}"
    return ""


SHOWN = {
    "comprehension": "{a: b for a, b in []}",
    "list-comprehension": "[a for a in []]",
    "dict-comprehension": "{a: 1 for a in []}",
    "set-comprehension": "{a for a in []}",
    "generator-expression": "sum(a for a in [])",
    "generator-function": "def f():\n    yield 1",
    "lambda": "f = lambda a: a",
    "default-argument": "def f(a=1): pass",
    "f-string": "f'{1}'",
    "slice": "a = b[1:]",
    "class": "class A: pass",
    "decorator": "@f\ndef g(): pass",
    "try": "try:\n    pass\nexcept ValueError:\n    pass",
    "with": "with a: pass",
}


class Shows(unittest.TestCase):
    def test_each_part_is_seen_where_it_is(self) -> None:
        self.assertEqual(set(SHOWN), set(judge.LIKE))
        for what, code in SHOWN.items():
            with self.subTest(what=what):
                self.assertEqual(found(code, {"what": what}), "")
                self.assertIn("shows no", found("x = 1", {"what": what}))

    def test_words_in_texts_and_comments_are_none(self) -> None:
        text = '# [a for a in b]\nx = \'lambda a: a\'\n"""class A: pass"""'
        for what in ("comprehension", "lambda", "class"):
            self.assertIn("shows no", found(text, {"what": what}))

    def test_it_stands_where_it_is_asked_for(self) -> None:
        text = "def f(a):\n    return [b for b in a]\n\n"
        text += "class A:\n    def g(self):\n        return f\n"
        self.assertEqual(found(text, {"what": "comprehension", "in": "f"}), "")
        told = found(text, {"what": "comprehension", "in": "A.g"})
        self.assertIn("There is one in line 2, outside of `A.g`.", told)
        text += "    def h(self):\n        return [1 for _ in f]\n"
        self.assertIn("`A.g` shows no", found(text, {"what": "comprehension", "in": "A.g"}))
        self.assertEqual(found(text, {"what": "comprehension", "in": "A.h"}), "")
        self.assertIn("has no `words`", found(text, {"what": "comprehension", "in": "words"}))

    def test_bad_input_ends_in_a_sentence(self) -> None:
        for text, says in (
            ("", "is empty"),
            ("def f(:\n    pass", "is not Python yet: line 1"),
            ("x = \0", "Python"),
            ("(" * 5000 + ")" * 5000, "Python"),
            ("-" * 200_000 + "1", "Python"),
        ):
            with self.subTest(says=says, size=len(text)):
                self.assertIn(says, found(text, {"what": "lambda"}))

    def test_code_cells_of_a_notebook_are_read(self) -> None:
        def notebook(*sources: str) -> str:
            cells = [{"cell_type": "code", "source": source, "outputs": []} for source in sources]
            cells.append({"cell_type": "markdown", "source": "lambda a: a", "outputs": []})
            return json.dumps({"nbformat": 4, "metadata": {}, "cells": cells})

        for sources, says in (
            (["%matplotlib inline\n!ls", "f = lambda a: a", "await g()"], ""),
            (["x = 1"], "shows no lambda"),
            (["%%bash\nlambda a: a"], "shows no lambda"),
            (
                ["x = 1", "def f(:"],
                "Code cell 2 (it begins `def f(:`) of `a.ipynb` is not Python yet",
            ),
            ([], "no code cell"),
        ):
            with self.subTest(says=says):
                told = found(notebook(*sources), {"what": "lambda"}, path="a.ipynb")
                self.assertIn(says, told) if says else self.assertEqual(told, "")


if __name__ == "__main__":
    unittest.main()
