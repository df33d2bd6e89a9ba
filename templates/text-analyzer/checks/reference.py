"""Our own answers, and the classic mistakes: what each makes of a text, and what to say of it."""

from __future__ import annotations

import re
import string
from typing import Any, Callable

from mlpath_check import Check, difference

TOLERANCE = 1e-6

Mistake = tuple[Callable[..., Any], str, str]  # what it makes, the message, the cause


def words(text: str) -> list[str]:
    pieces = [piece.strip(string.punctuation) for piece in text.lower().split()]
    return [piece for piece in pieces if piece]


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


def compare(
    check: Check,
    function: str,
    calls: list[tuple[Any, ...]],
    right: Callable[..., Any],
    mistakes: list[Mistake],
) -> None:
    """Makes all the calls. A mistake is named only where it explains every one of the answers."""
    answers = [(args, check.call(f"textstats.{function}", *args), right(*args)) for args in calls]
    wrong = [answer for answer in answers if difference(answer[1], answer[2], TOLERANCE)]
    for mistaken, message, because in mistakes if wrong else []:
        if all(not difference(got, mistaken(*args), TOLERANCE) for args, got, _ in answers):
            args, got, expected = wrong[0]
            check.fail(
                message, got=got, expected=expected, because=because, look=look(function, args)
            )
    for args, got, expected in wrong:
        told = f"`{function}({', '.join(map(repr, args))})`"
        check.close(got, expected, told, TOLERANCE, look=look(function, args))


def look(function: str, args: tuple[Any, ...]) -> str:
    call = f"{function}({', '.join(map(repr, args))})"
    return f"In a Python shell: `from textstats import {function}; {call}`"
