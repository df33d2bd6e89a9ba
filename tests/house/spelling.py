"""Fails where documentation, comments or messages are spelled the British way.

What a library holds is held to the same list by `mlpath lint`. Names in code are not looked at, nor
what stands between backquotes.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

LIST = Path("core/library/spelling_words.hpp")
# Files that are British on purpose: the list, what tries it, what was found in the wild.
ON_PURPOSE = (
    "LICENSE",
    str(LIST),
    "tests/fuzz/corpus/",
    "tests/house/spelling.py",
    "tests/system/test_renamed.py",
    "tests/unit/library_renamed.cpp",
    "tests/unit/library_spelling.cpp",
    "tests/unit/progress_renamed.cpp",
)
# Lint looks at the contents of these by itself.
LIBRARY = ("curricula/quizzes/", "curricula/synthetic/", "templates/")
# Words that are meant so: what a learner mistypes, ids of before, names that others gave.
MEANT = re.compile(r"text-analyser|def tokenise|\"tokenise\"|\"aliases\": \[[^\]]*\]")

CPP = re.compile(
    r"//[^\n]*|/\*.*?\*/|R\"(\w*)\(.*?\)\1\"|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])'",
    re.DOTALL,
)
PYTHON = re.compile(
    r"\"\"\".*?\"\"\"|#[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL
)
INCLUDE = re.compile(r"^#include.*$", re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")
WORD = re.compile(r"[A-Za-z\x80-\U0010ffff]+")


def british(root: Path) -> dict[str, str]:
    words: dict[str, str] = {}
    families = (root / LIST).read_text(encoding="utf-8").split('R"(')[1].split(')"')[0]
    for family in families.split(";"):
        endings, colon, stems = family.partition(":")
        for ending in endings.split() if colon else []:
            left, right = ending.split("=")
            for stem in stems.split() or [""]:
                words[stem + left] = stem + right
    return words


def blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group(0))


def readable(path: str, text: str) -> str:
    """What a person reads of it, all else blank, so that lines stay."""
    text = MEANT.sub(blank, text)
    pattern = CPP if path.endswith((".cpp", ".hpp")) else PYTHON if path.endswith(".py") else None
    if pattern:
        text = INCLUDE.sub(blank, text) if pattern is CPP else text
        kept, end = [], 0
        for found in pattern.finditer(text):
            kept += [re.sub(r"[^\n]", " ", text[end : found.start()]), found.group(0)]
            end = found.end()
        text = "".join(kept)
    return CODE.sub(blank, text)


def found_in(path: str, text: str, words: dict[str, str]) -> Iterator[str]:
    for number, line in enumerate(readable(path, text).splitlines(), 1):
        for word in WORD.findall(line):
            if word.lower() in words:
                yield f"{path}:{number}: {word} is spelled {words[word.lower()]} here"


def main(root: Path) -> int:
    words = british(root)
    assert words["neighbours"] == "neighbors" and words["maths"] == "math" and len(words) > 1000
    tried = list(found_in("a.cpp", '// a `colour`\nint colour = f("grey");  // Neighbours', words))
    assert [line.split()[1] for line in tried] == ["grey", "Neighbours"], tried
    listed = subprocess.run(
        ["git", "-C", root, "ls-files", "-z"], capture_output=True, text=True, check=False
    )
    files = listed.stdout.split("\0") if listed.returncode == 0 else []
    if not any(files):  # no repository: a copy of the tree
        files = [
            path.relative_to(root).as_posix()
            for folder in ("cli", "core", "curricula", "docs", "scripts", "tests")
            for path in (root / folder).rglob("*")
        ]
    faults = []
    for path in filter(None, files):
        if path.startswith(ON_PURPOSE + LIBRARY) or not (root / path).is_file():
            continue
        try:
            text = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        faults += found_in(path, text, words)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
