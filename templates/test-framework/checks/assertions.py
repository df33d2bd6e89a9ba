"""Milestone 3: assertions that explain."""

from __future__ import annotations

from typing import Any

from mlpath_check import Array, Check, Frame, Raised

NAN = float("nan")
KINDS = "Values of two kinds differ. Ask for the kind of both before you walk down into either."


def array(*numbers: Any) -> Array:
    return Array("float64", [len(numbers)], list(numbers))


def raised_by(check: Check, name: str, args: tuple[Any, ...]) -> Raised | None:
    if name == "expect_equal":
        return check.raises("testkit.expect_equal", *args)
    return check.raises("testkit.expect_close", *args)


def holds(check: Check, name: str, *args: Any, because: str = "") -> None:
    raised = raised_by(check, name, args)
    check.that(
        raised is None,
        f"`{name}` should find nothing wrong with {{values}}, and raised {raised}:"
        f" {getattr(raised, 'message', '')}",
        values=args[:2],
        because="An array or a table compared by `==` is many answers, not one: compare it item"
        " by item (`tolist()` makes a list)."
        if raised is not None and "ValueError" in raised.bases
        else because,
    )


def differs(check: Check, name: str, words: list[str], *args: Any, because: str = "") -> None:
    raised = raised_by(check, name, args)
    did = "nothing" if raised is None else f"{raised}: {raised.message}"
    check.that(
        raised is not None and "AssertionError" in raised.bases,
        f"`{name}` should raise an AssertionError for {{values}}; it raised {did}",
        values=args,
        because=because
        or (
            "An array or a table compared by `==` is many answers, not one: compare it item by"
            " item (`tolist()` makes a list)."
            if raised is not None
            else "Two values that differ passed as equal."
        ),
    )
    assert raised is not None
    told = raised.message
    missing = [word for word in words if not any(part in told for part in word.split(" or "))]
    check.that(
        not missing,
        f"The message of `{name}` should name where the two first differ, what was expected and"
        " what came; {got} does not name {missing}",
        got=raised.message,
        missing=", ".join(missing),
        because="Whoever reads it has not seen the values: a bare `assert got == expected` says"
        " nothing."
        if not raised.message
        else "The index, the key or the column is part of the news, and so are both values.",
    )


def equal(check: Check) -> None:
    for value in (3, "tea", [1, [2, 3]], {"a": [1], "b": None}, (1, 2)):
        holds(check, "expect_equal", value, value)
    differs(check, "expect_equal", ["41", "42"], 41, 42)
    differs(check, "expect_equal", ["tea", "3"], "tea", 3)
    differs(check, "expect_equal", ["1", "37", "29"], [5, 37, 8], [5, 29, 8])
    differs(check, "expect_equal", ["price", "17", "19"], {"price": 17}, {"price": 19})
    differs(
        check, "expect_equal", ["rows", "2", "18", "16"], {"rows": [5, 7, 18]}, {"rows": [5, 7, 16]}
    )
    differs(
        check,
        "expect_equal",
        ["2", "3"],
        [5, 6],
        [5, 6, 7],
        because="`zip` ends with the shorter of two lists: compare the lengths first.",
    )
    differs(
        check,
        "expect_equal",
        ["3", "2"],
        [5, 6, 7],
        [5, 6],
        because="What came has more items than was expected: compare the lengths first.",
    )
    differs(check, "expect_equal", ["tax"], {"price": 17}, {"price": 17, "tax": 2})
    differs(
        check,
        "expect_equal",
        ["tax"],
        {"price": 17, "tax": 2},
        {"price": 17},
        because="What came has a key that was not expected. Whoever walks over the keys of one"
        " side does not see those that only the other has.",
    )
    for got, expected in (([5], 5), (5, [5]), ({"a": 5}, [5]), ([5], {"a": 5}), ("5", [5])):
        differs(check, "expect_equal", [], got, expected, because=KINDS)


def close(check: Check) -> None:
    holds(check, "expect_close", 0.1 + 0.2, 0.3, because="0.1 + 0.2 is 0.30000000000000004.")
    holds(check, "expect_close", [1.0, 2.04], [1.0, 2.0], 0.05)
    holds(
        check,
        "expect_close",
        {"plan": "pro", "minutes": [1, 2.04]},
        {"plan": "pro", "minutes": [1.0, 2]},
        0.05,
        because="A whole number (int) and a decimal number (float) can be close too, and texts"
        " are compared as ever.",
    )
    differs(check, "expect_close", ["1", "2.06", "2.0"], [1.0, 2.06], [1.0, 2.0], 0.05)
    differs(
        check,
        "expect_close",
        ["1.5", "2.5"],
        1.5,
        2.5,
        0.1,
        because="The distance has no sign: `abs(got - expected)`.",
    )


def tables(check: Check) -> None:
    holds(check, "expect_close", array(1.0, 2.0), array(1.0, 2.0))
    differs(check, "expect_close", ["1", "2.25", "2.0"], array(1.0, 2.25), array(1.0, 2.0))
    frame = Frame(["visits", "plan"], [[3, "pro"], [4, "basic"]])
    holds(check, "expect_equal", frame, frame)
    other = Frame(["visits", "plan"], [[3, "pro"], [4, "plus"]])
    differs(check, "expect_equal", ["plan", "1", "basic", "plus"], other, frame)
    renamed = Frame(["calls", "plan"], [[3, "pro"], [4, "basic"]])
    differs(check, "expect_equal", ["visits or calls"], renamed, frame)
    shorter = Frame(["visits", "plan"], [[3, "pro"]])
    differs(check, "expect_equal", ["2", "1"], shorter, frame)
    inside = "A table or an array can stand inside of a dict or a list: ask what each part is."
    holds(check, "expect_equal", {"table": frame}, {"table": frame}, because=inside)
    differs(
        check,
        "expect_close",
        ["mean", "1", "2.25", "2.0"],
        {"mean": array(1.0, 2.25)},
        {"mean": array(1.0, 2.0)},
        because=inside,
    )


def gaps(check: Check) -> None:
    because = "NaN is not equal to itself (`float('nan') == float('nan')` is False), so a gap"
    because += " needs a question of its own: `math.isnan`."
    holds(check, "expect_close", [1.0, NAN], [1.0, NAN], because=because)
    holds(check, "expect_close", array(NAN, 2.0), array(NAN, 2.0), because=because)
    frame = Frame(["minutes"], [[153.7], [NAN]])
    holds(check, "expect_equal", frame, frame, because=because)
    holds(
        check,
        "expect_close",
        [1.0, None],
        [1.0, NAN],
        because="NaN and None both say that there is no value.",
    )
    because = "A gap and a number are not equal, whatever the tolerance. `abs(nan - 2.0) > 0.1` is"
    because += " False, as is every comparison with NaN."
    differs(check, "expect_close", ["1", "2.0"], [1.0, NAN], [1.0, 2.0], 0.1, because=because)
    differs(check, "expect_close", ["0", "4.0"], array(4.0, 2.0), array(NAN, 2.0), because=because)
    differs(check, "expect_close", ["2.0"], None, 2.0, because=because)
