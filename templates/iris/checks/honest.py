"""The learner's `evaluate`, compared with the learner's own split and models."""

from __future__ import annotations

import random

import splitting
from mlpath_check import Check, Frame, Mistake
from samples import COLUMNS, SPECIES, labels

SEEDS = (1, 2, 3, 4)


def _split(check: Check, flowers: Frame, seed: int) -> splitting.Parts:
    parts = splitting.parts(check, flowers, seed)
    check.that(
        parts.y_train and parts.y_test,
        "`split` holds out nothing that could be scored",
        because="The milestone `split` is not done yet, or no longer.",
        look="`mlpath check iris split` tells what is wrong.",
    )
    return parts


def _score(
    check: Check, model: str, learned: tuple[object, list[str]], asked: tuple[object, list[str]]
) -> float:
    """The accuracy of the learner's model on the X and y of `asked`, trained on `learned`."""
    X_train, y_train = learned
    X_test, y_test = asked
    predicted = check.as_list(
        check.call("flowers.predict_species", model, X_train, labels(y_train), X_test),
        f'`predict_species("{model}", ...)`',
        len(y_test),
        because="The milestone `models` is not done yet, or no longer.",
        look="`mlpath check iris models` tells what is wrong.",
    )
    return sum(a == b for a, b in zip(predicted, y_test)) / len(y_test)


def held_out(check: Check) -> None:
    """`evaluate` is the accuracy on held-out rows of a model that never saw them."""
    draw = random.Random(7)
    species = SPECIES * 25
    draw.shuffle(species)
    rows = [[n, *(draw.uniform(1, 7) for _ in range(4)), name] for n, name in enumerate(species)]
    flowers = Frame(COLUMNS, rows)

    def honest(model: str, flowers: Frame, seed: int) -> float:
        parts = _split(check, flowers, seed)
        trained = parts.X_train, parts.y_train
        return _score(check, model, trained, (parts.X_test, parts.y_test))

    def on_training_rows(model: str, flowers: Frame, seed: int) -> float:
        parts = _split(check, flowers, seed)
        trained = parts.X_train, parts.y_train
        return _score(check, model, trained, trained)

    def trained_on_all(model: str, flowers: Frame, seed: int) -> float:
        parts = _split(check, flowers, seed)
        rows = flowers.without("row_id", "species")
        if not isinstance(parts.X_train, Frame):
            return -1.0
        whole = rows, flowers.column("species")
        return _score(check, model, whole, (parts.X_test, parts.y_test))

    told = "on labels drawn at random, `{call}` returned {got}; on held-out rows it is {expected}"
    mistakes = [
        Mistake(
            on_training_rows,
            "`evaluate` scores the model on its own training rows: " + told,
            "The model has seen these rows with their labels. Asked again it remembers, even where"
            " there is nothing to learn: here, an honest model is right about a third of the time.",
            "Predict X_test, and compare with y_test.",
        ),
        Mistake(
            trained_on_all,
            "`evaluate` trains on all rows, the held-out ones too: " + told,
            "The model was trained before the split, so the held-out rows are not held out at all."
            " That is data leakage.",
            "Split first; then train on X_train and y_train alone.",
        ),
        Mistake.where(
            lambda got, right: abs(got - 100 * right) < 1e-3,
            "`evaluate` returns a percentage: {got}",
            "Accuracy is a proportion from 0 to 1: leave out the `100 *`.",
        ),
        Mistake.where(
            lambda got, right: type(got) in (int, float),
            told,
            "`evaluate` does not use `split(flowers, 0.2, seed)` and `predict_species`, or it does"
            " not return the proportion that is right (a number from 0 to 1).",
        ),
    ]
    check.compare(
        "flowers.evaluate",
        [(model, flowers, seed) for model in ("knn", "logistic") for seed in SEEDS],
        honest,
        mistakes,
        tolerance=1e-5,
        because="The accuracy is not returned, or comes as text or as a list.",
        look="Three lines: split, predict X_test, return the accuracy.",
    )
