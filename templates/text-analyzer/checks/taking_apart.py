"""Milestones 1 and 3: words and sentences."""

from __future__ import annotations

import re
import string

import reference
from mlpath_check import Check, Mistake

NO_PUNCTUATION = str.maketrans("", "", string.punctuation)

WORD_MISTAKES = [
    # Before the next: where a text has no punctuation, both give the same.
    Mistake(
        lambda text: [w for w in (p.strip(string.punctuation) for p in text.split()) if w],
        "capital letters are kept, so that `The` and `the` would be two words",
        "`lower()` is missing, or its result is not used: it returns a new text and leaves the old"
        " one as it was.",
    ),
    Mistake(
        lambda text: text.split(),
        "`words` leaves the text as it is: neither capitals nor punctuation are gone",
        "`split` only cuts; each piece still needs `lower()` and `strip(...)`.",
    ),
    Mistake(
        lambda text: text.lower().split(),
        "punctuation sticks to the words: {got}",
        "The text is cut at spaces, so commas, periods and quotes come along with the words.",
    ),
    Mistake(
        lambda text: text.lower().split(" "),
        "`words` cuts at single spaces only: {got}",
        '`split(" ")` ignores line ends and tabs, and makes an empty word between two spaces;'
        " `split()` without an argument cuts at any whitespace.",
    ),
    Mistake(
        lambda text: [piece for piece in text.lower().split(" ") if piece],
        "`words` cuts at spaces only: {got}",
        '`split(" ")` ignores line ends and tabs; `split()` without an argument cuts at any'
        " whitespace.",
    ),
    Mistake(
        lambda text: text.lower().translate(NO_PUNCTUATION).split(),
        "punctuation inside words is lost too: {got}",
        "`replace` and `translate` work everywhere; `strip` works only at both ends of a piece.",
    ),
    Mistake(
        lambda text: re.findall(r"\w+", text.lower()),
        "words are cut in two at their apostrophe or hyphen: {got}",
        r"The pattern `\w+` ends a word at an apostrophe or hyphen, and a word may contain those.",
    ),
    Mistake(
        lambda text: [piece.strip(string.punctuation) for piece in text.lower().split()],
        "pieces that were nothing but punctuation have left empty words behind: {got}",
        "After `strip` such a piece is empty; leave it out with an `if` in the comprehension.",
    ),
    Mistake(
        lambda text: sorted(set(reference.words(text))),
        "each word comes only once in the result, in alphabetical order",
        "A set forgets order and repetition; the list of words keeps both.",
    ),
    Mistake.where(
        lambda got, right: [w for w in (g.strip(string.punctuation) for g in got) if w] == right,
        "some punctuation is left at the ends of words: {got}",
        "`strip` takes away the marks that it is given and no others; `string.punctuation` has all"
        " of them.",
    ),
]


def words_in_order(check: Check) -> None:
    texts = [
        "the sea and the wind",
        "A Word IS a word and NOT two",
        "one\ntwo\tthree  four",
        "",
        "  \n ",
    ]
    check.compare("textstats.words", texts, reference.words, WORD_MISTAKES)


def words_clean(check: Check) -> None:
    texts = [
        "Stop! Who, me? (Yes: you.)",
        "She didn't say 'hello' at six o'clock.",
        "The well-known clock; the fishermen's boats...",
        "Wait - what? -- 30 days, 2 pencils & a coat.",
        '"\'Tis late," he said to the crew.',
    ]
    check.compare("textstats.words", texts, reference.words, WORD_MISTAKES)


NO_WORD = (
    "There is no word between the dots of `...`, nor after the last mark; leave such pieces out."
)
CUT_ALONE = "Each piece still needs `strip()`, and those without a word have to go."

SENTENCE_MISTAKES = [
    Mistake(
        lambda text: [p.strip() for p in text.split(".") if reference.words(p)],
        "`sentences` ends a sentence at a period only: {got}",
        "`!` and `?` end a sentence too.",
    ),
    Mistake(
        lambda text: [p.strip() for p in re.split(r"[.!?]", text)],
        "`sentences` gives pieces without any word: {got}",
        NO_WORD,
    ),
    Mistake(
        lambda text: [p.strip() for p in re.split(r"[.!?]+", text)],
        "`sentences` gives pieces without any word: {got}",
        NO_WORD,
    ),
    Mistake(
        lambda text: [p.strip() for p in re.split(r"[.!?]+", text) if p.strip()],
        "`sentences` gives a piece without any word: {got}",
        "A piece may be a dash alone. Leave it out where `words(piece)` is empty, which is more"
        " often than the piece itself.",
    ),
    Mistake(
        lambda text: re.split(r"[.!?]", text),
        "`sentences` cuts, and does no more: {got}",
        CUT_ALONE,
    ),
    Mistake(
        lambda text: re.split(r"[.!?]+", text),
        "`sentences` cuts, and does no more: {got}",
        CUT_ALONE,
    ),
    Mistake(
        lambda text: [p for p in re.split(r"[.!?]+", text) if reference.words(p)],
        "`sentences` leaves whitespace at the ends of a sentence: {got}",
        "Each piece still needs `strip()`.",
    ),
    Mistake(
        lambda text: [p.strip() for p in re.findall(r"[^.!?]+[.!?]+", text)],
        "`sentences` keeps the marks at the end: {got}",
        "The marks separate the sentences and belong to none of them.",
    ),
    Mistake(
        lambda text: [p.strip() for p in re.split(r"[.!?]+", text)[:-1] if reference.words(p)],
        "`sentences` loses what comes after the last mark: {got}",
        "A text need not end with a period; a title does not.",
    ),
    Mistake(
        lambda text: [" ".join(p.split()) for p in re.split(r"[.!?]+", text) if reference.words(p)],
        "`sentences` changes the whitespace inside a sentence: {got}",
        "Strip the ends only; the inside stays as it was.",
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
    check.compare("textstats.sentences", texts, reference.sentences, SENTENCE_MISTAKES)
