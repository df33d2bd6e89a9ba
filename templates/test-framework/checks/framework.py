"""Milestones 1, 2 and 4: find tests, run them, and give them what they ask for."""

from __future__ import annotations

import re
from typing import Any

from mlpath_check import Check, Ref

SAMPLE = '''\
"""Some functions are tests, and some things only have such a name."""

LIMIT = 3
test_data = [1, 2, 3]


def testing():
    raise RuntimeError("no test: its name does not begin with test_")


def test_zebra():
    assert LIMIT == 3


def helper():
    raise RuntimeError("no test")


def test_apple():
    assert sum(test_data) == 7, "a sum of 6, not 7"


def test_kiwi():
    return test_data["a"]


def test_melon():
    raise ValueError("no melon")


def test_berry():
    pass
'''
NAMES = ["test_zebra", "test_apple", "test_kiwi", "test_melon", "test_berry"]
OUTCOMES = {
    "test_zebra": "passed",
    "test_apple": "failed",
    "test_kiwi": "broken",
    "test_melon": "broken",
    "test_berry": "passed",
}


def tried(options: str = "") -> str:
    """How to look for oneself."""
    return f"Try it on the tests that you have: `python3 run_tests.py tests/test_first.py{options}`"


def finds(check: Check) -> None:
    check.lay("sample.py", SAMPLE)
    got = check.as_list(check.call("testkit.test_names", "sample.py"), "`test_names`")
    because = "A test is a function whose name begins with `test_`, and nothing else."
    if "test_data" in got:
        because = "`test_data` is a list. `inspect.isfunction` tells functions from other things."
    elif sorted(got) == sorted(NAMES):
        because = "The names are sorted. `vars(module)` keeps the order in which they stand."
    elif "testing" in got:
        because = "`testing` begins with `test`, but not with `test_`."
    check.equal(got, NAMES, "`test_names`", because=because, look=tried(" --list"))
    check.lay("none.py", "def helper():\n    pass\n")
    check.equal(check.call("testkit.test_names", "none.py"), [], "`test_names` without a test")


def results_of(check: Check, path: str, seed: int | None = None) -> list[dict[str, str]]:
    args = (path,) if seed is None else (path, seed)
    results = check.as_list(check.call("testkit.run_file", *args), "`run_file`")
    for result in results:
        whole = isinstance(result, dict) and all(
            isinstance(result.get(key), str) for key in ("name", "outcome", "message")
        )
        check.that(
            whole,
            "A result is a dict with the texts `name`, `outcome` and `message`; one is {got}",
            got=result,
            because="`message` holds the exception itself; `str(problem)` is its text."
            if isinstance(result, dict) and isinstance(result.get("message"), Ref)
            else "",
        )
    return results


def runs(check: Check) -> None:
    check.lay("sample.py", SAMPLE)
    results = results_of(check, "sample.py")
    check.equal([one["name"] for one in results], NAMES, "The names in the results of `run_file`")
    got = {one["name"]: one["outcome"] for one in results}
    for name, outcome in OUTCOMES.items():
        check.that(
            got[name] == outcome,
            f"`{name}` should be {outcome}, and is {{got}}",
            got=got[name],
            expected=outcome,
            because="An AssertionError says that the claim is wrong: the test failed. Any other"
            " exception says that the test itself is broken, and what it claims is not known.",
            look=tried(),
        )
    told = {one["name"]: one["message"] for one in results}
    for name, words in (("test_apple", "a sum of 6, not 7"), ("test_melon", "no melon")):
        check.that(
            words in told[name],
            f"The message of `{name}` should tell what the exception says, and is {{got}}",
            got=told[name],
            expected=words,
            because="`str(problem)` is what an exception says.",
        )


def order(check: Check) -> None:
    many = "".join(f"def test_{number}():\n    pass\n\n\n" for number in range(30))
    check.lay("many.py", many)
    names = [f"test_{number}" for number in range(30)]

    def drawn(seed: int | None) -> list[str]:
        return [one["name"] for one in results_of(check, "many.py", seed)]

    check.equal(drawn(None), names, "Without a seed, the order of the tests")
    first = drawn(7)
    check.that(
        sorted(first) == sorted(names),
        "With a seed, each test should still run once",
        got=first,
        because="`random.shuffle` changes the list that it is given, and returns None.",
    )
    check.that(
        first != names and drawn(8) not in (first, names),
        "Another seed should give another order of the tests",
        because="The seed is not used, or the tests are not shuffled.",
        look=tried(" --seed 7"),
    )
    check.that(
        drawn(0) != names,
        "Seed 0 should draw an order too, and the tests ran in their own",
        because="`if seed:` is false for 0 as it is for None. `if seed is not None:` asks whether"
        " there is one.",
        look=tried(" --seed 0"),
    )
    check.that(
        drawn(7) == first,
        "The same seed should give the same order again",
        because="An order that cannot be repeated cannot be debugged: draw it with"
        " `random.Random(seed)`.",
    )


CODES = [
    (["passed", "passed"], 0, "all passed"),
    (["passed", "failed", "passed"], 1, "one test failed"),
    (["broken", "failed"], 1, "one test failed and one is broken"),
    (["passed", "broken"], 2, "none failed and one is broken"),
    ([], 2, "there is no test at all"),
]


def codes(check: Check) -> None:
    for outcomes, code, when in CODES:
        results = [
            {"name": f"test_{place}", "outcome": outcome, "message": ""}
            for place, outcome in enumerate(outcomes)
        ]
        got = check.call("testkit.exit_code", results)
        check.that(
            got == code,
            f"The exit code should be {code} where {when}; `exit_code` returned {{got}}",
            got=got,
            expected=code,
            because="Zero tells every other program that all is well, so it must be earned."
            if got == 0
            else "A test that failed counts before one that is broken.",
        )


FIXTURES = """\
from testkit import fixture


def note(word):
    with open("events.txt", "a") as file:
        file.write(word + " ")


@fixture(scope="file")
def store():
    note("+store")
    yield []
    note("-store")


@fixture()
def row(store):
    note("+row")
    store.append("row")
    yield {"n": 1}
    note("-row")


@fixture()
def cell(row):
    note("+cell")
    yield row
    note("-cell")


@fixture(scope="file")
def shelf(store):
    note("+shelf")
    yield store
    note("-shelf")


def seven():
    return 7


@fixture()
def plain():
    return 7


@fixture()
def bad(row):
    raise ValueError("nothing to give")


def test_values(cell, row, plain):
    note("values")
    assert cell is row and plain == 7, "a fixture is made once for a test"


def test_fails(row):
    note("fails")
    row["n"] = 2
    assert False, "on purpose"


def test_afresh(row, store):
    note("afresh")
    assert row["n"] == 1, "the row of the test before"
    assert len(store) == 3, "the store should be the same for all tests of the file"


def test_bad(bad):
    note("never")


def test_unknown(absent):
    pass


def test_unmarked(seven):
    assert seven == 7


def test_shelf(shelf):
    note("stands")


def test_without():
    note("without")
"""
READ = """\
def test_read():
    raise AssertionError(open("events.txt").read())
"""
EVENTS = "+store +row +cell values -cell -row +row fails -row +row afresh -row"
EVENTS += " +row -row +shelf stands without -shelf -store"


def gives(check: Check) -> None:
    check.lay("asks.py", FIXTURES)
    results = {one["name"]: one for one in results_of(check, "asks.py")}
    wanted = {
        "test_values": "passed",
        "test_fails": "failed",
        "test_afresh": "passed",
        "test_bad": "broken",
        "test_unknown": "broken",
        "test_unmarked": "broken",
        "test_shelf": "passed",
        "test_without": "passed",
    }
    causes = {
        "test_bad": "A fixture that it asks for raises, so the test cannot start.",
        "test_unmarked": "It asks for `seven`, a function of the file that is not marked with"
        " `@fixture()`. `fixture` leaves a mark: the attribute `scope`.",
    }
    for name, outcome in wanted.items():
        one: dict[str, Any] = results.get(name, {})
        check.that(
            one.get("outcome") == outcome,
            f"`{name}`, which asks for fixtures, should be {outcome}, and is {{got}}: "
            + str(one.get("message")),
            got=one.get("outcome"),
            expected=outcome,
            because=causes.get(
                name,
                "`inspect.signature(test).parameters` names what a test asks for. A fixture is"
                " made once for a test, and anew for the next, or once for the file.",
            ),
        )
    for test, asked in (("test_unknown", "absent"), ("test_unmarked", "seven")):
        check.that(
            asked in results[test]["message"],
            "A test that asks for an unknown fixture should be told its name; the message is {got}",
            got=results[test]["message"],
            expected=asked,
        )


def cleans(check: Check) -> None:
    check.lay("asks.py", FIXTURES)
    check.lay("events.py", READ)
    results_of(check, "asks.py")
    told = results_of(check, "events.py")[0]["message"]
    got = re.findall(r"[+-]\w+|values|fails|afresh|never|stands|without", told)
    because = "What is made last is cleaned up first, since it may need what was made before it."
    if "-row" not in got:
        because = "A generator fixture has a part after its `yield`: `next(made, None)` runs it."
    elif "-store" not in got:
        because = "A fixture of the file is cleaned up behind its last test."
    elif got.count("-row") < got.count("+row"):
        because = "After the test that failed nothing was cleaned up. `finally` or an `ExitStack`"
        because += " does so however the test ends."
    elif got.count("+store") > 1:
        because = 'A fixture with scope "file" is made once, and kept for the other tests.'
    elif got[-2:] == ["-store", "-shelf"]:
        because = "The fixtures of the file are cleaned up in the order in which they were made,"
        because += " and `shelf` was made of `store`: clean up in the opposite order."
    check.that(
        got == EVENTS.split(),
        "Fixtures are set up (+) and torn down (-) in another order than they should be",
        got=" ".join(got),
        expected=EVENTS,
        because=because,
    )
