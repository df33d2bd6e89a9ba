"""Iris flowers: a flower is larger or smaller as a whole, and each measure a little by itself."""

from __future__ import annotations

from math import sqrt

from mlpath_synthetic import Draw, Files, csv

HEADER = ("sepal_length", "sepal_width", "petal_length", "petal_width", "species")

# A measure's mean, its standard deviation, and its correlation with the size of the flower.
SPECIES = {
    "setosa": [(5.01, 0.35, 0.93), (3.43, 0.38, 0.80), (1.46, 0.17, 0.27), (0.25, 0.11, 0.31)],
    "versicolor": [(5.94, 0.52, 0.73), (2.77, 0.31, 0.68), (4.26, 0.47, 0.92), (1.33, 0.20, 0.85)],
    "virginica": [(6.59, 0.64, 0.93), (2.97, 0.32, 0.52), (5.55, 0.55, 0.90), (2.03, 0.27, 0.42)],
}


def flower(draw: Draw, species: str) -> tuple[str, ...]:
    """Its measures in centimeters, and its species."""
    size = draw.normal()
    cells = []
    for mean, sd, with_size in SPECIES[species]:
        by_itself = sqrt(1 - with_size * with_size) * draw.normal()
        cells.append(f"{max(mean + sd * (with_size * size + by_itself), 0.1):.1f}")
    return (*cells, species)


def make(draw: Draw) -> Files:
    rows: list[tuple[str, ...]] = [HEADER]
    for count, species in zip((50, 100, 150), SPECIES):
        while len(rows) <= count:
            drawn = flower(draw, species)
            if drawn not in rows:
                rows.append(drawn)
    rows[143] = rows[102]  # one flower comes twice
    yield "iris.csv", csv(rows)
