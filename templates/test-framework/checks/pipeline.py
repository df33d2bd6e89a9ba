"""Predicts which customers cancel. Your tests guard this file, so leave it as it is.

A table has one row for each customer; the columns are told in the brief.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

FEATURES = ["visits", "minutes", "complaints"]
TARGET = "cancels"


@dataclass(frozen=True)
class Report:
    """One evaluation. The two scores are proportions of `test` that are predicted right."""

    train: pd.DataFrame
    test: pd.DataFrame
    model: Pipeline  # fitted on `train` alone; its steps: fill, scale, classify
    accuracy: float
    baseline: float  # of always predicting the most common answer in `train`


def read(path: str) -> pd.DataFrame:
    """The table in a CSV file."""
    return pd.read_csv(path)


def split(table: pd.DataFrame, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Training and test rows: each row is in one of the two, a quarter of them in the second."""
    test = table.sample(frac=0.25, random_state=seed)
    return table.drop(test.index), test


def features(table: pd.DataFrame) -> pd.DataFrame:
    """What the model may know of each row: the columns FEATURES, unchanged, with the same index."""
    return table[FEATURES]


def fit(train: pd.DataFrame) -> Pipeline:
    """A model of the training rows."""
    model = Pipeline(
        [
            ("fill", SimpleImputer(strategy="median")),
            ("scale", StandardScaler()),
            ("classify", LogisticRegression()),
        ]
    )
    return model.fit(features(train), train[TARGET])


def predict(model: Pipeline, table: pd.DataFrame) -> pd.Series:
    """0 or 1 for each row of the table, under the index of that row."""
    return pd.Series(model.predict(features(table)), index=table.index)


def evaluate(table: pd.DataFrame, seed: int = 0) -> Report:
    """Splits the table, fits on the training rows, and scores on the test rows."""
    train, test = split(table, seed)
    model = fit(train)
    right = predict(model, test) == test[TARGET]
    common = test[TARGET] == train[TARGET].mode()[0]
    return Report(train, test, model, float(right.mean()), float(common.mean()))
