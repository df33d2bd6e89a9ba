"""Spots on X-ray pictures of the breast: six measures, and for 2.3 % that they are calcifications.

A third of the spots are empty in all measures, and so the same row thousands of times. Another
third has no contrast (the last three measures lie at their lowest), and the rest is bright in two
ways: how large a spot is and how much it stands out.
"""

from __future__ import annotations

from math import sqrt

from mlpath_synthetic import Draw, Files, Quantiles, below, csv

LOWEST = (-0.78441482, -0.47019533, -0.59163147, -0.85955255, -0.37786573, -0.94572324)
STEPS = {1: 0.0044236, 2: 0.045082}  # two of them are counts, scaled
EMPTY = {(LOWEST[1], "'-1'"): 3322, (LOWEST[1], "'1'"): 7, (-0.44807732, "'-1'"): 5,
         (-0.45250093, "'-1'"): 4, (-0.43038291, "'-1'"): 1}  # fmt: skip
SPOTS = {"'-1'": 7591, "'1'": 253}
NO_CONTRAST = {"'-1'": 0.318, "'1'": 0.059}
LOW_FIFTH = {"'-1'": 0.525, "'1'": 0.151}  # of spots with contrast, the fifth measure at its lowest
SHARES = (0, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.995, 1)
MEASURES = {  # the quantiles of each; of the last three, where they stand above their lowest
    "'-1'": [
        (-0.78, -0.49, -0.32, -0.15, 0.1, 0.49, 1.05, 1.47, 2.5, 6, 31),
        (-0.45, -0.45, -0.445, -0.41, -0.27, 0.24, 1.47, 2.98, 4.75, 5.06, 5.09),
        (-0.59, -0.55, -0.41, -0.28, -0.01, 0.45, 1.12, 1.78, 2.8, 5.9, 29),
        (-0.5, -0.12, 0.2, 0.5, 0.81, 1.17, 1.58, 1.84, 2.18, 2.8, 7.8),
        (-0.16, -0.03, 0.13, 0.34, 0.67, 1.34, 2.25, 2.77, 3.6, 4.9, 6.4),
        (-0.5, 0.29, 0.58, 0.81, 1.02, 1.2, 1.36, 1.47, 1.59, 1.72, 1.95),
    ],
    "'1'": [
        (-0.52, -0.35, -0.08, 0.12, 0.42, 0.96, 2.2, 3.8, 4.8, 6.2, 9.2),
        (-0.45, -0.45, -0.42, -0.38, -0.28, -0.1, 0.46, 0.96, 1.5, 2, 4.2),
        (-0.59, -0.55, -0.5, -0.46, -0.37, -0.23, -0.01, 0.28, 0.7, 1, 2),
        (0.27, 0.75, 0.97, 1.27, 1.55, 1.93, 3.2, 4.6, 5.5, 9, 9.6),
        (-0.08, 0.51, 1.1, 1.8, 3.25, 5.2, 7.8, 10.9, 13.8, 14.4, 23.6),
        (0.16, 0.52, 0.93, 1.16, 1.33, 1.47, 1.6, 1.64, 1.72, 1.88, 1.89),
    ],
}
QUANTILES = {
    label: [Quantiles(dict(zip(SHARES, values))) for values in tables]
    for label, tables in MEASURES.items()
}
# How each measure goes with the size of a spot, and with how much it stands out.
WITH = {
    "'-1'": [(0.85, 0), (0.6, 0.2), (-0.55, 0.15), (0.15, 0.75), (-0.05, 0.45), (-0.1, 0.8)],
    "'1'": [(0.9, 0), (0.8, 0), (-0.55, -0.4), (0.35, 0.4), (0.05, 0.7), (-0.4, 0.2)],
}


def spot(draw: Draw, label: str) -> tuple[str, ...]:
    size, strength = draw.normal(), draw.normal()
    values = []
    for place, (with_size, with_strength) in enumerate(WITH[label]):
        rest = sqrt(1 - with_size * with_size - with_strength * with_strength)
        z = with_size * size + with_strength * strength + rest * draw.normal()
        low = LOW_FIFTH[label] if place == 4 else 0.0
        share = (below(z) - low) / (1 - low)
        values.append(QUANTILES[label][place].at(share) if share >= 0 else LOWEST[place])
    for place, step in STEPS.items():
        values[place] = LOWEST[place] + round((values[place] - LOWEST[place]) / step) * step
    if draw.chance(NO_CONTRAST[label]):
        values[3:] = LOWEST[3:]
    return (*(f"{value:.8g}" for value in values), label)


def make(draw: Draw) -> Files:
    rows = []
    for (second, label), count in EMPTY.items():
        values = (LOWEST[0], second, *LOWEST[2:])
        rows += [(*(f"{value:.8g}" for value in values), label)] * count
    for label, count in SPOTS.items():
        rows += [spot(draw, label) for _ in range(count)]
    yield "mammography.csv", csv(draw.shuffled(rows), quote="").rstrip()  # no end of the last line
