"""Tries every attack on the built binary, and holds what came of it against the table.

python3 run.py name_spaces|rules|none [NAME...]     the attacks in that sandbox
python3 run.py document                             docs/threat-model.md has the table as it is
python3 run.py document --write                     writes it there

An attack is held when the verdict is the true one, for the true reason, its neighbors passed, and
nothing was touched, told, left running or left lying. It got through when a wrong program passed or
harm was done. Anything else is unclear, and a fault of the attack.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "system"))

import attacks_artifacts  # noqa: E402
import attacks_experiment  # noqa: E402
import attacks_figure  # noqa: E402
import attacks_gui  # noqa: E402
import attacks_limits  # noqa: E402
import attacks_notebook  # noqa: E402
import attacks_pdf  # noqa: E402
import attacks_portfolio  # noqa: E402
import attacks_python  # noqa: E402
import attacks_secrets  # noqa: E402
import attacks_service  # noqa: E402
import attacks_site  # noqa: E402
import attacks_sql  # noqa: E402
import attacks_tests  # noqa: E402
from attack import HELD, NOT_RUN, THROUGH, Attack  # noqa: E402
from stage import STDERR, Seen, Stage  # noqa: E402

SKIPPED = 77
UNCLEAR = "unclear"
HERE = Path(__file__).resolve().parent
DOCUMENT = HERE.parent.parent / "docs/threat-model.md"
GROUPS = {
    "Files, network and other programs": attacks_secrets.ATTACKS,
    "Using more than there is": attacks_limits.ATTACKS,
    "Artifacts": attacks_artifacts.ATTACKS,
    "Inside of Python": attacks_python.ATTACKS,
    "What a portfolio brings": attacks_portfolio.ATTACKS,
    "Queries": attacks_sql.ATTACKS,
    "Asking a site of ours": attacks_site.ATTACKS,
    "An experiment of the learner's own": attacks_experiment.ATTACKS,
    "Tests": attacks_tests.ATTACKS,
    "Servers": attacks_service.ATTACKS,
    "Figures": attacks_figure.ATTACKS,
    "Notebooks": attacks_notebook.ATTACKS,
    "PDFs": attacks_pdf.ATTACKS,
    "Windows": attacks_gui.ATTACKS,
}
ALL = [attack for group in GROUPS.values() for attack in group]
LANDLOCK_WANTED = 6  # the first that keeps signals and abstract sockets in
# What the report says of each, so that no attack is tried in another sandbox than it seems.
ISOLATION = {
    "name_spaces": "each program ran in a world of its own",
    "rules": "no namespaces can be had here",
    "none": "no sandbox, as asked",
}
# Of those that need packages: the environment that the proofs made.
PYTHON = os.environ.get("MLPATH_PYTHON", "")
WITHOUT = [sys.executable, str(HERE / "without_name_spaces.py")]


def expected(attack: Attack, sandbox: str) -> str:
    return {"name_spaces": HELD, "rules": attack.rules, "none": attack.none}[sandbox]


def words_of(sandbox: str) -> tuple[list[str], list[str]]:
    """What is put before the binary, and its option."""
    return {
        "name_spaces": ([], ["--sandbox", "require"]),
        "rules": (WITHOUT, ["--sandbox", "auto"]),
        "none": ([], ["--sandbox", "off"]),
    }[sandbox]


def reason_of(project: dict[str, Any]) -> str:
    """All that a person is told of the first check that does not pass."""
    for one in project.get("milestones", []):
        for check in one["checks"]:
            if check["verdict"] != "pass":
                keys = ("message", "expected", "actual", "because", "look")
                return " ".join(str(check.get(key, "")) for key in keys)
    return str(project.get("message", ""))


def read(stdout: bytes, code: int, check: bool) -> tuple[Seen, list[str]]:
    """What the report says of the attack, and what is wrong about it otherwise."""
    try:
        report = json.loads(stdout.decode("utf-8"))
        if check:
            return Seen(report["verdict"], reason_of(report), code), []
        projects = report["portfolios"][0]["projects"]
        neighbours = [one for one in projects if one["folder"] in ("a-honest", "z-honest")]
        (mine,) = [one for one in projects if one not in neighbours]
    except (ValueError, KeyError, IndexError) as fault:
        return Seen("none", f"no report: {fault}: {stdout[-300:]!r}", code), []
    wrong = [
        f"{one['folder']} is {one['verdict']}" for one in neighbours if one["verdict"] != "pass"
    ]
    wrong += [] if len(neighbours) == 2 else ["a neighbor is missing"]
    return Seen(mine["verdict"], reason_of(mine), code), wrong


def acting(told: bytes) -> list[str]:
    """Control characters, and lines on which a reader of logs would act."""
    text = told.decode("utf-8", "replace")
    odd = {c for c in text if (ord(c) < 0x20 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0}
    found = [f"the report holds {c!r}" for c in sorted(odd)]
    return found + (["a line acts"] if re.search(r"(?m)^\s*::error::", text) else [])


def attempt(attack: Attack, sandbox: str, warm: Path) -> Seen:
    stage = Stage(sandbox, warm)
    try:
        files = {"tools.py": stage.tools(), **attack.sources()}
        place = stage.project(attack.folder, attack.project, files)
        if attack.setup:
            attack.setup(stage, place)
        stage.open_to_all()
        before = stage.state()
        prefix, option = words_of(sandbox)
        python = PYTHON if attack.needs else ""
        if attack.check:
            code, told = stage.run(["check", "--json", *option], prefix, place, python=python)
        else:
            words = ["verify", ".", "--format", "json", "--jobs", "2", *option, *attack.options]
            code, told = stage.run(words, prefix, python=python)
        seen, wrong = read(told.split(STDERR)[0], code, attack.check)
        if ISOLATION[sandbox] not in told.decode("utf-8", "replace"):
            seen = Seen("none", f"the report does not say: {ISOLATION[sandbox]}", code)
        seen.told = told.decode("utf-8", "replace")
        seen.harm = wrong + stage.harm(before, told) + acting(told)
        kept = ("cache/results", "work/shared") if attack.check or attack.options else ()
        if attack.needs:  # what mlpath finds out about an interpreter that it has not met
            kept += ("cache/interpreters/",)
        if attack.check:  # it keeps the journal itself
            kept += ("work/.mlpath/",)
        seen.harm = [one for one in seen.harm if not one.startswith(kept)]
        return seen
    finally:
        stage.close()


def result_of(attack: Attack, seen: Seen) -> str:
    right = seen.verdict == attack.verdict and re.search(attack.why, seen.reason, re.DOTALL)
    if right and not seen.harm:
        return HELD
    won = attack.verdict == "fail" and seen.verdict == "pass"
    return THROUGH if won or seen.harm or attack.wins(seen.verdict, seen.reason) else UNCLEAR


def try_one(attack: Attack, sandbox: str, warm: Path) -> str:
    """Empty, or what is not as the table says."""
    wanted = expected(attack, sandbox)
    if wanted == NOT_RUN:
        return ""
    try:
        seen = attempt(attack, sandbox, warm)
    except Exception:
        return f"{attack.name}: {traceback.format_exc()}"
    result = result_of(attack, seen)
    if result == wanted:
        return ""
    return (
        f"{attack.name}: {result}, not {wanted}\n  verdict {seen.verdict}, truly {attack.verdict}\n"
        f"  reason {seen.reason[:600]!r}\n  truly  {attack.why!r}\n  harm {seen.harm[:8]}\n"
        + (f"  told {seen.told[-500:]!r}\n" if result == UNCLEAR else "")
    )


def lacking(needs: tuple[str, ...]) -> bool:
    """Whether there is no Python with these packages."""
    looks = [PYTHON, "-c", f"import {', '.join(needs)}"]
    return not Path(PYTHON).is_file() or subprocess.run(looks, check=False).returncode != 0


def landlock_version() -> int:
    return max(0, int(ctypes.CDLL(None).syscall(444, None, 0, 1)))


def cannot(stage: Stage, sandbox: str) -> str:
    """Why the sandbox cannot be tried here, or nothing."""
    if sandbox == "rules" and landlock_version() < LANDLOCK_WANTED:
        return f"Landlock {LANDLOCK_WANTED} or later is needed, here is {landlock_version()}"
    stage.open_to_all()
    prefix, option = words_of("name_spaces" if sandbox == "name_spaces" else "none")
    code, told = stage.run(["verify", ".", *option], prefix)
    return "" if code == 0 else told.decode("utf-8", "replace")


def run(sandbox: str, names: list[str]) -> int:
    first = Stage(sandbox)  # whose cache the others begin with
    try:
        if why := cannot(first, sandbox):
            print(f"SKIPPED, nothing was proved: {why}")
            return SKIPPED
        return try_all(sandbox, names, first.root / "cache")
    finally:
        first.close()


def try_all(sandbox: str, names: list[str], warm: Path) -> int:
    chosen = [one for one in ALL if not names or one.name in names]
    without = {needs for needs in {one.needs for one in chosen} if needs and lacking(needs)}
    for needs in without:
        print(f"NOT TRIED, no Python in MLPATH_PYTHON has {', '.join(needs)}:")
        print("  " + ", ".join(one.name for one in chosen if one.needs == needs))
    chosen = [one for one in chosen if one.needs not in without]
    with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        beside_others = [one for one in chosen if not one.crowds]
        results = list(pool.map(lambda one: try_one(one, sandbox, warm), beside_others))
    results += [try_one(one, sandbox, warm) for one in chosen if one.crowds]
    faults = [fault for fault in results if fault]
    print("\n".join(faults))
    tried = [one for one in chosen if expected(one, sandbox) != NOT_RUN]
    held = sum(expected(one, sandbox) == HELD for one in tried)
    print(f"{sandbox}: {len(tried)} attacks, {held} to be held, {len(faults)} not as in the table")
    return 1 if faults else 0


def table() -> str:
    lines = []
    for title, attacks in GROUPS.items():
        lines += [
            f"### {title}",
            "",
            "| attack | it … | true verdict | namespaces | rules alone | none "
            "| seen to succeed, or held by |",
            "|---|---|---|---|---|---|---|",
        ]
        lines += [
            f"| {one.name} | {one.tries} | {one.verdict} | {HELD} | {one.rules} | {one.none} "
            f"| {one.seen} |"
            for one in attacks
        ]
        lines.append("")
    return "\n".join(lines)


def document(write: bool) -> int:
    text = DOCUMENT.read_text(encoding="utf-8")
    begin, end = "<!-- the table of tests/attacks -->\n", "<!-- its end -->"
    head, rest = text.split(begin)
    fresh = head + begin + "\n" + table() + "\n" + end + rest.split(end)[1]
    if write:
        DOCUMENT.write_text(fresh, encoding="utf-8")
    elif fresh != text:
        print("docs/threat-model.md is out of date: python3 tests/attacks/run.py document --write")
        return 1
    names = [one.name for one in ALL]
    if len(names) < 40 or len(set(names)) != len(names):
        print("there are fewer than forty attacks, or two of one name")
        return 1
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "document":
        sys.exit(document("--write" in sys.argv))
    sys.exit(run(sys.argv[1], sys.argv[2:]))
