"""Prints figures about a text file and its most common words.

python3 analyze.py FILE [--top N] [--json]
"""

from __future__ import annotations

import argparse
import sys


def main() -> int:
    parser = argparse.ArgumentParser(description="Figures about a text file.")
    parser.add_argument("file", help="the text file")
    # TODO (milestone 5): the options --top N and --json
    options = parser.parse_args()

    # TODO (milestone 5): read the file, and print its statistics and its most common words.
    print(f"not written yet: nothing is known about {options.file}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
