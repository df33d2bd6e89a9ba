"""A notebook as its file has it: cells, what was saved with them, the code as Python reads it.

The file is the learner's, so whatever is wrong with it is a Failure that says what and how to help.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

from mlpath_failures import Failure

MOST_CELLS = 2000
BEGINNING = 50  # characters of a cell's first line that name it
CONFLICT = re.compile(r"^(<{7}|={7}|>{7})", re.MULTILINE)
SAVE_ANEW = "Open it in Jupyter or VS Code, look at it there, and save it again."
# %magic and !command lines, help with ?, and what they are assigned to
MAGIC_LINE = re.compile(r"^(\s*)([%!?]|[\w.]+\?{1,2}\s*$)")
MAGIC_VALUE = re.compile(r"^(\s*[\w., ]+=\s*)[%!].*$")
CODE_BELOW = ("%%time", "%%timeit", "%%capture")  # cell magics whose cell is Python all the same


@dataclass
class Cell:
    kind: str  # "code", "markdown", "raw"
    source: str
    number: int = 0  # among the cells of its kind, from 1
    count: int | None = None  # In [count], as it was saved
    outputs: list[dict[str, Any]] = field(default_factory=list)
    raises: bool = False  # its tag says that it fails on purpose

    @property
    def name(self) -> str:
        """How a message names it, for whoever has the notebook open."""
        first = next((line.strip() for line in self.source.splitlines() if line.strip()), "")
        shown = first if len(first) <= BEGINNING else first[: BEGINNING - 1] + "…"
        return f"code cell {self.number} (it begins `{shown}`)"

    @property
    def is_run(self) -> bool:
        """Whether there is something to run in it."""
        return self.kind == "code" and bool(self.source.strip())

    def python(self) -> str:
        """Its code with the same lines, without what only a notebook understands."""
        lines = self.source.splitlines()
        if lines and lines[0].startswith("%%"):
            if not lines[0].startswith(CODE_BELOW):
                return ""
            lines[0] = ""
        plain = (MAGIC_LINE.sub(r"\1pass  # \2", line) for line in lines)
        return "\n".join(MAGIC_VALUE.sub(r"\1None", line) for line in plain)


@dataclass
class Notebook:
    path: str
    cells: list[Cell]

    @property
    def code(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.kind == "code"]


def read(text: str, path: str) -> Notebook:
    """The notebook; a Failure where the file is none."""
    if not text.strip():
        raise Failure(
            f"`{path}` is empty",
            because="A new notebook was made and not saved yet, or something emptied the file.",
            look="An empty file is no notebook yet. " + SAVE_ANEW,
        )
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as fault:
        conflict = CONFLICT.search(text)
        _none(
            path,
            f"line {fault.lineno}, column {fault.colno}: {fault.msg}",
            "It has the marks of a git merge conflict in it."
            if conflict
            else "A notebook is JSON that Jupyter writes; it was edited by hand, or cut off.",
        )
    except (RecursionError, ValueError):
        _none(path, "it nests too deep to be read", "No program that writes notebooks does this.")
    if not isinstance(whole, dict) or "nbformat" not in whole:
        _none(path, "it is JSON, but not of a notebook", "Another file was given this name.")
    if whole.get("nbformat") != 4:
        _none(
            path,
            f"its format is {str(whole.get('nbformat'))[:20]}, and today's notebooks have format 4",
            "It was made by an old version of Jupyter.",
        )
    _ask_for_python(whole, path)
    cells = whole.get("cells")
    if not isinstance(cells, list):
        _none(path, "it has no list of cells", "It was edited by hand.")
    if len(cells) > MOST_CELLS:
        raise Failure(
            f"`{path}` has {len(cells):,} cells; at most {MOST_CELLS:,} are judged",
            because="A program wrote it.",
        )
    notebook = Notebook(path, [_cell(cell, path, place) for place, cell in enumerate(cells, 1)])
    for kind in ("code", "markdown", "raw"):
        alike = [cell for cell in notebook.cells if cell.kind == kind]
        for number, cell in enumerate(alike, 1):
            cell.number = number
    return notebook


def names_made(code: str) -> set[str]:
    """The names that the code binds at its top level, and those inside of functions too."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    made = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            made.add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            made.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            made.update((alias.asname or alias.name).partition(".")[0] for alias in node.names)
    return made


def _ask_for_python(whole: dict[str, Any], path: str) -> None:
    metadata = whole.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    language = spec.get("language", "python") if isinstance(spec, dict) else "python"
    if isinstance(language, str) and language and language.lower() not in ("python", "python3"):
        raise Failure(
            f"`{path}` is a notebook of {language[:20]}, not of Python",
            look="Choose a Python kernel in the menu Kernel, and save it.",
        )


def _cell(cell: Any, path: str, place: int) -> Cell:
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        _none(path, f"cell {place} of all cells is no cell", "It was edited by hand.")
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        _none(path, f"cell {place} of all cells has no text", "It was edited by hand.")
    count, outputs, metadata = (cell.get(key) for key in ("execution_count", "outputs", "metadata"))
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return Cell(
        cell["cell_type"],
        source,
        count=count if type(count) is int else None,
        outputs=[out for out in outputs if isinstance(out, dict)] if type(outputs) is list else [],
        raises=isinstance(tags, list) and "raises-exception" in tags,
    )


def _none(path: str, what: str, because: str) -> NoReturn:
    raise Failure(f"`{path}` is no notebook: {what}", because=because, look=SAVE_ANEW)
