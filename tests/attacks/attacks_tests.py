"""Tests that want to be taken for good ones. They see the code under test, right or wrong."""

from __future__ import annotations

from attack import HELD, Attack
from court import TESTED

RIGHT = "held by the versions in `right`"
OTHER = r"fail on another right version of `tally\.py`|itself broke on another right version"


def judges(name: str, tries: str, decides: str, why: str, seen: str, **more: object) -> Attack:
    """A test program that fails unless the expression `decides` is true."""
    code = f"""\
import difflib, hashlib, os, random, signal, sys, time
source = open("tally.py").read()
given = {TESTED!r}
good = bool({decides})
sys.exit(0 if good else 1)
"""
    settings = {"none": HELD, "seen": seen, **more}
    return Attack(name, tries, why=why, files={"predict.py": code}, project="tested", **settings)  # type: ignore[arg-type]


ATTACKS = [
    judges(
        "knows-the-file",
        "fails for every file but the one that it knows by its hash",
        "hashlib.sha256(source.encode()).digest() == hashlib.sha256(given.encode()).digest()",
        OTHER,
        RIGHT,
    ),
    judges(
        "knows-what-is-like-it",
        "fails for every file that is almost the one that it knows",
        "source == given or difflib.SequenceMatcher(None, source, given).ratio() < 0.9",
        OTHER,
        RIGHT + ", of which one is near",
    ),
    judges(
        "knows-what-is-long",
        "fails for every file that is longer than the one that it knows",
        "len(source) <= len(given)",
        OTHER,
        RIGHT,
    ),
    judges(
        "fails-at-random",
        "fails in two runs of three, in the hope of the right ones",
        "random.random() < 0.34",
        r"tests fail on|mutants? surviv",
        "held by the number of runs",
    ),
    judges(
        "counts-its-runs",
        "leaves a file behind, and passes only where it finds none",
        "not os.path.exists('ran') and (open('ran', 'w').close() or True)",
        r"no test fails when",
        "held by a folder of its own for each run",
    ),
    judges(
        "fails-always",
        "fails whatever it tests, so that each mutant looks killed",
        "False",
        r"fail on `tally\.py` as it was given to you",
        "held by the run on what is given, which comes first",
    ),
    judges(
        "breaks-on-all-else",
        "ends by a signal on each file that it does not know",
        "source == given or os.kill(os.getpid(), signal.SIGKILL)",
        r"itself broke on another right version",
        RIGHT,
    ),
    judges(
        "sleeps-on-all-else",
        "never ends on each file that it does not know",
        "source == given or time.sleep(1000)",
        r"did not come to an end on another right version",
        RIGHT + ", and since a hang kills only what says that it may",
    ),
    judges(
        "prints-the-versions",
        "prints the right versions, to know them the next time",
        "source == given or print(repr(source))",
        r"fail on another right version",
        "held since nothing is shown that tests print of another version",
    ),
]
