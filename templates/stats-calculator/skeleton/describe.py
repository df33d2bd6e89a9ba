"""Prints figures about each column of a CSV file.

python3 describe.py FILE [--json]
"""

from __future__ import annotations

import argparse
import sys


def main() -> int:
    parser = argparse.ArgumentParser(description="Figures about each column of a CSV file.")
    parser.add_argument("file", help="the CSV file")
    # TODO (milestone 7): the option --json
    options = parser.parse_args()

    # TODO (milestone 7): read the file, and print a line for each column.
    print(f"not written yet: nothing is known about {options.file}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
