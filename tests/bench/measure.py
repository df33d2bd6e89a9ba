"""Paired measuring of whole processes: A and B in turn, medians, one line a bar."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Run:
    seconds: float
    peak_bytes: int


def run_once(argv: list[str], *, cwd: Path | None = None, env: dict[str, str] | None = None) -> Run:
    """Runs a process to its end; its own peak memory comes from the kernel's account of it."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        argv, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{argv} ended with {process.returncode}")
    return Run(seconds, usage.ru_maxrss * 1024)


def paired(ours: list[str], theirs: list[str], runs: int, **options: object) -> tuple[Run, Run]:
    """Medians of `runs` runs of each, in turn, after one of each to warm up."""
    results: tuple[list[Run], list[Run]] = ([], [])
    for number in range(runs + 1):
        for argv, kept in zip((ours, theirs), results):
            result = run_once(argv, **options)
            if number > 0:
                kept.append(result)
    return tuple(
        Run(
            statistics.median(run.seconds for run in kept),
            int(statistics.median(run.peak_bytes for run in kept)),
        )
        for kept in results
    )


def installed(program: str, requirement: str, folder: Path) -> str:
    """The program on PATH, or what PyPI has of it, in an environment that is made in `folder`."""
    if found := shutil.which(program):
        return found
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([folder / "bin/pip", "install", "--quiet", requirement], check=True)
    return str(folder / "bin" / program)


def bar(name: str, value: float, limit: float, unit: str = "") -> bool:
    """Prints one bar and tells whether it is met."""
    met = value <= limit
    word = "met" if met else "MISSED"
    print(f"{name:<62} {value:8.2f}{unit}  (at most {limit:g}{unit}): {word}", flush=True)
    return met
