"""Pictures of columns of numbers, with matplotlib. A missing value is NaN."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure


def box_plot(groups: dict[str, np.ndarray], x_label: str, y_label: str) -> Figure:
    """A box for each group, side by side under their names; missing values are left out."""
    figure, axes = plt.subplots()
    # TODO (milestone 6): draw the boxes, name them, and label both axes.
    return figure
