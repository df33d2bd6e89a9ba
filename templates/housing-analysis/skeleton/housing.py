"""Clean and explore the census of California's districts.

Fill in one function at a time, from the top. `mlpath show housing-analysis 1` says what milestone 1
asks, and so on.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

PRICE = "median_house_value"


def gaps(table: pd.DataFrame) -> dict[str, int]:
    """How many cells are empty, for every column of `table`."""
    raise NotImplementedError("count the empty cells of each column")


def fill_bedrooms(table: pd.DataFrame) -> pd.DataFrame:
    """Fill the gaps of `total_bedrooms` by its median, and mark them in `bedrooms_filled`."""
    raise NotImplementedError("fill the gaps, and say which were filled")


def mark_capped(table: pd.DataFrame) -> pd.DataFrame:
    """Mark in `capped` the districts whose price is the highest that the table knows."""
    raise NotImplementedError("compare each price with the highest")


def outliers(table: pd.DataFrame) -> pd.DataFrame:
    """The districts whose rooms for each household lie beyond Tukey's far fences."""
    raise NotImplementedError("choose the rows that are far out")


def findings(table: pd.DataFrame) -> dict[str, float]:
    """The numbers of the README, by name."""
    raise NotImplementedError("work out the four numbers")


def price_histogram(table: pd.DataFrame) -> Figure:
    """How many districts have which price."""
    raise NotImplementedError("draw a histogram of the prices")


def price_map(table: pd.DataFrame) -> Figure:
    """Each district at its place, colored by its price."""
    raise NotImplementedError("draw each district at its place")
