"""The functions that look at the table: counts and means by species."""

from __future__ import annotations

from mlpath_check import Check

# Not the Iris table: other figures, so that a number typed in from a book is seen.
ROWS = [
    ("setosa", 5.0, 1.5),
    ("virginica", 6.5, 5.5),
    ("setosa", 5.4, 1.1),
    ("virginica", 6.1, 5.1),
    ("virginica", 6.9, 6.2),
    ("versicolor", 5.9, 4.4),
]


def _lay_table(check: Check) -> str:
    lines = ["row_id,sepal_length_cm,petal_length_cm,species"]
    lines += [f"{i},{sepal},{petal},{name}" for i, (name, sepal, petal) in enumerate(ROWS)]
    check.lay("few.csv", "\n".join(lines) + "\n")
    return "few.csv"


def _is_dict(check: Check, call: str, got: object) -> None:
    here = call.replace("few.csv", "data/train.csv")  # the few are the check's own
    check.that(
        isinstance(got, dict),
        f"`{call}` must return a dict; it returned {{got}}",
        got=got,
        because=(
            "A pandas Series looks like a dict, but is none until `.to_dict()` is called on it."
        ),
        look=f"In a Python shell: `from flowers import *`, then `type({here})`.",
    )


def counts(check: Check) -> None:
    """Six flowers, three species: each counted once."""
    path = _lay_table(check)
    expected = {"setosa": 2, "versicolor": 1, "virginica": 3}
    got = check.call("flowers.count_species", path)
    _is_dict(check, 'count_species("few.csv")', got)
    check.that(
        got == expected,
        "`count_species` was given a table of six flowers and returned {got}, not {expected}",
        got=got,
        expected=expected,
        because=(
            "It returns the empty dict of the skeleton, or reads another file than the one it is"
            " told in `path`."
        ),
        look=(
            "`pd.read_csv(path)` reads the table; `.value_counts()` on its column `species` counts."
        ),
    )


def means(check: Check) -> None:
    """The mean of whichever column is asked, for each species."""
    path = _lay_table(check)
    for place, column in ((1, "sepal_length_cm"), (2, "petal_length_cm")):
        got = check.call("flowers.mean_by_species", path, column)
        _is_dict(check, f'mean_by_species("few.csv", "{column}")', got)
        expected = {}
        for name in ("setosa", "versicolor", "virginica"):
            values = [row[place] for row in ROWS if row[0] == name]
            expected[name] = round(sum(values) / len(values), 6)
        right = set(got) == set(expected) and all(
            isinstance(got[name], (int, float)) and abs(got[name] - expected[name]) < 1e-6
            for name in expected
        )
        check.that(
            right,
            f"`mean_by_species` of the column {column} returned {{got}}, not {{expected}}",
            got=got,
            expected=expected,
            because=(
                "One mean for each species is asked, of the column that `column` names, whichever"
                " that is."
            ),
            look='`table.groupby("species")[column].mean()` does it; print it and compare by hand.',
        )
