"""Fails on an include that points up, on a walk over folders of one's own, and on a library that
more than one file may see.

Each module of core may include itself and what stands before it in core/LAYERS. Folders are
walked by base/walk, which follows no link.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)

WALK = re.compile(
    r"\b(?:directory_iterator|recursive_directory_iterator|(?:fd)?opendir|scandir|nftw)\b"
)
# The walk itself, and what reads in /proc and /sys, some of it where nothing else is linked.
WALKERS = {"base/walk.cpp", "confine/memory_group.cpp", "confine/tree.cpp", "system/launcher.cpp"}


# Libraries that one file alone knows, so that another could take their place.
SEEN_BY = {"CLI/": "cli/options.cpp", "spdlog/": "cli/logging/logger.cpp"}
ANGLED = re.compile(r"^\s*#\s*include\s+<([^>]+)>", re.MULTILINE)


def seen_by_others(root: Path) -> list[str]:
    faults = []
    for top in ("core", "cli", "tests"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in {".hpp", ".cpp", ".h"}:
                continue
            own = path.relative_to(root).as_posix()
            for included in ANGLED.findall(path.read_text(encoding="utf-8")):
                for prefix, only in SEEN_BY.items():
                    if included.startswith(prefix) and own != only:
                        faults.append(f"{own}: only {only} may include <{included}>")
    return faults


def read_layers(core: Path) -> dict[str, list[str]]:
    """The folders of each module; both lowest first."""
    layers: dict[str, list[str]] = {}
    for line in (core / "LAYERS").read_text(encoding="utf-8").splitlines():
        name = line.strip()
        if not name or name.startswith("#"):
            continue
        if line.startswith(" "):
            layers[list(layers)[-1]].append(name)
        else:
            layers[name] = []
    return layers


def folder_in(path: str, folders: list[str]) -> int:
    """The place among the module's folders; -1 for what lies in the module itself."""
    folder = path.split("/")[1]
    return folders.index(folder) if folder in folders else -1


def faults_of(root: Path) -> list[str]:
    core = root / "core"
    layers = read_layers(core)
    modules = list(layers)
    faults = []
    for path in sorted(core.rglob("*")):
        if path.suffix not in {".hpp", ".cpp", ".h"}:
            continue
        own = path.relative_to(core).as_posix()
        module, *below = own.split("/")
        if module not in layers:
            faults.append(f"core/{own}: module {module} is not in core/LAYERS")
            continue
        if layers[module] and len(below) > 1 and below[0] not in layers[module]:
            faults.append(f"core/{own}: the folder {below[0]} of {module} is not in core/LAYERS")
            continue
        text = path.read_text(encoding="utf-8")
        if own not in WALKERS and (walk := WALK.search(text)):
            faults.append(f"core/{own}: {walk[0]} may follow a link: use base/walk.hpp")
        for included in INCLUDE.findall(text):
            other = included.split("/")[0]
            if other == "unit" and path.name == "test.cpp":  # of a kind: what tests share
                continue
            if other == "cli" or (other in layers and modules.index(other) > modules.index(module)):
                faults.append(f"core/{own}: {module} may not include {included}")
            elif other not in layers:
                faults.append(f"core/{own}: {included} is in no module of core")
            elif other == module and folder_in(included, layers[module]) > folder_in(
                own, layers[module]
            ):
                faults.append(
                    f"core/{own}: {'/'.join(own.split('/')[:-1])} may not include {included}"
                )
    return faults


def main() -> int:
    faults = faults_of(Path(sys.argv[1])) + seen_by_others(Path(sys.argv[1]))
    print("\n".join(faults) or "every arrow points down")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
