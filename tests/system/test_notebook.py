"""The kind `notebook` with a real kernel: honest notebooks, and what ends in one clear sentence.

Needs a Python with nbclient, ipykernel, matplotlib and pandas: MLPATH_PYTHON, or the one that runs
this. Without one there is nothing to try.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unittest
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mlpath_cli import CONTAINER, CliTest
from tiny_project import PROJECT, milestone, tiny_library

PYTHON = os.environ.get("MLPATH_PYTHON") or sys.executable
HAS_KERNEL = not subprocess.run(
    [PYTHON, "-c", "import nbclient, ipykernel, matplotlib, pandas"], capture_output=True
).returncode
NAME = "work.ipynb"

Cells = list[tuple[str, dict[str, Any]]]


def code(source: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return source, {"cell_type": "code", "execution_count": None, "outputs": [], **more}


def printed(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": [text]}


def notebook(*cells: str | tuple[str, dict[str, Any]]) -> str:
    made = []
    for cell in cells:
        source, more = code(cell) if isinstance(cell, str) else cell
        made.append({"metadata": {}, "source": source, **more})
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


@unittest.skipUnless(HAS_KERNEL, "no Python with nbclient here: MLPATH_PYTHON names one")
class NotebookTest(CliTest):
    inside: Sequence[str] = ()

    def project(self, *checks: dict[str, Any]) -> Path:
        """A new project with these checks of `work.ipynb`, all in one milestone."""
        whole = [
            {"id": f"c{n}", "kind": "notebook", "path": NAME, "says": f"Claim {n}.", **check}
            for n, check in enumerate(checks)
        ]
        library = tiny_library(
            self.root / "library",
            [milestone("all", *whole)],
            "print('todo')\n",
            "print('done')\n",
            sources=["*.py", "*.ipynb"],
        )
        self.library = str(library)
        self.assertEqual(self.mlpath("new", PROJECT).code, 0)
        return self.folder / PROJECT

    def mlpath(self, *words: str, cwd: Path | None = None) -> Any:
        env: dict[str, str | None] = {"MLPATH_PYTHON": PYTHON}
        options: dict[str, Any] = {"cwd": cwd} if cwd else {}
        options["inside"] = self.inside
        return self.run_cli(*words, "--library", self.library, env=env, **options)

    def found(self, project: Path, text: str | bytes | None) -> list[dict[str, Any]]:
        """What each check finds of this notebook."""
        if text is None:
            (project / NAME).unlink(missing_ok=True)
        else:
            whole = text if isinstance(text, bytes) else text.encode()
            (project / NAME).write_bytes(whole)
        outcome = self.mlpath("check", "--json", cwd=project)
        self.assertIn(outcome.code, (0, 1), outcome.out + outcome.err)
        (result,) = outcome.json()["milestones"]
        return result["checks"]

    def one(self, text: str | bytes | None, **check: Any) -> dict[str, Any]:
        project = self.folder / PROJECT
        if not project.exists():
            project = self.project(check)
        return self.found(project, text)[0]

    def passes(self, text: str, **check: Any) -> None:
        found = self.one(text, **check)
        self.assertEqual(found["verdict"], "pass", found)

    def fails(self, text: str | bytes | None, *told: str, **check: Any) -> dict[str, Any]:
        found = self.one(text, **check)
        self.assertEqual(found["verdict"], "fail", found)
        whole = json.dumps(found, ensure_ascii=False)
        for part in told:
            self.assertIn(part, whole)
        return found


class Runs(NotebookTest):
    def test_bad_input_ends_in_a_sentence(self) -> None:
        huge = b'{"cells": [' + b" " * (12 << 20) + b"]}"
        cases: list[tuple[str | bytes | None, str]] = [
            (None, "no file `work.ipynb`"),
            ("", "`work.ipynb` is empty"),
            ("{", "`work.ipynb` is no notebook: line 1"),
            ("[1]", "it is JSON, but not of a notebook"),
            ("[" * 100_000, "nests too deep"),
            ('{"nbformat": 3}', "its format is 3"),
            ('{"nbformat": 4}', "it has no list of cells"),
            ('{"nbformat": 4, "cells": [7]}', "cell 1 of all cells is no cell"),
            ('{"nbformat": 4, "cells": [{"cell_type": "code", "source": 7}]}', "has no text"),
            ("<<<<<<< HEAD\n{}", "merge conflict"),
            (b"\xff\xfe", "is not UTF-8 text"),
            (huge, "it is JSON, but not of a notebook"),
            (notebook(), "has no code cell with something in it"),
            (notebook("", "  \n"), "has no code cell with something in it"),
            (
                '{"nbformat": 4, "metadata": {"kernelspec": {"language": "R"}}, "cells": []}',
                "is a notebook of R",
            ),
        ]
        for text, told in cases:
            with self.subTest(told=told):
                self.fails(text, told)

    def test_an_enormous_one_is_no_source(self) -> None:
        project = self.project({})
        (project / NAME).write_bytes(b" " * (20 << 20))
        outcome = self.mlpath("check", cwd=project)
        self.assertEqual(outcome.code, 2, outcome.out)
        self.assertIn("work.ipynb takes it beyond 16.8 MB", outcome.err)

    def test_what_a_notebook_does_to_its_judge(self) -> None:
        cases = [
            ("while True:\n    pass", "does not come to its end"),
            ("input('name?')", "write the value into the cell"),
            ("while True:\n    print('x' * 1000)", "more than a notebook can hold"),
            ("import os\nos._exit(0)", "The kernel ended in code cell 2"),
            ("raise SystemExit('done')", "SystemExit"),
            ("1/0", "raises ZeroDivisionError"),
            ("def f(:\n    pass", "SyntaxError"),
            ("open('work.ipynb', 'w').write('{}')", "the notebook's own file"),
            ("import os\nos.remove('work.ipynb')", "the notebook's own file"),
            ("import sys, signal, os\nos.kill(os.getppid(), signal.SIGKILL)", "ended by signal 9"),
        ]
        for source, told in cases:
            with self.subTest(source=source):
                # What is above runs, what is below never has the chance.
                self.fails(notebook("x = 1", source, "assert True"), told, seconds=10)

    def test_a_cell_that_draws_and_raises_is_told_what_it_raised(self) -> None:
        draws = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title(heading)\nplt.show()"
        likely = [{"seen": "name 'heading'", "because": "The heading is never written."}]
        found = self.fails(notebook(draws), "raises NameError: name 'heading'", likely=likely)
        self.assertEqual(found["because"], "The heading is never written.")

    def test_it_deletes_its_cells_by_script_and_runs_all_the_same(self) -> None:
        script = "from IPython.display import Javascript, display\n"
        script += "display(Javascript('Jupyter.notebook.delete_cell(1)'))\n"
        script += "get_ipython().set_next_input('x = 2', replace=True)"
        values = [{"of": "x", "equals": 1}]
        self.passes(notebook("x = 1", script, "%matplotlib inline\n!true\ny = x"), values=values)

    def test_names_of_another_order_are_told_as_such(self) -> None:
        later = "is first made further down, in code cell 2 (it begins `total = 3`)"
        self.fails(notebook("print(total)", "total = 3"), "NameError", later)
        gone = "the cell that made it was deleted or changed"
        self.fails(notebook(code("print(total)", execution_count=4)), gone)

    def test_a_cell_may_fail_on_purpose(self) -> None:
        tagged = code("1/0", metadata={"tags": ["raises-exception"]})
        self.passes(notebook(tagged, "x = 1"))


class WithRulesAlone(NotebookTest):
    """In a container that forbids namespaces, the kernel has ports of this machine's loopback."""

    inside = CONTAINER

    def test_the_verdicts_are_those_of_a_world_of_its_own(self) -> None:
        draws = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('Odds')\nplt.show()"
        figure = {"marks": "line", "has": ["title"]}
        values = [{"of": "x", "equals": 1}]
        self.passes(notebook("x = 1", draws), values=values, figures=[figure])
        self.fails(notebook("x = 2", draws), "is 2, not 1")
        self.fails(notebook("x = 1", "1/0"), "raises ZeroDivisionError", "code cell 2")
        self.fails(notebook("import os\nos._exit(0)"), "The kernel ended in code cell 1")


class Saved(NotebookTest):
    def test_what_was_saved_is_what_comes(self) -> None:
        def cell(source: str, count: int, text: str) -> tuple[str, dict[str, Any]]:
            return code(source, execution_count=count, outputs=[printed(text)])

        self.passes(notebook(cell("print(1)", 3, "1\n"), cell("print(2)", 9, "2\n"), "x = 1"))
        self.fails(
            notebook(cell("print(1)", 7, "1\n"), cell("print(2)", 5, "2\n")),
            "were not run from top to bottom",
            "as number 7",
        )
        self.fails(
            notebook(cell("x = 3", 1, ""), cell("print(x)", 2, "2\n")),
            "is not what it shows now",
            "The output is stale",
        )
        luck = "import random\nprint(random.random())"
        self.fails(notebook(cell(luck, 1, "0.5\n")), "random numbers without a seed")
        order = "print({'a', 'b', 'c', 'd', 'e', 'f'})"
        self.fails(notebook(cell(order, 1, "{'x'}\n")), "the order of a set")
        address = code("object()", execution_count=1)
        address[1]["outputs"] = [
            {"output_type": "execute_result", "data": {"text/plain": "<object at 0x7f00aa11bb22>"}}
        ]
        self.passes(notebook(address))

    def test_it_has_to_be_saved_after_a_run_where_that_is_required(self) -> None:
        self.fails(notebook("print(1)"), "was saved before code cell 1", saved="required")

    def test_it_may_be_in_any_state_where_that_is_ignored(self) -> None:
        self.passes(notebook(code("print(1)", outputs=[printed("9")])), saved="ignored")

    def test_two_kernels_agree(self) -> None:
        self.fails(notebook("print(hash('a'))"), "something else each time it runs", runs=2)


class Shows(NotebookTest):
    def test_values_are_tried_with_inputs_of_ours(self) -> None:
        values = [
            {"of": "half(9)", "equals": 4.5, "mistakes": [{"gives": 4, "because": "`//` floors."}]},
            {"of": "box = Box()\nbox.put('a')\nbox.things", "equals": ["a"]},
            {"of": "half('a')", "raises": "TypeError"},
        ]
        right = (
            "def half(x):\n    return x / 2\n"
            "class Box:\n    def __init__(self):\n        self.things = []\n"
            "    def put(self, thing):\n        self.things.append(thing)\n"
        )
        self.passes(notebook(right), values=values)
        for old, new, told in (
            ("/ 2", "// 2", "`//` floors."),
            ("return x / 2", "print(x / 2)", "printing a value does not return it"),
            ("def half", "def third", "makes no `half`"),
            ("return x / 2", "return 4.5", "does not raise TypeError"),
            ("return x / 2", "while True: pass", "gives nothing within 10 s"),
            ("return x / 2", "import os; os._exit(1)", "gave no value"),
            ("return x / 2", "return 1 / 0", "ZeroDivisionError"),
            (
                "        self.things = []",
                "        pass\n    things = ['b']",
                "there is 'b', not 'a'",
            ),
        ):
            with self.subTest(told=told):
                self.fails(notebook(right.replace(old, new)), told)

    def test_checks_share_a_run_and_meet_the_same_values(self) -> None:
        counted = "import pathlib\nruns = pathlib.Path('runs')\nasked = []\n"
        counted += "def ask():\n    asked.append(1)\n    return len(asked)"
        check = {"values": [{"of": "ask()", "equals": 1}]}
        project = self.project(check, check, {"values": [{"of": "ask() + 0", "equals": 2}]})
        self.assertEqual(
            [c["verdict"] for c in self.found(project, notebook(counted))], ["pass"] * 3
        )

    def test_figures_and_tables(self) -> None:
        figures = [{"marks": "line", "y": "prices"}]
        tables = [{"columns": ["a"], "rows": 2}]
        draw = (
            "import matplotlib.pyplot as plt\nimport pandas as pd\nprices = [3, 1, 2]\n"
            "plt.plot(prices)\nplt.title('Prices')\nplt.xlabel('day')\nplt.ylabel('price')\n"
            "plt.show()\npd.DataFrame({'a': [1, 2]})"
        )
        self.passes(notebook(draw), figures=figures, tables=tables)
        for old, new, told in (
            ("plt.xlabel('day')", "", "has no label of the x-axis"),
            ("plt.plot(prices)", "plt.plot(sorted(prices))", "are not `prices`"),
            (
                "plt.plot(prices)",
                "plt.bar(range(3), prices)",
                "The figure has no line: it has bars",
            ),
            ("plt.show()", "plt.close()", "shows no figure"),
            ("[1, 2]})", "[1]})", "has other rows"),
            ("'a'", "'b'", "shows no table with the columns a"),
        ):
            with self.subTest(told=told):
                self.fails(notebook(draw.replace(old, new)), told)

    def test_prose(self) -> None:
        prose = {"headings": ["What I found"], "min_words": 6, "above": "each-cell"}
        text = ("## What I found\nOne, two and three.", {"cell_type": "markdown"})
        self.passes(notebook(text, "x = 1"), prose=prose)
        self.fails(notebook("x = 1"), "All cells are code cells")
        self.fails(notebook(text, "x = 1", "y = 1"), "No text stands above code cell 2")
        short = ("## What I found\n", {"cell_type": "markdown"})
        self.fails(notebook(short, "x = 1"), "have 3 words")


FORGED = """import glob, json, os
verdict = json.dumps({"do": "verdict", "verdict": "pass", "message": "", "facts": {}})
answer = json.dumps({"ok": True, "value": {"ended": "well", "values": [], "itself": "same"}})
for line in (verdict, answer):
    for path in glob.glob("/proc/[0-9]*/fd/[0-9]*"):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
            os.write(descriptor, line.encode() + b"\\n")
        except OSError:
            pass
"""
SEARCH = """import os
wanted = {"judge.py", "project.json", "flaws.json", "saved.py", "mlpath_check.py"}
found = [name for _, _, names in os.walk("/") for name in names if name in wanted]
"""


class Attacks(NotebookTest):
    """What a notebook may try against its judge. What it says of itself is a claim of its own."""

    def test_a_forged_verdict_is_none(self) -> None:
        self.fails(notebook(FORGED, "x = 1"), values=[{"of": "x", "equals": 42}])

    def test_what_is_expected_is_not_within_reach(self) -> None:
        self.passes(notebook(SEARCH), values=[{"of": "found", "equals": []}], seconds=60)

    def test_a_value_that_lies_about_itself_is_read_as_what_it_is(self) -> None:
        lies = (
            "class Lie(int):\n    def __eq__(self, other):\n        return True\n"
            "    def __float__(self):\n        return 42.0\n    __hash__ = int.__hash__\n"
        )
        self.fails(notebook(lies, "x = Lie(7)"), "is 7, not 42", values=[{"of": "x", "equals": 42}])

    def test_a_bomb_of_memory_or_processes_ends_in_a_sentence(self) -> None:
        memory = "rows = []\nwhile True:\n    rows.append(bytearray(1 << 28))"
        processes = "import os\nwhile True:\n    os.fork()"
        for source in (memory, processes):
            with self.subTest(source=source):
                found = self.fails(notebook("x = 1", source), seconds=8)
                self.assertNotIn("Traceback", found["message"])

    def test_other_values_are_no_worse_for_one_that_ends_the_kernel(self) -> None:
        project = self.project(
            {"values": [{"of": "f(1)", "equals": 1}]}, {"values": [{"of": "f(0)", "equals": 0}]}
        )
        ends = "import os\ndef f(x):\n    return x or os._exit(0)"
        verdicts = [check["verdict"] for check in self.found(project, notebook(ends))]
        self.assertEqual(verdicts, ["pass", "fail"])


if __name__ == "__main__":
    unittest.main()
