"""The functions that look at the table: what is missing, and who survived."""

from __future__ import annotations

from mlpath_check import Check
from passengers import COLUMNS, PASSENGERS, column, table


def _dict(check: Check, name: str, got: object) -> dict:
    if not isinstance(got, dict):
        check.fail(
            f"`{name}` must return a dict; it returned {{got}}",
            got=got,
            because="A pandas Series looks like a dict, but is none until `.to_dict()` is called.",
            look=f"Put `.to_dict()` behind what `{name}` returns.",
        )
    return got


def missing(check: Check) -> None:
    """Ten passengers with gaps that can be counted by hand."""
    got = _dict(check, "missing_counts", check.call("titanic.missing_counts", table(PASSENGERS)))
    expected = {name: sum(cell is None for cell in column(name)) for name in COLUMNS}
    for name in COLUMNS:
        check.that(
            name in got,
            f"`missing_counts` does not tell the column {name}",
            got=got,
            expected=expected,
            because="Every column is asked for, those without gaps too: their count is 0.",
            look="`table.isna().sum()` has one number for each column.",
        )
        check.that(
            got[name] == expected[name],
            f"of {len(PASSENGERS)} passengers, {expected[name]} have an empty {name};"
            " `missing_counts` says {value}",
            value=got[name],
            got=got,
            expected=expected,
            because="Filled cells were counted instead of empty ones, or the table was changed.",
            look="`table.isna()` is true where a cell is empty; `.sum()` counts what is true.",
        )


def survival(check: Check) -> None:
    """The share of survivors in each group, not the share of each group among the survivors."""
    survived = column("Survived")
    for name in ("Sex", "Pclass"):
        groups = column(name)
        rate, among = {}, {}
        for group in sorted(set(groups)):
            members = [s for s, g in zip(survived, groups) if g == group]
            rate[group] = sum(members) / len(members)
            among[group] = sum(members) / sum(survived)
        call = f'survival_rate(table, "{name}")'
        got = _dict(check, call, check.call("titanic.survival_rate", table(PASSENGERS), name))
        if _same(got, among):
            check.fail(
                f"`{call}` returned {{got}}: the make-up of the survivors, not the rate of"
                " survival",
                got=got,
                expected=rate,
                because=(
                    "Of the survivors, how many were women, and of the women, how many survived,"
                    " are two questions. A group that is large has many survivors even where few of"
                    " it survive; a model needs the second question."
                ),
                look=(
                    "Do not pick the survivors first: group the whole table, then take the mean of"
                    " `Survived` in each group."
                ),
            )
        check.that(
            _same(got, rate),
            f"`{call}` returned {{got}}, not {{expected}}",
            got=got,
            expected=rate,
            because="The rate of a group is the mean of its `Survived`, where 1 is a survivor.",
            look='`table.groupby(column)["Survived"].mean()`: print it, and count by hand.',
        )


def _same(got: dict, expected: dict) -> bool:
    return set(got) == set(expected) and all(
        isinstance(got[key], (int, float)) and abs(got[key] - expected[key]) < 1e-6
        for key in expected
    )
