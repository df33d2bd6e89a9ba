"""What `predict.py` writes: real probabilities, and labels by a threshold that was chosen."""

from __future__ import annotations

import csv
import io
import random
import re

from mlpath_check import Check, Run

MANY, FEW = 400, 40  # messages to learn from, and to predict
KNOWN = 0.75  # an AUC that nobody has on coin flips but who has seen how they fell
# What we put behind the learner's spam.py. Labels that are random say which messages a model was
# fitted on: of those it knows the labels, of all others it can know nothing. The threshold that it
# gives flags every message where all is as asked, and none where it is not.
OURS = f"""


def choose_threshold(y_true, probability, false_positive_cost):
    spam = [p for y, p in zip(y_true, probability) if y == "spam"]
    ham = [p for y, p in zip(y_true, probability) if y != "spam"]
    above = sum((s > h) + (s == h) / 2 for s in spam for h in ham)
    auc = above / max(1, len(spam) * len(ham))
    print(f"mlpath-check auc={{auc:.3f}} cost={{false_positive_cost}}")
    return 0.0 if auc < {KNOWN} and false_positive_cost == 10 else 2.0
"""
TOLD = re.compile(r"mlpath-check auc=([\d.]+) cost=(\S+)")


def _rows(run: Run) -> list[dict[str, str]]:
    with run.artifact("predictions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _number(text: str | None) -> float | None:
    try:
        return float(text or "")
    except ValueError:
        return None


def probabilities(check: Check) -> None:
    """More than the two values that a label has."""
    told = {_number(row.get("probability")) for row in _rows(check.step("predict"))}
    check.that(
        told != {0.0, 1.0},
        "each `probability` is 0 or 1",
        expected="probabilities between 0 and 1",
        because="These are hard labels as numbers: `predict` gives the class that is more likely,"
        " and says nothing of how sure the model is. No other threshold can be chosen on them, and"
        " no message is more suspect than another.",
        look='`predict_proba(test["text"])[:, 1]` gives probabilities.',
    )


def _coins(count: int, seed: int, *columns: str) -> str:
    """Messages whose labels fell like coins, as a CSV file."""
    draw = random.Random(seed)
    words = ["".join(draw.choices("abcdefghijklmnop", k=5)) for _ in range(900)]
    text = io.StringIO()
    table = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    for row in range(1, count + 1):
        label, message = draw.choice(["ham", "spam"]), " ".join(draw.choices(words, k=12))
        table.writerow({"row_id": row, "label": label, "text": message})
    return text.getvalue()


def chosen(check: Check) -> None:
    """`label` comes from `choose_threshold`, asked of messages that the model has not seen."""
    run = check.step(
        "predict",
        files={
            "spam.py": check.source("spam.py") + OURS,
            "data/train.csv": _coins(MANY, 1, "row_id", "label", "text"),
            "data/test.csv": _coins(FEW, 2, "row_id", "text"),
        },
    )
    labels = {row.get("label") for row in _rows(run)}
    if labels == {"spam"}:
        return
    asked = TOLD.findall(run.printed)
    auc, cost = asked[-1] if asked and labels == {"ham"} else ("0", "10")
    check.that(
        float(auc) < KNOWN,
        "the threshold was chosen on messages that the model was fitted on",
        because="Where labels are tossed like coins, nobody can know them. The probabilities that"
        f" `choose_threshold` was given told them all the same (AUC {auc}). Such a threshold is"
        " overfitted: of new messages the model is less sure.",
        look='`cross_val_predict(model, X_train, y_train, cv=3, method="predict_proba")[:, 1]`, or'
        " validation data that are split off.",
    )
    check.that(
        float(cost) == 10,
        f"`predict.py` asks `choose_threshold` with a cost of {cost}",
        expected="10",
        because="A friend's message that is lost is as bad as ten spams that get through.",
    )
    check.fail(
        "`label` does not come from what `choose_threshold` returns",
        expected="spam where `probability` is at least the threshold that it chose",
        because="`choose_threshold` is called, and another threshold decides."
        if asked
        else "A threshold that is typed in was right for one model and one data set, if it was"
        " chosen at all. `predict` has one of 0.5.",
        look="`threshold = choose_threshold(…)` in `predict.py`, on validation data, at each run.",
    )
