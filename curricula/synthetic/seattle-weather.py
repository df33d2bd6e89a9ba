"""Daily weather of Seattle: wet winters, dry summers, spells of rain, and what the day is called.

What a day is called follows from rain, cold and wind, and a little from what the table lacks.
"""

from __future__ import annotations

from datetime import date, timedelta

from mlpath_synthetic import Cell, Draw, Files, Quantiles, Weights, csv, exp

HEADER: list[Cell] = ["date", "precipitation", "temp_max", "temp_min", "wind", "weather"]
FIRST, LAST = date(2012, 1, 1), date(2015, 12, 31)

# By month, January first.
WET = (0.53, 0.63, 0.58, 0.49, 0.29, 0.30, 0.11, 0.18, 0.29, 0.48, 0.59, 0.64)
WARMEST = (8.4, 10.0, 12.6, 15.4, 19.4, 22.5, 25.8, 26.0, 21.9, 16.4, 11.0, 8.4)
COLDEST = (2.7, 3.9, 4.9, 6.6, 9.6, 12.2, 14.2, 14.6, 12.3, 9.2, 4.7, 3.3)
WIND = (3.0, 3.5, 3.4, 3.4, 3.1, 3.1, 2.9, 2.7, 2.8, 2.8, 3.2, 3.4)
FOG = (0.27, 0.07, 0.1, 0.05, 0.05, 0.02, 0.09, 0.06, 0.15, 0.27, 0.18, 0.16)  # of dry days
DRIZZLE = (0.15, 0.07, 0.05, 0.05, 0.02, 0.02, 0.08, 0.07, 0.06, 0.06, 0.06, 0.04)

RAIN = Quantiles({0: 0.3, 0.1: 0.4, 0.25: 1.3, 0.5: 3.8, 0.75: 9.6, 0.95: 26, 0.99: 40, 1: 56})
STEADINESS = 0.33  # of rain, from day to day


def by_day(months: tuple[float, ...], today: date) -> float:
    """A month's value holds in its middle; between two middles it changes evenly."""
    place = today.month - 1 + (today.day - 15.5) / 30.5
    low = int(place + 12) - 12
    return months[low % 12] + (place - low) * (months[(low + 1) % 12] - months[low % 12])


def celsius(degrees: float) -> float:
    """As measured: in whole degrees Fahrenheit."""
    return round((round(degrees * 1.8 + 32) - 32) / 1.8, 1)


def called(
    draw: Draw, today: date, rain: float, warmest: float, coldest: float, wind: float
) -> str:
    """What the day is called."""
    if rain > 0:
        return "snow" if warmest < 7.5 and coldest < 1.5 and draw.chance(0.6) else "rain"
    calm = 3.4 / (1.0 + wind * wind / 4)
    fog = by_day(FOG, today) * calm * 0.7
    drizzle = by_day(DRIZZLE, today) * calm * 0.7
    return draw.of(
        Weights({"fog": fog, "drizzle": drizzle, "rain": 0.06, "sun": max(0.94 - fog - drizzle, 0)})
    )


def make(draw: Draw) -> Files:
    rows = [HEADER]
    wet = True
    days = nights = gusts = 0.0
    for number in range((LAST - FIRST).days + 1):
        today = FIRST + timedelta(days=number)
        share = by_day(WET, today)
        wet = draw.chance(share * (1 - STEADINESS) + (STEADINESS if wet else 0.0))
        rain = round(draw.of(RAIN) * (0.5 + 0.75 * share), 1) if wet else 0.0
        both = draw.normal()
        days = 0.66 * days + 2.2 * both + draw.normal(0, 1.5)
        nights = 0.68 * nights + 1.2 * both + draw.normal(0, 1.05)
        gusts = 0.5 * gusts + draw.normal(0, 0.33)
        warm = by_day(WARMEST, today) + days + (-1.0 if wet else 0.9)
        cold = by_day(COLDEST, today) + nights + (0.7 if wet else -0.6)
        warmest, coldest = celsius(max(warm, cold + 1.2)), celsius(cold)
        blown = by_day(WIND, today) * exp(gusts + (0.1 if wet else -0.16))
        wind = round(min(max(blown, 0.4), 9.5), 1)
        name = called(draw, today, rain, warmest, coldest, wind)
        rows.append([today.isoformat(), rain, warmest, coldest, wind, name])
    yield "seattle-weather.csv", csv(rows)
