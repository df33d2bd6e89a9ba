"""Two figures: who survived, and where the model is wrong."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure


def survival_figure(table: pd.DataFrame) -> Figure:
    """Bars: the proportion that survived, by class and sex."""
    figure, axes = plt.subplots(layout="constrained")
    axes.set(xlabel="Class", ylabel="Proportion that survived")
    # TODO: six bars, and a legend that says which are of women and which of men.
    return figure


def confusion_figure(y_true: np.ndarray, y_pred: np.ndarray) -> Figure:
    """The confusion matrix: true labels down, predicted labels across."""
    figure, axes = plt.subplots(layout="constrained")
    # TODO: scikit-learn has ConfusionMatrixDisplay.
    return figure
