"""Daily prices of a stock over two years, with bands of twenty days as chart programs draw them.

The price swings about a path; bad days move further than good ones, and the more it moves the more
shares change hands. Nothing in it foretells the next day.
"""

from __future__ import annotations

import struct
from datetime import date, timedelta
from math import sqrt

from mlpath_synthetic import Draw, Files, Quantiles, exp, log, total

HEADER = (
    "Date,AAPL.Open,AAPL.High,AAPL.Low,AAPL.Close,AAPL.Volume,AAPL.Adjusted,dn,mavg,up,direction"
)
FIRST, LAST = date(2015, 2, 17), date(2017, 2, 16)
CLOSED = """
2015-04-03 2015-05-25 2015-07-03 2015-09-07 2015-11-26 2015-12-25 2016-01-01 2016-01-18 2016-02-15
2016-03-25 2016-05-30 2016-07-04 2016-09-05 2016-11-24 2016-12-26 2017-01-02
2017-01-16"""
DIVIDENDS = (
    "2015-05-07 2015-08-06 2015-11-05 2016-02-04 2016-05-05 2016-08-04 2016-11-03 2017-02-09"
)
DIVIDEND = 0.0048  # of the price
BAND = 20  # days

PATH = {
    0: 119.0,
    0.04: 127,
    0.18: 127,
    0.3: 119,
    0.4: 113,
    0.48: 103,
    0.55: 97,
    0.62: 103,
    0.68: 97,
}
PATH |= {0.74: 99, 0.8: 107, 0.86: 114, 0.92: 111, 1: 130}


def single(number: float) -> str:
    """As the real table has its prices: rounded to cents, then through a 32-bit float."""
    return f"{struct.unpack('<f', struct.pack('<f', round(number, 2)))[0]:.6f}"


def short(number: float, digits: int) -> str:
    return f"{number:.{digits}f}".rstrip("0").rstrip(".")


def trading_days() -> list[date]:
    """Those of the table, and as many before as the first band needs."""
    closed = set(CLOSED.split())
    first = FIRST - timedelta(days=35)
    days = [first + timedelta(days=n) for n in range((LAST - first).days + 1)]
    open_days = [day for day in days if day.weekday() < 5 and day.isoformat() not in closed]
    return open_days[open_days.index(FIRST) - BAND + 1 :]


def make(draw: Draw) -> Files:
    days = trading_days()
    path = Quantiles({share: log(price) for share, price in PATH.items()})
    lines = [HEADER]
    apart = interest = 0.0
    typical: list[float] = []
    close = PATH[0]
    for number, day in enumerate(days):
        apart = 0.9 * apart + draw.normal(0, 0.011)
        if draw.chance(0.05):
            apart += draw.normal(0, 0.03)
        before, goal = close, exp(path.at(number / (len(days) - 1)) + apart)
        opened = round(before * exp(0.45 * log(goal / before) + draw.normal(0, 0.007)), 2)
        close = round(goal, 2)
        high = max(opened, close) * (1 + draw.uniform() * draw.uniform() * 0.0165)
        low = min(opened, close) * (1 - draw.uniform() * draw.uniform() * 0.0165)
        interest = 0.68 * interest + draw.normal(0, 0.2)
        moved = abs(close / before - 1)
        calmer = 0.35 * number / len(days)
        volume = 100 * round(375_000 * exp(interest + 26 * min(moved, 0.055) - calmer))
        typical = [*typical, (high + low + close) / 3][-BAND:]
        if day < FIRST:
            continue
        middle = total(typical) / BAND
        spread = 2 * sqrt(total((price - middle) * (price - middle) for price in typical) / BAND)
        to_come = sum(day.isoformat() < paid for paid in DIVIDENDS.split())
        adjusted = close
        for _ in range(to_come):
            adjusted *= 1 - DIVIDEND
        prices = [single(price) for price in (opened, high, low, close)]
        bands = [short(band, 7) for band in (middle - spread, middle, middle + spread)]
        direction = "Increasing" if close > opened else "Decreasing"
        cells = [day.isoformat(), *prices, str(volume), f"{adjusted:.6f}", *bands, direction]
        lines.append(",".join(cells))
    yield "finance-charts-apple.csv", ("\r\n".join(lines) + "\r\n").encode()
