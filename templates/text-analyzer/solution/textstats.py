"""Text, taken apart: its words, how often each comes, its sentences, and figures about them."""

from __future__ import annotations

import re
import string
from collections import Counter

LONG = 6  # a word of more characters than this is long
FIGURES = ("words", "distinct", "sentences", "words_per_sentence", "type_token_ratio", "lix")


def words(text: str) -> list[str]:
    """The words of the text, in order, in lower case, without punctuation at their ends."""
    pieces = [piece.strip(string.punctuation) for piece in text.lower().split()]
    return [piece for piece in pieces if piece]


def count_words(text: str) -> dict[str, int]:
    """How often each word comes."""
    return dict(Counter(words(text)))


def most_common(text: str, n: int) -> list[tuple[str, int]]:
    """The `n` words that come most often, with their counts; ties in the order of the alphabet."""
    return sorted(count_words(text).items(), key=lambda item: (-item[1], item[0]))[:n]


def sentences(text: str) -> list[str]:
    """The pieces between `.`, `!` and `?` that hold a word, without the space around them."""
    return [piece.strip() for piece in re.split(r"[.!?]+", text) if words(piece)]


def statistics(text: str) -> dict[str, float]:
    """Six figures about the text; all of them are 0 for a text without words."""
    found = words(text)
    if not found:
        return dict.fromkeys(FIGURES, 0)
    parts = len(sentences(text))
    long_words = [word for word in found if len(word) > LONG]
    return {
        "words": len(found),
        "distinct": len(set(found)),
        "sentences": parts,
        "words_per_sentence": len(found) / parts,
        "type_token_ratio": len(set(found)) / len(found),
        "lix": len(found) / parts + 100 * len(long_words) / len(found),
    }
