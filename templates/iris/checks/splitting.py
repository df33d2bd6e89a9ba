"""The learner's own split: whole, stratified, shuffled, and repeatable with the same seed."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from mlpath_check import Array, Check, Frame
from samples import COLUMNS, MEASUREMENTS, SPECIES

TEST_SIZE = 0.2
LARGER = 0.4
FIXED = "A number is written into the function in the place of `test_size`."
NAMES = ("X_train", "X_test", "y_train", "y_test")
ORDER = "The last line of `split` has the form `return X_train, X_test, y_train, y_test`."


def flowers() -> Frame:
    """Sorted by species, as a botanist would write them down, and not equally many of each."""
    names = ["setosa"] * 30 + ["versicolor"] * 50 + ["virginica"] * 70
    # No two flowers have the same sepal length: it tells which row of the table a row is.
    rows = [
        [(n * 37) % 151, round(4 + n / 100, 2), 3.0, round(1 + SPECIES.index(name) + n % 7 / 10, 1)]
        + [0.2, name]
        for n, name in enumerate(names)
    ]
    return Frame(COLUMNS, rows)


class Parts(NamedTuple):
    """What `split` gave, as it came: a Frame, or an Array where the learner made one."""

    X_train: Any
    X_test: Any
    y_train: list[str]
    y_test: list[str]


def parts(check: Check, table: Frame, seed: int, test_size: float = TEST_SIZE) -> Parts:
    """What `split` gives, each part of its kind, and with as many labels as rows."""
    got = check.call("flowers.split", table, test_size, seed)
    four = check.as_list(got, "`split`", 4, look=ORDER)
    check.that(
        _is_table(four[1]) or not _is_table(four[2]),
        "The second part that `split` returned is a column, and the third is a table",
        because="scikit-learn's order is X_train, X_test, y_train, y_test.",
        look=ORDER,
    )
    for part, name in zip(four[:2], NAMES):
        if not _is_table(part):
            check.as_frame(part, name, look=ORDER)
    for part, name in zip(four[2:], NAMES[2:]):
        check.as_list(part, name, look=ORDER)
    train, test, y_train, y_test = four
    sizes = [len(_rows(train)), len(_rows(test)), len(_list(y_train)), len(_list(y_test))]
    check.that(
        sizes[0] == sizes[2] and sizes[1] == sizes[3],
        "`split` returned parts with {got} rows: X and y of a part must have as many",
        got=sizes,
        because="scikit-learn's order is X_train, X_test, y_train, y_test.",
        look=ORDER,
    )
    return Parts(train, test, _list(y_train), _list(y_test))


def _is_table(part: Any) -> bool:
    """Whether it has rows and columns: an array of two dimensions is as good as a DataFrame."""
    return isinstance(part, Frame) or (isinstance(part, Array) and len(part.shape) == 2)


def _rows(part: Any) -> list[list[Any]]:
    return part.rows if isinstance(part, Frame) else part.data


def _list(part: Any) -> list[str]:
    return list(part.data) if isinstance(part, Array) else list(part)


def _which(check: Check, part: Any) -> list[float]:
    """The sepal lengths of a part, after a look at its columns."""
    columns = part.columns if isinstance(part, Frame) else MEASUREMENTS[: part.shape[1]]
    extra = [name for name in columns if name not in MEASUREMENTS]
    causes = {
        "species": "The label is among the features: a model that is given the answer has nothing"
        " to learn. That is data leakage.",
        "row_id": "`row_id` is a number drawn at random. It says nothing about the flower, and a"
        " model that measures distances would take it for a measurement.",
    }
    check.that(
        not extra,
        f"X has a column `{extra[0]}`" if extra else "",
        got=columns,
        expected=MEASUREMENTS,
        because=causes.get(extra[0], "") if extra else "",
        look="`flowers[MEASUREMENTS]` is the table with the four measurements alone.",
    )
    check.that(
        sorted(columns) == sorted(MEASUREMENTS),
        "X has the columns {got}",
        got=columns,
        expected=MEASUREMENTS,
        look="`flowers[MEASUREMENTS]` is the table with the four measurements alone.",
    )
    place = list(columns).index("sepal_length_cm")
    return [row[place] for row in _rows(part)]


def whole(check: Check) -> None:
    """Every flower is in exactly one part, with its own label, and X_test has its proportion."""
    table = flowers()
    got = parts(check, table, 1)
    train, test = _which(check, got.X_train), _which(check, got.X_test)
    both = sorted(set(train) & set(test))
    rows = "1 row is" if len(both) == 1 else f"{len(both)} rows are"
    check.that(
        not both,
        f"{rows} in both parts",
        because="A row that the model has learned from cannot show whether it knows new flowers."
        " Rows in both parts are the simplest form of data leakage.",
        look="Build the training part from the rows that are not held out.",
    )
    known = dict(zip(table.column("sepal_length_cm"), table.column("species")))
    check.that(
        sorted(train + test) == sorted(known),
        f"the two parts hold {len(train) + len(test)} rows; each of the {len(known)} flowers must"
        " be in one part, as it is in the table",
        because="Some rows got lost, or came twice, or their values were changed.",
        look="Print `len(flowers), len(X_train), len(X_test)` in `split`.",
    )
    wrong = [n for n, y in zip(train + test, got.y_train + got.y_test) if known[n] != y]
    check.that(
        not wrong,
        f"{len(wrong)} of the {len(known)} flowers came with the label of another one",
        because="X and y were shuffled apart from each other.",
        look="Give `train_test_split` both at once.",
    )
    _is_proportion(check, TEST_SIZE, len(test), len(known))
    other = parts(check, table, 1, LARGER)
    fixed = len(other.y_test) == len(test)
    _is_proportion(check, LARGER, len(other.y_test), len(known), FIXED if fixed else "")


def _is_proportion(check: Check, asked: float, held_out: int, rows: int, because: str = "") -> None:
    check.that(
        abs(held_out / rows - asked) < 0.03,
        f"with a test_size of {asked}, X_test has {held_out} of {rows} rows: {held_out / rows:.0%}",
        expected=f"{asked:.0%}",
        because=because
        or "`test_size` is the proportion that is held out, and the held-out part comes second:"
        " X_train, X_test.",
        look="`test_size=test_size` in `train_test_split`.",
    )


def in_proportion(check: Check) -> None:
    """Each species has the same proportion in the held-out part."""
    table = flowers()
    for seed in (1, 2, 3):
        got = dict(Counter(parts(check, table, seed).y_test))
        counts = Counter(table.column("species"))
        expected = {name: round(count * TEST_SIZE) for name, count in counts.items()}
        check.that(
            len(got) != 1,
            f"all held-out rows are {next(iter(got), '')}: the rows were cut without shuffling",
            got=got,
            expected=expected,
            because="The table was sorted by species, and the last rows of a sorted table are all"
            " alike. A model that never sees a species in training cannot predict it, and the"
            " score says nothing.",
            look="`train_test_split` shuffles by itself; it can stratify, too.",
        )
        check.that(
            all(abs(got.get(name, 0) - count) <= 1 for name, count in expected.items()),
            "the split is not stratified: {got} are held out, where {expected} would be in"
            " proportion",
            got=got,
            expected=expected,
            because="Shuffling alone leaves the proportions to chance, and this table is small.",
            look="`stratify=` of `train_test_split` takes the labels.",
        )


def seeded(check: Check) -> None:
    """Another seed draws other rows; the same seed draws the same."""
    table = flowers()

    def drawn(seed: int) -> set[float]:
        return set(_which(check, parts(check, table, seed).X_test))

    first = drawn(1)
    check.that(
        first == drawn(1),
        "the same seed gave two different splits",
        because="The shuffle does not use `seed`, so no one can repeat your figures, not even you.",
        look="`random_state=seed` passes it on.",
    )
    check.that(
        any(first != drawn(seed) for seed in (2, 3, 4)),
        "seeds 1, 2, 3 and 4 all hold out the very same rows: nothing is shuffled",
        because="The held-out rows are taken from fixed places, such as the end of each species, or"
        " the seed is written into the function. Fixed places are biased wherever the order of the"
        " table means something.",
        look="Shuffle before the cut, and pass the seed on: `random_state=seed`.",
    )
