"""Clean and explore the census of California's districts."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

PRICE = "median_house_value"


def gaps(table: pd.DataFrame) -> dict[str, int]:
    """How many cells are empty, for every column of `table`."""
    return table.isna().sum().to_dict()


def fill_bedrooms(table: pd.DataFrame) -> pd.DataFrame:
    """Fill the gaps of `total_bedrooms` by its median, and mark them in `bedrooms_filled`."""
    bedrooms = table["total_bedrooms"]
    return table.assign(
        total_bedrooms=bedrooms.fillna(bedrooms.median()), bedrooms_filled=bedrooms.isna()
    )


def mark_capped(table: pd.DataFrame) -> pd.DataFrame:
    """Mark in `capped` the districts whose price is the highest that the table knows."""
    return table.assign(capped=table[PRICE] == table[PRICE].max())


def outliers(table: pd.DataFrame) -> pd.DataFrame:
    """The districts whose rooms for each household lie beyond Tukey's far fences."""
    rooms = table["total_rooms"] / table["households"]
    low, high = rooms.quantile([0.25, 0.75])
    reach = 3 * (high - low)
    return table[(rooms < low - reach) | (rooms > high + reach)]


def findings(table: pd.DataFrame) -> dict[str, float]:
    """The numbers of the README, by name."""
    below = table[~mark_capped(table)["capped"]]
    inland = table["ocean_proximity"] == "INLAND"
    return {
        "capped": len(table) - len(below),
        "outliers": len(outliers(table)),
        "inland_median": float(table.loc[inland, PRICE].median()),
        "income_correlation": float(below["median_income"].corr(below[PRICE])),
    }


def price_histogram(table: pd.DataFrame) -> Figure:
    """How many districts have which price."""
    figure, axes = plt.subplots(layout="constrained")
    axes.hist(table[PRICE], bins=50)
    axes.set(xlabel="Median house price (dollars)", ylabel="Districts")
    return figure


def price_map(table: pd.DataFrame) -> Figure:
    """Each district at its place, colored by its price."""
    figure, axes = plt.subplots(figsize=(7, 7), layout="constrained")
    dots = axes.scatter(table["longitude"], table["latitude"], c=table[PRICE], s=4, alpha=0.4)
    figure.colorbar(dots, ax=axes, label="Median house price (dollars)")
    axes.set(xlabel="Longitude (degrees)", ylabel="Latitude (degrees)")
    return figure
