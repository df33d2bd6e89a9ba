"""The learner's own split: whole, in proportion, shuffled, and the same again for the same seed."""

from __future__ import annotations

from collections import Counter

from mlpath_check import Check

# Sorted by species, as a botanist would write them down, and not equally many of each.
LABELS = ["setosa"] * 30 + ["versicolor"] * 50 + ["virginica"] * 70
SHARE = 0.2


def _plain(value: object) -> object:
    """The list inside an array, a tuple or a list."""
    value = getattr(value, "data", value)
    return list(value) if isinstance(value, (list, tuple)) else value


def _parts(check: Check, seed: int) -> tuple[list[int], list[int]]:
    got = check.call("flowers.split", LABELS, SHARE, seed)
    parts = _plain(got)
    if isinstance(parts, list):
        parts = [_plain(part) for part in parts]
    if (
        not isinstance(parts, list)
        or len(parts) != 2
        or not all(isinstance(part, list) for part in parts)
    ):
        check.fail(
            "`split` must return two lists of positions: (training, held out)",
            got=got,
            because="One list is missing, or something else than lists came back.",
            look="The last line of `split` is of the shape `return training, held_out`.",
        )
    if not all(isinstance(i, int) and not isinstance(i, bool) for part in parts for i in part):
        check.fail(
            "`split` must return positions (0, 1, 2, ...), not labels",
            got=got,
            because="The labels themselves were split. Positions can pick rows and labels alike.",
            look="Split `range(len(labels))`, not `labels`.",
        )
    return parts[0], parts[1]


def whole(check: Check) -> None:
    """Every position is in exactly one part, and the held-out part has its share."""
    train, held_out = _parts(check, 1)
    both = sorted(set(train) & set(held_out))
    check.that(
        not both,
        f"{len(both)} rows are in both parts, the first at position {both[0] if both else 0}",
        got=both,
        expected=[],
        because=(
            "A row that the model has learned from cannot tell whether the model knows new flowers."
        ),
        look="Build the training part from the positions that are not held out.",
    )
    check.that(
        sorted(train + held_out) == list(range(len(LABELS))),
        f"the two parts hold {len(train) + len(held_out)} positions; every one of the {len(LABELS)}"
        " must be in one part",
        because="Some rows got lost, or came twice, or are counted from 1 instead of 0.",
        look="`sorted(train + held_out) == list(range(len(labels)))` must hold.",
    )
    share = len(held_out) / len(LABELS)
    check.that(
        abs(share - SHARE) < 0.03,
        f"with a share of {SHARE} the held-out part has {len(held_out)} of {len(LABELS)} rows:"
        f" {share:.0%}",
        expected=f"{SHARE:.0%}",
        because=(
            "The share is of the rows that are held out, and the second part is the held-out one."
        ),
        look=(
            "`test_size=share` in `train_test_split`, or `return training, held_out` in this order."
        ),
    )


def in_proportion(check: Check) -> None:
    """Each species has the same share in the held-out part."""
    for seed in (1, 2, 3):
        _, held_out = _parts(check, seed)
        got = dict(Counter(LABELS[i] for i in held_out if 0 <= i < len(LABELS)))
        expected = {name: round(count * SHARE) for name, count in Counter(LABELS).items()}
        if len(got) == 1:
            check.fail(
                f"all held-out rows are {next(iter(got))}: the rows were cut without shuffling",
                got=got,
                expected=expected,
                because=(
                    "The table was sorted by species, and the last rows of a sorted table are all"
                    " alike. A model that never sees a species in training cannot name it, and the"
                    " score says nothing."
                ),
                look="`train_test_split` shuffles by itself; add `stratify=labels`.",
            )
        check.that(
            all(abs(got.get(name, 0) - count) <= 1 for name, count in expected.items()),
            "the species are not in proportion: held out are {got}, where {expected} would be in"
            " proportion",
            got=got,
            expected=expected,
            because=(
                "Shuffling alone leaves the proportions to chance, which a small table cannot"
                " afford."
            ),
            look=(
                "Stratify: `stratify=labels` in `train_test_split`, or split each species by"
                " itself."
            ),
        )


def seeded(check: Check) -> None:
    """Another seed draws other rows; the same seed draws the same."""
    first = set(_parts(check, 1)[1])
    check.that(
        first == set(_parts(check, 1)[1]),
        "the same seed gave two different splits",
        because=(
            "The shuffle does not use `seed`, so that nobody, not even you, can repeat your"
            " figures."
        ),
        look="Pass the seed on: `random_state=seed`.",
    )
    check.that(
        any(first != set(_parts(check, seed)[1]) for seed in (2, 3, 4)),
        "seeds 1, 2, 3 and 4 all hold out the very same rows: nothing is shuffled",
        because=(
            "The held-out rows are taken from fixed places, such as the end of each species, or the"
            " seed is written into the function. A fixed place is a biased one where the order of"
            " the table means something."
        ),
        look="Shuffle before the cut, and pass the seed on: `random_state=seed`.",
    )
