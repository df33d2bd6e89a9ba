"""The kind `pdf`: what its reader finds in good and in hostile files.

It needs pypdf, which Debian has too old: MLPATH_PYTHON may name a Python with the packages of the
environment `base`; else one of those that the proofs have made is taken.
"""

from __future__ import annotations

import base64
import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest
import zlib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
NEEDS = ("pypdf", "reportlab", "matplotlib")
# A page with two lines and a table, as fpdf2 2.8 writes it.
BY_FPDF2 = """
JVBERi0xLjMKJenr8b8KMSAwIG9iago8PAovQ291bnQgMQovS2lkcyBbMyAwIFJdCi9NZWRpYUJveCBbMCAwIDU5NS4yOCA4
NDEuODldCi9UeXBlIC9QYWdlcwo+PgplbmRvYmoKMiAwIG9iago8PAovT3BlbkFjdGlvbiBbMyAwIFIgL0ZpdEggbnVsbF0K
L1BhZ2VMYXlvdXQgL09uZUNvbHVtbgovUGFnZXMgMSAwIFIKL1R5cGUgL0NhdGFsb2cKPj4KZW5kb2JqCjMgMCBvYmoKPDwK
L0NvbnRlbnRzIDQgMCBSCi9QYXJlbnQgMSAwIFIKL1Jlc291cmNlcyA3IDAgUgovVHlwZSAvUGFnZQo+PgplbmRvYmoKNCAw
IG9iago8PAovRmlsdGVyIC9GbGF0ZURlY29kZQovTGVuZ3RoIDIyNgo+PgpzdHJlYW0KeJyd0stqQjEQgOG9TzHLCmU6M0mY
uBV04UKh5gUKpl4Qj0RtX98jGo9NL5Buw/Ax/xCBSY/QKXz2hgFexgxskQjCO4zC5ckwsgdPgsZCWMDT/G0bD5DivknHPoTN
ZU48GgeqjM4C6wCdgfatdVKE+VWWn2X1nOXXuFw3u7tJit7XosKEyo/qLC1iOmTVeEVL1asOCMV+3fUj7k6xOIA1f6i/nFad
yei0Pemq7K8zc3+HspTtlVve2h/EZzEWHRXx7P4RL+7+r5rT9/g6M8d3qJbtlUve2jvQE7UTWT0D4VS0CAplbmRzdHJlYW0K
ZW5kb2JqCjUgMCBvYmoKPDwKL0Jhc2VGb250IC9IZWx2ZXRpY2EKL0VuY29kaW5nIC9XaW5BbnNpRW5jb2RpbmcKL1N1YnR5
cGUgL1R5cGUxCi9UeXBlIC9Gb250Cj4+CmVuZG9iago2IDAgb2JqCjw8Ci9CYXNlRm9udCAvSGVsdmV0aWNhLUJvbGQKL0Vu
Y29kaW5nIC9XaW5BbnNpRW5jb2RpbmcKL1N1YnR5cGUgL1R5cGUxCi9UeXBlIC9Gb250Cj4+CmVuZG9iago3IDAgb2JqCjw8
Ci9Gb250IDw8L0YxIDUgMCBSCi9GMiA2IDAgUj4+Ci9Qcm9jU2V0IFsvUERGIC9UZXh0IC9JbWFnZUIgL0ltYWdlQyAvSW1h
Z2VJXQo+PgplbmRvYmoKOCAwIG9iago8PAovQ3JlYXRpb25EYXRlIChEOjIwMjYwMTAxMDAwMDAwWikKPj4KZW5kb2JqCnhy
ZWYKMCA5CjAwMDAwMDAwMDAgNjU1MzUgZiAKMDAwMDAwMDAxNSAwMDAwMCBuIAowMDAwMDAwMTAyIDAwMDAwIG4gCjAwMDAw
MDAyMDUgMDAwMDAgbiAKMDAwMDAwMDI4NSAwMDAwMCBuIAowMDAwMDAwNTgzIDAwMDAwIG4gCjAwMDAwMDA2ODAgMDAwMDAg
biAKMDAwMDAwMDc4MiAwMDAwMCBuIAowMDAwMDAwODc5IDAwMDAwIG4gCnRyYWlsZXIKPDwKL1NpemUgOQovUm9vdCAyIDAg
UgovSW5mbyA4IDAgUgovSUQgWzxBNDgzOTVDQzJBRjNFQkREMTkzMjMwNTk2NDkyMkIyOD48QTQ4Mzk1Q0MyQUYzRUJERDE5
MzIzMDU5NjQ5MjJCMjg+XQo+PgpzdGFydHhyZWYKOTM0CiUlRU9GCg==
"""
ROWS = [["Region", "Orders", "Revenue"], ["North", "12", "1,234.50"], ["South", "7", "800.00"]]
READ = """\
import json, sys
sys.path[:0] = [sys.argv[1]]
from pathlib import Path
import pages
print(json.dumps(pages.read(Path(sys.argv[2]))))
"""


def fitting_python() -> str:
    """A Python that has what is needed; empty where there is none."""
    proofs = HERE.parents[3] / "build/selftest"
    made = sorted(map(str, proofs.glob("**/environments/*/bin/python"))) if proofs.exists() else []
    for python in (sys.executable, os.environ.get("MLPATH_PYTHON", ""), *made):
        looks = f"import {', '.join(NEEDS)}"
        if python and subprocess.run([python, "-c", looks], capture_output=True).returncode == 0:
            return python
    return ""


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, of which the first is the root."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    end += b"trailer<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return out + end + b"startxref\n%d\n%%%%EOF" % len(out)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), more, data)


def packed(data: bytes, more: bytes = b"") -> bytes:
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + more)


ROOT = b"<</Type/Catalog/Pages 2 0 R>>"
ONE = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
FONT = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def page(resources: bytes = b"") -> bytes:
    start = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<"
    return start + FONT + resources + b">>>>"


def one_page(contents: bytes, resources: bytes = b"", *more: bytes) -> bytes:
    return pdf(ROOT, ONE, page(resources), contents, *more)


def form(contents: bytes, calls: int) -> bytes:
    kind = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % calls
    return stream(contents, kind)


def image(width: int, height: int, data: bytes) -> bytes:
    kind = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8"
    return packed(data, kind + b"/Width %d/Height %d" % (width, height))


class Reading(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "report.pdf"

    def read(self, data: bytes | None = None) -> dict[str, Any]:
        """In a process of its own, since the reader sets bounds."""
        import json

        if data is not None:
            self.path.write_bytes(data)
        words = [sys.executable, "-I", "-B", "-c", READ, str(HERE), str(self.path)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=300)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def charts(self, data: bytes | None = None) -> list[dict[str, Any]]:
        return [chart for page in self.read(data)["read"] for chart in page["charts"]]


class Libraries(Reading):
    def assert_table(self, found: dict[str, Any]) -> None:
        lines = [line.split() for page in found["read"] for line in page["lines"]]
        for row in ROWS:
            self.assertIn(row, lines)

    def test_reportlab(self) -> None:
        from reportlab.graphics.charts.barcharts import VerticalBarChart
        from reportlab.graphics.shapes import Drawing
        from reportlab.lib import colors
        from reportlab.platypus import SimpleDocTemplate, Table

        def table() -> Table:
            looks = [("GRID", (0, 0), (-1, -1), 1, colors.grey)]
            looks += [("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey)]
            return Table(ROWS, style=looks)

        SimpleDocTemplate(str(self.path)).build([table()])
        found = self.read()
        self.assert_table(found)
        self.assertEqual(found["read"][0]["charts"], [])
        seen = []
        for data in ((1234.5, 800), (1234.5, 900)):
            drawing, bars = Drawing(400, 200), VerticalBarChart()
            bars.data, bars.valueAxis.valueMin = [data], 0
            drawing.add(bars)
            SimpleDocTemplate(str(self.path)).build([table(), drawing])
            seen += [chart["digest"] for chart in self.charts()]
        self.assertEqual(len(set(seen)), 2)

    def test_matplotlib(self) -> None:
        import matplotlib

        matplotlib.use("Agg")
        import matplotlib.pyplot as plt
        from matplotlib.backends.backend_pdf import PdfPages

        draws = {
            "table": lambda axes: (axes.axis("off"), axes.table(cellText=ROWS, loc="center")),
            "bars": lambda axes: axes.bar(["North", "South"], [1234.5, 800]),
            "lying": lambda axes: axes.barh(["North", "South"], [1234.5, 800]),
            "line": lambda axes: axes.plot([3, 1, 2]),
            "cloud": lambda axes: axes.scatter([1, 2, 3, 4], [4, 1, 3, 2]),
            "pie": lambda axes: axes.pie([1234.5, 800]),
        }
        for name, draw in draws.items():
            with self.subTest(name=name):
                figure, axes = plt.subplots()
                draw(axes)
                with PdfPages(self.path) as document:
                    document.savefig(figure)
                found = self.read()
                if name == "table":
                    self.assert_table(found)
                kinds = [chart["kind"] for chart in found["read"][0]["charts"]]
                self.assertEqual(kinds, [] if name == "table" else ["drawing"])

    def test_fpdf2(self) -> None:
        found = self.read(base64.b64decode(BY_FPDF2))
        self.assert_table(found)
        self.assertEqual(found["read"][0]["charts"], [])


class Charts(Reading):
    def drawn(self, contents: bytes) -> list[str]:
        return [chart["kind"] for chart in self.charts(one_page(stream(contents)))]

    def test_bars_differ_in_length_and_stand_on_one_base(self) -> None:
        self.assertEqual(self.drawn(b"10 10 20 100 re f 40 10 20 50 re f"), ["drawing"])
        self.assertEqual(self.drawn(b"10 10 20 100 re f 40 10 20 100 re f"), [])
        self.assertEqual(self.drawn(b"10 10 20 100 re f 40 30 20 50 re f"), [])
        self.assertEqual(self.drawn(b"10 10 20 100 re S 40 10 20 50 re S"), [])
        self.assertEqual(self.drawn(b"10 10 20 100 re W n 40 10 20 50 re W n 0 0 4 4 re f"), [])
        # A page and the background of a table on it.
        self.assertEqual(self.drawn(b"0 0 600 800 re f 0 0 600 100 re f"), [])

    def test_slanted_lines(self) -> None:
        self.assertEqual(self.drawn(b"0 0 m 50 90 l 90 20 l S"), ["drawing"])
        self.assertEqual(self.drawn(b"0 0 m 0 90 l 90 90 l S"), [])

    def test_an_image_has_its_size_on_the_page(self) -> None:
        shows = stream(b"q 300 0 0 200 9 9 cm /X Do Q")
        resources = b"/XObject<</X 5 0 R>>"
        for data, blank in ((bytes(range(256)) * 4, False), (b"\xff" * 1024, True)):
            found = self.charts(one_page(shows, resources, image(32, 32, data)))
            self.assertEqual((found[0]["points"], found[0]["blank"]), ([300, 200], blank))
        found = self.charts(one_page(shows, resources, image(100_000, 100_000, b"\0" * 10_000)))
        self.assertTrue(found[0]["huge"])


class Hostile(Reading):
    def test_each_is_a_problem_and_ends(self) -> None:
        looped = b"<</Type/Pages/Count 1/Kids[2 0 R]>>"
        chain = [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (n + 3) for n in range(300)]
        bomb = zlib.compress(zlib.compress(b"\0" * 300_000_000, 9), 9)
        cases = {
            "nothing": (b"", "empty"),
            "text": (b"Sales report", "other"),
            "an image": (b"\x89PNG\r\n\x1a\n" + bytes(99), "other"),
            "cut off": (one_page(stream(b"n"))[:300], "damaged"),
            "junk": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
            "no root": (pdf(b"<</Type/Catalog>>"), "damaged"),
            "a page that is missing": (pdf(ROOT, b"<</Kids[9 0 R]>>"), "damaged"),
            "a tree in a circle": (pdf(ROOT, b"<</Kids[3 0 R]>>", looped), "circle"),
            "its own kid": (pdf(ROOT, looped), "circle"),
            "a deep tree": (pdf(ROOT, *chain), "circle"),
            "a bomb": (
                one_page(stream(bomb, b"/Filter[/FlateDecode/FlateDecode]")),
                "large",
            ),
        }
        for name, (data, problem) in cases.items():
            with self.subTest(name=name):
                self.assertEqual(self.read(data).get("problem"), problem)

    def test_encrypted(self) -> None:
        from pypdf import PdfReader, PdfWriter

        self.path.write_bytes(one_page(stream(b"n")))
        writer = PdfWriter(clone_from=PdfReader(self.path))
        writer.encrypt("secret", algorithm="RC4-128")
        writer.write(self.path)
        self.assertEqual(self.read()["problem"], "encrypted")

    def test_pages_are_counted_and_not_believed(self) -> None:
        kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(10_000))
        many = pdf(ROOT, b"<</Kids[%s]>>" % kids, *[b"<</Type/Page>>"] * 10_000)
        self.assertEqual(self.read(many), {"pages": 10_000, "read": []})
        liar = pdf(ROOT, b"<</Count 99999999/Kids[3 0 R]>>", page(), stream(b"n"))
        self.assertEqual(self.read(liar)["pages"], 1)

    def test_forms_that_call_themselves_or_grow(self) -> None:
        resources = b"/XObject<</X 5 0 R>>"
        itself = one_page(stream(b"/X Do"), resources, form(b"/X Do /X Do", 5))
        self.assertEqual(self.read(itself)["pages"], 1)
        forms = [form(b"/X Do " * 10, number + 1) for number in range(5, 15)]
        grows = one_page(stream(b"/X Do " * 10), resources, *forms, form(b"", 15))
        self.assertEqual(self.read(grows)["pages"], 1)

    def test_text_outside_of_the_page_is_told(self) -> None:
        for place, outside in ((b"50 700", []), (b"50 4000", ["x"]), (b"50 -90", ["x"]),
                               (b"700 700", ["x"])):  # fmt: skip
            found = self.read(one_page(stream(b"BT /F1 12 Tf %s Td (x) Tj ET" % place)))
            self.assertEqual(found["read"][0]["outside"], outside, place)

    def test_text_far_away(self) -> None:
        text = b"BT /F1 12 Tf 1 0 0 1 1e12 1e12 Tm (x) Tj 1 0 0 1 -1e12 -1e12 Tm (y) Tj ET"
        self.assertEqual(self.read(one_page(stream(text)))["pages"], 1)


if __name__ == "__main__":
    if any(importlib.util.find_spec(name) is None for name in NEEDS):
        python = fitting_python()
        if not python:
            print("skipped: no Python has pypdf, reportlab and matplotlib")
            sys.exit(0)
        os.execv(python, [python, "-B", __file__, *sys.argv[1:]])
    unittest.main()
