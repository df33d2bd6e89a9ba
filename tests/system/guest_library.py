"""A small library of somebody else's: a curriculum, a topic, a skill, a quiz, a project."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).resolve().parents[2]


def write(path: Path, document: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=2), encoding="utf-8")


def question(number: int) -> dict[str, object]:
    return {
        "id": f"q{number}",
        "kind": "number",
        "ask": f"How much is {number} + 1?",
        "answer": number + 1,
        "proof": [f"print({number} + 1)"],
        "tolerance": 0,
        "explain": "Counting goes on by one.",
    }


def guest_library(root: Path, name: str = "acme") -> Path:
    """The project is our text analyzer renamed, so that its solution is known to pass.

    Its last milestone, which alone needs a package, is left out: Acme's asks for Python alone.
    """
    write(root / "library.json", {"format": 1, "name": name, "title": "Acme's own projects"})
    write(
        root / "curricula/topics.json",
        {
            "format": 1,
            "topics": [
                {
                    "id": f"{name}-counting",
                    "title": "Counting",
                    "summary": "One, two, three.",
                    "requires": ["python-basics"],
                    "skills": [f"{name}-patience"],
                    "resources": [
                        {
                            "title": "A page",
                            "url": "https://example.org/counting",
                            "kind": "docs",
                            "origin": "ours",
                        }
                    ],
                }
            ],
        },
    )
    write(
        root / "curricula/skills.json",
        {"format": 1, "skills": [{"id": f"{name}-patience", "title": "Patience"}]},
    )
    write(
        root / f"curricula/quizzes/{name}-counting.json",
        {
            "format": 1,
            "id": f"{name}-counting",
            "questions": [question(number) for number in range(4)],
        },
    )
    write(
        root / f"curricula/{name}-road.json",
        {
            "format": 2,
            "id": f"{name}-road",
            "title": "Acme's road",
            "summary": "What everybody at Acme learns first.",
            "stages": [
                {
                    "id": "start",
                    "kind": "stage",
                    "title": "Start",
                    "goal": "Count words.",
                    "topics": [{"topic": f"{name}-counting"}],
                    "projects": [{"project": f"{name}-words"}],
                    "goals": [{"id": f"{name}-tea", "text": "Drink a cup of tea."}],
                }
            ],
        },
    )
    template = root / f"templates/{name}-words"
    shutil.copytree(SOURCE / "templates/text-analyzer", template, dirs_exist_ok=True)
    manifest = json.loads((template / "project.json").read_text(encoding="utf-8"))
    manifest.update({"id": f"{name}-words", "title": "Count words at Acme"})
    manifest.pop("satisfies", None)
    without_chart(template, manifest)
    write(template / "project.json", manifest)
    return root


def without_chart(template: Path, manifest: dict[str, Any]) -> None:
    chart = manifest["milestones"].pop()
    ids = {check["id"] for check in chart["checks"]}
    manifest["python"] = {"version": manifest["python"]["version"]}
    manifest["calls"] = [each for each in manifest["calls"] if "chart." not in each["signature"]]
    del manifest["steps"]
    flaws = json.loads((template / "flaws.json").read_text(encoding="utf-8"))
    flaws["flaws"] = [flaw for flaw in flaws["flaws"] if flaw["check"] not in ids]
    write(template / "flaws.json", flaws)
    brief = template / "brief.md"
    told = brief.read_text(encoding="utf-8").partition("### {{chart}}")[0]
    lines = [line for line in told.splitlines(keepends=True) if "chart.py" not in line]
    brief.write_text("".join(lines), encoding="utf-8")
    for part in ("skeleton", "solution"):
        (template / part / "chart.py").unlink()
