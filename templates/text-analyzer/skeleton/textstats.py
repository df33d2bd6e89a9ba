"""Text, taken apart: its words, how often each comes, its sentences, and figures about them.

Fill in one function at a time, from the top. `mlpath show text-analyzer 1` says exactly
what milestone 1 asks, and so on.
"""

from __future__ import annotations


def words(text: str) -> list[str]:
    """The words of the text, in order, in lower case, without punctuation at their ends."""
    # TODO (milestone 1): cut the text into pieces, clean each piece, leave out what is empty.
    return []


def count_words(text: str) -> dict[str, int]:
    """How often each word comes."""
    # TODO (milestone 2): begin with words(text), not with the text itself.
    raise NotImplementedError("count_words comes with milestone 2")


def most_common(text: str, n: int) -> list[tuple[str, int]]:
    """The `n` words that come most often, with their counts; ties in the order of the alphabet."""
    # TODO (milestone 2): sort the pairs of count_words(text) by a key that you choose.
    raise NotImplementedError("most_common comes with milestone 2")


def sentences(text: str) -> list[str]:
    """The pieces between `.`, `!` and `?` that hold a word, without the space around them."""
    # TODO (milestone 3)
    raise NotImplementedError("sentences comes with milestone 3")


def statistics(text: str) -> dict[str, float]:
    """Six figures about the text; all of them are 0 for a text without words."""
    # TODO (milestone 4): the six keys and their formulas are in `mlpath show text-analyzer 4`.
    raise NotImplementedError("statistics comes with milestone 4")
