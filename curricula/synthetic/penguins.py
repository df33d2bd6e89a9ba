"""Palmer penguins: three species on three islands, males larger than females."""

from __future__ import annotations

from math import sqrt

from mlpath_synthetic import Draw, Files, csv, plain

HEADER = ["species", "island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm"]
HEADER += ["body_mass_g", "sex"]
BIRDS = {
    "Adelie": {"Torgersen": 52, "Biscoe": 44, "Dream": 56},
    "Chinstrap": {"Dream": 68},
    "Gentoo": {"Biscoe": 124},
}
# Mean and standard deviation of the bill's length and depth, the flipper, and the mass.
MEASURES = {
    ("Adelie", "FEMALE"): [(37.3, 2.0), (17.6, 0.9), (188, 5.6), (3370, 270)],
    ("Adelie", "MALE"): [(40.4, 2.3), (19.1, 1.0), (192, 6.6), (4040, 345)],
    ("Chinstrap", "FEMALE"): [(46.6, 3.1), (17.6, 0.8), (192, 5.8), (3530, 285)],
    ("Chinstrap", "MALE"): [(51.1, 1.6), (19.3, 0.8), (200, 6.0), (3940, 360)],
    ("Gentoo", "FEMALE"): [(45.6, 2.0), (14.2, 0.5), (213, 3.9), (4680, 280)],
    ("Gentoo", "MALE"): [(49.5, 2.7), (15.7, 0.7), (221, 5.7), (5480, 315)],
}
WITH_SIZE = 0.55  # the correlation of each measure with the size of the bird
NO_SEX, NOT_MEASURED = 11, 2


def bird(draw: Draw, species: str, island: str) -> list[str | None]:
    sex = draw.one_of(("MALE", "FEMALE"))
    size = draw.normal()
    length, depth, flipper, mass = (
        mean + sd * (WITH_SIZE * size + sqrt(1 - WITH_SIZE * WITH_SIZE) * draw.normal())
        for mean, sd in MEASURES[species, sex]
    )
    measures = [plain(length, 1), plain(depth, 1), plain(flipper, 0), str(round(mass / 25) * 25)]
    return [species, island, *measures, sex]


def make(draw: Draw) -> Files:
    rows: list[list[str | None]] = []
    for species, islands in BIRDS.items():
        homes = [island for island, count in islands.items() for _ in range(count)]
        rows += [bird(draw, species, island) for island in draw.shuffled(homes)]
    without = draw.shuffled(range(len(rows)))[:NO_SEX]
    for place in without:
        rows[place][6] = None
    for place in without[:NOT_MEASURED]:
        rows[place][2:] = [None] * 5
    yield "penguins.csv", csv([HEADER, *rows])
