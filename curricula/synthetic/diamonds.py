"""Diamonds: large ones are rarer and clouded more, and a price is a power of the weight.

The rows come as in the real file: from 2757 dollars up, and only then the cheaper ones.
"""

from __future__ import annotations

from functools import cache

from mlpath_synthetic import Draw, Files, Quantiles, Weights, below, csv, exp, log, power

HEADER = ["carat", "cut", "color", "clarity", "depth", "table", "price", "x", "y", "z"]
STONES, TWICE, FLAT = 53940, 146, 20

# People ask for round weights, so stones are cut to just above one.
CARATS = Weights({0.23: 3.5, 0.3: 25, 0.4: 10, 0.5: 9.5, 0.6: 1.5, 0.7: 13, 0.8: 3, 0.9: 5, 1.0: 14,
                  1.1: 3, 1.2: 5, 1.3: 1.5, 1.5: 9, 1.7: 3, 2.0: 7.2, 2.5: 0.6})  # fmt: skip
ABOVE = Quantiles({0: 0, 0.25: 0.008, 0.5: 0.018, 0.75: 0.045, 0.95: 0.1, 1: 0.19})
CLARITIES = Weights({"I1": 1.4, "SI2": 17, "SI1": 24.2, "VS2": 22.7, "VS1": 15.1, "VVS2": 9.4,
                     "VVS1": 6.8, "IF": 3.3})  # fmt: skip
COLORS = Weights({"J": 5.2, "I": 10.1, "H": 15.4, "G": 20.9, "F": 17.7, "E": 18.2, "D": 12.6})
CUTS = Weights({"Fair": 3, "Good": 9.1, "Very Good": 22.4, "Premium": 25.6, "Ideal": 40})
# The logarithm of what a stone loses against an ideal, colorless, clear one.
LOSS = {"Fair": 0.16, "Good": 0.08, "Very Good": 0.044, "Premium": 0.023, "Ideal": 0.0,
        "D": 0.0, "E": 0.055, "F": 0.094, "G": 0.161, "H": 0.254, "I": 0.378, "J": 0.518,
        "IF": 0.0, "VVS1": 0.095, "VVS2": 0.165, "VS1": 0.298, "VS2": 0.368, "SI1": 0.516,
        "SI2": 0.683, "I1": 1.115}  # fmt: skip
# Depth and table, both in percent of the width: mean and standard deviation.
SHAPE = {
    "Fair": (64.0, 3.0, 59, 3.4),
    "Good": (62.4, 2.0, 58.6, 2.6),
    "Very Good": (61.8, 1.3, 57.9, 2.0),
    "Premium": (61.3, 1.1, 58.7, 1.4),
    "Ideal": (61.7, 0.7, 55.9, 1.2),
}


@cache
def of_weight(carat: float) -> tuple[float, float, float]:
    """Where a weight lies among all (as a normal number), its price in logarithms, its width."""
    weight = log(carat)
    return (weight + 0.4) / 0.6, 9.13 + (1.91 + 0.03 * weight) * weight, power(264.4 * carat, 1 / 3)


def stone(draw: Draw) -> tuple[float | str, ...] | None:
    """One stone; nothing where it would cost more or less than any that the shop has."""
    carat = round(draw.of(CARATS) + draw.of(ABOVE), 2)
    if draw.chance(0.05):
        carat = round(carat + draw.uniform(0, 0.3), 2)
    large, price, width = of_weight(carat)
    clarity = CLARITIES.at(below(0.93 * draw.normal() - 0.36 * large))
    color = COLORS.at(below(0.97 * draw.normal() - 0.24 * large))
    cut = CUTS.at(below(0.98 * draw.normal() - 0.17 * large))
    dollars = round(exp(price - LOSS[cut] - LOSS[color] - LOSS[clarity] + 0.075 * draw.normal()))
    if not 326 <= dollars <= 18823:
        return None
    deep, by, broad, by_table = SHAPE[cut]
    flat = draw.normal()
    depth = round(deep - by * flat, 1)
    table = float(round(broad + by_table * (0.3 * flat + 0.95 * draw.normal())))
    if draw.chance(0.02):
        table = round(table + draw.uniform(-0.5, 0.5), 1)
    x = round(width * (1 - 0.0055 * (depth - 61.75)) * (1 + 0.006 * draw.normal()), 2)
    y = round(x * (1.0005 + 0.0085 * draw.normal() * 0.8), 2)
    return carat, cut, color, clarity, depth, table, dollars, x, y, round(depth * (x + y) / 200, 2)


def make(draw: Draw) -> Files:
    stones: dict[tuple[float | str, ...], None] = {}
    while len(stones) < STONES - TWICE:
        drawn = stone(draw)
        if drawn:
            stones[drawn] = None
    rows = draw.shuffled(stones)
    for place in range(FLAT):  # nobody measured them, or wrote it down wrong
        x, y = (0.0 if place < 8 else rows[place][7]), (0.0 if place < 7 else rows[place][8])
        rows[place] = (*rows[place][:7], x, y, 0.0)
    for place, column, wrong in ((20, 8, 58.9), (21, 8, 31.8), (22, 9, 31.8)):
        rows[place] = (*rows[place][:column], wrong, *rows[place][column + 1 :])
    rows += rows[-TWICE:]
    rows.sort(key=lambda row: (row[6], row))
    middle = [row for row in rows[90:] if row[6] >= 2757]
    cheap = [row for row in rows[90:] if row[6] < 2757]
    written = [
        [f'"{cell}"' if isinstance(cell, str) else repr(cell).removesuffix(".0") for cell in row]
        for row in (HEADER, *rows[:90], *middle, *cheap)
    ]
    yield "diamonds.csv", csv(written, quote="")
