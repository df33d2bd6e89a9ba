"""Runs SQL of the learner's in databases that lie in memory, and tells what came of it.

A reader: none of the learner's programs are near. Each database has a process of its own, which is
stopped when its time is up, and which may end in any way without the others' knowing.
"""

from __future__ import annotations

import json
import os
import re
import resource
import select
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

MOST_ROWS = 5_000  # that are told; one more says that there are more
MOST_CELL = 2_000  # characters or bytes of one value
MOST_TOLD = 600_000  # bytes of what one database tells
MEMORY = 256 << 20  # of SQLite
ADDRESSES = 2 << 30  # of the process
LONGEST = 10_000_000  # bytes of a value or a statement

# What the authorizer is asked, by the numbers of sqlite3.h (Python names not all of them).
READING = {20: "READ", 21: "SELECT", 31: "FUNCTION", 33: "RECURSIVE"}
BUILDING = READING | {
    1: "CREATE INDEX", 2: "CREATE TABLE", 7: "CREATE TRIGGER", 8: "CREATE VIEW", 9: "DELETE",
    10: "DROP INDEX", 11: "DROP TABLE", 16: "DROP TRIGGER", 17: "DROP VIEW", 18: "INSERT",
    22: "BEGIN or COMMIT", 23: "UPDATE", 26: "ALTER TABLE", 27: "REINDEX", 28: "ANALYZE",
    32: "SAVEPOINT",
}  # fmt: skip
PRAGMA, FUNCTION = 19, 31
NO_MEMORY = ("out of memory", "database or disk is full")
NAMES = BUILDING | {
    3: "CREATE TEMP INDEX", 4: "CREATE TEMP TABLE", 5: "CREATE TEMP TRIGGER",
    6: "CREATE TEMP VIEW", 12: "DROP TEMP INDEX", 13: "DROP TEMP TABLE", 14: "DROP TEMP TRIGGER",
    15: "DROP TEMP VIEW", 19: "PRAGMA", 24: "ATTACH", 25: "DETACH", 29: "CREATE VIRTUAL TABLE",
    30: "DROP VIRTUAL TABLE",
}  # fmt: skip
HARMLESS = {"foreign_keys", "case_sensitive_like"}  # pragmas of a script
FORBIDDEN = {"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"}

Outcome = dict[str, Any]


class Guard:
    """Lets statements do what their work takes, and remembers the first that asked for more."""

    def __init__(self, connection: sqlite3.Connection, allowed: dict[int, str]) -> None:
        self._allowed = allowed
        self.denied = ""
        connection.set_authorizer(self._decide)

    def _decide(self, action: int, one: str | None, two: str | None, *_: str | None) -> int:
        if action == FUNCTION and (two or "").lower() in FORBIDDEN:
            return self._deny(f"{two}()")
        if action in self._allowed:
            return sqlite3.SQLITE_OK
        if action == PRAGMA:
            if self._allowed is BUILDING and (one or "").lower() in HARMLESS:
                return sqlite3.SQLITE_OK
            return self._deny(f"PRAGMA {one}")
        return self._deny(NAMES.get(action, "this"))

    def _deny(self, what: str) -> int:
        self.denied = self.denied or what
        return sqlite3.SQLITE_DENY


def free(connection: sqlite3.Connection) -> None:
    """Takes the guard away. Before 3.11, Python has no way but to allow all."""
    connection.set_authorizer(lambda *_: sqlite3.SQLITE_OK)


def opened() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    connection.execute(f"PRAGMA hard_heap_limit = {MEMORY}")
    connection.execute("PRAGMA temp_store = MEMORY")  # where its limit holds; a disk has another
    if hasattr(connection, "setlimit"):  # Python 3.11
        connection.setlimit(0, LONGEST)  # SQLITE_LIMIT_LENGTH
    return connection


def statements(script: str) -> Iterator[str]:
    """The statements of a script, in order; a trigger is one."""
    rest = ""
    for part in re.split(r"(?<=;)", script):
        rest += part
        if sqlite3.complete_statement(rest):
            yield rest
            rest = ""
    if rest.strip():
        yield rest


def told(value: Any) -> Any:
    """A cell as JSON holds it."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return {"float": str(value)}
    if isinstance(value, str) and len(value) > MOST_CELL:
        return {"text": value[:100], "length": len(value)}
    if isinstance(value, bytes):
        return {"blob": value[:MOST_CELL].hex(), "length": len(value)}
    return value


def fault(problem: BaseException, guard: Guard | None, statement: str = "") -> Outcome:
    beginning = " ".join(statement.split())[:120]
    if guard is not None and guard.denied:
        return {"problem": "denied", "what": guard.denied, "statement": beginning}
    if isinstance(problem, MemoryError) or any(words in str(problem) for words in NO_MEMORY):
        return {"problem": "memory"}
    if str(problem) == "interrupted":
        return {"problem": "endless"}
    return {"problem": "error", "message": str(problem)[:500], "statement": beginning}


def run_script(connection: sqlite3.Connection, script: str, allowed: dict[int, str]) -> Outcome:
    """Every statement of a script; {} where all of them ran."""
    guard = Guard(connection, allowed)
    for statement in statements(script):
        try:
            connection.execute(statement).fetchone()
        except (sqlite3.Error, sqlite3.Warning, MemoryError, ValueError) as problem:
            return fault(problem, guard, statement)
    free(connection)
    return {}


def prepared(
    connection: sqlite3.Connection, given: dict[str, Any], database: str
) -> tuple[Outcome, str]:
    """Our tables, then the scripts of the learner's that come before the question.

    The second is the script that changed rows; empty: none did.
    """
    connection.executescript(database)
    changed = ""
    for script in given["before"]:
        rows = connection.total_changes
        problem = run_script(connection, script["text"], BUILDING)
        if problem:
            return {**problem, "script": script["path"]}, ""
        changed = changed or (script["path"] if connection.total_changes > rows else "")
    # Where ANALYZE counted our few rows, a scan is the best plan; it is not with many.
    connection.executescript("DROP TABLE IF EXISTS sqlite_stat1; ANALYZE sqlite_master")
    return {}, changed


def rows_of(cursor: sqlite3.Cursor) -> tuple[list[list[Any]], bool]:
    """What the question gives, and whether it would give more."""
    rows: list[list[Any]] = []
    size = 0
    for row in cursor:
        rows.append([told(cell) for cell in row])
        size += len(json.dumps(rows[-1]))
        if len(rows) > MOST_ROWS or size > MOST_TOLD // 2:
            return rows[:-1], True
    return rows, False


def scanned(connection: sqlite3.Connection, question: str) -> list[str]:
    """The tables that the question reads from end to end, by their own names.

    EXPLAIN QUERY PLAN tells aliases in some versions of SQLite; the program tells root pages.
    """
    roots = dict(connection.execute("SELECT rootpage, tbl_name FROM sqlite_master"))
    cursors: dict[int, str] = {}
    found: list[str] = []
    for _, code, first, second, *_ in connection.execute("EXPLAIN " + question).fetchall():
        if code in ("OpenRead", "ReopenIdx") and second in roots:
            cursors[first] = roots[second]
        elif code in ("Rewind", "Last", "Count") and first in cursors:
            found.append(cursors[first])
    return sorted(set(found))


def asked(question: str, given: dict[str, Any], database: str) -> Outcome:
    """The answer to a question that only reads."""
    connection = opened()
    problem, changed = prepared(connection, given, database)
    if problem:
        return problem
    guard = Guard(connection, READING)
    try:
        cursor = connection.execute(question)
        columns = [str(column[0])[:200] for column in cursor.description or ()]
        rows, more = rows_of(cursor)
        outcome: Outcome = {"columns": columns, "rows": rows, "more": more, "changed": changed}
        if given["plan"]:
            steps = connection.execute("EXPLAIN QUERY PLAN " + question)
            outcome["plan"] = [str(step[3])[:200] for step in steps][:30]
            outcome["scans"] = scanned(connection, question)
    except (sqlite3.Error, sqlite3.Warning, MemoryError, ValueError) as fell:
        return fault(fell, guard)
    return outcome


def structure(connection: sqlite3.Connection) -> dict[str, Any]:
    """The tables of a database: columns, keys and indexes."""
    tables: dict[str, Any] = {}
    listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for (name,) in listed[:200]:
        if name.lower().startswith("sqlite_"):
            continue
        quoted = '"' + name.replace('"', '""') + '"'
        columns = connection.execute(f"PRAGMA table_info({quoted})").fetchall()
        points: dict[int, list[Any]] = {}
        for number, _, other, here, there, *_ in connection.execute(
            f"PRAGMA foreign_key_list({quoted})"
        ):
            points.setdefault(number, []).append([here, other, there])
        indexes = []
        for _, index, unique, *_ in connection.execute(f"PRAGMA index_list({quoted})").fetchall():
            escaped = '"' + index.replace('"', '""') + '"'
            parts = connection.execute(f"PRAGMA index_info({escaped})").fetchall()
            indexes.append({"columns": [part[2] for part in parts], "unique": bool(unique)})
        tables[name] = {
            "columns": [
                {"name": column, "type": kind, "required": bool(required or key), "key": key}
                for _, column, kind, required, _, key in columns[:200]
            ],
            "points": list(points.values()),
            "indexes": indexes,
        }
    return tables


def tried(connection: sqlite3.Connection, statement: str) -> str:
    """What the database says of the statement, whose work is undone; empty: it takes it."""
    connection.execute("SAVEPOINT trial")
    try:
        connection.execute(statement).fetchall()
        return ""
    except sqlite3.Error as problem:
        return str(problem)[:300] or type(problem).__name__
    finally:
        connection.execute("ROLLBACK TO trial")
        connection.execute("RELEASE trial")


def built(script: str, given: dict[str, Any]) -> Outcome:
    """What a script of the learner's makes of an empty database, and which rows that takes."""
    connection = opened()
    problem = run_script(connection, script, BUILDING)
    if problem:
        return problem
    if connection.in_transaction:
        return {"problem": "open"}
    outcome: Outcome = {"tables": structure(connection), "takes": "", "refuses": []}
    outcome["filled"] = connection.total_changes > 0
    connection.execute("PRAGMA foreign_keys = ON")
    for statement in statements(given["takes"]):
        try:
            connection.execute(statement)
        except sqlite3.Error as fell:
            return {**outcome, "takes": str(fell)[:300], "statement": statement.strip()[:300]}
    outcome["refuses"] = [tried(connection, statement) for statement in given["refuses"]]
    return outcome


def alone(work: Callable[[], Outcome], until: float) -> Outcome:
    """What the work gives, done in a process of its own that ends by `until`."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with suppress(BaseException):
            resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            try:
                line = json.dumps(work())
            except MemoryError:
                line = json.dumps({"problem": "memory"})
            except BaseException as problem:  # ours, or of a database script
                line = json.dumps(
                    {"problem": "ours", "message": f"{type(problem).__name__}: {problem}"}
                )
            with os.fdopen(writing, "wb") as sink:
                sink.write(line.encode("ascii"))
        os._exit(0)
    os.close(writing)
    came, late = b"", False
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, until - time.monotonic()))
        block = os.read(reading, 1 << 16) if ready else b""
        if not block:
            late = not ready
            break
        came += block
        if len(came) > 2 * MOST_TOLD:
            break
    os.close(reading)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with suppress(ValueError):
        return dict(json.loads(came))
    return {"problem": "endless" if late else "much" if len(came) > MOST_TOLD else "ended"}


def read(path: Path, given: dict[str, Any]) -> list[Outcome]:
    """What each database tells of the file: that of a script, or one for each of ours."""
    text = path.read_text(encoding="utf-8-sig")
    until = time.monotonic() + given["seconds"]
    if given["work"] == "script":
        return [alone(lambda: built(text, given), until)]
    outcomes: list[Outcome] = []
    for database in given["databases"]:
        outcomes.append(alone(lambda database=database: asked(text, given, database), until))
        if "problem" in outcomes[-1]:
            break
    return outcomes
