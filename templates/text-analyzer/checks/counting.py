"""Milestone 2: how often each word comes, and which come most often."""

from __future__ import annotations

import random
import string
from collections import Counter

from mlpath_check import Check, Mistake
from reference import counts, ranking, words

SPLIT_AGAIN = "The text was split again. Count what `words(text)` returns: it is clean already."

COUNT_MISTAKES = [
    Mistake(
        lambda text: dict(Counter(text.split())),
        "`The` and `the` are counted apart, and so are `sea` and `sea.`: {got}",
        SPLIT_AGAIN,
    ),
    Mistake(
        lambda text: dict(Counter(text.lower().split())),
        "`sea` and `sea.` are counted apart: {got}",
        SPLIT_AGAIN,
    ),
    Mistake(
        lambda text: dict(
            Counter(w for w in (piece.strip(string.punctuation) for piece in text.split()) if w)
        ),
        "`The` and `the` are counted apart: {got}",
        "The words were counted before they were in lower case. Count what `words(text)` returns.",
    ),
    Mistake(
        lambda text: dict(Counter(text)),
        "`count_words` counts characters, not words",
        "A text is a sequence of characters; count what `words(text)` returns.",
    ),
    Mistake(
        lambda text: dict.fromkeys(words(text), 1),
        "every word is counted once, however often it comes: {got}",
        "Each turn of the loop sets the count to 1 instead of adding 1 to it.",
    ),
]


def counted(check: Check) -> None:
    # The shortest text has what the messages name.
    texts = ["The sea. THE sea, the wind!", "Don't... don't you dare? DON'T!", "", "one"]
    check.compare("textstats.count_words", texts, counts, COUNT_MISTAKES)


MOST_MISTAKES = [
    Mistake(
        lambda text, n: ranking(text, 10**6),
        "`most_common` returns all words, however few are asked for",
        "The list is sorted but not cut: `[:n]` takes the first `n` of it.",
    ),
    Mistake(
        lambda text, n: [word for word, _ in ranking(text, n)],
        "`most_common` returns the words without their counts: {got}",
        "Sort pairs of a word and its count: `count_words(text).items()`.",
    ),
    Mistake(
        lambda text, n: sorted(counts(text).items(), key=lambda item: (item[1], item[0]))[:n],
        "`most_common` begins with the rarest word: {got}",
        "`sorted` goes upward; sort by the negative count.",
    ),
]


def most(check: Check) -> None:
    text = "The sea, the sea, the sea: the SEA! The pier, the pier. Wind."
    calls = [(text, 1), (text, 3), (text, 50), (text, 0), ("", 5)]
    # Ties have a check of their own: here no two counts are equal.
    check.compare("textstats.most_common", calls, ranking, MOST_MISTAKES)


POOL = ["anchor", "bell", "crab", "dune", "eel", "fog", "gull", "island", "jetty", "kelp", "lamp"]

TIE_MISTAKES = [
    Mistake(
        lambda text, n: Counter(text.split()).most_common(n),
        "words that tie stand in the order in which the text has them",
        "`Counter.most_common`, or a sort by the count alone, leaves ties as they came. Sort by two"
        " things: first the count, downward, then the word.",
    ),
    Mistake(
        lambda text, n: sorted(counts(text).items(), key=lambda i: (i[1], i[0]), reverse=True)[:n],
        "words that tie stand in reverse alphabetical order",
        "`reverse=True` reverses both parts of the key. Leave it out, and put a minus before the"
        " count: `key=lambda item: (-item[1], item[0])`.",
    ),
    Mistake(
        lambda text, n: sorted(
            sorted(counts(text).items(), key=lambda i: -i[1])[:n], key=lambda i: (-i[1], i[0])
        ),
        "the list is cut before words that tie are in order, so others are left in it",
        "Sort by both first, the count and then the word; take the first `n` after that.",
    ),
    Mistake.where(
        lambda got, right: (
            all(type(pair) is tuple for pair in got)
            and [count for _, count in got] == [count for _, count in right]
        ),
        "words that tie stand in an order that means nothing",
        "The words passed through a set, whose order may differ from run to run, and the sort"
        " looked at the count alone. Sort by the count and then by the word.",
    ),
]


def ties(check: Check) -> None:
    """Many texts whose words tie, in many orders: luck cannot pass all of them."""
    draw = random.Random(1912)
    calls = []
    for _ in range(20):
        chosen = draw.sample(POOL, 9)
        pieces = chosen[:5] * 2 + chosen[5:]
        draw.shuffle(pieces)
        calls.append((" ".join(pieces), 7))
    check.compare("textstats.most_common", calls, ranking, TIE_MISTAKES)
