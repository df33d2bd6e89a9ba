"""Fails where nothing in a curriculum carries a line of its roadmap, and no reason is written down.

The roadmaps that the curricula were made from lie beside the checkout (`../shared/seeds`) or where
MLPATH_SEEDS says; without them this ends with SKIPPED and says so. Every heading, bullet, row, line
and URL of a roadmap is carried

- by an entry with the same words: heading, title, label, goal, text, sub-topic, title or address of
  a resource; or by several whose words make up the line, cut at its own punctuation. The entry is
  in the stage under whose heading the line stands, or in one inside or around it; only a stage is
  found anywhere, by a whole line;
- or by the entries that `coverage.json` names for it, because our words differ;
- or it is left over, for the reason that `coverage.json` gives.

`--list` prints every line with what carries it. A line of `coverage.json` that ends in … stands for
the one line of the roadmap that begins so.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("coverage.json")
SKIPPED = 77

URL = re.compile(r"https?://[^\s)\]>]+")
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
MARKER = re.compile(r"^\s*(?:#+|[*-]|\d+[.)])\s+")
# What a line begins with to say which kind of thing it holds.
KIND = re.compile(
    r"^(?:Topics?|Goal|Algorithm|Library|Libraries|Project(?: \d+)?(?: \([^)]*\))?|\(?Optional\)?)"
    r"(?:\W*:\W*|(?<=\))\s+)",
    re.IGNORECASE,
)
WORD = re.compile(r"[a-z0-9]+|[,;:/&+|()→.-]")
JOINING = {"and", "or", "vs"}


def tokens_of(text: str) -> list[str]:
    """Words in lower case and the punctuation between them; emphasis and apostrophes are gone."""
    text = re.sub(r"['’`*_]", "", text.lower()).replace("e.g.", " ").replace("e.g", " ")
    return WORD.findall(text)


def plain(text: str) -> str:
    return " ".join(word for word in tokens_of(text) if word[0].isalnum())


def length_of(length: dict[str, Any]) -> str:
    """As the roadmaps write it: 2-3 weeks, ongoing."""
    return "ongoing" if "ongoing" in length else "{min}-{max} {unit}".format(**length)


@dataclass
class Entries:
    """The addresses of a curriculum's entries, by their words and by the links that they hold."""

    addresses: set[str] = field(default_factory=set)
    words: dict[str, list[str]] = field(default_factory=dict)
    urls: dict[str, list[str]] = field(default_factory=dict)
    # The stages around each stage, itself last.
    around: dict[str, list[str]] = field(default_factory=dict)
    here: str = ""  # the stage whose heading was read last

    def add(self, address: str, *texts: str) -> None:
        self.addresses.add(address)
        for text in texts:
            if plain(text):
                self.words.setdefault(plain(text), []).append(address)

    def is_near(self, address: str) -> bool:
        stage = self.around[address.split("/")[0]]
        return not self.here or self.here in stage or stage[-1] in self.around[self.here]

    def pick(self, addresses: list[str], also: Container[str] = ()) -> str | None:
        """The first that is near, else the first of the others that may be far."""
        near = [address for address in addresses if address == "." or self.is_near(address)]
        return next(iter(near + [address for address in addresses if address in also]), None)

    def whole_line(self, words: str) -> str | None:
        return self.pick(self.words.get(words, []), also=self.around)

    def part_of_line(self, words: str) -> str | None:
        return self.pick(self.words.get(words, []))

    def enter(self, addresses: list[str]) -> None:
        if len(addresses) == 1 and addresses[0] in self.around:
            self.here = addresses[0]

    def add_topic(self, address: str, topic: dict[str, Any]) -> None:
        self.add(address, topic["title"], *topic.get("subtopics", []))
        for resource in topic["resources"]:
            self.add(address, resource["title"])
            for key in ("url", "replaces"):
                if key in resource:
                    self.urls.setdefault(resource[key], []).append(address)

    def add_stage(self, stage: dict[str, Any], around: list[str], library: Library) -> None:
        at = stage["id"]
        self.around[at] = [*around, at]
        title = stage["title"]
        label = stage.get("label", "")
        self.add(at, title, label, f"{label}: {title}", stage.get("goal", ""))
        if "length" in stage:
            self.add(at, f"{label}: {title} ({length_of(stage['length'])})")
        # Headings are the roadmap's own words, and come before the titles of our library.
        for entry in stage.get("topics", []):
            self.add(f"{at}/{entry['topic']}", entry.get("heading", ""))
        for entry in stage.get("projects", []):
            if "from" in entry:
                self.add(f"{at}/choice", entry.get("heading", ""))
            for project in entry.get("from", [entry]):
                name = project["project"]
                self.add(f"{at}/{name}", project.get("heading", ""), library.projects[name])
        for goal in stage.get("goals", []):
            self.add(f"{at}/{goal['id']}", goal["text"])
        for inside in stage.get("stages", []):
            self.add_stage(inside, self.around[at], library)
        for entry in stage.get("topics", []):
            self.add_topic(f"{at}/{entry['topic']}", library.topics[entry["topic"]])


@dataclass
class Library:
    topics: dict[str, dict[str, Any]]
    projects: dict[str, str]


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def read_library() -> Library:
    topics = read_json(ROOT / "curricula" / "topics.json")["topics"]
    projects = [read_json(path) for path in sorted(ROOT.glob("templates/*/project.json"))]
    return Library(
        {topic["id"]: topic for topic in topics},
        {project["id"]: project["title"] for project in projects},
    )


def entries_of(curriculum: str, library: Library) -> Entries:
    told = read_json(ROOT / "curricula" / f"{curriculum}.json")
    entries = Entries()
    entries.add(".", told["title"], told["summary"])
    for stage in told["stages"]:
        entries.add_stage(stage, [], library)
    return entries


@dataclass
class Line:
    number: int
    text: str
    urls: list[str]


def lines_of(seed: str) -> list[Line]:
    """The lines that say something, without what marks them up; the addresses that they hold."""
    found = []
    for number, raw in enumerate(seed.splitlines(), start=1):
        urls = list(dict.fromkeys(URL.findall(raw)))
        text = URL.sub("", LINK.sub(r"\1", MARKER.sub("", raw)))
        # Without emphasis, and without the symbols before the first word, some of them broken.
        text = re.sub(r"^[^A-Za-z0-9(\"]+", "", re.sub(r"[*`]", "", text))
        if plain(text) or urls:
            found.append(Line(number, " ".join(text.split()), urls))
    return found


def made_up_of(tokens: list[str], entries: Entries) -> list[str] | None:
    """The entries whose words, one after the other, are the line, cut where it cuts itself."""
    # best[i]: what carries the tokens before i; i is a place where the line may be cut.
    best: dict[int, list[str]] = {0: []}
    for i in range(len(tokens)):
        if i not in best:
            continue
        word = tokens[i]
        if not word[0].isalnum() or word in JOINING:
            best.setdefault(i + 1, best[i])
        for end in range(i + 1, len(tokens) + 1):
            cut = end == len(tokens) or not tokens[end][0].isalnum() or tokens[end] in JOINING
            words = " ".join(token for token in tokens[i:end] if token[0].isalnum())
            if cut and (address := entries.part_of_line(words)):
                best.setdefault(end, best[i] + ([address] if address not in best[i] else []))
    return best.get(len(tokens)) or None


def carried_by(text: str, entries: Entries) -> list[str] | None:
    for said in (text, KIND.sub("", text)):
        if address := entries.whole_line(plain(said)):
            return [address]
    # A number before a step, "2) …", is no word of it.
    said = re.sub(r"(?:^|(?<=→ ))\d+\)", "", KIND.sub("", text))
    return made_up_of(tokens_of(said), entries)


class Table:
    """The rows of `coverage.json` for one curriculum, and which of them were needed."""

    def __init__(self, told: dict[str, Any], curriculum: str) -> None:
        self.curriculum = curriculum
        self.matches = {row["line"]: row["entries"] for row in told["matches"].get(curriculum, [])}
        self.reasons = {
            line: row["reason"]
            for row in told["left_over"].get(curriculum, [])
            for line in row["lines"]
        }
        self.used: Counter[str] = Counter()

    def find(self, rows: dict[str, Any], text: str) -> Any:
        for key, value in rows.items():
            begins = key.endswith("…") and text.startswith(key[:-1])
            if begins or key == text:
                self.used[key] += 1
                return value
        return None

    def faults(self) -> list[str]:
        both = set(self.matches) & set(self.reasons)
        faults = [f"`{line}` is matched and left over at once" for line in sorted(both)]
        for line in [*self.matches, *self.reasons]:
            if self.used[line] == 0:
                faults.append(f"no line of the roadmap needs the row `{line}`")
            elif self.used[line] > 1 and line.endswith("…"):
                faults.append(f"several lines of the roadmap begin with `{line}`")
        return [f"{self.curriculum}: {fault}" for fault in faults]


def look_at(line: Line, entries: Entries, table: Table, where: str) -> tuple[list[str], list[str]]:
    """What carries the parts of a line, to be shown, and what is wrong."""
    shown: list[str] = []
    faults: list[str] = []
    if plain(line.text):
        found = carried_by(line.text, entries)
        if found is None:
            found = table.find(table.matches, line.text)
            for address in found or []:
                if address not in entries.addresses:
                    faults.append(f"{where}: there is no entry `{address}` in {table.curriculum}")
        reason = None if found else table.find(table.reasons, line.text)
        if found:
            entries.enter(found)
            shown.append(f"{where}: {line.text}\n    {', '.join(found)}")
        elif reason:
            shown.append(f"{where}: {line.text}\n    left over: {reason}")
        else:
            faults.append(f"{where}: nothing carries `{line.text}`")
    for url in line.urls:
        if address := entries.pick(entries.urls.get(url, [])):
            shown.append(f"{where}: {url}\n    {address}")
        elif reason := table.find(table.reasons, url):
            shown.append(f"{where}: {url}\n    left over: {reason}")
        else:
            faults.append(f"{where}: no resource has the address {url}")
    return shown, faults


def main(arguments: list[str]) -> int:
    seeds = Path(os.environ.get("MLPATH_SEEDS") or ROOT.parent / "shared" / "seeds")
    if not seeds.is_dir():
        print(f"skipped: the roadmaps are not in {seeds}; MLPATH_SEEDS names another folder")
        return SKIPPED
    told = read_json(TABLE)
    library = read_library()
    shown: list[str] = []
    faults: list[str] = []
    for number, curriculum in told["roadmaps"].items():
        files = sorted(seeds.glob(f"{number}_*"))
        if len(files) != 1:
            faults.append(f"{len(files)} files in {seeds} begin with {number}_, not one")
            continue
        entries = entries_of(curriculum, library)
        table = Table(told, curriculum)
        for line in lines_of(files[0].read_text(encoding="utf-8")):
            carried, wrong = look_at(line, entries, table, f"{number}:{line.number}")
            shown += carried
            faults += wrong
        faults += table.faults()
    if "--list" in arguments:
        print("\n".join(shown))
    if faults:
        print("\n".join(faults))
    else:
        left = sum("\n    left over: " in each for each in shown)
        print(f"{len(shown)} lines and addresses: {len(shown) - left} are carried by an entry,")
        print(f"{left} are left over for a reason")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
