"""Holds each generator of synthetic data to what the catalog says, and to the real data.

For every dataset with `synthetic` in curricula/datasets.json its generator is run as mlpath runs
it, and it must

- give the bytes whose hash stands there, again and again: with another PYTHONHASHSEED, and under
  every Python from 3.9 on that is found here;
- give other rows for another seed;
- take no more than a few seconds and a few megabytes.

Where MLPATH_TEST_MIRROR names a folder laid out as a mirror (<dataset>/<file>), what was drawn is
laid beside the real data (`likeness.py`): file names, columns, types, gaps, ranges, shares, and the
scores of simple models (`subjects.py`). A generator that is right for one seed may be wrong for
another, so two seeds are tried.

    compare.py [DATASET…]          all, or these
    compare.py --write [DATASET…]  writes the hashes into the catalog first

Printed is a table, then all that is wrong.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "curricula/datasets.json"
SCRIPTS = ROOT / "curricula/synthetic"
MAKE = ROOT / "core/data/python/make.py"
MIRROR = os.environ.get("MLPATH_TEST_MIRROR", "")
SECONDS, BYTES = 6.0, 6_000_000  # of a slow machine; 2 s and 4 MB of an ordinary one
OTHER_SEED = 90210


def pythons() -> list[str]:
    """One of each version of Python from 3.9 on: on PATH, and where pyenv and uv keep theirs."""
    names = [f"python3.{minor}" for minor in range(9, 16)]
    found = [path for name in names if (path := shutil.which(name))]
    for kept in ("~/.pyenv/versions", "~/.local/share/uv/python"):
        found += map(str, sorted(Path(kept).expanduser().glob("*/bin/python3")))
    by_version: dict[str, str] = {}
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    for path in found:
        answer = subprocess.run([path, "-I", "-S", "-c", ask], capture_output=True, text=True)
        version = answer.stdout.strip()
        if answer.returncode == 0 and int(version.partition(".")[2]) >= 9:
            by_version.setdefault(version, path)
    return [by_version[v] for v in sorted(by_version, key=lambda v: int(v.partition(".")[2]))]


def run(
    dataset: str, seed: int, folder: Path, python: str = sys.executable, hash_seed: str = ""
) -> tuple[str, str, float]:
    """Makes the data: what is wrong, the hash of what was made, the processor's seconds."""
    folder.mkdir()
    # -I would ignore PYTHONHASHSEED.
    flags = ["-S", "-B"] if hash_seed else ["-I", "-S", "-B"]
    command = [python, *flags, MAKE, SCRIPTS / f"{dataset}.py", str(seed), folder]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command,
            env={**os.environ, "PYTHONHASHSEED": hash_seed or "random"},
            stdout=said,
            stderr=said,
        )
        watch = threading.Timer(120, process.kill)  # a machine may be busy: this ends a loop only
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode(errors="replace").strip()
    took = used.ru_utime + used.ru_stime
    if process.returncode != 0:
        why = "it never ended" if process.returncode == -9 else text
        return f"{dataset}: with {python}: {why}", "", took
    return "", digest(folder), took


def digest(folder: Path) -> str:
    """As curricula/FORMAT.md has it: of what `sha256sum` prints for all files, by path."""
    lines = []
    for path in folder.rglob("*"):
        if path.is_file():
            name = path.relative_to(folder).as_posix().encode()
            lines.append((name, hashlib.sha256(path.read_bytes()).hexdigest().encode()))
    return hashlib.sha256(b"".join(b"%s  %s\n" % (h, n) for n, h in sorted(lines))).hexdigest()


def steadiness(dataset: dict, work: Path, others: list[str]) -> Iterator[str]:
    """What is wrong with the generator by itself; leaves the folders `one` and `other`."""
    name, promised = dataset["id"], dataset["synthetic"]
    fault, made, took = run(name, promised["seed"], work / "one")
    if fault:
        yield fault
        return
    size = sum(path.stat().st_size for path in (work / "one").rglob("*") if path.is_file())
    dataset["took"], dataset["size"] = took, size
    if made != promised["sha256"]:
        yield f"{name}: made {made}, and the catalog says {promised['sha256']}"
    if took > SECONDS or size > BYTES:
        yield f"{name}: {took:.1f} s and {size:,} bytes are more than a generator may take"
    again = [(sys.executable, "1"), (sys.executable, "2"), *((python, "") for python in others)]
    for number, (python, hash_seed) in enumerate(again):
        fault, other, _ = run(name, promised["seed"], work / f"again{number}", python, hash_seed)
        if fault or other != made:
            yield fault or f"{name}: {python} (PYTHONHASHSEED={hash_seed}) made {other}, not {made}"
    fault, other, _ = run(name, OTHER_SEED, work / "other")
    if fault or other == made:
        yield fault or f"{name}: seed {OTHER_SEED} gives the same rows as seed {promised['seed']}"


def write_hashes(datasets: list[dict]) -> None:
    """Puts the hash of what each generator makes into the catalog, in place of what is there."""
    text = CATALOGUE.read_text(encoding="utf-8")
    for dataset in datasets:
        with tempfile.TemporaryDirectory() as folder:
            fault, made, _ = run(dataset["id"], dataset["synthetic"]["seed"], Path(folder) / "made")
        if fault:
            sys.exit(fault)
        before = rf'"id": "{re.escape(dataset["id"])}",.*?"synthetic": \{{[^}}]*?"sha256": "'
        entry = re.compile(f"({before})[0-9a-f]*", re.DOTALL)
        text = entry.sub(lambda match, made=made: match[1] + made, text, count=1)
        dataset["synthetic"]["sha256"] = made
    CATALOGUE.write_text(text, encoding="utf-8")


def main(arguments: list[str]) -> int:
    write = "--write" in arguments
    wanted = [argument for argument in arguments if argument != "--write"]
    catalogue = json.loads(CATALOGUE.read_text(encoding="utf-8"))["datasets"]
    unknown = set(wanted) - {dataset["id"] for dataset in catalogue if "synthetic" in dataset}
    if unknown:
        print("no dataset with `synthetic` in the catalog:", ", ".join(sorted(unknown)))
        return 2
    faults = [
        f"{dataset['id']}: it has no generator, so that nobody can learn with it without a network"
        for dataset in catalogue
        if "synthetic" not in dataset
    ]
    told = {dataset["id"] for dataset in catalogue if "synthetic" in dataset}
    faults += [
        f"{path.name}: no dataset of the catalog names it"
        for path in sorted(SCRIPTS.glob("*.py"))
        if path.stem not in told
    ]
    datasets = [d for d in catalogue if "synthetic" in d and (not wanted or d["id"] in wanted)]
    if write:
        write_hashes(datasets)
    others = pythons()
    with tempfile.TemporaryDirectory() as folder:

        def look(dataset: dict) -> list[str]:
            work = Path(folder) / dataset["id"]
            work.mkdir()
            return list(steadiness(dataset, work, others))

        with ThreadPoolExecutor(2) as pool:
            for found in pool.map(look, datasets):
                faults += found
        print(f"the same bytes with {', '.join(others)}" if others else "no other Python is here")
        for dataset in datasets:
            print(f"{dataset['id']:24}{dataset.get('took', 0):6.2f} s{dataset.get('size', 0):12,}")
        print(f"{'all':24}{sum(d.get('took', 0) for d in datasets):6.2f} s")
        if MIRROR and not faults:
            # Models this small lose more by waiting for each other's threads than they gain.
            os.environ["OMP_NUM_THREADS"] = "1"
            import likeness

            faults += likeness.beside_the_real(datasets, Path(folder), Path(MIRROR))
        elif not MIRROR:
            print("MLPATH_TEST_MIRROR is not set: nothing was compared with the real data")
    for fault in faults:
        print("FAULT", fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
