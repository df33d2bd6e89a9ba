"""`quiz`, `review`, `kata`, `interview` and `assess`, asked by a person and by a program."""

from __future__ import annotations

import json
import unittest
from pathlib import Path
from typing import Any

from mlpath_cli import CliTest
from watched import Terminal

LIBRARY = Path(__file__).resolve().parents[2]
SOFTMAX = """import numpy as np


def softmax(scores):
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()
"""
NAIVE = SOFTMAX.replace(" - scores.max()", "")


def bank(quiz: str) -> dict[str, Any]:
    text = (LIBRARY / "curricula/quizzes" / f"{quiz}.json").read_text(encoding="utf-8")
    return json.loads(text)


def right_answer(served: dict[str, Any]) -> str:
    """By the author's file; letters by the texts as they were served."""
    (question,) = (q for q in bank(served["quiz"])["questions"] if q["id"] == served["question"])
    kind = question["kind"]
    if kind in ("choice", "choices"):
        right = {option["text"] for option in question["options"] if option.get("right")}
        return " ".join(o["key"] for o in served["options"] if o["text"] in right)
    if kind == "order":
        keys = {step["text"]: step["key"] for step in served["steps"]}
        return " ".join(keys[step] for step in question["steps"])
    if kind == "text":
        return question["accept"][0]
    return str(question["line"] if kind == "bug" else question["answer"])


class QuizTest(CliTest):
    def setUp(self) -> None:
        super().setUp()
        self.assertEqual(self.run_cli("init").code, 0)

    def events(self) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = []
        for path in (self.folder / ".mlpath/progress").glob("*.jsonl"):
            lines += [json.loads(line) for line in path.read_text().splitlines()]
        return [line for line in lines if line["type"] in ("answered", "quizzed")]

    def served(self, *words: str) -> dict[str, Any]:
        outcome = self.run_cli(*words, "--json")
        self.assertEqual(outcome.code, 0, outcome.err)
        return outcome.json()

    def answers(self, sheet: dict[str, Any], wrong: int = 0) -> dict[str, Any]:
        """All right but for the first few, which say `?`."""
        return {
            "seed": sheet["seed"],
            "answers": [
                {
                    "quiz": served["quiz"],
                    "question": served["question"],
                    "answer": "?" if i < wrong else right_answer(served),
                }
                for i, served in enumerate(sheet["questions"])
            ],
        }

    def take(self, answers: object, *words: str) -> Any:
        return self.run_cli(*words, "--json", "--answers", "-", stdin=json.dumps(answers))


class Quiz(QuizTest):
    def test_a_program_asks_and_a_pass_marks_the_topic(self) -> None:
        for topic, wrong, code in [("numpy", 2, 1), ("numpy", 1, 0), ("sql", 0, 0)]:
            with self.subTest(topic=topic, wrong=wrong):
                sheet = self.served("quiz", topic)
                text = json.dumps(sheet["questions"])
                for key in ("misconception", "explain", '"right"', "tolerance", "accept"):
                    self.assertNotIn(key, text)
                outcome = self.take(self.answers(sheet, wrong), "quiz", topic)
                self.assertEqual(outcome.code, code, outcome.out + outcome.err)
                told = outcome.json()
                self.assertEqual(told["passed"], code == 0)
                self.assertEqual(told["asked"] - told["right"], wrong)
                self.assertTrue(told["recorded"])
                self.assertTrue(all(answer["explain"] for answer in told["answers"]))
        verdicts = [e["verdict"] for e in self.events() if e["type"] == "quizzed"]
        self.assertEqual(verdicts, ["fail", "pass", "pass"])
        stages = self.run_cli("status", "--json").json()["curricula"][0]["stages"]
        topics = {topic["id"]: topic for stage in stages for topic in stage["topic_list"]}
        self.assertIsNotNone(topics["numpy"]["passed"])
        self.assertIsNone(topics["numpy"]["said"])
        self.assertIsNone(topics["pandas"]["passed"])
        self.assertEqual(self.run_cli("done", "pandas").code, 0)
        self.assertRegex(self.run_cli("status").out, r"2 of \d+ topics \(1 by quiz, 1 said\)")

    def test_the_same_seed_serves_the_same(self) -> None:
        first = self.served("quiz", "statistics", "--seed", "5")
        self.assertEqual(first, self.served("quiz", "statistics", "--seed", "5"))
        self.assertNotEqual(first, self.served("quiz", "statistics", "--seed", "6"))

    def test_what_a_program_sends_wrongly_leaves_nothing_behind(self) -> None:
        sheet = self.served("quiz", "numpy")
        good = self.answers(sheet)

        def changed(**parts: object) -> dict[str, Any]:
            return {**good, **parts}

        def one(**parts: object) -> dict[str, Any]:
            first = {**good["answers"][0], **parts}
            return changed(answers=[first, *good["answers"][1:]])

        cases: list[tuple[str, object, str]] = [
            ("no object", [], "seed"),
            ("no seed", {"answers": good["answers"]}, "seed"),
            ("no answers", changed(answers=[]), "answers"),
            ("too few", changed(answers=good["answers"][:2]), "5 questions"),
            ("twice", changed(answers=[*good["answers"], good["answers"][0]]), "twice"),
            ("another quiz", one(quiz="pandas"), "not a question of `numpy`"),
            ("two lines", one(answer="a\nb"), "cannot be read"),
            ("no such question", one(question="nope"), "nope"),
            ("no such option", one(answer="z"), "cannot be read"),
            ("an object", one(answer={}), "answer"),
            ("escapes", one(question="\x1b[31m"), "\\x1b"),
        ]
        for name, answers, said in cases:
            with self.subTest(name):
                outcome = self.take(answers, "quiz", "numpy")
                self.assertEqual(outcome.code, 2, outcome.out)
                self.assertIn(said, outcome.out + outcome.err)
                self.assertNotIn("\x1b", outcome.out + outcome.err)
        mixed = self.answers(self.served("quiz", "pandas"))["answers"]
        together = self.take(changed(answers=[*good["answers"][:4], mixed[0]]), "quiz")
        self.assertEqual(together.code, 2)
        self.assertIn("came together", together.out)
        broken = self.run_cli("quiz", "numpy", "--json", "--answers", "-", stdin="{")
        self.assertEqual(broken.code, 2)
        self.assertEqual(self.events(), [])

    def test_who_does_not_know_is_given_the_answer_and_not_told_a_mistake(self) -> None:
        shown = self.run_cli("quiz", "numpy", stdin="?\n" * 5).out
        self.assertEqual(shown.count("Here is the answer.\n"), 5)
        self.assertNotIn("Not quite", shown)

    def test_garbage_is_asked_again_and_the_end_of_input_keeps_what_was_answered(self) -> None:
        sheet = self.served("quiz", "numpy", "--seed", "1")
        first = right_answer(sheet["questions"][0])
        typed = f"\n\x1b[31m\n9\n{first}\n?\n"
        outcome = self.run_cli("quiz", "numpy", "--seed", "1", stdin=typed)
        self.assertEqual(outcome.code, 1)
        self.assertIn("The answer is one letter", outcome.out)
        self.assertIn("Right.", outcome.out)
        self.assertIn("ended early: 2 of 5", outcome.out)
        self.assert_calm(outcome.out)
        verdicts = [event["verdict"] for event in self.events()]
        self.assertEqual(verdicts, ["pass", "fail"])
        nothing = self.run_cli("quiz", "numpy", stdin="")
        self.assertEqual(nothing.code, 1)
        self.assertIn("0 of 5", nothing.out)

    def test_a_person_on_a_terminal_and_ctrl_c(self) -> None:
        terminal = Terminal([*self.binary(), "quiz", "numpy"], self.folder, self.environment())
        terminal.until(lambda: "Your answer" in terminal.text(), "the first question")
        terminal.type("?\n")
        terminal.until(lambda: terminal.text().count("Your answer") == 2, "the second question")
        terminal.type("\x03")
        self.assertEqual(terminal.process.wait(timeout=60), 130)
        self.assertEqual([event["verdict"] for event in self.events()], ["fail"])

    @staticmethod
    def binary() -> list[str]:
        from mlpath_cli import BINARY

        return [str(BINARY)]

    def test_which_quiz(self) -> None:
        self.assert_usage(self.run_cli("quiz", "nunpy"), "nunpy", "numpy")
        self.assert_usage(self.run_cli("quiz", "titanic"), "is a project", "mlpath check titanic")
        self.assert_usage(self.run_cli("quiz", "numpy", "--answers", "x.json"), "--json")
        picked = self.served("quiz")
        self.assertEqual(picked["quiz"], "python-first-pages")
        outside = self.root / "outside"
        outside.mkdir()
        self.assert_usage(self.run_cli("quiz", cwd=outside), "which topic")
        taken = self.run_cli("quiz", "numpy", cwd=outside, stdin="?\n" * 5)
        self.assertEqual(taken.code, 1, taken.err)
        self.assertIn("not remembered", taken.err)

    def test_code_cannot_pass_by_naming_the_result_and_is_kept_in_the_sandbox(self) -> None:
        sheet = self.served("quiz", "numpy", "--seed", "2")
        lines = {
            "[[-1.0, -10.0], [1.0, 10.0]]": "other data",
            "table - table.mean()": "",
            "__import__('os').system('touch /tmp/mlpath-was-here') or 1": "",
            "open('/etc/passwd', 'w')": "",
            "(": "",
            "__import__('sys').exit(0)": "",
            "[0] * 10**12": "",
        }
        for line, said in lines.items():
            with self.subTest(line):
                answers = self.answers(sheet)
                for answer in answers["answers"]:
                    if answer["question"] == "shift-to-zero-mean":
                        answer["answer"] = line
                told = self.take(answers, "quiz", "numpy").json()
                (code,) = (a for a in told["answers"] if a["question"] == "shift-to-zero-mean")
                self.assertFalse(code["right"])
                self.assertIn(said, code["found"])
        self.assertFalse(Path("/tmp/mlpath-was-here").exists())


class Review(QuizTest):
    def test_what_was_wrong_comes_back_the_next_day(self) -> None:
        before = self.run_cli("review")
        self.assertEqual(before.code, 0)
        self.assertIn("Nothing is due", before.out)
        sheet = self.served("quiz", "numpy")
        self.take(self.answers(sheet, 5), "quiz", "numpy")
        self.assertIn("comes back tomorrow", self.run_cli("review").out)
        # Yesterday is made by hand: the journal holds plain lines.
        for path in (self.folder / ".mlpath/progress").glob("*.jsonl"):
            path.write_text(path.read_text().replace('"at":"20', '"at":"19'))
        due = self.served("review", "--most", "3")
        self.assertEqual((due["due"], len(due["questions"])), (5, 3))
        self.assertIn("mlpath review", self.run_cli("next").out)
        outcome = self.take(self.answers(due), "review")
        self.assertEqual(outcome.code, 0, outcome.err)
        self.assertEqual(self.served("review")["due"], 2)
        self.assertNotIn("mlpath review", self.run_cli("next").out)


class Kata(QuizTest):
    def test_typed_filed_and_served(self) -> None:
        body = (
            NAIVE.split("\n", 4)[4].rstrip() + "\n\n" + SOFTMAX.split("\n", 4)[4].rstrip() + "\n\n"
        )
        typed = self.run_cli("kata", "numpy/softmax", stdin=body)
        self.assertEqual(typed.code, 0, typed.out + typed.err)
        self.assertIn("there is nan, not 0.5", typed.out)
        self.assertIn("Right.", typed.out)
        for text, code in [(SOFTMAX, 0), (NAIVE, 1), ("", 1), ("def softmax(:\n", 1)]:
            with self.subTest(text):
                (self.folder / "answer.py").write_text(text)
                words = ("kata", "numpy/softmax", "--file", "answer.py")
                self.assertEqual(self.run_cli(*words).code, code)
                told = self.run_cli(*words, "--json")
                self.assertEqual((told.code, told.json()["right"]), (code, code == 0))
        served = self.served("kata", "numpy")
        self.assertEqual(served["kata"], "numpy/softmax")
        self.assertNotIn("powers", json.dumps(served))

    def test_a_pasted_function_may_have_empty_lines(self) -> None:
        body = SOFTMAX.split("\n", 4)[4].rstrip().split("\n")
        pasted = "\n".join([body[0], "", *body[1:]]) + "\n\n"
        told = self.run_pty("kata", "numpy/softmax", pasted=("empty line ends it", pasted))
        self.assertIn("Right.", told.out)

    def test_too_much_is_told(self) -> None:
        outcome = self.run_cli("kata", "numpy/softmax", "--file", "-", stdin="# much\n" * 50_000)
        self.assert_usage(outcome, "256 kB")
        outcome = self.run_cli("review", "--json", "--answers", "-", stdin=" \n" * 600_000)
        self.assertEqual(outcome.code, 2)
        self.assertIn("1 MB", outcome.json()["error"]["message"])

    def test_giving_up_shows_ours(self) -> None:
        outcome = self.run_cli("kata", "numpy/softmax", stdin="\n")
        self.assertEqual(outcome.code, 1)
        self.assertIn("scores - scores.max()", outcome.out)
        self.assertIn("ended early", self.run_cli("kata", "numpy/softmax", stdin="").out)
        self.assert_usage(self.run_cli("kata", "numpy/sofmax"), "sofmax")
        self.assert_usage(self.run_cli("kata", "--file", "x.py"), "which kata")


class Interview(QuizTest):
    def test_it_leans_on_what_was_verified(self) -> None:
        general = self.served("interview", "--questions", "40")
        self.assertNotIn("leans_on", general)
        about = {
            question["id"]
            for question in bank("interview-machine-learning")["questions"]
            if question.get("projects")
        }
        self.assertFalse(about & {question["question"] for question in general["questions"]})
        journal = next((self.folder / ".mlpath/progress").glob("*.jsonl"), None)
        path = journal or self.folder / ".mlpath/progress" / ("0" * 32 + ".jsonl")
        path.parent.mkdir(exist_ok=True, parents=True)
        event = {
            "format": 1,
            "id": "a" * 32,
            "at": "2026-11-20T10:00:00Z",
            "type": "checked",
            "project": "iris",
            "milestone": "load",
            "version": 1,
            "verdict": "pass",
        }
        with path.open("a") as file:
            file.write(json.dumps(event, separators=(",", ":")) + "\n")
        sheet = self.served("interview")
        self.assertEqual(sheet["leans_on"], ["iris"])
        self.assertTrue(about & {question["question"] for question in sheet["questions"]})
        self.assertEqual(self.take(self.answers(sheet), "interview").json()["right"], 5)


class Assess(QuizTest):
    def typed(self, questions: list[dict[str, Any]]) -> str:
        text = ""
        for question in questions:
            if question["kind"] == "choice":  # its own text is as good as its letter
                (answer,) = (o["text"] for o in question["options"] if o.get("right"))
            else:
                self.assertIn(question["kind"], ("number", "output", "bug", "code"))
                answer = question["line"] if question["kind"] == "bug" else question["answer"]
            text += f"{answer}\n"
        return text

    def test_a_topic_ends_where_it_is_decided(self) -> None:
        gaps = self.run_cli("assess", stdin="?\n" * 40)
        self.assertEqual(gaps.code, 0)
        self.assertIn("No topic is marked", gaps.out)
        self.assertEqual([e for e in self.events() if e["type"] == "quizzed"], [])
        # Two wrong answers decide a topic, and three topics end it; nothing is asked twice.
        asked = [(e["quiz"], e["question"]) for e in self.events() if e["type"] == "answered"]
        self.assertEqual((len(asked), len(set(asked)), len({quiz for quiz, _ in asked})), (6, 6, 3))
        self.assertRegex(gaps.out, r"0 of 2 +to learn: mlpath show python-first-pages")

    def test_four_right_answers_mark_a_topic(self) -> None:
        typed = self.typed(bank("python-basics")["questions"][-5:])
        outcome = self.run_cli("assess", "python-basics", "--seed", "4", stdin=typed)
        self.assertRegex(outcome.out, r"4 of 4 +tested out")
        self.assertIn("1 topic is marked as learned", outcome.out)
        quizzed = [e["quiz"] for e in self.events() if e["type"] == "quizzed"]
        self.assertEqual(quizzed, ["python-basics"])

    def test_it_follows_the_stage_and_another_program_may_ask(self) -> None:
        served = self.served("assess")
        self.assertEqual(served["topics"][0], "python-first-pages")
        self.assertNotIn("transfer-learning", served["topics"])  # of Level 7
        self.assertEqual(len(served["questions"]), 5)
        outcome = self.take(self.answers(served), "assess")
        self.assertEqual((outcome.code, outcome.json()["passed"]), (0, True), outcome.err)
        self.assertNotIn("python-first-pages", self.served("assess")["topics"])


if __name__ == "__main__":
    unittest.main()
