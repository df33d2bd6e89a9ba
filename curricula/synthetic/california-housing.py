"""Districts of California in 1990: incomes, houses, and what these are worth.

Real are the places, where they lie and roughly what people earned there; every district is drawn.
A district is worth more where people earn more, and in a place more towards the sea.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from mlpath_synthetic import Draw, Files, Quantiles, below, clip, csv, exp, log

HEADER = ["longitude", "latitude", "housing_median_age", "total_rooms", "total_bedrooms"]
HEADER += ["population", "households", "median_income", "median_house_value", "ocean_proximity"]
NO_BEDROOMS, MOST = 207, 500001

NEAR = {"s": "NEAR OCEAN", "b": "NEAR BAY", "h": "<1H OCEAN", "i": "INLAND", "x": "ISLAND"}


class Place(NamedTuple):
    districts: int
    east: float  # longitude and latitude, how far they spread, whether both go together
    north: float
    wide: float
    high: float
    slope: float
    earns: float  # the median income in 10,000 dollars, and the spread of its logarithm
    uneven: float
    worth: float  # in 1,000 dollars: the mean value, what more income adds, what else varies
    adds: float
    varies: float
    old: float  # years
    home: float  # people in a household
    near: (
        str  # how near the sea is: "s34 b" is the western 34 percent NEAR OCEAN, the rest NEAR BAY
    )


PLACES = [
    Place(1490, -122.13, 37.84, 0.15, 0.13, 0.0, 3.80, 0.48, 210, 37, 59, 34, 2.6, "b83 i"),
    Place(1272, -121.98, 37.35, 0.13, 0.10, -0.4, 5.08, 0.39, 305, 34, 77, 27, 2.8, "s10 b30 h"),
    Place(1096, -122.43, 37.74, 0.08, 0.12, -0.6, 4.06, 0.45, 328, 31, 94, 41, 2.5, "s34 b"),
    Place(567, -122.49, 38.36, 0.30, 0.13, -0.3, 3.74, 0.36, 197, 30, 56, 25, 2.7, "s5 h55 b75 i"),
    Place(965, -121.36, 38.64, 0.20, 0.15, 0.4, 3.20, 0.42, 139, 31, 42, 25, 2.7, "i"),
    Place(649, -121.18, 37.86, 0.17, 0.17, -0.6, 2.98, 0.43, 126, 26, 43, 27, 2.9, "i"),
    Place(391, -121.56, 39.51, 0.37, 0.34, 0.0, 2.38, 0.34, 94, 21, 29, 25, 2.6, "i"),
    Place(212, -122.23, 40.73, 0.49, 0.46, 0.2, 2.33, 0.30, 82, 21, 20, 22, 2.6, "i"),
    Place(174, -123.07, 39.14, 0.37, 0.25, -0.5, 2.53, 0.36, 111, 28, 36, 24, 2.6, "s6 h50 i"),
    Place(162, -124.00, 40.86, 0.13, 0.41, -0.1, 2.31, 0.38, 86, 15, 21, 29, 2.6, "s66 h87 i"),
    Place(268, -120.27, 38.70, 0.30, 0.50, -0.3, 2.90, 0.33, 126, 12, 48, 19, 2.5, "i"),
    Place(241, -120.67, 37.35, 0.24, 0.19, -0.2, 2.59, 0.35, 105, 21, 32, 24, 3.1, "i"),
    Place(568, -119.75, 36.81, 0.28, 0.22, 0.5, 2.64, 0.44, 88, 22, 25, 25, 2.95, "i"),
    Place(385, -119.35, 36.29, 0.30, 0.19, 0.1, 2.42, 0.38, 78, 18, 22, 24, 3.1, "i"),
    Place(317, -119.03, 35.39, 0.20, 0.16, 0.0, 2.52, 0.45, 80, 20, 22, 28, 2.95, "i"),
    Place(400, -121.77, 36.78, 0.17, 0.21, -0.4, 3.46, 0.35, 243, 39, 72, 27, 2.8, "s40 h90 i"),
    Place(284, -120.54, 35.07, 0.19, 0.32, -0.7, 3.25, 0.37, 196, 30, 71, 21, 2.75, "s46 h"),
    Place(416, -119.38, 34.33, 0.30, 0.11, -0.7, 3.99, 0.40, 277, 34, 84, 27, 2.8, "s63 h"),
    Place(2064, -118.43, 34.15, 0.14, 0.10, -0.3, 3.94, 0.47, 301, 28, 95, 33, 2.7, "h"),
    Place(2304, -118.25, 33.91, 0.09, 0.08, -0.2, 3.15, 0.49, 207, 47, 68, 35, 3.1, "s14 h"),
    Place(5, -118.42, 33.37, 0.08, 0.02, 0.0, 2.80, 0.20, 380, 20, 60, 50, 2.4, "x"),
    Place(1600, -118.03, 34.06, 0.13, 0.08, -0.2, 3.62, 0.41, 214, 38, 60, 34, 3.2, "h76 i"),
    Place(1548, -117.87, 33.73, 0.12, 0.11, -0.5, 4.63, 0.39, 258, 34, 75, 22, 2.9, "s5 h"),
    Place(1048, -117.37, 34.06, 0.18, 0.17, 0.1, 3.35, 0.42, 135, 28, 44, 22, 3.1, "h4 i"),
    Place(195, -117.83, 34.92, 0.45, 0.39, 0.3, 3.40, 0.38, 108, 18, 39, 19, 2.9, "i"),
    Place(269, -116.57, 33.84, 0.32, 0.24, 0.2, 2.61, 0.40, 122, 41, 56, 17, 2.5, "i"),
    Place(147, -115.39, 33.11, 0.43, 0.31, 0.4, 2.08, 0.46, 74, 10, 26, 22, 3.15, "i"),
    Place(1603, -117.12, 32.85, 0.10, 0.15, -0.3, 3.55, 0.45, 197, 37, 71, 24, 2.7, "s66 h"),
]  # fmt: skip
HOUSEHOLDS = Quantiles({0: 1, 0.005: 17, 0.02: 58, 0.1: 184, 0.25: 280, 0.5: 409, 0.75: 605,
                        0.9: 890, 0.95: 1162, 0.98: 1581, 0.995: 2440, 1: 6000})  # fmt: skip
LUCK = Quantiles({0: -2, 0.05: -1.3, 0.25: -0.7, 0.5: -0.2, 0.75: 0.4, 0.9: 1.6, 0.95: 2.8, 1: 7})


def district(draw: Draw, place: Place) -> list[float | str]:
    """One district of a place; its numbers go together as those of real ones do."""
    x, age, size = draw.normal(), draw.normal(), draw.normal()
    y = place.slope * x + sqrt(1 - place.slope * place.slope) * draw.normal()
    nearness = next(n for n in place.near.split() if 100 * below(x) <= int(n[1:] or 100))
    income = clip(place.earns * exp(place.uneven * draw.normal()), 0.4999, 15.0001)
    households = HOUSEHOLDS.at(below(0.97 * size - 0.25 * age))
    odd = draw.chance(0.01)  # resorts and barracks: many rooms or people for few households
    rooms = households * exp(1.24 + 0.325 * log(income) + (0.9 if odd else 0.2) * draw.normal())
    bedrooms = households * exp(0.05 + (0.8 if odd else 0.08) * draw.normal())
    crowd = draw.normal()
    people = households * place.home * exp((0.8 if odd else 0.22) * crowd)
    # Better streets lie towards the sea, a little up the hill, and are less crowded.
    street = -0.5 * x + 0.35 * (y * y - 1) - 0.55 * crowd
    mean_income = place.earns * (1 + place.uneven * place.uneven / 2)
    value = place.worth + 1.1 * place.adds * (income - mean_income)
    value += place.varies * (1.1 * street + 0.4 * draw.of(LUCK))
    value = clip(value * 1000, 14999, MOST)
    return [
        round(clip(place.east + place.wide * x, -124.35, -114.3), 2),
        round(clip(place.north + place.high * y, 32.54, 41.95), 2),
        float(round(clip(place.old + 11 * age, 1, 52))),
        float(clip(round(rooms), 2, 39320)),
        float(clip(round(bedrooms), 1, 6445)),
        float(max(round(people), 3)),
        float(max(round(households), 1)),
        round(income, 4),
        float(round(value / 100) * 100 if value < MOST else MOST),
        NEAR[nearness[0]],
    ]


def make(draw: Draw) -> Files:
    rows: list[list[float | str | None]] = [
        [*district(draw, place)] for place in PLACES for _ in range(place.districts)
    ]
    for gap in draw.shuffled(range(len(rows)))[:NO_BEDROOMS]:
        rows[gap][4] = None
    yield "housing.csv", csv([HEADER, *rows])
