"""The model, and the passengers as it wants them. train.py saves it, app.py serves it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from sklearn.dummy import DummyClassifier
from sklearn.pipeline import Pipeline, make_pipeline

COLUMNS = ["Pclass", "Sex", "Age", "SibSp", "Parch", "Fare", "Embarked"]
MODEL_PATH = Path("model.joblib")


def build_model() -> Pipeline:
    """An untrained pipeline that takes a table with COLUMNS, gaps included."""
    # TODO (milestone 2): your pipeline. This one gives everybody the same probability.
    return make_pipeline(DummyClassifier(strategy="prior"))


def to_frame(passengers: list[dict[str, Any]]) -> pd.DataFrame:
    """Passengers from JSON as a table like the one that the model was trained on."""
    # TODO (milestone 3): the columns in their order, numbers as numbers, null as NaN.
    raise NotImplementedError("to_frame, in model.py")
