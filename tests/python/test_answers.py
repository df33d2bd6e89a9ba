"""Answers that no caller of ours gives: whatever the learner's process says is a value or the
learner's failure, never "we could not tell"."""

from __future__ import annotations

import json
import random
import unittest
from pathlib import Path
from typing import Any

import scene  # noqa: F401 (puts the harness on the path)

# isort: split
from mlpath_check import Check, Failure

ODD: list[Any] = [
    None, True, 0, -1, 10**400, 1e308, float("inf"), float("nan"), "", "$tuple", "\ud800", [], {},
    [1e400], {"$int": "0x" + "f" * 5000}, {"$set": [{"$int": "0x" + "f" * 5000}]}, {"$float": "x"},
    {"$ref": 1e400}, {"$ref": 1}, {"$array": {"dtype": 1, "shape": [float("inf")], "data": 1}},
    {"$dict": [[{"$tuple": [1]}, 2]]}, {"$dict": [[[], 2]]}, {"$frame": {"columns": 1, "rows": 2}},
    {"$bytes": "é"}, {"$int": 7}, {"$tuple": 5}, {"$frozenset": [[1]]},
]  # fmt: skip
ANSWERS: list[dict[str, Any]] = [
    {"ok": True, "value": [1, {"a": {"$tuple": [1, 2.5]}}, {"$float": "nan"}]},
    {"ok": True, "value": {"$array": {"dtype": "int64", "shape": [2], "data": [1, 2]}}},
    {"ok": True, "value": {"$frame": {"columns": ["a"], "rows": [[1], [2]]}}},
    {"ok": True, "value": {"$ref": 0, "type": "builtins.generator"}},
    {"ok": False, "problem": "raised", "type": "KeyError", "bases": ["KeyError", "LookupError"],
     "message": "'Agee'", "during": "call", "file": "work.py", "line": 3},
    {"ok": False, "problem": "raised", "type": "SyntaxError", "bases": ["SyntaxError"],
     "during": "import", "file": "work.py", "line": 3},
    {"ok": False, "problem": "missing", "what": "function", "file": "work.py", "near": "g"},
    {"ok": False, "problem": "timeout", "during": "call", "seconds": 10, "used": 0.2},
    {"ok": False, "problem": "timeout", "during": "before", "seconds": 10, "used": 10},
    {"ok": False, "problem": "crashed", "message": "exit code 3", "output": "bye"},
    {"ok": False, "problem": "unencodable", "message": "nests"},
]  # fmt: skip
DEEP = [
    '{"ok":true,"value":' + opening * levels + "1" + closing * levels + "}"
    for opening, closing in (("[", "]"), ('{"$tuple":[', "]}"), ('{"a":', "}"))
    for levels in (90, 200, 300, 400, 480, 1000, 20_000)
]


def changed(value: Any, chance: random.Random) -> Any:
    """The value with something else in some of its places."""
    if chance.random() < 0.1:
        return chance.choice(ODD)
    if isinstance(value, list):
        return [changed(part, chance) for part in value]
    if isinstance(value, dict):
        return {key: changed(part, chance) for key, part in value.items() if chance.random() < 0.95}
    return value


def cut(line: str, chance: random.Random) -> str:
    """The line with a few characters changed or gone."""
    letters = list(line)
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(letters))
        letters[at] = chance.choice(["", '"', "{", "[", "9", "\\", "$", "\0", "e"])
    return "".join(letters)


def lines() -> list[str]:
    chance = random.Random(20)
    made = [json.dumps({"ok": True, "value": odd}) for odd in ODD]
    made += [json.dumps(odd) for odd in ODD] + DEEP
    for _ in range(4000):
        line = json.dumps(changed(chance.choice(ANSWERS), chance))
        made.append(cut(line, chance) if chance.random() < 0.3 else line)
    return made


def judged(line: str) -> None:
    """What check scripts do with a call."""
    check = Check(lambda request: line, Path("/"))
    got = check.call("work.f", 1)
    check.raises("work.f", 1)
    check.close(got, [1, {"a": (1, 2.5)}, float("nan")], "`f(1)`", 0.1)


class Answers(unittest.TestCase):
    def test_a_place_is_a_file_and_a_line_or_nothing(self) -> None:
        good = {"file": "work.py", "line": 3}
        cases: list[tuple[dict[str, Any], dict[str, Any]]] = [
            (good, good),
            ({**good, "column": 7}, {**good, "column": 7}),
            ({**good, "column": 10**400}, good),
            ({**good, "line": 10**400}, {}),
            ({**good, "line": float("inf")}, {}),
            ({**good, "line": True}, {}),
            ({**good, "line": 0}, {}),
            ({**good, "file": ["work.py"]}, {}),
            ({**good, "file": "\ud800.py"}, {"file": "\\ud800.py", "line": 3}),
            ({}, {}),
        ]
        for told, place in cases:
            line = json.dumps({"ok": False, "problem": "raised", "during": "call", **told})
            with self.subTest(told=told), self.assertRaises(Failure) as caught:
                Check(lambda request, line=line: line, Path("/")).call("work.f", 1)
            self.assertEqual(caught.exception.place, place)

    def test_no_answer_of_the_learners_process_breaks_the_harness(self) -> None:
        for line in lines():
            with self.subTest(line=line[:200]):
                try:
                    judged(line)
                except Failure as failure:
                    self.assertIsInstance(failure.message, str)
                    json.dumps(vars(failure), allow_nan=False)


if __name__ == "__main__":
    unittest.main()
