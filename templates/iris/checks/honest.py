"""The learner's `evaluate`, held against the learner's own split and models."""

from __future__ import annotations

import random

from mlpath_check import Check

SEEDS = (1, 2, 3, 4)


def _pick(values: list, places: list[int]) -> list:
    return [values[i] for i in places]


def _plain(value: object) -> object:
    """The list inside an array, a tuple or a list; anything else as it is."""
    value = getattr(value, "data", value)
    return list(value) if isinstance(value, (list, tuple)) else value


def _split(check: Check, labels: list[str], seed: int) -> tuple[list[int], list[int]]:
    parts = _plain(check.call("flowers.split", labels, 0.2, seed))
    parts = [_plain(part) for part in parts] if isinstance(parts, list) else []
    check.that(
        len(parts) == 2
        and all(isinstance(part, list) and part for part in parts)
        and all(type(i) is int and 0 <= i < len(labels) for part in parts for i in part),
        "`split` holds nothing out that could be scored",
        because="The milestone `split` is not done yet, or no longer.",
        look="`mlpath check iris split` tells what is amiss.",
    )
    return parts[0], parts[1]


def _predict(check: Check, model: str, rows: list, labels: list, new_rows: list) -> list:
    got = _plain(check.call("flowers.predict_species", model, rows, labels, new_rows))
    if not isinstance(got, list) or len(got) != len(new_rows):
        check.fail(
            f'`predict_species("{model}", ...)` did not return one species for each of'
            f" {len(new_rows)} new rows",
            got=got,
            because="The milestone `predict` is not done yet, or no longer.",
            look="`mlpath check iris predict` tells what is amiss.",
        )
    return got


def _score(
    check: Check, model: str, rows: list, labels: list[str], learned: list[int], asked: list[int]
) -> float:
    """The accuracy of the learner's model on the rows `asked`, trained on the rows `learned`."""
    taught, answers = _pick(rows, learned), _pick(labels, learned)
    predicted = _predict(check, model, taught, answers, _pick(rows, asked))
    right = sum(a == b for a, b in zip(predicted, _pick(labels, asked)))
    return round(right / len(asked), 6)


def held_out(check: Check) -> None:
    """`evaluate` is the share of held-out rows named rightly by a model that never saw them."""
    draw = random.Random(7)
    labels = ["setosa", "versicolor", "virginica"] * 25
    draw.shuffle(labels)
    rows = [[draw.uniform(1, 7) for _ in range(4)] for _ in labels]
    everything = list(range(len(labels)))
    for model in ("knn", "logistic"):
        got, honest, on_training, all_seen = [], [], [], []
        for seed in SEEDS:
            train, held = _split(check, labels, seed)
            honest.append(_score(check, model, rows, labels, train, held))
            on_training.append(_score(check, model, rows, labels, train, train))
            all_seen.append(_score(check, model, rows, labels, everything, held))
            value = check.call("flowers.evaluate", model, rows, labels, seed)
            check.that(
                isinstance(value, (int, float)) and not isinstance(value, bool),
                "`evaluate` must return one number; it returned {got}",
                got=value,
                because="The share is not returned, or comes as text or as a list.",
                look="The last line is of the shape `return right / len(held_out)`.",
            )
            got.append(round(float(value), 6))
        _judge(check, model, got, honest, on_training, all_seen)


def _judge(
    check: Check,
    model: str,
    got: list[float],
    honest: list[float],
    on_training: list[float],
    all_seen: list[float],
) -> None:
    if _near(got, honest):
        return
    told = (
        f'on labels drawn at random, for seeds 1 to 4, `evaluate("{model}", ...)` returned {{got}};'
        " on held-out rows it is {expected}"
    )
    if _near(got, on_training):
        check.fail(
            "`evaluate` scores the model on its own training rows: " + told,
            got=got,
            expected=honest,
            because=(
                "The model has seen these rows with their answers. Asked again it remembers, even"
                " where there is nothing to learn, as here, where a third is the most that can be"
                " hoped for."
            ),
            look="Predict for the held-out rows, and compare with the labels of the held-out rows.",
        )
    if _near(got, all_seen):
        check.fail(
            "`evaluate` trains on all rows, the held-out ones too: " + told,
            got=got,
            expected=honest,
            because=(
                "The model was trained before the split, so the held-out rows are not held out at"
                " all."
            ),
            look="Split first; then train on the rows of the first part alone.",
        )
    check.fail(
        told,
        got=got,
        expected=honest,
        because=(
            "`evaluate` does not use `split(labels, 0.2, seed)` and `predict_species`, or it does"
            " not return the share that is right (a number from 0 to 1)."
        ),
        look=(
            "Three lines: split, predict the held-out rows from the training rows, count what is"
            " right."
        ),
    )


def _near(a: list[float], b: list[float]) -> bool:
    return all(abs(x - y) < 1e-5 for x, y in zip(a, b))
