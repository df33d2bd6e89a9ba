"""Milestone 2: how often each word comes, and which come most often."""

from __future__ import annotations

import random
import string
from collections import Counter
from typing import Any

import reference
from mlpath_check import Check
from reference import Mistake, compare, look


def counts(text: str) -> dict[str, int]:
    return dict(Counter(reference.words(text)))


def _with_capitals(text: str) -> dict[str, int]:
    pieces = [piece.strip(string.punctuation) for piece in text.split()]
    return dict(Counter(piece for piece in pieces if piece))


COUNT_MISTAKES: list[Mistake] = [
    (
        lambda text: dict(Counter(text.split())),
        "`The` and `the` are counted apart, and so are `sea` and `sea.`: {got}",
        "The text was split anew. Count what `words(text)` gives: there the cleaning is done.",
    ),
    (
        lambda text: dict(Counter(text.lower().split())),
        "`sea` and `sea.` are counted apart: {got}",
        "The text was split anew. Count what `words(text)` gives: there the cleaning is done.",
    ),
    (
        _with_capitals,
        "`The` and `the` are counted apart: {got}",
        "The words were counted before they were in lower case. Count what `words(text)` gives.",
    ),
    (
        lambda text: dict(Counter(text)),
        "`count_words` counts characters, not words",
        "A text is a sequence of characters; count what `words(text)` gives.",
    ),
    (
        lambda text: dict.fromkeys(reference.words(text), 1),
        "every word is counted once, however often it comes: {got}",
        "The count is set to 1 at each turn of the loop instead of growing by 1.",
    ),
]


def counted(check: Check) -> None:
    texts = ["The sea. THE sea, the wind!", "Don't... don't you? DON'T!", "", "one"]
    compare(check, "count_words", [(text,) for text in texts], counts, COUNT_MISTAKES)


def ranking(text: str, n: int) -> list[tuple[str, int]]:
    return sorted(counts(text).items(), key=lambda item: (-item[1], item[0]))[:n]


def _rising(text: str, n: int) -> list[tuple[str, int]]:
    return sorted(counts(text).items(), key=lambda item: (item[1], item[0]))[:n]


MOST_MISTAKES: list[Mistake] = [
    (
        lambda text, n: ranking(text, 10**6),
        "`most_common` gives all words, however few are asked for",
        "The list is sorted but not cut: `[:n]` takes the first `n` of it.",
    ),
    (
        lambda text, n: [word for word, _ in ranking(text, n)],
        "`most_common` gives the words without their counts: {got}",
        "Sort pairs of a word and its count: `count_words(text).items()`.",
    ),
    (
        _rising,
        "`most_common` begins with the rarest word: {got}",
        "`sorted` goes upwards; sort by the negative count.",
    ),
]


def most(check: Check) -> None:
    text = "The sea, the sea, the sea: the SEA! The pier, the pier. Wind."
    calls: list[tuple[Any, ...]] = [(text, 1), (text, 3), (text, 50), (text, 0), ("", 5)]
    # Ties have a check of their own: here every count is another.
    compare(check, "most_common", calls, ranking, MOST_MISTAKES)


POOL = ["anchor", "bell", "crab", "dune", "eel", "fog", "gull", "island", "jetty", "kelp", "lamp"]


def ties(check: Check) -> None:
    """Many texts whose words tie, in many orders: luck cannot pass all of them."""
    draw = random.Random(1912)
    asked = []
    for _ in range(20):
        chosen = draw.sample(POOL, 9)
        twice, once = chosen[:5] * 2, chosen[5:]
        pieces = twice + once
        draw.shuffle(pieces)
        asked.append((" ".join(pieces), 7))
    answers = [(args, check.call("textstats.most_common", *args)) for args in asked]
    wrong = [(args, got) for args, got in answers if got != ranking(*args)]
    if not wrong:
        return
    (text, n), got = wrong[0]
    expected = ranking(text, n)
    if all(got == Counter(args[0].split()).most_common(n) for args, got in answers):
        message = "words that tie stand in the order in which the text has them"
        because = (
            "`Counter.most_common`, or a sort by the count alone, leaves ties as they came. Sort by"
            " two things: first the count, downwards, then the word."
        )
    elif all(got == _backwards(*args) for args, got in answers):
        message = "words that tie stand in the order of the alphabet backwards"
        because = (
            "`reverse=True` turns round both parts of the key. Leave it out, and put a minus before"
            " the count: `key=lambda item: (-item[1], item[0])`."
        )
    elif _same_counts(got, expected):
        message = "words that tie stand in an order that means nothing"
        because = (
            "The words passed through a set, whose order may be another in every run, and the sort"
            " looked at the count alone. Sort by the count and then by the word."
        )
    else:
        check.equal(
            got, expected, f"`most_common({text!r}, {n})`", look=look("most_common", (text, n))
        )
        return
    check.fail(
        message, got=got, expected=expected, because=because, look=look("most_common", (text, n))
    )


def _backwards(text: str, n: int) -> list[tuple[str, int]]:
    return sorted(counts(text).items(), key=lambda item: (item[1], item[0]), reverse=True)[:n]


def _same_counts(got: Any, expected: list[tuple[str, int]]) -> bool:
    if not isinstance(got, list) or not all(isinstance(x, tuple) and len(x) == 2 for x in got):
        return False
    return [count for _, count in got] == [count for _, count in expected]
