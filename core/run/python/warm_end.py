"""The end of a program that runs in a fork of a warm interpreter (warm.py): what CPython does
behind a program's last line (`Py_RunMain`, `_PyErr_PrintEx`, `Py_FinalizeEx`), step by step.

The real end takes apart every module of the interpreter. Behind pandas and scikit-learn that is a
tenth of a second, for modules that nobody misses, so we take apart what is the program's alone. One
that leaves threads behind, which only the real end can stop, gets the real end.

The program may have replaced or deleted whatever it could reach, hence the names bound here.
"""

from __future__ import annotations

import atexit
import builtins
import ctypes
import gc
import io
import os
import signal
import sys
import threading
import types
import weakref
from _thread import _count as count_threads
from contextlib import suppress
from typing import Any, NoReturn

FLUSH_FAILED = 120
LAST_ERROR = ("last_type", "last_value", "last_traceback", "last_exc")
STREAMS = ("stdin", "stdout", "stderr")

# A warning that comes of it names no line of ours: where no program runs any more, Python says so.
_collect_code = compile("collect()", "sys", "exec")
_collect_names = {"collect": gc.collect}
_display = sys.__excepthook__
_flush_c = ctypes.CDLL(None).fflush
_kill = os.kill
_leave = os._exit
_modules = sys.modules
_objects = gc.get_objects
_run_at_exit = atexit._run_exitfuncs
_show_unraisable = sys.unraisablehook
_write = os.write


def unraisable_type() -> Any:
    """What sys.unraisablehook is called with: a class that Python gives no name to reach it by."""

    class Fails:
        def __del__(self) -> None:
            raise ValueError

    kinds: list[Any] = []
    hook, sys.unraisablehook = sys.unraisablehook, lambda told: kinds.append(type(told))
    Fails()
    sys.unraisablehook = hook
    return kinds[0]


_make_unraisable = unraisable_type()


def without_us(error: BaseException, *files: str) -> BaseException:
    """The error, without the frames of these files at the head of its traceback."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename in files:
        trace = trace.tb_next
    return error.with_traceback(trace)


def write_error(text: str) -> None:
    """Where there is no sys.stderr to write to, what C calls stderr takes it."""
    try:
        sys.stderr.write(text)
    except BaseException:
        with suppress(OSError):
            _write(2, text.encode(errors="backslashreplace"))


def tell_ignored(error: BaseException, where: object, during: str) -> None:
    """An error at a place where nobody can catch it; newer Pythons say in words what was done."""
    without_us(error, __file__)
    words = f"Exception ignored on {during}" if sys.version_info >= (3, 13) else None
    told = (type(error), error, error.__traceback__, words, None if words else where)
    hook = getattr(sys, "unraisablehook", None) or _show_unraisable
    try:
        hook(_make_unraisable(told))
    except BaseException as worse:
        without_us(worse, __file__)
        message = "Exception ignored in sys.unraisablehook"
        of_hook = (type(worse), worse, worse.__traceback__, message, hook)
        _show_unraisable(_make_unraisable(of_hook))


def code_of(leaving: SystemExit) -> int:
    """The exit code that `sys.exit` asked for; a text goes to stderr instead."""
    value: Any = leaving
    with suppress(BaseException):
        value = leaving.code
    if value is None:
        return 0
    if issubclass(type(value), int):
        number = int.__int__(value)
        return number & 0xFF if -(1 << 63) <= number < 1 << 63 else 0xFF
    with suppress(BaseException):
        text = str(value)
        if getattr(sys, "stderr", None) is None:
            write_error(text)
        else:
            sys.stderr.write(text)
    write_error("\n")
    return 1


def show_error(error: BaseException) -> int:
    """As an exception that nobody caught is shown; returns the exit code."""
    trace = error.__traceback__
    sys.last_type, sys.last_value, sys.last_traceback = type(error), error, trace
    if sys.version_info >= (3, 12):
        sys.last_exc = error
    if not hasattr(sys, "excepthook"):
        write_error("sys.excepthook is missing\n")
        _display(type(error), error, trace)
        return 1
    try:
        sys.excepthook(type(error), error, trace)
    except SystemExit as leaving:
        return code_of(leaving)
    except BaseException as worse:
        without_us(worse, __file__)
        write_error("Error in sys.excepthook:\n")
        _display(type(worse), worse, worse.__traceback__)
        write_error("\nOriginal exception was:\n")
        _display(type(error), error, trace)
    return 1


def flush_quietly() -> None:
    for name in ("stderr", "stdout"):
        with suppress(BaseException):
            getattr(sys, name).flush()


def flush_streams() -> bool:
    flushed = True
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name, None)
        with suppress(BaseException):  # one that cannot say whether it is closed is open
            if stream is None or stream.closed:
                continue
        try:
            stream.flush()
        except BaseException as error:
            flushed = False
            if name == "stdout":  # of stderr's trouble there is no place to tell
                tell_ignored(error, stream, "flushing sys.stdout")
    return flushed


def collect() -> None:
    exec(_collect_code, _collect_names)


def clear(module: types.ModuleType) -> None:
    """Its names, those that begin with one underscore first."""
    names = module.__dict__
    for name in list(names):
        if name[:1] == "_" and name[1:2] != "_":
            names[name] = None
    for name in list(names):
        if name != "__builtins__":
            names[name] = None


def restore(module: types.ModuleType, before: dict[str, Any]) -> None:
    names = module.__dict__
    for name, value in list(names.items()):
        if before.get(name) is not value:
            names[name] = before.get(name)


def flush_files() -> None:
    """Those that something of ours holds open, which the real end would take apart as well."""
    for kinds in ((io.TextIOWrapper,), (io.BufferedWriter, io.BufferedRandom)):
        for thing in _objects():
            if type(thing) in kinds:
                with suppress(BaseException):
                    thing.flush()


class Ending:
    """Knows what was there before the program: make it where nothing of the program has run."""

    def __init__(self) -> None:
        self._modules = dict(_modules)
        self._sys = dict(vars(sys))
        self._builtins = dict(vars(builtins))

    def end(self, code: int, interrupted: bool) -> NoReturn:
        try:
            threading._shutdown()  # waits for those that are no daemons
        except BaseException as error:
            tell_ignored(error, threading, "threading shutdown")
        if count_threads() > 0:
            if interrupted:
                sys.excepthook = lambda *_: None  # it is shown already
                raise KeyboardInterrupt
            raise SystemExit(code)
        with suppress(BaseException):  # before 3.10 the last error is raised, as well as shown
            _run_at_exit()
        if not flush_streams():
            code = FLUSH_FAILED
        sys.is_finalizing = self._sys["is_finalizing"] = lambda: True
        if gc.isenabled():
            collect()
        self._take_apart()
        flush_files()
        _flush_c(None)
        if interrupted:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            _kill(os.getpid(), signal.SIGINT)
        _leave(code)

    def _take_apart(self) -> None:
        for name in LAST_ERROR:
            if name in vars(sys):
                setattr(sys, name, None)
        for name in STREAMS:
            self._sys[name] = getattr(sys, f"__{name}__", None)
            setattr(sys, name, self._sys[name])
        sys.meta_path = self._sys["meta_path"] = None
        left = []
        for name, module in list(_modules.items()):
            _modules[name] = None
            if self._modules.get(name) is not module and isinstance(module, types.ModuleType):
                left.append(weakref.ref(module))
        module = None
        _modules.clear()
        restore(builtins, self._builtins)
        collect()
        for reference in reversed(left):
            alive = reference()
            if alive is not None:
                clear(alive)
        flush_quietly()  # Python says no word of what is lost this late
        for name in STREAMS:
            self._sys[name] = None
            setattr(sys, name, None)
        restore(sys, self._sys)
        collect()
