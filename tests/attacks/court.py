"""The library that the attacked projects are of: tiny, so that an attack costs little time.

`tally` is judged by the score of its predictions, `calls` by what its functions return, `prints` by
what its program prints, `sales` by the rows of a query, `trial` by an experiment, `visits` by what
it asks a site, and when, `serves` by what its server answers, `draws` by a figure, `pictures` and
`drawings` by a file that it writes, `window` by what its window shows, `cells` by a notebook,
`reports` by a PDF. `hasty` and `hasty-calls` are the same with a second to run in, for what never
ends; `nested` writes its predictions into a folder.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "system"))

from test_library import write_library  # noqa: E402
from tiny_project import NUMBERS, SCORE, SPLIT_DATA, milestone, tiny_manifest  # noqa: E402

SECRET = "canary-7f3a91"  # that nobody may find out
ANSWER = 730_914  # the value of a notebook's name, and the total of a report
SCRIPT = """\
from mlpath_check import Check


def total(check: Check) -> None:
    for parts in ([1, 2, 3], [10, -4], []):
        check.equal(check.call("tally.total", parts), sum(parts), f"`total({parts})`")
    check.lay("notes/more.txt", "5 6")
    check.equal(check.call("tally.total_of", "notes/more.txt"), 11, "`total_of`")
"""
CALLS = [
    {"name": "tally.total", "signature": "total(parts: list) -> int", "says": "The sum."},
    {"name": "tally.total_of", "signature": "total_of(path: str) -> int", "says": "Of a file."},
]
HONEST_CALLS = """\
def total(parts):
    return sum(parts)


def total_of(path):
    with open(path) as file:
        return sum(map(int, file.read().split()))
"""
HONEST_SCORE = """\
import csv
from pathlib import Path

with open("data/test.csv", newline="") as file:
    rows = list(csv.DictReader(file))
lines = [f"{row['row_id']},{'odd' if int(row['number']) % 2 else 'even'}" for row in rows]
Path("predictions.csv").write_text("\\n".join(["row_id,parity", *lines]) + "\\n")
"""


def _score(path: str, seconds: float) -> dict[str, Any]:
    step = {
        "id": "predict",
        "run": ["{python}", "predict.py"],
        "writes": [path],
        "seconds": seconds,
    }
    check = {**SCORE, "predictions": path}
    return {"data": [SPLIT_DATA], "steps": [step], "milestones": [milestone("only", check)]}


def _calls(seconds: float) -> dict[str, Any]:
    check = {
        "id": "total",
        "kind": "python",
        "script": "checks/judge_total.py",
        "function": "total",
        "seconds": seconds,
        "says": "`total` and `total_of` give sums.",
    }
    return {"calls": CALLS, "milestones": [milestone("only", check)]}


def _prints() -> dict[str, Any]:
    check = {
        "id": "prints",
        "kind": "command",
        "run": ["{python}", "predict.py"],
        "seconds": 60,
        "stdout": [{"pointer": "/total", "equals": 42}],
        "says": "`predict.py` prints the total.",
    }
    return {"milestones": [milestone("only", check)]}


SALES = """\
CREATE TABLE sale (name TEXT, price INTEGER);
INSERT INTO sale VALUES ('Ada', 3), ('Ada', 4), ('Bo', 5);
"""


def _queries() -> dict[str, Any]:
    check = {
        "id": "spent",
        "kind": "sql",
        "path": "query.sql",
        "answer": "checks/spent.sql",
        "columns": ["name", "spent"],
        "databases": "checks/databases.py",
        "before": ["index.sql"],
        "seconds": 2,
        "says": "The query tells what each of them spent.",
    }
    return {"sources": ["*.sql"], "milestones": [milestone("only", check)]}


def _trial() -> dict[str, Any]:
    step = {"id": "predict", "run": ["{python}", "predict.py"], "seconds": 5}
    step.update(data=SPLIT_DATA["id"], predictions="predictions.csv")
    check = {
        "id": "trial",
        "kind": "change",
        "metric": "accuracy",
        "folds": 3,
        "repeats": 1,
        "says": "The README says what the experiment shows.",
    }
    return {
        "data": [SPLIT_DATA],
        "steps": [step],
        "sources": ["*.py", "experiment.json", "README.md"],
        "milestones": [milestone("only", check)],
    }


# What tests are to be about, and versions of it. One of the right ones holds what nobody may see.
TESTED = """\
def total(parts):
    found = 0
    for part in parts:
        found += part
    return found
"""
VERSIONS: dict[str, Any] = {
    "given": "checks/tally.py",
    "right": [
        {"find": "found += part", "replace": "found = found + part"},
        {"file": "checks/other.py"},
    ],
    "wrong": [
        {"says": "a negative part is left out", "find": "+= part", "replace": "+= max(part, 0)"},
        {"says": "the sum begins with 1", "find": "found = 0", "replace": "found = 1"},
        {"says": "the first part is left out", "find": "in parts", "replace": "in parts[1:]"},
    ],
}


def _tested() -> dict[str, Any]:
    check = {
        "id": "kills",
        "kind": "tests",
        "step": "test",
        "code": "tally.py",
        "versions": "checks/versions.json",
        "says": "The tests kill each mutant.",
    }
    return {
        "sources": ["predict.py"],
        "data": [{"id": "code", "bundled": "checks/tally.py", "to": "tally.py"}],
        "steps": [{"id": "test", "run": ["{python}", "predict.py"], "seconds": 10}],
        "milestones": [milestone("only", check)],
    }


VISIT = """\
from mlpath_site import Answer, in_turn


def waits(check, site):
    for seconds, faster in ((30, 20), (1, 1)):
        busy = Answer(status=429, headers={"Retry-After": str(seconds)})
        with site.serve(in_turn(busy, Answer({"ok": True})), faster) as served:
            ran = served.run()
            ran.waited_before(ran.asked(2)[1], seconds)
            ran.succeeded()
"""


def _visits() -> dict[str, Any]:
    check = {
        "id": "waits",
        "kind": "site",
        "path": "predict.py",
        "script": "checks/visit.py",
        "function": "waits",
        "says": "It waits as long as the site says.",
    }
    return {"milestones": [milestone("only", check)]}


WINDOW = """
import secrets

def remembers(check, screen):
    word = secrets.token_hex(8)
    window = screen.open()
    window.fill("word", word)
    window.click("Keep")
    window.kill()
    window = screen.open()
    check.equal(window.value("kept"), word, "What is kept")
"""


def _window() -> dict[str, Any]:
    check = {
        "id": "remembers",
        "kind": "gui",
        "path": "predict.py",
        "script": "checks/window.py",
        "function": "remembers",
        "opens_within": 3,
        "answers_within": 3,
        "says": "It remembers a word.",
    }
    return {"milestones": [milestone("only", check)]}


def _serves() -> dict[str, Any]:
    check = {
        "id": "total",
        "kind": "service",
        "server": "serve",
        "requests": [
            {"path": "/total", "within": 3, "answer": [{"pointer": "/total", "equals": 6}]}
        ],
        "stops_within": 2,
        "says": "The server tells the total.",
    }
    steps = [{"id": "serve", "run": ["{python}", "predict.py"]}]
    return {"steps": steps, "milestones": [milestone("only", check)]}


def _draws() -> dict[str, Any]:
    check = {
        "id": "line",
        "kind": "figure",
        "call": "predict.draw",
        "arguments": [[3, 1, 2]],
        "shows": [{"marks": "line", "y": [3, 1, 2]}],
        "seconds": 3,
        "says": "It draws a line.",
    }
    calls = [{"signature": "predict.draw(ys: list[int]) -> Figure", "says": "A line."}]
    return {"calls": calls, "milestones": [milestone("only", check)]}


def _writes_picture(path: str) -> dict[str, Any]:
    check = {"id": "picture", "kind": "figure", "step": "draw", "path": path}
    check["says"] = "The picture shows something."
    steps = [{"id": "draw", "run": ["{python}", "predict.py"], "writes": [path]}]
    return {"steps": steps, "milestones": [milestone("only", check)]}


def _cells() -> dict[str, Any]:
    check = {
        "id": "answer",
        "kind": "notebook",
        "path": "work.ipynb",
        "saved": "ignored",
        "values": [{"of": "answer", "equals": ANSWER}],
        "seconds": 6,
        "says": "`answer` is the answer.",
    }
    return {"sources": ["*.py", "*.ipynb"], "milestones": [milestone("only", check)]}


def _reports() -> dict[str, Any]:
    check = {
        "id": "report",
        "kind": "pdf",
        "step": "report",
        "path": "report.pdf",
        "figures": [{"label": "Total", "equals": ANSWER, "decimals": 0}],
        "says": "The report says the total.",
    }
    step = {"id": "report", "run": ["{python}", "predict.py"], "writes": ["report.pdf"]}
    return {
        "python": {"version": "3.9", "packages": [{"import": "pypdf", "pypi": "pypdf"}]},
        "steps": [{**step, "seconds": 30}],
        "milestones": [milestone("only", check)],
    }


def write_court(root: Path) -> None:
    """The library, at `root`."""
    write_library(root)
    projects = {
        "tally": _score("predictions.csv", 60),
        "hasty": _score("predictions.csv", 1),
        "nested": _score("out/predictions.csv", 60),
        "calls": _calls(10),
        "hasty-calls": _calls(1),
        "prints": _prints(),
        "sales": _queries(),
        "trial": _trial(),
        "tested": _tested(),
        "visits": _visits(),
        "window": _window(),
        "serves": _serves(),
        "draws": _draws(),
        "pictures": _writes_picture("drawn.png"),
        "drawings": _writes_picture("drawn.svg"),
        "cells": _cells(),
        "reports": _reports(),
    }
    for name, parts in projects.items():
        template = root / "templates" / name
        manifest = tiny_manifest(name, **parts)
        texts = {"project.json": json.dumps(manifest), "brief.md": "# A tally\n\n{{checked}}\n"}
        texts.update({f"{part}/predict.py": "" for part in ("skeleton", "solution")})
        if "data" in parts:
            texts["data/numbers.csv"] = NUMBERS
        if name.endswith("calls"):
            texts["checks/judge_total.py"] = SCRIPT
        if name == "sales":
            texts["checks/databases.py"] = f"def databases():\n    return {{'a shop': {SALES!r}}}\n"
            texts["checks/spent.sql"] = "SELECT name, SUM(price) AS spent FROM sale GROUP BY name"
        if name == "tested":
            texts["checks/tally.py"] = TESTED
            texts["checks/other.py"] = f"def total(parts):\n    return sum(parts)  # {SECRET}\n"
            texts["checks/versions.json"] = json.dumps(VERSIONS)
        if name == "visits":
            texts["checks/visit.py"] = VISIT
        if name == "window":
            texts["checks/window.py"] = WINDOW
        for path, text in texts.items():
            (template / path).parent.mkdir(parents=True, exist_ok=True)
            (template / path).write_text(text, encoding="utf-8")
