"""Fails on an include that points up.

Each module of core may include itself and what stands before it in core/LAYERS.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.MULTILINE)


def read_layers(core: Path) -> list[str]:
    lines = (core / "LAYERS").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def faults_of(root: Path) -> list[str]:
    core = root / "core"
    layers = read_layers(core)
    faults = []
    for path in sorted(core.rglob("*")):
        if path.suffix not in {".hpp", ".cpp", ".h"}:
            continue
        module = path.relative_to(core).parts[0]
        if module not in layers:
            faults.append(f"{path.relative_to(root)}: module {module} is not in core/LAYERS")
            continue
        for included in INCLUDE.findall(path.read_text(encoding="utf-8")):
            other = included.split("/")[0]
            if other == "cli" or (other in layers and layers.index(other) > layers.index(module)):
                faults.append(f"{path.relative_to(root)}: {module} may not include {included}")
            elif other not in layers:
                faults.append(f"{path.relative_to(root)}: {included} is in no module of core")
    return faults


def main() -> int:
    faults = faults_of(Path(sys.argv[1]))
    print("\n".join(faults) or "every arrow points down")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
