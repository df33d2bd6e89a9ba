"""The kind `figure`: honest and dishonest drawings, judged by what the driver tells of them.

The drawings are made by the interpreter in MLPATH_PYTHON, where that has matplotlib.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1] / "python"), str(HERE)]

import judge as harness  # noqa: E402
from figure_values import in_words  # noqa: E402

PYTHON = os.environ.get("MLPATH_PYTHON", sys.executable)
HAS_MATPLOTLIB = (
    subprocess.run([PYTHON, "-c", "import matplotlib, pandas"], capture_output=True).returncode == 0
)
ROOT = {
    "checks/beside.py": "HILL = [4, 5, 6, 7, 30, 6.5]\n",
    "checks/few.csv": "a,b,c\n1,10,5\n2,30,6\n3,20,7\n4,,8\n5,60,9\n",
    "checks/make.py": (
        "from beside import HILL\n"
        "from mlpath_check import Array, Frame\n"
        "def many(check):\n"
        "    return Frame(['a', 'b'], [[i, (i * 37) % 101] for i in range(6000)])\n"
        "def kinds(check):\n"
        "    rows = [[i % 17, i % 11, 'xyz'[i % 3]] for i in range(60)]\n"
        "    return Frame(['a', 'b', 'c'], [*rows, [0, 0, 'y'], [0, None, 'z']])\n"
        "def rides(check):\n"
        "    both = (('hill', HILL), ('river', [1, 2, 3, 4, 5, 6, 7]))\n"
        "    return Frame(['route', 'minutes'], [[n, v] for n, values in both for v in values])\n"
        "def truth(check):\n"
        "    return Array('object', (5,), ['x', 'y', 'x', 'y', 'x'])\n"
        "def counts(check, truth, guess):\n"
        "    return [[truth.data[:3].count('x'), 1], [1, 1]]\n"
    ),
}
HEAD = """
import matplotlib, numpy as np, pandas as pd, matplotlib.pyplot as plt

NEW = tuple(map(int, matplotlib.__version__.split(".")[:2])) >= (3, 10)
LYING = {"orientation": "horizontal"} if NEW else {"vert": False}

def axes_of(width=6.4):
    figure, axes = plt.subplots(figsize=(width, 4.8))
    axes.set_xlabel("a in meters"); axes.set_ylabel("b in dollars")
    return figure, axes
"""
FEW = [{"table": "checks/few.csv"}]
A, B, C = ({"column": name} for name in "abc")
SCATTER = {"marks": "points", "x": A, "y": B, "x_label": "meters|feet", "y_label": "dollars"}
BOX = {"at": [0, 1], "summary": [1, 2, 3, 4, 5], "outliers": [], "lies": False}
DRAWN_BY_STEP = """
import base64, json, sys
sys.path[:0] = [{here!r}, ""]
import driver, work
told = {{}}
for name, arguments, kept in json.load(sys.stdin):
    drawn = driver.draw("work", name, arguments, {{"side": 12_000, "pixels": 40_000_000}})
    told[name] = drawn, driver.picture() if kept else ""
    driver.DRAWN.clear()
json.dump(told, sys.stdout)
"""


def whole(fields: dict[str, Any]) -> dict[str, Any]:
    """With the defaults of the schema."""
    schema = json.loads((HERE / "schema.json").read_text(encoding="utf-8"))["properties"]
    told = {key: rule["default"] for key, rule in schema.items() if "default" in rule}
    items = schema["shows"]["items"]["properties"]
    defaults = {key: rule["default"] for key, rule in items.items() if "default" in rule}
    told.update(fields)
    if "shows" in told:
        told["shows"] = [{**defaults, **item} for item in told["shows"]]
    return told


class Stage(unittest.TestCase):
    """A learner's `work.py`, of which each function draws, and the judge."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for name, text in ROOT.items():
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        calls = [{"name": "work.f", "signature": "f(table)"}]
        (self.folder / "project.json").write_text(json.dumps({"calls": calls}), encoding="utf-8")

    def judged(self, fields: dict[str, Any], answers: Any) -> dict[str, Any]:
        """`answers(request)`: what a driver or a reader tells."""

        def ask(request: dict[str, Any]) -> str:
            if request["do"] == "fields":
                return json.dumps({"ok": True, "fields": whole(fields)})
            if request["do"] in ("drive", "step", "leave"):
                return json.dumps({"ok": True, "run": 0})
            return json.dumps({"ok": True, **answers(request)})

        return harness.judge(HERE / "judge.py", "judge", self.folder, ask)

    def arguments(self, fields: dict[str, Any]) -> list[Any]:
        """As the judge sends them."""
        sent: list[Any] = []

        def answers(request: dict[str, Any]) -> dict[str, Any]:
            sent.append(request["arguments"])
            return {"value_ok": True, "value": {"returned": "int"}}

        self.judged(fields, answers)
        return sent[0]["arguments"]

    def drawn(self, work: str, asked: list[tuple[str, Any]]) -> dict[str, Any]:
        (self.folder / "work.py").write_text(HEAD + work, encoding="utf-8")
        run = subprocess.run(
            [PYTHON, "-c", DRAWN_BY_STEP.format(here=str(HERE))],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={**os.environ, "MPLBACKEND": "Agg", "OMP_NUM_THREADS": "1"},
        )
        self.assertEqual(run.returncode, 0, run.stderr)
        return json.loads(run.stdout)

    def says(self, verdict: dict[str, Any], pattern: str) -> None:
        told = "\n".join(verdict[key] for key in ("message", "expected", "because", "look"))
        if not pattern:
            self.assertEqual(verdict["verdict"], "pass", verdict)
        else:
            self.assertEqual(verdict["verdict"], "fail", verdict)
            self.assertRegex(told, pattern)


@unittest.skipUnless(HAS_MATPLOTLIB, "the interpreter in MLPATH_PYTHON has no matplotlib")
class Drawn(Stage):
    def table(self, cases: list[tuple[str, str, dict[str, Any], str]]) -> None:
        """(name, the lines of a function `name(*given)`, fields, what is said)."""
        work, asked = "", []
        for name, body, fields, pattern in cases:
            lines = "\n".join("    " + line for line in body.splitlines())
            work += f"\ndef {name}(*given):\n    t = given[0] if given else None\n{lines}\n"
            fields["call"] = "work.f"
            asked.append((name, self.arguments(fields), not pattern))
        told = self.drawn(work, asked)
        for name, _, fields, pattern in cases:
            with self.subTest(name):

                def answers(request: dict[str, Any], name: str = name) -> dict[str, Any]:
                    value = told[name][0 if request["function"] == "draw" else 1]
                    return {"value_ok": True, "value": value}

                verdict = self.judged(fields, answers)
                self.says(verdict, pattern)
                if not pattern:
                    (kept,) = verdict["measurements"]
                    self.assertEqual(kept["kind"], "picture")


class Drawings(Drawn):
    def test_points(self) -> None:
        few = {"arguments": FEW, "shows": [SCATTER]}
        many = {
            "script": "checks/make.py",
            "arguments": [{"made_by": "many"}],
            "shows": [{"marks": "cloud", "x": A, "y": B, "overplotting": 1}],
        }
        line = "f, x = axes_of()\n"
        vast = "f, x = plt.subplots(figsize=(3000, 3000))\nx.scatter(t.a, t.b)\n"
        large = r"300,000 × 300,000 pixels, too large(.|\n)*at most 12,000(.|\n)*in inches"
        self.table(
            [
                ("scatter", line + "x.scatter(t.a, t.b)\nreturn f", few, ""),
                ("current", line + "plt.plot(t.a, t.b, 'o')", few, ""),
                ("axes", line + "x.scatter(t.a[::-1], t.b[::-1])\nreturn x", few, ""),
                (
                    "groups",
                    line + "for i in range(5): x.scatter(t.a[i], t.b[i])\nreturn f",
                    few,
                    "",
                ),
                (
                    "frame",
                    "x = t.plot.scatter('a', 'b')\nx.set(xlabel='meters', ylabel='dollars')",
                    few,
                    "",
                ),
                (
                    "sea",
                    "import seaborn\nx = seaborn.scatterplot(t, x='a', y='b')\n"
                    "x.set(xlabel='Meters', ylabel='Dollars')\nreturn x",
                    few,
                    "",
                ),
                ("swapped", line + "x.scatter(t.b, t.a)\nreturn f", few, "x and y are swapped"),
                ("head", line + "x.scatter(t.a[:2], t.b[:2])\nreturn f", few, "2 of the 4 rows"),
                (
                    "twice",
                    line + "x.scatter(t.a, t.b); x.scatter(t.a, t.b)\nreturn f",
                    few,
                    "twice",
                ),
                ("other", line + "x.scatter(t.a, t.c)\nreturn f", few, "0 of the 4 points"),
                ("own", line + "x.scatter(range(9), range(9))\nreturn f", few, "data of its own"),
                (
                    "filled",
                    line + "x.scatter(t.a, t.b.fillna(0))\nreturn f",
                    few,
                    "gaps were filled",
                ),
                ("bare", "f, x = plt.subplots()\nx.scatter(t.a, t.b)\nreturn f", few, "no label"),
                ("named", line + "x.scatter(t.a, t.b)\nx.set_xlabel('a')\nreturn f", few, 'is "a"'),
                ("lines", line + "x.plot(t.a, t.b)\nreturn f", few, "no points; it has lines"),
                ("blank", line + "return f", few, "is blank"),
                ("empty", "return plt.figure()", few, "is blank: it has no axes"),
                ("none", "pass", few, "returned None and drew nothing"),
                ("closed", line + "x.scatter(t.a, t.b)\nplt.close()", few, "plt.close"),
                ("text", "return 'map.png'", few, "returned a str, not a figure"),
                ("raises", "return t['d']", few, "raised KeyError"),
                ("todo", "raise NotImplementedError('draw it')", few, "not written yet"),
                (
                    "formula",
                    line + "x.scatter(t.a, t.b, label='$x')\nx.set_title('$\\\\frac{$')\nreturn f",
                    few,
                    "cannot be drawn",
                ),
                ("vast", vast + "return f", few, large),
                ("deep", "plt.figure(dpi=90_000)\nplt.plot(t.a, t.b, 'o')", few, "`dpi`"),
                ("saved", vast.replace("3000", "90_000") + "f.savefig('a.png')", few, large[-9:]),
                ("full", vast + "raise MemoryError", few, large),
                ("small_and_full", line + "raise MemoryError", few, "raised MemoryError"),
                ("hidden", line + "x.scatter(t.a, t.b).set_visible(False)\nreturn f", few, "blank"),
                ("large", line + "x.scatter(t.a, t.b)\nreturn f", many, "overplotting"),
                ("light", line + "x.scatter(t.a, t.b, alpha=.05)\nreturn f", many, ""),
                ("small", line + "x.plot(t.a, t.b, '.', markersize=2)\nreturn f", many, ""),
                (
                    "hexagons",
                    line + "x.hexbin(t.a, t.b, gridsize=20, mincnt=1)\nreturn f",
                    many,
                    "",
                ),
                ("rectangles", line + "x.hist2d(t.a, t.b, bins=20)\nreturn f", many, ""),
                (
                    "far",
                    line + "x.hexbin(t.a, t.b + 500, mincnt=1)\nreturn f",
                    many,
                    "its cells hold 0",
                ),
            ]
        )

    def test_colors(self) -> None:
        shows = {**SCATTER, "y": C, "color": B, "color_label": "price", "sequential": True}
        del shows["y_label"]
        asked = {"arguments": FEW, "shows": [shows]}
        draw = "f, x = axes_of()\nm = x.scatter(t.a, t.c, c={c}{more})\n{bar}\nreturn f"
        bar = "f.colorbar(m, label='Price')"
        self.table(
            [
                ("right", draw.format(c="t.b", more="", bar=bar), asked, ""),
                ("down", draw.format(c="t.b", more=", cmap='viridis_r'", bar=bar), asked, ""),
                ("jet", draw.format(c="t.b", more=", cmap='jet'", bar=bar), asked, "sequential"),
                (
                    "wrong",
                    draw.format(c="[9, 1, 8, 7, 2]", more="", bar=bar),
                    asked,
                    "does not go with",
                ),
                ("one", draw.format(c="'red'", more="", bar=""), asked, "one color"),
                (
                    "silent",
                    draw.format(c="t.b", more="", bar=""),
                    asked,
                    "nothing says what the color",
                ),
                (
                    "unnamed",
                    draw.format(c="t.b", more="", bar="f.colorbar(m)"),
                    asked,
                    "nothing says",
                ),
            ]
        )

    def test_groups(self) -> None:
        asked = {
            "script": "checks/make.py",
            "arguments": [{"made_by": "kinds"}],
            "shows": [{"marks": "points", "x": A, "y": B, "groups": C, "legend": ["x", "y", "z"]}],
        }
        begin = "f, x = plt.subplots()\n"
        each = "for i, (name, rows) in enumerate(t.groupby('c')): "
        dots = begin + each + "x.scatter(rows.a, rows.b, label=name, {0})"
        legend = "\nx.legend()\nreturn f"
        codes = "t.c.map({'x': 0, 'y': 1, 'z': 2})"
        told = "\nfor i, name in enumerate('xyz'): x.text(i, 0, name)\nreturn f"
        by = begin + "x.scatter(t.a, t.b, c={0})" + told
        names = "t.c.map({'x': 'red', 'y': 'blue', 'z': 'green'})"
        alike = "of `x` and of `y` look the same"
        lines = begin + each + "x.plot(rows.a, rows.b, 'o', label=name)"
        matrix = (
            "t = t.dropna()\nx = pd.plotting.scatter_matrix(t[['a', 'b']], c=" + codes + ")\n"
            "x[0, 0].figure.legend(handles=[plt.Line2D([], [], label=n) for n in 'xyz'])\n"
            "return x"
        )
        beside = (
            "f, (x, y) = plt.subplots(1, 2)\n" + each + "x.scatter(rows.a, rows.b),"
            " y.plot([1], [1], label=name)\ny.legend()\nreturn f"
        )
        sea = "import seaborn\nreturn seaborn.scatterplot(t, x='a', y='b', hue='c')"
        rings = dots.format("facecolors='none', edgecolors=f'C{i}'")
        unlabeled = dots.format("s=4").replace(" label=name,", "")
        legend_of_all = "\nx.legend(['x', 'y', 'z'])\nreturn f"
        key = "plt.Line2D([], [], marker='o', ls='', color={0}, label={1})"
        typed = "\nx.legend(handles=[" + key.format("f'C{i}'", "'xyz'[i]") + " for i in range(3)])"
        typed += "\nreturn f"
        by_color = dots.format("color=f'C{i}'")
        sorted_names = by_color + "\nx.legend(['z', 'y', 'x'])\nreturn f"
        grid = unlabeled.replace("subplots()", "subplots(1, 2)").replace("x.s", "x[0].s")
        grid += "\nx[1].plot([1])\nreturn f"
        cases = [
            ("each", dots.format("s=4") + legend, ""),
            ("lines", lines + legend, ""),
            ("markers", dots.format("c='k', marker='ox+'[i]") + legend, ""),
            ("rings", rings + legend, ""),
            ("codes", by.format(codes + ", alpha=.5"), ""),
            ("words", by.format(names), ""),
            ("sea", sea, ""),
            ("matrix", matrix, ""),
            ("beside", beside, ""),
            ("one", begin + "x.scatter(t.a, t.b)" + told, alike),
            ("two", dots.format("c=f'C{max(i, 1)}'") + legend, alike),
            ("ordered", by.format(f"sorted({codes})"), "does not tell which are `x`"),
            ("other", by.format("t.a"), "does not tell which are `x`"),
            ("untold", dots.format("s=4") + "\nreturn f", r"no `x`\n(.|\n)*`x`\), and no call"),
            ("unlabeled", unlabeled + legend, r"A legend lists(.|\n)*`axes.scatter\(x, y, label=n"),
            ("together", by.format(codes).replace(told, legend_of_all), "several groups at once"),
            ("crossed", sorted_names, "legend gives `z` the color of `x`"),
            ("rings_crossed", rings.replace("C{i}", "C{2 - i}") + typed, "gives `x` the color"),
            ("right_keys", by_color + typed, ""),
            ("gridded", grid, r"scatter\((.|\n)*figure.legend\(\*axes"),
        ]
        self.table([(name, body, dict(asked), pattern) for name, body, pattern in cases])

    def test_bars_and_lines(self) -> None:
        asked = {
            "arguments": [{"x": 3, "y": 5}],
            "shows": [
                {
                    "marks": "bars",
                    "x": ["x", "y"],
                    "y": [3, 5],
                    "x_label": "word",
                    "y_label": "count",
                }
            ],
        }
        label = "\nx.set(xlabel='word', ylabel='count')\nreturn f"
        three = {**asked["shows"][0], "x": ["a", "b", "c"], "y": [5, 5, 2], "sorted": True}
        ranked = {"arguments": [], "shows": [three]}
        apart = {"arguments": [], "shows": [{"marks": "bars", "y": [5, 2, 1, 3], "apart": True}]}
        curves = {
            "arguments": [[0.5, 0.7, 0.8], [0.4, 0.5, 0.45]],
            "shows": [
                {"marks": "line", "y": [0.5, 0.7, 0.8], "legend": ["train"]},
                {"marks": "line", "x": [1, 2, 3], "y": [0.4, 0.5, 0.45], "legend": ["valid"]},
            ],
        }
        two = "f, x = plt.subplots()\nx.plot([1, 2, 3], given[0], label='Training')\n"
        also = "x.plot([1, 2, 3], given[1], label='Validation')\n"
        sub = "f, x = plt.subplots()\n"
        self.table(
            [
                ("bars", sub + "x.bar(list(t), t.values())" + label, asked, ""),
                (
                    "lying",
                    sub
                    + "x.barh(list(t), t.values())\nx.set(ylabel='word', xlabel='count')\nreturn f",
                    asked,
                    "",
                ),
                (
                    "series",
                    "x = pd.Series(t).plot.bar()\nx.set(xlabel='word', ylabel='count')",
                    asked,
                    "",
                ),
                (
                    "turned",
                    sub + "x.bar(list(t)[::-1], t.values())" + label,
                    asked,
                    "another order",
                ),
                (
                    "numbers",
                    sub + "x.bar(range(2), t.values())" + label,
                    asked,
                    "no bar is named `x`",
                ),
                (
                    "others",
                    sub + "x.bar(['p', 'q'], [4, 9])" + label,
                    asked,
                    "draws data of its own",
                ),
                (
                    "hidden",
                    sub + "x.bar(list(t), t.values(), visible=False)" + label,
                    asked,
                    "blank",
                ),
                ("clear", sub + "x.bar(list(t), t.values(), alpha=0)" + label, asked, "blank"),
                (
                    "untitled",
                    sub + "x.bar(list(t), t.values())" + label,
                    {**asked, "title": "count"},
                    "has no title\\na title with `count` in it\\n\\n`axes",
                ),
                ("wrong", sub + "x.bar(list(t), [3, 4])" + label, asked, "bar `y` is 4, not 5"),
                ("sorted", sub + "x.bar(list('abc'), [5, 5, 2])" + label, ranked, ""),
                (
                    "upward",
                    sub + "x.barh(list('cba'), [2, 5, 5])\nx.set(ylabel='word', xlabel='count')\n"
                    "return f",
                    ranked,
                    "",
                ),
                (
                    "unsorted",
                    sub + "x.bar(list('acb'), [5, 2, 5])" + label,
                    ranked,
                    "not sorted by their length: 5, 2, 5",
                ),
                ("fewer", sub + "x.bar(['x'], [3])" + label, asked, "no bar `y`"),
                (
                    "beside",
                    sub + "x.bar([0, 1], [5, 2], 0.4); x.bar([0.4, 1.4], [1, 3], 0.4)\nreturn f",
                    apart,
                    "",
                ),
                ("frame", "return pd.DataFrame([[5, 1], [2, 3]]).plot.barh()", apart, ""),
                (
                    "in_front",
                    sub + "x.bar([0, 1], [5, 2]); x.bar([0, 1], [1, 3])\nreturn f",
                    apart,
                    "2 of its bars stand where another stands",
                ),
                (
                    "stacked",
                    "return pd.DataFrame([[5, 1], [2, 3]]).plot.bar(stacked=True)",
                    apart,
                    "stacked on it and seems longer",
                ),
                ("curves", two + also + "x.legend()\nreturn f", curves, ""),
                ("silent", two + also + "return f", curves, "legend has no `train`"),
                ("single", two + "x.legend()\nreturn f", curves, "no `valid`|line"),
                (
                    "zigzag",
                    "f, x = plt.subplots()\nx.plot([2, 1, 3], [5, 4, 6])\nreturn f",
                    {"arguments": [], "shows": [{"marks": "line", "x": [1, 2, 3], "y": [4, 5, 6]}]},
                    "to and fro",
                ),
            ]
        )

    def test_panels(self) -> None:
        grid = {"arguments": FEW, "panels": 4, "title": "pairs", "shows": [SCATTER]}
        draw = (
            "f, x = plt.subplots(2, 2)\nfor a in x.flat: a.scatter(t.a, t.b)\n"
            "x[1, 0].set_xlabel('meters')\nx[0, 0].set_ylabel('dollars')\n"
        )
        self.table(
            [
                ("outer", draw + "f.suptitle('All pairs')\nreturn f", grid, ""),
                ("array", draw + "f.suptitle('All pairs')\nreturn x", grid, ""),
                ("untitled", draw + "return f", grid, "has no title"),
                (
                    "nameless",
                    draw.replace("meters", "") + "f.suptitle('pairs')\nreturn f",
                    grid,
                    "x axis of the panel in row 1, column 2 has no label|row 1, column 1",
                ),
                (
                    "crossed",
                    "f, x = axes_of()\nx.scatter(t.a, t.b)\n"
                    "x.set(xlabel='dollars', ylabel='meters')\nreturn f",
                    {"arguments": FEW, "shows": [SCATTER]},
                    r'the x axis is "dollars"(.|\n)*`meters` or `feet`(.|\n)*labels are swapped',
                ),
                (
                    "half",
                    "f, x = plt.subplots(2, 2)\nx[0, 0].scatter(t.a, t.b)\nreturn f",
                    grid,
                    "1 panel that",
                ),
                (
                    "pair",
                    "import seaborn\nt.columns = ['meters', 'dollars', 'c']\n"
                    "return seaborn.pairplot(t)",
                    {"arguments": FEW, "panels": 9, "shows": [SCATTER]},
                    "",
                ),
            ]
        )

    def test_what_the_signature_declares(self) -> None:
        calls = [{"name": "work.f", "signature": "f(table) -> Figure"}]
        (self.folder / "project.json").write_text(json.dumps({"calls": calls}), encoding="utf-8")
        asked = {"arguments": FEW, "shows": [SCATTER]}
        draw = "f, x = axes_of()\nx.scatter(t.a, t.b)\n"
        self.table(
            [
                ("figure", draw + "return f", asked, ""),
                ("nothing", draw + "plt.show()", asked, "drew a figure and returned None"),
                ("axes", draw + "return x", asked, "returned an Axes.*, not its figure"),
            ]
        )


class Words(unittest.TestCase):
    def test_a_regex_as_a_learner_reads_it(self) -> None:
        for wanted, words in (
            ("sepal.?length", "`sepal length`"),
            ("^female|^women", "`female` or `women`"),
            (r"\S", "a word"),
            (r"31|0\.[0-9]+", r"`31|0\.[0-9]+`"),
        ):
            self.assertEqual(in_words(wanted), words)


if __name__ == "__main__":
    unittest.main()
