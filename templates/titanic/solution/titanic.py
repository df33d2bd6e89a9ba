"""Explore the passengers, make features of them, and build the model."""

from __future__ import annotations

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMBERS = ["Age", "Fare", "FamilySize"]
CATEGORIES = ["Pclass", "Sex", "Embarked"]


def missing_counts(table: pd.DataFrame) -> dict[str, int]:
    """How many cells are empty, for every column of `table`."""
    return table.isna().sum().to_dict()


def survival_rate(table: pd.DataFrame, column: str) -> dict:
    """The share of passengers who survived, for each value of `column`."""
    return table.groupby(column)["Survived"].mean().to_dict()


def features(table: pd.DataFrame) -> pd.DataFrame:
    """What the model may know of each passenger: one row each, in the same order."""
    family = table.assign(FamilySize=table["SibSp"] + table["Parch"] + 1)
    return family[NUMBERS + CATEGORIES]


def build_model() -> Pipeline:
    """An untrained model that fills gaps, scales, encodes and classifies."""
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    categories = make_pipeline(
        SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")
    )
    columns = ColumnTransformer(
        [("numbers", numbers, NUMBERS), ("categories", categories, CATEGORIES)]
    )
    return make_pipeline(columns, LogisticRegression(max_iter=1000))
