"""`mlpath check --fresh` of the text analyzer, beside check50 with as many checks of it.

check50 is the checker of Harvard's CS50. Its checks here call the same functions with the same
inputs and start the same program; they depend on nothing, so that it may run all of them at once.
Needs check50: the `check50` on PATH, or it is installed from PyPI for the time of this.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))

from guest_library import without_chart  # noqa: E402
from measure import bar, installed, paired  # noqa: E402

RUNS = 11
BINARY = os.environ["MLPATH_BINARY"]
TEMPLATE = Path(__file__).resolve().parents[2] / "templates" / "text-analyzer"
CONFIG = "check50:\n  checks: checks.py\n  files:\n    - !include '*.py'\n"
OPENING = '''
import ast
import json
import random
import re
from pathlib import Path

import check50
import check50.py

TEXTS = ["The sea. THE sea, the wind!", "Don't... don't you dare? DON'T!", "", "one"]


def same(function, calls):
    """What the learner's function gives, beside what the right one gives."""
    module = check50.py.import_("textstats.py")
    right = check50.py.import_("right.py")
    for call in calls:
        if getattr(module, function)(*call) != getattr(right, function)(*call):
            raise check50.Failure(f"{function}{call} gives something else")
'''
CALLS = {
    "words_in_order": ("words", "[(text,) for text in TEXTS]"),
    "words_clean": ("words", '[("-- \'tis (the) sea-side...",), ("...",)]'),
    "counted": ("count_words", "[(text,) for text in TEXTS]"),
    "most": ("most_common", "[(TEXTS[0], n) for n in (0, 1, 3, 50)]"),
    "ties": (
        "most_common",
        '[(" ".join(random.sample("abcdefghi", 9)) * 2, 7) for _ in range(20)]',
    ),
    "sentences": ("sentences", "[(text,) for text in TEXTS]"),
    "figures": ("statistics", "[(text,) for text in TEXTS]"),
    "no_words": ("statistics", '[("",), ("...",)]'),
}
PROGRAM = '''
@check50.check()
def shows_python():
    """source"""
    kinds = {type(node) for node in ast.walk(ast.parse(Path("textstats.py").read_text()))}
    if not {ast.ListComp, ast.Lambda} <= kinds:
        raise check50.Failure("not there")


@check50.check()
def cli_json():
    """cli-json"""
    check50.include("fable.txt")
    told = check50.run("python3 analyze.py fable.txt --top 4 --json").stdout()
    if json.loads(told)["words"] != 23:
        raise check50.Failure("other words")


@check50.check()
def cli_blank():
    """cli-blank"""
    check50.include("blank.txt")
    if json.loads(check50.run("python3 analyze.py blank.txt --json").stdout())["words"] != 0:
        raise check50.Failure("other words")


@check50.check()
def cli_text():
    """cli-text"""
    check50.include("fable.txt")
    check50.run("python3 analyze.py fable.txt").stdout("23")


@check50.check()
def cli_missing():
    """cli-missing"""
    check50.run("python3 analyze.py nowhere.txt").exit(2)


@check50.check()
def cli_folder():
    """cli-folder"""
    check50.run("python3 analyze.py .").exit(2)


def readme(pattern):
    if not re.search(pattern, Path("README.md").read_text()):
        raise check50.Failure("not there")


@check50.check()
def readme_headings():
    """readme"""
    readme(r"(?m)^# ")


@check50.check()
def readme_distinct():
    """readme-distinct"""
    readme(r"[0-9]+")


@check50.check()
def readme_lix():
    """readme-lix"""
    readme(r"(?i)lix")
'''


def lay_problem(folder: Path) -> None:
    folder.mkdir()
    checks = [OPENING]
    for name, (function, calls) in CALLS.items():
        body = (
            f'    """{name}"""\n    check50.include("right.py")\n    same("{function}", {calls})\n'
        )
        checks.append(f"\n\n@check50.check()\ndef {name}():\n{body}")
    (folder / "checks.py").write_text("".join(checks) + "\n" + PROGRAM, encoding="utf-8")
    (folder / ".cs50.yaml").write_text(CONFIG + "    - !include 'README.md'\n", encoding="utf-8")
    shutil.copy(TEMPLATE / "solution/textstats.py", folder / "right.py")
    for name in ("fable.txt", "blank.txt"):
        shutil.copy(TEMPLATE / "checks" / name, folder / name)


def lay_library(folder: Path) -> None:
    """The library with the text analyzer, but for the figure, which wants a package."""
    (folder / "curricula").mkdir(parents=True)
    (folder / "library.json").write_text(
        '{"format": 1, "name": "bench", "title": "Bench"}', encoding="utf-8"
    )
    project = folder / "templates/bench-text"
    shutil.copytree(TEMPLATE, project)
    manifest = json.loads((project / "project.json").read_text(encoding="utf-8"))
    manifest["id"] = "bench-text"
    without_chart(project, manifest)
    (project / "project.json").write_text(json.dumps(manifest), encoding="utf-8")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="mlpath-bench-") as name:
        root = Path(name)
        their_program = installed("check50", "check50==3.5.0", root / "tool")
        lay_problem(root / "problem")
        lay_library(root / "library")
        path = f"{Path(their_program).parent}:/usr/bin:/bin"
        env = {"HOME": name, "PATH": path, "MLPATH_LIBRARY": str(root / "library")}
        work = root / "bench-text"
        new = [BINARY, "new", "bench-text", str(work)]
        subprocess.run(new, check=True, env=env, cwd=root, capture_output=True)
        shutil.copytree(TEMPLATE / "solution", work, dirs_exist_ok=True)
        ours = [BINARY, "check", "--fresh"]
        theirs = [their_program, "--dev", str(root / "problem"), "-o", "json"]
        theirs += ["--log-level", "error"]
        told = subprocess.run(theirs, env=env, cwd=work, capture_output=True, text=True)
        results = json.loads(told.stdout)["results"]
        assert all(each["passed"] for each in results), told.stdout
        told = subprocess.run([*ours, "--json"], env=env, cwd=work, capture_output=True)
        milestones = json.loads(told.stdout)["milestones"]
        asked = [check for milestone in milestones for check in milestone["checks"]]
        assert all(check["verdict"] == "pass" for check in asked), told.stdout
        assert len(asked) == len(results), (len(asked), len(results))
        mine, other = paired(ours, theirs, RUNS, cwd=work, env=env)
    print(f"{len(asked)} checks: mlpath {mine.seconds:.2f} s, check50 {other.seconds:.2f} s")
    ratio = mine.seconds / other.seconds
    return 0 if bar("check --fresh, of check50 with as many checks", ratio, 0.35) else 1


if __name__ == "__main__":
    sys.exit(main())
