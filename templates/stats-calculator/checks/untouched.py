"""Whatever a function is given belongs to whoever calls: it is the same after the call."""

from __future__ import annotations

from typing import Any

from mlpath_check import Array, Check


def _cells(value: Any) -> list[Any]:
    """For comparing: a missing value is None, since NaN is not equal to itself."""
    values = value.data if isinstance(value, Array) else value
    if not isinstance(values, list):
        return [values]
    return [None if cell != cell else cell for cell in values]


def untouched(check: Check, name: str, *args: Any) -> None:
    function = name.partition(".")[2]
    thing = "array" if isinstance(args[0], Array) else "list"
    for given, left in zip(args, check.arguments_after(name, *args)):
        before, after = _cells(given), _cells(left)
        because, look = _cause(before, after, thing)
        check.that(
            before == after,
            f"`{function}` changes the {thing} that it is given: the caller has {{got}} after it",
            got=left,
            expected=given,
            because=because,
            look=look,
        )


def _cause(before: list[Any], after: list[Any], thing: str) -> tuple[str, str]:
    if None in before and None not in after:
        return (
            "The missing values were overwritten in it, so the caller's gaps are gone.",
            "`values[~np.isnan(values)]` makes a new array, of what is there.",
        )
    if before != after and sorted(map(str, before)) == sorted(map(str, after)):
        copy = "np.sort(values)" if thing == "array" else "sorted(values)"
        return (
            f"`values.sort()` sorts the {thing} itself, which belongs to whoever calls: the order"
            " of their rows is lost.",
            f"`{copy}` gives a sorted copy, and leaves the {thing} as it was.",
        )
    return f"The {thing} belongs to whoever calls.", "Make a copy of it, and change that."
