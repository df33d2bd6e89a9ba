"""What crosses the border, what an object may claim, and how two values differ."""

from __future__ import annotations

import math
import unittest

from scene import Scene  # puts the harness on the path

# isort: split
from mlpath_compare import difference
from mlpath_values import (
    Array,
    Frame,
    Malformed,
    Ref,
    decode,
    show,
    show_apart,
    show_beside,
)


class Values(Scene):
    def test_plain_values_come_back_as_they_were(self) -> None:
        values = [
            None, True, 0, -(2**63), 2**64, -(10**5000), 1.5, -0.0, 1e308, "é\ud800\n", b"\x00\xff",
            [1, [2]], (1,), (), {1, (2, "x")}, set(), frozenset({frozenset({1})}),
            {"a": 1}, {}, {"$set": 1}, {1: 2, None: 3, (1, 2): [4]}, [{"x": ({"y": {1.0}},)}],
        ]  # fmt: skip
        for value in values:
            got = self.value("def f(x): return x", value)
            with self.subTest(value=show(value)):
                self.assertEqual(got, value)
                self.assertIs(type(got), type(value))

    def test_what_is_no_number(self) -> None:
        got = self.value("def f(x): return [float('nan'), float('inf'), -float('inf')]", 1)
        self.assertTrue(math.isnan(got[0]))
        self.assertEqual(got[1:], [math.inf, -math.inf])

    def test_subclasses_are_their_bases(self) -> None:
        got = self.value(
            """
            from collections import Counter, OrderedDict, defaultdict, namedtuple
            from enum import IntEnum
            Point = namedtuple("Point", "x y")
            class Level(IntEnum):
                HIGH = 3
            def f(x):
                deep = defaultdict(list)
                deep["k"].append(Level.HIGH)
                return [Counter("aab"), OrderedDict(z=1), deep, Point(1, 2)]
            """,
            0,
        )
        self.assertEqual(got, [{"a": 2, "b": 1}, {"z": 1}, {"k": [3]}, (1, 2)])
        self.assertIs(type(got[2]["k"][0]), int)

    def test_what_an_object_claims_does_not_decide(self) -> None:
        got = self.value(
            """
            class AnyList(list):
                __class__ = tuple
                def __eq__(self, other): return True
                def __len__(self): return 99
                def __iter__(self): return iter("lie")
                def __getitem__(self, i): return "lie"
            class AnyDict(dict):
                def items(self): return [("lie", 1)]
                def __iter__(self): return iter(["lie"])
                def keys(self): return ["lie"]
            class AnyFloat(float):
                def __float__(self): return 0.0
                def __repr__(self): return "0.0"
                def __abs__(self): return 0.0
            class AnyInt(int):
                def __int__(self): return 0
                def __index__(self): return 0
            class AnyText(str):
                def __str__(self): return "lie"
                def __hash__(self): return 0
                def __eq__(self, other): return True
            class AnyBytes(bytes):
                def __bytes__(self): return b"lie"
            class Meta(type):
                def __instancecheck__(cls, x): return True
                def __subclasscheck__(cls, x): return True
                __mro__ = ()
            class AnyTuple(tuple, metaclass=Meta):
                pass
            def f(x):
                return [AnyList([1]), AnyDict(a=AnyInt(7)), AnyFloat(2.5), AnyText("true"),
                        {AnyText("k"): 1}, AnyBytes(b"b"), AnyTuple((1,))]
            """,
            0,
        )
        self.assertEqual(got, [[1], {"a": 7}, 2.5, "true", {"k": 1}, b"b", (1,)])

    def test_opaque_objects_stay_and_come_back(self) -> None:
        verdict = self.judge(
            """
            class Model:
                def __eq__(self, other): return True
                def __init__(self, n): self.n = n
                def predict(self, x): return self.n * x
            def make(n): return Model(n)
            def use(model, x): return model.n + x
            def same(a, b): return a is b
            """,
            """
            model = check.call("work.make", 3)
            assert model == Ref(0, "work.Model") and model != 3, model
            assert check.call("work.use", model, x=4) == 7
            assert check.call("work.Model.predict", model, 5) == 15
            assert check.call("work.same", model, [model][0]) is True
            assert check.call("work.Model", 2) == Ref(1, "work.Model")
            """,
        )
        self.assertEqual(verdict["verdict"], "pass", verdict)

    def test_bounds(self) -> None:
        endless = "def f(x):\n    a = []\n    a.append({'a': a})\n    return a"
        self.assertEqual(self.ask(endless)["problem"], "raised")  # f needs x
        self.assertIn("contains itself", self.ask(endless, 1)["message"])
        deep = "def f(x):\n    a = []\n    for _ in range(x): a = [a]\n    return a"
        self.assertTrue(self.ask(deep, 90)["ok"])
        self.assertIn("levels deep", self.ask(deep, 5000)["message"])
        for big in ("'x' * (33 << 20)", "list(range(9 << 20))", "'é' * (8 << 20)"):
            with self.subTest(big=big):
                self.assertEqual(self.ask(f"def f(x): return {big}", 1)["problem"], "too_large")

    def test_a_value_that_breaks_while_it_is_read(self) -> None:
        answer = self.ask(
            "import sys\ndef f(x):\n    sys.setrecursionlimit(60)\n    a = []\n"
            "    for _ in range(50): a = [a]\n    return a",
            1,
        )
        self.assertEqual(answer["problem"], "unencodable", answer)

    def test_malformed_answers_are_named_and_nothing_else(self) -> None:
        forged = [
            {"$set": [[1]]}, {"$dict": 3}, {"$tuple": None}, {"$float": "x"}, {"$int": 5},
            {"$odd": 1}, {"$array": {}}, {"$frame": []}, {"$ref": "a"}, {"$bytes": "*"},
        ]  # fmt: skip
        for coded in forged:
            with self.subTest(coded=coded), self.assertRaises(Malformed):
                decode(coded)


class Tables(Scene):
    def setUp(self) -> None:
        super().setUp()
        try:
            import numpy  # noqa: F401
            import pandas  # noqa: F401
        except ImportError:
            self.skipTest("needs numpy and pandas")

    def test_numpy(self) -> None:
        got = self.value(
            """
            import numpy as np
            class Liar(np.ndarray):
                def tolist(self): return "lie"
                @property
                def shape(self): return (9,)
            def f(x):
                return [np.float64(1.5), np.float32(0.5), np.int64(3), np.bool_(True), np.str_("s"),
                        np.array([[1, 2]]), np.array([1.0, np.nan]), np.array(5), np.array(["a"]),
                        np.array([1, 2]).view(Liar), np.array([None, "x"], dtype=object),
                        np.array(["2020-01-01"], dtype="datetime64[D]"), {np.int64(1): 2}]
            """,
            0,
        )
        self.assertEqual(got[:5], [1.5, 0.5, 3, True, "s"])
        self.assertEqual([type(x) for x in got[:5]], [float, float, int, bool, str])
        self.assertEqual(got[5], Array("int64", (1, 2), [[1, 2]]))
        self.assertTrue(math.isnan(got[6].data[1]))
        self.assertEqual(got[7], Array("int64", (), 5))
        self.assertEqual(got[8].data, ["a"])
        self.assertEqual(got[9], Array("int64", (2,), [1, 2]))
        self.assertEqual(got[10].data, [None, "x"])
        self.assertEqual(got[11].data, ["2020-01-01"])
        self.assertEqual(got[12], {1: 2})

    def test_pandas(self) -> None:
        got = self.value(
            """
            import pandas as pd
            def f(x):
                frame = pd.DataFrame({"n": [1, 2], "s": ["a", None],
                                      "d": pd.to_datetime(["2020-01-02", None])})
                return [frame, frame["n"], frame.columns, pd.Series([1, None], dtype="Int64")]
            """,
            0,
        )
        rows = [[1, "a", "2020-01-02T00:00:00"], [2, None, None]]
        self.assertEqual(got[0], Frame(["n", "s", "d"], rows))
        self.assertEqual(got[1], Array("int64", (2,), [1, 2]))
        self.assertEqual(got[2].data, ["n", "s", "d"])
        self.assertEqual(got[3].data, [1, None])

    def test_arrays_and_frames_as_arguments(self) -> None:
        what = "def f(x): return [type(x).__name__, getattr(x, 'dtype', None) and str(x.dtype), x]"
        array = Array("float32", (2, 1), [[0.5], [1.5]])
        self.assertEqual(self.value(what, array), ["ndarray", "float32", array])
        frame = Frame(["a", "b"], [[1, "x"], [2, "y"]])
        self.assertEqual(self.value(what, frame), ["DataFrame", None, frame])

    def test_a_large_array_is_quick_to_read_and_bounded(self) -> None:
        source = "import numpy as np\ndef f(n): return np.zeros(n)"
        self.assertEqual(len(self.value(source, 1_000_000).data), 1_000_000)
        self.assertEqual(self.ask(source, 1 << 24)["problem"], "too_large")


class Differences(unittest.TestCase):
    def test_table(self) -> None:
        nan = math.nan
        cases = [
            (1, 1.0, None), (True, 1, "True"), (nan, nan, None), (1, 2, "1, not 2"),
            ([1, 2], [1, 3], r"\[1\].*2, not 3"), ([1], [1, 2], "2 is missing"),
            ([1, 2], [1], "are 2 items, expected 1: 2 does not belong"),
            ((1,), [1], r"\(1,\), a tuple, not a list"),
            ({"a": 1}, {"a": 1}, None), ({"a": 1}, {"b": 1}, "key 'b' is missing"),
            ({"a": 1, "b": 2}, {"a": 1}, "key 'b' does not belong"),
            ({"a": [1, "x"]}, {"a": [1, "y"]}, r"\['a'\]\[1\].*'x', not 'y'"),
            (Array("int64", (2,), [1, 2]), [1, 2], None), ({1, 2}, {2, 1}, None),
            (Frame(["a"], [[1]]), Frame(["a"], [[2]]), r"\.rows\[0\]\[0\]"),
            (["-"], [], "is 1 item, expected none: '-' does not belong"),
            ([], [1], "are no items, expected 1: 1 is missing"),
            ("a", 1, "'a', a str, not an int"),
            (None, 5, "None"), (Ref(0, "builtins.map"), [1], "^ there is a `map`, not a list$"),
            (10**400, 1.0, "bits"),
        ]  # fmt: skip
        for got, expected, pattern in cases:
            with self.subTest(got=got, expected=expected):
                found = difference(got, expected)
                if pattern is None:
                    self.assertIsNone(found)
                else:
                    assert found is not None
                    self.assertRegex(f"{found.place} {found.says}", pattern)

    def test_tolerance(self) -> None:
        self.assertIsNone(difference([1.0000001], [1.0], 1e-6))
        self.assertIsNotNone(difference([1.001], [1.0], 1e-6))
        self.assertIsNone(difference(1_000_001.0, 1_000_000.0, 1e-5))
        for odd in (math.nan, math.inf):
            self.assertIsNotNone(difference(odd, 1.0, 1e-6))
            self.assertIsNotNone(difference(1.0, odd, 1e-6))

    def test_show_is_short_and_steady(self) -> None:
        self.assertEqual(show({"b", "a"}), "{'a', 'b'}")
        self.assertEqual(show((1,)), "(1,)")
        self.assertLessEqual(len(show(list(range(10**6)))), 240)
        self.assertLessEqual(len(show({"k" * 500: ["x" * 999] * 999})), 240)
        self.assertEqual(
            [show(x) for x in ([], (), {}, set(), "")], ["[]", "()", "{}", "set()", "''"]
        )

    def test_numbers_have_the_digits_that_matter(self) -> None:
        for value, shown in (
            (0.7871249161154252, "0.787"),
            (0.1 + 0.2, "0.3"),
            (-2 / 3, "-0.667"),
            (2.0, "2.0"),
            (0.99951, "1.0"),
            (123.456, "123.5"),
            (4.2e-7, "4.2e-07"),
            (math.inf, "inf"),
            ([1 / 3, {"a": (2 / 3, 7)}], "[0.333, {'a': (0.667, 7)}]"),
            (Array("float64", (2,), [1 / 3, 0.5]), "array([0.333, 0.5], dtype=float64)"),
        ):
            with self.subTest(value=value):
                self.assertEqual(show(value, digits=3), shown)
        # An argument is shown so that pasting it repeats the call.
        self.assertEqual(show(0.7871249161154252), "0.7871249161154252")
        self.assertEqual(show_apart(0.7871249, 0.81), ("0.787", "0.81"))
        self.assertEqual(show_apart([1 / 3, 0.7871249], [1 / 3, 0.7872])[0], "[0.333333, 0.787125]")
        self.assertEqual(show_apart(0.1 + 0.2, 0.3), ("0.30000000000000004", "0.3"))
        self.assertEqual(show_beside(0.7871249161154252, "at least 0.9"), "0.787")
        self.assertEqual(show_beside(0.94999, "at least 0.95"), "0.94999")
        found = difference([0.7871249161154252], [0.5])
        assert found is not None
        self.assertEqual(found.says, "there is 0.787, not 0.5")


if __name__ == "__main__":
    unittest.main()
