"""What a check of a notebook takes, beside `jupyter nbconvert --execute` on the same notebook.

Needs a Python with nbclient, ipykernel and nbconvert: MLPATH_PYTHON, or the one that runs this.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))

from measure import bar, paired  # noqa: E402
from tiny_project import PROJECT, milestone, tiny_library  # noqa: E402

RUNS = 7
BINARY = os.environ["MLPATH_BINARY"]
PYTHON = os.environ.get("MLPATH_PYTHON") or sys.executable
CHECK = {"id": "runs", "kind": "notebook", "path": "work.ipynb", "says": "It runs."}
SOURCES = ("x = [n * n for n in range(1000)]", "print(sum(x))", "sum(x)")


def notebook() -> str:
    cells = [
        {
            "cell_type": "code",
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": text,
        }
        for text in SOURCES
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells})


def main() -> int:
    if subprocess.run([PYTHON, "-c", "import nbclient, nbconvert"], capture_output=True).returncode:
        print("notebook: no Python with nbclient and nbconvert here (MLPATH_PYTHON)")
        return 0
    with tempfile.TemporaryDirectory(prefix="mlpath-bench-") as name:
        root = Path(name)
        sources = ["*.py", "*.ipynb"]
        checked = [milestone("all", CHECK)]
        library = tiny_library(
            root / "library", checked, "todo = 1\n", "done = 1\n", sources=sources
        )
        env = {**os.environ, "HOME": name, "MLPATH_PYTHON": PYTHON, "MLPATH_LIBRARY": str(library)}
        project = root / PROJECT
        new = [BINARY, "new", PROJECT, str(project)]
        subprocess.run(new, check=True, env=env, cwd=root, capture_output=True)
        (project / "work.ipynb").write_text(notebook(), encoding="utf-8")
        ours = [BINARY, "check", "--fresh", "--library", str(library)]
        convert = [PYTHON, "-m", "nbconvert", "--execute", "--to", "notebook", "work.ipynb"]
        theirs = [*convert, "--output", str(root / "out.ipynb")]
        mine, other = paired(ours, theirs, RUNS, cwd=project, env=env)
    ratio = mine.seconds / other.seconds
    return 0 if bar("notebook: a check, of the time of nbconvert --execute", ratio, 1) else 1


if __name__ == "__main__":
    sys.exit(main())
