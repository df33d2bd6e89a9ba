"""Milestone 4: the six figures."""

from __future__ import annotations

import reference
from mlpath_check import Check
from reference import TOLERANCE, look

TEXTS = [
    "The sea was calm. The wind was not!",
    "Nobody counted. Fishermen watched the lighthouse every morning... The CLOCK stood, and stood?",
    "One",
    "Yesterday's well-known harbour-master, at 6 o'clock: asleep",
]


def figures(check: Check) -> None:
    for text in TEXTS:
        got = check.call("textstats.statistics", text)
        expected = reference.statistics(text)
        what = f"`statistics({text!r})`"
        if isinstance(got, dict) and set(got) == set(expected):
            for name, value in expected.items():
                check.close(
                    got[name],
                    value,
                    f'`statistics({text!r})["{name}"]`',
                    TOLERANCE,
                    because=_cause(name, got[name], text),
                    look=look("statistics", (text,)),
                )
        else:
            check.close(got, expected, what, TOLERANCE, look=look("statistics", (text,)))


def _cause(name: str, got: object, text: str) -> str:
    """The mistake that gives just this figure, or what to look at first."""
    right, pieces = reference.statistics(text), text.split()
    found = reference.words(text)
    long_ones = sum(len(word) >= 6 for word in found)
    known: dict[str, list[tuple[float, str]]] = {
        "words": [(len(text), "These are the characters of the text; count `words(text)`.")],
        "distinct": [
            (len(set(pieces)), "The text was split anew; take the set of `words(text)`."),
            (right["words"], "These are all words; a set keeps each of them once."),
        ],
        "sentences": [(text.count("."), "These are the full stops; count `sentences(text)`.")],
        "words_per_sentence": [
            (right["sentences"] / right["words"], "The two are the wrong way round."),
            (right["words"] // right["sentences"], "`//` drops what is behind the point; use `/`."),
            (round(right["words_per_sentence"]), "Do not round; that is for the printing."),
        ],
        "type_token_ratio": [
            (right["words"] / right["distinct"], "The two are the wrong way round."),
            (round(right["type_token_ratio"], 2), "Do not round; that is for the printing."),
        ],
        "lix": [
            (
                right["words_per_sentence"] + 100 * long_ones / right["words"],
                "A word of six characters is not long yet: long begins at seven.",
            ),
            (
                right["words_per_sentence"] + (right["lix"] - right["words_per_sentence"]) / 100,
                "The share of long words counts in percent: times 100.",
            ),
            (round(right["lix"]), "Do not round; that is for the printing."),
            (round(right["lix"], 1), "Do not round; that is for the printing."),
        ],
    }
    for figure, cause in known[name]:
        if isinstance(got, (int, float)) and abs(got - figure) < TOLERANCE:
            return cause
    return ""


def empty(check: Check) -> None:
    """A text without words has no average: the figures are 0."""
    for text in ("", " \n", "... ?!"):
        raised = check.raises("textstats.statistics", text)
        check.that(
            not raised or "ZeroDivisionError" not in raised.bases,
            "`statistics({text})` divides by zero",
            text=text,
            expected="0 for each of the six",
            because=(
                "A text without words has no sentences either, and three of the figures divide by"
                " the one or the other. Answer for this case before you divide."
            ),
            look=look("statistics", (text,)),
        )
        got = check.call("textstats.statistics", text)
        expected = dict.fromkeys(reference.statistics(""), 0)
        check.close(got, expected, f"`statistics({text!r})`", look=look("statistics", (text,)))
