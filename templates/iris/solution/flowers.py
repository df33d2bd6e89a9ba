"""Look at the Iris measurements, draw them, split them, and tell the species by two models."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from pandas.plotting import scatter_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import ConfusionMatrixDisplay, accuracy_score
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

MEASUREMENTS = [
    "sepal_length_cm",
    "sepal_width_cm",
    "petal_length_cm",
    "petal_width_cm",
]


def count_species(flowers: pd.DataFrame) -> dict[str, int]:
    """How many flowers of each species the table holds."""
    return flowers["species"].value_counts().to_dict()


def mean_by_species(flowers: pd.DataFrame, column: str) -> dict[str, float]:
    """The mean of `column` for each species."""
    return flowers.groupby("species")[column].mean().to_dict()


def pair_plot(flowers: pd.DataFrame) -> Figure:
    """Every measurement against every other, colored by species."""
    species = flowers["species"].astype("category")
    grid = scatter_matrix(flowers[MEASUREMENTS], c=species.cat.codes, figsize=(9, 9), alpha=0.8)
    figure = grid[0, 0].figure
    handles, _ = grid[0, 1].collections[0].legend_elements()
    figure.legend(handles, species.cat.categories, loc="upper center", ncols=3)
    return figure


def split(
    flowers: pd.DataFrame, test_size: float, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series, pd.Series]:
    """X_train, X_test, y_train and y_test: shuffled, and stratified by species."""
    X_train, X_test, y_train, y_test = train_test_split(
        flowers[MEASUREMENTS],
        flowers["species"],
        test_size=test_size,
        stratify=flowers["species"],
        random_state=seed,
    )
    return X_train, X_test, y_train, y_test


def build_model(model: str, scale: bool) -> Pipeline:
    """An untrained model: "logistic" or "knn"."""
    classifiers = {
        "logistic": LogisticRegression(max_iter=1000),
        "knn": KNeighborsClassifier(n_neighbors=5),
    }
    return make_pipeline(StandardScaler() if scale else "passthrough", classifiers[model])


def predict_species(
    model: str,
    X_train: pd.DataFrame,
    y_train: pd.Series | np.ndarray,
    X_test: pd.DataFrame,
    scale: bool = True,
) -> np.ndarray:
    """Train a fresh `model`, then predict the species of each row of X_test."""
    return build_model(model, scale).fit(X_train, y_train).predict(X_test)


def evaluate(model: str, flowers: pd.DataFrame, seed: int) -> float:
    """The accuracy of `model` on flowers that it has not seen."""
    X_train, X_test, y_train, y_test = split(flowers, 0.2, seed)
    y_pred = predict_species(model, X_train, y_train, X_test)
    return float(accuracy_score(y_test, y_pred))


def confusion_plot(y_true: np.ndarray, y_pred: np.ndarray) -> Figure:
    """The confusion matrix: true species in the rows, predicted ones in the columns."""
    display = ConfusionMatrixDisplay.from_predictions(y_true, y_pred, cmap="Blues")
    return display.figure_
