"""Monthly prices of five stocks: each swings about a path of its own, and all with the market.

The names are those of the real table; the prices are drawn.
"""

from __future__ import annotations

from mlpath_synthetic import Cell, Draw, Files, Quantiles, csv, exp, log

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
COUNT = 123  # months, from January 2000 on

# A price's path in dollars by the share of the ten years, its own swing in a month, the market's.
STOCKS = {
    "MSFT": ({0: 38, 0.1: 27, 0.5: 24, 0.78: 30, 0.9: 19, 1: 28}, 0.065, 0.065),
    "AMZN": ({0: 62, 0.15: 15, 0.35: 45, 0.65: 38, 0.8: 75, 0.9: 60, 1: 125}, 0.12, 0.085),
    "IBM": ({0: 104, 0.25: 80, 0.6: 82, 0.8: 108, 0.9: 88, 1: 122}, 0.05, 0.055),
    "GOOG": ({0: 105, 0.45: 115, 0.6: 390, 0.77: 580, 0.87: 340, 1: 550}, 0.085, 0.055),
    "AAPL": ({0: 25, 0.12: 11, 0.35: 9, 0.55: 50, 0.75: 135, 0.9: 105, 1: 215}, 0.10, 0.085),
}
SINCE = {"GOOG": 55}  # came to the market in August 2004


def make(draw: Draw) -> Files:
    rows: list[list[Cell]] = [["symbol", "date", "price"]]
    market = [draw.normal() for _ in range(COUNT)]
    for symbol, (dollars, own, shared) in STOCKS.items():
        path = Quantiles({share: log(price) for share, price in dollars.items()})
        apart = 0.0
        for month in range(COUNT):
            apart = 0.9 * apart + draw.normal(0, own) + shared * market[month]
            if month >= SINCE.get(symbol, 0):
                price = round(exp(path.at(month / (COUNT - 1)) + apart), 2)
                day = f"{MONTHS[month % 12]} 1 {2000 + month // 12}"
                rows.append([symbol, day, price])
    yield "stocks.csv", csv(rows)[:-1]  # the last line has no end
