"""The functions that look at the table: what is missing, and who survived."""

from __future__ import annotations

from mlpath_check import Check, Frame, Mistake, same


def _missing(table: Frame) -> dict[str, int]:
    return {name: table.column(name).count(None) for name in table.columns}


MISSING_MISTAKES = [
    Mistake(
        lambda table: {name: len(table.rows) - n for name, n in _missing(table).items()},
        "`missing_counts` counts the filled cells instead of the empty ones: {got}",
        "`.count()` and `.notna()` look at what is there.",
    ),
    Mistake(
        lambda table: {name: n for name, n in _missing(table).items() if n},
        "`missing_counts` leaves out the columns without gaps: {got}",
        "Every column is asked for; a column without gaps has a count of 0.",
    ),
    Mistake(
        lambda table: sum(_missing(table).values()),
        "`missing_counts` adds up the whole table: {got}",
        "`.sum()` twice, or on an array, adds up everything; once, it adds up each column.",
    ),
    Mistake(
        lambda table: dict.fromkeys(table.columns, 0),
        "`missing_counts` finds no empty cell anywhere: {got}",
        'An empty cell is NaN (*not a number*), which equals nothing: `== None`, `== ""` and even'
        " `== np.nan` are false for it.",
    ),
]


def missing(check: Check) -> None:
    """Ten passengers with gaps that can be counted by hand."""
    check.compare(
        "titanic.missing_counts",
        [check.table("checks/passengers.csv")],
        _missing,
        MISSING_MISTAKES,
        because="It should return one number for each column, 0 where nothing is missing.",
        look="`table.isna()` is true where a cell is empty; `.sum()` counts what is true.",
    )


def _groups(table: Frame, column: str) -> dict[object, list[int]]:
    """The `Survived` of the passengers with each value of the column."""
    pairs = list(zip(table.column(column), table.column("Survived")))
    return {value: [s for v, s in pairs if v == value] for value in dict(pairs)}


def _rates(table: Frame, column: str) -> dict[object, float]:
    return {value: sum(group) / len(group) for value, group in _groups(table, column).items()}


def _counts(table: Frame, column: str) -> dict[object, int]:
    return {value: sum(group) for value, group in _groups(table, column).items()}


SURVIVAL_MISTAKES = [
    Mistake(
        lambda *args: {v: n / sum(_counts(*args).values()) for v, n in _counts(*args).items()},
        "`{call}` returned {got}: the make-up of the survivors, not the rate of survival",
        "Of the survivors, how many were women, and of the women, how many survived, are two"
        " different questions. A large group has many survivors even where few of it survive; a"
        " model needs the second question.",
        "Do not select the survivors first: group the whole table, then take the mean of `Survived`"
        " in each group.",
    ),
    Mistake(
        _counts,
        "`{call}` returned {got}: how many survived, not the proportion",
        "`.sum()` counts the survivors of a group; `.mean()` divides by the size of the group.",
    ),
    Mistake(
        lambda *args: {value: 1 - rate for value, rate in _rates(*args).items()},
        "`{call}` returned {got}: the proportion that died",
        "In `Survived`, 1 is a survivor.",
    ),
    Mistake(
        lambda *args: {value: 100 * rate for value, rate in _rates(*args).items()},
        "`{call}` returned {got}: percentages",
        "A proportion is from 0 to 1; the mean of `Survived` is one already.",
    ),
    Mistake.where(
        lambda got, expected: same(got, expected, 0.006),
        "`{call}` returned {got}: rounded to a few digits",
        "Round a number where it is printed. What a function returns is calculated with, or drawn.",
    ),
]


def survival(check: Check) -> None:
    """The proportion of survivors in each group, not of each group among the survivors."""
    passengers = check.table("checks/passengers.csv")
    check.compare(
        "titanic.survival_rate",
        [(passengers, "Sex"), (passengers, "Pclass")],
        _rates,
        SURVIVAL_MISTAKES,
        tolerance=1e-6,
        because="The rate of a group is the mean of its `Survived`, where 1 is a survivor.",
        look='`table.groupby(column)["Survived"].mean()`: print it, and count by hand.',
    )
