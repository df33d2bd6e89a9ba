"""Runs one function of a check script and tells the host (mlpath) its verdict.

    /usr/bin/python3 -I judge.py SCRIPT FUNCTION TEMPLATE_ROOT

Protocol: one JSON object a line, plain ASCII. We write requests to descriptor 4 and read one
answer to each from descriptor 3; the last line is the verdict and has no answer.

    {"do":"call","name":"iris.split","args":[…],"kwargs":{…}}
        The host hands the line on to the caller (caller.py: one process for each run of a judge,
        started at the first call, in the learner's working folder) and the caller's line back to
        us, both unread; "do" always comes first.
            {"ok":true,"value":…,"kept":"what the call changed that lives on, where it did"}
            {"ok":false,"problem":"raised","type":…,"bases":[…],"message":…,
                "during":"import|arguments|call","file":…,"line":…,"column":…,
                "code":"the learner's lines that it passed through, with carets"}
            {"ok":false,"problem":"missing","what":"module|text|function","file":…,
                "message":…,"near":…}
            {"ok":false,"problem":"unencodable|unavailable","message":…}
            {"ok":false,"problem":"too_large"}
        With "dies_at":3 the call is made in a process of its own, which dies at that moment of
        what it writes (dying.py): the value is whether it did.
        Before the first call of a module the host has it imported, by
        {"do":"import","name":"iris"}, which is answered by {"ok":true} or as above.
        Where none comes, the host answers for it, and starts a new caller at the next call:
            {"ok":false,"problem":"timeout","during":"import|call|before","seconds":10,"used":0.2,
                "because":…}    (used: of the seconds, by earlier calls)
            {"ok":false,"problem":"crashed","message":"killed by signal 11","because":…}
            !the call could not be tried: …   (nobody could tell: "error"; the host lets no line of
                the caller's begin so, since what the learner's process says excuses nothing)
    {"do":"lay","path":"words.csv","text":…}
        The host writes the file into the working folder: {"ok":true}, {"ok":false,"message":…}
        where something of the learner's is in the way, or a line with `!` as above.
    {"do":"fields"}
        {"ok":true,"fields":{…},"alike":[{…}]}: what the manifest says of the check, and of all
        checks of its kind in the project, itself among them.
    {"do":"source","path":"app.py"}, {"do":"artifact","run":0,"path":"plot.png"},
    {"do":"data","path":"data/train.csv"}
        {"ok":true,"path":…}: a copy of the learner's file, of what a run wrote, or of the data that
        the learner has, for us to read.
    {"do":"step","step":"predict","files":[{"path":"words.csv","text":…}]}
        {"ok":true,"run":0,"printed":…}: the step was run, or had been for another check. `files`
        lie there instead of what the learner has of these names; none: [].
    {"do":"trials","step":"test","each":[[{"path":"code.py","text":…}],…],"seconds":20}
        {"ok":true,"trials":[{"run":1,"ending":"exited|late|stopped","exit":1,"seconds":0.4,
        "told":"ended with exit code 1 after 0.4 s","cause":…,"printed":…},…]}: the step was run
        once for each of these sets of files, for so long at most, and ended in whatever way.
        Nothing is kept of it.
    {"do":"read","reader":"pages.py","run":0,"path":"report.pdf","seconds":30}
        {"ok":true,"facts":…}: what a reader of the kind finds in what a run wrote; without "run",
        in a file of the learner's. "given", where it is there, goes to the reader as it is.
    {"do":"drive","driver":"driver.py","seconds":60,"loopback":true,"ports":0,"step":"serve"}
        {"ok":true,"port":8642,"door":"/tmp/…","run":["/…/python3","app.py"]}: a driver of the kind
        runs. Its connections come over the Unix socket `door` in that folder, which we connect to
        first. No loopback: neither. `ports`: how many of a loopback the driver
        finds as its `PORTS`, for what it starts to talk to each other. `step`, if any, is one that
        the driver itself will start, by `run`: what the steps that it needs have written lies
        there.
    {"do":"once","driver":"driver.py","function":"run","arguments":{…},"files":[…],"seconds":60,
     "ports":5}
        As drive, ask and leave in one, without a loopback: a driver of its own is asked this one
        thing, with `files` as for a step. Whichever check asks for the same is told the same, and
        nothing is run again.
    {"do":"ask","function":"start","arguments":{…},"seconds":30}
        {"ok":true,"value_ok":true,"value":…}, or where the driver's function raised
        {"ok":true,"value_ok":false,"type":"KeyError","message":…}
    {"do":"connect","port":8642}
        {"ok":true,"connected":true}: the next thing over the door; or false, and a "message".
    {"do":"listen"}
        {"ok":true}: the next thing over the door is a socket that listens at the driver's port.
    {"do":"leave","writes":["out.txt"]}
        {"ok":true,"run":1,"printed":…}: the driver has ended, and what it left is a run.
    To these {"ok":false,"message":…} where the learner's work lacks it or fails; the host keeps
        what it found, and the verdict "refused" leaves it at that.
    {"do":"verdict","verdict":"pass|fail|error|refused","message":…,"expected":…,"actual":…,
     "because":…,"look":…,"raised":"KeyError: 'Agee'","code":…,
     "place":{"file":…,"line":…,"column":…},"lasting":true,"run":null,"facts":{…},
     "measurements":[…]}
        Every key is always there; texts may be empty. `raised` is an exception of the learner's, of
        which the host tells the likely cause where `because` is empty. `place` is the line of the
        learner's that the failure names, {} where it names none. `lasting` is false where time ran
        out, which may have been this machine's load. `run` is the run whose output is shown with a
        failure; null: none. What the learner's processes printed, those of a driver too, the host
        knows by itself.

Values: null, true, 1, 1.5 (never NaN), "text", [..] and {"key": ..} stand for themselves, except
that a key that begins with $ is a tag: $tuple, $set, $frozenset: [..]; $dict: [[key, value], ..];
$float: "nan|inf|-inf"; $int: "0x…" beyond 64 bits; $bytes: base64;
$array: {dtype, shape, data}; $frame: {columns, rows}; $ref: number, with "type".
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any, Callable

# Isolated Python puts no folder of ours on the path.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from mlpath_check import Check, Failure, Refused, ScriptError  # noqa: E402


def load(script: Path, function: str) -> Callable[[Check], object]:
    """The function of the script. Its folder comes last on the path: it shadows nothing."""
    sys.path.append(str(script.resolve().parent))
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location(f"check_{script.stem}", script)
    if spec is None or spec.loader is None or not script.is_file():
        raise ScriptError(f"there is no script {script.name}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses in the script look for it
    spec.loader.exec_module(module)
    found = getattr(module, function, None)
    if not callable(found):
        raise ScriptError(f"{script.name} has no function {function}")
    return found


def signatures_of(root: Path) -> dict[str, str]:
    """The manifest's `calls`, where the template has a manifest."""
    with contextlib.suppress(FileNotFoundError):
        manifest = json.loads((root / "project.json").read_text(encoding="utf-8"))
        return dict(signature_of(call) for call in manifest.get("calls", []))
    return {}


def signature_of(call: dict[str, str]) -> tuple[str, str]:
    """Name and signature. Without a `name`, the signature begins with it: "text.words(text)"."""
    signature = call["signature"]
    if "name" in call:
        return call["name"], signature
    name = signature.partition("(")[0]
    return name, signature[name.rfind(".") + 1 :]


def last_lines(problem: BaseException) -> str:
    if isinstance(problem, ScriptError):
        return str(problem)
    lines = "".join(traceback.format_exception(type(problem), problem, problem.__traceback__))
    return "the check script failed: " + "\n".join(lines.strip().splitlines()[-6:])


def printable(value: Any) -> Any:
    """Text of the learner's may hold lone surrogates, which strict readers of JSON refuse."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return value


def judge(
    script: Path, function: str, root: Path, ask: Callable[[dict[str, Any]], str]
) -> dict[str, Any]:
    verdict: dict[str, Any] = {"do": "verdict", "verdict": "pass", "message": "", "expected": ""}
    verdict.update(
        actual="",
        because="",
        look="",
        raised="",
        code="",
        place={},
        lasting=True,
        run=None,
        facts={},
        measurements=[],
    )
    try:
        check = Check(ask, root, signatures_of(root))
        verdict["facts"], verdict["measurements"] = check.facts, check.measurements
        load(script, function)(check)
    except Failure as failure:
        verdict.update(
            verdict="fail",
            message=failure.message,
            expected=failure.expected,
            actual=failure.actual,
            because=failure.because,
            look=failure.look,
            raised=failure.raised,
            place=failure.place,
            lasting=failure.lasting,
            code=failure.code,
            run=failure.run,
        )
    except Refused as refused:
        verdict.update(verdict="refused", message=str(refused))
    except BaseException as problem:  # whatever else our script does, it is not the learner's fault
        verdict.update(verdict="error", message=last_lines(problem))
    return {key: printable(value) for key, value in verdict.items()}


def main() -> None:
    if len(sys.argv) != 4:
        sys.exit("usage: judge.py SCRIPT FUNCTION TEMPLATE_ROOT")
    answers, requests = os.fdopen(3, "rb"), os.fdopen(4, "wb")

    def tell(message: dict[str, Any]) -> None:
        requests.write(json.dumps(message, allow_nan=False).encode("ascii") + b"\n")
        requests.flush()

    def ask(request: dict[str, Any]) -> str:
        tell(request)
        line = answers.readline()
        if not line:
            raise ScriptError("the host closed the conversation")
        return line.decode("utf-8", "replace")

    tell(judge(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), ask))


if __name__ == "__main__":
    main()
