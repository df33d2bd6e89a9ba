"""A roadmap can be walked: no project asks for what its own roadmap teaches later.

What a project requires counts with what that requires, to the end; what the roadmap does not teach
at all is left out. What is later:

- a stage that requires another one, or follows it where stages stand in line, is later than it;
- of projects also what stands in a later stage of the file. Of topics not: in
  `beginner-to-expert` bands and paths run side by side and name the same topics again.

A project that is ready requires none that is only planned. Each stage with several projects says
which are its core, and the first model of `levels` is a matter of hours.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

IN_LINE = {"level", "phase", "month", "week", "step"}
# From `mlpath init` to a project passed, by someone who programs: at most so many hours, at the
# slow end of each estimate, with what is only planned.
FIRST_MODEL = {"levels": ("iris", 10.0)}
ROOT = Path(__file__).resolve().parents[2]


def read(path: str) -> dict[str, Any]:
    text = (ROOT / path).read_text(encoding="utf-8")
    return dict(json.loads(text))


def manifests() -> dict[str, dict[str, Any]]:
    paths = sorted((ROOT / "templates").glob("*/project.json"))
    return {path.parent.name: read(str(path.relative_to(ROOT))) for path in paths}


class Library:
    def __init__(self) -> None:
        self.topics = {topic["id"]: topic for topic in read("curricula/topics.json")["topics"]}
        self.projects = manifests()

    def required_by(self, project: str) -> tuple[set[str], set[str]]:
        """The topics and projects that it needs first, with what these need."""
        topics: set[str] = set()
        projects: set[str] = set()
        open_projects = [project]
        while open_projects:
            requires = self.projects[open_projects.pop()].get("requires", {})
            self._add_topics(requires.get("topics", []), topics)
            for needed in requires.get("projects", []):
                if needed not in projects:
                    projects.add(needed)
                    open_projects.append(needed)
        return topics, projects

    def _add_topics(self, wanted: list[str], known: set[str]) -> None:
        for topic in wanted:
            if topic not in known:
                known.add(topic)
                self._add_topics(self.topics[topic].get("requires", []), known)


class Road:
    """The stages of a curriculum, and which come after which: where both are free, neither does."""

    def __init__(self, curriculum: dict[str, Any]) -> None:
        self.name = curriculum["id"]
        self.after: dict[str, set[str]] = {}  # of each stage, those that come before it
        self.begins_after: dict[str, set[str]] = {}  # the same, of what it teaches itself
        self.topics: dict[str, list[str]] = defaultdict(list)  # where each is taught
        self.projects: dict[str, list[str]] = defaultdict(list)
        self.offers: list[tuple[str, str]] = []  # projects, and their stages
        self.core: dict[str, list[str]] = {}  # of each stage
        self.unmarked: list[str] = []  # stages of several projects that do not say their core
        self.order: dict[str, int] = {}  # of the stages, as the file has them: one after its parts
        self._add(curriculum, set())

    def _add(self, parent: dict[str, Any], before: set[str]) -> set[str]:
        """The stages below `parent`, of which all come after `before`."""
        inside: set[str] = set()
        earlier: set[str] = set()
        for stage in parent.get("stages", []):
            own = before | set(stage.get("requires", []))
            if "requires" not in stage and stage["kind"] in IN_LINE:
                own |= earlier  # weeks and phases follow each other
            for needed in list(own):
                own |= self.after.get(needed, set())
            below = self._add(stage, own)
            # Of a stage itself, topics come before the stages in it, projects after them.
            self.begins_after[stage["id"]] = own
            self.after[stage["id"]] = own | below
            inside |= below | {stage["id"]}
            earlier |= below | {stage["id"]}
            self.order[stage["id"]] = len(self.order)
            for entry in stage.get("topics", []):
                self.topics[entry["topic"]].append(stage["id"])
            self._add_core(stage)
            for project in projects_of(stage):
                self.projects[project].append(stage["id"])
                self.offers.append((project, stage["id"]))
        return inside

    def _add_core(self, stage: dict[str, Any]) -> None:
        required = [
            entry["project"]
            for entry in stage.get("projects", [])
            if "project" in entry and not entry.get("optional")
        ]
        if len(required) > 1 and "core" not in stage:
            self.unmarked.append(f"{self.name}: {stage['id']} does not say which projects are core")
        core = stage.get("core", required)
        self.core[stage["id"]] = [project for project in required if project in core]

    def is_later(self, needed: list[str], stage: str) -> bool:
        """Whether all `needed` stages come after this one, by what they require or in the file."""
        return all(
            stage in self.after[place] or self.order[stage] < self.order[place] for place in needed
        )

    def hours_to(self, goal: str, library: Library) -> float:
        """What the core asks for until that project passes, each at the slow end."""
        (stage,) = self.projects[goal]
        wanted = [project for place in self.after[stage] for project in self.core[place]]
        own = self.core[stage]
        wanted += own[: own.index(goal) + 1]
        projects = set(wanted)
        topics: set[str] = set()
        for project in wanted:
            more_topics, more_projects = library.required_by(project)
            topics |= more_topics
            projects |= more_projects
        hours = [library.projects[project]["hours"]["max"] for project in projects]
        hours += [library.topics[topic]["hours"]["max"] for topic in topics]
        return float(sum(hours))

    def faults(self, library: Library) -> list[str]:
        """One line for each project and thing that it asks for too early."""
        faults = list(self.unmarked)
        if self.name in FIRST_MODEL:
            goal, most = FIRST_MODEL[self.name]
            hours = self.hours_to(goal, library)
            if hours > most:
                faults.append(f"{self.name}: {hours:g} hours to {goal}, {most:g} at most")
        for project, stage in self.offers:
            topics, projects = library.required_by(project)
            for needed in sorted(topics):
                places = self.topics.get(needed, [])
                if places and all(stage in self.begins_after[place] for place in places):
                    faults.append(f"{self.name}: {project} ({stage}) needs {needed} of {places[0]}")
            for needed in sorted(projects):
                places = self.projects.get(needed, [])
                if places and self.is_later(places, stage):
                    faults.append(f"{self.name}: {project} ({stage}) needs {needed} of {places[0]}")
        return faults


def projects_of(stage: dict[str, Any]) -> Iterator[str]:
    for entry in stage.get("projects", []):
        for one in entry.get("from", [entry]):
            yield one["project"]


def unbuilt(library: Library) -> list[str]:
    return [
        f"{name} is ready and requires {needed}, which is only planned"
        for name, manifest in library.projects.items()
        if manifest["status"] == "ready"
        for needed in manifest.get("requires", {}).get("projects", [])
        if library.projects[needed]["status"] != "ready"
    ]


def main() -> int:
    library = Library()
    faults = unbuilt(library)
    roads = 0
    for path in sorted((ROOT / "curricula").glob("*.json")):
        document = read(str(path.relative_to(ROOT)))
        if "stages" in document:
            roads += 1
            faults += Road(document).faults(library)
    print("\n".join(faults) or f"{roads} roadmaps can be walked")
    return 1 if faults or roads == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
