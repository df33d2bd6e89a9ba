"""Runs the tests of a file: python3 run_tests.py tests/test_first.py [--list] [--seed 7]"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from testkit import exit_code, run_file, test_names


def main() -> int:
    parser = argparse.ArgumentParser(description="Runs the tests of a file.")
    parser.add_argument("file")
    parser.add_argument("--list", action="store_true", help="name the tests, and run none")
    parser.add_argument("--seed", type=int, help="shuffle the tests with this seed")
    options = parser.parse_args()
    try:
        if options.list:
            print("\n".join(test_names(options.file)))
            return 0
        results = run_file(options.file, options.seed)
    except NotImplementedError as todo:
        print(f"Not written yet: {todo}", file=sys.stderr)
        return 2
    for result in results:
        print(f"{result['outcome']:6}  {result['name']}  {result['message']}".rstrip())
    Path("results.json").write_text(json.dumps(results), encoding="utf-8")
    return exit_code(results)


if __name__ == "__main__":
    sys.exit(main())
