"""Does pipeline.py keep its promises?"""

from __future__ import annotations

import pandas as pd
import pipeline
from testkit import expect_close, expect_equal, fixture


@fixture(scope="file")
def table() -> pd.DataFrame:
    return pipeline.read("customers.csv")


@fixture(scope="file")
def report(table: pd.DataFrame) -> pipeline.Report:
    return pipeline.evaluate(table, seed=3)


def test_each_row_is_in_one_part(table: pd.DataFrame) -> None:
    train, test = pipeline.split(table, seed=1)
    expect_equal(sorted([*train["customer"], *test["customer"]]), sorted(table["customer"]))


def test_features_are_the_columns_as_they_are(table: pd.DataFrame) -> None:
    expect_equal(pipeline.features(table), table[["visits", "minutes", "complaints"]])


def test_the_scaler_has_seen_the_training_rows_alone(report: pipeline.Report) -> None:
    known = report.train[["visits", "minutes", "complaints"]]
    expect_close(report.model["scale"].mean_, known.fillna(known.median()).mean(), 1e-6)


def test_the_model_has_learned_something(report: pipeline.Report) -> None:
    gain = report.accuracy - report.baseline
    assert gain > 0.15, f"only {gain:.2f} better than the baseline"


def test_a_prediction_has_the_index_of_its_row(report: pipeline.Report) -> None:
    answers = pipeline.predict(report.model, report.test)
    expect_equal(answers.index, report.test.index)


def test_the_accuracy_is_that_of_the_test_rows(report: pipeline.Report) -> None:
    answers = report.model.predict(pipeline.features(report.test))
    expect_close(report.accuracy, (answers == report.test["cancels"]).mean())
