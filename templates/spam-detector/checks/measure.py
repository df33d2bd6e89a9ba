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


def _mixed(y_true: Array, y_pred: Array, others: dict[str, float], *names: str) -> dict[str, float]:
    """The right scores, with some of others in their place."""
    return {**_scores(y_true, y_pred), **{name: others[name] for name in names if name}}


def _macro(y_true: Array, y_pred: Array) -> dict[str, float]:
    spam, ham = _scores(y_true, y_pred), _scores(y_true, y_pred, "ham")
    return {name: (spam[name] + ham[name]) / 2 for name in spam}


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
    Mistake(
        lambda y_true, y_pred: _mixed(y_true, y_pred, _scores(y_pred, y_true), "precision"),
        "precision is recall: {got}",
        "scikit-learn's functions take `y_true` first and `y_pred` second; here they are exchanged"
        " in `precision_score`.",
    ),
    Mistake(
        lambda y_true, y_pred: _mixed(y_true, y_pred, _scores(y_pred, y_true), "recall"),
        "recall is precision: {got}",
        "scikit-learn's functions take `y_true` first and `y_pred` second; here they are exchanged"
        " in `recall_score`.",
    ),
    Mistake(
        lambda y_true, y_pred: _mixed(
            y_true, y_pred, {"precision": 1.0}, "precision" if "spam" not in y_pred.data else ""
        ),
        "precision is 1 where nothing is flagged: {got}",
        "Nothing was flagged, so nothing was flagged rightly. By convention precision is 0 then;"
        " a 1 would make the rule that finds nothing look perfect.",
        "`zero_division=0` in scikit-learn.",
    ),
    Mistake(
        lambda y_true, y_pred: {k: round(v, 2) for k, v in _scores(y_true, y_pred).items()},
        "the scores are rounded: {got}",
        "Round where a number is written for people, not where it is worked out.",
    ),
    *(
        Mistake(
            lambda y_true, y_pred, names=names: _mixed(
                y_true, y_pred, _macro(y_true, y_pred), *names
            ),
            "the score is the mean over both classes: {got}",
            'With `average="macro"` ham counts as much as spam. Spam alone is the positive class.',
            '`pos_label="spam"`, without `average`.',
        )
        for names in (("precision", "recall"), ("precision",), ("recall",))
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
DOWNWARD = [0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3]
CASES = [
    (DOWNWARD, "ss.ss..s", 10),  # another threshold is cheapest at 10, at 1 and at a tenth
    (DOWNWARD, "ss.ss..s", 0.1),
    ([0.1, 0.4, 0.6, 0.9], "..ss", 1),
    ([0.1, 0.2, 0.7, 0.3, 0.8, 0.95], "...sss", 10),
    ([0.1, 0.2, 0.7, 0.3, 0.8, 0.95], "...sss", 0.1),
    ([0.2, 0.35, 0.45, 0.5, 0.55, 0.6, 0.9, 0.97], "s.s.s.ss", 3),
    ([0.9, 0.6, 0.3], ".s.", 5),
    ([1.0, 0.6, 0.3], ".s.", 5),  # a model can be that sure, and wrong
]


def _cost(threshold: float, probability: list[float], truth: str, price: float) -> float:
    flagged = [p >= threshold for p in probability]
    wrong = [f and t == "." for f, t in zip(flagged, truth)]
    missed = [not f and t == "s" for f, t in zip(flagged, truth)]
    return price * sum(wrong) + sum(missed)


def _best(probability: list[float], truth: str, price: float) -> float:
    return min(_cost(t, probability, truth, price) for t in [*probability, 1.01])


def _least(chosen: list[float], price: float | None = None, above: float = 0.0) -> list[bool]:
    """Of each case, whether the choice is the cheapest at its price, or at `price`."""
    return [
        _cost(got + above, probability, truth, price or own)
        <= _best(probability, truth, price or own) + BETWEEN
        for got, (probability, truth, own) in zip(chosen, CASES)
    ]


def _exchanged(chosen: list[float]) -> bool:
    return all(
        _cost(got, probability, truth, 1 / price) <= _best(probability, truth, 1 / price) + BETWEEN
        for got, (probability, truth, price) in zip(chosen, CASES)
    )


def _cause(chosen: list[float]) -> str:
    """What explains the choices of all cases; some are not the cheapest."""
    wrong = [case for case, right in zip(CASES, _least(chosen)) if not right]
    nothing = [_cost(1.01, *case) <= _best(*case) + BETWEEN for case in wrong]
    if all(got == 0.5 for got in chosen):
        return "0.5 treats a false positive and a false negative as equally bad."
    if all(_least(chosen, 1)):
        return "Every mistake counts 1: `false_positive_cost` is not used."
    if _exchanged(chosen):
        return (
            "The costs are exchanged: a false positive is a friend's message (ham) that is"
            " flagged as spam, a false negative is a spam that gets through."
        )
    if all(_least(chosen, 10)):
        return "10 is typed in, where the cost is `false_positive_cost`."
    if all(_least(chosen, above=BETWEEN)):
        return "A message is flagged where its probability is at least the threshold (`>=`)."
    if all(nothing) and any(got == 1 for got in chosen):
        return "A probability can be 1 too. What flags nothing lies above 1."
    if all(nothing):
        return "To flag nothing would be cheapest, and no threshold above all of them was tried."
    return "Not every probability was tried, or something other than the cost decided."


def threshold(check: Check) -> None:
    """The cost of the chosen threshold is the least that there is."""
    chosen = []
    for probability, truth, price in CASES:
        given = Array("float64", (len(probability),), probability)
        got = check.call("spam.choose_threshold", _labels(truth), given, price)
        chosen.append(check.as_number(got, "`choose_threshold`"))
    if all(_least(chosen)):
        return
    wrong = _least(chosen).index(False)
    probability, truth, price = CASES[wrong]
    cost, least = _cost(chosen[wrong], *CASES[wrong]), _best(*CASES[wrong])
    check.fail(
        f"the threshold {chosen[wrong]:g} costs {cost:g}, and the cheapest costs {least:g}"
        f" (a false positive costs {price:g}, a false negative 1)",
        got=[f"{p:g} {'spam' if t == 's' else 'ham'}" for p, t in zip(probability, truth)],
        because=_cause(chosen),
        look="Work out the cost of every probability as the threshold, and of one above 1,"
        " which flags nothing.",
    )
