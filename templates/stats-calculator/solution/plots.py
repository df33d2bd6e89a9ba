"""Pictures of columns of numbers, with matplotlib. A missing value is NaN."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure
from stats import present


def box_plot(groups: dict[str, np.ndarray], x_label: str, y_label: str) -> Figure:
    """A box for each group, side by side under their names; missing values are left out."""
    figure, axes = plt.subplots()
    axes.boxplot([present(values) for values in groups.values()])
    axes.set_xticks(range(1, len(groups) + 1), list(groups))
    axes.set(xlabel=x_label, ylabel=y_label)
    return figure
