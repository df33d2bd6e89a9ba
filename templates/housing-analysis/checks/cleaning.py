"""The functions that clean: gaps, fills, the cap, outliers."""

from __future__ import annotations

from statistics import mean, median, stdev
from typing import Any

from districts import PRICE, beyond, far_out, made, quantile, ratios, untouched
from mlpath_check import Check, Frame, Mistake, difference

TABLES = [made(120, 1), made(60, 2, 200_001.0, size=3.0)]
SMALL = made(40, 6)


def _counts(table: Frame) -> dict[str, int]:
    return {name: table.column(name).count(None) for name in table.columns}


def gaps(check: Check) -> None:
    mistakes = [
        Mistake(
            lambda table: {name: len(table.rows) - n for name, n in _counts(table).items()},
            "`gaps` counts the filled cells instead of the empty ones: {got}",
            "`.count()` and `.notna()` look at what is there.",
        ),
        Mistake(
            lambda table: {name: n for name, n in _counts(table).items() if n},
            "`gaps` leaves out the columns without gaps: {got}",
            "Every column is asked for; one without gaps has a count of 0.",
        ),
        Mistake(
            lambda table: sum(_counts(table).values()),
            "`gaps` adds up the whole table: {got}",
            "`.sum()` twice adds up everything; once, it adds up each column.",
        ),
    ]
    check.compare(
        "housing.gaps",
        TABLES,
        _counts,
        mistakes,
        look="`table.isna()` is true where a cell is empty; `.sum()` counts what is true.",
    )


def _marked(check: Check, name: str, returned: Any, mark: str, table: Frame) -> Frame:
    """The frame that came back, with as many rows, and the mark as a column of truth values."""
    got = check.as_frame(returned, f"`{name}(table)`")
    lost = len(table.rows) - len(got.rows)
    filling = name == "fill_bedrooms"
    check.that(
        lost == 0,
        f"`{name}` returned {len(got.rows)} rows of {len(table.rows)}",
        expected="all rows, in their order",
        because="`dropna` throws whole rows away for one empty cell, with all that the others say."
        if filling
        else "Rows were chosen instead of marked. Whoever reads the mark may leave them out.",
        look="`.fillna(…)` keeps the row."
        if filling
        else "A comparison of a column gives True or False for each row: that is the new column.",
    )
    lacking = [column for column in [*table.columns, mark] if column not in got.columns]
    check.that(
        not lacking,
        f"what `{name}` returned has no column `{lacking[0] if lacking else ''}`",
        expected=f"the columns of the table, and `{mark}`",
        because="Only a part of the table is returned, or the mark has another name.",
        look="`table.assign(new_column=…)` gives a copy with one more column.",
    )
    return got


def _same_elsewhere(check: Check, name: str, got: Frame, table: Frame, *changed: str) -> None:
    for column in table.columns:
        if column not in changed:
            what = f"the column `{column}` of what `{name}` returned"
            told, known = got.column(column), table.column(column)
            check.that(
                told.count(None) >= known.count(None),
                f"`{name}` filled the gaps of `{column}` too",
                expected="its gaps as they were",
                because="`fillna` on the whole table fills every column. What was made up there has"
                " no mark.",
                look='One column alone: `table["total_bedrooms"].fillna(…)`.',
            )
            check.close(told, known, what)


def fill(check: Check) -> None:
    for table in TABLES:
        returned = check.call("housing.fill_bedrooms", table)
        got = _marked(check, "fill_bedrooms", returned, "bedrooms_filled", table)
        before, after = table.column("total_bedrooms"), got.column("total_bedrooms")
        known = [value for value in before if value is not None]
        left = after.count(None)
        check.that(
            left == 0,
            f"{left} {'gap is' if left == 1 else 'gaps are'} still there after `fill_bedrooms`",
            because="`fillna` returns a new column; the old one stays as it is.",
            look='`table.assign(total_bedrooms=table["total_bedrooms"].fillna(…))`',
        )
        filled = {float(value) for was, value in zip(before, after) if was is None}
        value = next(iter(filled))
        causes = {0.0: "zero", mean(known): "the mean of the column"}
        what = next((w for v, w in causes.items() if abs(value - v) < 1e-6), "")
        check.that(
            difference(sorted(filled), [median(known)], 1e-6) is None,
            f"the gaps are filled with {value:,.1f}" + (f", which is {what}" if what else ""),
            expected=f"the median of the column, {median(known):,.1f}",
            because="A district without bedrooms is no district."
            if value == 0
            else "A few very large districts pull the mean up; the median does not move."
            if what
            else "It may be the median of another column, or of another table: a number that is"
            " typed in is right for one file.",
            look="`.median()` passes over gaps by itself.",
        )
        _truth(check, got, "bedrooms_filled", [value is None for value in before])
        _same_elsewhere(check, "fill_bedrooms", got, table, "total_bedrooms")
        kept = [value for was, value in zip(before, after) if was is not None]
        check.close(kept, known, "The bedrooms that were no gaps")
    untouched(check, "fill_bedrooms", SMALL)


def _truth(check: Check, got: Frame, mark: str, expected: list[bool]) -> None:
    told = got.column(mark)
    wrong = sum(bool(a) != b for a, b in zip(told, expected))
    check.that(
        wrong == 0 and all(value in (True, False) for value in told),
        f"`{mark}` is wrong in {wrong} of {len(told)} rows: it is True in {_true(told)}",
        expected=f"True in {_true(expected)}",
        because="The mark was made after the change, when the trace was already gone, or it marks"
        " the other rows."
        if mark == "bedrooms_filled"
        else "500,001 is the cap of one file. In another table, it is another price: a cap shows as"
        " the highest value, which many rows share."
        if _true(told) == 0
        else "The cap is the highest price itself: prices near it were really measured.",
        look="`table[column].isna()` before `fillna`."
        if mark == "bedrooms_filled"
        else f'Compare `table["{PRICE}"]` with its own `.max()`.',
    )


def _true(values: list[Any]) -> int:
    return sum(bool(value) for value in values)


def cap(check: Check) -> None:
    for table in TABLES:
        returned = check.call("housing.mark_capped", table)
        got = _marked(check, "mark_capped", returned, "capped", table)
        prices = table.column(PRICE)
        _truth(check, got, "capped", [price == max(prices) for price in prices])
        _same_elsewhere(check, "mark_capped", got, table)
    untouched(check, "mark_capped", SMALL)


def _rules(table: Frame) -> list[tuple[list[int], str, str]]:
    """The rows that other rules choose, which they are, and why that is not asked for."""
    values = ratios(table)
    center, spread = mean(values), stdev(values)
    low, high = quantile(values, 0.25), quantile(values, 0.75)
    room, out = 3 * (high - low), set(far_out(table))
    return [
        (
            [i for i in range(len(values)) if i not in out],
            "all rows but the outliers",
            "The condition is the other way round.",
        ),
        (
            far_out(table, 1.5),
            "those beyond 1.5 interquartile ranges, the near fences",
            "1.5 is the reach of a box plot's whiskers. The far fences are at 3.",
        ),
        (
            [i for i, value in enumerate(values) if value > high + room],
            "those above the upper fence alone",
            "There are two fences: too few rooms are as odd as too many.",
        ),
        (
            [i for i, value in enumerate(values) if abs(value - center) > 3 * spread],
            "those beyond three standard deviations of the mean",
            "A mean and a standard deviation are themselves moved by the outliers, which"
            " hide behind them. Quartiles are not.",
        ),
        (
            [i for i, value in enumerate(values) if abs(value - median(values)) > room],
            "those more than 3 interquartile ranges from the median",
            "The reach begins at the quartiles, not at the middle.",
        ),
        (
            beyond(table.column("total_rooms")),
            "those that are far out in `total_rooms`",
            "The rooms were not divided by the households: a large district is not an odd one.",
        ),
    ]


def outliers(check: Check) -> None:
    for table in TABLES:
        got = check.as_frame(check.call("housing.outliers", table), "`outliers(table)`")
        expected = far_out(table)
        lacking = [column for column in table.columns if column not in got.columns]
        check.that(
            not lacking,
            f"what `outliers` returned has no column `{lacking[0] if lacking else ''}`",
            expected="whole rows of the table",
            because="Only some columns were chosen, or the index took their place.",
            look="A condition in brackets chooses whole rows: `table[condition]`.",
        )
        chosen = got.column("total_rooms")
        rooms = table.column("total_rooms")
        said, cause = next(
            (
                (f": {what}", why)
                for rows, what, why in _rules(table)
                if rows != expected and [rooms[i] for i in rows] == chosen
            ),
            (
                "",
                "The fences lie elsewhere, or hold for one table alone: they are worked out anew.",
            ),
        )
        wanted = Frame(table.columns, [table.rows[i] for i in expected])
        check.that(
            sorted(chosen) == sorted(wanted.column("total_rooms")),
            f"of {len(table.rows)} districts, `outliers` returned {len(got.rows)}{said}",
            expected=f"{len(expected)} outliers",
            because=cause,
            look="Rooms for each household; its quartiles by `.quantile([0.25, 0.75])`; beyond 3"
            " times their distance.",
        )
        for column in table.columns:
            what = f"the column `{column}` of the outliers"
            check.close(got.column(column), wanted.column(column), what)
    untouched(check, "outliers", SMALL)
