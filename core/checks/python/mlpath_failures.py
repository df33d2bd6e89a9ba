"""Failures that teach: what the harness says where a call did not give a value."""

from __future__ import annotations

import ast
import json
import shlex
from typing import Any

from mlpath_values import Array, Frame, Ref, show

ARGUMENT = 160  # characters of an argument: whoever pastes the call repeats the failure


class Failure(Exception):
    """The work is wrong. `because` is the likely cause, `look` how to look further."""

    def __init__(
        self,
        message: str,
        *,
        expected: str = "",
        actual: str = "",
        because: str = "",
        look: str = "",
        raised: str = "",  # "KeyError: 'Agee'": where `because` is empty the host tells its cause
        place: dict[str, Any] | None = None,  # the line that it names: file, line, perhaps column
        code: str = "",  # the learner's lines that it passed through, with carets
        lasting: bool = True,  # False where time ran out, which may have been this machine's load
        run: int
        | None = None,  # the number of the run that shows it: what that printed is told too
    ) -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected
        self.actual = actual
        self.because = because
        self.look = look
        self.raised = raised
        self.place = place or {}
        self.code = code
        self.lasting = lasting
        self.run = run


class ScriptError(Exception):
    """We could not tell: a defect of the script, or the host could not try."""


class Refused(Exception):
    """What was asked for is not there, by the learner's failure; the host knows the whole of it."""


class Call:
    """A call as it was tried, for the sentences about it."""

    def __init__(
        self,
        name: str,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        laid: dict[str, str],
        signature: str = "",
    ) -> None:
        """`laid` are files that only the check has put there, with their texts."""
        self.name = name
        self.module, _, self.function = name.partition(".")
        names = _parameters(signature)
        names += [""] * (len(args) - len(names))
        shown = [_argument(arg, names[i]) for i, arg in enumerate(args)]
        shown += [f"{key}={_argument(arg, key)}" for key, arg in kwargs.items()]
        self.text = f"{self.function}({', '.join(shown)})"
        self._plain = [*args, *kwargs.values()]
        self._laid = laid

    def command(self, then: str = "") -> str:
        """The shell command that repeats the call, where its arguments are short and plain."""
        for part in self._plain:
            if isinstance(part, str) and part in self._laid:
                return (
                    f"{part} is a file of the check; it begins:\n{self._laid[part][:200].strip()}"
                )
        try:
            short = len(json.dumps(self._plain)) < 2 * ARGUMENT
        except TypeError:
            return ""
        if not short or any(show(part, ARGUMENT) != repr(part) for part in self._plain):
            return ""
        bring = f"from {self.module} import {self.function.split('.')[0]}"
        code, then = f"{bring}; print({self.text})", f". {then}" if then else ""
        # In double quotes where a shell reads nothing inside of them, since they are easy to type.
        if not set(code) & set('"$`\\!\n'):
            return f'Try it: `python3 -c "{code}"`{then}'
        if "'" in code:  # what would have to be quoted twice is easier to type where Python asks
            return f"Try it in a Python shell (`python3`): `{bring}; {self.text}`{then}"
        return f"Try it: `python3 -c {shlex.quote(code)}`{then}"


def _parameters(signature: str) -> list[str]:
    """The names that `f(x: int, *, y=1) -> int` has for arguments in their order."""
    try:
        found = ast.parse(f"def f{signature[signature.index('(') :]}: ...").body[0]
    except (SyntaxError, ValueError):
        return []
    assert isinstance(found, ast.FunctionDef)
    return [parameter.arg for parameter in [*found.args.posonlyargs, *found.args.args]]


def _argument(value: Any, name: str) -> str:
    """The argument as it is written, or its parameter's name where it is a large thing."""
    text = show(value, ARGUMENT)
    large = isinstance(value, (Array, Frame, Ref)) or (
        isinstance(value, (list, tuple, dict, set)) and text.endswith("…")
    )
    return name if large and name else text


def failure_of(call: Call, answer: dict[str, Any], signature: str) -> Failure:
    """The Failure for an answer that is not ok: what the learner's process says excuses nothing."""
    problem = answer.get("problem")
    if problem == "missing":
        return _missing(call, answer, signature)
    if problem == "raised" and answer.get("during") != "arguments":
        failure = _raised(call, answer, signature)
        failure.place = _where(answer)
        return failure
    if problem == "timeout":
        return _timed_out(call, answer)
    if problem == "crashed":
        return Failure(
            f"`{call.text}` ended the whole Python process{_tail(answer)}",
            because=_text(answer, "because") or "It left by `os._exit`, or a library broke it.",
            look=call.command(),
            place=_where(answer),
        )
    if problem == "too_large":
        return Failure(
            f"`{call.text}` returned more than 32 MB",
            because="It returns far more than the project asks for.",
        )
    if problem == "unencodable":
        return Failure(
            f"`{call.text}` returned a value that {_text(answer, 'message', 'is not plain')}"
        )
    if problem in ("unavailable", "raised"):
        return Failure(f"`{call.text}` could not be tried{_tail(answer)}")
    return unreadable()


def unreadable() -> Failure:
    return Failure(
        "What the program answered cannot be read",
        because="It writes to, or closes, a file descriptor that it did not open.",
    )


def _missing(call: Call, answer: dict[str, Any], signature: str) -> Failure:
    file = _text(answer, "file", f"{call.module}.py")
    wanted = f"in {file}: def {signature}" if signature else f"in {file}: `{call.function}`"
    near = _text(answer, "near")
    if answer.get("what") == "module":
        return Failure(
            f"There is no {file} in the project folder; "
            + (f"there is {near}" if near else f"`{call.function}` belongs there"),
            expected=wanted,
            look=f"`mlpath reset {file}` brings back the file that you began with.",
        )
    if answer.get("what") == "text":
        return Failure(
            f"{file} is empty",
            expected=wanted,
            because="It was not saved, or something emptied it.",
            look=f"`mlpath reset {file}` brings back the file that you began with.",
        )
    return Failure(
        f"{file} has no function `{call.function}`" + (f"; there is `{near}`" if near else ""),
        expected=wanted,
        because="It is spelled differently, or it is inside a class or another function, or the"
        " file was not saved.",
    )


def _timed_out(call: Call, answer: dict[str, Any]) -> Failure:
    limit, used = _number(answer, "seconds"), _number(answer, "used")
    if answer.get("during") == "import":
        return Failure(
            f"Importing {call.module}.py did not end within {limit:g} s",
            because="Code outside of every function runs whenever the file is imported. "
            'Put it into a function, or below `if __name__ == "__main__":` at the end.',
        )
    if answer.get("during") == "before":
        return Failure(
            f"`{call.text}` was not tried: the calls before it took all of the {limit:g} s"
            " that this check has",
            because="Far more work than the task needs.",
        )
    came = f"within {limit:g} s"
    if used >= 1:
        came = (
            f"in time: the calls before it took {used:.1f} s of the {limit:g} s that this check has"
        )
    return Failure(
        f"`{call.text}` did not come back {came}",
        because=_text(answer, "because"),
        look=call.command("Ctrl-C stops it and names the line that it was at."),
    )


def _raised(call: Call, answer: dict[str, Any], signature: str) -> Failure:
    kind, at = _text(answer, "type", "an exception"), _place(answer)
    bases = answer.get("bases")
    bases = bases if isinstance(bases, list) else [kind]
    raised, code = kind + _tail(answer), _text(answer, "code")
    if "NotImplementedError" in bases:
        todo = _text(answer, "message")
        return Failure(
            f"`{call.name}` is not written yet{at}" + (f": {todo}" if todo else ""),
            because="If you wrote it already: the file is not saved, or the line with"
            " `raise NotImplementedError` is still there.",
        )
    if answer.get("during") == "import":
        file = f"{call.module}.py"
        if "SyntaxError" in bases:
            where = at.replace(" at ", "", 1) or file
            return Failure(f"{where} is not valid Python{_tail(answer)}", raised=raised, code=code)
        return Failure(
            f"Importing {file} raised {kind}{at}{_tail(answer)}", raised=raised, code=code
        )
    if kind == "TypeError" and not answer.get("line"):
        return Failure(
            f"`{call.name}` cannot be called as `{call.text}`{_tail(answer)}",
            expected=f"def {signature}" if signature else "",
            because="The parameters differ from what was asked for, or are in another order.",
        )
    return Failure(
        f"`{call.text}` raised {kind}{at}{_tail(answer)}",
        raised=raised,
        code=code,
        look=call.command(),
    )


def _place(answer: dict[str, Any]) -> str:
    file, line = answer.get("file"), answer.get("line")
    return f" at {file}, line {line}" if isinstance(file, str) and isinstance(line, int) else ""


def _where(answer: dict[str, Any]) -> dict[str, Any]:
    """The place as data; {} where the learner's process told none that can be one."""
    file, line, column = _text(answer, "file"), answer.get("line"), answer.get("column")
    if not file or not _counts(line):
        return {}
    place = {"file": file.encode("utf-8", "backslashreplace").decode("utf-8"), "line": line}
    return {**place, "column": column} if _counts(column) else place


def _counts(value: Any) -> bool:
    return type(value) is int and 0 < value < 100_000_000


def _tail(answer: dict[str, Any]) -> str:
    message = _text(answer, "message")
    return f": {message}" if message else ""


def _number(answer: dict[str, Any], key: str) -> float:
    value = answer.get(key)
    try:
        return float(value) if isinstance(value, (int, float)) else 0.0
    except OverflowError:  # an int beyond all floats
        return 0.0


def _text(answer: dict[str, Any], key: str, otherwise: str = "") -> str:
    value = answer.get(key)
    return value if isinstance(value, str) and value else otherwise
