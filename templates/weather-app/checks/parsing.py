"""`parse`: columns become rows, and gaps stay gaps."""

from __future__ import annotations

import copy
from typing import Any

from mlpath_check import Check, Mistake

Answer = dict[str, Any]


def an_answer(days: int = 3, shift: float = 0.0) -> Answer:
    """As Open-Meteo sends it, with other numbers each time."""
    return {
        "latitude": 48.2,
        "longitude": 16.37,
        "timezone": "Europe/Vienna",
        "current_units": {"time": "iso8601", "temperature_2m": "°C", "wind_speed_10m": "m/s"},
        "current": {
            "time": "2026-03-01T09:15",
            "temperature_2m": 7.5 + shift,
            "wind_speed_10m": 3.1 + shift,
        },
        "daily": {
            "time": [f"2026-03-{day:02}" for day in range(1, days + 1)],
            "temperature_2m_max": [9.5 + day + shift for day in range(days)],
            "temperature_2m_min": [-1.5 + day + shift for day in range(days)],
        },
    }


def without(answer: Answer, *path: str) -> Answer:
    changed = copy.deepcopy(answer)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return changed


def with_gap(answer: Answer, key: str, day: int) -> Answer:
    changed = copy.deepcopy(answer)
    changed["daily"][key][day] = None
    return changed


def reference(answer: Answer, gap: Any = None) -> dict[str, Any]:
    now, units = answer.get("current", {}), answer.get("current_units", {})
    daily = answer.get("daily", {})
    dates = daily.get("time", [])
    gaps = [gap] * len(dates)

    def filled(values: list[Any]) -> list[Any]:
        return [gap if value is None else value for value in values]

    lows = filled(daily.get("temperature_2m_min", gaps))
    highs = filled(daily.get("temperature_2m_max", gaps))
    return {
        "temperature": now.get("temperature_2m", gap),
        "temperature_unit": units.get("temperature_2m", ""),
        "wind": now.get("wind_speed_10m", gap),
        "wind_unit": units.get("wind_speed_10m", ""),
        "days": [
            {"date": date, "low": low, "high": high} for date, low, high in zip(dates, lows, highs)
        ],
    }


def frosty() -> Answer:
    """Zeros that were measured."""
    answer = an_answer()
    answer["current"].update(temperature_2m=0.0, wind_speed_10m=0.0)
    answer["daily"].update(temperature_2m_max=[0.0, 0.5, 2.0], temperature_2m_min=[-3.0, 0.0, 0.0])
    return answer


def swapped(answer: Answer) -> list[dict[str, Any]]:
    return [
        {"date": day["date"], "low": day["high"], "high": day["low"]}
        for day in reference(answer)["days"]
    ]


def rows(check: Check) -> None:
    """Whole answers, of any number of days."""
    calls = [(an_answer(days, shift),) for days, shift in ((1, 0.0), (3, 2.25), (7, -4.5))]
    lost_zero = Mistake.where(
        lambda got, expected: got == expected or (None, 0) in zip(numbers(got), numbers(expected)),
        "`{call}` has None where the answer says 0: a measurement became a missing value",
        "In Python, 0 counts as false: `value or None` and `if value` drop it.",
        "`value is None` asks for what is missing, and for nothing else.",
    )
    check.compare(
        "weather.parse",
        calls,
        reference,
        {
            "days": [
                Mistake(
                    swapped,
                    "the low and the high of a day are exchanged: {got}",
                    "`temperature_2m_min` is the low of a day, and `temperature_2m_max` the high.",
                ),
                Mistake(
                    lambda answer: reference(answer)["days"][:1],
                    "only the first day came back: {got}",
                    "The lists are read at index 0. Each of them has an item a day.",
                ),
            ]
        },
    )
    check.compare("weather.parse", [(frosty(),)], reference, [lost_zero])


def gaps(check: Check) -> None:
    """What the service leaves out, or sends as null."""
    whole = an_answer()
    calls = [
        (with_gap(whole, "temperature_2m_max", 1),),
        (with_gap(whole, "temperature_2m_min", 0),),
        (without(whole, "current", "wind_speed_10m"),),
        (without(whole, "current", "temperature_2m"),),
        (without(whole, "daily", "temperature_2m_min"),),
        (without(whole, "daily"),),
        (without(whole, "current"),),
        (without(whole, "current_units", "wind_speed_10m"),),
        (without(whole, "current_units"),),
    ]
    zero = Mistake.where(
        lambda got, expected: got == expected or (0, None) in zip(numbers(got), numbers(expected)),
        "`{call}` has 0 where the answer has no value: a missing value became a measurement",
        "Zero degrees is a temperature. What was not measured is `None`.",
    )
    lost = Mistake(
        KeyError,
        "`{call}` raises KeyError where the answer lacks a key",
        "`answer[key]` insists on the key. A service may leave out what it has no value for.",
        "`dict.get(key, default)` gives the default instead.",
    )
    check.compare("weather.parse", calls, reference, [zero, lost])


def numbers(got: Any) -> list[Any]:
    """The values that may be missing."""
    if not isinstance(got, dict) or not isinstance(got.get("days"), list):
        return []
    days = [day for day in got["days"] if isinstance(day, dict)]
    found = [got.get("temperature"), got.get("wind")]
    return found + [day.get(key) for day in days for key in ("low", "high")]
