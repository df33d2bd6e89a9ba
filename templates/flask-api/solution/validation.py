"""What a passenger may be. A model answers anything; a service has to know what it was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


class Invalid(Exception):
    """The request is well-formed JSON, and not what this service takes."""

    def __init__(self, message: str, field: str | None = None, row: int | None = None) -> None:
        super().__init__(message)
        self.told = {"error": message, "field": field, "row": row}


@dataclass(frozen=True)
class Number:
    """A number within bounds, both included."""

    low: float
    high: float
    whole: bool = False
    optional: bool = False

    def accepts(self, value: object) -> bool:
        if value is None:
            return self.optional
        # True is an int in Python, and NaN lies within no bounds.
        kinds = int if self.whole else (int, float)
        right = isinstance(value, kinds) and not isinstance(value, bool)
        return right and self.low <= value <= self.high

    def __str__(self) -> str:
        kind = "a whole number" if self.whole else "a number"
        return f"{kind} from {self.low} to {self.high}" + (" or null" if self.optional else "")


@dataclass(frozen=True)
class Choice:
    """One of a few texts."""

    values: tuple[str, ...]
    optional: bool = False

    def accepts(self, value: object) -> bool:
        return self.optional if value is None else value in self.values

    def __str__(self) -> str:
        return f"one of {', '.join(self.values)}" + (" or null" if self.optional else "")


RULES: dict[str, Number | Choice] = {
    "Pclass": Number(1, 3, whole=True),
    "Sex": Choice(("female", "male")),
    "Age": Number(0, 120, optional=True),
    "SibSp": Number(0, 20, whole=True),
    "Parch": Number(0, 20, whole=True),
    "Fare": Number(0, 1000),
    "Embarked": Choice(("C", "Q", "S"), optional=True),
}


def validate(passenger: Any, row: int | None = None) -> dict[str, Any]:
    """The passenger, if all its fields are there and possible."""
    if not isinstance(passenger, dict):
        raise Invalid("A passenger is a JSON object", row=row)
    for field, rule in RULES.items():
        if field not in passenger:
            raise Invalid(f"{field} is missing", field, row)
        if not rule.accepts(passenger[field]):
            raise Invalid(f"{field} must be {rule}", field, row)
    return passenger
