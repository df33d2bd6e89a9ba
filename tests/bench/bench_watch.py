"""From the close of a saved file to the printed verdict: `watch` on titanic, all milestones.

Against the same checks each as a cold `python3` process (tests/bench/cold_driver.cpp), and against
the same code in an unconfined fork of the same warm interpreter (`--sandbox off`). The three take
turns. MLPATH_TEST_MIRROR: a folder laid out as a mirror; without it nothing is measured.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import bar
from portfolios import BINARY, COLD, environment, mlpath, served, touch_up

RUNS = 5


class Watch:
    """`mlpath watch --json`: a line of JSON at the end of every run."""

    def __init__(self, project: Path, env: dict[str, str], *words: str) -> None:
        self.process = subprocess.Popen(
            [BINARY, "watch", "--json", *words],
            cwd=project,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.verdict()

    def verdict(self) -> None:
        report = json.loads(self.process.stdout.readline())
        if report["verdict"] != "pass":
            raise RuntimeError(f"the solution does not pass: {report}")

    def saved(self, source: Path, number: int) -> float:
        touch_up(source, number)
        begin = time.perf_counter()
        self.verdict()
        return time.perf_counter() - begin

    def end(self) -> None:
        self.process.terminate()
        self.process.wait()


def measure(root: Path, mirror: str) -> bool:
    env = environment(root / "home")
    with served(mirror) as url:
        mlpath("fetch", "titanic", cwd=root, env=env | {"MLPATH_MIRROR": url})
    mlpath("new", "titanic", cwd=root, env=env)
    mlpath("solution", "titanic", "--apply", cwd=root, env=env)
    project = root / "titanic"
    source = project / "titanic.py"

    took: dict[str, list[float]] = {"watch": [], "free": [], "cold": []}
    for number in range(RUNS):
        for name, words in (("watch", ["--sandbox", "require"]), ("free", ["--sandbox", "off"])):
            watch = Watch(project, env, *words)
            watch.saved(source, 10 * number)  # warms up
            took[name].append(watch.saved(source, 10 * number + 1))
            watch.end()
        begin = time.perf_counter()
        subprocess.run([COLD, "check", project], cwd=root, env=env, check=True)
        took["cold"].append(time.perf_counter() - begin)

    print(*(f"{name}: {statistics.median(runs):.2f} s" for name, runs in took.items()), sep=", ")
    ours, free, cold = (statistics.median(took[name]) for name in ("watch", "free", "cold"))
    met = bar("watch: save to verdict, of the same checks as cold processes", ours / cold, 0.1)
    name = "watch: save to verdict, of the same in unconfined forks"
    return bar(name, ours / free, max(1.3, (free + 0.04) / free)) and met


def main() -> int:
    mirror = os.environ.get("MLPATH_TEST_MIRROR")
    if not mirror:
        print("watch: not measured, since MLPATH_TEST_MIRROR names no data")
        return 0
    with tempfile.TemporaryDirectory(prefix="mlpath-bench-") as folder:
        return 0 if measure(Path(folder), mirror) else 1


if __name__ == "__main__":
    sys.exit(main())
