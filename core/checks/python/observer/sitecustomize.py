"""Tells which rows reach the estimators of scikit-learn, as hashes, never as values.

Python runs this file by itself at the start of the learner's program, where a check of kind
`leakage` asked to watch it. Each call of `fit`, `transform`, `predict`, `score` and their like
leaves one JSON object in the file named by MLPATH_FITS, as a line:

    {"does": "fit", "who": "StandardScaler", "fit": 3, "count": 712, "rows": "f3…"}
    {"does": "transform", "who": …, "fit": 3, "count": 712, "rows": "f3…", "out": "9c…"}
    {"list": "f3…", "rows": ["0b51…", …]}

`fit` numbers the fits; what an estimator does later carries the number of its last one (absent
where that was not seen, such as after unpickling). `rows` names a list of rows, which is written
before its first use. `inside` names the estimators in whose fit it happened, outermost first;
`worker` says that it was in a process that the program started.

This only observes. It runs in the learner's process, where everything can be changed by the
learner: what it finds is a reason to fail, what it does not find proves nothing. It decides
nothing, and whatever goes wrong in it must not be seen by the program that it watches.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.abc
import json
import os
import struct
import sys
import threading
import types
import weakref
from pathlib import Path

# What a call counts as. A call within another one of the same estimator and sort is the same one:
# `fit_transform` calls `fit`, `score` calls `predict`, a method calls that of its base class.
SORTS = {
    "fit": ("fit",),
    "partial_fit": ("fit",),
    "fit_transform": ("fit", "transform"),
    "fit_predict": ("fit", "predict"),
    "fit_resample": ("fit",),
    "transform": ("transform",),
    "predict": ("predict",),
    "predict_proba": ("predict",),
    "predict_log_proba": ("predict",),
    "decision_function": ("predict",),
    "score": ("score", "predict"),
}
MOST_CELLS = 4_000_000  # of one table that is looked at
MOST_BYTES = 48 << 20  # that are written in all
WRAPPED = "_mlpath_watched"


def cell_bytes(cell: object) -> bytes:
    if cell is None:
        return struct.pack("d", float("nan"))
    if isinstance(cell, (str, bytes)):
        return b"s" + (cell.encode("utf-8", "replace") if isinstance(cell, str) else cell) + b"\0"
    try:
        number = float(cell)  # type: ignore[arg-type]
    except Exception:
        return b"s" + str(cell).encode("utf-8", "replace") + b"\0"
    return struct.pack("d", number + 0.0 if number == number else float("nan"))


def digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def hashes(table: object) -> list[str] | None:
    """One hash a row; the same for the same values, be they in a frame, an array or a list.

    None: too large.
    """
    import numpy  # whoever calls scikit-learn has imported it

    if hasattr(table, "tocsr"):
        rows = table.tocsr()
        if rows.nnz > MOST_CELLS:
            return None
        return [
            digest(
                rows.indices[a:b].astype("int64").tobytes()
                + rows.data[a:b].astype("float64").tobytes()
            )
            for a, b in zip(rows.indptr[:-1], rows.indptr[1:])
        ]
    values = table.to_numpy() if hasattr(table, "to_numpy") else table
    if not isinstance(values, numpy.ndarray):
        plain = list(values)  # type: ignore[call-overload]
        if plain and isinstance(plain[0], (str, bytes)):
            return [digest(cell_bytes(cell)) for cell in plain]
        values = numpy.asarray(plain)
    if values.size > MOST_CELLS:
        return None
    if values.ndim == 0:
        return []
    values = values.reshape(values.shape[0], -1)
    if values.dtype.kind in "biuf":
        exact = numpy.ascontiguousarray(values, dtype="float64") + 0.0  # one zero, not two
        exact[numpy.isnan(exact)] = float("nan")
        return [digest(row.tobytes()) for row in exact]
    return [digest(b"".join(map(cell_bytes, row))) for row in values.tolist()]


class Observer:
    def __init__(self, path: str) -> None:
        self._path = path
        # A process that the program itself has started, such as by n_jobs=2.
        self._worker = Path(path).exists()
        self._written = 0
        self._lists: set[str] = set()
        self._fits: weakref.WeakKeyDictionary[object, int] = weakref.WeakKeyDictionary()
        self._inside = threading.local()

    def write(self, record: dict[str, object]) -> None:
        if self._written > MOST_BYTES:
            return
        line = json.dumps(record) + "\n"
        self._written += len(line)
        if self._written > MOST_BYTES:
            line = '{"does":"stopped"}\n'
        # One write at the end of the file: processes of the same program do not mix their lines.
        with Path(self._path).open("ab", buffering=0) as file:
            file.write(line.encode())

    def name_of(self, rows: list[str]) -> str:
        name = digest("".join(rows).encode())
        if name not in self._lists:
            self._lists.add(name)
            self.write({"list": name, "rows": rows})
        return name

    def tell(self, does: str, estimator: object, table: object, out: object = None) -> None:
        if table is None:
            return  # the call was a mistake, and has said so
        rows = hashes(table)
        record: dict[str, object] = {"does": does, "who": type(estimator).__name__}
        if inside := [
            who for one, sort, who in self.running() if sort == "fit" and one != id(estimator)
        ]:
            record["inside"] = inside
        if self._worker:
            record["worker"] = True
        number = self._fits.get(estimator)
        if number is not None:
            record["fit"] = number
        if rows is None:
            self.write({**record, "does": "unseen"})
            return
        record["count"] = len(rows)
        record["rows"] = self.name_of(rows)
        if out is not None:
            made = hashes(out)
            if made is None or len(made) != len(rows):
                return
            record["out"] = self.name_of(made)
        self.write(record)

    def begin_fit(self, estimator: object, name: str, table: object) -> None:
        if name != "partial_fit" or estimator not in self._fits:
            # Of all processes of the program: no two fits have one number.
            self._fits[estimator] = int.from_bytes(os.urandom(6), "big")
        self.tell("fit", estimator, table)

    def running(self) -> list[tuple[int, str, str]]:
        """Estimator, sort and class of the calls that this thread is in."""
        if not hasattr(self._inside, "calls"):
            self._inside.calls = []
        return self._inside.calls

    def watched(self, method: types.FunctionType, name: str) -> object:
        @functools.wraps(method)
        def call(estimator: object, *arguments: object, **named: object) -> object:
            running = self.running()
            within = {sort for one, sort, _ in running if one == id(estimator)}
            sorts = [sort for sort in SORTS[name] if sort not in within]
            if not sorts:
                return method(estimator, *arguments, **named)
            table = arguments[0] if arguments else named.get("X")
            depth = len(running)
            running.extend((id(estimator), sort, type(estimator).__name__) for sort in sorts)
            try:
                if "fit" in sorts:
                    self.quietly(self.begin_fit, estimator, name, table)
                result = method(estimator, *arguments, **named)
            finally:
                del running[depth:]
            if "transform" in sorts:
                self.quietly(self.tell, "transform", estimator, table, result)
            if "predict" in sorts:
                self.quietly(
                    self.tell, "score" if "score" in sorts else "predict", estimator, table
                )
            return result

        setattr(call, WRAPPED, True)
        return call

    def quietly(self, act: object, *arguments: object) -> None:
        try:
            act(*arguments)  # type: ignore[operator]
        except Exception as reason:
            with contextlib.suppress(Exception):
                self.write({"does": "lost", "who": type(reason).__name__})

    def watch(self, cls: type) -> None:
        """Wraps the methods of the class where they are defined, be it in one of its bases."""
        for name in SORTS:
            for owner in cls.__mro__:
                method = owner.__dict__.get(name)
                if method is None:
                    continue
                if isinstance(method, types.FunctionType) and not hasattr(method, WRAPPED):
                    setattr(owner, name, self.watched(method, name))
                break

    def watch_all(self, base: type) -> None:
        """The classes derived from `base`: those that exist, and each later one as it begins."""
        before = base.__dict__.get("__init_subclass__")

        def begins(cls: type, **named: object) -> None:
            if before is not None:
                before.__get__(None, cls)(**named)
            else:
                super(base, cls).__init_subclass__(**named)
            self.watch(cls)

        base.__init_subclass__ = classmethod(begins)  # type: ignore[assignment]
        unseen = base.__subclasses__()
        while unseen:
            cls = unseen.pop()
            self.watch(cls)
            unseen += cls.__subclasses__()


class WhenImported(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Hands sklearn.base to the observer as soon as it is there, before any estimator is."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._loader: object = None

    def find_spec(self, name: str, path: object = None, target: object = None) -> object:
        if name != "sklearn.base":
            return None
        sys.meta_path.remove(self)
        for finder in sys.meta_path:
            spec = finder.find_spec(name, path, target) if hasattr(finder, "find_spec") else None
            if spec is not None:
                self._loader, spec.loader = spec.loader, self
                return spec
        return None

    def create_module(self, spec: object) -> object:
        return self._loader.create_module(spec)  # type: ignore[attr-defined]

    def exec_module(self, module: object) -> None:
        self._loader.exec_module(module)  # type: ignore[attr-defined]
        self._observer.watch_all(module.BaseEstimator)  # type: ignore[attr-defined]


def seed_everything() -> None:
    """For a diagnosis: were the predictions the same if the random numbers were?"""
    import random

    random.seed(0)
    try:
        import numpy
    except ImportError:
        return
    numpy.random.seed(0)
    fresh = numpy.random.default_rng
    numpy.random.default_rng = lambda seed=None: fresh(0 if seed is None else seed)


def start() -> None:
    path = os.environ["MLPATH_FITS"] = str(Path(os.environ["MLPATH_FITS"]).absolute())
    observer = Observer(path)
    observer.write({"does": "began"})
    if "sklearn.base" in sys.modules:  # this is a fork of an interpreter that has imported it
        observer.watch_all(sys.modules["sklearn.base"].BaseEstimator)
    else:
        sys.meta_path.insert(0, WhenImported(observer))


if os.environ.get("MLPATH_FITS"):
    start()
if os.environ.get("MLPATH_SEED_EVERYTHING"):
    seed_everything()
