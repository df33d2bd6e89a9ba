"""The versions of the code under test: the given one, others that are as right, and mutants.

Each is a whole file or an edit of the given one, told like a flaw: a text that stands there exactly
once, and what stands there instead. A wrong one says in words what is wrong with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

from mlpath_check import ScriptError

KEYS = {"says", "file", "find", "replace", "edits", "hangs"}


@dataclass(frozen=True)
class Version:
    """`says` fits behind "No test fails when"; `hangs` says why tests may never end with it."""

    text: str
    says: str = ""
    hangs: str = ""


@dataclass(frozen=True)
class Versions:
    given: Version
    right: list[Version] = field(default_factory=list)
    wrong: list[Version] = field(default_factory=list)


def lines_of(text: Any) -> str:
    return "\n".join(text) if isinstance(text, list) else str(text)


def edited(text: str, edits: list[dict[str, Any]], name: str) -> str:
    """The text with its edits, each sought in what was given, so that their order says nothing."""
    places = []
    for edit in edits:
        find = lines_of(edit["find"])
        if text.count(find) != 1:
            raise ScriptError(f"{name}: {find!r} stands {text.count(find)} times in what is given")
        places.append((text.index(find), find, lines_of(edit["replace"])))
    end = len(text)
    for start, find, replace in sorted(places, reverse=True):
        if start + len(find) > end:
            raise ScriptError(f"{name}: two edits overlap at {find!r}")
        text, end = text[:start] + replace + text[start + len(find) :], start
    return text


def read_versions(name: str, path_of: Callable[[str], Path]) -> Versions:
    """`path_of`: a file of the template."""

    def read(path: str) -> str:
        return path_of(path).read_text(encoding="utf-8")

    def version(told: dict[str, Any], wrong: bool) -> Version:
        says = told.get("says", "")
        if unknown := told.keys() - KEYS:
            raise ScriptError(f"{name}: a version has no {sorted(unknown)[0]}")
        if wrong and not says:
            raise ScriptError(f"{name}: a wrong version does not say what is wrong with it")
        if "file" in told:
            text = read(told["file"])
        else:
            text = edited(given.text, told.get("edits", [told]), name)
        if text == given.text:
            raise ScriptError(f"{name}: a version is what is given: {says or told}")
        return Version(text, says, told.get("hangs", ""))

    try:
        told = json.loads(read(name))
        given = Version(read(told["given"]))
        right = [version(each, wrong=False) for each in told["right"]]
        return Versions(given, right, [version(each, wrong=True) for each in told["wrong"]])
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as problem:
        raise ScriptError(f"{name} is no list of versions: {problem!r}") from problem
