"""Looks each pin of curricula/environments up: that every Python and system finds a wheel for it.

Nothing is installed. For each group, Python and system, as `pip install --platform` would choose:
the pins whose markers hold, and for each the wheels whose hashes are pinned. What PyPI lists is
asked once a package, with an empty pip configuration; which wheels a system takes is asked of pip.
For the Python that runs this, pip resolves each group that extends no other (`--dry-run`).

Wheels from another index (`builds`) are looked up there, and in the links that pip is set up with;
where neither can be reached, that is said. Without PyPI the test is skipped, aloud.

    environments.py [GROUP...]
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "curricula" / "environments"
PYPI = "https://pypi.org/simple/"
SKIPPED = 77

# The oldest systems of which a wheel is wanted: glibc 2.28, and macOS 14 as PyTorch asks.
PLATFORMS = {
    "linux-x86_64": ["manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"]
    + ["manylinux_2_12_x86_64", "manylinux2010_x86_64", "manylinux_2_5_x86_64", "manylinux1_x86_64"]
    + [f"manylinux_2_{minor}_x86_64" for minor in range(18, 28)],
    "linux-aarch64": ["manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"]
    + [f"manylinux_2_{minor}_aarch64" for minor in range(18, 28)],
    "macos-arm64": ["macosx_14_0_arm64", "macosx_14_0_universal2"],
    "macos-x86_64": ["macosx_14_0_x86_64", "macosx_14_0_universal2"],
}


def clean_environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "UV_"))}
    if "PIP_CERT" in os.environ:  # whom to trust is no setting of packages
        kept["PIP_CERT"] = os.environ["PIP_CERT"]
    return {**kept, "PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def with_pip() -> None:
    """Runs this again in an environment of its own."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = str(Path(folder, "bin", "python"))
        ended = subprocess.run([python, __file__, *sys.argv[1:]], check=False)
    sys.exit(ended.returncode)


if sys.prefix == sys.base_prefix:
    with_pip()  # Debian's own pip refuses to resolve anything for it, and may not be there
try:
    from pip._internal.models.target_python import TargetPython
    from pip._vendor.packaging.markers import Marker
    from pip._vendor.packaging.utils import InvalidWheelFilename, parse_wheel_filename
except ModuleNotFoundError:
    sys.exit("this environment has no pip: run it with another Python")


def ask(address: str) -> list[dict]:
    """The files that an index has of a package."""
    wanted = "application/vnd.pypi.simple.v1+json"
    request = urllib.request.Request(address, headers={"Accept": wanted})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["files"]


def pins_of(group: str) -> list[dict]:
    text = (FOLDER / f"{group}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    pins = []
    for line in text.splitlines():
        if not line.strip() or line.strip().startswith("#"):
            continue
        head, marker = (part.strip() for part in (line.split("--hash")[0] + ";").split(";")[:2])
        name, version = head.split("==")
        hashes = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
        pins.append({"name": name, "version": version, "marker": marker, "hashes": hashes})
    return pins


def tags_of(python: str, platform: str) -> frozenset:
    version = tuple(int(part) for part in python.split("."))
    target = TargetPython(platforms=PLATFORMS[platform], py_version_info=version)
    asked = getattr(target, "get_sorted_tags", None) or target.get_tags
    return frozenset(asked())


def wheels_of(files: list[dict], pin: dict) -> list[tuple[str, frozenset]]:
    """The wheels of this version whose hash is pinned, with their tags."""
    found = []
    for file in files:
        try:
            _, version, _, tags = parse_wheel_filename(file["filename"])
        except InvalidWheelFilename:
            continue
        if str(version) == pin["version"] and file["hashes"].get("sha256") in pin["hashes"]:
            found.append((file["filename"], tags))
    return found


def links() -> list[Path]:
    """Where pip, as it is set up here, looks for wheels besides."""
    told = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    words = re.findall(r"find-links='([^']*)'", told)
    return [Path(word) for line in words for word in line.split() if Path(word).is_dir()]


def from_links(pin: dict) -> list[dict]:
    found = []
    for folder in dict.fromkeys(links()):
        for path in folder.glob(f"{pin['name']}-{pin['version']}-*.whl"):
            with path.open("rb") as file:
                digest = hashlib.sha256(file.read()).hexdigest()
            found.append({"filename": path.name, "hashes": {"sha256": digest}})
    return found


def holds(pin: dict, python: str, platform: str) -> bool:
    system, machine = platform.split("-", 1)
    here = {
        "python_version": python,
        "sys_platform": {"linux": "linux", "macos": "darwin"}[system],
        "platform_machine": machine,
    }
    return not pin["marker"] or Marker(pin["marker"]).evaluate(here)


def resolved_by_pip(group: str, pins: list[dict]) -> str | None:
    """What pip says against it on this machine; nothing where it resolves."""
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    machine = os.uname().machine
    platform = f"{'linux' if sys.platform == 'linux' else 'macos'}-{machine}"
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        for pin in pins:
            if holds(pin, python, platform):
                hashes = " ".join(f"--hash=sha256:{digest}" for digest in sorted(pin["hashes"]))
                file.write(f"{pin['name']}=={pin['version']} {hashes}\n")
        file.flush()
        ended = subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
            + ["--require-hashes", "--only-binary", ":all:", "-r", file.name],
            capture_output=True,
            text=True,
            check=False,
            env=clean_environment(),
        )
    return None if ended.returncode == 0 else f"{group}: pip says {ended.stderr.strip()[-500:]}"


def main() -> int:
    names = sys.argv[1:] or sorted(path.stem for path in FOLDER.glob("*.json"))
    groups = {n: json.loads((FOLDER / f"{n}.json").read_text(encoding="utf-8")) for n in names}
    pins = {name: pins_of(name) for name in names}
    try:
        ask(PYPI + "pip/")
    except (urllib.error.URLError, TimeoutError) as error:
        print(f"SKIPPED: PyPI cannot be reached ({error}), so that no pin was looked up")
        return SKIPPED
    packages = sorted({pin["name"] for each in pins.values() for pin in each})
    with ThreadPoolExecutor(8) as pool:
        files = dict(zip(packages, pool.map(lambda name: ask(f"{PYPI}{name}/"), packages)))

    faults: list[str] = []
    untried: list[str] = []
    for name, group in groups.items():
        built = {build["pypi"]: build["version"] for build in group.get("builds", [])}
        least, most = (int(group["python"][end].split(".")[1]) for end in ("min", "max"))
        wheels = {}
        for number, pin in enumerate(pins[name]):
            listed = files[pin["name"]]
            if built.get(pin["name"]) == pin["version"]:
                try:
                    listed = ask(f"{group['index']}/{pin['name']}/")
                except (urllib.error.URLError, TimeoutError, ValueError):
                    listed = from_links(pin)
            wheels[number] = wheels_of(listed, pin)
        for platform in group.get("platforms", list(PLATFORMS)):
            counts = []
            for python in (f"3.{minor}" for minor in range(least, most + 1)):
                tags = tags_of(python, platform)
                wanted = [n for n, p in enumerate(pins[name]) if holds(p, python, platform)]
                for number in wanted:
                    pin = pins[name][number]
                    if any(of & tags for _, of in wheels[number]):
                        continue
                    missing = f"{pin['name']} {pin['version']} for Python {python} on {platform}"
                    is_built = built.get(pin["name"]) == pin["version"]
                    (untried if is_built else faults).append(f"{name}: {missing}")
                twice = [pins[name][n]["name"] for n in wanted]
                faults += [
                    f"{name}: {each} is pinned twice for Python {python} on {platform}"
                    for each in sorted({x for x in twice if twice.count(x) > 1})
                ]
                counts.append(f"{python}: {len(wanted)}")
            print(f"{name:8} {platform:14} pins found: {', '.join(counts)}")
        if "extends" not in group and (fault := resolved_by_pip(name, pins[name])):
            faults.append(fault)
    for line in untried:
        print(f"NOT TRIED, since its index cannot be reached from here: {line}")
    for line in faults:
        print(f"FAULT: {line}")
    print(f"{len(packages)} packages looked up, {len(faults)} faults, {len(untried)} not tried")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
