"""How near synthetic data lie to the real data: bytes, tables, and scores."""

from __future__ import annotations

import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from subjects import SUBJECTS, Subject, Tables

# How far it may lie from the real data. To some is added what chance does to so many rows.
GAPS = 0.02  # the share of empty cells in a column
SHARES = 0.03  # of a value in a column of few values; and 1 / √rows
QUANTILES = 0.12  # of the middle 90 % of a column; and 2 / √rows
RANGE = 0.30  # beyond the ends, of the whole range
CORRELATION = 0.20
DUPLICATES = 0.02  # the share of rows that another row equals
LENGTH = 0.35  # of the mean length of a text
FEW = 12  # values make a column one of categories


def laid(dataset: dict, mirror: Path, work: Path) -> Path | None:
    """The folder with the dataset's real files, unpacked; nothing where one is not here."""
    folder = mirror / dataset["id"]
    names = SUBJECTS[dataset["id"]].enough or [file["name"] for file in dataset["files"]]
    if any(not (folder / name).is_file() for name in names):
        return None
    if not any("archive" in file for file in dataset["files"]):
        return folder
    unpacked = work / dataset["id"] / "real"
    for file in dataset["files"]:
        path = folder / file["name"]
        if file["archive"]["format"] == "zip":
            with zipfile.ZipFile(path) as archive:
                archive.extractall(unpacked)
        else:
            with tarfile.open(path) as archive:
                # An early 3.11 has no filters; the catalog has the archive's hash.
                safe = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
                archive.extractall(unpacked, **safe)
    return unpacked


def files_of(dataset: dict, folder: Path) -> dict[str, Path]:
    """The files that the dataset promises, by path."""
    found: dict[str, Path] = {}
    for file in dataset["files"]:
        for name in file.get("archive", {}).get("members", [file["name"]]):
            path = folder / name
            inside = path.rglob("*") if path.is_dir() else [path]
            found |= {str(p.relative_to(folder)): p for p in inside if p.is_file()}
    return found


def bytes_alike(real: Path, made: Path) -> Iterator[str]:
    """The quirks of a text file: mark at its beginning, line ends, quotes, last line, header."""
    a, b = real.read_bytes(), made.read_bytes()
    for what, inside in (
        ("a byte order mark", lambda content: content.startswith(b"\xef\xbb\xbf")),
        ("CRLF at the end of its lines", lambda content: b"\r\n" in content),
        ("quotes", lambda content: b'"' in content),
    ):
        if inside(a) != inside(b):
            yield f"{'the real' if inside(a) else 'the synthetic'} file alone has {what}"
    if a.endswith(b"\n") != b.endswith(b"\n"):
        yield "only one of the two ends with the end of a line"


def column_alike(real: pd.Series, made: pd.Series) -> Iterator[str]:
    """What differs between two columns of the same name."""
    kinds = real.dtype.kind, made.dtype.kind
    if kinds[0] != kinds[1]:
        yield f"is of type {made.dtype}, not {real.dtype}"
        return
    chance = 1 / len(made) ** 0.5
    gaps = real.isna().mean(), made.isna().mean()
    if abs(gaps[0] - gaps[1]) > GAPS or (gaps[0] == 0) != (gaps[1] == 0):
        yield f"lacks {gaps[1]:.1%} of its cells, not {gaps[0]:.1%}"
    if real.nunique() <= FEW:
        a, b = real.value_counts(normalize=True), made.value_counts(normalize=True)
        if strange := sorted(map(str, set(b.index) - set(a.index))):
            yield f"has {', '.join(strange[:5])}, which the real data never have"
        for value, share in a.items():
            if abs(share - b.get(value, 0)) > SHARES + chance or (share > 0.02 and value not in b):
                yield f"is {value} in {b.get(value, 0):.1%} of rows, not {share:.1%}"
    elif kinds[0] in "if":
        low, high = real.quantile(0.05), real.quantile(0.95)
        span = (high - low) or (real.max() - real.min())
        for share in (0.05, 0.25, 0.5, 0.75, 0.95):
            a, b = real.quantile(share), made.quantile(share)
            if abs(a - b) > (QUANTILES + 2 * chance) * span:
                yield f"has a {share:.0%} quantile of {b:.4g}, not {a:.4g}"
        beyond = RANGE * (real.max() - real.min())
        if made.min() < real.min() - beyond or made.max() > real.max() + beyond:
            yield f"runs {made.min():.4g}..{made.max():.4g}, not {real.min():.4g}..{real.max():.4g}"
    else:
        a, b = (
            real.dropna().astype(str).str.len().mean(),
            made.dropna().astype(str).str.len().mean(),
        )
        if abs(a - b) > LENGTH * a + 1:
            yield f"has {b:.1f} characters in the mean, not {a:.1f}"
        a, b = real.nunique() / real.count(), made.nunique() / made.count()
        if abs(a - b) > 0.25:
            yield f"has {b:.0%} different values, not {a:.0%}"


def tables_alike(real: pd.DataFrame, made: pd.DataFrame, subject: Subject) -> Iterator[str]:
    """What differs between two tables."""
    if list(real.columns) != list(made.columns):
        yield f"has the columns {list(made.columns)}, not {list(real.columns)}"
        return
    for column in real.columns:
        for fault in column_alike(real[column], made[column]):
            if column not in subject.apart:
                yield f"{column} {fault}"
    a, b = real.duplicated().mean(), made.duplicated().mean()
    if abs(a - b) > DUPLICATES or (a == 0) != (b == 0):
        yield f"repeats {b:.2%} of its rows, not {a:.2%}"
    numbers = [c for c in real.select_dtypes("number").columns if c not in subject.apart]
    apart = (real[numbers].corr("spearman") - made[numbers].corr("spearman")).abs()
    for i, one in enumerate(numbers):
        for other in numbers[:i]:
            if apart.loc[one, other] > CORRELATION:
                rank = made[[one, other]].corr("spearman").iloc[0, 1]
                was = real[[one, other]].corr("spearman").iloc[0, 1]
                yield f"{one} and {other} correlate by {rank:.2f}, not {was:.2f}"


def scores_alike(
    dataset: dict, real: Tables, made: Tables, draw: str, scores: dict
) -> Iterator[str]:
    """Where a model does better or worse than on the real data, whose scores are kept."""
    subject = SUBJECTS[dataset["id"]]
    for name, score in subject.scores.items():
        if name not in scores:
            scores[name] = score(real)
        got = score(made)
        print(f"{dataset['id']:24}{draw:7}{name:32}{scores[name]:8.3f}{got:11.3f}", flush=True)
        if abs(got - scores[name]) > subject.near:
            yield f"{name} scores {got:.3f}, and {scores[name]:.3f} on the real data"


def one_beside_the_real(
    dataset: dict, real: Path | None, made: Path, scores: dict
) -> Iterator[str]:
    """What differs between one draw and the real data."""
    subject = SUBJECTS[dataset["id"]]
    if real is None:
        yield from scores_alike(dataset, {}, subject.read(made), made.name, scores)
        return
    there, here = files_of(dataset, real), files_of(dataset, made)
    if subject.same_files and set(there) != set(here):
        yield f"makes the files {sorted(here)[:5]}, not {sorted(there)[:5]}"
        return
    if subject.text_files:
        for name in sorted(set(there) & set(here)):
            for fault in bytes_alike(there[name], here[name]):
                yield f"{name}: {fault}"
    tables = subject.read(real), subject.read(made)
    for name, a in tables[0].items():
        b = tables[1][name]
        rows = dataset["synthetic"].get("rows", len(a)) if len(tables[0]) == 1 else len(b)
        if len(b) != rows:
            yield f"{name} has {len(b)} rows, not {rows}"
        for fault in tables_alike(a, b, subject):
            yield f"{name}: {fault}"
    yield from scores_alike(dataset, tables[0], tables[1], made.name, scores)


def beside_the_real(datasets: list[dict], work: Path, mirror: Path) -> list[str]:
    """All that differs too much, over all datasets and two seeds."""
    faults = []
    print(f"\n{'dataset':24}{'seed':7}{'model and metric':32}{'real':>8}{'synthetic':>11}")
    for dataset in datasets:
        with tempfile.TemporaryDirectory() as unpacked:
            real = laid(dataset, mirror, Path(unpacked))
            scores = {} if real else dict(SUBJECTS[dataset["id"]].published)
            if real is None and not scores:
                print(f"{dataset['id']:24}not compared: its files are not in {mirror}")
                continue
            for draw in ("one", "other"):
                made = work / dataset["id"] / draw
                found = one_beside_the_real(dataset, real, made, scores)
                faults += [f"{dataset['id']} ({draw} seed): {fault}" for fault in found]
    return faults
