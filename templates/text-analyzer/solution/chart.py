"""Draws the most common words of data/harbour.txt into words.png: `python3 chart.py`."""

from __future__ import annotations

from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from textstats import most_common


def word_chart(text: str, n: int) -> Figure:
    """A bar for each of the `n` most common words, as long as its count, sorted by length."""
    ranked = most_common(text, n)
    figure, axes = plt.subplots(layout="constrained")
    axes.barh([word for word, _ in ranked], [count for _, count in ranked])
    axes.invert_yaxis()  # barh begins at the bottom, and the most common word belongs on top
    axes.set(title=f"The {len(ranked)} most common words", xlabel="count", ylabel="word")
    return figure


def main() -> None:
    text = Path("data/harbour.txt").read_text(encoding="utf-8")
    word_chart(text, 10).savefig("words.png", dpi=150)


if __name__ == "__main__":
    main()
