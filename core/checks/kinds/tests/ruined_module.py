"""Laid in place of the code under test: its functions, with what they return ruined (ruins.py).

Its own text runs in a module inside, so that its functions call each other as ever.
"""

import copy as _copy
import dataclasses as _dataclasses
import functools as _functools
import itertools as _itertools
import sys as _sys
import types as _types

_RUIN = "nothing"  # the judge writes which,
_SOURCE = ""  # and the code under test
_count = _itertools.count(1)
_right = _types.ModuleType(__name__)
_right.__dict__["__file__"] = __file__
exec(compile(_SOURCE, __file__, "exec"), _right.__dict__)


class _Dummy:
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def _itself(self, *args, **kwargs):
        return self

    __call__ = __getitem__ = __enter__ = __neg__ = __abs__ = __round__ = _itself
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _itself
    __truediv__ = __rtruediv__ = __and__ = __or__ = __invert__ = _itself

    def _no(self, *args):
        return False

    def __eq__(self, other):
        return self is other

    __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = _no
    __hash__ = object.__hash__

    def __exit__(self, *args):
        return None

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0

    def __float__(self):
        return float("nan")


def _in_fields(value, change):
    """A dataclass of theirs, with its fields changed."""
    changed = _copy.copy(value)
    for field in _dataclasses.fields(value):
        object.__setattr__(changed, field.name, change(getattr(value, field.name)))
    return changed


def _has_fields(value):
    return _dataclasses.is_dataclass(value) and not isinstance(value, type)


def _dummy(value):
    return tuple(map(_dummy, value)) if type(value) is tuple else _Dummy()


def _of_library(value, number):
    numpy, pandas = _sys.modules.get("numpy"), _sys.modules.get("pandas")
    if pandas is not None and isinstance(value, (pandas.DataFrame, pandas.Series)):
        if _RUIN == "values":
            return value.map(lambda cell: _values(cell, number))
        return value.iloc[:-1] if _RUIN == "fewer" else value
    if numpy is not None and isinstance(value, numpy.ndarray):
        if _RUIN == "values":
            return (
                ~value
                if value.dtype.kind == "b"
                else (-value - 1000 - number if value.dtype.kind in "iuf" else value[::-1])
            )
        return value[:-1] if _RUIN == "fewer" and value.ndim else value
    if numpy is not None and isinstance(value, numpy.generic):
        return _values(value.item(), number)
    return _Dummy() if _RUIN == "fewer" else value


def _values(value, number):
    kind = type(value)
    if value is None:
        return number
    if kind is bool:
        return not value
    if kind in (int, float, complex):
        return -value - 1000 - number
    if kind in (str, bytes):
        return value + value[:0].join([kind(b"?") if kind is bytes else "?"] * number)
    if kind in (list, tuple):
        return kind(_values(part, number) for part in value)
    if kind in (set, frozenset):
        return kind(_values(part, number) for part in value)
    if kind is dict:
        return {key: _values(part, number) for key, part in value.items()}
    if _has_fields(value):
        return _in_fields(value, lambda part: _values(part, number))
    return _of_library(value, number)


def _fewer(value):
    kind = type(value)
    if value is None or kind in (bool, int, float, complex):
        return value
    if kind in (str, bytes, list):
        return value[:-1]
    if kind is tuple:
        return tuple(_fewer(part) for part in value)
    if kind in (set, frozenset):
        return kind(list(value)[:-1])
    if kind is dict:
        return dict(list(value.items())[:-1])
    if _has_fields(value):
        return _in_fields(value, _fewer)
    return _of_library(value, 0)


def _alike(value):
    if type(value) in (list, tuple) and value:
        return type(value)(value[:1]) * len(value)
    if type(value) is dict and value:
        return dict.fromkeys(value, next(iter(value.values())))
    if _has_fields(value):
        first = getattr(value, _dataclasses.fields(value)[0].name, None)
        return _in_fields(value, lambda part: first)
    return value


def _wrapped(function):
    @_functools.wraps(function)
    def wrong(*args, **kwargs):
        if _RUIN == "nothing":
            return None
        try:
            value = function(*args, **kwargs)
        except Exception:
            if _RUIN == "dummy":  # it may have been given one
                return _Dummy()
            raise
        if _RUIN == "values":
            return _values(value, next(_count))
        return {"dummy": _dummy, "fewer": _fewer, "alike": _alike}[_RUIN](value)

    return wrong


for _name, _thing in list(_right.__dict__.items()):
    if _name.startswith("__"):
        continue
    if isinstance(_thing, _types.FunctionType) and _thing.__module__ == __name__:
        _thing = _wrapped(_thing)
    elif isinstance(_thing, type) and _thing.__module__ == __name__:
        for _method, _function in list(vars(_thing).items()):
            if isinstance(_function, _types.FunctionType) and not _method.startswith("_"):
                setattr(_thing, _method, _wrapped(_function))
    globals()[_name] = _thing
