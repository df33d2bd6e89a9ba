"""Many portfolios: `verify --jobs 2` against cold processes by `xargs -P2`, and how it grows.

The other side does the same checks on the same trees, each step and call a cold `python3` process
(tests/bench/cold_driver.cpp), two portfolios at a time. MLPATH_BENCH_PORTFOLIOS: how many, 100
by default. MLPATH_BENCH_GROWTH: the most small portfolios to judge, 1000 by default.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import bar
from portfolios import BINARY, COLD, environment, make_portfolios, touch_up

COUNT = int(os.environ.get("MLPATH_BENCH_PORTFOLIOS", "100"))
GROWTH = int(os.environ.get("MLPATH_BENCH_GROWTH", "1000"))
RUNS = 3


def seconds(argv: list[str], env: dict[str, str], *, given: str = "") -> float:
    begin = time.perf_counter()
    told = subprocess.run(argv, env=env, input=given, capture_output=True, text=True)
    if told.returncode != 0:
        raise RuntimeError(f"{argv[:4]} ended with {told.returncode}: {told.stderr or told.stdout}")
    return time.perf_counter() - begin


def verify(paths: list[Path], *more: str) -> list[str]:
    return [str(BINARY), "verify", "--offline", "--seed", "1", *more, *map(str, paths)]


def growth(root: Path, env: dict[str, str]) -> bool:
    """How judging grows with the work: of small projects, so that a thousand take minutes."""
    counts = [count for count in (10, 100, 1000) if count <= GROWTH]
    made = make_portfolios(root / "many", counts[-1], env, projects=("text-analyzer",))
    each = []
    for count in counts:
        took = seconds(verify(made[:count], "--jobs", "2"), env)
        each.append(took / count)
        print(f"verify: {count:5} portfolios {took:8.1f} s, {1000 * each[-1]:6.0f} ms each")
    name = f"verify: each of {counts[-1]} portfolios, of each of {counts[-2]}"
    return bar(name, each[-1] / each[-2], 1.25)


def main() -> int:
    met = True
    with tempfile.TemporaryDirectory(prefix="mlpath-bench-") as folder:
        root = Path(folder)
        env = environment(root / "home")
        made = make_portfolios(root / "trees", COUNT, env)
        met &= growth(root, env)
        few = made[: min(COUNT, 20)]  # of the slow side as many as time allows; both sides the same
        ratios = []
        for _ in range(RUNS):
            cold = seconds(
                ["xargs", "-P2", "-n1", str(COLD), "verify"], env, given="\n".join(map(str, few))
            )
            ours = seconds(verify(few, "--jobs", "2"), env)
            ratios.append(ours / cold)
        met &= bar(
            "verify: portfolios, of cold processes by xargs -P2", statistics.median(ratios), 1 / 8
        )

        if (
            "--cache"
            in subprocess.run([BINARY, "help", "verify"], capture_output=True, text=True).stdout
        ):
            seconds(verify(made, "--cache"), env)
            ratios, changed = [], []
            for number in range(RUNS):
                status = seconds(["git", "-C", str(root / "trees"), "status", "--short"], env)
                again = seconds(verify(made, "--cache"), env)
                ratios.append(again / status)
                source = next(made[number].glob("text-analyzer-0/*.py"))
                touch_up(source, 1000 + number)
                one = seconds(verify(made, "--cache"), env)
                touch_up(source, 2000 + number)
                alone = seconds(verify([source.parent], "--cache"), env)
                changed.append(one - alone)
                seconds(verify(made, "--cache"), env)
            met &= bar(
                "verify --cache: nothing changed, of git status", statistics.median(ratios), 5
            )
            met &= bar(
                f"verify --cache: one file of {3 * COUNT} projects, beyond its checks",
                statistics.median(changed),
                0.3,
                " s",
            )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
