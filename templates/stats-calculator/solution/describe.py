"""Prints figures about each column of a CSV file.

python3 describe.py FILE [--json]
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from pathlib import Path

import numpy as np
from stats import describe


def read(path: str) -> dict[str, list[str]]:
    """The cells of each column; a ValueError where the file is no table."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file)) or [[]]
    if not header:
        raise ValueError("it is empty")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise ValueError(f"row {number} has {len(row)} cells, the header has {len(header)}")
    return {name: [row[place] for row in rows] for place, name in enumerate(header)}


def figures(cells: list[str]) -> dict[str, float | None]:
    """`describe` for a column of numbers; counts alone for a column of text."""
    try:
        numbers = np.array([float(cell) if cell else np.nan for cell in cells])
    except ValueError:
        known = [cell for cell in cells if cell]
        missing = len(cells) - len(known)
        return {"count": len(known), "missing": missing, "distinct": len(set(known))}
    found = describe(numbers)
    return {name: None if math.isnan(value) else value for name, value in found.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description="Figures about each column of a CSV file.")
    parser.add_argument("file", help="the CSV file")
    parser.add_argument("--json", action="store_true", help="print JSON, for other programs")
    options = parser.parse_args()

    try:
        columns = read(options.file)
    except (OSError, ValueError, csv.Error) as problem:
        print(f"cannot read {options.file}: {problem}", file=sys.stderr)
        return 2

    table = {name: figures(cells) for name, cells in columns.items()}
    if options.json:
        print(json.dumps(table, indent=2))
        return 0
    for name, found in table.items():
        shown = (f"{key} {'-' if value is None else f'{value:g}'}" for key, value in found.items())
        print(f"{name}: {', '.join(shown)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
