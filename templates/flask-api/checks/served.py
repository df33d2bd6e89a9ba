"""The service against the learner's own model: the same passengers, asked over HTTP and offline."""

from __future__ import annotations

import csv
import io
import itertools
import json
from typing import Any

from mlpath_check import Check

Passenger = dict[str, Any]

COLUMNS = ["Pclass", "Sex", "Age", "SibSp", "Parch", "Fare", "Embarked"]
NUMBERS = ["Pclass", "Age", "SibSp", "Parch", "Fare"]
# Made up; each number of the first is another, so that two that are exchanged are seen.
PASSENGERS: list[Passenger] = [
    dict(zip(COLUMNS, values))
    for values in (
        (2, "female", 31, 0, 1, 27.5, "S"),
        (3, "male", 22, 1, 0, 7.25, "Q"),
        (1, "male", 54, 0, 4, 78.0, "C"),
        (3, "female", 4, 3, 2, 21.0, "S"),
        (1, "female", 63, 1, 0, 0, "S"),
        (3, "male", None, 0, 0, 8.05, "S"),
        (2, "female", 0.75, 1, 2, 26.0, None),
        (1, "female", None, 1, 1, 90.0, "C"),
    )
]
TOLERANCE = 1e-6
# Passengers at the bounds of what each field may be, and values just beyond them. With the requests
# of the manifest these are some 40; a check makes 64 connections at most.
BOUNDS: list[Passenger] = [
    dict(zip(COLUMNS, values))
    for values in (
        (1, "female", 0, 0, 0, 0, "C"),
        (3, "male", 120, 20, 20, 1000, "Q"),
        (2, "female", None, 1, 1, 9.5, None),
    )
]
BEYOND: dict[str, list[Any]] = {
    "Pclass": [0],
    "Sex": [None],
    "Age": [121],
    "SibSp": [-1, 21, 0.5],
    "Parch": [-1, 21, 0.5],
    "Fare": [-1, 1001],
    "Embarked": [1],
}
APART = 1e-3  # what is said to be another probability differs at least by so much
GAP = (
    "null in JSON is None in Python. In a table of one row it may stay None, which an imputer does"
    " not fill as it fills NaN: training-serving skew."
)
SKEW = (
    "The request is prepared in another way than the training table (training-serving skew): other"
    " columns, another order, other types, or null is not NaN."
)


def _swapped(passenger: Passenger, one: str, other: str) -> Passenger:
    return {**passenger, one: passenger[other], other: passenger[one]}


def _offline(check: Check, passengers: list[Passenger]) -> list[float]:
    """The probabilities that the learner's predict.py writes for these passengers."""
    text = io.StringIO()
    table = csv.DictWriter(text, ["row_id", *COLUMNS], lineterminator="\n")
    table.writeheader()
    table.writerows({"row_id": row, **one} for row, one in enumerate(passengers, 1))
    run = check.step("predict", files={"data/test.csv": text.getvalue()})
    with run.artifact("predictions.csv").open(encoding="utf-8", newline="") as file:
        found = {row["row_id"]: row["probability"] for row in csv.DictReader(file)}
    try:
        return [float(found[str(row)]) for row in range(1, len(passengers) + 1)]
    except (KeyError, ValueError, TypeError):
        check.fail(
            "`predict.py` does not write a probability for each passenger of data/test.csv",
            look="`mlpath reset predict.py` brings back the file that you began with.",
        )


def _probability(check: Check, service: Any, path: str, passenger: Passenger) -> float:
    request, answer = _post(check, service, path, passenger)
    value = check.as_dict(service.json(answer, request), "The answer to `POST /predict`")
    for key in ("survived", "probability"):
        check.that(
            key in value,
            f"The answer to `POST /predict` has no key `{key}`",
            got=value,
            look=service.look(request),
        )
    found = check.as_number(value["probability"], "`probability`", look=service.look(request))
    check.that(
        value["survived"] == int(found > 0.5) and not isinstance(value["survived"], bool),
        "`survived` is {got} where `probability` is {found}",
        got=value["survived"],
        expected="1 where the probability is above 0.5, else 0",
        found=found,
    )
    return found


def _post(check: Check, service: Any, path: str, value: Any) -> tuple[Any, Any]:
    """The request and its answer, which has to be a 200."""
    request = service.request("POST", path, value)
    answer = service.ask(request)
    gap = isinstance(value, dict) and None in value.values()
    check.that(
        answer.status == 200,
        f"`POST {path}` of a right request has status {{got}}",
        got=answer.status,
        expected=200,
        because=GAP
        if gap
        else "The code that answers raised an error; what the server printed names the line.",
        look=service.look(request),
    )
    return request, answer


def predict(check: Check, service: Any) -> None:
    """One passenger at a time, in the model's order of keys and in another."""
    first = PASSENGERS[0]
    pairs = list(itertools.combinations(NUMBERS, 2))
    told = _offline(check, PASSENGERS + [_swapped(first, *pair) for pair in pairs])
    expected, exchanged = told[: len(PASSENGERS)], dict(zip(pairs, told[len(PASSENGERS) :]))
    answers = [_probability(check, service, "/predict", one) for one in PASSENGERS]
    for passenger, wanted, got in zip(PASSENGERS, expected, answers):
        if abs(got - wanted) <= TOLERANCE:
            continue
        check.that(
            any(abs(one - got) > TOLERANCE for one in answers),
            "Every passenger gets the same probability, {got}",
            got=got,
            expected=wanted,
            because="Nothing of the request reaches the model: it is read from `request.form` or"
            " `request.args`, which are empty where JSON is sent, or a passenger is written into"
            " the code.",
            look="`request.get_json()` gives what was sent.",
        )
        check.that(
            all(round(wanted, digits) != got for digits in range(6)),
            "`probability` is rounded: {got}, where it is {expected} offline",
            got=got,
            expected=wanted,
            because="Rounding is for people to read. A program works on with the number, and wants"
            " all of it.",
        )
        look = service.look(service.request("POST", "/predict", passenger))
        for (one, other), swapped in exchanged.items():
            seen = passenger is first and abs(got - swapped) <= TOLERANCE
            check.that(
                not seen or abs(swapped - wanted) < APART,
                f"The columns are in another order than in training: {one} and {other} are swapped."
                " The probability is {got}, and {expected} offline",
                got=got,
                expected=wanted,
                because="Values are put into a list by hand, in an order that is not the model's."
                " No error comes of it: both are numbers.",
                look="Name the columns: `pd.DataFrame(passengers, columns=COLUMNS)`.",
            )
        check.that(
            abs(got - (1 - wanted)) > TOLERANCE,
            "`probability` is {got}, that of having died: offline it is {expected}",
            got=got,
            expected=wanted,
            because="`predict_proba` has a column for each class, 0 first.",
            look="`model.classes_` says which column is which; `[:, 1]` is survival.",
        )
        gaps = [name for name in COLUMNS if passenger[name] is None]
        check.fail(
            "The service does not give what the model gives offline"
            + (f" where {' and '.join(gaps)} is null" if gaps else ""),
            got=got,
            expected=wanted,
            because=GAP if gaps else SKEW,
            look=look,
        )
    for passenger, wanted in zip(PASSENGERS[:4], expected):
        turned = dict(reversed(list(passenger.items())))
        request = service.request("POST", "/predict", turned)
        answer = service.ask(request)
        same = (
            answer.status == 200
            and abs(_probability(check, service, "/predict", turned) - wanted) <= TOLERANCE
        )
        check.that(
            same,
            "The same passenger with the JSON keys in another order gets another answer: columns"
            " are swapped",
            got=answer.shown,
            expected=wanted,
            because="The keys of a JSON object have no order, and `passenger.values()` takes the"
            " one that they came in.",
            look=service.look(request),
        )


def validate(check: Check, service: Any) -> None:
    """Each field at its bounds, missing, and beyond its bounds."""
    for passenger in BOUNDS:
        _post(check, service, "/predict", passenger)
    right = PASSENGERS[0]
    for field, values in BEYOND.items():
        _refused(check, service, field, {key: right[key] for key in COLUMNS if key != field})
        for value in values:
            _refused(check, service, field, {**right, field: value})


def _refused(check: Check, service: Any, field: str, passenger: Passenger) -> None:
    request = service.request("POST", "/predict", passenger)
    answer = service.ask(request)
    look = service.look(request)
    told = (
        f"`{field}` is {json.dumps(passenger[field])}"
        if field in passenger
        else f"`{field}` is missing"
    )
    check.that(
        answer.status in (400, 422),
        f"{told}, and the answer has status {{got}}",
        got=answer.status,
        expected="400 or 422",
        because=f"Nothing looks at `{field}`, or not at this: input validation is for every field."
        if answer.status == 200
        else "",
        look=look,
    )
    value = check.as_dict(service.json(answer, request), "The answer to `POST /predict`")
    check.that(
        value.get("field") == field and isinstance(value.get("error"), str),
        f"{told}, and the answer names {{got}}",
        got=value.get("field"),
        expected=field,
        because="It says that something is wrong, and not where.",
        look=look,
    )


def batch(check: Check, service: Any) -> None:
    """Many passengers, in their order, as one by one; too many are counted before all else."""
    _batches(check, service)
    many = [{**PASSENGERS[0], "Age": "old"}, *PASSENGERS[:1] * 100]
    answer = service.ask(service.request("POST", "/predict/batch", {"passengers": many}))
    check.that(
        answer.status == 413,
        "101 passengers, the first of them no right one, have status {got}",
        got=answer.status,
        expected=413,
        because="They are validated before they are counted: whoever sends a million has the"
        " service look at each.",
    )


def _batches(check: Check, service: Any) -> None:
    path = "/predict/batch"
    mixed = [*PASSENGERS[::-1], *PASSENGERS[:3]]
    alone = {i: _probability(check, service, "/predict", one) for i, one in enumerate(PASSENGERS)}
    wanted = [alone[PASSENGERS.index(one)] for one in mixed]
    for passengers, expected in (([], []), (mixed[:1], wanted[:1]), (mixed, wanted)):
        request = service.request("POST", path, {"passengers": passengers})
        answer = service.ask(request)
        count = f"{len(passengers)} passenger{'' if len(passengers) == 1 else 's'}"
        check.that(
            answer.status == 200,
            f"`POST {path}` with {count} has status {{got}}",
            got=answer.status,
            expected=200,
            because="The model cannot predict a table without rows: an empty list needs no model."
            if not passengers
            else "The code that answers raised an error; what the server printed names the line.",
            look=service.look(request),
        )
        value = check.as_dict(service.json(answer, request), f"The answer to `POST {path}`")
        found = check.as_list(
            value.get("predictions"), "`predictions`", len(passengers), look=service.look(request)
        )
        got = [one.get("probability") if isinstance(one, dict) else None for one in found]
        ordered = all(
            isinstance(one, (int, float)) and abs(one - other) <= TOLERANCE
            for one, other in zip(got, expected)
        )
        check.that(
            ordered,
            "The predictions for several passengers are not those for each by itself, in order",
            got=got,
            expected=expected,
            because="They are sorted or grouped on the way, or something is computed from all the"
            " rows of the request, such as a mean that fills gaps.",
            look=service.look(request),
        )
    check.fact("passengers", len(mixed))
