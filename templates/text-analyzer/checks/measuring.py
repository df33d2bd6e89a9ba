"""Milestone 4: the six figures."""

from __future__ import annotations

from mlpath_check import Check, Mistake
from reference import TOLERANCE, sentences, statistics, words

TEXTS = [
    "The sea was calm. The wind was not!",
    "Nobody counted. Fishermen watched the lighthouse every morning... The CLOCK stood, and stood?",
    "One",
    "Yesterday's well-known harbor-master, at 6 o'clock: asleep",
]

ROUNDED = "Do not round; rounding is for printing."
UPSIDE_DOWN = "The division is upside down."


def _long(text: str, least: int) -> float:
    """The percentage of words of at least `least` characters."""
    return 100 * sum(len(word) >= least for word in words(text)) / len(words(text))


def _per_sentence(text: str) -> float:
    return statistics(text)["words_per_sentence"]


# For each figure, what a mistake makes of it; the message is that of any difference.
MISTAKES = {
    "words": [Mistake(len, because="These are the characters of the text; count `words(text)`.")],
    "distinct": [
        Mistake(
            lambda text: len(set(text.split())),
            because="The text was split again; take the set of `words(text)`.",
        ),
        Mistake(
            lambda text: len(words(text)),
            because="These are all words; a set keeps each of them once.",
        ),
    ],
    "sentences": [
        Mistake(
            lambda text: text.count("."), because="These are the periods; count `sentences(text)`."
        )
    ],
    "words_per_sentence": [
        Mistake(lambda text: len(sentences(text)) / len(words(text)), because=UPSIDE_DOWN),
        Mistake(
            lambda text: len(words(text)) // len(sentences(text)),
            because="`//` drops what is after the decimal point; use `/`.",
        ),
        Mistake(lambda text: round(_per_sentence(text)), because=ROUNDED),
    ],
    "type_token_ratio": [
        Mistake(lambda text: len(words(text)) / len(set(words(text))), because=UPSIDE_DOWN),
        Mistake(lambda text: round(statistics(text)["type_token_ratio"], 2), because=ROUNDED),
    ],
    "lix": [
        Mistake(
            lambda text: _per_sentence(text) + _long(text, 6),
            because="A word of six characters is not long yet: long begins at seven.",
        ),
        Mistake(
            lambda text: _per_sentence(text) + _long(text, 8),
            because="A word of seven characters is long already: long begins at seven.",
        ),
        Mistake(
            lambda text: _per_sentence(text) + _long(text, 7) / 100,
            because="The proportion of long words counts as a percentage: times 100.",
        ),
        Mistake(lambda text: round(statistics(text)["lix"]), because=ROUNDED),
        Mistake(lambda text: round(statistics(text)["lix"], 1), because=ROUNDED),
    ],
}


def figures(check: Check) -> None:
    check.compare("textstats.statistics", TEXTS, statistics, MISTAKES, tolerance=TOLERANCE)


def empty(check: Check) -> None:
    """A text without words has no average: the figures are 0."""
    texts = ["", " \n", "... ?!"]
    divides = Mistake(
        ZeroDivisionError,
        "`{call}` divides by zero",
        "A text without words has no sentences either, and three of the figures divide by one or"
        " the other. Return early in this case, before you divide.",
    )
    check.compare("textstats.statistics", texts, statistics, [divides])
