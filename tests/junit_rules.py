"""What Jenkins' xunit plugin takes as JUnit XML, by the rules of its schema (junit-10.xsd, as its
repository has it): the elements, what may stand in them, and their attributes. Stricter than what
most other readers ask for. As a program: junit_rules.py FILE… tells the faults and fails on them.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as tree
from dataclasses import dataclass, field
from pathlib import Path

# The schema's SUREFIRE_TIME, for a whole number of seconds and what follows.
TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?")
COUNTS = ("tests", "failures", "errors")


@dataclass(frozen=True)
class Element:
    inside: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    text: bool = False
    times: frozenset[str] = field(default_factory=frozenset)  # attributes of the form of a time


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RESULT = Element(optional=words("type message"), text=True)
RERUN = Element(words("stackTrace system-out system-err"), words("type"), words("message"), True)
PLAIN = Element(text=True)
ELEMENTS = {
    "testsuites": Element(
        words("testsuite"),
        optional=words("name time tests failures errors"),
        times=words("time"),
    ),
    "testsuite": Element(
        words("testsuite properties testcase system-out system-err"),
        words("name tests failures errors"),
        words("group time skipped timestamp hostname id package file log url"),
        times=words("time"),
    ),
    "testcase": Element(
        words("skipped error failure rerunFailure rerunError flakyFailure flakyError")
        | words("system-out system-err"),
        words("name"),
        words("time classname group"),
    ),
    "properties": Element(words("property")),
    "property": Element(required=words("name value")),
    **dict.fromkeys(("skipped", "error", "failure"), RESULT),
    **dict.fromkeys(("rerunFailure", "rerunError", "flakyFailure", "flakyError"), RERUN),
    **dict.fromkeys(("system-out", "system-err", "stackTrace"), PLAIN),
}


def faults_in(node: tree.Element) -> list[str]:
    rule = ELEMENTS.get(node.tag)
    if rule is None:
        return [f"there is no element {node.tag}"]
    faults = [
        f"{node.tag} may not have the attribute {name}"
        for name in node.attrib
        if name not in rule.required | rule.optional
    ]
    faults += [f"{node.tag} needs {name}" for name in rule.required if name not in node.attrib]
    faults += [
        f"{node.tag}: {node.get(name)} is no time"
        for name in rule.times
        if not TIME.fullmatch(node.get(name, "0"))
    ]
    said = [node.text, *(child.tail for child in node)]
    if not rule.text and any((part or "").strip() for part in said):
        faults.append(f"{node.tag} may hold no text")
    for child in node:
        if child.tag not in rule.inside:
            faults.append(f"{node.tag} may not hold {child.tag}")
        faults += faults_in(child)
    return faults


def wrong_counts(root: tree.Element) -> list[str]:
    """What no schema sees: the counts are those of the cases."""
    faults = []
    for suite in root.iter("testsuite"):
        right = {
            "tests": len(suite.findall("testcase")),
            "failures": len(suite.findall("testcase/failure")),
            "errors": len(suite.findall("testcase/error")),
            "skipped": len(suite.findall("testcase/skipped")),
        }
        faults += [
            f"{suite.get('name')}: {name} is {suite.get(name)}, counted {count}"
            for name, count in right.items()
            if suite.get(name) != str(count)
        ]
    for name in COUNTS:
        total = sum(int(suite.get(name, "0")) for suite in root)
        if root.get(name) != str(total):
            faults.append(f"{name} is {root.get(name)} of all suites, which have {total}")
    return faults


def faults_of(text: str) -> list[str]:
    try:
        root = tree.fromstring(text)
    except tree.ParseError as fault:
        return [f"no XML: {fault}"]
    if root.tag not in ("testsuites", "testsuite"):
        return [f"{root.tag} is not what a report begins with"]
    return faults_in(root) or wrong_counts(root)


def main() -> int:
    faults = [fault for path in sys.argv[1:] for fault in faults_of(Path(path).read_text("utf-8"))]
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
