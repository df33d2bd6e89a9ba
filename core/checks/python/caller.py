"""Calls the learner's functions, in the learner's own interpreter and working folder.

Run as `{python} caller.py` with the working folder as current folder. Requests come on
descriptor 3 and answers go to descriptor 4, one JSON object a line (the protocol is told in
judge.py); what the learner prints goes where it always goes.

Values leave as plain JSON, read with the accessors of the built-in base classes: what an object
says of itself (`__eq__`, `__len__`, `__class__`, `__iter__`, `__float__`) never decides. Yet this
process is the learner's and nothing in it is a defense: the verdict is computed elsewhere, from
plain values that the learner is free to choose.
"""

from __future__ import annotations

import base64
import contextlib
import datetime
import difflib
import importlib
import importlib.util
import itertools
import json
import linecache
import math
import os
import sys
import unicodedata
from collections import deque
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Callable, NamedTuple

MAX_BYTES = 32 << 20
MAX_DEPTH = 100
MAX_TEXT = 2000  # of an exception's message
MAX_LINE = 200  # of a line of code that is shown
MAX_STEPS = 3  # the learner's lines that are shown: the way to the fault, not a screen of recursion
ATOMS = (bool, int, float, str, bytes)


class Unencodable(Exception):
    """The value cannot be told in plain JSON; the text says why, as the end of "a value that …"."""


class TooLarge(Exception):
    """The value would make a line of more than MAX_BYTES."""


class Missing(Exception):
    """There is no such module or function."""

    def __init__(self, what: str, file: str, message: str, near: str = "") -> None:
        super().__init__(message)
        self.answer = {"what": what, "file": file, "message": message, "near": near}


class Unavailable(Exception):
    """Not the learner's fault: the call could not be tried."""


class Refs:
    """Objects that stay here; the judge holds their numbers and can pass them back."""

    def __init__(self) -> None:
        self._objects: list[object] = []
        self._numbers: dict[int, int] = {}  # by id(), which is unique because the objects are kept

    def number(self, thing: object) -> int:
        if id(thing) not in self._numbers:
            self._numbers[id(thing)] = len(self._objects)
            self._objects.append(thing)
        return self._numbers[id(thing)]

    def get(self, number: int) -> object:
        if not 0 <= number < len(self._objects):
            raise Unavailable(f"the object {number} is from an earlier process")
        return self._objects[number]


def known_class(module: str, name: str) -> type | None:
    """A class of a library that the learner has imported; importing it here would cost seconds."""
    found = getattr(sys.modules.get(module), name, None)
    return found if isinstance(found, type) else None


def is_a(kind: type, base: type | None) -> bool:
    """The real inheritance: `issubclass` asks the metaclass of the base, never the learner's."""
    return base is not None and issubclass(kind, base)


def type_name(kind: type) -> str:
    try:
        return f"{kind.__module__}.{kind.__qualname__}"[:200]
    except Exception:  # a metaclass of the learner's may do anything
        return "unknown"


class Encoder:
    """Turns one returned value into what `json.dumps` takes, within bounds of size and depth."""

    def __init__(self, refs: Refs) -> None:
        self._refs = refs
        self._left = MAX_BYTES
        self._open: set[int] = set()  # the containers around the value in hand, to find cycles

    def value(self, thing: Any, depth: int = 0) -> Any:
        kind = type(thing)
        self._spend(4)
        if thing is None or kind is bool:
            return thing
        if issubclass(kind, ATOMS):
            return self._atom(thing, kind)
        if issubclass(kind, list):
            return self._parts(thing, list.__iter__(thing), depth)
        if issubclass(kind, tuple):
            return {"$tuple": self._parts(thing, tuple.__iter__(thing), depth)}
        if issubclass(kind, dict):
            return self._dict(thing, depth)
        if issubclass(kind, set):
            return {"$set": [self._key(part, depth + 1) for part in set.__iter__(thing)]}
        if issubclass(kind, frozenset):
            return {
                "$frozenset": [self._key(part, depth + 1) for part in frozenset.__iter__(thing)]
            }
        return self._of_library(thing, kind, depth)

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise TooLarge

    def _atom(self, thing: Any, kind: type) -> Any:
        if issubclass(kind, int):
            number = int.__int__(thing)
            # Beyond 64 bits as hexadecimal: newer Pythons limit decimal digits, which are slow.
            return number if -(1 << 63) <= number < 1 << 63 else {"$int": self._text(hex(number))}
        if issubclass(kind, float):
            real = float.__float__(thing)
            return real if math.isfinite(real) else {"$float": str(real)}
        if issubclass(kind, str):
            return self._text(str.__str__(thing))
        raw = bytes.__getitem__(thing, slice(0, None))
        self._spend(2 * len(raw))
        return {"$bytes": base64.b64encode(raw).decode("ascii")}

    def _text(self, text: str) -> str:
        self._spend(len(text))
        return text

    def _parts(self, whole: Any, parts: Iterable[Any], depth: int) -> list[Any]:
        if depth >= MAX_DEPTH:
            raise Unencodable(f"nests more than {MAX_DEPTH} levels deep")
        if id(whole) in self._open:
            raise Unencodable("contains itself")
        self._open.add(id(whole))
        encoded = [self.value(part, depth + 1) for part in parts]
        self._open.discard(id(whole))
        return encoded

    def _dict(self, thing: dict[Any, Any], depth: int) -> dict[str, Any]:
        pairs = list(dict.items(thing))
        values = self._parts(thing, [pair[1] for pair in pairs], depth)
        keys = [pair[0] for pair in pairs]
        if all(type(key) is str and not key.startswith("$") for key in keys):
            self._spend(sum(map(len, keys)))
            return dict(zip(keys, values))
        return {"$dict": [[self._key(key, depth + 1), value] for key, value in zip(keys, values)]}

    def _key(self, thing: Any, depth: int) -> Any:
        """A member of a set or a key: only what the judge can hash too; all else stays here."""
        kind = type(thing)
        if thing is None or issubclass(kind, (*ATOMS, frozenset)):
            return self.value(thing, depth)
        if issubclass(kind, tuple) and depth < MAX_DEPTH:
            return {"$tuple": [self._key(part, depth + 1) for part in tuple.__iter__(thing)]}
        return self.value(self._scalar(thing, kind), depth)

    def _scalar(self, thing: Any, kind: type) -> Any:
        """A NumPy scalar as the Python value that it stands for; anything else as it is."""
        generic = known_class("numpy", "generic")
        if not is_a(kind, generic):
            return thing
        plain = generic.item(thing)  # type: ignore[union-attr]
        return plain if type(plain) in ATOMS else str(plain)

    def _of_library(self, thing: Any, kind: type, depth: int) -> Any:
        if is_a(kind, known_class("numpy", "generic")):
            return self.value(self._scalar(thing, kind), depth)
        if is_a(kind, known_class("numpy", "ndarray")):
            return self._array(thing, depth)
        for name in ("Series", "Index"):
            base: Any = known_class("pandas", name)
            if is_a(kind, base):
                data = [self._cell(cell, depth + 1) for cell in base.tolist(thing)]
                return {"$array": {"dtype": str(thing.dtype), "shape": [len(data)], "data": data}}
        if is_a(kind, known_class("pandas", "DataFrame")):
            return self._frame(thing, depth)
        return {"$ref": self._refs.number(thing), "type": type_name(kind)}

    def _array(self, thing: Any, depth: int) -> Any:
        numpy = sys.modules["numpy"]
        plain = numpy.ndarray.view(thing, numpy.ndarray)  # without the methods of a subclass
        self._spend(2 * plain.size)
        dtype, shape = str(plain.dtype), list(plain.shape)
        if plain.dtype.kind in "mM":
            plain = plain.astype(str)
        elif plain.dtype.kind == "f":
            plain = plain.astype(float)
        data = plain.tolist()
        # Numbers need no second look, which is what makes large arrays quick; NaN does.
        ready = plain.dtype.kind in "biu" or (
            plain.dtype.kind == "f" and bool(numpy.isfinite(plain).all())
        )
        return {
            "$array": {
                "dtype": dtype,
                "shape": shape,
                "data": data if ready else self._cell(data, depth + 1),
            }
        }

    def _frame(self, thing: Any, depth: int) -> Any:
        frame = known_class("pandas", "DataFrame")
        rows = frame.itertuples(thing, index=False, name=None)  # type: ignore[union-attr]
        return {
            "$frame": {
                "columns": [self._key(name, depth + 1) for name in thing.columns.tolist()],
                "rows": [[self._cell(cell, depth + 2) for cell in row] for row in rows],
            }
        }

    def _cell(self, thing: Any, depth: int) -> Any:
        """A value in a table: what is missing is None, dates and durations are text."""
        if type(thing) is list and depth < MAX_DEPTH:
            return [self._cell(part, depth + 1) for part in thing]
        pandas = sys.modules.get("pandas")
        if pandas is not None and (
            thing is getattr(pandas, "NA", self) or thing is getattr(pandas, "NaT", self)
        ):
            return None
        if isinstance(thing, datetime.date):
            return self._text(thing.isoformat())
        if isinstance(thing, datetime.timedelta):
            return self._text(str(thing))
        return self.value(thing, depth)


def decode(thing: Any, refs: Refs) -> Any:
    """An argument from the judge, which is trusted to be well-formed."""
    if type(thing) is list:
        return [decode(part, refs) for part in thing]
    if type(thing) is not dict:
        return thing
    tag = next(iter(thing), "")
    if not tag.startswith("$"):
        return {key: decode(part, refs) for key, part in thing.items()}
    body = thing[tag]
    simple: dict[str, Callable[[Any], Any]] = {
        "$tuple": lambda parts: tuple(decode(parts, refs)),
        "$set": lambda parts: set(decode(parts, refs)),
        "$frozenset": lambda parts: frozenset(decode(parts, refs)),
        "$dict": lambda pairs: {decode(k, refs): decode(v, refs) for k, v in pairs},
        "$float": float,
        "$int": lambda text: int(text, 16),
        "$bytes": base64.b64decode,
        "$ref": refs.get,
        "$array": lambda array: build_array(array, refs),
        "$frame": lambda frame: build_frame(frame, refs),
    }
    return simple[tag](body)


def build_array(array: dict[str, Any], refs: Refs) -> Any:
    try:
        numpy = importlib.import_module("numpy")
        return numpy.array(decode(array["data"], refs), dtype=array["dtype"]).reshape(
            array["shape"]
        )
    except (ImportError, TypeError, ValueError) as problem:
        raise Unavailable(f"the array for the call cannot be made: {problem}") from problem


def build_frame(frame: dict[str, Any], refs: Refs) -> Any:
    try:
        pandas = importlib.import_module("pandas")
        return pandas.DataFrame(decode(frame["rows"], refs), columns=decode(frame["columns"], refs))
    except (ImportError, TypeError, ValueError) as problem:
        raise Unavailable(f"the frame for the call cannot be made: {problem}") from problem


def module_of(folder: str, name: str) -> tuple[Any, str]:
    """The module of the working folder that `module.function` names, and its file."""
    top = name.partition(".")[0]
    package = os.path.isdir(os.path.join(folder, top))
    file = f"{top}/__init__.py" if package else f"{top}.py"
    if not os.path.isfile(os.path.join(folder, file)):
        files = [name for name in os.listdir(folder) if name.endswith(".py")]
        lower = {name.lower(): name for name in files}
        near = difflib.get_close_matches(f"{top}.py".lower(), lower, 1)
        raise Missing(
            "module", f"{top}.py", f"there is no {top}.py", lower[near[0]] if near else ""
        )
    if not package and os.path.getsize(os.path.join(folder, file)) == 0:
        raise Missing("text", file, f"{file} is empty")
    importlib.invalidate_caches()  # a file may just have been laid
    module = importlib.import_module(top)
    if not inside(folder, getattr(module, "__file__", None)):
        raise Unavailable(f"{file} has the name of a module of Python itself")
    return module, file


def find(folder: str, name: str) -> Callable[..., Any]:
    """The function `module.function` (or `module.Class.method`) of the working folder."""
    thing, file = module_of(folder, name)
    path, *rest = name.split(".")
    for part in rest:
        if not hasattr(thing, part):
            near = difflib.get_close_matches(part, [n for n in dir(thing) if n[:1] != "_"], 1)
            raise Missing("function", file, f"{path} has no `{part}`", near[0] if near else "")
        thing = getattr(thing, part)
        path = f"{path}.{part}"
    if not callable(thing):
        raise Missing("function", file, f"{path} is not a function")
    return thing


def inside(folder: str, file: str | None) -> str | None:
    """The file's path from the folder, or None where it lies elsewhere."""
    if not file or file.startswith("<"):  # "<frozen importlib._bootstrap>" is no file
        return None
    path = os.path.relpath(os.path.realpath(file), folder)
    return None if path.startswith("..") else path


def raised(problem: BaseException, folder: str, during: str) -> dict[str, Any]:
    """The exception, and the innermost line of the learner's that it passed through."""
    try:
        message = str(problem)[:MAX_TEXT]
    except BaseException:  # an exception of the learner's own may fail to tell its message
        message = ""
    answer: dict[str, Any] = {
        "ok": False,
        "problem": "raised",
        "type": type(problem).__name__,
        "bases": [kind.__name__ for kind in type(problem).__mro__ if kind is not object],
        "message": message,
        "during": during,
    }
    steps = steps_of(problem, folder)
    if steps:
        answer.update(file=steps[-1].file, line=steps[-1].line)
    if isinstance(problem, SyntaxError) and inside(folder, problem.filename):
        answer["column"] = problem.offset
        answer["message"] = str(problem.msg)[:MAX_TEXT]
    with contextlib.suppress(Exception):  # the sources are the learner's, and may be anything
        answer["code"] = "".join(map(shown, steps))
    return answer


class Step(NamedTuple):
    """A line of the learner's that an exception passed through."""

    file: str
    line: int
    function: str  # empty: outside of every function
    source: str
    start: int  # the columns that the caret marks; `end` may be past the line's end
    end: int
    libraries: list[str]  # of the lines that it passed through from there


def steps_of(problem: BaseException, folder: str) -> list[Step]:
    """The last of the learner's lines, the innermost last."""
    if isinstance(problem, SyntaxError) and inside(folder, problem.filename):
        source = problem.text or linecache.getline(problem.filename or "", problem.lineno or 0)
        start = max(0, (problem.offset or 1) - 1)
        end = (getattr(problem, "end_offset", None) or 0) - 1
        file = inside(folder, problem.filename) or ""
        return [Step(file, problem.lineno or 1, "", source, start, max(end, start + 1), [])]
    steps: deque[Step] = deque(maxlen=MAX_STEPS)
    at = problem.__traceback__
    while at is not None:
        name = at.tb_frame.f_code.co_filename
        file = inside(folder, name)
        if file:
            steps.append(step_at(at, name, file))
        elif steps:
            steps[-1].libraries.append(library_of(name))
        at = at.tb_next
    return list(steps)


def step_at(at: TracebackType, name: str, file: str) -> Step:
    code = at.tb_frame.f_code
    source = linecache.getline(name, at.tb_lineno)
    start, end = len(source) - len(source.lstrip()), len(source.rstrip())
    if hasattr(code, "co_positions"):  # Python 3.11 and later
        places = next(itertools.islice(code.co_positions(), at.tb_lasti // 2, None), (None,) * 4)
        first, last, left, right = places
        if left is not None and right is not None and first == at.tb_lineno:
            raw = source.encode()
            start = len(raw[:left].decode(errors="replace"))
            end = len(raw[:right].decode(errors="replace")) if last == first else end
    function = "" if code.co_name == "<module>" else code.co_name
    return Step(file, at.tb_lineno, function, source, start, end, [])


def library_of(file: str) -> str:
    for packages in ("/site-packages/", "/dist-packages/"):
        before, found, rest = file.rpartition(packages)
        if found:
            return rest.replace(".", "/").split("/")[0][:MAX_LINE]
    return "Python"


def shown(step: Step) -> str:
    """The line with its caret below, as text of several lines."""
    text = f"{step.file}, line {step.line}" + (f", in {step.function}" if step.function else "")
    source = step.source.rstrip()
    indent = len(source) - len(source.lstrip())
    if source.strip():
        text += f"\n    {source.strip()[:MAX_LINE]}"
    if indent <= step.start < min(len(source) + 1, indent + MAX_LINE):
        # Tabs stay, so that the caret stands below its letter however wide they are shown.
        before = "".join("\t" if c == "\t" else " " * width(c) for c in source[indent : step.start])
        marked = source[step.start : min(step.end, indent + MAX_LINE)]
        text += f"\n    {before}{'^' * max(1, sum(map(width, marked)))}"
    if step.libraries:
        count = len(step.libraries)
        text += f"\n    ({count} {'line' if count == 1 else 'lines'} of {step.libraries[0]})"
    return text + "\n"


def width(char: str) -> int:
    """The columns that a terminal gives it."""
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def kept_by(module: Any, file: str) -> dict[str, int]:
    """What lives as long as the module and may grow: a sentence about each, and its size now."""
    kept: dict[str, int] = {}
    for name, thing in list(vars(module).items()):
        if isinstance(thing, (list, dict, set)) and not name.startswith("__"):
            kept[
                f"`{name}` in {file} is one {type(thing).__name__} for all calls, and a call"
                " changed it: make it inside the function."
            ] = len(thing)
        code = getattr(thing, "__code__", None)
        if code is None or getattr(thing, "__module__", None) != module.__name__:
            continue
        defaults = thing.__defaults__ or ()
        names = code.co_varnames[: code.co_argcount][code.co_argcount - len(defaults) :]
        for parameter, default in zip(names, defaults):
            if isinstance(default, (list, dict, set)):
                kept[
                    f"The default of `{parameter}` in `{name}` is one {type(default).__name__} for"
                    f" all calls (a mutable default), and a call changed it: write `{parameter}="
                    "None`, and make it inside the function."
                ] = len(default)
    return kept


def changed_since(before: dict[str, int], now: dict[str, int]) -> str:
    return next((told for told, size in now.items() if before.get(told, size) != size), "")


def beside(name: str) -> Any:
    """A module of ours, by its path: rules alone let nobody list the folder that it lies in."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}.py")
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def death(call: Callable[[], Any], moment: int, folder: str) -> dict[str, Any]:
    """Makes the call in a process that dies at that moment of what it writes (dying.py)."""
    dying = beside("dying")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        told: dict[str, Any] = {"ok": True, "value": False}
        try:
            dying.die_at(moment)
            call()
            dying.live()
        except BaseException as problem:
            told = raised(problem, folder, "call")
        os.write(writing, json.dumps(told).encode("ascii"))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        line = pipe.read(1 << 20)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return {"ok": True, "value": True}
    try:
        return dict(json.loads(line))
    except ValueError:  # it left by `os._exit`
        return {"ok": True, "value": False}


def answer_to(request: dict[str, Any], folder: str, refs: Refs) -> dict[str, Any]:
    during = "import"
    try:
        if request["do"] == "import":
            module_of(folder, request["name"])
            return {"ok": True}
        function = find(folder, request["name"])
        during = "arguments"
        args = decode(request.get("args", []), refs)
        kwargs = {key: decode(part, refs) for key, part in request.get("kwargs", {}).items()}
        module, file = module_of(folder, request["name"])
        before = kept_by(module, file)
        during = "call"
        if "dies_at" in request:
            return death(lambda: function(*args, **kwargs), request["dies_at"], folder)
        value = function(*args, **kwargs)
        if request.get("gives") == "arguments":
            value = args
        during = "answer"
        answer: dict[str, Any] = {"ok": True, "value": Encoder(refs).value(value)}
        if told := changed_since(before, kept_by(module, file)):
            answer["kept"] = told
        return answer
    except Missing as problem:
        return {"ok": False, "problem": "missing", **problem.answer}
    except Unavailable as problem:
        return {"ok": False, "problem": "unavailable", "message": str(problem)}
    except TooLarge:
        return {"ok": False, "problem": "too_large"}
    except Unencodable as problem:
        return {"ok": False, "problem": "unencodable", "message": str(problem)}
    except BaseException as problem:  # SystemExit and KeyboardInterrupt too: they are the learner's
        if during == "answer":
            told = f"cannot be read ({type(problem).__name__})"
            return {"ok": False, "problem": "unencodable", "message": told}
        return raised(problem, folder, during)


def to_line(answer: dict[str, Any]) -> bytes:
    line = json.dumps(answer, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"
    return line if len(line) <= MAX_BYTES else b'{"ok":false,"problem":"too_large"}\n'


def main() -> None:
    folder = os.path.realpath(os.getcwd())
    ours = os.path.dirname(os.path.abspath(__file__))
    # The path as if the learner had started a program of their own here, without ours.
    sys.path[:] = [folder, *(p for p in sys.path if p and os.path.abspath(p) != ours)]
    sys.argv[:] = [""]
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)  # input() meets the end of the file, never waits
    os.close(nothing)
    requests, answers = os.fdopen(3, "rb"), os.fdopen(4, "wb")
    os.set_inheritable(3, False)
    os.set_inheritable(4, False)
    refs = Refs()
    for line in requests:
        answer = answer_to(json.loads(line), folder, refs)
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(Exception):  # the learner may have replaced or closed it
                stream.flush()
        answers.write(to_line(answer))
        answers.flush()


if __name__ == "__main__":
    main()
