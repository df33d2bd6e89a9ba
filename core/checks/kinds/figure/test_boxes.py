"""The kind `figure`: box plots, honest and dishonest."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import test_judge as stage  # noqa: E402


class Boxes(stage.Drawn):
    def test_boxes(self) -> None:
        hill, river = [4, 5, 6, 7, 30, 6.5], [1, 2, 3, 4, 5, 6, 7]
        shows = {
            "marks": "boxes",
            "x": ["hill", "river"],
            "y": [hill, river],
            "x_label": "route",
            "y_label": "minutes",
        }
        asked = {"arguments": [hill, river], "shows": [shows]}
        gap = {**asked, "arguments": [[*hill, None], river]}
        long = {
            "script": "checks/make.py",
            "arguments": [{"made_by": "rides"}],
            "shows": [{**shows, "x": {"column": "route"}, "y": {"column": "minutes"}}],
        }
        begin = "f, x = plt.subplots()\na, b = map(np.array, given)\n"
        end = "\nx.set(xlabel='Route', ylabel='Minutes')\nreturn f"
        names = "\nx.set_xticks([1, 2], ['hill', 'river'])" + end
        turned = (
            "\nx.set_yticks([1, 2], ['hill', 'river'])\n"
            "x.set(ylabel='Route', xlabel='Minutes')\nreturn f"
        )
        frame = "d = pd.DataFrame({'hill': pd.Series(given[0]), 'river': pd.Series(given[1])})\n"
        self.table(
            [
                ("plain", begin + "x.boxplot([a, b])" + names, asked, ""),
                ("lying", begin + "x.boxplot([a, b], **LYING)" + turned, asked, ""),
                (
                    "rich",
                    begin + "x.boxplot([a, b], patch_artist=True, notch=True, showmeans=True,"
                    " meanline=True, widths=.3)\nx.plot([1] * len(a), a, 'o')" + names,
                    asked,
                    "",
                ),
                ("extremes", begin + "x.boxplot([a, b], whis=(0, 100))" + names, asked, ""),
                ("uncapped", begin + "x.boxplot([a, b], showcaps=False)" + names, asked, ""),
                (
                    "strewn",
                    begin + "x.boxplot([a, b], showfliers=False)\n"
                    "x.scatter(1 + np.linspace(.05, .1, len(a)), a)" + names,
                    asked,
                    "",
                ),
                ("two", begin + "x.boxplot([a]); x.boxplot([b], positions=[2])" + names, asked, ""),
                ("frame", frame + "x = d.boxplot()" + end.replace("f", "x"), asked, ""),
                ("plot", frame + "x = d.plot.box()" + end.replace("f", "x"), asked, ""),
                (
                    "by",
                    "f, x = plt.subplots()\nt.boxplot('minutes', by='route', ax=x)" + end,
                    long,
                    "",
                ),
                (
                    "sea",
                    "import seaborn\nx = seaborn.boxplot(t, x='minutes', y='route')\n"
                    "x.set(ylabel='Route', xlabel='Minutes')\nreturn x",
                    long,
                    "",
                ),
                (
                    "together",
                    begin + "x.boxplot(np.concatenate([a, b]))" + end,
                    asked,
                    "one box of all 2 groups together",
                ),
                (
                    "exchanged",
                    begin + "x.boxplot([b, a])" + names,
                    asked,
                    "box `hill` shows the values of `river`(.|\n)*exchanged",
                ),
                (
                    "unnamed",
                    begin + "x.boxplot([a, b])" + end,
                    asked,
                    "no box is named `hill`; there are `1`, `2`",
                ),
                (
                    "gaps",
                    begin + "x.boxplot([a.astype(float), b])" + names,
                    gap,
                    "box `hill` is empty(.|\n)*single NaN",
                ),
                (
                    "zeros",
                    begin + "x.boxplot([np.nan_to_num(a.astype(float)), b])" + names,
                    {**gap, "shows": [{**shows, "y": [[*hill, None], river]}]},
                    "read as zero",
                ),
                (
                    "hidden",
                    begin + "x.boxplot([a, b], showfliers=False)" + names,
                    asked,
                    "shows 0 of the 1 outlier(.|\n)*showfliers",
                ),
                (
                    "own",
                    begin + "x.boxplot([[9, 9, 10], b])" + names,
                    asked,
                    "`hill` has its median at 9, not at 6.25(.|\n)*data of its own",
                ),
                (
                    "exclusive",
                    begin + "import statistics as s\nq = s.quantiles(b)\n"
                    "h = np.percentile(a, [25, 50, 75])\n"
                    "x.bxp([dict(med=h[1], q1=h[0], q3=h[2], whislo=4, whishi=7, fliers=[30]),"
                    " dict(med=q[1], q1=q[0], q3=q[2], whislo=1, whishi=7, fliers=[])])" + names,
                    asked,
                    "first quartile at 2, not at 2.5(.|\n)*Another quartile method",
                ),
                (
                    "columns",
                    begin + "x.boxplot(np.array([b, b]))" + end,
                    asked,
                    "has 7 boxes, not 2(.|\n)*each column",
                ),
                (
                    "means",
                    begin + "x.bar(['hill', 'river'], [a.mean(), b.mean()])" + end,
                    asked,
                    "no box; it has bars",
                ),
                (
                    "flat",
                    begin + "x.boxplot([[5] * 9])" + end,
                    {"arguments": [[5], [1]], "shows": [{"marks": "boxes", "y": [5] * 9}]},
                    "",
                ),
                (
                    "unwhiskered",
                    begin + "x.boxplot([[1, 1, 2, 3, 4]], widths=.5, capwidths=.5)" + end,
                    {"arguments": [[5], [1]], "shows": [{"marks": "boxes", "y": [1, 1, 2, 3, 4]}]},
                    "",
                ),
                (
                    "overlay",
                    begin + "x.boxplot([a])\nx.scatter([1] * 6, a)" + end,
                    {
                        "arguments": [hill, river],
                        "shows": [{"marks": "points", "x": [1] * 6, "y": hill}],
                    },
                    "",
                ),
                (
                    "lineless",
                    begin + "x.boxplot([a])" + end,
                    {"arguments": [hill, river], "shows": [{"marks": "line", "y": [1, 2]}]},
                    "no line; it has boxes\n",
                ),
            ]
        )


if __name__ == "__main__":
    unittest.main()
