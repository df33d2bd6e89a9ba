"""Our own answers."""

from __future__ import annotations

import re
import string
from collections import Counter

TOLERANCE = 1e-6


def words(text: str) -> list[str]:
    pieces = [piece.strip(string.punctuation) for piece in text.lower().split()]
    return [piece for piece in pieces if piece]


def counts(text: str) -> dict[str, int]:
    return dict(Counter(words(text)))


def ranking(text: str, n: int) -> list[tuple[str, int]]:
    return sorted(counts(text).items(), key=lambda item: (-item[1], item[0]))[:n]


def sentences(text: str) -> list[str]:
    return [piece.strip() for piece in re.split(r"[.!?]+", text) if words(piece)]


def statistics(text: str) -> dict[str, float]:
    found, parts = words(text), len(sentences(text))
    n, distinct, long = len(found), len(set(found)), sum(len(word) > 6 for word in found)
    return {
        "words": n,
        "distinct": distinct,
        "sentences": parts,
        "words_per_sentence": n / parts if n else 0,
        "type_token_ratio": distinct / n if n else 0,
        "lix": n / parts + 100 * long / n if n else 0,
    }
