"""Accuracy, precision and recall, and the threshold for a cost."""

from __future__ import annotations

from mlpath_check import Array, Check, Mistake

BETWEEN = 1e-9


def _labels(text: str) -> Array:
    """ "s.." is spam, ham, ham."""
    data = ["spam" if letter == "s" else "ham" for letter in text]
    return Array("object", (len(data),), data)


def _counts(y_true: Array, y_pred: Array, positive: str = "spam") -> list[int]:
    pairs = [(t == positive, p == positive) for t, p in zip(y_true.data, y_pred.data)]
    return [pairs.count(p) for p in ((True, True), (False, True), (True, False), (False, False))]


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _scores(y_true: Array, y_pred: Array, positive: str = "spam") -> dict[str, float]:
    tp, fp, fn, tn = _counts(y_true, y_pred, positive)
    return {
        "accuracy": (tp + tn) / (tp + fp + fn + tn),
        "precision": _ratio(tp, tp + fp),
        "recall": _ratio(tp, tp + fn),
    }


MISTAKES = [
    Mistake(
        lambda y_true, y_pred: _scores(y_pred, y_true),
        "precision and recall are exchanged: {got}",
        "scikit-learn's functions take `y_true` first and `y_pred` second.",
        "Precision looks at what was flagged, recall at what is spam.",
    ),
    Mistake(
        lambda y_true, y_pred: _scores(y_true, y_pred, "ham"),
        "precision and recall are those of ham: {got}",
        "The positive class is the one that you look for. Here it is spam.",
        '`pos_label="spam"`',
    ),
    Mistake(
        ZeroDivisionError,
        "`{call}` divides by zero",
        "Where nothing is flagged, precision has no value. By convention it is 0 then.",
        "`zero_division=0` in scikit-learn.",
    ),
    Mistake.where(
        lambda got, expected: (
            isinstance(got, dict)
            and got.get("precision") == got.get("recall") == got.get("accuracy")
        ),
        "all three are the same number: {got}",
        'With `average="micro"` precision and recall are nothing but accuracy.',
    ),
]


def scored(check: Check) -> None:
    """The three scores on small cases, the one that flags nothing among them."""
    calls = [
        (_labels("ss..."), _labels("s.s..")),
        (_labels("sss......."), _labels("s.ss......")),
        (_labels("s......."), _labels("........")),
        (_labels("sss..."), _labels("ssssss")),
    ]
    check.compare("spam.scores", calls, _scores, MISTAKES)


def all_ham(check: Check) -> None:
    """The baseline on proportions like those of the data: right often, and useless."""
    y_true, y_pred = _labels("s" * 134 + "." * 866), _labels("." * 1000)
    got = check.as_dict(check.call("spam.scores", y_true, y_pred), "`scores`")
    check.close(got, {"accuracy": 0.866, "precision": 0.0, "recall": 0.0}, "`scores` of all ham")
    check.fact("accuracy", 0.866)


# Probabilities, the truth, and what a false positive costs.
CASES = [
    ([0.1, 0.4, 0.6, 0.9], "..ss", 1),
    ([0.1, 0.2, 0.7, 0.3, 0.8, 0.95], "...sss", 10),
    ([0.1, 0.2, 0.7, 0.3, 0.8, 0.95], "...sss", 0.1),
    ([0.2, 0.35, 0.45, 0.5, 0.55, 0.6, 0.9, 0.97], "s.s.s.ss", 3),
    ([0.9, 0.6, 0.3], ".s.", 5),
]


def _cost(threshold: float, probability: list[float], truth: str, price: float) -> float:
    flagged = [p >= threshold for p in probability]
    wrong = [f and t == "." for f, t in zip(flagged, truth)]
    missed = [not f and t == "s" for f, t in zip(flagged, truth)]
    return price * sum(wrong) + sum(missed)


def _best(probability: list[float], truth: str, price: float) -> float:
    return min(_cost(t, probability, truth, price) for t in [*probability, 1.01])


def threshold(check: Check) -> None:
    """The cost of the chosen threshold is the least that there is."""
    for probability, truth, price in CASES:
        got = check.as_number(
            check.call(
                "spam.choose_threshold",
                _labels(truth),
                Array("float64", (len(probability),), probability),
                price,
            ),
            "`choose_threshold`",
        )
        cost, least = _cost(got, probability, truth, price), _best(probability, truth, price)
        if cost <= least + BETWEEN:
            continue
        swapped = _cost(got, probability, truth, 1 / price)
        if got == 0.5:
            because = "0.5 treats a false positive and a false negative as equally bad."
        elif (
            _cost(got, probability, truth, swapped) <= _best(probability, truth, swapped) + BETWEEN
        ):
            because = (
                "The costs are exchanged: a false positive is a friend's message (ham) that is"
                " flagged as spam, a false negative is a spam that gets through."
            )
        elif _cost(got + BETWEEN, probability, truth, price) <= least + BETWEEN:
            because = "A message is flagged where its probability is at least the threshold (`>=`)."
        else:
            because = "Not every probability was tried, or something other than the cost decided."
        check.fail(
            f"the threshold {got:g} costs {cost:g}, and the cheapest costs {least:g}"
            f" (a false positive costs {price:g}, a false negative 1)",
            got=[f"{p:g} {'spam' if t == 's' else 'ham'}" for p, t in zip(probability, truth)],
            because=because,
            look="Work out the cost of every probability as the threshold, and of one above 1,"
            " which flags nothing.",
        )
