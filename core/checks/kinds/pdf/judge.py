"""The kind `pdf`: what a PDF of the learner's says and shows is what it should."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from lines import Document, follows, is_number, notation
from mlpath_check import Check

READER = "pages.py"
SECONDS = 60  # of a clock; the reader has 10 of the processor
SMALL = 72  # points, an inch: what is smaller is a logo
NOT_SAVED = (
    "The document was opened and never finished: it is written by `doc.build(…)`, `canvas.save()`,"
    " `pdf.output(…)`, or at the end of `with PdfPages(…)`."
)
PROBLEMS = {
    "empty": ("`{path}` is empty: it has 0 bytes", NOT_SAVED),
    "other": (
        "`{path}` is no PDF but {said}",
        "The name of a file does not make it a PDF; a library such as reportlab writes one.",
    ),
    "damaged": ("`{path}` cannot be read as a PDF: {said}", NOT_SAVED),
    "encrypted": (
        "`{path}` is encrypted, so nothing in it can be read",
        "It was saved with a password or with restrictions. Save it without.",
    ),
    "circle": (
        "`{path}` is no sound PDF: what it is made of leads back to itself",
        "No library writes this by itself; the file was put together by hand.",
    ),
    "large": (
        "`{path}` is far too large to be read: 32 MB, or 1 GB once it is unpacked, is the most",
        "An image in it has far too many pixels, or something is written in a loop.",
    ),
    "slow": (
        "`{path}` takes more than 10 s of processor time to read",
        "Something is drawn in it again and again, or it has far more than a report would.",
    ),
    "text": (
        "`{path}` has more text than is read of it: 500,000 characters",
        "Something is written in a loop.",
    ),
}


@dataclass(frozen=True)
class Reading:
    """What the PDF holds when the step runs with some files of ours, or with none."""

    pages: int
    document: Document
    charts: list[dict[str, Any]]


class Judge:
    def __init__(self, check: Check) -> None:
        self.check = check
        self.fields = check.fields
        self.path: str = self.fields["path"]
        paths = self.fields.get("files", {})
        self.files = {
            name: check.path(path).read_text(encoding="utf-8") for name, path in paths.items()
        }
        self.now = self._reading(self.files)
        self._before: Reading | None = None

    def before(self) -> Reading | None:
        """With the learner's own data, where those of ours were laid now."""
        if self.files and self._before is None:
            self._before = self._reading({})
        return self._before

    def judge(self) -> None:
        self._pages()
        for wanted in self.fields.get("text", []):
            self._text(wanted)
        for wanted in self.fields.get("figures", []):
            self._figure(wanted)
        if "table" in self.fields:
            self._table()
        if self.fields["chart"]:
            self._chart()
        self.check.fact("pages", self.now.pages)

    def _reading(self, files: dict[str, str]) -> Reading:
        if "step" in self.fields:
            facts = self.check.step(self.fields["step"], files).read(READER, self.path, SECONDS)
        else:
            facts = self.check.read(READER, self.path, SECONDS)
        if "problem" in facts:
            message, because = PROBLEMS[facts["problem"]]
            told = {"path": self.path, "said": facts["said"]}
            self.check.fail(message.format(**told), because=because)
        read, pages = facts["read"], facts["pages"]
        self.check.that(
            pages,
            f"`{self.path}` has no page",
            because="No page was added before it was saved.",
        )
        self.check.that(
            len(read) == pages,
            f"`{self.path}` has {_pages(pages)}; at most 100 are read",
            because="Pages are added in a loop.",
        )
        for number, page in enumerate(read, start=1):
            self.check.that(
                not page["outside"],
                f"`{self.path}` has text outside of the page, where no reader sees it",
                got="; ".join(page["outside"]),
                expected=f"all text of page {number} within its edges",
                because="It runs over the edge, or is placed by coordinates beyond the page.",
            )
        charts = [
            {**chart, "page": number}
            for number, page in enumerate(read, start=1)
            for chart in page["charts"]
        ]
        return Reading(pages, Document([(page["lines"], page["text"]) for page in read]), charts)

    def _pages(self) -> None:
        limits = self.fields.get("pages", {})
        least, most = limits.get("min", 1), limits.get("max", 10**6)
        pages = self.now.pages
        bound = f"at least {_pages(least)}" if pages < least else f"at most {_pages(most)}"
        self.check.that(
            least <= pages <= most,
            f"`{self.path}` has {_pages(pages)}",
            got=pages,
            expected=bound,
        )

    def _text(self, wanted: dict[str, Any]) -> None:
        said = wanted.get("has", wanted.get("lacks"))
        self.check.that(
            self.now.document.has(said) == ("has" in wanted),
            f"`{self.path}` {'lacks' if 'has' in wanted else 'has'} the text `{said}`",
            got=self.now.document.beginning(),
            because=wanted.get("because", ""),
            look=f"Open `{self.path}`, and search for it as a reader would.",
        )

    def _figure(self, wanted: dict[str, Any]) -> None:
        label = wanted["label"]
        expected = notation(wanted["equals"], wanted["decimals"])
        found = self.now.document.after(label)
        self.check.that(
            found,
            f"`{self.path}` does not say `{label}`",
            got=self.now.document.beginning(),
            expected=f"{label}: {expected}",
            look=f"Open `{self.path}`, and search for it as a reader would.",
        )
        if any(follows(line, [expected]) for line in found):
            return
        self._does_not_follow(label, found, lambda document: document.after(label))
        self.check.fail(
            f"`{self.path}` has another figure for `{label}` than {expected}",
            got=found[0],
            expected=expected,
            because=wanted.get("because", ""),
        )

    def _table(self) -> None:
        text = self.check.path(self.fields["table"]).read_text(encoding="utf-8")
        _, *rows = csv.reader(io.StringIO(text))
        lines = self.now.document.lines
        for row in rows:
            if any(follows(line, row) for line in lines):
                continue
            wanted = "  ".join(row)
            found = self.now.document.beginning_with(row[0])
            self.check.that(
                found,
                f"`{self.path}` has no row `{row[0]}`",
                got=self.now.document.beginning(),
                expected=wanted,
            )
            self._does_not_follow(
                row[0], found, lambda document, key=row[0]: document.beginning_with(key)
            )
            self.check.fail(
                f"the row `{row[0]}` of `{self.path}` is not the right one",
                got=found[0],
                expected=wanted,
                because=self.fields.get("because", ""),
                look="Each cell of the row, in this order; numbers in any usual notation.",
            )

    def _does_not_follow(self, name: str, found: list[str], find: Any) -> None:
        """Told where the same stands there whatever the data are: it is not computed from them."""
        before = self.before()
        if before is None or not any(is_number(word) for line in found for word in line.split()):
            return
        ours = _listed(self.files)
        self.check.that(
            find(before.document) != found,
            f"`{name}` in `{self.path}` does not follow the data: it is the same for your data and"
            f" for ours",
            got=found[0],
            because="The figure is hard-coded: written into the program, or read from somewhere"
            f" else than {ours}.",
            look=f"Change a number in {ours}, run the program again, and look at the page.",
        )

    def _chart(self) -> None:
        for chart in self.now.charts:
            width, height = chart.get("pixels", (0, 0))
            self.check.that(
                not chart.get("huge"),
                f"an image in `{self.path}` has {width:,} by {height:,} pixels",
                expected="at most 40 million pixels",
                because="The figure was saved with far too many inches, or too high a `dpi`.",
            )
        seen = [chart for chart in self.now.charts if _is_shown(chart)]
        if not seen:
            self._no_chart()
        before = self.before()
        if before is None:
            return
        known = {chart["digest"] for chart in before.charts}
        ours = _listed(self.files)
        self.check.that(
            any(chart["digest"] not in known for chart in seen),
            f"the chart in `{self.path}` does not follow the data: it is the same for your data and"
            f" for ours",
            because="It shows numbers that are written into the program, or it is an image that an"
            " earlier run has left.",
            look=f"Change a number in {ours}, run the program again, and look at the chart.",
        )

    def _no_chart(self) -> None:
        images = self.now.charts
        blank = next((image for image in images if image["blank"]), None)
        if blank is not None:
            self.check.fail(
                f"the image on page {blank['page']} of `{self.path}` is blank: all of it has one"
                " color",
                because="The figure was saved before anything was drawn on it, or after"
                " `plt.show()` or `plt.close()` had let go of it.",
            )
        largest = max((image["points"] for image in images), default=None)
        if largest is not None:
            self.check.fail(
                f"the largest image in `{self.path}` measures {largest[0]} by {largest[1]} points,"
                " too small for a chart",
                expected=f"at least {SMALL} by {SMALL} points, which is an inch",
            )
        self.check.fail(
            f"`{self.path}` has no chart",
            expected="an image, or something drawn that is more than the lines of a table",
            because="The chart was made and not put into the document.",
        )


def _is_shown(chart: dict[str, Any]) -> bool:
    return chart["kind"] == "drawing" or not (chart["blank"] or min(chart["points"]) < SMALL)


def _pages(count: int) -> str:
    if count > 20_000:
        return "more than 20,000 pages"
    return "1 page" if count == 1 else f"{count:,} pages" if count else "no page"


def _listed(files: dict[str, str]) -> str:
    return " and ".join(f"`{name}`" for name in files)


def judge(check: Check) -> None:
    Judge(check).judge()
