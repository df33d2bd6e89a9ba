"""Are there two models? On a chequered field a straight line must fail, neighbours must not."""

from __future__ import annotations

import random

from mlpath_check import Check


def _points(
    draw: random.Random, count: int, corners: dict[tuple[float, float], str]
) -> tuple[list, list]:
    """`count` flowers around each corner; the last two measurements say nothing."""
    rows, labels = [], []
    for (x, y), name in corners.items():
        for _ in range(count):
            rows.append(
                [draw.gauss(x, 0.3), draw.gauss(y, 0.3), draw.gauss(3, 0.1), draw.gauss(1, 0.1)]
            )
            labels.append(name)
    order = list(range(len(rows)))
    draw.shuffle(order)
    return [rows[i] for i in order], [labels[i] for i in order]


def _accuracy(check: Check, model: str, corners: dict[tuple[float, float], str]) -> float:
    draw = random.Random(1936)
    rows, labels = _points(draw, 40, corners)
    new_rows, truth = _points(draw, 20, corners)
    got = check.call("flowers.predict_species", model, rows, labels, new_rows)
    got = getattr(got, "data", got)
    check.that(
        isinstance(got, (list, tuple)) and len(got) == len(new_rows),
        f'`predict_species("{model}", ...)` must return one name for each of the {len(new_rows)}'
        " new rows; it returned {got}",
        got=got,
        because=(
            "It returns the empty list of the skeleton, or names the training rows instead of the"
            " new ones."
        ),
        look="`.predict(new_rows).tolist()` on the trained model.",
    )
    return sum(a == b for a, b in zip(got, truth)) / len(truth)


def learn(check: Check) -> None:
    """Two species far apart: both models name nearly all of them."""
    for model in ("logistic", "knn"):
        score = _accuracy(check, model, {(2, 2): "setosa", (6, 6): "virginica"})
        check.that(
            score >= 0.9,
            f'two species that are far apart, and `predict_species("{model}", ...)` names'
            f" {score:.0%} of the new flowers rightly",
            expected="at least 90%",
            because=(
                "The model is not trained on `rows` and `labels`, or predicts for other rows than"
                " `new_rows`."
            ),
            look="The order is: build the model, `.fit(rows, labels)`, `.predict(new_rows)`.",
        )


def two_models(check: Check) -> None:
    """A chequered field: opposite corners hold the same species."""
    field = {(2, 2): "setosa", (6, 6): "setosa", (2, 6): "virginica", (6, 2): "virginica"}
    knn = _accuracy(check, "knn", field)
    logistic = _accuracy(check, "logistic", field)
    check.that(
        knn >= 0.9,
        f'"knn" names only {knn:.0%} on a chequered field, where every neighbour is of the right'
        " species",
        expected="at least 90%",
        because=(
            '"knn" does not look at neighbours. Is it a logistic regression under another name?'
        ),
        look='In `predict_species`, "knn" must build a `KNeighborsClassifier`.',
    )
    check.that(
        logistic <= 0.8,
        f'"logistic" names {logistic:.0%} on a chequered field, which no straight border can do: '
        "it is not a logistic regression",
        expected="at most 80%",
        because=(
            "Logistic regression parts the species by straight borders, and on a chequered field,"
            " where opposite corners are alike, that fails. k-NN has no such limit: is it k-NN"
            " twice?"
        ),
        look=(
            'In `predict_species`, "logistic" must build a `LogisticRegression`, on the'
            " measurements as they are."
        ),
    )
