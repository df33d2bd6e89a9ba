"""Look at the Iris measurements, split them, and tell the species by two models."""

from __future__ import annotations

import pandas as pd
from sklearn.metrics import accuracy_score
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


def count_species(path: str) -> dict[str, int]:
    """How many flowers of each species the table at `path` holds."""
    return pd.read_csv(path)["species"].value_counts().to_dict()


def mean_by_species(path: str, column: str) -> dict[str, float]:
    """The mean of `column` for each species of the table at `path`."""
    return pd.read_csv(path).groupby("species")[column].mean().to_dict()


def split(labels: list[str], share: float, seed: int) -> tuple[list[int], list[int]]:
    """Part the positions of `labels` into rows to train on and rows to hold out."""
    train, held_out = train_test_split(
        range(len(labels)), test_size=share, stratify=labels, random_state=seed
    )
    return list(train), list(held_out)


def build(model: str) -> Pipeline:
    """An untrained model: "logistic" or "knn"."""
    if model == "logistic":
        return make_pipeline(StandardScaler(), KNeighborsClassifier(n_neighbors=3))
    if model == "knn":
        return make_pipeline(StandardScaler(), KNeighborsClassifier(n_neighbors=5))
    raise ValueError(f"no model is called {model!r}")


def predict_species(
    model: str,
    rows: list[list[float]],
    labels: list[str],
    new_rows: list[list[float]],
) -> list[str]:
    """Train `model` on `rows` and `labels`, then name the species of `new_rows`."""
    return build(model).fit(rows, labels).predict(new_rows).tolist()


def evaluate(model: str, rows: list[list[float]], labels: list[str], seed: int) -> float:
    """The share of held-out rows that `model` names rightly."""
    train, held_out = split(labels, 0.2, seed)
    predicted = predict_species(
        model,
        [rows[i] for i in train],
        [labels[i] for i in train],
        [rows[i] for i in held_out],
    )
    return float(accuracy_score([labels[i] for i in held_out], predicted))
