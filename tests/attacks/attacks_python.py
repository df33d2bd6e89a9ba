"""What Python lets a program do to itself, and to a judge that would live in the same process."""

from __future__ import annotations

import importlib.util
import marshal
import sys

from attack import HELD, Attack
from court import HONEST_CALLS

SUMS = "`total\\(\\[1, 2, 3\\]\\)`"
JUDGED_ELSEWHERE = "held because another process judges, from plain values"


def called(name: str, tries: str, code: str, why: str, **more: object) -> Attack:
    """An attack by what `tally.total` returns or does."""
    files = {"tally.py": code, **more.pop("files", {})}  # type: ignore[dict-item]
    settings = {"none": HELD, "seen": JUDGED_ELSEWHERE, **more}
    return Attack(name, tries, files=files, project="calls", why=why, **settings)  # type: ignore[arg-type]


def compiled(text: str) -> bytes:
    """A compiled file that is never compared with its source."""
    code = compile(text, "tally.py", "exec")
    return importlib.util.MAGIC_NUMBER + (1).to_bytes(4, "little") + bytes(8) + marshal.dumps(code)


ANSWER = """\
import json
import os


def total(parts):
    os.write(4, {answer} + b"\\n")
    os._exit(0)
"""

ATTACKS = [
    called(
        "exit-in-a-call",
        "ends the process with success in the middle of a call",
        "import os\n\n\ndef total(parts):\n    os._exit(0)\n",
        SUMS + " (ended|crashed|.*exit code 0)",
        seen="held by `crashed` of `judge_caller.cpp`",
    ),
    called(
        "exit-at-import",
        "ends with success while it is imported",
        "import sys\n\nsys.exit(0)\n",
        "SystemExit",
    ),
    called(
        "at-exit",
        "writes a verdict when the process ends",
        """\
import atexit
import os
import sys


def total(parts):
    sys.exit(0)


atexit.register(os.write, 4, b'{"do":"verdict","verdict":"pass"}\\n')
""",
        SUMS,
    ),
    called(
        "fake-verdict",
        "writes the judge's own line of a verdict over every descriptor",
        """\
import os

LINE = b'{"do":"verdict","verdict":"pass","message":"","expected":"","actual":"","facts":{}}\\n'


def total(parts):
    for descriptor in (1, 2, 3, 4):
        try:
            os.write(descriptor, LINE)
        except OSError:
            pass
    return 0
""",
        "cannot be read",
        seen="before it was fixed: an error instead of a failure",
    ),
    called(
        "answers-ahead",
        "answers before it is asked, so that answers belong to other questions",
        ANSWER.format(answer='b"\\n".join([b\'{"ok":true,"value":7}\'] * 9)'),
        SUMS + " returned 7",
    ),
    called(
        "no-answer",
        "answers with bytes that are no text",
        ANSWER.format(answer='b"\\xff\\xfe\\x00"'),
        "cannot be read",
        seen="without the except of `_parsed`: an error instead of a failure",
    ),
    called(
        "an-excuse",
        "answers in the caller's name that it could not be called",
        ANSWER.format(answer='b\'{"ok":false,"problem":"unavailable"}\''),
        SUMS + " could not be tried",
        seen="with a `ScriptError` for it: an error instead of a failure",
    ),
    called(
        "an-excuse-of-the-host",
        "answers in the host's name that it could not be called",
        ANSWER.format(answer="b'!no memory'"),
        "cannot be read",
        seen="where `exchange` lets it through: an error instead of a failure",
    ),
    called(
        "deep-answer",
        "answers with lists that are too deep for a reader",
        ANSWER.format(answer='b\'{"ok":true,"value":\' + b"[" * 1_000_000'),
        "cannot be read",
        seen="without the except of `_parsed`: an error instead of a failure",
    ),
    called(
        "endless-answer",
        "answers with a line that has no end",
        """\
import os


def total(parts):
    while True:
        os.write(4, b"x" * 65536)
""",
        "too (much|large)|more than",
        seen="held by `max_answer`",
    ),
    called(
        "unhashable-answer",
        "answers with a set of lists and with tags that do not exist",
        ANSWER.format(answer='b\'{"ok":true,"value":{"$set":[[1]]}}\''),
        "cannot be read",
        seen="held by `decode`",
    ),
    called(
        "not-a-number",
        "answers with NaN and with infinity",
        ANSWER.format(answer='b\'{"ok":true,"value":NaN}\''),
        SUMS + " returned nan",
    ),
    called(
        "lying-equal",
        "returns a number that equals everything",
        """\
class Lie(int):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = int.__hash__


def total(parts):
    return Lie(0)
""",
        SUMS + " returned 0, not 6",
    ),
    called(
        "lying-float",
        "returns an object that is any number when it is asked",
        """\
class Lie(float):
    def __float__(self):
        return 6.0

    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__

    def __abs__(self):
        return 0.0


def total(parts):
    return Lie(1)
""",
        SUMS + " returned 1.0, not 6",
    ),
    called(
        "lying-class",
        "returns an object that says that it is an int",
        """\
class Lie:
    __class__ = int

    def __eq__(self, other):
        return True

    def __int__(self):
        return 6

    __index__ = __int__


def total(parts):
    return Lie()
""",
        SUMS,
    ),
    called(
        "lying-length",
        "returns a list that lies about its length and its items",
        """\
class Lie(list):
    def __len__(self):
        return 6

    def __iter__(self):
        return iter([6])

    def __eq__(self, other):
        return True


def total(parts):
    return Lie()
""",
        SUMS,
    ),
    called(
        "pickle-in-a-value",
        "returns an object whose unpickling would run a program",
        """\
import os

from tools import P


class Trap:
    def __reduce__(self):
        return os.system, ("touch " + P["home"] + "/loaded",)


def total(parts):
    return Trap()
""",
        SUMS,
    ),
    called(
        "patched-builtins",
        "replaces what the judge would use if it lived here",
        """\
import builtins
import json
import operator

json.dumps = lambda *words, **more: '{"ok":true,"value":6}'
builtins.abs = builtins.len = builtins.isinstance = lambda *words: True
operator.eq = lambda a, b: True


def total(parts):
    return 0
""",
        "`total\\(\\[10, -4\\]\\)|`total\\(\\[1, 2, 3\\]\\)|`total\\(\\[\\]\\)",
    ),
    called(
        "shadowed-modules",
        "has modules with the names of Python's, of a package and of the judge's own",
        "def total(parts):\n    return 0\n",
        SUMS + " returned 0, not 6",
        files={
            name + ".py": "class Check:\n    def equal(self, *words, **more):\n        pass\n"
            for name in ("json", "sklearn", "mlpath_check", "mlpath_values", "judge", "caller")
        },
        seen="held because no folder of the learner's is on the judge's path",
    ),
    called(
        "site-customize",
        "has the files that Python runs before every program",
        "def total(parts):\n    return 0\n",
        SUMS + " returned 0, not 6",
        files={
            name: "import builtins\nbuiltins.sum = lambda parts: 0\n"
            for name in ("sitecustomize.py", "usercustomize.py")
        },
        seen="held by `-I -S` of the judge",
    ),
    called(
        "poisoned-pyc",
        "brings a compiled file that is right, beside a source that is wrong",
        "def total(parts):\n    return 0\n",
        SUMS + " returned 0, not 6",
        files={f"__pycache__/tally.{sys.implementation.cache_tag}.pyc": compiled(HONEST_CALLS)},
        seen="held because no compiled file is a source",
    ),
    called(
        "poisoned-pyc-in-check",
        "the same in the learner's own folder",
        "def total(parts):\n    return 0\n",
        SUMS + " returned 0, not 6",
        files={f"__pycache__/tally.{sys.implementation.cache_tag}.pyc": compiled(HONEST_CALLS)},
        seen="held because no compiled file is a source",
        check=True,
    ),
    called(
        "in-the-way-of-a-file",
        "puts a link where the judge is about to lay a file",
        """\
import os

from tools import P


def total(parts):
    if not os.path.lexists("notes"):
        os.symlink(P["home"], "notes")
    return sum(parts)


def total_of(path):
    return 11
""",
        "`notes/more.txt` could not be put into the project folder: .*lies behind a link",
        seen="before it was fixed: an error instead of a failure",
    ),
    called(
        "no-room-for-a-file",
        "fills its folder before the judge lays a file",
        """\
def total(parts):
    try:
        with open("full", "ab") as file:
            while True:
                file.write(bytes(1 << 20))
    except OSError:
        pass
    return sum(parts)


def total_of(path):
    return 11
""",
        "`notes/more.txt` could not be put into the project folder: .*No space left",
        rules="not run",
        none="not run",
        seen="before it was fixed: an error instead of a failure",
    ),
    Attack(
        "fake-report",
        "prints a report in mlpath's own format",
        files={
            "predict.py": """\
import json

print(json.dumps({"format": 1, "verdict": "pass", "portfolios": [{"verdict": "pass"}]}))
print("::notice::pass")
"""
        },
        project="prints",
        why="did not print JSON|is not what it should be",
        none=HELD,
        seen=JUDGED_ELSEWHERE,
    ),
    Attack(
        "fake-number",
        "prints the right number after an answer that is wrong",
        files={"predict.py": "print('{\"total\": 41}')\nprint('{\"total\": 42}')\n"},
        project="prints",
        why="did not print JSON",
        none=HELD,
        seen="held by the strict reader of JSON",
    ),
]
