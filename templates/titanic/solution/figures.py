"""Two figures: who survived, and where the model is wrong."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from sklearn.metrics import ConfusionMatrixDisplay


def survival_figure(table: pd.DataFrame) -> Figure:
    """Bars: the proportion that survived, by class and sex."""
    rates = table.pivot_table(index="Pclass", columns="Sex", values="Survived", aggfunc="mean")
    figure, axes = plt.subplots(layout="constrained")
    rates.plot.bar(ax=axes, rot=0)
    axes.set(xlabel="Class", ylabel="Proportion that survived", ylim=(0, 1))
    return figure


def confusion_figure(y_true: np.ndarray, y_pred: np.ndarray) -> Figure:
    """The confusion matrix: true labels down, predicted labels across."""
    figure, axes = plt.subplots(layout="constrained")
    ConfusionMatrixDisplay.from_predictions(
        y_true, y_pred, display_labels=["died", "survived"], cmap="Blues", ax=axes
    )
    return figure
