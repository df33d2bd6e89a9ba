"""What a check script works with: calls to the learner's functions, comparisons, failures.

A script's function takes one `Check` and returns when the claim holds; everything that is wrong
with the learner's work is a `Failure`. Any other exception is a defect of the script, never the
learner's fault.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Callable

from mlpath_compare import Answer, Mistake, difference, same, size_of, smallest
from mlpath_failures import Call, Failure, Refused, ScriptError, failure_of, unreadable
from mlpath_judgments import ABSENT, Judgments
from mlpath_sides import Driver, Run, Trial, beside, value_of
from mlpath_values import Array, Frame, Malformed, Ref, decode, encode, show

__all__ = [
    "Array",
    "Check",
    "Driver",
    "Failure",
    "Frame",
    "Mistake",
    "Raised",
    "Ref",
    "Refused",
    "Run",
    "ScriptError",
    "Trial",
    "difference",
    "same",
    "show",
]

NUMBER = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?", re.ASCII)

Ask = Callable[[dict[str, Any]], str]  # sends a request, gives the line that answers it
MOST_KILLS = 40  # of one call that writes
MOST_NUMBERS = 10_000  # of a series, a curve or a matrix


class Raised(str):
    """The name of an exception, with the names of its base classes and its message."""

    bases: tuple[str, ...] = ()
    message: str = ""


class Check(Judgments):
    """One run of one check. `signatures` are those of the manifest's `calls`; empty: not known."""

    def __init__(self, ask: Ask, root: Path, signatures: dict[str, str] | None = None) -> None:
        super().__init__()
        self._ask = ask
        self._root = root
        self._signatures = signatures or {}
        self._laid: dict[str, str] = {}  # files of ours in the learner's folder
        self.facts: dict[str, float] = {}
        self.measurements: list[dict[str, Any]] = []

    # Calls

    def call(self, name: str, /, *args: Any, **kwargs: Any) -> Any:
        """The value of the learner's `module.function`; a Failure where there is none."""
        answer = self._answer(name, args, kwargs)
        if answer.get("ok") is True:
            self._kept = self._kept or _text(answer, "kept")
            return self._value(name, answer)
        raise self._failure(name, args, kwargs, answer)

    def raises(self, name: str, /, *args: Any, **kwargs: Any) -> Raised | None:
        """The exception that the call raises, with its `bases`; None where it returns."""
        answer = self._answer(name, args, kwargs)
        if answer.get("ok") is True:
            return None
        raised = Raised(_text(answer, "type"))
        raised.bases, raised.message = _bases(answer), _text(answer, "message")
        if not raised.bases:
            raise self._failure(name, args, kwargs, answer)
        return raised

    def kills(self, name: str, /, *args: Any, **kwargs: Any) -> Iterator[int]:
        """Makes the call again and again, in processes that are killed while it writes files.

        Each dies a little later than the one before: before its first change to a file, with
        nothing or only a part of it written, before the second change, and so on. After each the
        script looks at what is left. The last one gets through, and the calls are over.
        """
        for moment in range(MOST_KILLS):
            answer = self._answer(name, args, kwargs, dies_at=moment)
            if answer.get("ok") is not True:
                raise self._failure(name, args, kwargs, answer)
            if answer.get("value") is not True:
                return
            yield moment
        raise Failure(
            f"`{name}` opens, renames and removes files more than {MOST_KILLS // 2} times in one"
            " call",
            because="It writes a file anew for each item, instead of once for all.",
        )

    def arguments_after(self, name: str, /, *args: Any) -> list[Any]:
        """The arguments as the call left them: a list that is sorted in place is seen."""
        answer = self._answer(name, args, {}, gives="arguments")
        if answer.get("ok") is True:
            left = self._value(name, answer)
            return left if isinstance(left, list) else []
        raise self._failure(name, args, {}, answer)

    def lay(self, path: str, text: str) -> None:
        """Puts a file into the learner's working folder."""
        answer = _parsed(self._ask({"do": "lay", "path": path, "text": text}))
        if answer.get("ok") is not True:
            raise Failure(
                f"`{path}` could not be put into the project folder: {_text(answer, 'message')}",
                because="The program put something in its way, or filled the folder.",
            )
        self._laid[path] = text

    @property
    def fields(self) -> dict[str, Any]:
        """What the manifest says of this check, defaults of its kind included."""
        return dict(self._granted(do="fields")["fields"])

    @property
    def alike(self) -> list[dict[str, Any]]:
        """The `fields` of all checks of this kind in the project, in its order, ours among them."""
        return list(self._granted(do="fields")["alike"])

    def signature(self, name: str) -> str:
        """Of a function among the manifest's `calls`; "" where it is none."""
        return self._signatures.get(name, "")

    def source(self, path: str) -> str:
        """The text of a file of the learner's."""
        copy = Path(self._granted(do="source", path=path)["path"])
        try:
            return copy.read_text(encoding="utf-8")
        except UnicodeDecodeError as problem:
            raise Failure(
                f"`{path}` is not UTF-8 text",
                because="It was saved in another encoding.",
                look=f"Byte {problem.start + 1} is not UTF-8. Save it as UTF-8 in your editor.",
            ) from None

    def data(self, path: str) -> Path:
        """A copy of a file of the data that the learner has, to read with the standard library."""
        return Path(self._granted(do="data", path=path)["path"])

    def read(self, reader: str, path: str, seconds: float = 30, given: Any = None) -> Any:
        """The facts that `reader`, a script beside ours, finds in a file of the learner's.

        `given`: what JSON can hold, for the reader to know beside the file.
        """
        request = {"reader": reader, "path": path, "seconds": seconds}
        return self._granted(do="read", **request, **beside(given))["facts"]

    def step(self, step: str, files: Mapping[str, str] | None = None) -> Run:
        """Runs a step of the learner's, or gives the run that another check made.

        `files`: texts that it finds instead of what lies there, or beside it.
        """
        told = self._granted(do="step", step=step, files=_laid(files))
        return Run(self._granted, told["run"], _text(told, "printed"))

    def trials(
        self, step: str, each: Sequence[Mapping[str, str]], seconds: float = 60
    ) -> list[Trial]:
        """Runs a step once for each of these sets of files, side by side where that can be.

        However a run ends, it is an answer: `ending`, `exit_code`. Each has `seconds` at most.
        """
        laid = [[{"path": path, "text": text} for path, text in files.items()] for files in each]
        told = self._granted(do="trials", step=step, each=laid, seconds=seconds)
        return [Trial(self._granted, trial) for trial in told["trials"]]

    def drive(
        self,
        driver: str,
        *,
        seconds: float = 60,
        loopback: bool = False,
        step: str = "",
        ports: int = 0,
    ) -> Driver:
        """Starts `driver`, a script beside ours, with the learner's code around it.

        One at a time; it has so many seconds in all. `step`: what the driver will start itself, by
        its `command`; what the steps that this one needs have written lies there. `ports`: how many
        of a loopback the driver finds as its `PORTS`, for what it starts to talk to each other.
        """
        return Driver(self._granted, driver, seconds, loopback, step, ports)

    def drive_once(
        self,
        driver: str,
        function: str,
        /,
        *,
        files: Mapping[str, str] | None = None,
        seconds: float = 60,
        ports: int = 0,
        **arguments: Any,
    ) -> Any:
        """What the function of a driver started for this gives; a Failure where it gives nothing.

        Every check of the project that asks for the same is given the same: it is run once. `files`
        as for `step`, `ports` as for `drive`.
        """
        request = {"driver": driver, "function": function, "arguments": arguments}
        told = self._granted(do="once", files=_laid(files), seconds=seconds, ports=ports, **request)
        return value_of(told)

    def path(self, path: str) -> Path:
        """A file of the template, for our own reading."""
        found = (self._root / path).resolve()
        if self._root.resolve() not in found.parents:
            raise ScriptError(f"{path} is not inside the template")
        if not found.exists():
            raise ScriptError(f"the template has no {path}")
        return found

    def table(self, path: str) -> Frame:
        """A CSV file of the template: numbers as numbers, an empty cell as None."""
        return _table(self.path(path), path)

    def data_table(self, path: str) -> Frame:
        """A CSV file of the data that the learner has, as `table` gives one of the template."""
        return _table(self.data(path), path)

    def compare(
        self,
        name: str,
        calls: Sequence[Any],
        reference: Callable[..., Any],
        mistakes: Sequence[Mistake] | Mapping[Any, Sequence[Mistake]] = (),
        *,
        tolerance: float = 1e-9,
        because: str = "",
        look: str = "",
    ) -> None:
        """Makes all the calls, and `close` to what `reference` makes of them.

        A call is a tuple of arguments, or the one argument of a function that has only one.
        The smallest call is made first, and none after one that raises. Where the answers are not
        close, the first mistake that explains all of them is told; where none does, the difference.
        Either is shown with the smallest call that fails. Where `reference` makes dicts, `mistakes`
        may be those of each key, which are then compared one by one.
        """
        answers: list[Answer] = []
        each = [call if isinstance(call, tuple) else (call,) for call in calls]
        for args in sorted(each, key=size_of):
            answers.append(self._tried(name, args, reference))
            if answers[-1].bases:  # more calls would say no more, and print once more
                break
        for key in mistakes if isinstance(mistakes, Mapping) else ():
            if all(isinstance(a.got, dict) and key in a.got for a in answers):
                parts = [answer.part(key) for answer in answers]
                self._explain(name, parts, mistakes[key], f"[{key!r}]", tolerance, because, look)
        known = () if isinstance(mistakes, Mapping) else mistakes
        self._explain(name, answers, known, "", tolerance, because, look)

    # The report

    def fact(self, name: str, value: float) -> None:
        """A figure for the report, whatever the verdict."""
        if not math.isfinite(value):
            raise ScriptError(f"the fact {name} is {value}")
        self.facts[name] = float(value)

    def series(self, name: str, values: Sequence[float]) -> None:
        """Several figures of a kind for the report, such as one for each split."""
        self._measure(name, values, kind="series", values=[float(value) for value in values])

    def curve(
        self, name: str, points: Sequence[tuple[float, float]], x: str = "", y: str = ""
    ) -> None:
        """Points for the report; `x` and `y` say what their numbers are."""
        told = [[float(at), float(value)] for at, value in points]
        self._measure(name, sum(told, []), kind="curve", x=x, y=y, points=told)

    def matrix(self, name: str, labels: Sequence[str], cells: Sequence[Sequence[float]]) -> None:
        """For the report: a row for each true label, in it a number for each predicted one."""
        told = [[float(cell) for cell in row] for row in cells]
        if any(len(row) != len(labels) for row in (labels, told, *told)):
            raise ScriptError(f"the matrix {name} has not as many rows and columns as labels")
        self._measure(name, sum(told, []), kind="matrix", labels=list(labels), cells=told)

    def picture(self, name: str, png: bytes, alt: str) -> bool:
        """For the report: a small PNG of what the learner drew; False where it is none.

        It may come from the learner's side: what is kept is its pixels alone, in bounds.
        """
        import base64

        from mlpath_png import MOST_BYTES, pixels_of

        kept = pixels_of(png)
        if kept is None or len(kept) > MOST_BYTES:
            return False
        told = base64.b64encode(kept).decode("ascii")
        self._measure(name, (), kind="picture", png=told, alt=_shortened(alt))
        return True

    # Inside

    def _granted(self, **request: Any) -> dict[str, Any]:
        """What the host answers; Refused where it says that the learner's work lacks it."""
        told = _parsed(self._ask(request))
        if told.get("ok") is not True:
            raise Refused(_text(told, "message"))
        return told

    def _measure(self, name: str, numbers: Sequence[float], **shape: Any) -> None:
        if not all(map(math.isfinite, numbers)) or len(numbers) > MOST_NUMBERS:
            raise ScriptError(f"{name} has numbers that are not finite, or over {MOST_NUMBERS}")
        if any(known["name"] == name for known in self.measurements):
            raise ScriptError(f"{name} is told twice")
        self.measurements.append({"name": name, **shape})

    def _tried(self, name: str, args: tuple[Any, ...], reference: Callable[..., Any]) -> Answer:
        expected = reference(*args)  # first: it may ask for functions that come before this one
        answer = self._answer(name, args, {})
        if _bases(answer):
            return Answer(args, None, expected, _bases(answer), answer)
        if answer.get("ok") is not True:
            raise self._failure(name, args, {}, answer)
        self._kept = self._kept or _text(answer, "kept")
        return Answer(args, self._value(name, answer), expected)

    def _explain(
        self,
        name: str,
        answers: list[Answer],
        mistakes: Sequence[Mistake],
        part: str,
        tolerance: float,
        because: str,
        look: str,
    ) -> None:
        wrong = [answer for answer in answers if answer.wrong(tolerance)]
        if not wrong:
            return
        shown = smallest(wrong)
        call = self._call(name, shown.args, {})
        told = f"`{call.text}{part}`"
        look = look or call.command()
        known = next((m for m in mistakes if m.explains(answers, tolerance)), None)
        if known is not None and known.says:
            self.fail(
                known.says.replace("{call}", told[1:-1]),
                got=shown.got if shown.raised is None else ABSENT,
                expected=shown.expected,
                because=known.because,
                look=known.look or look,
            )
        if shown.raised is not None:
            raise self._failure(name, shown.args, {}, shown.raised)
        cause, way = (known.because, known.look) if known is not None else ("", "")
        self.close(
            shown.got,
            shown.expected,
            told,
            tolerance,
            because=cause or because,
            look=way or look,
        )

    def _answer(self, name: str, args: Any, kwargs: Any, **how: int | str) -> dict[str, Any]:
        if self._signatures and name not in self._signatures:
            raise ScriptError(f"{name} is not among the `calls` of the manifest")
        try:
            request = {
                "do": "call",
                "name": name,
                "args": [encode(arg) for arg in args],
                "kwargs": {key: encode(arg) for key, arg in kwargs.items()},
                **how,
            }
        except TypeError as problem:
            raise ScriptError(str(problem)) from problem
        return _parsed(self._ask(request))

    def _value(self, name: str, answer: dict[str, Any]) -> Any:
        try:
            return decode(answer.get("value"))
        except Malformed as fault:
            raise Failure(f"What `{name}` returned cannot be read: {fault}") from fault

    def _failure(self, name: str, args: Any, kwargs: Any, answer: dict[str, Any]) -> Exception:
        call = self._call(name, args, kwargs)
        return failure_of(call, answer, self._signatures.get(name, ""))

    def _call(self, name: str, args: Any, kwargs: Any) -> Call:
        return Call(name, args, kwargs, self._laid, self._signatures.get(name, ""))


def _parsed(line: str) -> dict[str, Any]:
    """The answer's object. The learner's process wrote it, so what cannot be read is a Failure.

    Save where the host could not try: its word is marked as no line of the learner's can be.
    """
    if line.startswith("!"):
        raise ScriptError(line[1:].strip())
    try:
        answer = json.loads(line)
    except (ValueError, RecursionError) as fault:
        raise unreadable() from fault
    return answer if isinstance(answer, dict) else {}


def _laid(files: Mapping[str, str] | None) -> list[dict[str, str]]:
    return [{"path": path, "text": text} for path, text in (files or {}).items()]


def _table(file: Path, path: str) -> Frame:
    import csv  # few scripts have a table, and each starts a judge

    with file.open(encoding="utf-8", newline="") as lines:
        columns, *rows = csv.reader(lines)
    if any(len(row) != len(columns) for row in rows):
        raise ScriptError(f"{path} has rows that are longer or shorter than its header")
    return Frame(columns, [[_cell(text) for text in row] for row in rows])


def _cell(text: str) -> Any:
    if not NUMBER.fullmatch(text):
        return text or None
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _shortened(text: str) -> str:
    """At most 200 bytes of UTF-8, on one line."""
    whole = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    return whole.encode("utf-8")[:200].decode("utf-8", "ignore")


def _text(answer: dict[str, Any], key: str) -> str:
    value = answer.get(key)
    return value if isinstance(value, str) else ""


def _bases(answer: dict[str, Any]) -> tuple[str, ...]:
    """The classes of what the learner's function raised; () where it did not, or is not written."""
    raised = answer.get("problem") == "raised" and answer.get("during") == "call"
    told = answer.get("bases")
    bases = tuple(map(str, told)) if raised and isinstance(told, list) else ()
    return () if "NotImplementedError" in bases else bases
