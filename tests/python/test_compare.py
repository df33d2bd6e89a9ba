"""Values of the wrong kind and what they come from, lists in any order, and known mistakes."""

from __future__ import annotations

import importlib.util
import json
import unittest

from scene import Scene  # puts the harness on the path

# isort: split
from mlpath_compare import difference_in_items, same
from mlpath_values import Array, Frame

PANDAS = importlib.util.find_spec("pandas") is not None

# What the function returns, how it is asked for, and what is told; "" passes.
KINDS = [
    ("{'a': 1}", "as_dict", "", ""),
    ("__import__('collections').Counter('ab')", "as_dict", "", ""),
    ("[('a', 1)]", "as_dict", r"`f\(1\)` must return a dict; it returned \[\('a', 1\)\]",
     r"These are pairs; `dict\(…\)`"),
    ("{'a': 1}.items()", "as_dict", "an object of type dict_items", r"holds pairs; `dict\(…\)`"),
    ("None", "as_dict", "it returned None", "without a `return`"),
    ("[1]", "as_list", "", ""),
    ("(1,)", "as_list", "", ""),
    ("map(str, [1])", "as_list", "must return a list; it returned an object of type map",
     r"A map makes its items only when asked; wrap it: `list\(…\)`"),
    ("(i for i in [1])", "as_list", "generator", "A generator makes its items only when asked"),
    ("__import__('itertools').chain([1])", "as_list", "chain", "A chain makes its items only"),
    ("reversed([1])", "as_list", "", r"A list_reverseiterator makes its items only when asked"),
    ("range(3)", "as_list", "range", r"A range looks like a list but is not one; wrap it"),
    ("{'a': 1}.keys()", "as_list", "dict_keys", r"A dict_keys looks like a list"),
    ("{1, 2}", "as_list", "", "A set keeps neither the order nor repeated items"),
    ("'text'", "as_list", "it returned 'text'", "^$"),
    ("str.upper", "as_list", "", "the function itself"),
    ("len", "as_list", "", "the function itself, .* the parentheses are missing"),
    ("f", "as_number", "", "the function itself"),
    ("dict", "as_dict", "", "the class itself"),
    ("[1, 2]", "as_list#3", r"`f\(1\)` must return 3 items; it returned 2 items", "^$"),
    ("[]", "as_list#1", r"must return 1 item; it returned no items", "^$"),
    ("1", "as_number", "", ""),
    ("0.5", "as_number", "", ""),
    ("True", "as_number", "must return a number; it returned True", "^$"),
    ("'0.5'", "as_number", "it returned '0.5'", "The number came as text"),
    ("'half'", "as_number", "it returned 'half'", "^$"),
    ("(1,)", "as_number", r"it returned \(1,\)", "A comma after the value"),
    ("[1]", "as_number", "", r"inside a list or an array; `\[0\]`"),
    ("__import__('decimal').Decimal(1)", "as_number", "", r"`float\(…\)` makes a plain number"),
]  # fmt: skip

OF_PANDAS = [
    ("pd.Series({'a': 1})", "as_dict", r"must return a dict; it returned array\(\[1\]",
     r"A pandas Series looks like a dict but is not one until `\.to_dict\(\)` is called"),
    ("pd.DataFrame({'a': [1]})", "as_dict", "frame of 1 rows", "choose one column"),
    ("pd.Series([1])", "as_list", "", ""),
    ("pd.DataFrame({'a': [1]})", "as_list", "", r"`\.values\.tolist\(\)`"),
    ("np.arange(3)", "as_list#3", "", ""),
    ("np.float32(0.5)", "as_number", "", ""),
    ("np.int64(3)", "as_number", "", ""),
    ("np.array(3.5)", "as_number", "", ""),
    ("np.bool_(True)", "as_number", "it returned True", "^$"),
    ("np.array([3.5])", "as_number", "", "inside a list or an array"),
    ("pd.Series([1]).mean", "as_number", "", "the parentheses are missing"),
    ("pd.DataFrame({'a': [1]})", "as_frame", "", ""),
    ("pd.Series([1])", "as_frame", "must return a pandas DataFrame", "One column alone is"),
]  # fmt: skip


class Kinds(Scene):
    def told(self, value: str, how: str) -> dict[str, str]:
        method, _, length = how.partition("#")
        imports = "import numpy as np, pandas as pd\n" if "np." in value or "pd." in value else ""
        script = f"check.{method}(check.call('work.f', 1), '`f(1)`'{', ' * bool(length)}{length})"
        return self.judge(f"{imports}def f(x): return {value}", script)

    def test_a_kind_is_what_it_is_and_the_cause_is_told(self) -> None:
        for value, how, message, because in KINDS + (OF_PANDAS if PANDAS else []):
            verdict = self.told(value, how)
            with self.subTest(value=value, how=how):
                if not message and not because:
                    self.assertEqual(verdict["verdict"], "pass", verdict)
                    continue
                self.assert_says(verdict, "fail", message or "must return a")
                self.assertRegex(verdict["because"], because)

    def test_the_kind_is_given_back(self) -> None:
        work = "def f(x): return (1, (2, 3))"
        script = "assert check.as_list(check.call('work.f', 1), 'f') == [1, (2, 3)]"
        self.assertEqual(self.judge(work, script)["verdict"], "pass")

    def test_the_cause_is_told_where_the_value_is_wrong_inside(self) -> None:
        work = "def f(x): return {'a': map(str, [1])}"
        verdict = self.judge(work, "check.equal(check.call('work.f', 1), {'a': ['1']}, 'f(1)')")
        self.assert_says(verdict, "fail", r"^f\(1\) is wrong: at \['a'\], there is a `map`, not a")
        self.assertIn("`list(…)`", verdict["because"])


class AnyOrder(Scene):
    def test_items_in_any_order(self) -> None:
        cases = [
            ([1, 2, 3], [3, 1, 2], None),
            ([], [], None),
            ([0.1 + 0.2, 1], [1, 0.3], None),
            ([[1], {"a": 2}], [{"a": 2}, [1]], None),
            ([1, 1], [1, 2], "1 comes too often"),
            ([1, 5], [1, 2], "5 does not belong"),
            ([1], [1, 2], "2 is missing"),
            ([1, True], [1, 1], "True does not belong"),
            (list(range(100_000)), [0, 1], "2 does not belong"),
        ]
        for got, expected, says in cases:
            with self.subTest(got=got[:3]):
                found = difference_in_items(got, expected, 1e-9)
                self.assertEqual(found and found.says, says)

    def test_a_check_in_any_order(self) -> None:
        script = "check.same_items(check.call('work.f', 1), ['a', 'b'], '`f(1)`')"
        self.assertEqual(self.judge("def f(x): return 'b', 'a'", script)["verdict"], "pass")
        verdict = self.judge("def f(x): return ['b', 'c']", script)
        self.assert_says(verdict, "fail", r"^`f\(1\)` is wrong: 'c' does not belong$")
        self.assertEqual((verdict["actual"], verdict["expected"]), ("['b', 'c']", "['a', 'b']"))
        verdict = self.judge("def f(x): return (c for c in 'ab')", script)
        self.assertIn("`list(…)`", verdict["because"])

    def test_missing_cells_are_alike_in_a_frame_alone(self) -> None:
        nan = float("nan")
        frame = Frame(["a"], [[None], [nan], [1]])
        self.assertTrue(same(frame, Frame(["a"], [[nan], [None], [1]])))
        self.assertEqual(frame.column("a"), [None, None, 1])
        two = Frame(["a", "b"], [[nan, 1], ["x", 2]])
        self.assertEqual(two.records(), [{"a": None, "b": 1}, {"a": "x", "b": 2}])
        self.assertEqual(two.without("a", "c"), Frame(["b"], [[1], [2]]))
        self.assertFalse(same([None], [nan]))
        self.assertTrue(same(Array("float64", (), 3.0), 3))
        self.assertFalse(same(Array("float64", (1,), [3.0]), 3))


DOUBLED = """
calls = [("two words",), ("a",), ("",)]
mistakes = [
    Mistake(lambda text: text, "nothing is doubled: {got}", "The text came back."),
    Mistake(lambda text: [text, text], "{call} gives a list", "Two texts in a list.", "Add them."),
    Mistake(IndexError, "{call} takes the first letter of an empty text", "There is none."),
    Mistake(lambda text: 1 // 0, "never", "never"),
    Mistake(lambda text: text * 4, "", "Doubled twice."),
    Mistake.where(lambda got, right: got[::-1] == right[::-1].upper(), "shouted", "Loud."),
]
check.compare("work.f", calls, lambda text: text * 2, mistakes)
"""


class Comparisons(Scene):
    def test_a_mistake_is_told_where_it_explains_every_answer(self) -> None:
        cases = [
            ("x * 2", "pass", "^$", "^$", ""),
            ("x", "fail", "^nothing is doubled: 'a'$", "The text came back.", "print(f('a'))"),
            # Only some answers are as the mistake would have them.
            ("x if x == 'a' else x * 3", "fail",
             r"^`f\('a'\)` returned 'a', not 'aa'$",
             "^$", "print(f('a'))"),
            ("[x, x]", "fail", r"^f\('a'\) gives a list$", "Two texts", "Add them."),
            ("x[0] and x * 2", "fail", r"^f\(''\) takes the first letter", "There is none.", ""),
            # The smallest call that raises, and nothing that we know.
            ("{'a': x}[x] * 2", "fail", r"^`f\(''\)` raised KeyError", "^$", "print(f(''))"),
            # An empty result says little, unless nothing else is wrong.
            ("x * 2 or [x]", "fail", r"^`f\(''\)` returned \[''\], a list, not a str$", "^$", ""),
            ("x * 4", "fail", r"^`f\('a'\)` returned 'aaaa', not 'aa'$", "Doubled twice", "f('a')"),
            ("(x * 2).upper()", "fail", "^shouted$", "^Loud", ""),
            ("x.absent", "fail", r"raised AttributeError", "^$", ""),
            ("map(str, x)", "fail", r"^`f\('a'\)` returned a `map`, not a str$", "^$", ""),
        ]  # fmt: skip
        for body, kind, message, because, look in cases:
            verdict = self.judge(f"def f(x): return {body}", DOUBLED)
            with self.subTest(body=body):
                self.assert_says(verdict, kind, message)
                self.assertRegex(verdict["because"], because)
                self.assertIn(look, verdict["look"])

    def test_mistakes_key_by_key(self) -> None:
        script = """
        mistakes = {
            "n": [Mistake(lambda text: text.count(" "), "the blanks are counted: {got}", "b")],
            "mean": [Mistake(lambda text: 0, "", "Never divided.")],
        }
        check.compare("work.f", [("a b",), ("a",)], lambda text: {"n": 2, "mean": 0.5}, mistakes)
        """
        cases = [
            ("{'n': 2, 'mean': 0.5}", "pass", "^$", "^$"),
            ("{'mean': 9, 'n': x.count(' ')}", "fail", "^the blanks are counted: 0$", "b"),
            ("{'n': 2, 'mean': 0}", "fail", r"""^`f\('a'\)\['mean'\]` is 0, not 0\.5$""", "Never"),
            ("{'n': 2, 'mean': 7}", "fail", r"""^`f\('a'\)\['mean'\]` is 7, not 0\.5$""", "^$"),
            ("{'n': 2}", "fail", "the key 'mean' is missing", "^$"),
            ("{'n': 2, 'mean': 0.5, 'x': 0}", "fail", "the key 'x' does not belong", "^$"),
            ("[2]", "fail", r"returned \[2\], a list, not a dict", "^$"),
            ("None", "fail", "returned None", "without a `return`"),
            ("1 / 0", "fail", r"^`f\('a'\)` raised ZeroDivisionError", "^$"),
        ]
        for body, kind, message, because in cases:
            verdict = self.judge(f"def f(x): return {body}", script)
            with self.subTest(body=body):
                self.assert_says(verdict, kind, message)
                self.assertRegex(verdict["because"], because)

    def test_what_is_large_is_called_by_the_name_of_its_parameter(self) -> None:
        calls = [{"name": "work.f", "signature": "f(rows: list[int], k: int) -> int", "says": "…"}]
        (self.root / "project.json").write_text(json.dumps({"calls": calls}), encoding="utf-8")
        script = "check.compare('work.f', [(list(range(500)), 3)], lambda rows, k: k)"
        verdict = self.judge("def f(rows, k): return 1", script)
        self.assert_says(verdict, "fail", r"^`f\(rows, 3\)` returned 1, not 3$")
        self.assertEqual(verdict["look"], "")
        verdict = self.judge("def f(rows, k): 1 / 0", script)
        self.assert_says(verdict, "fail", r"^`f\(rows, 3\)` raised ZeroDivisionError")
        script = "check.compare('work.f', [([1], 3)], lambda rows, k: k)"
        self.assert_says(self.judge("def f(rows, k): return 1", script), "fail", r"^`f\(\[1\], 3\)")

    def test_a_signature_may_begin_with_the_name(self) -> None:
        calls = [{"signature": "work.f(rows: list[int]) -> int", "says": "…"}]
        (self.root / "project.json").write_text(json.dumps({"calls": calls}), encoding="utf-8")
        script = "check.compare('work.f', [list(range(500))], len)"
        verdict = self.judge("def f(rows): return 1", script)
        self.assert_says(verdict, "fail", r"^`f\(rows\)` returned 1")
        verdict = self.judge("", script)
        self.assertIn("def f(rows: list[int]) -> int", verdict["expected"])
        self.assert_says(self.judge("", "check.call('work.g')"), "error", "work.g is not among")

    def test_a_call_is_a_tuple_or_the_one_argument(self) -> None:
        script = "check.compare('work.f', ['ab', [1], ('abc',), (), ([],)], len)"
        self.assert_says(self.judge("f = len", script.replace("(), ", "")), "pass", "^$")
        self.assert_says(self.judge("f = len", script), "error", "len")
        script = "check.compare('work.f', ['ab'], len)"
        verdict = self.judge("def f(x): return 1", script)
        self.assert_says(verdict, "fail", r"^`f\('ab'\)` returned 1")

    def test_a_table_of_the_template(self) -> None:
        (self.root / "checks/few.csv").write_text(
            'a,b,c\n1,"x, y",\n-2.5,1_0,nan\n1e3,,007a\n', encoding="utf-8"
        )
        script = "check.equal(check.table('checks/few.csv').rows, {}, 'it')"
        rows = [[1, "x, y", None], [-2.5, "1_0", "nan"], [1000.0, None, "007a"]]
        self.assertEqual(self.judge("", script.format(rows))["verdict"], "pass")
        (self.root / "checks/few.csv").write_text("a,b\n1\n", encoding="utf-8")
        self.assert_says(self.judge("", script.format(rows)), "error", "longer or shorter than its")
        script = "check.table('checks/none.csv')"
        self.assert_says(self.judge("", script), "error", "the template has no checks/none.csv")

    def test_a_defect_of_a_mistake_is_an_error(self) -> None:
        script = "check.compare('work.f', [(1,)], abs, [Mistake(lambda x: nothing, 'm', 'b')])"
        self.assert_says(self.judge("def f(x): return 2", script), "error", "NameError")
        self.assertEqual(self.judge("def f(x): return 1", script)["verdict"], "pass")

    def test_what_is_not_written_yet_is_told_before_any_mistake(self) -> None:
        work = "def f(x): raise NotImplementedError"
        self.assert_says(self.judge(work, DOUBLED), "fail", "is not written yet")
        self.assert_says(self.judge("x = 1\n", DOUBLED), "fail", "has no function `f`")


if __name__ == "__main__":
    unittest.main()
