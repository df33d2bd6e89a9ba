"""What the sandbox adds to a step that does nothing, cold and warm."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

from measure import bar

ROUNDS = 41
BUILD = Path(os.environ["MLPATH_BINARY"]).parent


def main() -> int:
    runs: dict[str, list[float]] = {"cold": [], "warm": []}
    for _ in range(3):
        told = subprocess.run(
            [str(BUILD / "tests/sandbox_driver"), str(BUILD / "warm"), str(ROUNDS)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for line in told.splitlines():
            name, confined, free = line.split()
            runs[name].append(float(confined) - float(free))
    met = True
    for name, added in runs.items():
        met &= bar(
            f"sandbox: added to a {name} step that does nothing",
            statistics.median(added),
            10,
            " ms",
        )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
