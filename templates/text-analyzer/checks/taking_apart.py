"""Milestones 1 and 3: words and sentences."""

from __future__ import annotations

import re
import string

import reference
from mlpath_check import Check
from reference import Mistake, compare

APOSTROPHE_LOST = str.maketrans("", "", string.punctuation)

WORD_MISTAKES: list[Mistake] = [
    # Before the next: where a text has no punctuation, both give the same.
    (
        lambda text: [w for w in (p.strip(string.punctuation) for p in text.split()) if w],
        "capital letters are kept, so that `The` and `the` would be two words",
        "`lower()` is missing, or its answer is not used: a text never changes in place.",
    ),
    (
        lambda text: text.split(),
        "`words` leaves the text as it is: neither capitals nor punctuation are gone",
        "`split` only cuts; each piece still needs `lower()` and `strip(...)`.",
    ),
    (
        lambda text: text.lower().split(),
        "punctuation sticks to the words: {got}",
        "The text is cut at spaces, and commas, full stops and quotes come along with the words.",
    ),
    (
        lambda text: text.lower().split(" "),
        "`words` cuts at single spaces only: {got}",
        '`split(" ")` knows neither line ends nor tabs, and makes an empty word between two spaces;'
        " `split()` with nothing in the brackets knows them all.",
    ),
    (
        lambda text: text.lower().translate(APOSTROPHE_LOST).split(),
        "punctuation inside words is lost too: {got}",
        "`replace` and `translate` work everywhere; `strip` only at both ends of a piece.",
    ),
    (
        lambda text: re.findall(r"\w+", text.lower()),
        "words are cut in two at their apostrophe or hyphen: {got}",
        r"The pattern `\w+` ends a word at an apostrophe or hyphen; these may stand inside.",
    ),
    (
        lambda text: [piece.strip(string.punctuation) for piece in text.lower().split()],
        "pieces that were nothing but punctuation have left empty words behind: {got}",
        "After `strip` such a piece is empty; leave it out with an `if` in the comprehension.",
    ),
    (
        lambda text: sorted(set(reference.words(text))),
        "each word comes only once in the answer, and in the order of the alphabet",
        "A set forgets order and repetition; the list of words keeps both.",
    ),
]


def words_in_order(check: Check) -> None:
    texts = ["the sea and the wind", "A Word IS a word", "one\ntwo\tthree  four", "", "  \n "]
    compare(check, "words", [(text,) for text in texts], reference.words, WORD_MISTAKES)


def words_clean(check: Check) -> None:
    texts = [
        "Stop! Who, me? (Yes: you.)",
        "She didn't say 'hello' at six o'clock.",
        "The well-known clock; the fishermen's boats...",
        "Wait - what? -- 30 days, 2 pencils & a coat.",
        '"\'Tis late," he said.',
    ]
    compare(check, "words", [(text,) for text in texts], reference.words, WORD_MISTAKES)


SENTENCE_MISTAKES: list[Mistake] = [
    (
        lambda text: [p.strip() for p in text.split(".") if reference.words(p)],
        "`sentences` ends a sentence at a full stop only: {got}",
        "`!` and `?` end a sentence too.",
    ),
    (
        lambda text: [p.strip() for p in re.split(r"[.!?]", text)],
        "`sentences` gives pieces without any word: {got}",
        "Between the dots of `...`, and after the last mark, is no word; leave such pieces out.",
    ),
    (
        lambda text: [p for p in re.split(r"[.!?]+", text) if reference.words(p)],
        "`sentences` leaves white space at the ends of a sentence: {got}",
        "Each piece still needs `strip()`.",
    ),
    (
        lambda text: [p.strip() for p in re.findall(r"[^.!?]+[.!?]+", text)],
        "`sentences` keeps the marks at the end: {got}",
        "The marks part the sentences and belong to none.",
    ),
    (
        lambda text: [p.strip() for p in re.split(r"[.!?]+", text)[:-1] if reference.words(p)],
        "`sentences` loses what comes after the last mark: {got}",
        "A text need not end with a full stop; a title does not.",
    ),
    (
        lambda text: [" ".join(p.split()) for p in re.split(r"[.!?]+", text) if reference.words(p)],
        "`sentences` changes the white space inside a sentence: {got}",
        "Only the ends are stripped; the inside stays as it was.",
    ),
]


def sentences_found(check: Check) -> None:
    texts = [
        "It was late. Nobody came! Why? Nobody knew.",
        "Wait... what?! It came every time... or nearly.",
        "No mark at the end",
        "One. And a last one without a mark",
        "The pier\nwas long.\n\n  The boats were small.  ",
        "?! ... - !",
        "",
        "Mr. Smith paid 3.50 for it.",
    ]
    compare(check, "sentences", [(text,) for text in texts], reference.sentences, SENTENCE_MISTAKES)
