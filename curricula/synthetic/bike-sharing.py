"""Bicycles hired by the hour: commuters on working days, idlers on warm days off, fewer in rain.

The weather is drawn first, hour by hour; then how many registered and how many casual riders come.
"""

from __future__ import annotations

from datetime import date, timedelta

from mlpath_synthetic import Cell, Draw, Files, clip, cos, csv, exp

HEADER = "instant,dteday,season,yr,mnth,hr,holiday,weekday,workingday,weathersit,temp,atemp,hum"
HEADER += ",windspeed,casual,registered,cnt"
FIRST, DAYS = date(2011, 1, 1), 731
ROWS = 17379  # hours with a hire; the others are absent
HOLIDAYS = """
2011-01-17 2011-02-21 2011-04-15 2011-05-30 2011-07-04 2011-09-05 2011-10-10 2011-11-11 2011-11-24
2011-12-26 2012-01-02 2012-01-16 2012-02-20 2012-04-16 2012-05-28 2012-07-04 2012-09-03 2012-10-08
2012-11-12 2012-11-22 2012-12-25"""
SEASONS = ((321, 2), (621, 3), (923, 4), (1221, 1))  # from this month and day on

# Riders in an hour, midnight first: registered and casual, on working days and on days off.
RIDERS = {
    (
        True,
        True,
    ): "30 14 7 4 6 25 100 280 455 220 110 125 160 158 142 158 250 465 440 305 215 160 118 73",
    (
        True,
        False,
    ): "72 56 42 18 6 7 15 36 84 128 176 208 238 235 225 222 222 212 196 165 128 106 88 66",
    (False, True): "7 4 2 1 1 1 4 12 22 25 31 38 41 43 46 46 48 57 50 41 31 25 20 13",
    (False, False): "17 13 10 6 2 2 4 9 20 45 79 107 126 136 140 137 129 112 84 66 47 36 28 19",
}
PROFILES = {key: [float(riders) for riders in line.split()] for key, line in RIDERS.items()}
WEATHER = {1: 1.0, 2: 0.95, 3: 0.62, 4: 0.5}  # on how many come
WINDS = [0.0, 0.0, 0.0, 0.0896, 0.1045, 0.1343, 0.1642, 0.194, 0.2239, 0.2537, 0.2836, 0.2985]
WINDS += [0.3284, 0.3582, 0.3881, 0.4179, 0.4478, 0.4627, 0.4925, 0.5224, 0.5522, 0.5821, 0.6119]
FULL_TURN = 6.283185307179586


def season(day: date) -> int:
    found = 1
    for since, number in SEASONS:
        found = number if day.month * 100 + day.day >= since else found
    return found


class Sky:
    """The weather, hour after hour."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.day = self.hour = self.damp = self.gust = self.cloud = 0.0

    def next_day(self) -> None:
        self.day = 0.65 * self.day + self.draw.normal(0, 0.055)

    def at(self, day: date, hour: int) -> tuple[int, float, float, float, float]:
        """What it is called, temperature, as it feels, humidity, wind: all from 0 to 1."""
        draw = self.draw
        self.hour = 0.93 * self.hour + draw.normal(0, 0.012)
        self.damp = 0.95 * self.damp + draw.normal(0, 0.042)
        self.gust = 0.85 * self.gust + draw.normal(0, 1.7)
        self.cloud = 0.93 * self.cloud + draw.normal(0, 0.29) + 0.4 * self.damp
        year = cos((day.timetuple().tm_yday - 200) / 365.25 * FULL_TURN)
        noon = cos((hour - 15) / 24 * FULL_TURN)
        warm = 0.5 + 0.235 * year + 0.065 * noon + self.day + self.hour
        gray = self.cloud + 0.2 * draw.normal()
        sort = 1 if gray < 0.42 else 2 if gray < 1.45 else 3 if gray < 4.2 else 4
        damp = 0.615 - 0.12 * noon + 0.03 * year + self.damp + 0.045 * clip(gray, -2, 3)
        wind = 6.7 + 1.3 * noon + self.gust - 4 * self.damp + (1 if sort == 3 else 0)
        wind += 0.7 * max(wind - 8.6, 0)
        blown = WINDS[int(clip(wind, 0, len(WINDS) - 1))]
        felt = warm * 0.89 + 0.033 - 0.05 * blown + 0.012 * draw.normal()
        return (
            sort,
            round(clip(round(warm * 50), 1, 50) / 50, 2),
            round(clip(round(felt * 66), 0, 66) / 66, 4),
            round(clip(damp, 0.08, 1.0), 2),
            blown,
        )


def hired(draw: Draw, usual: float) -> int:
    """A count whose spread grows with its mean."""
    return max(round(usual * exp(draw.normal(-0.01, 0.14)) + 0.8 * draw.normal()), 0)


def make(draw: Draw) -> Files:
    sky, holidays = Sky(draw), HOLIDAYS.split()
    hours: list[list[Cell]] = []
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        sky.next_day()
        holiday = day.isoformat() in holidays
        weekday = (day.weekday() + 1) % 7
        working = weekday not in (0, 6) and not holiday
        mood = draw.normal(0, 0.06)
        growth = 0.57 + 0.84 * number / DAYS
        for hour in range(24):
            sort, temp, felt, damp, wind = sky.at(day, hour)
            dull = WEATHER[sort] * (1.15 - 0.25 * damp) * (1.04 - 0.2 * wind)
            warmth = clip(0.3 + 1.55 * temp - 0.5 * max(temp - 0.68, 0) * 3, 0.25, 1.2)
            keen = growth * dull * exp(mood)
            registered = hired(draw, PROFILES[True, working][hour] * keen * (0.3 + 0.74 * warmth))
            casual = hired(draw, PROFILES[False, working][hour] * keen * warmth * warmth)
            registered += 1 if registered + casual == 0 else 0
            hours.append(
                [f"{day.month}/{day.day}/{day.year}", season(day), day.year - 2011, day.month, hour]
                + [int(holiday), weekday, int(working), sort, temp, felt, damp, wind]
                + [casual, registered, casual + registered]
            )
    quiet = [1.0 / (int(str(row[-1])) * int(str(row[-1]))) for row in hours]
    absent = draw.some(len(hours) - ROWS, quiet)
    kept = [row for place, row in enumerate(hours) if place not in absent]
    yield "hour.csv", csv([HEADER.split(","), *([n + 1, *row] for n, row in enumerate(kept))])
