"""The learner's `evaluate`, compared with the learner's own split and models."""

from __future__ import annotations

import random

import splitting
from mlpath_check import Check, Mistake

SEEDS = (1, 2, 3, 4)


def _split(check: Check, labels: list[str], seed: int) -> tuple[list[int], list[int]]:
    train, held_out = splitting.parts(check, labels, seed)
    check.that(
        train and held_out and all(0 <= i < len(labels) for i in train + held_out),
        "`split` holds out nothing that could be scored",
        because="The milestone `split` is not done yet, or no longer.",
        look="`mlpath check iris split` tells what is wrong.",
    )
    return train, held_out


def _score(
    check: Check, model: str, rows: list, labels: list[str], learned: list[int], asked: list[int]
) -> float:
    """The accuracy of the learner's model on the rows `asked`, trained on the rows `learned`."""

    def pick(values: list, places: list[int]) -> list:
        return [values[i] for i in places]

    taught, answers = pick(rows, learned), pick(labels, learned)
    new_rows, truth = pick(rows, asked), pick(labels, asked)
    predicted = check.as_list(
        check.call("flowers.predict_species", model, taught, answers, new_rows),
        f'`predict_species("{model}", ...)`',
        len(asked),
        because="The milestone `predict` is not done yet, or no longer.",
        look="`mlpath check iris predict` tells what is wrong.",
    )
    return sum(a == b for a, b in zip(predicted, truth)) / len(truth)


def held_out(check: Check) -> None:
    """`evaluate` is the accuracy on held-out rows of a model that never saw them."""
    draw = random.Random(7)
    labels = ["setosa", "versicolor", "virginica"] * 25
    draw.shuffle(labels)
    rows = [[draw.uniform(1, 7) for _ in range(4)] for _ in labels]

    def honest(model: str, rows: list, labels: list[str], seed: int) -> float:
        train, held_out = _split(check, labels, seed)
        return _score(check, model, rows, labels, train, held_out)

    def on_training_rows(model: str, rows: list, labels: list[str], seed: int) -> float:
        train, _ = _split(check, labels, seed)
        return _score(check, model, rows, labels, train, train)

    def trained_on_all(model: str, rows: list, labels: list[str], seed: int) -> float:
        _, held_out = _split(check, labels, seed)
        return _score(check, model, rows, labels, list(range(len(labels))), held_out)

    told = "on labels drawn at random, `{call}` returned {got}; on held-out rows it is {expected}"
    mistakes = [
        Mistake(
            on_training_rows,
            "`evaluate` scores the model on its own training rows: " + told,
            "The model has seen these rows with their labels. Asked again it remembers, even where"
            " there is nothing to learn: here, an honest model is right about a third of the time.",
            "Predict the held-out rows, and compare with the labels of the held-out rows.",
        ),
        Mistake(
            trained_on_all,
            "`evaluate` trains on all rows, the held-out ones too: " + told,
            "The model was trained before the split, so the held-out rows are not held out at all."
            " That is data leakage.",
            "Split first; then train on the rows of the first part alone.",
        ),
        Mistake.where(
            lambda got, right: abs(got - 100 * right) < 1e-3,
            "`evaluate` returns a percentage: {got}",
            "Accuracy is a proportion from 0 to 1: leave out the `100 *`.",
        ),
        Mistake.where(
            lambda got, right: type(got) in (int, float),
            told,
            "`evaluate` does not use `split(labels, 0.2, seed)` and `predict_species`, or it does"
            " not return the proportion that is right (a number from 0 to 1).",
        ),
    ]
    check.compare(
        "flowers.evaluate",
        [(model, rows, labels, seed) for model in ("knn", "logistic") for seed in SEEDS],
        honest,
        mistakes,
        tolerance=1e-5,
        because="The accuracy is not returned, or comes as text or as a list.",
        look="Three lines: split, predict the held-out rows, return the proportion that is right.",
    )
