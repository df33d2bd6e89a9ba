"""Proves the `python` checks of projects through the relay, without mlpath.

    python3 prove.py PROJECT…

The skeleton must fail every milestone that has such checks, the solution pass them all, and each
flawed answer fail where its flaw.json says. `mlpath selftest` proves all kinds; this one is for the
time when the harness itself is changed. Data that needs a split or a download is not laid.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from relay import Host

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def lay(root: Path, manifest: dict[str, Any], layers: list[str], folder: Path) -> None:
    for layer in ["skeleton", *layers]:
        shutil.copytree(root / layer, folder, dirs_exist_ok=True)
    for entry in manifest.get("data", []):
        if "bundled" in entry and "to" in entry:
            target = folder / entry["to"]
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / entry["bundled"], target)


def findings(root: Path, manifest: dict[str, Any], layers: list[str]) -> dict[str, dict[str, Any]]:
    """The verdict of every `python` check, by its id, with its milestone."""
    found: dict[str, dict[str, Any]] = {}
    for milestone in manifest["milestones"]:
        for check in milestone["checks"]:
            if check["kind"] != "python":
                continue
            with tempfile.TemporaryDirectory() as name:
                lay(root, manifest, layers, Path(name))
                verdict = Host(Path(name)).judge(root / check["script"], check["function"], root)
            found[check["id"]] = {**verdict, "milestone": milestone["id"]}
    return found


def faults_of(root: Path) -> list[str]:
    manifest = json.loads((root / "project.json").read_text(encoding="utf-8"))
    faults: list[str] = []
    for check, found in findings(root, manifest, ["solution"]).items():
        if found["verdict"] != "pass":
            faults.append(f"solution: {check}: {found['verdict']}: {found['message']}")
    by_milestone: dict[str, set[str]] = {}
    for found in findings(root, manifest, []).values():
        by_milestone.setdefault(found["milestone"], set()).add(found["verdict"])
        if found["verdict"] == "error":
            faults.append(f"skeleton: {found['message']}")
    faults += [f"skeleton passes {m}" for m, kinds in by_milestone.items() if "fail" not in kinds]
    order = [milestone["id"] for milestone in manifest["milestones"]]
    for flaw_file in sorted(root.glob("flawed/*/flaw.json")):
        flaw = json.loads(flaw_file.read_text(encoding="utf-8"))
        layers = ["solution", f"flawed/{flaw_file.parent.name}"]
        name, found = flaw_file.parent.name, findings(root, manifest, layers)
        named = found.get(flaw["check"])
        if named is None:
            print(f"  {name}: {flaw['check']} is of another kind, not proved here")
        elif named["verdict"] != "fail" or not re.search(flaw["message"], named["message"]):
            faults.append(f"{name}: {flaw['check']}: {named['verdict']}: {named['message']}")
        else:
            print(f"  {name}: {named['message']}")
        for check, other in found.items():
            early = order.index(other["milestone"]) < order.index(flaw["milestone"])
            if early and other["verdict"] != "pass":
                faults.append(f"{name}: fails {check} already: {other['message']}")
    return faults


def main() -> int:
    faults = []
    for project in sys.argv[1:]:
        print(project)
        faults += [f"{project}: {fault}" for fault in faults_of(TEMPLATES / project)]
    print("\n".join(faults) or "proved")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
