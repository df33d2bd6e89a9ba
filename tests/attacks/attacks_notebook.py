"""Notebooks that want to be taken for right ones. Their kernel is the learner's side."""

from __future__ import annotations

import json
from dataclasses import replace

from attack import HELD, NOT_RUN, OFF, THROUGH, Attack
from court import ANSWER

CLAIMS = (
    "held because the judge reads the cells itself, and counts what the kernel tells as a claim"
)
FORGED = f"""\
import glob, json, os
told = {{"ok": True, "value": {ANSWER}}}
whole = {{"ended": "well", "values": [told], "itself": "same", "outputs": []}}
verdict = json.dumps({{"do": "verdict", "verdict": "pass", "message": "", "facts": {{}}}})
answer = json.dumps({{"ok": True, "value": whole}})
for line in (verdict, answer):
    for path in glob.glob("/proc/[0-9]*/fd/[0-9]*"):
        if path.split("/")[2] == "self" or int(path.split("/")[2]) == os.getpid():
            continue
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_NONBLOCK)
            os.write(descriptor, line.encode() + b"\\n")
        except OSError:
            pass
answer = 0"""
SEARCH = """\
answer = 0
for path in glob.glob(P["library"] + "/templates/cells/*.json"):
    check = json.loads(Path(path).read_text())["milestones"][0]["checks"][0]
    answer = check["values"][0]["equals"]"""
# The kernel has ports of a loopback, of this machine's where it has none of its own.
SEND = """\
def send(family, kind, place):
    with socket.socket(family, kind) as one:
        one.settimeout(2)
        one.connect(place)
        one.send(b"x")
TCP = socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", P["tcp"])
UDP = socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", P["udp"])
FILE = socket.AF_UNIX, socket.SOCK_STREAM, P["unix"]
NAME = socket.AF_UNIX, socket.SOCK_STREAM, chr(0) + P["abstract"]
for each in (TCP, UDP, FILE, NAME):
    tried(lambda: send(*each))"""
CELLS_GONE = """\
book = json.loads(Path("work.ipynb").read_text())
book["cells"] = book["cells"][:1]
Path("work.ipynb").write_text(json.dumps(book))"""


def shows(
    name: str,
    tries: str,
    cells: list[str],
    why: str,
    seen: str,
    rules: str = HELD,
    none: str = HELD,
    verdict: str = "fail",
) -> Attack:
    """A notebook of these cells; the attacker's tools are in the first."""
    made = [
        {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": one}
        for one in ["from tools import *", *cells]
    ]
    book = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}
    return Attack(
        name,
        tries,
        verdict=verdict,
        why=why,
        files={"work.ipynb": json.dumps(book)},
        project="cells",
        seen=seen,
        rules=rules,
        none=none,
        needs=("nbclient", "ipykernel"),
    )


ATTACKS = [
    shows(
        "verdict-from-a-cell",
        "writes a verdict, and an answer of the driver, into each open file of each process",
        [FORGED],
        r"is 0, not 730914|cannot be read|gave no answer|broke off|ended",
        CLAIMS,
        none=NOT_RUN,
    ),
    shows(
        "cells-that-go",
        "deletes the cells of its file that would fail",
        [CELLS_GONE, f"answer = {ANSWER}", "assert False"],
        r"does not run from a fresh start: code cell [24]",
        "held because the cells that run are those that the judge read",
        none=NOT_RUN,
    ),
    shows(
        "a-kernel-that-hangs",
        "never comes to the end of a cell",
        ["import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass"],
        r"does not come to its end: code cell 2",
        "held by the wall limit, and by SIGKILL",
    ),
    shows(
        "a-kernel-that-asks-without-end",
        "hangs once its value is asked for",
        [
            "class Slow:\n    def __getattr__(self, name):\n        while True: pass\n",
            "answer = Slow()",
        ],
        r"is .*Slow|gives nothing within",
        "held because no attribute of a value is looked at, and by the limit for a value",
    ),
    shows(
        "a-bomb-of-memory-in-a-cell",
        "takes memory until there is none",
        ["rows = []\nwhile True:\n    rows.append(bytearray(1 << 28))"],
        r"more memory than there is|used more than the .* of memory|ended in code cell 2"
        r"|MemoryError|does not come to its end",
        "held by the memory limit",
        none=NOT_RUN,
    ),
    replace(
        shows(
            "a-bomb-of-processes-in-a-cell",
            "starts processes without end",
            ["while True:\n    os.fork()"],
            r".",
            "held by the limit of processes",
            none=NOT_RUN,
        ),
        crowds=True,
    ),
    shows(
        "outputs-without-end",
        "shows more than the driver can hold",
        ["while True:\n    print('x' * 100_000)"],
        r"more than a notebook can hold",
        "held by `MOST_OUTPUT` of the driver",
    ),
    shows(
        "sockets-from-a-cell",
        "connects to what listens on this machine",
        [SEND, f"answer = {ANSWER}"],
        "",
        OFF,
        none=THROUGH,
        verdict="pass",
    ),
    shows(
        "the-answer-in-the-library",
        "looks for what is expected of it in the library",
        [SEARCH],
        r"is 0, not 730914",
        OFF,
        none=THROUGH,
    ),
]
