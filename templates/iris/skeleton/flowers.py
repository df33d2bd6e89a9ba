"""Look at the Iris measurements, split them, and tell the species by two models.

Fill in one function at a time, from the top. `mlpath show iris 1` says what milestone 1 asks,
and so on.
"""

from __future__ import annotations

MEASUREMENTS = [
    "sepal_length_cm",
    "sepal_width_cm",
    "petal_length_cm",
    "petal_width_cm",
]


def count_species(path: str) -> dict[str, int]:
    """How many flowers of each species the table at `path` holds."""
    # TODO: read the table with pandas and count the values of "species".
    return {}


def mean_by_species(path: str, column: str) -> dict[str, float]:
    """The mean of `column` for each species of the table at `path`."""
    # TODO: read the table, group it by "species", take the mean of `column`.
    return {}


def split(labels: list[str], share: float, seed: int) -> tuple[list[int], list[int]]:
    """Part the positions of `labels` into rows to train on and rows to hold out."""
    # TODO: shuffle, and keep the species in proportion. Now nothing is held out.
    return list(range(len(labels))), []


def predict_species(
    model: str,
    rows: list[list[float]],
    labels: list[str],
    new_rows: list[list[float]],
) -> list[str]:
    """Train `model` on `rows` and `labels`, then name the species of `new_rows`."""
    # TODO: "logistic" is a logistic regression, "knn" is k-nearest neighbors.
    return []


def evaluate(model: str, rows: list[list[float]], labels: list[str], seed: int) -> float:
    """The share of held-out rows that `model` names rightly."""
    # TODO: split, train on the first part, count what is right in the second.
    return 0.0
