"""The kind `sql` on files that are no query, and on queries that mean harm."""

from __future__ import annotations

import unittest

from bad_input import LARGE, BadInput, Put, folder, link_out, link_to_nowhere, nothing, pipe

CHECK = {
    "kind": "sql",
    "path": "q.sql",
    "answer": "checks/answer.sql",
    "databases": "checks/databases.py",
    "columns": ["name"],
    "seconds": 2,
}
SHOP = (
    "CREATE TABLE artist (id INTEGER, name TEXT); INSERT INTO artist VALUES (1, 'Ada'), (2, 'Bo');"
)
TEMPLATE = {
    "checks/answer.sql": "SELECT name FROM artist",
    "checks/databases.py": f"def databases():\n    return {{'a shop': {SHOP!r}}}\n",
}
ENDLESS = "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c)"
BILLION = "WITH d(i) AS (VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))"
CASES: dict[str, tuple[Put, str]] = {
    "absent": (nothing, "there is no file `q.sql` in the project folder"),
    "empty": ("", "`q.sql` is empty"),
    "10 MB of comments": ("-- a\n" * (LARGE // 5), "at most 100,000 are read"),
    "10 MB of conditions": (
        "SELECT name FROM artist WHERE 1" + " OR 1" * (LARGE // 5),
        "at most 100,000 are read",
    ),
    "not UTF-8": ("SELECT 'Zoë' AS name".encode("latin-1"), "`q.sql` is not UTF-8 text"),
    "a database": (b"SQLite format 3\0" + b"\0" * 100, "It holds NUL bytes"),
    "null bytes": ("SELECT name FROM artist\0", "It holds NUL bytes"),
    "a syntax error": ("SELECT name FORM artist", "`FORM` is a slip of FROM"),
    "Python": ("import sqlite3\nprint('SELECT')\n", "begins with IMPORT"),
    "a folder": (folder, "`q.sql` is a folder, where a file belongs"),
    "a link out": (link_out, "`q.sql` is a link, where a file belongs"),
    "a link to nowhere": (link_to_nowhere, "`q.sql` is a link, where a file belongs"),
    "a named pipe": (pipe, "there is no file `q.sql`"),
    "a query without end": (
        f"{ENDLESS} SELECT i AS name FROM c WHERE i < 0",
        "did not end within 2 s on a shop",
    ),
    "a billion rows": (
        f"{BILLION} SELECT a.i AS name FROM d a, d b, d c, d e, d f, d g, d h, d j, d k",
        "gives more than 5,000 rows; 2 are right",
    ),
    "a billion rows, sorted": (
        f"{BILLION} SELECT a.i AS name FROM d a, d b, d c, d e, d f, d g, d h, d j, d k"
        " ORDER BY a.i + k.i",
        # Time or memory runs out, whichever is first on this machine; the cause is the same.
        "A recursive query without a condition that ends it",
    ),
    "a text of a gigabyte": (
        "SELECT hex(zeroblob(500000000)) AS name",
        "A text grows until SQLite cannot hold it",
    ),
    "a group that holds everything": (
        f"{ENDLESS} SELECT group_concat(i) AS name FROM c",
        "did not end within 2 s on a shop",
    ),
    "ATTACH": (
        "ATTACH '/etc/passwd' AS other; SELECT name FROM artist",
        "has 2 statements; one query is asked",
    ),
    "ATTACH alone": (
        "ATTACH DATABASE 'other.db' AS other",
        "begins with ATTACH; a query that reads begins with",
    ),
    "a library": (
        "SELECT load_extension('/tmp/x.so') AS name",
        "asks for load_extension(), which is not let through",
    ),
    "a file": ("SELECT readfile('/etc/passwd') AS name", "no such function: readfile"),
    "a file written": ("SELECT writefile('x', 'y') AS name", "no such function: writefile"),
    "VACUUM INTO": ("VACUUM INTO 'copy.db'", "begins with VACUUM; a query that reads begins with"),
    "a PRAGMA": (
        "PRAGMA temp_store_directory = '/tmp'",
        "begins with PRAGMA; a query that reads begins with",
    ),
    "a dropped table": ("DROP TABLE artist", "begins with DROP and changes the database"),
    "10,000 parentheses": (
        "SELECT " + "(" * 10_000 + "1" + ")" * 10_000 + " AS name",
        "It nests deeper than SQLite reads",
    ),
    "10,000 subqueries": (
        "SELECT name FROM " + "(SELECT * FROM " * 4_000 + "artist" + ")" * 4_000,
        "It nests deeper than SQLite reads",
    ),
    "3,000 columns": (
        "SELECT " + ", ".join(f"{i} AS c{i}" for i in range(3_000)),
        "too many columns",
    ),
    "escapes of a terminal": ("SELECT '\x1b[31mred' || char(27, 7) AS name", "\\x1b[31mred"),
}


class OfSql(BadInput):
    def test_each_ends_in_a_sentence(self) -> None:
        self.make(CHECK, TEMPLATE)
        for name, (put, says) in CASES.items():
            with self.subTest(name=name):
                self.assert_told({"q.sql": put}, says)


if __name__ == "__main__":
    unittest.main()
