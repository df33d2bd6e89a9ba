"""The learner's features: no passenger is lost, none gives the answer away, each stands alone."""

from __future__ import annotations

from mlpath_check import Check, Frame, same

TABLE = "checks/passengers.csv"
WHO = (
    "It says who a passenger is, not what they are like; a model that knows people by name knows"
    " nothing about the next ship."
)
FORBIDDEN = {
    "row_id": WHO,
    "Survived": "That is the answer itself (target leakage), and the test table does not have it.",
    "Name": WHO,
    "Ticket": WHO,
}


def _features(check: Check, table: Frame, kind: str) -> Frame:
    """A row for each passenger of the table."""
    got = check.as_frame(check.call("titanic.features", table), "`features`")
    count = len(table.rows)
    check.that(
        len(got.rows) == count,
        f"`features` was given {count} passengers of a {kind} table and returned {{got}}:"
        f" {abs(count - len(got.rows))} lost or added",
        expected=count,
        got=len(got.rows),
        because="Usually `dropna()`: it throws away every passenger with an empty cell. Their fate"
        " was real, and the test table asks for them too.",
        look="Leave the gaps in `features`; the imputer in `build_model` fills them.",
    )
    return got


def rows(check: Check) -> None:
    """As many rows as passengers, in their order, FamilySize right, and nothing that tells who."""
    passengers = check.table(TABLE)
    expected = [p["SibSp"] + p["Parch"] + 1 for p in passengers.records()]
    for kind, table in (("training", passengers), ("test", passengers.without("Survived"))):
        got = _features(check, table, kind)
        check.that(
            "FamilySize" in got.columns,
            "`features` has no column FamilySize",
            got=got.columns,
            because="The column is not added, or has another name.",
            look='`table.assign(FamilySize=table["SibSp"] + table["Parch"] + 1)`',
        )
        sizes = got.column("FamilySize")
        check.that(
            sizes == expected,
            "FamilySize is {got}, where SibSp + Parch + 1 is {expected}",
            got=sizes,
            expected=expected,
            because=(
                "The passenger counts too, besides siblings and parents: hence + 1."
                if sizes == [size - 1 for size in expected]
                else "Another formula, or the rows are in another order."
            ),
            look="A passenger alone has a FamilySize of 1.",
        )
        for name, because in FORBIDDEN.items():
            check.that(
                name not in got.columns,
                f"`features` hands the column {name} to the model",
                got=got.columns,
                because=because,
                look="List the columns to keep, rather than those to drop.",
            )


def alone(check: Check) -> None:
    """The features of a passenger do not depend on who else is in the table."""
    passengers = check.table(TABLE)
    together = _features(check, passengers, "training").records()
    half = len(together) // 2
    for start in (0, half):
        few = Frame(passengers.columns, passengers.rows[start : start + half])
        for whole, part in zip(together[start:], _features(check, few, "training").records()):
            for name, value in whole.items():
                check.that(
                    same(value, part.get(name)),
                    f"{name} of one passenger depends on who else is in the table: it is {{whole}}"
                    " among all passengers and {part} among half of them",
                    whole=value,
                    part=part.get(name),
                    expected="the same features in any company",
                    because="A gap was filled by the mean of whatever table came in, or a column"
                    " was scaled or encoded by it. Then training and test rows are measured by two"
                    " yardsticks, and the test rows help to make theirs: data leakage.",
                    look="Leave gaps, scaling and encoding to the pipeline in `build_model`: it"
                    " learns them from the training rows alone.",
                )
