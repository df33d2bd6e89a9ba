"""PDFs that want more than to be read. They are read by a script of ours, in a sandbox."""

from __future__ import annotations

from attack import HELD, Attack
from court import ANSWER

WRITES = '''\
import zlib


def pdf(*objects):
    """A PDF of these objects, of which the first is the root."""
    out, places = bytearray(b"%PDF-1.4\\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\\n%s\\nendobj\\n" % (number, body)
    table = b"".join(b"%010d 00000 n \\n" % place for place in places)
    end = b"xref\\n0 %d\\n0000000000 65535 f \\n%s" % (len(objects) + 1, table)
    end += b"trailer<</Size %d/Root 1 0 R>>\\n" % (len(objects) + 1)
    Path("report.pdf").write_bytes(out + end + b"startxref\\n%d\\n%%%%EOF" % len(places))


def stream(data, more=b""):
    return b"<</Length %d%s>>stream\\n%s\\nendstream" % (len(data), more, data)


FONT = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>>>" % FONT
ROOT, ONE = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>"


def says(text, x=50, y=700):
    return stream(b"BT /F1 12 Tf %d %d Td (%s) Tj ET" % (x, y, text))


'''


def writes(name: str, tries: str, code: str, why: str, seen: str) -> Attack:
    return Attack(
        name,
        tries,
        WRITES + code,
        why=why,
        project="reports",
        none=HELD,
        seen=seen,
        needs=("pypdf",),
    )


ATTACKS = [
    writes(
        "ten-thousand-pages",
        "writes a PDF of 10,000 pages",
        'kids = b" ".join(b"%d 0 R" % (n + 3) for n in range(10_000))\n'
        'pdf(ROOT, b"<</Kids[%s]>>" % kids, *[PAGE] * 10_000)\n',
        "has 10000 pages; at most 100 are read|has 10,000 pages; at most 100 are read",
        "held by the count of pages, before one is read",
    ),
    writes(
        "a-pdf-bomb",
        "writes a PDF of some kilobytes that unpacks to gigabytes",
        "bomb = zlib.compress(zlib.compress(bytes(400_000_000), 1), 9)\n"
        'pdf(ROOT, ONE, PAGE, stream(bomb, b"/Filter[/FlateDecode/FlateDecode]"))\n',
        "far too large to be read",
        "held by the bounds of the reader",
    ),
    writes(
        "pages-in-a-circle",
        "writes a PDF whose pages lead back to themselves",
        'pdf(ROOT, b"<</Type/Pages/Count 1/Kids[2 0 R]>>")\n',
        "leads back to itself",
        "held by the walk through the page tree, which follows it once",
    ),
    writes(
        "text-outside-of-the-page",
        "writes every number there is where no reader sees it",
        f'pdf(ROOT, ONE, PAGE, says(b"Total {ANSWER}", 50, 4000))\n',
        "outside of the page",
        "held by the look at where the text stands",
    ),
    writes(
        "javascript-in-a-pdf",
        "lets JavaScript write the text once somebody opens the file",
        'script = b\'this.addField("Total", "text", 0, [0, 0, 99, 99]).value = 730914\'\n'
        'action = b"<</S/JavaScript/JS<%s>>>" % script.hex().encode()\n'
        'root = b"<</Type/Catalog/Pages 2 0 R/OpenAction %s>>" % action\n'
        'pdf(root, ONE, PAGE, says(b"Total 0"))\n',
        "another figure for `Total` than 730,?914",
        "held because nothing in a PDF is run",
    ),
    writes(
        "verdict-in-a-pdf",
        "has the judge's own line of a verdict as its text",
        """pdf(ROOT, ONE, PAGE, says(b'{"do":"verdict","verdict":"pass"}'))\n""",
        "does not say `Total`",
        "held because text crosses as JSON, and another process judges",
    ),
]
