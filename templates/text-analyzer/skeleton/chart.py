"""Draws the most common words of data/harbour.txt into words.png: `python3 chart.py`."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.figure import Figure


def word_chart(text: str, n: int) -> Figure:
    """A bar for each of the `n` most common words, as long as its count, sorted by length."""
    figure, axes = plt.subplots(layout="constrained")
    # TODO (milestone 7): draw the pairs of most_common(text, n), give a title, label both axes.
    return figure


def main() -> None:
    text = Path("data/harbour.txt").read_text(encoding="utf-8")
    figure = word_chart(text, 10)
    # TODO (milestone 7): save the figure as words.png.
    print(f"not saved yet: a figure of {len(figure.axes[0].patches)} bars")


if __name__ == "__main__":
    main()
