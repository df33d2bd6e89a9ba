"""Are there two models? On a checkerboard a straight border must fail, neighbors must not."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from typing import Any

from mlpath_check import Array, Check, Frame, Ref, Run
from samples import COLUMNS, MEASUREMENTS, SPECIES, labels

Corners = dict[tuple[int, int], str]  # where a species grows: a length and a width

FAR_APART: Corners = {(2, 2): "setosa", (6, 6): "virginica"}
CHECKERBOARD: Corners = {
    (2, 2): "setosa",
    (6, 6): "setosa",
    (2, 6): "virginica",
    (6, 2): "virginica",
}
NEIGHBORS, STRAIGHT = 0.9, 0.8  # the accuracy on the board: of k-NN at least, of a line at most


def _points(draw: random.Random, count: int, corners: Corners) -> tuple[Frame, list[str]]:
    """`count` flowers around each corner, by their sepals and by their petals alike."""
    flowers = []
    for (length, width), name in corners.items():
        for _ in range(count):
            row = [draw.gauss(middle, 0.3) for middle in (length, width, length, width)]
            flowers.append(([round(value, 3) for value in row], name))
    draw.shuffle(flowers)
    return Frame(MEASUREMENTS, [row for row, _ in flowers]), [name for _, name in flowers]


def _right(got: Sequence[Any], expected: Sequence[str]) -> float:
    return sum(a == b for a, b in zip(got, expected)) / len(expected)


def _accuracy(check: Check, model: str, corners: Corners) -> float:
    draw = random.Random(1936)
    X_train, y_train = _points(draw, 40, corners)
    X_test, y_test = _points(draw, 20, corners)
    got = check.call("flowers.predict_species", model, X_train, labels(y_train), X_test)
    return _right(_species(check, model, got, len(y_test)), y_test)


def _species(check: Check, model: str, got: Any, count: int) -> list[Any]:
    """What `predict_species` returned, where that is a species for each row."""
    what = f'`predict_species("{model}", ...)`'
    look = "`.predict(X_test)` on the trained model."
    if isinstance(got, Ref):
        check.fail(
            f"{what} returned a {got.type.rpartition('.')[2]}, no predictions",
            because="`.fit` gives the model itself back.",
            look=look,
        )
    if isinstance(got, Array) and len(got.shape) == 2 and got.shape[1] > 1:
        check.fail(
            f"{what} returned an array of {got.shape[0]} × {got.shape[1]}: several numbers for each"
            " row, and no species",
            because="`.predict_proba` gives probabilities, `.predict` the species.",
            look=look,
        )
    predicted = check.as_list(
        got,
        f"{what}, asked about {count} new rows,",
        count,
        because="The skeleton's empty array is still there, or `.predict` was given X_train"
        " instead of X_test.",
        look=look,
    )
    odd = [each for each in predicted if each not in SPECIES]
    check.that(
        not odd,
        f"{what} predicted {{got}}, which is no species",
        got=odd[0] if odd else "",
        expected="one of the names in y_train",
        because="The names were turned into numbers before training and never turned back, or"
        " something else than the predictions is returned.",
        look=look,
    )
    return predicted


def learn(check: Check) -> None:
    """Two species far apart: both models predict nearly all of them correctly."""
    for model in ("logistic", "knn"):
        score = _accuracy(check, model, FAR_APART)
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
    knn = _accuracy(check, "knn", CHECKERBOARD)
    logistic = _accuracy(check, "logistic", CHECKERBOARD)
    check.that(
        knn >= NEIGHBORS,
        f'"knn" has an accuracy of only {knn:.0%} on a checkerboard, where all the nearest'
        " neighbors are of the right species",
        expected="at least 90%",
        because='"knn" does not look at neighbors. Is it a logistic regression under another name?',
        look='In `predict_species`, "knn" must build a `KNeighborsClassifier`.',
    )
    check.that(
        logistic <= STRAIGHT,
        f'"logistic" has an accuracy of {logistic:.0%} on a checkerboard, which no straight border'
        " can reach: it is not a logistic regression",
        expected="at most 80%",
        because="Logistic regression has a linear decision boundary, which fails on a checkerboard,"
        " where opposite corners are alike. k-NN has no such limit: is it k-NN twice?",
        look='In `predict_species`, "logistic" must build a `LogisticRegression`, on the'
        " measurements as they are.",
    )


def files(check: Check) -> None:
    """Each file has the answers of its own model. Where both are alike, the checkerboard tells."""
    if not _alike(check.step("predict")):
        return
    draw = random.Random(1936)
    X_train, y_train = _points(draw, 40, CHECKERBOARD)
    X_test, y_test = _points(draw, 20, CHECKERBOARD)
    ids = draw.sample(range(1000), len(y_train) + len(y_test))
    to_learn = [[n, *row, name] for n, row, name in zip(ids, X_train.rows, y_train)]
    asked = [[n, *row] for n, row in zip(ids[len(y_train) :], X_test.rows)]
    laid = {
        "data/train.csv": _text([COLUMNS, *to_learn]),
        "data/test.csv": _text([COLUMNS[:-1], *asked]),
    }
    both = _alike(check.step("predict", laid))
    if not both:
        return
    written = [both.get(str(row[0])) for row in asked]
    for model, other in (("logistic", "knn"), ("knn", "logistic")):
        got = check.call("flowers.predict_species", model, X_train, labels(y_train), X_test)
        check.that(
            _right(written, _species(check, model, got, len(y_test))) < 1,
            f'predictions_{other}.csv has the answers of `predict_species("{model}", ...)`:'
            " both files have the same, even where the two models must differ",
            because="One model was written into both files.",
            look="Look at the first argument of `predict_species` before each file is written.",
        )


def _alike(run: Run) -> dict[str, str]:
    """By row_id what both files say, where they say the same; {} where they do not."""
    one, other = (_answers(run, model) for model in ("logistic", "knn"))
    return one if one == other else {}


def _answers(run: Run, model: str) -> dict[str, str]:
    """Of a file whose form another check has judged."""
    with run.artifact(f"predictions_{model}.csv").open(newline="", encoding="utf-8") as file:
        return {row.get("row_id", ""): row.get("species", "") for row in csv.DictReader(file)}


def _text(rows: list[Any]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
