"""The kind `source`: what the text of a program, or of a notebook's code cells, shows.

It is read as a syntax tree and never run, so that words in comments and texts do not count.
"""

from __future__ import annotations

import ast
import platform
from collections.abc import Iterator
from typing import Any

import mlpath_notebook
from mlpath_check import Check, Failure

COMPREHENSIONS = {
    "list-comprehension": ast.ListComp,
    "dict-comprehension": ast.DictComp,
    "set-comprehension": ast.SetComp,
    "generator-expression": ast.GeneratorExp,
}
NODES: dict[str, Any] = {
    **COMPREHENSIONS,
    "comprehension": tuple(COMPREHENSIONS.values()),
    "lambda": ast.Lambda,
    "f-string": ast.JoinedStr,
    "slice": ast.Slice,
    "class": ast.ClassDef,
    "try": ast.Try,
    "with": (ast.With, ast.AsyncWith),
}
MOST = 1_000_000  # characters: reading more takes longer than a check may
DEEP = (
    "too many nested",
    "nested too deeply",
    "too many levels",
)  # what Python says of what is nested
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEFINITIONS = (*FUNCTIONS, ast.ClassDef)
LIKE = {
    "comprehension": "`[length(word) for word in words]`",
    "list-comprehension": "`[length(word) for word in words]`",
    "dict-comprehension": "`{word: length(word) for word in words}`",
    "set-comprehension": "`{length(word) for word in words}`",
    "generator-expression": "`sum(length(word) for word in words)`",
    "generator-function": "`yield word` in a function",
    "lambda": "`key=lambda pair: pair[1]`",
    "default-argument": "`def pour(cups=1):`",
    "f-string": '`f"{cups} cups"`',
    "slice": "`words[:3]`",
    "class": "`class Jar:`",
    "decorator": "`@property` above a method",
    "try": "`try:` and `except ValueError:`",
    "with": "`with open(path) as file:`",
}


def judge(check: Check) -> None:
    path = check.fields["path"]
    trees = list(trees_of(check.source(path), path))
    for want in check.fields["shows"]:
        look_for(want, trees, path)


def look_for(want: dict[str, Any], trees: list[ast.AST], path: str) -> None:
    what, place = want["what"], want.get("in", "")
    says = f" ({want['says'].rstrip('.')})" if "says" in want else ""
    named = ("an " if what == "f-string" else "a ") + in_words(what)
    roots = (
        [found for tree in trees for found in named_in(tree, place.split("."))] if place else trees
    )
    if not roots:
        raise Failure(
            f"`{path}` has no `{place}`, which should show {named}{says}",
            because="It has another name there, or is not written yet.",
        )
    if any(shows(node, what) for root in roots for node in ast.walk(root)):
        return
    # Where it is shown elsewhere, that is the place to tell.
    lines = [node.lineno for tree in trees for node in ast.walk(tree) if shows(node, what)]
    elsewhere = f"There is one in line {lines[0]}, outside of `{place}`." if lines and place else ""
    raise Failure(
        f"`{place or path}` shows no {in_words(what)}{says}",
        because=want.get("because", "") or elsewhere,
        look=f"It looks like this: {LIKE[what]}.",
        place={"file": path, "line": roots[0].lineno} if place and path.endswith(".py") else None,
    )


def in_words(what: str) -> str:
    return what if what == "f-string" else what.replace("-", " ")


def shows(node: ast.AST, what: str) -> bool:
    if what == "default-argument":
        has = isinstance(node, (*FUNCTIONS, ast.Lambda))
        return has and bool(node.args.defaults or any(node.args.kw_defaults))  # type: ignore[attr-defined]
    if what == "decorator":
        return isinstance(node, DEFINITIONS) and bool(node.decorator_list)
    if what == "generator-function":
        return isinstance(node, (ast.Yield, ast.YieldFrom))
    return isinstance(node, NODES[what])


def named_in(tree: ast.AST, names: list[str]) -> list[ast.AST]:
    """The definitions with this name, `["Class", "method"]` being one in the other."""
    found = [n for n in ast.walk(tree) if isinstance(n, DEFINITIONS) and n.name == names[0]]
    for name in names[1:]:
        found = [
            part
            for whole in found
            for part in whole.body
            if isinstance(part, DEFINITIONS) and part.name == name
        ]
    return list(found)


def trees_of(text: str, path: str) -> Iterator[ast.AST]:
    """The syntax tree of the file, or one for each code cell."""
    if not path.endswith(".ipynb"):
        if not text.strip():
            raise Failure(f"`{path}` is empty", because="It is not written, or not saved, yet.")
        bound(text, path)
        yield tree_of(text, f"`{path}`", {"file": path})
        return
    cells = [cell for cell in mlpath_notebook.read(text, path).code if cell.is_run]
    if not cells:
        raise Failure(f"`{path}` has no code cell with something in it")
    bound("".join(cell.python() for cell in cells), path)
    for cell in cells:
        yield tree_of(cell.python(), f"{cell.name} of `{path}`", {})


def bound(code: str, path: str) -> None:
    if len(code) > MOST:
        raise Failure(
            f"`{path}` has {len(code):,} characters of code; at most {MOST:,} are read",
            because="Data stand in it that belong in a file of their own, or something else was"
            " saved under its name.",
        )


def tree_of(code: str, where: str, place: dict[str, Any]) -> ast.AST:
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    try:
        tree: ast.AST = compile(code, "<source>", "exec", flags, dont_inherit=True)
        return tree
    except SyntaxError as fault:
        line = fault.lineno or 1
        lines = code.splitlines()
        deep = any(words in (fault.msg or "") for words in DEEP)
        raise Failure(
            f"{where[0].upper()}{where[1:]} is not Python yet: line {line}: {fault.msg}",
            raised=f"{type(fault).__name__}: {fault.msg}",
            because="It nests deeper than any program does." if deep else "",
            place={**place, "line": line, "column": fault.offset or 1} if place else None,
            code=f"> {line:3} | {lines[line - 1][:200]}" if 1 <= line <= len(lines) else "",
            look=f"It was read by Python {platform.python_version()}.",
        ) from None
    except (ValueError, RecursionError, MemoryError):
        raise Failure(
            f"{where[0].upper()}{where[1:]} cannot be read as Python",
            because="It has null bytes in it, or nests deeper than any program does.",
        ) from None
