"""What the test program says of each test: claims of the learner's side, bounded when read."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

MOST_BYTES = 4 << 20
MOST_TESTS = 5000
MOST_NAME = 200
OUTCOMES = ("passed", "failed", "broken")
ASSERTED = ("AssertionError", "assert", "Failed:")  # how pytest begins what no assertion let pass

Results = dict[str, str]  # the outcome of each test, by its name


class Unreadable(Exception):
    """The text says why, as the end of "…, which"."""


def read_results(path: Path) -> Results:
    raw = path.read_bytes()
    if len(raw) > MOST_BYTES:
        raise Unreadable("has more than 4 MB")
    try:
        found = of_xml(raw) if raw.lstrip().startswith(b"<") else of_json(raw)
    except RecursionError:
        raise Unreadable("nests too deep") from None
    if len(found) > MOST_TESTS:
        raise Unreadable(f"names more than {MOST_TESTS} tests")
    return found


def of_json(raw: bytes) -> Results:
    """[{"name": "test_total", "outcome": "passed"}, …]; what else an entry has is not read."""
    try:
        told = json.loads(raw)
    except ValueError:
        raise Unreadable("is not JSON") from None
    if not isinstance(told, list):
        raise Unreadable("is not a JSON list with an object for each test")
    found: Results = {}
    for entry in told:
        name = entry.get("name") if isinstance(entry, dict) else None
        outcome = entry.get("outcome") if isinstance(entry, dict) else None
        if not isinstance(name, str) or outcome not in OUTCOMES:
            raise Unreadable(
                "has an entry without a `name` and an `outcome` of `passed`, `failed` or `broken`"
            )
        if name[:MOST_NAME] in found:
            raise Unreadable("names a test twice")
        found[name[:MOST_NAME]] = outcome
    return found


def of_xml(raw: bytes) -> Results:
    """What `pytest --junitxml` writes. An exception that is no assertion's is `broken`."""
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise Unreadable("has a document type, which no test report has")
    try:
        root = ElementTree.fromstring(raw)
    except (ElementTree.ParseError, ValueError, LookupError):
        raise Unreadable("is not well-formed XML") from None
    found: Results = {}
    for case in root.iter("testcase"):
        name = case.get("name", "")[:MOST_NAME]
        if case.find("skipped") is not None:
            continue
        failure = case.find("failure")
        if failure is not None:
            asserted = failure.get("message", "").startswith(ASSERTED)
            found[name] = "failed" if asserted else "broken"
        else:
            broken = case.find("error") is not None
            found[name] = "broken" if broken else found.get(name, "passed")
    return found
