"""Runs Python programs in forks of one process that has already imported the heavy packages.

Run as ``python warm.py OURS FOLDER MODULE...``: imports the modules (what is missing is left out;
those that lie in FOLDER, where one is named, can be run as programs, compiled beforehand) and, with
the shim and the helper that lie in OURS, serves requests on descriptor 3, a socket of messages. A
message is one JSON object,
``{"argv": ["predict.py"], "folder": "...", "environment": {...}, "talks": false}``, with
descriptors beside it: the program's stdin, stdout and stderr, the control socket, the socket for
its scratch folder, its confinement, and, where it talks, its descriptors 3 and 4. The answer is
``{"started": true}`` or ``{"cold": REASON}``: then whoever asked starts it without us.

This process never runs a program itself and never computes: a fit in it would leave threads
behind that its forks wait for in vain. The fork is confined by the shim before it runs anything.
"""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import gc
import importlib
import importlib.machinery
import importlib.util
import json
import os
import random
import signal
import socket
import sys
import threading
import types
from pathlib import Path
from typing import Any, NoReturn


def import_ours(name: str) -> types.ModuleType:
    """A module that lies beside this file: no program sees it, nor can it change its builtins."""
    path = str(Path(__file__).with_name(f"{name}.py"))
    module = types.ModuleType(name)
    module.__file__ = path
    module.__builtins__ = dict(vars(builtins))
    exec(compile(Path(path).read_bytes(), path, "exec", dont_inherit=True), module.__dict__)
    return module


warm_end = import_ours("warm_end")


MOST_BYTES = 1 << 20
MOST_DESCRIPTORS = 8
# The settings that differ from program to program. PYTHONPATH is one since we do with it what the
# interpreter does when it starts.
PRIVATE = {"HOME", "TMPDIR", "PATH", "PYTHONPATH", "MLPATH_FITS"}
HUGE_PAGE = 2 << 20
MADV_COLLAPSE = 25

compiled: dict[str, types.CodeType] = {}  # by path


def settings_of(environment: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name not in PRIVATE}


def is_file_of(module: types.ModuleType, found: Path) -> bool:
    file = getattr(module, "__file__", None)
    return file is not None and os.path.realpath(file) == os.path.realpath(found)


def reason_for_cold(request: dict[str, Any], settings: dict[str, str]) -> str:
    """Why a fork would not be what a fresh interpreter is; empty where it would."""
    if settings_of(request["environment"]) != settings:
        return "it has settings of its own"
    script = Path(request["folder"], request["argv"][0])
    try:
        source = script.read_bytes()
        source.decode()
    except (OSError, UnicodeDecodeError):
        return "the interpreter has words of its own for a program that it cannot read"
    if b"\0" in source:
        return "the interpreter reads zero bytes otherwise than `compile` does"
    for folder in {script.parent, Path(request["folder"])}:
        with contextlib.suppress(OSError):
            for found in folder.iterdir():
                module = found.name.split(".", 1)[0]
                if module in sys.modules and not is_file_of(sys.modules[module], found):
                    return f"its {found.name} shadows a module that is imported already"
    return ""


def search_path(setting: str) -> list[str]:
    """The folders of a PYTHONPATH, after their sitecustomize.py has run, if there is one."""
    folders = [str(Path(folder).absolute()) for folder in setting.split(os.pathsep) if folder]
    found = importlib.machinery.PathFinder.find_spec("sitecustomize", folders)
    if found is not None and found.loader is not None:
        module = importlib.util.module_from_spec(found)
        sys.modules["sitecustomize"] = module
        try:
            found.loader.exec_module(module)
        except Exception as reason:  # as the interpreter does it
            print("Error in sitecustomize; set PYTHONVERBOSE for traceback:", file=sys.stderr)
            print(f"{type(reason).__name__}: {reason}", file=sys.stderr)
    return folders


def reset_interpreter(request: dict[str, Any]) -> str:
    """Makes this fork what a fresh interpreter would be; returns the script's path."""
    for name in PRIVATE:  # all others are alike, and some packages set more when they are imported
        os.environ.pop(name, None)
    os.environ.update(request["environment"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_IGN)
    script = Path(Path.cwd(), request["argv"][0])
    sys.argv = list(request["argv"])
    sys.orig_argv = [sys.executable, *request["argv"]]
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()
    if not sys.flags.isolated:
        sys.path[0:1] = search_path(request["environment"].get("PYTHONPATH", ""))
        sys.path.insert(0, str(script.resolve().parent))
    random.seed()
    if "numpy" in sys.modules:  # else every fork would draw the same
        sys.modules["numpy"].random.seed(int.from_bytes(os.urandom(4), "little"))
    with contextlib.suppress(AttributeError):
        threading.main_thread()._set_native_id()
    return str(script)


def run_as_main(script: str) -> None:
    """The script as ``__main__``, as ``python SCRIPT`` has it."""
    code = compiled.get(script) or compile(
        Path(script).read_bytes(), script, "exec", dont_inherit=True
    )
    main = types.ModuleType("__main__")
    main.__file__ = script
    main.__builtins__ = builtins
    main.__annotations__ = {}
    main.__loader__ = importlib.machinery.SourceFileLoader("__main__", script)
    main.__cached__ = None
    sys.modules["__main__"] = main
    exec(code, main.__dict__)


def run_to_the_end(script: str) -> NoReturn:
    ending = warm_end.Ending()
    caught: BaseException | None = None
    try:
        run_as_main(script)
    except BaseException as error:
        caught = error
    warm_end.flush_quietly()
    code = 0
    interrupted = type(caught) is KeyboardInterrupt
    if isinstance(caught, SystemExit):
        code = warm_end.code_of(caught)
    elif caught is not None:
        code = warm_end.show_error(warm_end.without_us(caught, __file__))
    del caught  # and with it what the program's frames hold
    ending.end(code, interrupted)


class Shim:
    """Forks into confined programs (core/confine/shim.cpp); what stays behind is the helper."""

    def __init__(self, folder: Path) -> None:
        library = ctypes.PyDLL(str(folder / "shim.so"))
        self._begin = library.mlpath_begin
        self._begin.argtypes = [
            *(ctypes.c_char_p, ctypes.c_size_t, ctypes.POINTER(ctypes.c_int)),
            *(ctypes.c_int, ctypes.c_char_p, ctypes.c_int),
        ]
        self._helper = os.open(folder / "helper", os.O_RDONLY)

    def begin(self, request: dict[str, Any], given: list[int]) -> int:
        """Returns twice: a descriptor in the program, and here -1 (-2: nothing was begun)."""
        confinement = os.pread(given[5], os.fstat(given[5]).st_size, 0)
        descriptors = given[:5] + given[6:]
        numbers = (ctypes.c_int * len(descriptors))(*descriptors)
        folder = os.fsencode(request["folder"])
        ctypes.pythonapi.PyOS_BeforeFork()  # what os.fork() does around its fork
        begun: int = self._begin(
            confinement, len(confinement), numbers, request["talks"], folder, self._helper
        )
        if begun < 0:
            ctypes.pythonapi.PyOS_AfterFork_Parent()
        else:
            ctypes.pythonapi.PyOS_AfterFork_Child()
        return begun


def become(request: dict[str, Any], begun: int) -> NoReturn:
    """In the program's process."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        script = reset_interpreter(request)
        os.close(begun)
    except BaseException:
        os._exit(70)
    run_to_the_end(script)


def serve(door: socket.socket, shim: Shim, settings: dict[str, str]) -> None:
    while True:
        message, given, _, _ = socket.recv_fds(door, MOST_BYTES, MOST_DESCRIPTORS)
        if not message:
            return
        request = json.loads(message)
        cold = reason_for_cold(request, settings)
        begun = -2 if cold else shim.begin(request, given)
        if begun >= 0:
            door.detach()
            become(request, begun)
        for fd in given:
            os.close(fd)
        started = begun == -1
        door.send(
            json.dumps({"started": True} if started else {"cold": cold or "no fork"}).encode()
        )


def import_beforehand(name: str, folder: str) -> None:
    path = Path(folder, f"{name}.py")
    if not folder or not path.is_file():
        importlib.import_module(name)
        return
    sys.path.insert(0, folder)
    try:
        importlib.import_module(name)
    finally:
        sys.path.remove(folder)
    del sys.modules[name]  # it is a program; what it imports stays
    compiled[str(path)] = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)


def collapse_pages() -> None:
    """Puts our memory into huge pages where the kernel can: there is less to copy for each fork."""
    madvise = ctypes.CDLL(None).madvise
    madvise.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, rights, _, _, _, *name = line.split()
        if rights != "rw-p" or name not in ([], ["[heap]"]):
            continue
        begin, end = (int(address, 16) for address in span.split("-"))
        for address in range(-(-begin // HUGE_PAGE) * HUGE_PAGE, end - HUGE_PAGE + 1, HUGE_PAGE):
            madvise(address, HUGE_PAGE, MADV_COLLAPSE)  # an older kernel refuses, which is no harm


def main() -> None:
    shim = Shim(Path(sys.argv[1]))
    settings = settings_of(dict(os.environ))
    for name in sys.argv[3:]:
        with contextlib.suppress(ImportError):
            import_beforehand(name, sys.argv[2])
    if len(list(Path("/proc/self/task").iterdir())) > 1:
        sys.exit("a package starts threads when it is imported, which no fork would have")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # supervisors report by their control sockets
    gc.collect()
    gc.freeze()
    collapse_pages()
    with socket.socket(fileno=3) as door:
        door.send(b"{}")  # ready
        serve(door, shim, settings)


if __name__ == "__main__":
    main()
