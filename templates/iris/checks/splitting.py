"""The learner's own split: complete, stratified, shuffled, and repeatable with the same seed."""

from __future__ import annotations

from collections import Counter

from mlpath_check import Check

# Sorted by species, as a botanist would write them down, and not equally many of each.
LABELS = ["setosa"] * 30 + ["versicolor"] * 50 + ["virginica"] * 70
SHARE = 0.2


def parts(check: Check, labels: list[str], seed: int) -> tuple[list[int], list[int]]:
    """What `split` gives: the positions to train on, and those to hold out."""
    got = check.call("flowers.split", labels, SHARE, seed)
    look = "The last line of `split` has the form `return train, held_out`."
    both = check.as_list(got, "`split`", 2, look=look)
    for part, name in zip(both, ("training", "held-out")):
        check.as_list(part, f"the {name} part that `split` returned", look=look)
    train, held_out = (check.as_list(part, "it") for part in both)
    check.that(
        all(type(i) is int for i in train + held_out),
        "`split` must return positions (0, 1, 2, ...), not labels",
        got=got,
        because="The labels themselves were split. Positions can select rows and labels alike.",
        look="Split `range(len(labels))`, not `labels`.",
    )
    return train, held_out


def whole(check: Check) -> None:
    """Every position is in exactly one part, and the held-out part has its proportion."""
    train, held_out = parts(check, LABELS, 1)
    both = sorted(set(train) & set(held_out))
    rows = "1 row is" if len(both) == 1 else f"{len(both)} rows are"
    check.that(
        not both,
        f"{rows} in both parts, the first at position {both[0] if both else 0}",
        got=both,
        expected=[],
        because="A row that the model has learned from cannot show whether it knows new flowers."
        " Rows in both parts are the simplest form of data leakage.",
        look="Build the training part from the positions that are not held out.",
    )
    check.that(
        sorted(train + held_out) == list(range(len(LABELS))),
        f"the two parts hold {len(train) + len(held_out)} positions; every one of the {len(LABELS)}"
        " must be in one part",
        because="Some rows got lost, or came twice, or are counted from 1 instead of 0.",
        look="`sorted(train + held_out) == list(range(len(labels)))` must be true.",
    )
    share = len(held_out) / len(LABELS)
    check.that(
        abs(share - SHARE) < 0.03,
        f"with a share of {SHARE} the held-out part has {len(held_out)} of {len(LABELS)} rows:"
        f" {share:.0%}",
        expected=f"{SHARE:.0%}",
        because="`share` is the proportion that is held out, and the held-out part comes second.",
        look="`test_size=share` in `train_test_split`, and `return train, held_out` in this order.",
    )


def in_proportion(check: Check) -> None:
    """Each species has the same proportion in the held-out part."""
    for seed in (1, 2, 3):
        _, held_out = parts(check, LABELS, seed)
        got = dict(Counter(LABELS[i] for i in held_out if 0 <= i < len(LABELS)))
        expected = {name: round(count * SHARE) for name, count in Counter(LABELS).items()}
        check.that(
            len(got) != 1,
            f"all held-out rows are {next(iter(got), '')}: the rows were cut without shuffling",
            got=got,
            expected=expected,
            because="The table was sorted by species, and the last rows of a sorted table are all"
            " alike. A model that never sees a species in training cannot name it, and the"
            " score says nothing.",
            look="`train_test_split` shuffles by itself; add `stratify=labels`.",
        )
        check.that(
            all(abs(got.get(name, 0) - count) <= 1 for name, count in expected.items()),
            "the split is not stratified: {got} are held out, where {expected} would be in"
            " proportion",
            got=got,
            expected=expected,
            because="Shuffling alone leaves the proportions to chance, and this table is small.",
            look="Add `stratify=labels` in `train_test_split`, or split each species by itself.",
        )


def seeded(check: Check) -> None:
    """Another seed draws other rows; the same seed draws the same."""
    first = set(parts(check, LABELS, 1)[1])
    check.that(
        first == set(parts(check, LABELS, 1)[1]),
        "the same seed gave two different splits",
        because="The shuffle does not use `seed`, so no one can repeat your figures, not even you.",
        look="Pass the seed on: `random_state=seed`.",
    )
    check.that(
        any(first != set(parts(check, LABELS, seed)[1]) for seed in (2, 3, 4)),
        "seeds 1, 2, 3 and 4 all hold out the very same rows: nothing is shuffled",
        because="The held-out rows are taken from fixed places, such as the end of each species, or"
        " the seed is written into the function. Fixed places are biased wherever the order of the"
        " table means something.",
        look="Shuffle before the cut, and pass the seed on: `random_state=seed`.",
    )
