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
    """The proportion of passengers who survived, for each value of `column`."""
    return table.groupby(column)["Survived"].mean().to_dict()


def features(table: pd.DataFrame) -> pd.DataFrame:
    """What the model may know of each passenger: one row each, in the same order."""
    family = table.assign(FamilySize=table["SibSp"] + table["Parch"] + 1)
    return family[NUMBERS + CATEGORIES]


def with_title(X: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """The features and a Title: Mr, Mrs, Miss or Master, and a gap where it is none of these."""
    title = table["Name"].str.extract(r", ([^.]*)\.", expand=False)
    return X.assign(Title=title.where(title.isin(["Mr", "Mrs", "Miss", "Master"])))


def build_model(titles: bool = False) -> Pipeline:
    """An untrained model that fills gaps, scales, encodes and classifies."""
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    categories = make_pipeline(
        SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")
    )
    names = [*CATEGORIES, "Title"] if titles else CATEGORIES
    columns = ColumnTransformer([("numbers", numbers, NUMBERS), ("categories", categories, names)])
    return make_pipeline(columns, LogisticRegression(max_iter=1000))
