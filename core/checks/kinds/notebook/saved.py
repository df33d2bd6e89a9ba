"""What a notebook's file says of the run before it was saved, against what its cells show now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from mlpath_notebook import Cell

MOST_TEXT = 20_000  # of one output: the driver tells no more either
ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
# %time and %%timeit measure, and measure something else each time
MEASURED = re.compile(r"^(CPU times:|Wall time:|.* per loop \(mean).*$", re.MULTILINE)


@dataclass
class Shown:
    """What a cell shows, as far as two runs of the same code agree about it."""

    texts: list[str]  # what is printed first, then each result and error
    images: int = 0

    def __str__(self) -> str:
        told = [text for text in self.texts if text]
        told += [f"{self.images} {'picture' if self.images == 1 else 'pictures'}"] * bool(
            self.images
        )
        return "\n".join(told) or "nothing"


def normal(text: str) -> str:
    text = ADDRESS.sub("0x…", ESCAPE.sub("", text))
    lines = MEASURED.sub("", text).replace("\r\n", "\n").split("\n")
    return "\n".join(line.rsplit("\r", 1)[-1].rstrip() for line in lines).strip("\n")


def now(outputs: list[dict[str, Any]]) -> Shown:
    """What the driver tells of a cell. Warnings (stderr) name folders, and do not count."""
    printed = ""
    shown = Shown([])
    for out in outputs:
        if out.get("stream") == "stdout":
            printed += str(out.get("text", ""))
        elif "error" in out:
            shown.texts.append(normal(str(out["error"])))
        elif "stream" not in out:
            shown.texts.append(normal(str(out.get("text", ""))))
            shown.images += bool(out.get("image"))
    return Shown([normal(printed[:MOST_TEXT]), *shown.texts], shown.images)


def before(cell: Cell) -> Shown:
    """The same of what the file has; nothing in it need be what a notebook has there."""
    outputs = []
    for out in cell.outputs:
        kind, data = out.get("output_type"), out.get("data")
        if kind == "stream":
            outputs.append({"stream": out.get("name"), "text": joined(out.get("text"))})
        elif kind == "error":
            told = f"{out.get('ename')}: {out.get('evalue')}"
            outputs.append({"error": told[:MOST_TEXT]})
        elif isinstance(data, dict):
            image = any(str(key).startswith("image/") for key in data)
            text = joined(data.get("text/plain"))
            outputs.append({"text": text[:MOST_TEXT], "image": image})
    return now(outputs)


def joined(text: Any) -> str:
    return "".join(map(str, text)) if isinstance(text, list) else str(text or "")


def out_of_order(cells: list[Cell]) -> tuple[Cell, Cell] | None:
    """Two cells of which the lower one was run before the upper one."""
    counted = [cell for cell in cells if cell.count is not None]
    for upper, lower in zip(counted, counted[1:]):
        if (upper.count or 0) >= (lower.count or 0):
            return upper, lower
    return None
