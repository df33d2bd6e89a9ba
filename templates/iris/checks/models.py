"""Are there two models? On a checkerboard a straight border must fail, neighbors must not."""

from __future__ import annotations

import random

from mlpath_check import Check, Frame
from samples import MEASUREMENTS, labels

Corners = dict  # where a species grows: a point and its name


def _points(draw: random.Random, count: int, corners: Corners) -> tuple[Frame, list[str]]:
    """`count` flowers around each corner; the last two measurements say nothing."""
    flowers = []
    for (x, y), name in corners.items():
        for _ in range(count):
            row = [draw.gauss(x, 0.3), draw.gauss(y, 0.3), draw.gauss(3, 0.1), draw.gauss(1, 0.1)]
            flowers.append((row, name))
    draw.shuffle(flowers)
    return Frame(MEASUREMENTS, [row for row, _ in flowers]), [name for _, name in flowers]


def _accuracy(check: Check, model: str, corners: Corners) -> float:
    draw = random.Random(1936)
    X_train, y_train = _points(draw, 40, corners)
    X_test, y_test = _points(draw, 20, corners)
    got = check.as_list(
        check.call("flowers.predict_species", model, X_train, labels(y_train), X_test),
        f'`predict_species("{model}", ...)`, asked about {len(y_test)} new rows,',
        len(y_test),
        because="The skeleton's empty array is still there, or `.predict` was given X_train"
        " instead of X_test.",
        look="`.predict(X_test)` on the trained model.",
    )
    return sum(a == b for a, b in zip(got, y_test)) / len(y_test)


def learn(check: Check) -> None:
    """Two species far apart: both models predict nearly all of them correctly."""
    for model in ("logistic", "knn"):
        score = _accuracy(check, model, {(2, 2): "setosa", (6, 6): "virginica"})
        check.that(
            score >= 0.9,
            f'on two species that are far apart, `predict_species("{model}", ...)` has an accuracy'
            f" of {score:.0%}",
            expected="at least 90%",
            because="The model is not trained on X_train and y_train, or predicts for other rows"
            " than X_test.",
            look="The order is: build the model, `.fit(X_train, y_train)`, `.predict(X_test)`.",
        )


def two_models(check: Check) -> None:
    """A checkerboard: opposite corners hold the same species."""
    board = {(2, 2): "setosa", (6, 6): "setosa", (2, 6): "virginica", (6, 2): "virginica"}
    knn = _accuracy(check, "knn", board)
    logistic = _accuracy(check, "logistic", board)
    check.that(
        knn >= 0.9,
        f'"knn" has an accuracy of only {knn:.0%} on a checkerboard, where all the nearest'
        " neighbors are of the right species",
        expected="at least 90%",
        because='"knn" does not look at neighbors. Is it a logistic regression under another name?',
        look='In `predict_species`, "knn" must build a `KNeighborsClassifier`.',
    )
    check.that(
        logistic <= 0.8,
        f'"logistic" has an accuracy of {logistic:.0%} on a checkerboard, which no straight border'
        " can reach: it is not a logistic regression",
        expected="at most 80%",
        because="Logistic regression has a linear decision boundary, which fails on a checkerboard,"
        " where opposite corners are alike. k-NN has no such limit: is it k-NN twice?",
        look='In `predict_species`, "logistic" must build a `LogisticRegression`, on the'
        " measurements as they are.",
    )
