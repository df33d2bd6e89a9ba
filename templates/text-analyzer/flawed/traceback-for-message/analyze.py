"""Prints figures about a text file and its most common words.

python3 analyze.py FILE [--top N] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from textstats import most_common, statistics


def main() -> int:
    parser = argparse.ArgumentParser(description="Figures about a text file.")
    parser.add_argument("file", help="the text file")
    parser.add_argument("--top", type=int, default=10, help="how many of the most common words")
    parser.add_argument("--json", action="store_true", help="print JSON, for other programs")
    options = parser.parse_args()

    text = Path(options.file).read_text(encoding="utf-8")

    figures = statistics(text)
    top = most_common(text, options.top)
    if options.json:
        print(json.dumps({**figures, "top": top}, indent=2))
        return 0
    for name, value in figures.items():
        print(f"{name}: {value:g}")
    for word, count in top:
        print(f"{count:6d} {word}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
