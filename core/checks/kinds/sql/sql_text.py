"""The words of a text in SQL: enough to tell an empty file from a query, and what a query uses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

LONGEST = 100_000  # characters of a file
TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<comment>--[^\n]*|/\*.*?(?:\*/|\Z))"
    r"|(?P<text>'(?:[^']|'')*')"
    r"|(?P<quoted>\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\])"
    r"|(?P<word>[^\W\d][\w$]*)"
    r"|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\w*)"
    r"|(?P<mark><>|!=|==|<=|>=|\|\||.)",
    re.DOTALL,
)
QUESTIONS = {"SELECT", "WITH", "VALUES"}
DOT_COMMAND = re.compile(r"\s*(\.[a-z]+)\b", re.ASCII)


@dataclass(frozen=True)
class Fault:
    """Why a text is not what is asked; `says` goes on behind the name of the file."""

    says: str
    because: str = ""
    look: str = ""


@dataclass
class Sql:
    """A text of the learner's. Words are upper case; texts, quoted names and comments are none."""

    source: str

    @cached_property
    def tokens(self) -> list[tuple[str, str]]:
        found = ((str(match.lastgroup), match.group()) for match in TOKEN.finditer(self.source))
        return [
            (kind, text.upper() if kind == "word" else text)
            for kind, text in found
            if kind not in ("space", "comment")
        ]

    @cached_property
    def words(self) -> list[str]:
        return [text for kind, text in self.tokens if kind in ("word", "mark")]

    def has(self, *sequence: str) -> bool:
        """Whether these words follow each other somewhere."""
        return self.count(*sequence) > 0

    def count(self, *sequence: str) -> int:
        size = len(sequence)
        starts = range(len(self.words) - size + 1)
        return sum(tuple(self.words[i : i + size]) == sequence for i in starts)

    @property
    def compares_null(self) -> bool:
        return any(self.has(mark, "NULL") for mark in ("=", "==", "<>", "!="))

    @property
    def joins(self) -> bool:
        return "JOIN" in self.words or self.commas_in_from

    @property
    def keeps_partnerless(self) -> bool:
        return "LEFT" in self.words or "FULL" in self.words or "RIGHT" in self.words

    @property
    def commas_in_from(self) -> bool:
        """Tables that are listed with commas, which is a join without its condition."""
        inside = depth = 0
        for word in self.words:
            depth += {"(": 1, ")": -1}.get(word, 0)
            if word == "FROM":
                inside, level = 1, depth
            elif inside and (depth < level or word in ("WHERE", "GROUP", "ORDER", "LIMIT", "JOIN")):
                inside = 0
            elif inside and word == "," and depth == level:
                return True
        return False

    @property
    def statements(self) -> int:
        """Parts between semicolons that hold more than comments."""
        parts = [False]
        for kind, text in self.tokens:
            if (kind, text) == ("mark", ";"):
                parts.append(False)
            else:
                parts[-1] = True
        return sum(parts)

    def _fault(self, noun: str) -> Fault | None:
        """What is wrong with any text; `noun` is what it should hold."""
        if len(self.source) > LONGEST:
            size = f"{len(self.source):,} characters"
            return Fault(
                f"has {size}; at most {LONGEST:,} are read",
                "The answer is written down row by row, or another file was saved under this name.",
            )
        if not self.source.strip():
            return Fault(
                "is empty", f"The file was not saved, or its {noun} is still to be written."
            )
        if "\0" in self.source:
            return Fault("is not a text", "It holds NUL bytes: another file has this name.")
        if not self.statements:
            return Fault(
                f"holds comments alone, and no {noun}",
                "Everything in it stands behind `--` or between `/*` and `*/`.",
            )
        for line in self.source.splitlines():
            dotted = DOT_COMMAND.match(line)
            if dotted:
                return Fault(
                    f"holds `{dotted.group(1)}`, which is a command of the sqlite3 program",
                    "Lines that begin with a dot are not SQL; no other program knows them.",
                )
        return self._open_end()

    def _open_end(self) -> Fault | None:
        for mark, what in (("'", "text"), ('"', "name")):
            if ("mark", mark) in self.tokens:
                return Fault(
                    f"opens a {what} with {mark} and does not close it",
                    f"A {mark} inside of a {what} is written twice: {mark}{mark}.",
                )
        return None

    def fault_of_question(self) -> Fault | None:
        """Why it is no single query that only reads."""
        fault = self._fault("query")
        if fault is not None:
            return fault
        if self.statements > 1:
            return Fault(
                f"has {self.statements} statements; one query is asked",
                "Each semicolon with something behind it begins another statement.",
                "Steps of one query are common table expressions: `WITH name AS (…) SELECT …`.",
            )
        first = self.words[0] if self.tokens[0][0] == "word" else self.tokens[0][1][:20]
        if first not in QUESTIONS:
            return Fault(
                f"begins with {first}; a query that reads begins with SELECT or WITH",
                "The question asks for rows, and changes nothing.",
            )
        return None

    def fault_of_script(self) -> Fault | None:
        """Why it is no script that builds something."""
        return self._fault("statement")
