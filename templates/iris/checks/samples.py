"""Flowers that no learner has seen, and the predictions that somebody made of them."""

from __future__ import annotations

import random

from mlpath_check import Array, Check, Frame

SPECIES = ["setosa", "versicolor", "virginica"]
MEASUREMENTS = ["sepal_length_cm", "sepal_width_cm", "petal_length_cm", "petal_width_cm"]
COLUMNS = ["row_id", *MEASUREMENTS, "species"]

# A row for each true species: how many were predicted as which. No two cells tell the same story.
CONFUSED = [[9, 0, 1], [0, 7, 5], [0, 2, 11]]


def labels(names: list[str]) -> Array:
    """As a column of a DataFrame in NumPy."""
    return Array("object", (len(names),), list(names))


def some(check: Check) -> Frame:
    """For a figure: 20 of each species in no order, none like the famous ones."""
    draw = random.Random(36)
    rows = [
        [*(round(draw.gauss(2 + 2 * place + 0.7 * number, 0.5), 2) for place in range(4)), name]
        for number, name in enumerate(SPECIES)
        for _ in range(20)
    ]
    draw.shuffle(rows)
    ids = draw.sample(range(1000), len(rows))
    return Frame(COLUMNS, [[number, *row] for number, row in zip(ids, rows)])


def answers() -> tuple[list[str], list[str]]:
    """True and predicted, shuffled alike."""
    pairs = [
        (true, predicted)
        for true, row in zip(SPECIES, CONFUSED)
        for predicted, count in zip(SPECIES, row)
        for _ in range(count)
    ]
    random.Random(5).shuffle(pairs)
    return [true for true, _ in pairs], [predicted for _, predicted in pairs]


def y_true(check: Check) -> Array:
    return labels(answers()[0])


def y_pred(check: Check) -> Array:
    return labels(answers()[1])


def confused(check: Check, y_true: Array, y_pred: Array) -> list[list[int]]:
    return CONFUSED
