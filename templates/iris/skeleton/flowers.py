"""Look at the Iris measurements, draw them, split them, and tell the species by two models.

Fill in one function at a time, from the top. `mlpath show iris 1` says what milestone 1 asks,
and so on.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

MEASUREMENTS = [
    "sepal_length_cm",
    "sepal_width_cm",
    "petal_length_cm",
    "petal_width_cm",
]


def count_species(flowers: pd.DataFrame) -> dict[str, int]:
    """How many flowers of each species the table holds."""
    # TODO: count the values of the column "species".
    return {}


def mean_by_species(flowers: pd.DataFrame, column: str) -> dict[str, float]:
    """The mean of `column` for each species."""
    # TODO: group the table by "species", and take the mean of `column`.
    return {}


def pair_plot(flowers: pd.DataFrame) -> Figure:
    """Every measurement against every other, colored by species."""
    # TODO: a grid of scatter plots, with labels and a legend.
    raise NotImplementedError("pair_plot, which draws the measurements")


def split(
    flowers: pd.DataFrame, test_size: float, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series, pd.Series]:
    """X_train, X_test, y_train and y_test: shuffled, and stratified by species."""
    # TODO: shuffle, and keep the species in proportion. Now nothing is held out.
    none = flowers.head(0)
    return flowers[MEASUREMENTS], none[MEASUREMENTS], flowers["species"], none["species"]


def predict_species(
    model: str,
    X_train: pd.DataFrame,
    y_train: pd.Series | np.ndarray,
    X_test: pd.DataFrame,
) -> np.ndarray:
    """Train a fresh `model`, then predict the species of each row of X_test."""
    # TODO: "logistic" is a logistic regression, "knn" is k-nearest neighbors.
    return np.array([])


def evaluate(model: str, flowers: pd.DataFrame, seed: int) -> float:
    """The accuracy of `model` on flowers that it has not seen."""
    # TODO: split, train on the first part, and score the predictions for the second.
    return 0.0


def confusion_plot(y_true: np.ndarray, y_pred: np.ndarray) -> Figure:
    """The confusion matrix: true species in the rows, predicted ones in the columns."""
    # TODO: draw how many flowers of each species were predicted as which.
    raise NotImplementedError("confusion_plot, which draws the mistakes")
