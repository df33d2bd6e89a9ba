"""A small library whose one project each test shapes as it needs it: standard library, no wait."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from test_library import write_library

PROJECT = "tally"
# 40 numbers, of which every other one is called even.
NUMBERS = "number,parity\n" + "".join(
    f"{number},{'odd' if number % 2 else 'even'}\n" for number in range(1, 41)
)
SPLIT_DATA = {
    "id": "numbers",
    "bundled": "data/numbers.csv",
    "split": {"method": "stratified", "target": "parity", "test": 0.25, "seed": 1},
    "train": "data/train.csv",
    "test": "data/test.csv",
}
SCORE = {
    "id": "score",
    "kind": "score",
    "step": "predict",
    "data": "numbers",
    "predictions": "predictions.csv",
    "column": "parity",
    "metric": "accuracy",
    "baseline": {"kind": "majority"},
    "margin": 0.3,
    "folds": 2,
    "repeats": 1,
    "says": "`predictions.csv` names `parity` better than the commonest answer.",
}
BRIEF = "# A tally\n\nWrite `predict.py`.\n\n{{checked}}\n"


def prints_check(name: str, text: str, seconds: float = 10) -> dict[str, Any]:
    """A command check: `predict.py` prints this text."""
    return {
        "id": name,
        "kind": "command",
        "run": ["{python}", "predict.py"],
        "seconds": seconds,
        "stdout": [{"matches": text}],
        "says": f"`predict.py` prints `{text}`.",
    }


def milestone(name: str, *checks: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": name,
        "title": f"The milestone {name}",
        "goal": "Do it.",
        "hints": ["nudge", "explain", "almost there"],
        "checks": list(checks),
    }


def tiny_manifest(name: str, **parts: Any) -> dict[str, Any]:
    """Everything that a manifest must have; `parts` joins it."""
    return {
        "format": 2,
        "id": name,
        "version": 1,
        "status": "ready",
        "title": "A tally",
        "summary": "Count things.",
        "hours": {"min": 1, "max": 1, "estimate": True},
        "skills": ["numbers"],
        "python": {"version": "3.9"},
        "sources": ["*.py"],
        **parts,
    }


def tiny_library(
    root: Path,
    milestones: list[dict[str, Any]],
    skeleton: str,
    solution: str,
    flaws: dict[str, tuple[dict[str, Any], str | None]] | None = None,
    **more: Any,
) -> Path:
    """`skeleton`, `solution` and each flaw are texts of predict.py; `more` joins the manifest.

    A flaw without a text has `edits`.
    """
    manifest = tiny_manifest(PROJECT, milestones=milestones, **more)
    template = write_library(root, templates__tally__project=manifest) / "templates/tally"
    texts = {
        "brief.md": BRIEF,
        "skeleton/predict.py": skeleton,
        "solution/predict.py": solution,
    }
    if "data" in more:
        texts["data/numbers.csv"] = NUMBERS
    told = []
    for name, (flaw, text) in (flaws or {}).items():
        if text is not None:
            texts[f"flawed/{name}/predict.py"] = text
        told.append({"name": name, "why": "Haste.", **flaw})
    if told:
        texts["flaws.json"] = json.dumps({"format": 1, "flaws": told})
    for name, text in texts.items():
        path = template / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
