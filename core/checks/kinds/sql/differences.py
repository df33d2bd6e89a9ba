"""How the rows of a query differ from the right ones, told as a teacher would."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mlpath_values import show
from sql_text import Sql

Row = Sequence[Any]
SHOWN = 5  # rows
PAIRED = 400  # rows that are compared each with each

NULLS = (
    "NULL is compared with = or <>. NULL equals nothing, not even itself, so that such a condition"
    " is never true: write `IS NULL` or `IS NOT NULL`."
)
NOT_IN = (
    "The list behind NOT IN can hold a NULL, and then nothing is known to be not in it:"
    " leave NULL out of the list, or use NOT EXISTS."
)
FAN_OUT = (
    "A join doubled rows (a fan-out): it gives one row for each pair that matches, so that a row"
    " with several partners comes several times."
)
INTEGERS = (
    "Integer division: in SQL, 7 / 2 is 3, since both numbers are integers."
    " Multiply by 1.0 first, or write CAST(… AS REAL)."
)
HUNDREDTHS = "It is a percentage; a proportion, from 0 to 1, is asked."
HUNDREDS = "It is a proportion; a percentage, from 0 to 100, is asked."
INNER = (
    "An inner JOIN drops the rows that have no partner; a LEFT JOIN keeps them, with NULL in the"
    " columns of the other table."
)


@dataclass
class Answer:
    """What a query gave."""

    columns: list[str]
    rows: list[Row]
    more: bool = False  # than could be told
    first_rows: bool = False  # the author's: it ends with LIMIT


@dataclass
class Difference:
    says: str
    because: str = ""
    look: str = ""
    expected: str = ""
    actual: str = ""


def number(cell: Any) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def same_cell(got: Any, right: Any, tolerance: float) -> bool:
    if number(got) and number(right):
        return got == right or math.isclose(got, right, rel_tol=tolerance, abs_tol=tolerance)
    return type(got) is type(right) and bool(got == right)


def same_row(got: Row, right: Row, tolerance: float) -> bool:
    return len(got) == len(right) and all(map(same_cell, got, right, [tolerance] * len(right)))


def same_rows(got: Sequence[Row], right: Sequence[Row], tolerance: float) -> bool:
    """In this order."""
    return len(got) == len(right) and all(
        same_row(one, other, tolerance) for one, other in zip(got, right)
    )


def key(row: Row) -> tuple[Any, ...]:
    """Equal for rows that are equal to nine digits; for blobs too, which are dicts."""
    return tuple(f"{cell:.9g}" if number(cell) else (type(cell), str(cell)) for cell in row)


def apart(
    got: Sequence[Row], right: Sequence[Row], tolerance: float
) -> tuple[list[Row], list[Row]]:
    """The rows that are missing, and those that are too many, in whatever order they come."""
    wanted = Counter(map(key, right))
    extra: list[Row] = []
    for row in got:
        if wanted[key(row)] > 0:
            wanted[key(row)] -= 1
        else:
            extra.append(row)
    missing: list[Row] = []
    for row in reversed(right):
        if wanted[key(row)] > 0:
            wanted[key(row)] -= 1
            missing.insert(0, row)
    if len(missing) <= PAIRED and len(extra) <= PAIRED:  # nine digits are not the tolerance
        for row in list(missing):
            like = next((other for other in extra if same_row(other, row, tolerance)), None)
            if like is not None:
                missing.remove(row)
                extra.remove(like)
    return missing, extra


def rows_in_words(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows" if count else "no row"


def right_rows(right: Answer) -> str:
    return (
        f"{len(right.rows):,} is right"
        if len(right.rows) == 1
        else f"{len(right.rows):,} are right"
    )


def listing(rows: Sequence[Row], columns: Sequence[str] = ()) -> str:
    """Rows as lines, under their columns."""
    lines = [" | ".join(columns)] if columns else []
    lines += [" | ".join(cell_text(cell) for cell in row) for row in rows[:SHOWN]]
    if len(rows) > SHOWN:
        lines.append(f"… and {len(rows) - SHOWN:,} more")
    return "\n".join(lines)


def cell_text(cell: Any) -> str:
    if cell is None:
        return "NULL"
    if isinstance(cell, dict):
        return f"{next(iter(cell))} of {cell['length']:,}" if "length" in cell else cell["float"]
    return show(cell, 60, 9)


def of_columns(got: Answer, right: Answer) -> Difference | None:
    have, want = [name.lower() for name in got.columns], [name.lower() for name in right.columns]
    if have == want:
        return None
    told = {"expected": ", ".join(right.columns), "actual": ", ".join(got.columns)}
    if len(have) != len(want):
        count = f"{len(have)} column" + ("" if len(have) == 1 else "s")
        asked = f"{len(want)} {'is' if len(want) == 1 else 'are'} asked"
        return Difference(f"gives {count}; {asked}", **told)
    if sorted(have) == sorted(want):
        return Difference("gives the columns in another order", **told)
    place = next(i for i, (one, other) in enumerate(zip(have, want)) if one != other)
    return Difference(
        f"names column {place + 1} `{got.columns[place]}`; it should be `{right.columns[place]}`",
        f"A column is named behind AS: `… AS {right.columns[place]}`.",
        **told,
    )


def difference(
    got: Answer, right: Answer, sql: Sql, ordered: bool, tolerance: float
) -> Difference | None:
    """None where the answer is right."""
    columns = of_columns(got, right)
    if columns is not None:
        return columns
    if got.more:
        return _far_too_many(got, right, sql)
    missing, extra = apart(got.rows, right.rows, tolerance)
    if missing or extra:
        found = _explained(got, right, missing, extra, sql, tolerance)
        if sql.compares_null:
            found.because = NULLS
        found.expected = found.expected or listing(missing or right.rows, right.columns)
        found.actual = found.actual or listing(extra or got.rows, got.columns)
        return found
    if ordered and not same_rows(got.rows, right.rows, tolerance):
        return _order(got, right, sql, tolerance)
    return None


def _far_too_many(got: Answer, right: Answer, sql: Sql) -> Difference:
    unbound = sql.commas_in_from or sql.count("JOIN") > sql.count("ON") + sql.count("USING")
    return Difference(
        f"gives more than {rows_in_words(len(got.rows))}; {right_rows(right)}",
        "A join has no condition, so that each row meets every row of the other table (a cross"
        " join)."
        if unbound
        else FAN_OUT
        if sql.joins
        else "",
        expected=listing(right.rows, right.columns),
        actual=listing(got.rows, got.columns),
    )


def _explained(
    got: Answer, right: Answer, missing: list[Row], extra: list[Row], sql: Sql, tolerance: float
) -> Difference:
    if not got.rows:
        cause = NOT_IN if sql.has("NOT", "IN") else ""
        return Difference(f"gives no row; {right_rows(right)}", cause, actual="no row")
    if not right.rows:
        says = f"gives {rows_in_words(len(got.rows))}; no row is right"
        return Difference(says, expected="no row")
    if extra and not missing:
        return _too_many(got, right, extra, sql, tolerance)
    if missing and not extra:
        return _too_few(missing, right, sql)
    if len(missing) == len(extra):
        wrong = _wrong_cells(missing, extra, right.columns, sql, tolerance)
        if wrong is not None:
            return wrong
    lost = f"{rows_in_words(len(missing))} {'is' if len(missing) == 1 else 'are'} missing"
    many = f"{rows_in_words(len(extra))} {'is' if len(extra) == 1 else 'are'} too many"
    return Difference(f"is wrong: {lost}, and {many}")


def _too_many(
    got: Answer, right: Answer, extra: list[Row], sql: Sql, tolerance: float
) -> Difference:
    known = set(map(key, right.rows))
    count = f"{len(extra):,} of its {rows_in_words(len(got.rows))}"
    if all(key(row) in known for row in extra):
        return Difference(
            f"gives rows more than once: {count} {'is' if len(extra) == 1 else 'are'} too many",
            FAN_OUT if sql.joins else "Rows that are equal stay apart without DISTINCT.",
            "Count the rows before and after each JOIN: `SELECT COUNT(*) FROM …`."
            if sql.joins
            else "",
            expected=f"{rows_in_words(len(right.rows))}, each once",
        )
    first = same_rows(got.rows[: len(right.rows)], right.rows, tolerance)
    if right.first_rows and "LIMIT" not in sql.words and first:
        return Difference(
            f"gives {rows_in_words(len(got.rows))} where the first {len(right.rows):,} are asked",
            "LIMIT ends the rows after so many.",
        )
    return Difference(
        f"gives {rows_in_words(len(extra))} too many",
        "" if {"WHERE", "HAVING"} & set(sql.words) else "It has no condition that keeps them out.",
    )


def _too_few(missing: list[Row], right: Answer, sql: Sql) -> Difference:
    lone = any(cell is None or cell == 0 for row in missing for cell in row)
    inner = sql.joins and not sql.keeps_partnerless and lone
    once = len(set(map(key, right.rows))) < len(right.rows) and "DISTINCT" in sql.words
    return Difference(
        f"lacks {rows_in_words(len(missing))} of {len(right.rows):,}",
        INNER if inner else "DISTINCT makes one row of rows that are equal." if once else "",
        actual="not there",
    )


def _wrong_cells(
    missing: list[Row], extra: list[Row], columns: list[str], sql: Sql, tolerance: float
) -> Difference | None:
    """Where the rows are the right ones but for the cells of one column."""
    for place, column in enumerate(columns):
        rest = [(key((*row[:place], *row[place + 1 :])), row) for row in missing]
        others = {key((*row[:place], *row[place + 1 :])): row for row in extra}
        if len(others) != len(extra) or {one for one, _ in rest} != set(others):
            continue
        pairs = [(others[one][place], row[place]) for one, row in rest]
        because, look = _cause(pairs, sql, tolerance)
        have, want = pairs[0]
        rows = rows_in_words(len(pairs))
        return Difference(
            f"has wrong values in `{column}`, in {rows}: {cell_text(have)} where {cell_text(want)}"
            " is right",
            because,
            look,
            expected=listing([row for _, row in rest], columns),
            actual=listing([others[one] for one, _ in rest], columns),
        )
    return None


def _cause(pairs: list[tuple[Any, Any]], sql: Sql, tolerance: float) -> tuple[str, str]:
    """Why each of these values is wrong, where one reason explains all; how to look."""
    if all(have is None and want == 0 for have, want in pairs):
        return "A sum over no rows is NULL: `COALESCE(SUM(…), 0)` makes 0 of it.", ""
    if all(isinstance(have, str) and have.strip() == cell_text(want) for have, want in pairs):
        return "It is a text that looks like a number.", ""
    if all(isinstance(have, str) and isinstance(want, str) for have, want in pairs):
        alike = all(have.strip().lower() == want.strip().lower() for have, want in pairs)
        return ("Only case or spaces differ." if alike else ""), ""
    if not all(number(have) and number(want) for have, want in pairs):
        return "", ""
    if "/" in sql.words and all(have == math.trunc(want) != want for have, want in pairs):
        return INTEGERS, ""
    times = [have / want if want else math.nan for have, want in pairs]
    for factor, cause in ((100, HUNDREDTHS), (0.01, HUNDREDS)):
        if all(math.isclose(one, factor, rel_tol=1e-6) for one in times):
            return cause, ""
    whole = all(one > 1.5 and math.isclose(one, round(one), rel_tol=1e-9) for one in times)
    if sql.joins and whole:
        often = f"{round(times[0])} times too large"
        return (
            f"The first is {often}. {FAN_OUT} Then a sum or a count takes it several times.",
            "Count the rows before and after each JOIN: `SELECT COUNT(*) FROM …`.",
        )
    for digits in range(5):
        unit = 10.0**-digits
        if all(
            same_cell(have, round(have, digits), tolerance) and abs(have - want) <= 0.51 * unit
            for have, want in pairs
        ):
            return "It is rounded; the number with all its digits is asked.", ""
    return "", ""


def _order(got: Answer, right: Answer, sql: Sql, tolerance: float) -> Difference:
    place = next(
        i for i, (one, other) in enumerate(zip(got.rows, right.rows))
        if not same_row(one, other, tolerance)
    )  # fmt: skip
    if not sql.has("ORDER", "BY"):
        because = "Without ORDER BY, rows come in whatever order the database finds them."
    elif same_rows(got.rows[::-1], right.rows, tolerance):
        because = "They are the other way round: ASC counts up, DESC down."
    else:
        because = (
            "They are sorted by something else, or ties are left to chance: a second column in"
            " ORDER BY decides between rows that tie in the first."
        )
    return Difference(
        f"has the right rows in another order: row {place + 1} is not the right one",
        because,
        expected=listing(right.rows[place:], right.columns),
        actual=listing(got.rows[place:], got.columns),
    )
