"""The kind `figure`: histograms and images, honest and dishonest."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import test_judge as stage  # noqa: E402


class Images(stage.Drawn):
    def test_histograms_and_images(self) -> None:
        values = [1, 2, 2, 3, 3, 3, 4, 4, 5, 9]
        asked = {"arguments": [values], "shows": [{"marks": "histogram", "x": values}]}
        cells = {
            "script": "checks/make.py",
            "arguments": [{"made_by": "truth"}, ["x", "x", "x", "y", "y"]],
            "shows": [
                {
                    "marks": "image",
                    "cells": {"made_by": "counts"},
                    "x": ["x", "y"],
                    "x_label": "predicted",
                    "y_label": "true",
                    "texts": ["2"],
                }
            ],
        }
        draw = "f, x = plt.subplots()\nx.{0}\nreturn f"
        tick = (
            "x.set(xticks=[0, 1], xticklabels=['x', 'y'], xlabel='Predicted', ylabel='True')\n"
            "x.text(0, 0, '2')\nreturn f"
        )
        sub = "f, x = plt.subplots()\n"
        self.table(
            [
                ("counts", draw.format("hist(t)"), asked, ""),
                (
                    "density",
                    draw.format("hist(t, bins=[1, 2, 3, 4, 6, 9], density=True)"),
                    asked,
                    "",
                ),
                ("steps", draw.format("hist(t, bins=12, histtype='step')"), asked, ""),
                ("stairs", draw.format("stairs(*np.histogram(t, 7))"), asked, ""),
                ("lying", draw.format("hist(t, orientation='horizontal')"), asked, ""),
                ("sea", "import seaborn\nreturn seaborn.histplot(x=t, bins=8)", asked, ""),
                ("two", draw.format("hist(t, bins=2)"), asked, "at least 5"),
                ("cut", draw.format("hist(t, range=(1, 5))"), asked, "outside of its bins"),
                ("own", draw.format("hist([1, 9, 9, 9, 9, 9, 5])"), asked, "do not count"),
                ("shown", sub + "x.imshow([[2, 1], [1, 1]])\n" + tick, cells, ""),
                ("shares", sub + "x.imshow([[2/3, 1/3], [.5, .5]])\n" + tick, cells, ""),
                (
                    "heatmap",
                    "import seaborn\nx = seaborn.heatmap([[2, 1], [1, 1]], annot=True, "
                    "xticklabels=['x', 'y'])\nx.set(xlabel='predicted', ylabel='true')",
                    cells,
                    "",
                ),
                (
                    "wrong",
                    sub + "x.imshow([[2, 1], [0, 1]])\n" + tick,
                    cells,
                    "row 2, column 1 is 0, not 1",
                ),
                ("unnamed", sub + "x.imshow([[2, 1], [1, 1]])\nreturn f", cells, "says `x`"),
            ]
        )

    def test_the_numbers_in_an_image(self) -> None:
        item = {"marks": "image", "cells": [[7, 4], [0, 6]], "texts": ["^7$|^58%$"]}
        asked = {"arguments": [[[7, 4], [0, 6]]], "shows": [item]}
        low = {"arguments": [[[7, 4], [0, 6]]], "shows": [{**item, "texts": ["^7$|7.0%"]}]}
        write = "f, x = plt.subplots()\nx.{0}\nfor i in (0, 1):\n  for j in (0, 1): x.text({1})\n"
        told = "row 2, column 1 is 0, and 4 is written there"
        sea = "import seaborn\nreturn seaborn.heatmap(t, annot=t)"
        mesh = "pcolormesh(t)"
        self.table(
            [
                ("right", write.format("imshow(t)", "j, i, t[i][j]"), dict(asked), ""),
                ("turned", write.format("imshow(t)", "i, j, t[i][j]"), dict(asked), told),
                ("lower", write.format("imshow(t, origin='lower')", "j, i, t[i][j]"), asked, ""),
                ("sea", sea, dict(asked), ""),
                ("mesh", write.format(mesh, "j + .5, i + .5, t[i][j]"), dict(asked), ""),
                ("turned_mesh", write.format(mesh, "i + .5, j + .5, t[i][j]"), dict(asked), told),
                (
                    "percentages",
                    write.format("imshow(t)", "j, i, f'{t[i][j]}\\n{t[i][j] / 12:.0%}'"),
                    {"arguments": asked["arguments"], "shows": [{**item, "texts": ["58%"]}]},
                    "",
                ),
                (
                    "silent",
                    "f, x = plt.subplots()\nx.imshow(t)\nreturn f",
                    low,
                    "has `7` or `7.0%` in",
                ),
            ]
        )

    def test_the_names_of_an_image(self) -> None:
        cells = [[5, 1, 0], [0, 4, 2], [0, 0, 6]]
        item = {"marks": "image", "cells": cells, "x": ["a", "b", "c"], "y": ["a", "b", "c"]}
        asked = {"arguments": [cells], "shows": [item]}
        draw = (
            "f, x = plt.subplots()\nx.imshow(np.array(t){0})\n"
            "x.set_xticks([0, 1, 2], list('{1}')); x.set_yticks([0, 1, 2], list('{2}'))\nreturn f"
        )
        display = (
            "from sklearn.metrics import ConfusionMatrixDisplay\n"
            "return ConfusionMatrixDisplay(np.array(t), display_labels=list('abc')).plot()"
        )
        self.table(
            [
                ("as_told", draw.format("", "abc", "abc"), dict(asked), ""),
                ("turned", draw.format("[::-1, ::-1]", "cba", "cba"), dict(asked), ""),
                ("display", display, dict(asked), ""),
                ("names", draw.format("", "cba", "cba"), dict(asked), "is 5, not 6"),
                ("half", draw.format("", "abc", "cba"), dict(asked), "is 5, not 0"),
            ]
        )


if __name__ == "__main__":
    unittest.main()
