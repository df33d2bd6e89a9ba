"""The Python harness: what crosses the border, what an object may claim, what a failure says."""

from __future__ import annotations

import json
import math
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "core/checks/python")]

from mlpath_values import Array, Frame, Malformed, Ref, decode, difference, encode, show  # noqa: E402
from relay import HARNESS, PYTHON, Host  # noqa: E402

CALLS = [{"name": "work.f", "signature": "f(x: int) -> int", "says": "…"}]


class Scene(unittest.TestCase):
    """A learner's folder with work.py, and a template with one check script."""

    def setUp(self) -> None:
        self._temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self._temporary.cleanup)
        self.root = Path(self._temporary.name) / "template"
        self.folder = Path(self._temporary.name) / "work"
        (self.root / "checks").mkdir(parents=True)
        self.folder.mkdir()

    def write(self, source: str, name: str = "work.py") -> None:
        (self.folder / name).write_text(textwrap.dedent(source), encoding="utf-8")

    def host(self, **settings: Any) -> Host:
        host = Host(self.folder, **settings)
        self.addCleanup(host.close)
        return host

    def ask(self, source: str, *args: Any, name: str = "work.f", **settings: Any) -> dict[str, Any]:
        """The caller's raw answer."""
        self.write(source)
        request = {"do": "call", "name": name, "args": [encode(arg) for arg in args], "kwargs": {}}
        return json.loads(self.host(**settings).ask(request))

    def value(self, source: str, *args: Any) -> Any:
        answer = self.ask(source, *args)
        self.assertTrue(answer["ok"], answer)
        return decode(answer["value"])

    def judge(self, work: str, script: str, **settings: Any) -> dict[str, Any]:
        """The verdict on `work` of a script's body, which sees `check`."""
        self.write(work)
        body = textwrap.indent(textwrap.dedent(script), "    ")
        source = f"from mlpath_check import *\n\ndef claim(check):\n{body}\n"
        path = self.root / "checks/claim.py"
        path.write_text(source, encoding="utf-8")
        return self.host(**settings).judge(path, "claim", self.root)

    def assert_says(self, verdict: dict[str, Any], kind: str, pattern: str) -> None:
        self.assertEqual(verdict["verdict"], kind, verdict)
        self.assertRegex(verdict["message"], pattern)


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


class Raising(Scene):
    def test_every_exception_is_answered_with_its_line(self) -> None:
        cases = {
            "raise ValueError('no')": "ValueError",
            "raise SystemExit(3)": "SystemExit",
            "raise KeyboardInterrupt": "KeyboardInterrupt",
            "import sys; sys.exit('bye')": "SystemExit",
            "return f(x)": "RecursionError",
            "return input()": "EOFError",
            "raise GeneratorExit": "GeneratorExit",
        }
        for body, kind in cases.items():
            answer = self.ask(f"def f(x):\n    {body}", 1)
            with self.subTest(body=body):
                self.assertEqual((answer["problem"], answer["type"]), ("raised", kind))
                self.assertEqual((answer["file"], answer["line"]), ("work.py", 2))

    def test_the_innermost_line_of_the_learners_own(self) -> None:
        self.write("import json\n\n\ndef read(text):\n    return json.loads(text)\n", "other.py")
        answer = self.ask("import other\ndef f(x): return other.read(x)", "{")
        self.assertEqual((answer["file"], answer["line"]), ("other.py", 5))
        self.assertIn("ValueError", answer["bases"])

    def test_an_exception_that_cannot_tell_its_message(self) -> None:
        source = "class E(Exception):\n    def __str__(self): 1/0\ndef f(x): raise E"
        self.assertEqual(self.ask(source, 1)["type"], "E")

    def test_prints_do_not_reach_the_protocol(self) -> None:
        host = self.host()
        self.write("import sys\nprint('{}')\ndef f(x):\n    print('noise', x)\n    return x")
        request = {"do": "call", "name": "work.f", "args": [5], "kwargs": {}}
        self.assertEqual(json.loads(host.ask(request)), {"ok": True, "value": 5})
        host.close()
        self.assertEqual(host.printed, "{}\nnoise 5\n")

    def test_missing_things(self) -> None:
        answer = self.ask("def fold(x): return x\ng = 5")
        self.assertEqual((answer["what"], answer["file"]), ("function", "work.py"))
        self.assertEqual(self.ask("def tokenise(x): 1", name="work.tokenize")["near"], "tokenise")
        self.assertEqual(self.ask("f = 5")["what"], "function")
        answer = self.ask("", name="absent.f")
        self.assertEqual((answer["what"], answer["file"]), ("module", "absent.py"))
        # A module of Python's own is not the learner's.
        self.assertEqual(self.ask("", name="statistics.mean")["problem"], "missing")

    def test_the_learner_cannot_import_the_harness(self) -> None:
        answer = self.ask("import mlpath_check\ndef f(x): return x", 1)
        self.assertEqual(answer["type"], "ModuleNotFoundError")


class Verdicts(Scene):
    def test_pass_carries_facts(self) -> None:
        verdict = self.judge("def f(x): return x", "check.fact('n', check.call('work.f', 4))")
        self.assertEqual((verdict["verdict"], verdict["facts"]), ("pass", {"n": 4.0}))
        keys = {
            "do",
            "verdict",
            "message",
            "expected",
            "actual",
            "because",
            "look",
            "raised",
            "facts",
        }
        self.assertEqual(set(verdict), keys)

    def test_what_is_missing_is_told_with_its_signature(self) -> None:
        (self.root / "project.json").write_text(json.dumps({"calls": CALLS}), encoding="utf-8")
        verdict = self.judge("def g(x): pass", "check.call('work.f', 1)")
        self.assert_says(
            verdict, "fail", r"work\.py has no function `f`; there is `g`|no function `f`"
        )
        self.assertEqual(verdict["expected"], "in work.py: def f(x: int) -> int")
        (self.folder / "work.py").unlink()
        verdict = self.host().judge(self.root / "checks/claim.py", "claim", self.root)
        self.assert_says(verdict, "fail", r"There is no work\.py in the project folder")
        self.assert_says(self.judge("", "check.call('work.g')"), "error", "not among the `calls`")

    def test_failures_teach(self) -> None:
        cases = [
            ("def f(x):\n    raise NotImplementedError('Milestone 1')",
             r"`work\.f` is not written yet at work\.py, line 2: Milestone 1"),
            ("def f(x):\n    return 1 / x",
             r"`f\(0\)` raised ZeroDivisionError at work\.py, line 2"),
            ("def f(): return 1", r"`work\.f` cannot be called as `f\(0\)`: f\(\) takes 0"),
            ("def f(x)\n    pass", r"^work\.py, line 1 is not valid Python: "),
            ("import absent_package", r"Importing work\.py raised ModuleNotFoundError at work\.py"),
            ("import os\ndef f(x): os._exit(0)", r"ended the whole Python process: exit code 0"),
            ("def f(x): return [0] * (1 << 25)", "returned more than 32 MB"),
            ("def f(x):\n    a = []\n    a.append(a)\n    return a",
             "a value that contains itself"),
            ("import os\ndef f(x): os.write(4, b'[[[\\n')", "cannot be read"),
            ("import os\ndef f(x): os.write(4, b'[' * 99999 + b'\\n')", "cannot be read"),
            ("import os\ndef f(x): os.write(4, b'{\"ok\":true,\"value\":{\"$odd\":1}}\\n')",
             "returned cannot be read"),
            ("import os\ndef f(x): os.close(4)", "ended the whole Python process"),
        ]  # fmt: skip
        for work, pattern in cases:
            with self.subTest(work=work):
                self.assert_says(self.judge(work, "check.call('work.f', 0)"), "fail", pattern)

    def test_a_command_repeats_a_short_call(self) -> None:
        verdict = self.judge("def f(x): 1 / 0", "check.call('work.f', \"don't\")")
        self.assertIn("python3 -c 'from work import f; print(f(", verdict["look"])
        verdict = self.judge("def f(x): 1 / 0", "check.call('work.f', 'two words')")
        self.assertIn(
            """python3 -c "from work import f; print(f('two words'))\"""", verdict["look"]
        )
        verdict = self.judge("def f(x): 1 / 0", "check.call('work.f', 'x' * 500)")
        self.assertEqual(verdict["look"], "")

    def test_time_is_limited(self) -> None:
        work = "def f(x):\n    print('here', flush=True)\n    while True: pass"
        verdict = self.judge(work, "check.call('work.f', 0)", seconds=0.5)
        self.assert_says(verdict, "fail", r"did not come back within [\d.]+ s$")
        self.assertIn("here", verdict["look"])

    def test_a_new_caller_after_a_crash(self) -> None:
        work = "import os\ndef f(x):\n    if x: os._exit(1)\n    return 7"
        script = """
        try:
            check.call("work.f", 1)
        except Failure:
            check.equal(check.call("work.f", 0), 7, "f(0)")
        """
        self.assertEqual(self.judge(work, script)["verdict"], "pass")

    def test_defects_of_ours_are_errors(self) -> None:
        cases = [
            ("1 / 0", "ZeroDivisionError"),
            ("raise SystemExit(0)", "SystemExit"),
            ("check.call('work.f', object())", "cannot be passed"),
            ("check.path('../secret')", "not inside"),
            ("check.path('checks/absent.txt')", "has no"),
            ("check.fact('x', float('nan'))", "nan"),
            ("check.call('work.f', Ref(9, 'x'))", "could not be tried"),
            ("check.call('work.f', Array('no such type', (1,), [1]))", "could not be tried"),
        ]
        for script, pattern in cases:
            with self.subTest(script=script):
                self.assert_says(self.judge("def f(x): return x", script), "error", pattern)
        path = self.root / "checks/claim.py"
        for script, function in ((path, "absent"), (self.root / "checks/absent.py", "claim")):
            verdict = self.host().judge(script, function, self.root)
            self.assert_says(verdict, "error", "absent")

    def test_raises(self) -> None:
        work = """
        class Odd(ValueError): pass
        def f(x):
            if x == 0: raise Odd("zero")
            if x == 1: raise NotImplementedError
            return x
        """
        script = """
        raised = check.raises("work.f", 0)
        assert raised == "Odd" and "ValueError" in raised.bases and raised.message == "zero"
        assert check.raises("work.f", 2) is None
        check.raises("work.f", 1)
        """
        self.assert_says(self.judge(work, script), "fail", "not written yet")
        self.assert_says(self.judge("", "check.raises('work.f', 1)"), "fail", "no function")

    def test_that_and_fail_fill_the_message(self) -> None:
        script = """
        check.that(True, "never")
        check.that(1 > 2, "{got} is not {expected}; {share:.1f} {unknown} {", got="x{share}",
                   expected=[1], share=0.55, because="b", look="l")
        """
        verdict = self.judge("", script)
        self.assert_says(verdict, "fail", r"^'x\{share\}' is not \[1\]; 0\.[56] \{unknown\} \{$")
        self.assertEqual((verdict["expected"], verdict["actual"]), ("[1]", "'x{share}'"))
        self.assertEqual((verdict["because"], verdict["look"]), ("b", "l"))
        verdict = self.judge(
            "def f(x): return None", "check.fail('m', got=check.call('work.f', 1))"
        )
        self.assertEqual((verdict["actual"], verdict["expected"]), ("None", ""))

    def test_the_usual_causes(self) -> None:
        verdict = self.judge(
            "def f(x): print(x)", "check.equal(check.call('work.f', 1), 1, 'f(1)')"
        )
        self.assert_says(verdict, "fail", r"^f\(1\) is None, not 1$")
        self.assertIn("return", verdict["because"])
        work = "def f(x): return map(str, x)"
        verdict = self.judge(work, "check.equal(check.call('work.f', [1]), ['1'], 'f([1])')")
        self.assertIn("list(…)", verdict["because"])

    def test_a_text_that_strict_json_refuses(self) -> None:
        verdict = self.judge("def f(x): raise ValueError('\\ud800')", "check.call('work.f', 1)")
        self.assert_says(verdict, "fail", r"\\ud800$")

    def test_lay_path_and_helpers(self) -> None:
        (self.root / "checks/helper.py").write_text("ANSWER = 'laid'\n", encoding="utf-8")
        # A helper named like a module of Python's own must not shadow it.
        (self.root / "checks/statistics.py").write_text("mean = None\n", encoding="utf-8")
        script = """
        import statistics
        from helper import ANSWER
        assert statistics.mean([1, 3]) == 2
        check.lay("words.txt", ANSWER)
        check.equal(check.call("work.f", "words.txt"), ANSWER, "f")
        assert "ANSWER" in check.path("checks/helper.py").read_text()
        """
        verdict = self.judge("def f(x): return open(x).read()", script)
        self.assertEqual(verdict["verdict"], "pass", verdict)


class Differences(unittest.TestCase):
    def test_table(self) -> None:
        nan = math.nan
        cases = [
            (1, 1.0, None), (True, 1, "True"), (nan, nan, None), (1, 2, "1, not 2"),
            ([1, 2], [1, 3], r"\[1\].*2, not 3"), ([1], [1, 2], "2 is missing"),
            ([1, 2], [1], "2 is too many"), ((1,), [1], "tuple, not list"),
            ({"a": 1}, {"a": 1}, None), ({"a": 1}, {"b": 1}, "key 'b' is missing"),
            ({"a": 1, "b": 2}, {"a": 1}, "key 'b' does not belong"),
            ({"a": [1, "x"]}, {"a": [1, "y"]}, r"\['a'\]\[1\].*'x', not 'y'"),
            (Array("int64", (2,), [1, 2]), [1, 2], None), ({1, 2}, {2, 1}, None),
            (Frame(["a"], [[1]]), Frame(["a"], [[2]]), r"\.rows\[0\]\[0\]"),
            (None, 5, "None"), (Ref(0, "builtins.map"), [1], "of type map"), (10**400, 1.0, "bits"),
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


class House(unittest.TestCase):
    def test_the_oldest_python_that_we_promise_can_read_it(self) -> None:
        import ast

        for path in HARNESS.glob("*.py"):
            ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))
        self.assertTrue(Path(PYTHON).exists())


if __name__ == "__main__":
    unittest.main()
