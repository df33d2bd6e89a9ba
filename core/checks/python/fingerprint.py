"""Tells how much of one piece of Python work is found in another, whatever its names and layout.

Run as ``python -I fingerprint.py SKELETON SOLUTION WORK FILE...``: three folders and the files to
compare. Prints one JSON object: ``{"share": 0.93}``, the part of what the solution adds to the
skeleton that stands in the work as well, weighed by size; ``{"share": null}`` where there is
nothing to compare, as in a skeleton that nobody has touched.

A statement's shape is its syntax tree without names, comments, docstrings and annotations. Names
of attributes stay: they say what is done.
"""

from __future__ import annotations

import ast
import copy
import json
import sys
from collections import Counter
from pathlib import Path

SMALLEST = 6  # nodes: `return x` and the like are everybody's


class Anonymous(ast.NodeTransformer):
    """Replaces what a renaming or a reformatting changes."""

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.copy_location(ast.Name(id="_", ctx=node.ctx), node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.copy_location(ast.arg(arg="_", annotation=None), node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        target = self.visit(node.target)
        value = self.visit(node.value) if node.value else ast.Constant(value=None)
        return ast.copy_location(ast.Assign(targets=[target], value=value), node)


NO_STEP = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def is_text(statement: ast.stmt) -> bool:
    """A docstring, or a string that stands alone as a remark."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def shapes_of(text: str) -> Counter[str]:
    """The shapes of all statements, weighed by size; of a compound statement, its head alone."""
    shapes: Counter[str] = Counter()
    for statement in list(ast.walk(ast.parse(text))):
        if (
            not isinstance(statement, ast.stmt)
            or isinstance(statement, NO_STEP)
            or is_text(statement)
        ):
            continue
        head = Anonymous().visit(copy.deepcopy(statement))
        for part in ("body", "orelse", "finalbody", "handlers"):
            if isinstance(getattr(head, part, None), list):
                setattr(head, part, [])
        size = sum(1 for _ in ast.walk(head))
        if size >= SMALLEST:
            shapes[ast.dump(head)] += size
    return shapes


def shapes_in(folder: Path, files: list[str]) -> Counter[str]:
    shapes: Counter[str] = Counter()
    for name in files:
        try:
            shapes += shapes_of((folder / name).read_text(encoding="utf-8-sig"))
        except (OSError, SyntaxError, ValueError, RecursionError):
            continue  # what cannot be read cannot be compared
    return shapes


def main() -> None:
    skeleton, solution, work = (Path(folder) for folder in sys.argv[1:4])
    files = sys.argv[4:]
    given = shapes_in(skeleton, files)
    published = shapes_in(solution, files) - given
    written = shapes_in(work, files) - given
    total = sum(published.values())
    share = sum((published & written).values()) / total if total and written else None
    print(json.dumps({"share": share if share is None else round(share, 4)}))


if __name__ == "__main__":
    main()
