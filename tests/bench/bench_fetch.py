"""How fast fetching is, against curl, with nginx on the loopback: one large file, verified and
flushed to the disk, against `curl -o f URL && sha256sum f`; 200 small files against a loop of curl
processes. Medians; ours and its rival take turns, so that what else the machine does falls on both.
Prints a line a bar and exits 1 where one is missed."""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "system"))
from fetch_support import SOURCE, Nginx, source_line  # noqa: E402

LARGE_BAR = 0.7  # of the time of curl and sha256sum, at most
SMALL_BAR = 10.0  # times as fast as a loop of curl, at least
SMALL_FILES = 200


@dataclass
class Run:
    wall: float
    cpu: float  # of the program and its children: what a busy machine hardly changes


def measure(command: list[str]) -> Run:
    def used() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    cpu, before = used(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return Run(time.perf_counter() - before, used() - cpu)


def large(driver: Path, folder: Path, megabytes: int, runs: int, server: Nginx) -> bool:
    path = folder / "served" / "large.bin"
    digest = hashlib.sha256()
    with path.open("wb") as out:
        for _ in range(megabytes):
            block = os.urandom(1_000_000)
            digest.update(block)
            out.write(block)
    url = f"{server.url}/large.bin"
    catalogue = folder / "large.tsv"
    catalogue.write_text(
        f"large\tlarge.bin\t{url}\t{path.stat().st_size}\t{digest.hexdigest()}\n", encoding="utf-8"
    )
    copy = folder / "copy.bin"
    ours: list[Run] = []
    theirs: list[Run] = []
    for _ in range(runs + 1):
        cache = folder / "large cache"
        copy.unlink(missing_ok=True)
        theirs.append(measure(["sh", "-c", f"curl -s -o '{copy}' '{url}' && sha256sum '{copy}'"]))
        shutil.rmtree(cache, ignore_errors=True)
        ours.append(measure([str(driver), str(catalogue), str(cache), "--quiet"]))
    return report(f"{megabytes} MB", ours[1:], theirs[1:], LARGE_BAR)


def small(driver: Path, folder: Path, runs: int, server: Nginx) -> bool:
    lines, urls = [], []
    for i in range(SMALL_FILES):
        body = os.urandom(4096)
        (folder / "served" / f"{i}.csv").write_bytes(body)
        urls.append(f"{server.url}/{i}.csv")
        lines.append(source_line(f"set{i}", f"{i}.csv", urls[-1], body))
    catalogue = folder / "small.tsv"
    catalogue.write_text("".join(lines), encoding="utf-8")
    ours: list[Run] = []
    theirs: list[Run] = []
    for run in range(runs + 1):
        # Each run has folders of its own, removed at the end: ext4 is slow to make files for some
        # seconds after others were removed, which would be the bench's doing.
        copies, cache = folder / f"copies{run}", folder / f"cache{run}"
        copies.mkdir()
        loop = "".join(f"curl -s -o '{copies}/{i}' '{url}'\n" for i, url in enumerate(urls))
        theirs.append(measure(["sh", "-ec", loop]))
        ours.append(measure([str(driver), str(catalogue), str(cache), "--quiet"]))
    return report(f"{SMALL_FILES} small files", ours[1:], theirs[1:], 1 / SMALL_BAR)


def report(what: str, ours: list[Run], theirs: list[Run], bar: float) -> bool:
    def in_words(runs: list[Run]) -> str:
        walls = [run.wall for run in runs]
        cpu = statistics.median(run.cpu for run in runs)
        middle = statistics.median(walls)
        return f"{middle:.3f} s ({min(walls):.3f} to {max(walls):.3f}, {cpu:.3f} s of a processor)"

    ratio = statistics.median(r.wall for r in ours) / statistics.median(r.wall for r in theirs)
    good = ratio <= bar
    print(
        f"fetch {what}: ours {in_words(ours)}, curl {in_words(theirs)},"
        f" ratio {ratio:.3f}, bar {bar:.3f}: {'holds' if good else 'MISSED'}",
        flush=True,
    )
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    built = SOURCE / "build/release/tests/fetch_driver"
    parser.add_argument(
        "--driver", type=Path, default=Path(os.environ.get("MLPATH_FETCH_DRIVER", built))
    )
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument(
        "--folder", type=Path, help="where the files lie: the disk that is measured"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mlpath-bench-", dir=options.folder) as name:
        folder = Path(name)
        (folder / "served").mkdir()
        (folder / "nginx").mkdir()
        server = Nginx(folder / "nginx", folder / "served")
        try:
            good = [
                large(options.driver.resolve(), folder, options.megabytes, options.runs, server),
                small(options.driver.resolve(), folder, options.runs, server),
            ]
        finally:
            server.stop()
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
