"""The model, and the passengers as it wants them. train.py saves it, app.py serves it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

COLUMNS = ["Pclass", "Sex", "Age", "SibSp", "Parch", "Fare", "Embarked"]
NUMBERS = ["Age", "SibSp", "Parch", "Fare"]
CATEGORIES = ["Pclass", "Sex", "Embarked"]
MODEL_PATH = Path("model.joblib")


def build_model() -> Pipeline:
    """An untrained pipeline that takes a table with COLUMNS, gaps included."""
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    categories = make_pipeline(
        SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")
    )
    columns = ColumnTransformer(
        [("numbers", numbers, NUMBERS), ("categories", categories, CATEGORIES)]
    )
    return make_pipeline(columns, LogisticRegression(max_iter=1000))


def to_frame(passengers: list[dict[str, Any]]) -> pd.DataFrame:
    """Passengers from JSON as a table like the one that the model was trained on."""
    frame = pd.DataFrame(passengers, columns=COLUMNS).astype(dict.fromkeys(NUMBERS, float))
    return frame.fillna({"Embarked": float("nan")})
