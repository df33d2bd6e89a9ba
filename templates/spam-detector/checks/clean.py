"""Deduplicating and splitting: no text on both sides, and nothing else lost."""

from __future__ import annotations

from collections import Counter
from typing import Any

from mlpath_check import Check, Frame

# Eight of forty messages are spam, and some were sent more than once.
HAM = [f"see you at {hour}" for hour in range(1, 31)] + ["ok", "ok lor", "Ok"]
SPAM = [f"WIN £{sum_}00 now" for sum_ in range(1, 9)]
REPEATS = ["ok", "ok", "see you at 7", "WIN £300 now", "ok", "WIN £300 now", "see you at 30"]


def _messages() -> Frame:
    texts = [*HAM[::-1], *SPAM, *REPEATS]
    rows = [[n, "spam" if "£" in text else "ham", text] for n, text in enumerate(texts, 1)]
    return Frame(["row_id", "label", "text"], rows)


def deduplicated(check: Check) -> None:
    """One of each text, the first, in their order, with all columns."""
    messages = _messages()
    got = check.as_frame(check.call("spam.deduplicate", messages), "`deduplicate`")
    check.that(
        got.columns == messages.columns,
        "`deduplicate` returned other columns",
        got=got.columns,
        expected=messages.columns,
        because="Only rows go; every message keeps all that is known of it.",
    )
    texts = got.column("text")
    again = sorted(text for text, count in Counter(texts).items() if count > 1)
    check.that(
        not again,
        f"{len(again)} of the texts {'is' if len(again) == 1 else 'are'} still there more than"
        f" once, such as {again[0]!r}"
        if again
        else "",
        because="`drop_duplicates()` without a column compares whole rows, and `row_id` differs in"
        " each, so no two rows are alike."
        if len(texts) == len(messages.rows)
        else "Some repeats were kept.",
        look='`messages["text"].duplicated().sum()` counts what repeats an earlier text.',
    )
    expected = list(dict.fromkeys(messages.column("text")))
    gone = sorted(set(expected) - set(texts))
    check.that(
        not gone,
        f"`deduplicate` lost {gone[0]!r} altogether" if gone else "",
        because="`keep=False` throws away every copy, the first too."
        if set(gone) == set(REPEATS)
        else "Texts that only look alike were taken for the same: `Ok` is not `ok` here.",
        look="One of each text has to stay.",
    )
    told = got.column("row_id")
    all_texts = messages.column("text")
    first = [all_texts.index(text) + 1 for text in expected]
    check.equal(
        told,
        first,
        "the `row_id` column of `deduplicate`",
        because="The right rows are there, in another order."
        if sorted(told) == first
        else '`keep="last"` keeps the last of each text, where the first is asked for.'
        if set(told) == {max(n for n, t in enumerate(all_texts, 1) if t == u) for u in expected}
        else "Some of the rows are not the first with their text.",
        look='`messages.drop_duplicates("text")` keeps the first of each, and the order.',
    )


def parts(
    check: Check, seed: int = 7, size: float = 0.25
) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    """X_train, X_test, y_train, y_test of the sample."""
    got = check.as_list(check.call("spam.split", _messages(), size, seed), "`split`", 4)
    names = ("X_train", "X_test", "y_train", "y_test")
    one, two, three, four = (check.as_list(part, name) for part, name in zip(got, names))
    check.that(
        len(one) == len(three) and len(two) == len(four),
        "a part has {got} texts and labels, which must be as many",
        got=[len(part) for part in (one, two, three, four)],
        because="The order of scikit-learn is X_train, X_test, y_train, y_test.",
    )
    return one, two, three, four


def apart(check: Check) -> None:
    """No text in both parts, one of each in all, with its own label."""
    X_train, X_test, y_train, y_test = parts(check)
    both = sorted(set(X_train) & set(X_test))
    check.that(
        not both,
        f"{len(both)} {'text is' if len(both) == 1 else 'texts are'} in both parts, such as"
        f" {both[0]!r}"
        if both
        else "",
        because="This is data leakage: copies of one message fell on both sides of the split, so"
        " the model is asked about messages that it learned by heart. Deduplicating each part"
        " afterwards is too late.",
        look="Deduplicate first, then split: `set(X_train) & set(X_test)` must be empty.",
    )
    everything = [*X_train, *X_test]
    check.that(
        len(everything) == len(set(everything)),
        "{got} rows are repeats of another in the same part",
        got=len(everything) - len(set(everything)),
        because="The messages were split without `deduplicate`.",
    )
    check.same_items(everything, sorted({*HAM, *SPAM}), "the texts of both parts together")
    wrong = [t for t, y in zip(everything, [*y_train, *y_test]) if ("£" in t) != (y == "spam")]
    check.that(
        not wrong,
        f"{wrong[0]!r} came with the label of another message" if wrong else "",
        because="Texts and labels were shuffled or deduplicated apart from each other.",
    )


def stratified(check: Check) -> None:
    """The proportions, and the same again from the same seed."""
    first = parts(check)
    unique = len(HAM) + len(SPAM)
    check.that(
        len(first[0]) + len(first[1]) == unique,
        f"the two parts together have {{got}} messages, and there are {unique} different texts",
        got=len(first[0]) + len(first[1]),
        because="The messages were split without `deduplicate`, so that no proportion is right.",
    )
    for size in (0.25, 0.5):
        share = len(parts(check, size=size)[1]) / unique
        check.that(
            abs(share - size) < 0.05,
            f"with a test_size of {size} the test part has a proportion of {{got:.2f}}",
            got=share,
            because="`test_size` is the proportion that is held out. Pass it on; a number that is"
            " typed in is right for one size.",
        )
    for seed in (7, 8, 9, 10):
        spam = parts(check, seed)[3].count("spam")
        check.that(
            spam == 2,
            f"with seed {seed} the test part has {spam} of the {len(SPAM)} spams, where a quarter"
            " of them is 2",
            because="The split is not stratified: with so little spam, chance decides how much of"
            " it is left to test on.",
            look="`stratify=` of `train_test_split` takes the labels.",
        )
    check.that(
        parts(check) == first,
        "the same seed gave another split",
        because="`seed` is not passed on as `random_state`.",
    )
    check.that(
        parts(check, 8)[1] != first[1],
        "two seeds gave the same split",
        because="`random_state` is a fixed number instead of `seed`, or nothing is shuffled.",
    )
