"""Tells which of the learner's functions, modules and programs come to one that never ends.

Run as ``python -I reach.py FOLDER WHAT FILE...``: the sources, and what did not come back: a
function ("textstats.words") or a module while it was imported ("textstats"). Prints one JSON
object, ``{"surely": [...], "maybe": [...]}``: functions as "textstats.counts", modules as
"textstats", programs as "analyze.py". What surely comes to it imports it; what names it may call
it. The sources are read and never run; a file that is no Python leads nowhere.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

Node = tuple[str, str]  # a module and a name in it; "" is what runs when it is imported
MAIN = "__main__"  # what runs besides when it is the program


def is_main_guard(statement: ast.stmt) -> bool:
    """`if __name__ == "__main__":`."""
    return isinstance(statement, ast.If) and any(
        isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(statement.test)
    )


class Module:
    """One file: its parts, and what the names in it stand for."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self.name = name
        self.tree = tree
        self.parts: dict[str, list[ast.AST]] = {"": [], MAIN: []}
        for statement in tree.body:
            if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self.parts.setdefault(statement.name, []).append(statement)
                self.parts[""] += statement.decorator_list
                if isinstance(statement, ast.ClassDef):
                    self.parts[""] += [one for one in statement.body if not is_function(one)]
            elif is_main_guard(statement):
                self.parts[MAIN].append(statement)
            else:
                self.parts[""].append(statement)


def is_function(node: ast.AST) -> bool:
    return isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))


def imported(
    node: ast.AST, module: Module, modules: dict[str, Module]
) -> Iterator[tuple[str, str, str]]:
    """Of an import of theirs: the name that it binds, the module, the name in that ("": all)."""

    def found(source: str) -> str:
        """From the root of the sources, or from the module's own folder."""
        beside = module.name.rpartition(".")[0] + "." + source
        return source if source in modules else beside if beside in modules else ""

    if isinstance(node, ast.Import):
        for alias in node.names:
            if source := found(alias.name):
                yield alias.asname or alias.name.split(".")[0], source, ""
    elif isinstance(node, ast.ImportFrom):
        for alias in node.names:
            if source := found(node.module or ""):
                yield alias.asname or alias.name, source, alias.name
            elif source := found(f"{node.module}.{alias.name}" if node.module else alias.name):
                yield alias.asname or alias.name, source, ""


def read(folder: Path, files: Iterable[str]) -> dict[str, Module]:
    modules = {}
    for file in files:
        if file.endswith(".py"):
            try:
                tree = ast.parse((folder / file).read_bytes())
            except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
                continue
            name = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            modules[name] = Module(name, tree)
    return modules


def edges_of(modules: dict[str, Module]) -> Iterator[tuple[Node, Node]]:
    """From each part to what it names."""
    for module in modules.values():
        bound: dict[str, tuple[str, str]] = {}
        for node in ast.walk(module.tree):
            for name, source, inner in imported(node, module, modules):
                bound[name] = (source, inner)
                if inner == "*":
                    bound.update({one: (source, one) for one in modules[source].parts if one})
        for part, statements in module.parts.items():
            here = (module.name, part)
            for node in (one for statement in statements for one in ast.walk(statement)):
                for _, source, _ in imported(node, module, modules):
                    yield here, (source, "")
                if isinstance(node, ast.Name):
                    if node.id in module.parts:
                        yield here, (module.name, node.id)
                    elif node.id in bound:
                        yield here, bound[node.id]
                elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                    source, inner = bound.get(node.value.id, ("", ""))
                    if source and not inner:
                        yield here, (source, node.attr)
        # A program's own part comes behind all that importing it would do.
        yield (module.name, MAIN), (module.name, "")


def imports_at_once(modules: dict[str, Module]) -> Iterator[tuple[Node, Node]]:
    """From each module to those that it cannot be imported without."""
    for module in modules.values():
        for statement in module.parts[""]:
            for _, source, _ in imported(statement, module, modules):
                yield (module.name, ""), (source, "")


def leading_to(target: Node, edges: Iterable[tuple[Node, Node]]) -> set[Node]:
    into: dict[Node, set[Node]] = {}
    for start, end in edges:
        into.setdefault(end, set()).add(start)
    found: set[Node] = set()
    waiting = [target]
    while waiting:
        for node in into.get(waiting.pop(), ()):
            if node not in found and node != target:
                found.add(node)
                waiting.append(node)
    return found


def spelled(nodes: Iterable[Node]) -> list[str]:
    names = set()
    for module, part in nodes:
        program = module.replace(".", "/") + ".py"
        names.update({"": [module, program], MAIN: [program]}.get(part, [f"{module}.{part}"]))
    return sorted(names)


def part_of(what: str, modules: dict[str, Module]) -> Node:
    """The module that a name begins with, and the part of it: of a method the class."""
    words = what.split(".")
    for end in range(len(words), 0, -1):
        if (module := ".".join(words[:end])) in modules:
            return module, words[end] if end < len(words) else ""
    return what, ""


def main() -> None:
    folder, what, *files = sys.argv[1:]
    modules = read(Path(folder), files)
    target = part_of(what, modules)
    whole = not target[1]
    surely = spelled(leading_to(target, imports_at_once(modules)) if whole else ())
    maybe = [one for one in spelled(leading_to(target, edges_of(modules))) if one not in surely]
    print(json.dumps({"surely": surely, "maybe": maybe}))


if __name__ == "__main__":
    main()
