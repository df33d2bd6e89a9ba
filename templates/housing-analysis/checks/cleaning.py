"""The functions that clean: gaps, fills, the cap, outliers."""

from __future__ import annotations

from statistics import mean, median
from typing import Any

from districts import PRICE, far_out, made
from mlpath_check import Check, Frame, Mistake, difference

TABLES = [made(120, 1), made(60, 2, 200_001.0)]


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
    check.that(
        lost == 0,
        f"`{name}` returned {len(got.rows)} rows of {len(table.rows)}",
        expected="all rows, in their order",
        because="`dropna` throws whole rows away for one empty cell, with all that the others say.",
        look="`.fillna(…)` keeps the row.",
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
            what = f"The column `{column}` of what `{name}` returned"
            check.close(got.column(column), table.column(column), what)


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
            else "A few very large districts pull the mean up; the median does not move.",
            look="`.median()` passes over gaps by itself.",
        )
        _truth(check, got, "bedrooms_filled", [value is None for value in before])
        _same_elsewhere(check, "fill_bedrooms", got, table, "total_bedrooms")
        kept = [value for was, value in zip(before, after) if was is not None]
        check.close(kept, known, "The bedrooms that were no gaps")


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


def outliers(check: Check) -> None:
    for table in TABLES:
        got = check.as_frame(check.call("housing.outliers", table), "`outliers(table)`")
        expected = far_out(table)
        others = {
            "all rows but the outliers": len(table.rows) - len(expected),
            "those beyond 1.5 interquartile ranges, the near fences": len(far_out(table, 1.5)),
        }
        said = next((f": {what}" for what, n in others.items() if n == len(got.rows)), "")
        check.that(
            len(got.rows) == len(expected),
            f"of {len(table.rows)} districts, `outliers` returned {len(got.rows)}{said}",
            expected=f"{len(expected)} outliers",
            because="A mean and a standard deviation are themselves moved by the outliers, which"
            " hide behind them. Quartiles are not."
            if not said and len(got.rows) < len(expected)
            else "The condition is the other way round."
            if "all rows but" in said
            else "The rooms were not divided by the households, or the fences lie elsewhere.",
            look="Rooms for each household; its quartiles by `.quantile([0.25, 0.75])`; beyond 3"
            " times their distance.",
        )
        wanted = Frame(table.columns, [table.rows[i] for i in expected])
        for column in table.columns:
            told = got.column(column) if column in got.columns else None
            check.close(told, wanted.column(column), f"The column `{column}` of the outliers")
