"""Runs a generator of synthetic data: make.py SCRIPT SEED FOLDER.

SCRIPT has a function `make(draw: Draw) -> Files`, as `mlpath_synthetic.py` beside this file tells;
FOLDER is there and empty, and nothing is written elsewhere. With `-` for it the files go to the
standard output instead, each as a line with its size in bytes and its path, and then its bytes.
mlpath runs this with `-I -S -B`, so a script has Python's standard library and `mlpath_synthetic`,
and nothing that is installed.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path, PurePosixPath
from typing import BinaryIO

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves it out

from mlpath_synthetic import Draw  # noqa: E402


def lay(folder: Path, path: str, content: bytes) -> None:
    """Writes one file of the dataset, whose path stays within the folder and comes once."""
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts or "\\" in path or not parts.name:
        sys.exit(
            f"error: `make` gave the path {path!r}, which is not one below the dataset's folder"
        )
    target = folder / parts
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("xb") as file:
            file.write(content)
    except FileExistsError:
        sys.exit(f"error: `make` gave the path {path!r} twice")


def send(output: BinaryIO, path: str, content: bytes) -> None:
    output.write(f"{len(content)} {path}\n".encode() + content)


def main(arguments: list[str]) -> None:
    if len(arguments) != 3 or not arguments[1].isdecimal():
        sys.exit("usage: make.py SCRIPT SEED FOLDER")
    script, seed, folder = arguments
    make = runpy.run_path(script).get("make")
    if not callable(make):
        sys.exit("it has no function `make`")
    for path, content in make(Draw(int(seed))):
        if folder == "-":
            send(sys.stdout.buffer, path, content)
        else:
            lay(Path(folder), path, content)


if __name__ == "__main__":
    main(sys.argv[1:])
