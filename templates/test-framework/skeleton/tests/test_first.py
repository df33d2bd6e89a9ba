"""Three tests for the first day of your framework: one passes, one fails, one is broken."""


def test_sum() -> None:
    assert sum([1, 2, 3]) == 6


def test_round() -> None:
    assert round(2.5) == 3, "2.5 is rounded to the even number 2"


def test_typo() -> None:
    prices = {"tea": 3}
    assert prices["tae"] == 3
