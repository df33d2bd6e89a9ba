"""Payments by card over two days: 28 principal components, an amount, and one fraud in 570.

The real table is huge; here is one payment in fourteen. Most frauds lie far out in some components,
and one in seven looks like any other payment, so that no model finds them all.
"""

from __future__ import annotations

from mlpath_synthetic import Draw, Files, Quantiles, Weights, csv, plain

PAYMENTS, FRAUDS, TWICE = 20000, 35, 76
NAMES = ["Time", *(f"V{n}" for n in range(1, 29)), "Amount", "Class"]

# Of each component: the standard deviation, and the mean of frauds.
COMPONENTS = [
    (1.93, -4.8), (1.62, 3.6), (1.46, -7.0), (1.40, 4.5), (1.36, -3.1), (1.33, -1.4), (1.17, -5.6),
    (1.17, 0.6), (1.08, -2.6), (1.03, -5.7), (1.01, 3.8), (0.94, -6.3), (1.00, -0.1), (0.89, -7.0),
    (0.91, -0.1), (0.84, -4.1), (0.74, -6.7), (0.82, -2.2), (0.81, 0.7), (0.77, 0.4), (0.71, 0.7),
    (0.72, 0.0), (0.62, 0.0), (0.61, -0.1), (0.52, 0.0), (0.48, 0.1), (0.40, 0.2), (0.33, 0.1),
]  # fmt: skip
# Most payments are ordinary in all components, and a few odd in all: long tails.
ODDITY = Weights({0.72: 80, 1.2: 15, 2.6: 4, 5.0: 1})
# How far out a fraud lies, 1 being the mean.
OUT = Quantiles({0: 0.0, 0.15: 0.15, 0.35: 0.8, 0.6: 1.1, 0.8: 1.6, 0.95: 2.5, 1: 4})
HOURS = Weights(dict(enumerate([16, 9, 7, 7, 5, 6, 8, 14, 21, 32, 34, 35, 31, 31, 34, 34, 34, 33,
                                35, 32, 34, 36, 31, 22])))  # fmt: skip
AMOUNTS = {
    False: Quantiles({0: 0, 0.06: 1, 0.25: 5.6, 0.5: 22, 0.75: 77, 0.9: 203, 0.95: 364, 0.99: 1017,
                      0.9995: 4000, 1: 12000}),
    True: Quantiles({0: 0, 0.25: 1, 0.5: 9.3, 0.75: 106, 0.9: 350, 0.95: 640, 1: 2125}),
}  # fmt: skip


def payment(draw: Draw, fraud: bool) -> list[str]:
    """One row but for its time."""
    odd = draw.of(ODDITY)
    out = draw.of(OUT) if fraud else 0.0
    spread = odd + 0.9 * out
    values = [out * mean + spread * sd * draw.normal() for sd, mean in COMPONENTS]
    amount = plain(draw.of(AMOUNTS[fraud]), 2)
    return [*(f"{value:.3f}" for value in values), amount, '"1"' if fraud else '"0"']


def make(draw: Draw) -> Files:
    seconds = sorted(
        86400 * draw.integer(0, 1) + 3600 * draw.of(HOURS) + draw.integer(0, 3599)
        for _ in range(PAYMENTS)
    )
    frauds = set(draw.shuffled(range(PAYMENTS))[:FRAUDS])
    rows = [[str(time), *payment(draw, n in frauds)] for n, time in enumerate(seconds)]
    ordinary = [n for n in range(1, PAYMENTS) if not frauds & {n - 1, n}]
    for n in draw.shuffled(ordinary)[:TWICE]:
        rows[n] = rows[n - 1]  # some payments come twice
    yield "creditcard.csv", csv([[f'"{name}"' for name in NAMES], *rows], quote="")
