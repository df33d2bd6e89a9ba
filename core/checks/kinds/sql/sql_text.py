"""The words of a text in SQL: enough to tell an empty file from a query, and what a query uses."""

from __future__ import annotations

import difflib
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
CHANGING = {"INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER"}
BEGINNINGS = QUESTIONS | CHANGING | {
    "ANALYZE", "ATTACH", "BEGIN", "COMMIT", "DETACH", "END", "EXPLAIN", "PRAGMA", "REINDEX",
    "RELEASE", "ROLLBACK", "SAVEPOINT", "VACUUM",
}  # fmt: skip
# Words of SQL that are slipped in often enough; each is long enough to be told from a name.
KEYWORDS = BEGINNINGS | {
    "BETWEEN", "CASE", "CAST", "COUNT", "DESC", "DISTINCT", "FOREIGN", "FROM", "GROUP", "HAVING",
    "INNER", "INTO", "JOIN", "LEFT", "LIKE", "LIMIT", "NULL", "OFFSET", "ORDER", "OUTER", "OVER",
    "PARTITION", "PRIMARY", "REFERENCES", "TABLE", "THEN", "UNION", "UNIQUE", "WHEN", "WHERE",
}  # fmt: skip
DOT_COMMAND = re.compile(r"\s*(\.[a-z]+)\b", re.ASCII)


def slip_of(word: str, among: set[str] = KEYWORDS) -> str:
    """The word of SQL that this one is a slip of; empty: of none.

    FORM has the letters of FROM, and SELCT all but one of SELECT. `orders` and `country` are names.
    """
    word = word.upper()
    if word in KEYWORDS:
        return ""
    for meant in sorted(among):
        plural = word == meant + "S"
        close = difflib.SequenceMatcher(None, word, meant).ratio() >= 0.8
        near = len(meant) > 4 and abs(len(word) - len(meant)) <= 1 and close and not plural
        if word[:1] == meant[0] and (near or sorted(word) == sorted(meant)):
            return meant
    return ""


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

    @property
    def beginnings(self) -> list[str]:
        """The first word, or mark, of each statement."""
        found, fresh = [], True
        for kind, text in self.tokens:
            ends = (kind, text) == ("mark", ";")
            if fresh and not ends:
                found.append(text[:20])
            fresh = ends
        return found

    def slip_at(self, near: str) -> str:
        """What is told of the word near which SQLite stopped, or the one before: a slip."""
        words = [text for kind, text in self.tokens if kind == "word"]
        if near.upper() not in words:
            return ""
        place = words.index(near.upper())
        for word in (words[place], *words[max(0, place - 1) : place]):
            if meant := slip_of(word):
                return f"`{word}` is a slip of {meant}."
        return ""

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
        changing = next((word for word in self.beginnings if word in CHANGING), "")
        if changing:
            return Fault(
                f"holds a statement that begins with {changing} and changes the database; one"
                " query is asked, which only reads",
                "A statement was copied from a sample, or tried out, and left in the file.",
                "Leave the SELECT alone in it, with the WITH that belongs to it.",
            )
        if self.statements > 1:
            return Fault(
                f"has {self.statements} statements; one query is asked",
                "Each semicolon with something behind it begins another statement.",
                "Steps of one query are common table expressions: `WITH name AS (…) SELECT …`.",
            )
        first = self.beginnings[0]
        if first not in QUESTIONS:
            meant = slip_of(first, BEGINNINGS)
            return Fault(
                f"begins with {first}; a query that reads begins with SELECT or WITH",
                f"`{first}` is a slip of {meant}."
                if meant
                else "EXPLAIN shows how a query is worked out, not its rows."
                if first == "EXPLAIN"
                else "SQLite takes no parentheses around a whole query."
                if first == "("
                else "Only rows are asked for; the database stays as it is."
                if first in BEGINNINGS
                else "Something that is no SQL stands above the query: a comment begins with `--`.",
            )
        return None

    def fault_of_script(self) -> Fault | None:
        """Why it is no script that builds something."""
        fault = self._fault("statement")
        slips = ((word, slip_of(word, BEGINNINGS)) for word in self.beginnings)
        word, meant = next((pair for pair in slips if pair[1]), ("", ""))
        if fault is None and meant:
            return Fault(
                f"has a statement that begins with {word}", f"`{word}` is a slip of {meant}."
            )
        return fault
