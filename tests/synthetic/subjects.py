"""How each dataset is read and scored: simple honest models, cross-validated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

Tables = dict[str, pd.DataFrame]
Score = Callable[[Tables], float]


@dataclass
class Subject:
    """One dataset."""

    read: Callable[[Path], Tables]
    scores: dict[str, Score]
    near: float = 0.04  # how far a score may lie from that on the real data
    apart: frozenset[str] = frozenset()  # columns that are not compared, each for a reason
    same_files: bool = True  # by name; else only what the tables hold is compared
    text_files: bool = True
    # Of real data that are too large for a mirror of tests: about what others report.
    published: dict[str, float] = field(default_factory=dict)


def csv_file(name: str, **options: object) -> Callable[[Path], Tables]:
    return lambda folder: {name: pd.read_csv(folder / name, **options)}


def predict(
    target: str,
    metric: str,
    model: object = None,
    drop: tuple[str, ...] = (),
    rows: int = 4000,
    alter: Callable[[pd.DataFrame], pd.DataFrame] = lambda table: table,
) -> Score:
    """The metric of a model for the target, over five folds: linear where no model is given.

    Of a large table so many rows are taken, evenly.
    """

    def score(tables: Tables) -> float:
        table = alter(next(iter(tables.values()))).dropna(subset=[target])
        table = table.iloc[:: max(len(table) // rows, 1)]
        x, y = table.drop(columns=[target, *drop]), table[target]
        numeric = metric in ("r2",)
        use = model or (Ridge() if numeric else LogisticRegression(max_iter=2000))
        linear = model is None
        numbers = list(x.select_dtypes("number").columns)
        words = [column for column in x.columns if column not in numbers]
        fill = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
        encode = (
            OneHotEncoder(handle_unknown="ignore")
            if linear
            else OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1)
        )
        parts = ColumnTransformer(
            [
                ("numbers", fill, numbers),
                ("words", make_pipeline(SimpleImputer(strategy="most_frequent"), encode), words),
            ]
        )
        folds = KFold if numeric else StratifiedKFold
        cut = folds(5, shuffle=True, random_state=0)
        return float(
            np.mean(cross_val_score(make_pipeline(parts, use), x, y, cv=cut, scoring=metric))
        )

    return score


def words(metric: str, model: object) -> Score:
    """The metric of a model of words for the column `label`, from the column `text`."""

    def score(tables: Tables) -> float:
        table = next(iter(tables.values()))
        pipeline = make_pipeline(TfidfVectorizer(), model)
        return float(
            np.mean(cross_val_score(pipeline, table["text"], table["label"], scoring=metric))
        )

    return score


def trees(target: str, metric: str, **more: object) -> Score:
    """Boosted trees, which see what a linear model does not."""
    kind = HistGradientBoostingRegressor if metric == "r2" else HistGradientBoostingClassifier
    model = kind(max_iter=60, max_leaf_nodes=8, random_state=0)
    return predict(target, metric, model, **more)


def ahead(column: str, lags: tuple[int, ...], by: str = "", logs: bool = False) -> Score:
    """R² of a linear model of the last third from the values so many rows before: how far a series
    foretells itself. `by` is the column that tells several series apart."""

    def score(tables: Tables) -> float:
        table = next(iter(tables.values()))
        parts = [part for _, part in table.groupby(by, sort=False)] if by else [table]
        trained, judged = [], []
        for part in parts:
            values = np.log(part[column]) if logs else part[column]
            frame = pd.concat([values, *(values.shift(lag) for lag in lags)], axis=1).dropna()
            cut = len(frame) * 2 // 3
            trained.append(frame.to_numpy()[:cut])
            judged.append(frame.to_numpy()[cut:])
        train, test = np.concatenate(trained), np.concatenate(judged)
        return float(
            LinearRegression().fit(train[:, 1:], train[:, 0]).score(test[:, 1:], test[:, 0])
        )

    return score


HIRES = ("instant", "dteday", "casual", "registered")

SUBJECTS: dict[str, Subject] = {
    "iris": Subject(
        csv_file("iris.csv"),
        {
            "linear accuracy": predict("species", "accuracy"),
            "trees accuracy": trees("species", "accuracy"),
        },
        near=0.05,
    ),
    "titanic": Subject(
        csv_file("titanic.csv"),
        {
            "linear accuracy": predict(
                "Survived", "accuracy", drop=("PassengerId", "Name", "Ticket", "Cabin")
            ),
            "linear AUC": predict(
                "Survived", "roc_auc", drop=("PassengerId", "Name", "Ticket", "Cabin")
            ),
            "trees AUC": trees(
                "Survived", "roc_auc", drop=("PassengerId", "Name", "Ticket", "Cabin")
            ),
        },
    ),
    "airline-passengers": Subject(
        csv_file("airline-passengers.csv"),
        {
            "last month R²": ahead("Passengers", (1,), logs=True),
            "last year R²": ahead("Passengers", (12,), logs=True),
            "both R²": ahead("Passengers", (1, 12, 13), logs=True),
        },
        near=0.07,
    ),
    "daily-min-temperatures": Subject(
        csv_file("daily-min-temperatures.csv"),
        {
            "yesterday R²": ahead("Temp", (1,)),
            "last year R²": ahead("Temp", (365,)),
            "last week and year R²": ahead("Temp", (1, 2, 3, 7, 365)),
        },
        near=0.07,
    ),
    "seattle-weather": Subject(
        csv_file("seattle-weather.csv"),
        {
            "linear accuracy": predict("weather", "accuracy", drop=("date",)),
            "linear accuracy without rain": predict(
                "weather", "accuracy", drop=("date", "precipitation")
            ),
            "trees accuracy": trees("weather", "accuracy", drop=("date",)),
            "yesterday R² of temp_max": ahead("temp_max", (1,)),
            "yesterday R² of wind": ahead("wind", (1,)),
        },
        near=0.07,
    ),
    "stocks": Subject(
        csv_file("stocks.csv"),
        {"last month R²": ahead("price", (1,), by="symbol", logs=True)},
    ),
    "apple-stock": Subject(
        csv_file("finance-charts-apple.csv"),
        {
            "yesterday R²": ahead("AAPL.Close", (1,)),
            "yesterday R² of volume": ahead("AAPL.Volume", (1,), logs=True),
        },
        near=0.1,
    ),
    "bike-sharing": Subject(
        csv_file("hour.csv"),
        {
            "linear R²": predict("cnt", "r2", drop=HIRES),
            "trees R²": trees("cnt", "r2", drop=HIRES, rows=9000),
            "yesterday's hour R²": ahead("cnt", (24,)),
        },
        near=0.06,
    ),
    "penguins": Subject(
        csv_file("penguins.csv"),
        {
            "linear accuracy": predict("species", "accuracy"),
            "trees accuracy": trees("species", "accuracy"),
            "sex, linear accuracy": predict("sex", "accuracy"),
        },
    ),
    "telco-churn": Subject(
        csv_file("Telco-Customer-Churn.csv"),
        {
            "linear accuracy": predict("Churn", "accuracy", drop=("customerID", "TotalCharges")),
            "linear AUC": predict("Churn", "roc_auc", drop=("customerID", "TotalCharges")),
            "trees AUC": trees("Churn", "roc_auc", drop=("customerID", "TotalCharges")),
        },
        near=0.03,
    ),
    "mammography": Subject(
        csv_file("mammography.csv", header=None, names=[*"abcdef", "class"], quotechar="'"),
        {
            "linear AUC": predict("class", "roc_auc", rows=12000),
            "linear average precision": predict("class", "average_precision", rows=12000),
            "trees average precision": trees("class", "average_precision", rows=12000),
        },
        near=0.06,  # of 260 positives
    ),
    "california-housing": Subject(
        csv_file("housing.csv"),
        {
            "linear R2": predict("median_house_value", "r2"),
            "trees R2": trees("median_house_value", "r2"),
        },
        near=0.05,
    ),
    "diamonds": Subject(
        csv_file("diamonds.csv"),
        {
            "linear R2": predict("price", "r2"),
            "trees R2": trees("price", "r2"),
            "clarity, trees accuracy": trees("clarity", "accuracy"),
        },
        near=0.05,
    ),
    "credit-card-fraud": Subject(
        csv_file("creditcard.csv"),
        {
            "linear AUC": predict("Class", "roc_auc", rows=10**6),
            "linear average precision": predict("Class", "average_precision", rows=10**6),
        },
        near=0.2,  # of 35 frauds, seven in a fold
        published={"linear AUC": 0.97, "linear average precision": 0.73},
    ),
    "sms-spam": Subject(
        csv_file("sms.tsv", sep="\t", quoting=3, header=None, names=["label", "text"]),
        {
            "linear accuracy": words("accuracy", LogisticRegression()),
            "linear balanced accuracy": words("balanced_accuracy", LogisticRegression()),
            "naive Bayes accuracy": words("accuracy", MultinomialNB()),
        },
        near=0.03,
    ),
}
