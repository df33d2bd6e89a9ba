"""Fails where two files of a module give the same name to things of their own.

The release build compiles several sources as one (CMAKE_UNITY_BUILD), in which the anonymous
namespaces of the files of a module are one. Which files come together changes with every file that
is added, so a name is held unique in its module. Functions of one name may differ in parameters.
A type or function of a file may not have the name of one that a header declares in the same
namespace: it would hide that from every source that is compiled beside it.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

ANONYMOUS = re.compile(r"^namespace \{\n(.*?)^\}  // namespace$", re.MULTILINE | re.DOTALL)
TYPE = re.compile(r"^(?:struct|class|enum class) (\w+)(?= (?:final )?[:{])", re.MULTILINE)
VALUE = re.compile(
    r"^(?:constexpr|const|inline|static|thread_local)\b[^;=({]*?\b(\w+)(?:\[\w*\])?(?= =|\{)",
    re.MULTILINE,
)
FUNCTION = re.compile(
    r"^(?:template <[^>]*>\n)?"
    r"(?!struct|class|enum|using|return)\w[\w:<>,&*\[\] ]*?[ *&](\w+)"
    r"\(([^{};]*)\)(?: const)?(?: noexcept)?(?: ->[^{;]*)? \{",
    re.MULTILINE,
)

DECLARED = re.compile(
    r"^(?:template <[^>]*>\n)?(?:\[\[nodiscard\]\] )?"
    r"(?!struct|class|enum|using|return|namespace)\w[\w:<>,&*\[\] ]*?[ *&](\w+)\(",
    re.MULTILINE,
)
ALIAS = re.compile(r"^using (\w+) =", re.MULTILINE)
USING = re.compile(r"^using namespace (?:mlpath::)?(\w+);", re.MULTILINE)
NAMESPACE = re.compile(r"^namespace ([\w:]+) \{", re.MULTILINE)

# Built where the others of its module are not.
ELSEWHERE = {"elsewhere.cpp"}


def types_of(parameters: str) -> str:
    """The types of the parameters, whatever their names."""
    depth, parts = 0, [""]
    for letter in parameters:
        depth += (letter in "<([{") - (letter in ">)]}")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return ",".join(
        re.sub(r"\s+", " ", re.sub(r"\b\w+$", "", part.split("=")[0].strip())).strip()
        for part in parts
    )


def names_in(text: str) -> set[str]:
    names = set()
    for body in ANONYMOUS.findall(text):
        names |= set(TYPE.findall(body))
        names |= set(VALUE.findall(body))
        names |= {f"{name}({types_of(parameters)})" for name, parameters in FUNCTION.findall(body)}
    return names


def module_of(path: Path, root: Path) -> str:
    """Which sources may come together: those of a namespace, those of a test program."""
    parts = path.relative_to(root).parts
    if parts[:2] == ("tests", "unit"):
        return f"tests/unit/{path.stem.split('_')[0]}"
    if parts[:3] == ("core", "checks", "kinds") and path.name == "test.cpp":
        return "tests/kinds"
    return "/".join(parts[:2]) if parts[0] == "core" else parts[0]


def hidden(root: Path) -> list[str]:
    """Types and functions of one file that have the name of those in a header.

    Of aliases, also one in a namespace that some source of the module brings in as a whole.
    """
    declared: dict[tuple[str, str], str] = {}
    brought_in: dict[str, set[str]] = defaultdict(set)
    headers = [path for top in ("core", "cli") for path in sorted((root / top).rglob("*.hpp"))]
    for header in headers:
        text = header.read_text(encoding="utf-8")
        for space in NAMESPACE.findall(text)[:1]:
            for name in TYPE.findall(text) + DECLARED.findall(text):
                declared[space, name] = str(header.relative_to(root))
    faults = []
    sources = [path for top in ("core", "cli") for path in sorted((root / top).rglob("*.cpp"))]
    for path in sources:
        spaces = USING.findall(path.read_text(encoding="utf-8"))
        brought_in[module_of(path, root)] |= {f"mlpath::{space}" for space in spaces}
    for path in sources:
        text = path.read_text(encoding="utf-8")
        for space in NAMESPACE.findall(text)[:1]:
            own = "\n".join(ANONYMOUS.findall(text))
            names = TYPE.findall(own) + [name for name, _ in FUNCTION.findall(own)]
            found = [(name, declared.get((space, name))) for name in names]
            found += [
                (name, declared.get((other, name)))
                for name in ALIAS.findall(own)
                for other in (space, *sorted(brought_in[module_of(path, root)]))
            ]
            faults += [
                f"{path.relative_to(root)}: its own `{name}` hides that of {header}"
                for name, header in sorted({(name, header) for name, header in found if header})
            ]
    return faults


def hidden_in_tests(root: Path) -> list[str]:
    """Names of a test file that are also those of a header that its test program includes."""
    declared: dict[str, set[str]] = {}
    for header in (root / "tests/unit").glob("*.hpp"):
        text = header.read_text(encoding="utf-8")
        values = re.findall(r"^(?:extern|inline) [^;=(]*?\b(\w+)(?= =|;)", text, re.MULTILINE)
        declared[header.name] = {*TYPE.findall(text), *DECLARED.findall(text), *values}
    sources = sorted((root / "tests/unit").glob("*.cpp"))
    included = defaultdict(set)
    for path in sources:
        text = path.read_text(encoding="utf-8")
        included[module_of(path, root)] |= set(re.findall(r'#include "unit/(\w+\.hpp)"', text))
    faults = []
    for path in sources:
        own = "\n".join(ANONYMOUS.findall(path.read_text(encoding="utf-8")))
        names = {*TYPE.findall(own), *VALUE.findall(own), *(n for n, _ in FUNCTION.findall(own))}
        faults += [
            f"{path.relative_to(root)}: its own `{name}` hides that of tests/unit/{header}"
            for header in sorted(included[module_of(path, root)])
            for name in sorted(names & declared[header])
        ]
    return faults


def faults_of(root: Path) -> list[str]:
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for folder in ("core", "cli", "tests/unit"):
        for path in sorted((root / folder).rglob("*.cpp")):
            if path.name in ELSEWHERE:
                continue
            for name in names_in(path.read_text(encoding="utf-8")):
                owners[module_of(path, root), name].append(str(path.relative_to(root)))
    return [
        f"{' and '.join(files)}: each has its own `{name}`; say in the name which one it is"
        for (_, name), files in sorted(owners.items())
        if len(files) > 1
    ]


def main() -> int:
    root = Path(sys.argv[1])
    faults = faults_of(root) + hidden(root) + hidden_in_tests(root)
    print("\n".join(faults) or "every name is its file's alone")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
