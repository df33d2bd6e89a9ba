"""How each dataset is read and scored: simple honest models, cross-validated."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.metrics import f1_score, roc_auc_score
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.naive_bayes import ComplementNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
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
    enough: tuple[str, ...] = ()  # of the real files, where not all are kept beside these tests


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


PIXELS = [f"pixel{n}" for n in range(784)]


def digits(folder: Path) -> Tables:
    """The test part, a picture a row: what it shows, how much ink it has and where, its pixels."""
    pictures = gzip.decompress((folder / "t10k-images-idx3-ubyte.gz").read_bytes())
    labels = gzip.decompress((folder / "t10k-labels-idx1-ubyte.gz").read_bytes())
    pixels = np.frombuffer(pictures, np.uint8, offset=16).reshape(-1, 784)
    square = pixels.reshape(-1, 28, 28).astype(float)
    table = pd.DataFrame({"label": np.frombuffer(labels, np.uint8, offset=8).astype(int)})
    table["ink"] = pixels.mean(axis=1)
    table["height"] = (square.max(axis=2) > 0).sum(axis=1)
    table["width"] = (square.max(axis=1) > 0).sum(axis=1)
    both = pd.concat([table, pd.DataFrame(pixels, columns=PIXELS)], axis=1)
    return {"t10k": both, "labels": table[["label"]]}


def reads(model: object) -> Score:
    """How many of 800 digits a model reads right, over five folds."""

    def score(tables: Tables) -> float:
        table = tables["t10k"].iloc[:800]
        cut = StratifiedKFold(5, shuffle=True, random_state=0)
        x, y = table[PIXELS].to_numpy() / 255, table["label"].to_numpy()
        return float(np.mean(cross_val_score(model, x, y, cv=cut)))

    return score


def csv_files(*names: str) -> Callable[[Path], Tables]:
    return lambda folder: {name: pd.read_csv(folder / name) for name in names}


def rating_error(factors: int, popular: bool = True) -> Score:
    """The error (RMSE) for a tenth of the ratings: of the mean; with the movie's and the user's own
    means, drawn to the mean where ratings are few; with factors, by alternating least squares."""

    def score(tables: Tables) -> float:
        table = tables["ml-latest-small/ratings.csv"]
        users, movies = (pd.factorize(table[name])[0] for name in ("userId", "movieId"))
        stars = table["rating"].to_numpy()
        held = np.random.default_rng(0).random(len(table)) < 0.1
        kept = ~held
        mean = stars[kept].mean()
        guess = np.full(len(table), mean)
        if popular:
            for place in (movies, users):
                rest = np.bincount(place[kept], (stars - guess)[kept], place.max() + 1)
                guess += (rest / (np.bincount(place[kept], minlength=place.max() + 1) + 5))[place]
        if factors:
            rest = stars - guess
            random = np.random.default_rng(0)
            sides = [random.normal(0, 0.1, (place.max() + 1, factors)) for place in (users, movies)]
            order = [np.argsort(place[kept], kind="stable") for place in (users, movies)]
            for turn in range(16):
                one, other = turn % 2, 1 - turn % 2
                places = (users, movies)[one][kept][order[one]]
                x = sides[other][(users, movies)[other][kept][order[one]]]
                y = rest[kept][order[one]]
                ends = np.flatnonzero(np.diff(places)) + 1
                for mine, theirs, value in zip(
                    places[np.r_[0, ends]], np.split(x, ends), np.split(y, ends), strict=True
                ):
                    square = theirs.T @ theirs + 12 * np.eye(factors)
                    sides[one][mine] = np.linalg.solve(square, theirs.T @ value)
            guess = guess + (sides[0][users] * sides[1][movies]).sum(axis=1)
        return float(np.sqrt(np.mean((stars - guess)[held] ** 2)))

    return score


def reviews(folder: Path) -> Tables:
    rows = [
        (path.parent.name, path.read_text(encoding="latin-1"))
        for kind in ("neg", "pos")
        for path in sorted((folder / "txt_sentoken" / kind).iterdir())
    ]
    return {"reviews": pd.DataFrame(rows, columns=["kind", "text"])}


def tells(target: str, metric: str, text: str = "text", rows: int = 4000) -> Score:
    """TF-IDF and a linear model, over five folds."""

    def score(tables: Tables) -> float:
        table = next(iter(tables.values()))
        table = table.iloc[:: max(len(table) // rows, 1)]
        model = make_pipeline(
            TfidfVectorizer(sublinear_tf=True, min_df=2),
            LogisticRegression(max_iter=300, C=4, class_weight="balanced"),
        )
        cut = StratifiedKFold(5, shuffle=True, random_state=0)
        return float(
            np.mean(cross_val_score(model, table[text], table[target], cv=cut, scoring=metric))
        )

    return score


def intents(folder: Path) -> Tables:
    parts = json.loads((folder / "data_full.json").read_text())
    rows = [(part, *pair) for part, pairs in parts.items() for pair in pairs]
    return {"queries": pd.DataFrame(rows, columns=["part", "text", "intent"])}


def understood(tables: Tables) -> float:
    """How many queries of the test part naive Bayes gives to the right one of 150 intents."""
    table = tables["queries"]
    train, test = table[table.part == "train"], table[table.part == "test"]
    model = make_pipeline(TfidfVectorizer(sublinear_tf=True), ComplementNB(alpha=0.3))
    return float(model.fit(train.text, train.intent).score(test.text, test.intent))


def stranger(tables: Tables) -> float:
    """How well the nearest training query's likeness tells what is in scope (AUC)."""
    table = tables["queries"]
    vectors = TfidfVectorizer(sublinear_tf=True).fit(table[table.part == "train"].text)
    known = vectors.transform(table[table.part == "train"].text)
    test = table[table.part.isin(["test", "oos_test"])].iloc[::3]
    near = (vectors.transform(test.text) @ known.T).max(axis=1).toarray().ravel()
    return float(roc_auc_score(test.part == "test", near))


def tokens(folder: Path) -> Tables:
    found = {}
    for name in ("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated"):
        lines = (folder / name).read_text().splitlines()
        pairs = [tuple(line.split("\t")) if line.strip() else ("", "") for line in lines]
        table = pd.DataFrame(pairs, columns=["token", "tag"])
        table["place"] = range(len(table))
        found[name] = table[table.token != ""]
    return found


def names_found(tables: Tables) -> float:
    """F1 of a linear model for whether a token of the test file is part of a name."""

    def seen(table: pd.DataFrame) -> list[dict]:
        words = ["", *table.token, ""]
        return [
            {
                "word": word.lower(),
                "before": before.lower(),
                "after": after.lower(),
                "shape": re.sub("[a-z]+", "a", re.sub("[A-Z]+", "A", re.sub("[0-9]+", "0", word))),
                "end": word[-3:].lower(),
            }
            for before, word, after in zip(words, words[1:], words[2:], strict=False)
        ]

    train, test = tables["wnut17train.conll"], tables["emerging.test.annotated"]
    model = make_pipeline(
        DictVectorizer(), LogisticRegression(solver="liblinear", C=2, class_weight={True: 3})
    )
    model.fit(seen(train), train.tag != "O")
    return float(f1_score(test.tag != "O", model.predict(seen(test))))


def database(folder: Path) -> Tables:
    """Its tables, once SQLite itself has found no fault in the file."""
    path = folder / "Chinook_Sqlite.sqlite"
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as base:
        for check, right in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
            found = base.execute(f"PRAGMA {check}").fetchall()
            if found != right:
                raise ValueError(f"{path}: {check} says {found[:3]}")
        names = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return {n: pd.read_sql(f'SELECT * FROM "{n}"', base) for (n,) in names.fetchall()}


# People, their homes and firms are too few for shares.
MADE_UP = (
    "FirstName LastName Company Address City State PostalCode Phone Fax Email BirthDate HireDate"
)
MADE_UP = MADE_UP.split() + ["BillingState", "BillingPostalCode"]


def bought(genre: str) -> Score:
    """The share of a genre in what was bought."""

    def score(tables: Tables) -> float:
        sold = tables["InvoiceLine"].merge(tables["Track"], on="TrackId")
        sold = sold.merge(tables["Genre"], on="GenreId", suffixes=("", "_genre"))
        return float((sold["Name_genre"] == genre).mean())

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
    "mnist": Subject(
        digits,
        {
            "3 neighbors accuracy": reads(KNeighborsClassifier(3)),
            "perceptron accuracy": reads(MLPClassifier((64,), max_iter=60, random_state=0)),
        },
        near=0.06,
        apart=frozenset(PIXELS),
        same_files=False,
        text_files=False,
        enough=("t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"),
    ),
    # Nobody keeps 800 MB here: tests/synthetic/test_pictures.py looks at what is drawn.
    "cats-vs-dogs": Subject(lambda folder: {}, {}, same_files=False, text_files=False),
    "movielens-small": Subject(
        csv_files("ml-latest-small/ratings.csv", "ml-latest-small/movies.csv"),
        {
            "error of the mean": rating_error(0, popular=False),
            "error of popularity": rating_error(0),
            "error with factors": rating_error(3),
        },
        near=0.06,
        apart=frozenset(["timestamp"]),  # drawn without a tie to the number of the movie
    ),
    "movie-reviews": Subject(
        reviews,
        {"words accuracy": tells("kind", "accuracy")},
        apart=frozenset(["text"]),  # a third as long
        same_files=False,
        text_files=False,
    ),
    "airline-tweets": Subject(
        csv_file("Tweets.csv"),
        {"words macro F1": tells("airline_sentiment", "f1_macro")},
        near=0.05,
    ),
    "clinc150": Subject(
        intents,
        {"words accuracy": understood, "out of scope AUC": stranger},
        near=0.06,
    ),
    "wnut17": Subject(
        tokens,
        {"names F1": names_found},
        near=0.10,
        apart=frozenset(["place"]),
    ),
    "chinook": Subject(
        database,
        {"Rock, of all that is bought": bought("Rock"), "Latin": bought("Latin")},
        near=0.08,
        apart=frozenset(MADE_UP),
        text_files=False,
    ),
}
