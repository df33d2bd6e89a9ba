"""`mlpath lint` over a synthetic library, against Python's json and jsonschema over the same files.

Python does less: it reads and validates. And how lint grows with the size of the library.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import bar, paired, run_once

SOURCE = Path(__file__).resolve().parents[2]
PROJECTS = int(os.environ.get("MLPATH_BENCH_PROJECTS", "10000"))
TOPICS = 10 * PROJECTS
RUNS = 3

# One schema compiled once for all files of a kind, as a careful author of a script would do.
PYTHON = """
import json, sys
from pathlib import Path
import jsonschema

root = Path(sys.argv[1])
schemas = root / "curricula/schemas"


def validator(name):
    schema = json.loads((schemas / f"{name}.schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft7Validator(schema)


def check(path, validate):
    document = json.loads(path.read_text(encoding="utf-8"))
    for error in validate.iter_errors(document):
        print(path, error.message)
        sys.exit(1)


check(root / "curricula/topics.json", validator("topics"))
check(root / "curricula/skills.json", validator("skills"))
check(root / "curricula/datasets.json", validator("datasets"))
check(root / "curricula/road.json", validator("curriculum"))
project = validator("project")
for path in sorted(root.glob("templates/*/project.json")):
    check(path, project)
"""


def write(path: Path, document: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")


def topic(number: int) -> dict[str, object]:
    return {
        "id": f"topic-{number}",
        "title": f"Topic {number}",
        "summary": "What it is for, in a line or two, as the real ones have it.",
        "hours": {"min": 1, "max": 3, "estimate": True},
        "skills": ["python"],
        "requires": [f"topic-{number // 2}"] if number > 0 else [],
        "subtopics": ["one part", "another part"],
        "resources": [
            {
                "title": "A page",
                "url": f"https://example.org/{number}",
                "kind": "docs",
                "origin": "ours",
            }
        ],
    }


def project(number: int) -> dict[str, object]:
    return {
        "format": 2,
        "id": f"project-{number}",
        "version": 1,
        "status": "planned",
        "title": f"Project {number}",
        "summary": "What it is for, in a line or two, as the real ones have it.",
        "hours": {"min": 2, "max": 6, "estimate": True},
        "skills": ["python"],
        "requires": {"topics": [f"topic-{number}"]},
        "milestones": [
            {"id": f"part-{part}", "title": f"Part {part}", "goal": "What is done here, and why."}
            for part in range(5)
        ],
    }


def write_library(root: Path, projects: int) -> None:
    shutil.copytree(SOURCE / "curricula/schemas", root / "curricula/schemas")
    for name in ("project", "curriculum"):  # the kinds of checks stand in ours alone
        schema = subprocess.run(
            [os.environ["MLPATH_BINARY"], "schema", name], check=True, capture_output=True
        ).stdout
        (root / f"curricula/schemas/{name}.schema.json").write_bytes(schema)
    shutil.copy(SOURCE / "curricula/skills.json", root / "curricula/skills.json")
    write(root / "curricula/datasets.json", {"format": 1, "datasets": []})
    topics = [topic(number) for number in range(10 * projects)]
    write(root / "curricula/topics.json", {"format": 1, "topics": topics})
    stages = [
        {
            "id": f"stage-{start}",
            "kind": "stage",
            "title": f"Stage {start}",
            "goal": "Somewhere on the way.",
            "projects": [{"project": f"project-{n}"} for n in range(start, start + 100)],
        }
        for start in range(0, projects, 100)
    ]
    road = {"format": 1, "id": "road", "title": "Road", "summary": "A long one.", "stages": stages}
    write(root / "curricula/road.json", road)
    for number in range(projects):
        write(root / f"templates/project-{number}/project.json", project(number))


def main() -> int:
    mlpath = os.environ["MLPATH_BINARY"]
    with tempfile.TemporaryDirectory() as folder:
        env = {"HOME": folder, "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        whole, tenth = Path(folder) / "whole", Path(folder) / "tenth"
        write_library(whole, PROJECTS)
        write_library(tenth, PROJECTS // 10)
        script = Path(folder) / "validate.py"
        script.write_text(PYTHON, encoding="utf-8")
        theirs = ["/usr/bin/python3", str(script), str(whole)]
        run_once([mlpath, "lint", str(whole)], env=env)
        ours, python = paired([mlpath, "lint", str(whole)], theirs, RUNS, env=env)
        large, small = paired(
            [mlpath, "lint", str(whole)], [mlpath, "lint", str(tenth)], RUNS, env=env
        )
    print(
        f"lint: {ours.seconds:.2f} s, Python: {python.seconds:.2f} s; "
        f"of a tenth, lint: {small.seconds:.3f} s"
    )
    met = [
        bar(
            "lint, of json and jsonschema over the same files", ours.seconds / python.seconds, 0.05
        ),
        bar(
            "lint of ten times as much, of ten times the time",
            large.seconds / small.seconds / 10,
            1.5,
        ),
    ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
