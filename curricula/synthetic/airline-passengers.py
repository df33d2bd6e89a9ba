"""Airline passengers by month: growth that slows a little, a year's swing in percent, and chance.

Chance lasts: a month that was better than the trend is followed by others.
"""

from __future__ import annotations

from mlpath_synthetic import Draw, Files, exp

FIRST_YEAR, YEARS = 1949, 12
SEASON = (0.905, 0.89, 1.015, 0.98, 0.985, 1.11, 1.22, 1.21, 1.06, 0.92, 0.80, 0.90)


def make(draw: Draw) -> Files:
    rows = ['"Month","Passengers"']
    luck = 0.0
    for month in range(12 * YEARS):
        years = month / 12
        luck = 0.78 * luck + draw.normal(0, 0.022)
        trend = 120 * exp(0.137 * years - 0.0014 * years * years)
        passengers = trend * SEASON[month % 12] * exp(luck + draw.normal(0, 0.012))
        rows.append(f'"{FIRST_YEAR + month // 12}-{month % 12 + 1:02}",{round(passengers)}')
    yield "airline-passengers.csv", "\r\n".join(rows).encode()  # the last line has no end
