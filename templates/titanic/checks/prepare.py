"""The learner's features: no passenger is lost, none gives the answer away, each stands alone."""

from __future__ import annotations

from mlpath_check import Check, Frame
from passengers import PASSENGERS, column, table

FORBIDDEN = ("row_id", "Survived", "Name", "Ticket")


def _features(check: Check, rows: list[list], without: tuple[str, ...] = ()) -> Frame:
    got = check.call("titanic.features", table(rows, without))
    if not isinstance(got, Frame):
        check.fail(
            "`features` must return a pandas DataFrame; it returned {got}",
            got=got,
            because="One column alone is a Series, and `.to_numpy()` gives an array.",
            look='Pick columns by a list: `table[["Age", "Sex"]]`.',
        )
    return got


def rows(check: Check) -> None:
    """As many rows as passengers, in their order, with FamilySize right."""
    for kind, without in (("training", ()), ("test", ("Survived",))):
        got = _features(check, PASSENGERS, without)
        check.that(
            len(got.rows) == len(PASSENGERS),
            f"`features` was given {len(PASSENGERS)} passengers of a {kind} table and returned"
            f" {len(got.rows)}: {abs(len(PASSENGERS) - len(got.rows))} lost or added",
            expected=len(PASSENGERS),
            got=len(got.rows),
            because=(
                "Usually `dropna()`: it throws away every passenger with an empty cell. Their fate"
                " was real, and the test table asks for them too."
            ),
            look="Leave the gaps in `features`; the imputer in `build_model` fills them.",
        )
        check.that(
            "FamilySize" in got.columns,
            "`features` has no column FamilySize",
            got=got.columns,
            because="The column is not added, or has another name.",
            look='`table.assign(FamilySize=table["SibSp"] + table["Parch"] + 1)`',
        )
        place = got.columns.index("FamilySize")
        sizes = [row[place] for row in got.rows]
        expected = [a + b + 1 for a, b in zip(column("SibSp"), column("Parch"))]
        check.that(
            sizes == expected,
            "FamilySize is {got}, where SibSp + Parch + 1 is {expected}",
            got=sizes,
            expected=expected,
            because=(
                "Siblings and parents are counted, and the passenger too: hence + 1. Or the"
                " rows are in another order."
            ),
            look="A passenger alone has a FamilySize of 1.",
        )


def columns(check: Check) -> None:
    """Neither the answer nor who the passenger is."""
    got = _features(check, PASSENGERS)
    for name in FORBIDDEN:
        check.that(
            name not in got.columns,
            f"`features` hands the column {name} to the model",
            got=got.columns,
            because=(
                "That is the answer itself, and the test table does not have it."
                if name == "Survived"
                else (
                    "It says who a passenger is, not what they are like; a model that knows people"
                    " by name knows nothing of the next ship."
                )
            ),
            look="List the columns to keep, rather than those to drop.",
        )


def alone(check: Check) -> None:
    """The features of a passenger do not depend on who else is in the table."""
    together = _features(check, PASSENGERS)
    half = len(PASSENGERS) // 2
    for start in (0, half):
        few = _features(check, PASSENGERS[start : start + half])
        for i, row in enumerate(few.rows):
            whole = dict(zip(together.columns, together.rows[start + i]))
            part = dict(zip(few.columns, row))
            for name in whole:
                if not _equal(whole[name], part.get(name)):
                    check.fail(
                        f"{name} of one passenger depends on who else is in the table: it is"
                        " {whole} among all passengers and {part} among half of them",
                        whole=whole[name],
                        part=part.get(name),
                        expected="the same features in any company",
                        because=(
                            "A gap was filled by the mean of whatever table came in, or a column"
                            " was scaled or encoded by it. Then training and test rows are measured"
                            " by two yardsticks, and the test rows help to make theirs."
                        ),
                        look=(
                            "Leave gaps, scaling and encoding to the pipeline in `build_model`:"
                            " it learns them from the training rows alone."
                        ),
                    )


def _equal(a: object, b: object) -> bool:
    """Equal values; all that is missing is alike."""
    if a is None or b is None or a != a or b != b:
        return (a is None or a != a) and (b is None or b != b)
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) < 1e-9
    return a == b
