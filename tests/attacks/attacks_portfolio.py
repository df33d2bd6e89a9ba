"""What a portfolio brings beside sources."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
import subprocess
import zipfile
from functools import partial
from pathlib import Path

from attack import HELD, Attack
from stage import Stage

NOT_TAKEN = "held because only sources are taken"
ANSWERS = """\
try:
    right = open("answers.csv").read()
except OSError:
    right = ""
predict(bool(right))
"""
LAX = "def total(check):\n    pass\n"


def add_repository(stage: Stage, place: Path) -> None:
    """A repository whose settings run a program at every turn."""
    work = stage.root / "work"
    harm = f"touch {stage.root}/home/ran"
    base = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*base, *words], cwd=work, check=True, capture_output=True)
    for name in ("core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "core.editor"):
        subprocess.run([*base, "config", name, harm], cwd=work, check=True)
    for name in ("filter.x.clean", "filter.x.smudge", "diff.x.textconv"):
        subprocess.run([*base, "config", name, harm], cwd=work, check=True)
    (work / ".gitattributes").write_text("* filter=x diff=x\n")
    for hook in (
        "post-checkout",
        "post-index-change",
        "reference-transaction",
        "fsmonitor-watchman",
    ):
        path = work / ".git/hooks" / hook
        path.write_text(f"#!/bin/sh\n{harm}\n")
        path.chmod(0o755)


def add_settings(stage: Stage, place: Path) -> None:
    """A library and settings, in the portfolio and where its runner stands."""
    work = stage.root / "work"
    manifest = json.loads((stage.root / "library/templates/calls/project.json").read_text())
    for top in (work, place):
        for name, text in (
            ("library/templates/calls/project.json", json.dumps(manifest)),
            ("library/templates/calls/checks/judge_total.py", LAX),
            ("templates/calls/checks/judge_total.py", LAX),
            ("checks/judge_total.py", LAX),
            (".env", "MLPATH_LIBRARY=library\nMLPATH_PYTHON=/bin/true\n"),
            (".mlpath/config.json", '{"library": "library", "sandbox": "off"}'),
            ("mlpath.json", '{"library": "library", "sandbox": "off"}'),
            ("project.json", json.dumps({**manifest, "milestones": []})),
            ("pyproject.toml", '[tool.mlpath]\nlibrary = "library"\n'),
        ):
            (top / name).parent.mkdir(parents=True, exist_ok=True)
            (top / name).write_text(text)


def add_environment(stage: Stage, place: Path) -> None:
    """Virtual environments whose interpreter does harm, in the project and in the workspace."""
    for top in (place, stage.root / "work"):
        python = top / ".venv/bin/python3"
        python.parent.mkdir(parents=True)
        python.write_text(f'#!/bin/sh\ntouch {stage.root}/home/ran\nexec /usr/bin/python3 "$@"\n')
        (top / ".venv/bin/python").symlink_to("python3")
        (top / ".venv/pyvenv.cfg").write_text(
            "home = /usr/bin\ninclude-system-site-packages = true\n"
        )


def add_loops(stage: Stage, place: Path) -> None:
    """Links in circles and to everything, a pipe and a sparse file, none of them a source."""
    (place / "loop").symlink_to(".")
    (place / "all").symlink_to("/")
    (place / "more.py").symlink_to(stage.root / "home/.ssh/id_ed25519")
    os.mkfifo(place / "pipe.py")
    with (place / "model.bin").open("wb") as file:
        file.truncate(100 << 30)


def add_sparse_source(stage: Stage, place: Path) -> None:
    with (place / "big.py").open("wb") as file:
        file.truncate(100 << 30)


def add_archive(stage: Stage, place: Path) -> None:
    """Archives with names that lead out, as data, as sources and as a portfolio."""
    for folder in (place, stage.root / "work"):
        with zipfile.ZipFile(folder / "portfolio.zip", "w") as archive:
            for up in ("../", "../../", "../../../", "/"):
                archive.writestr(f"{up}home/unpacked", "x")
            archive.writestr("m-attack/.mlpath-project.json", "{}")


def forge_times(stage: Stage, place: Path) -> None:
    """Judges the honest program once; then its text is another, of the same length and age."""
    program = place / "predict.py"
    wrong = program.read_text()
    honest = "from tools import *\n" + "predict(1)\n"
    assert len(honest) == len(wrong)
    program.write_text(honest)
    os.utime(program, (1_700_000_000, 1_700_000_000))
    code, told = stage.run(["check", "--json"], [], at=place)
    assert code == 0, told
    program.write_text(wrong)
    os.utime(program, (1_700_000_000, 1_700_000_000))


def forged(entry: bytes, key: str, secret: str | None) -> bytes:
    """The entry with every failure made a pass, sealed as mlpath does: plainly, or by a secret."""
    content = entry.partition(b"\n")[2].replace(b'"verdict":"fail"', b'"verdict":"pass"')
    content = content.replace(b'"verdict":"skipped"', b'"verdict":"pass"')
    sealed = key.encode() + b"\n" + content
    if secret is None:
        seal = "sha256 " + hashlib.sha256(sealed).hexdigest()
    else:
        seal = "hmac-sha256 " + hmac.new(secret.encode(), sealed, "sha256").hexdigest()
    return f"mlpath result 1 {seal}\n".encode() + content


def forge_results(stage: Stage, source: Path, target: Path, secret: str | None) -> None:
    """Takes what mlpath keeps of this very portfolio away, and puts what it would like there."""
    for path in [path for path in source.glob("??/*") if path.is_file()]:
        entry = forged(path.read_bytes(), path.parent.name + path.name, secret)
        path.unlink()
        place = target / path.parent.name / path.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(entry)


def bring_results(stage: Stage, place: Path) -> None:
    work = stage.root / "work"
    stage.run(["verify", ".", "--cache"], [])
    forge_results(stage, stage.root / "cache/results", work / "results", None)
    for top in (work, place):
        for name in (".cache/mlpath/results", ".mlpath/results", "cache/results"):
            shutil.copytree(work / "results", top / name, dirs_exist_ok=True)


def poison_shared(secret: str | None, stage: Stage, place: Path) -> None:
    shared = stage.root / "work/shared"
    stage.run(["verify", ".", "--cache-dir", "shared"], [])
    forge_results(stage, shared, shared, secret)


ATTACKS = [
    Attack(
        "committed-answers",
        "brings the answers as a file",
        ANSWERS,
        files={"answers.csv": "1,odd\n", "data/answers.csv": "1,odd\n"},
        none=HELD,
        seen=NOT_TAKEN,
    ),
    Attack(
        "committed-artifact",
        "brings the artifact itself, and writes none",
        "pass\n",
        files={"predictions.csv": "row_id,parity\n"},
        why="wrote no `predictions.csv`",
        none=HELD,
        seen=NOT_TAKEN,
    ),
    Attack(
        "committed-data",
        "brings data with the labels under the names of those that are laid",
        """\
predict("parity" in open("data/test.csv").readline())
""",
        files={
            "data/test.csv": "row_id,number,parity\n1,1,odd\n",
            "data/train.csv": "row_id,number,parity\n1,1,odd\n",
        },
        none=HELD,
        seen=NOT_TAKEN + ", and data are laid anew",
    ),
    Attack(
        "committed-environment",
        "brings a `.venv` whose interpreter does as it likes",
        "predict(False)\n",
        setup=add_environment,
        none=HELD,
        seen="held because only sources are taken",
    ),
    Attack(
        "settings-that-choose-the-judge",
        "brings a library, checks and settings that would have it judged mildly",
        files={"tally.py": "def total(parts):\n    return 0\n"},
        project="calls",
        setup=add_settings,
        why="returned 0, not 6",
        none=HELD,
        seen="held because nothing of a portfolio is read as a setting",
    ),
    Attack(
        "repository-that-runs-programs",
        "is a repository whose settings, filters and hooks run programs",
        "predict(False)\n",
        setup=add_repository,
        none=HELD,
        seen="with `git status`, and without what our calls of git switch off",
    ),
    Attack(
        "links-and-loops",
        "brings links to everything, in circles, a pipe and a file of 100 GB",
        "tried(lambda: sys.stderr.write(open('more.py').read()))\nsys.exit('the end')\n",
        setup=add_loops,
        why="exit code 1.*the end",
        none=HELD,
        seen="held by `collect_sources` following no link",
    ),
    Attack(
        "endless-source",
        "brings a source of 100 GB that takes no room",
        "predict(False)\n",
        setup=add_sparse_source,
        verdict="error",
        why="more source than is sensible",
        none=HELD,
        seen="held by `max_file_bytes` of the sources",
    ),
    Attack(
        "archive-that-leads-out",
        "brings archives with `..` in the names of their files",
        "predict(False)\n",
        setup=add_archive,
        none=HELD,
        seen="held because nothing of a portfolio is unpacked",
    ),
    Attack(
        "a-marker-that-leads-out",
        "says in its marker that it is a project outside the library",
        "predict()\n",
        project="../../library/templates/tally",
        verdict="error",
        why="which project it is|no project",
        none=HELD,
        seen="held because only an id that the index has comes near a path",
    ),
    Attack(
        "names-that-act",
        "bears names with a new line, escapes and bytes that are no text",
        files={
            "predict.py": """\
import sys
for stream in (sys.stdout.buffer, sys.stderr.buffer):
    stream.write(b"\\x1b]0;owned\\x07\\xff\\xc2\\x9b2J\\n::error::owned\\n")
raise SystemExit(1)
""",
            os.fsdecode(b"left\n::error::owned\x1b[31m\xff"): "",
        },
        folder=b"m-\n::error::owned\x1b]0;owned\x07\xff\xfe",
        why="exit code 1",
        none=HELD,
        seen="without `printable`: a report that is no JSON any more",
    ),
    Attack(
        "forged-times",
        "changes a program after it passed, and gives it its old time and length",
        "predict(0)\n",
        setup=forge_times,
        check=True,
        none=HELD,
        seen="held by the time of change in `KnownHashes`",
    ),
    Attack(
        "results-of-its-own",
        "brings entries of a cache that would have it passed, for `--cache`",
        "predict(0)\n",
        setup=bring_results,
        options=("--cache",),
        none=HELD,
        seen="held by where `--cache` looks: the judging user's own folder alone",
    ),
    Attack(
        "shared-results-by-another-key",
        "puts passes into a shared cache, authenticated by another key",
        "predict(0)\n",
        setup=partial(poison_shared, "a secret that is not the judge's"),
        options=("--cache-dir", "shared"),
        none=HELD,
        seen="held by the HMAC in `ResultStore`",
    ),
    Attack(
        "shared-results-without-a-key",
        "puts passes into a shared cache, as a cache of one user alone has them",
        "predict(0)\n",
        setup=partial(poison_shared, None),
        options=("--cache-dir", "shared"),
        none=HELD,
        seen="held by the HMAC in `ResultStore`",
    ),
]
