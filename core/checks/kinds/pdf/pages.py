"""What a PDF holds: its pages, their lines of text, and the charts on them. Plain facts.

What cannot be read is a fact too, `{"problem": WHICH, "said": …}`, so that the judge says it in its
own words. Time, memory and size have bounds of their own here, below those of the sandbox: a file
of some kilobytes may unpack to gigabytes, or lead around in a circle.
"""

from __future__ import annotations

import resource
import signal
from pathlib import Path
from typing import Any

import drawn
import pypdf
import pypdf.errors
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MOST_BYTES = 32 << 20  # of the file
MOST_MEMORY = 1 << 30
MOST_SECONDS = 10  # of the processor: a busy machine is nobody's fault
MOST_READ = 100  # pages whose contents are looked at
MOST_COUNTED = 20_000
MOST_OUTSIDE = 5  # texts that are told to stand outside of a page
MOST_TEXT = 500_000  # characters, of all pages
DEEPEST = 50  # of the page tree
BEGINNINGS = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP archive, as .docx and .xlsx are",
    b"%!PS": "PostScript",
    b"{\\rtf": "RTF",
    b"<?xml": "XML, as SVG is",
    b"<svg": "an SVG image",
    b"<!DOC": "an HTML page",
    b"<html": "an HTML page",
}


# What pypdf raises where a stream unpacks to more than it takes; before 6 it had no such limit.
LimitReached: type[BaseException] = getattr(pypdf.errors, "LimitReachedError", MemoryError)


class Problem(Exception):
    """Why the file is not read; `args` are which problem it is, and what is said of it."""


class TimeIsUp(BaseException):
    """Not an Exception, which pypdf would take for damage of the file and go on."""


def read(path: Path) -> dict[str, Any]:
    _set_bounds()
    try:
        return _facts(path)
    except TimeIsUp:
        return _problem("slow")
    except (MemoryError, RecursionError) as problem:
        return _problem("large" if isinstance(problem, MemoryError) else "circle")
    except Problem as problem:
        return _problem(*problem.args)
    except LimitReached:
        return _problem("large")
    except Exception as problem:  # whatever it does to pypdf, it is no sound PDF
        return _problem("damaged", " ".join(f"{type(problem).__name__}: {problem}".split())[:200])
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _set_bounds() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))

    def end(*_: object) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0.1)  # again, where a library has caught it
        raise TimeIsUp

    signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)


def _problem(which: str, said: str = "") -> dict[str, Any]:
    return {"problem": which, "said": said}


def _facts(path: Path) -> dict[str, Any]:
    size = path.stat().st_size
    if size == 0:
        raise Problem("empty")
    if size > MOST_BYTES:
        raise Problem("large")
    with path.open("rb") as file:
        start = file.read(1024)
        if b"%PDF-" not in start:
            raise Problem("other", _kind_of(start))
        file.seek(0)
        reader = pypdf.PdfReader(file)
        if reader.is_encrypted:
            raise Problem("encrypted")
        count = _pages(reader)
        if count > MOST_READ:
            return {"pages": count, "read": []}
        pages = []
        left = MOST_TEXT
        for page in reader.pages:
            pages.append(_page(page, reader))
            left -= len(pages[-1]["text"]) + sum(map(len, pages[-1]["lines"]))
            if left < 0:
                raise Problem("text")
        return {"pages": count, "read": pages}


def _kind_of(start: bytes) -> str:
    text = start.lstrip()
    told = (kind for sign, kind in BEGINNINGS.items() if text[: len(sign)].lower() == sign.lower())
    other = "text" if start.isascii() and b"\0" not in start else "bytes of another kind"
    return next(told, other)


def _pages(reader: pypdf.PdfReader) -> int:
    """How many there are by the tree itself; what the file says of their number may be wrong."""
    root = reader.trailer.get("/Root", {})
    root = root.get_object() if root is not None else None
    if not isinstance(root, DictionaryObject) or "/Pages" not in root:
        raise Problem("damaged", "it has no page tree")
    seen: set[tuple[int, int]] = set()
    open_nodes: list[tuple[Any, int]] = [(root.raw_get("/Pages"), 0)]
    count = 0
    while open_nodes:
        node, depth = open_nodes.pop()
        if isinstance(node, IndirectObject):
            place = (node.idnum, node.generation)
            if place in seen:
                raise Problem("circle")
            seen.add(place)
        found = node.get_object()
        if depth > DEEPEST:
            raise Problem("circle")
        if not isinstance(found, DictionaryObject):
            raise Problem("damaged", "a page of it is missing")
        kids = found.get("/Kids")
        if kids is None:
            count += 1
        elif isinstance(kids := kids.get_object(), ArrayObject):
            open_nodes += [(kid, depth + 1) for kid in kids]
        if count > MOST_COUNTED or len(open_nodes) > MOST_COUNTED:
            return MOST_COUNTED + 1
    return count


def _page(page: pypdf.PageObject, reader: pypdf.PdfReader) -> dict[str, Any]:
    outside: list[str] = []
    box = page.cropbox

    def look(text: str, around: Any, at: Any, *_: Any) -> None:
        """Notes text that begins above, below or to the right of what is shown of the page."""
        x = around[0] * at[4] + around[2] * at[5] + around[4]
        y = around[1] * at[4] + around[3] * at[5] + around[5]
        beyond = x > box.right + 1 or not box.bottom - 1 <= y <= box.top + 1
        if beyond and text.strip() and len(outside) < MOST_OUTSIDE:
            outside.append(" ".join(text.split())[:100])

    text = page.extract_text(visitor_text=look)
    try:
        # As it lies on the page: what stands on one height is one line, with gaps between cells.
        laid = page.extract_text(extraction_mode="layout", layout_mode_space_vertically=False)
    except (Problem, LimitReached):
        raise
    except Exception:  # a font without widths, say
        laid = text
    lines = [line.strip() for line in laid.splitlines() if line.strip()]
    charts = drawn.charts(page, reader)
    return {"lines": lines, "text": text, "charts": charts, "outside": outside}
