"""The functions that look at the table: counts and means by species."""

from __future__ import annotations

from collections import Counter
from statistics import mean

from mlpath_check import Check, Mistake

# Not the Iris table: other figures, so that a number typed in from a book is noticed.
ROWS = [
    ("setosa", 5.0, 1.5),
    ("virginica", 6.5, 5.5),
    ("setosa", 5.4, 1.1),
    ("virginica", 6.1, 5.1),
    ("virginica", 6.9, 6.2),
    ("versicolor", 5.9, 4.4),
]
COLUMNS = ["species", "sepal_length_cm", "petal_length_cm"]


def _lay_table(check: Check) -> str:
    lines = ["row_id,sepal_length_cm,petal_length_cm,species"]
    lines += [f"{i},{sepal},{petal},{name}" for i, (name, sepal, petal) in enumerate(ROWS)]
    check.lay("few.csv", "\n".join(lines) + "\n")
    return "few.csv"


def counts(check: Check) -> None:
    """Six flowers, three species: each counted once."""
    path = _lay_table(check)
    skeleton = Mistake(
        lambda path: {},
        "`count_species` was given a table of six flowers and returned an empty dict",
        "The skeleton's `return {}` is still there, or the dict is never filled.",
        "`pd.read_csv(path)` reads the table; `.value_counts()` on its column `species` counts.",
    )
    check.compare(
        "flowers.count_species",
        [path],
        lambda path: dict(Counter(row[0] for row in ROWS)),
        [skeleton],
        because="It may read another file than the one in `path`, or count another column.",
    )


def _means(path: str, column: str) -> dict[str, float]:
    place = COLUMNS.index(column)
    return {
        name: mean(row[place] for row in ROWS if row[0] == name)
        for name in ("setosa", "versicolor", "virginica")
    }


def means(check: Check) -> None:
    """The mean of whichever column is asked for, for each species."""
    path = _lay_table(check)
    fixed = [
        Mistake(
            lambda path, column, always=always: _means(path, always),
            f"`mean_by_species` always takes the mean of {always}: {{got}}",
            "The name of the column is written into the function; `column` says which one to use.",
            '`table.groupby("species")[column]`: no quotes around `column`.',
        )
        for always in COLUMNS[1:]
    ]
    check.compare(
        "flowers.mean_by_species",
        [(path, column) for column in COLUMNS[1:]],
        _means,
        fixed,
        tolerance=1e-6,
        because="It should return one mean for each species, of the column that `column` names.",
        look='`table.groupby("species")[column].mean()` does it; print it and compare by hand.',
    )
