"""Shows what a query gives:  python3 ask.py queries/long.sql [--plan]

With --plan it shows how SQLite would find the rows, after indexes.sql was run on a copy in memory.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from pathlib import Path

DATABASE = "data/chinook.sqlite"
MOST_ROWS, WIDEST = 20, 40


def shown(value: object) -> str:
    text = "NULL" if value is None else str(value)
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def table(columns: list[str], rows: list[tuple[object, ...]]) -> str:
    cells = [columns, *([shown(value) for value in row] for row in rows[:MOST_ROWS])]
    widths = [max(map(len, column)) for column in zip(*cells)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)) for row in cells]
    return "\n".join([*lines, f"{len(rows)} row{'' if len(rows) == 1 else 's'}"])


def answer(query: str, plan: bool) -> str:
    connection = sqlite3.connect(f"file:{DATABASE}?mode=ro", uri=True)
    if plan:
        copy = sqlite3.connect(":memory:")
        connection.backup(copy)
        copy.executescript(Path("indexes.sql").read_text(encoding="utf-8"))
        return "\n".join(row[3] for row in copy.execute("EXPLAIN QUERY PLAN " + query))
    cursor = connection.execute(query)
    if cursor.description is None:
        return "There is no query in it yet."
    return table([column[0] for column in cursor.description], cursor.fetchall())


def main() -> int:
    parser = argparse.ArgumentParser(description="Shows what a query gives.")
    parser.add_argument("file", help="a file with one query")
    parser.add_argument("--plan", action="store_true", help="show the plan instead of the rows")
    options = parser.parse_args()
    try:
        print(answer(Path(options.file).read_text(encoding="utf-8"), options.plan))
    except (OSError, sqlite3.Error, sqlite3.Warning) as problem:
        print(f"{options.file}: {problem}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
