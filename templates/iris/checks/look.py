"""The functions that look at the table: counts and means by species."""

from __future__ import annotations

from collections import Counter
from statistics import mean

from mlpath_check import Check, Frame, Mistake
from samples import SPECIES

# Not the Iris table: other numbers, so that what is typed in from a book is noticed.
COLUMNS = ["row_id", "sepal_length_cm", "petal_length_cm", "species"]
FLOWERS = Frame(
    COLUMNS,
    [
        [5, 5.0, 1.5, "setosa"],
        [9, 6.5, 5.5, "virginica"],
        [1, 5.4, 1.1, "setosa"],
        [8, 6.1, 5.1, "virginica"],
        [2, 6.9, 6.2, "virginica"],
        [4, 5.9, 4.4, "versicolor"],
    ],
)


def _counts(flowers: Frame) -> dict[str, int]:
    return dict(Counter(flowers.column("species")))


def counts(check: Check) -> None:
    """Each species with its number of flowers."""
    skeleton = Mistake(
        lambda flowers: {},
        "`count_species` was given a table of six flowers and returned an empty dict",
        "The skeleton's `return {}` is still there, or the dict is never filled.",
        '`flowers["species"]` is the column; `.value_counts()` counts its values.',
    )
    check.compare(
        "flowers.count_species",
        [FLOWERS],
        _counts,
        [skeleton],
        because="It may count in another table than the one it is given, or in another column.",
    )


def _means(flowers: Frame, column: str) -> dict[str, float]:
    rows = flowers.records()
    return {name: mean(row[column] for row in rows if row["species"] == name) for name in SPECIES}


def means(check: Check) -> None:
    """The mean of whichever column is asked for, for each species."""
    measured = COLUMNS[1:3]
    fixed = [
        Mistake(
            lambda flowers, column, always=always: _means(flowers, always),
            f"`mean_by_species` always takes the mean of {always}: {{got}}",
            "The name of the column is written into the function; `column` says which one to use.",
            '`flowers.groupby("species")[column]`: no quotes around `column`.',
        )
        for always in measured
    ]
    check.compare(
        "flowers.mean_by_species",
        [(FLOWERS, column) for column in measured],
        _means,
        fixed,
        tolerance=1e-6,
        because="It should return one mean for each species, of the column that `column` names.",
        look='Print `flowers.groupby("species")[column].mean()` and compare by hand.',
    )
