"""`mlpath next`: its start, its journal, its memory."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from measure import bar, paired, run_once

LINES = 100_000
RUNS = 41


def write_journal(workspace: Path) -> None:
    """A journal as long use would leave it: many checks of a few projects, one line an event."""
    projects = [("text-analyzer", "words"), ("text-analyzer", "counts"), ("iris", "look")]
    start = datetime(2026, 1, 1)
    journal = workspace / ".mlpath" / "progress" / f"{uuid.UUID(int=7).hex}.jsonl"
    journal.parent.mkdir(parents=True, exist_ok=True)
    # Line by line: a child's peak memory, as the kernel counts it, begins with its parent's size.
    with journal.open("w", encoding="utf-8") as out:
        for number in range(LINES):
            project, milestone = projects[number % len(projects)]
            event = {
                "format": 1,
                "id": uuid.UUID(int=number + 1).hex,
                "at": f"{(start + timedelta(seconds=number)).isoformat()}.000000Z",
                "type": "checked",
                "project": project,
                "milestone": milestone,
                "version": 1,
                "verdict": "pass" if number % 2 else "fail",
            }
            out.write(json.dumps(event, separators=(",", ":")) + "\n")


def main() -> int:
    mlpath = os.environ["MLPATH_BINARY"]
    with tempfile.TemporaryDirectory() as folder:
        env = {"HOME": folder, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        for workspace in (empty, full):
            run_once([mlpath, "init", str(workspace)], env=env)
        write_journal(full)

        ours = [mlpath, "-C", str(empty), "next"]
        with_journal = [mlpath, "-C", str(full), "next"]
        run_once(with_journal, env=env)  # makes the snapshot
        next_, python = paired(ours, ["/usr/bin/python3", "-c", "pass"], RUNS, env=env)
        long, short = paired(with_journal, ours, RUNS, env=env)

    grown = long.seconds / short.seconds
    met = [
        bar("next, of `/usr/bin/python3 -c pass`", next_.seconds / python.seconds, 0.5),
        bar(f"next with {LINES:,} journal lines, of an empty journal", grown, 3),
        bar("peak memory of next", next_.peak_bytes / 1e6, 20, " MB"),
        bar("peak memory of next with the long journal", long.peak_bytes / 1e6, 20, " MB"),
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
