"""Ready: prints the figures for your README.md, by your functions, from data/rides.csv, and draws
rides.png.

python3 findings.py
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from plots import box_plot
from stats import compare, correlation, outliers


def main() -> None:
    with Path("data/rides.csv").open(encoding="utf-8", newline="") as file:
        rides = list(csv.DictReader(file))
    distance = np.array([float(ride["distance_km"] or "nan") for ride in rides])
    minutes = np.array([float(ride["minutes"] or "nan") for ride in rides])
    hill = np.array([ride["route"] == "hill" for ride in rides])

    print(f"Correlation with all rides: {correlation(distance, minutes):.2f}")
    found = outliers(minutes)
    print(f"Outliers: {len(found)}")
    minutes[found] = np.nan
    print(f"Correlation without outliers: {correlation(distance, minutes):.2f}")
    print(f"t of hill against river: {compare(minutes[hill], minutes[~hill])['t']:.1f}")

    routes = {"hill": minutes[hill], "river": minutes[~hill]}
    box_plot(routes, "route", "minutes").savefig("rides.png", dpi=150)


if __name__ == "__main__":
    main()
