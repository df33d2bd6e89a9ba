"""Is customers.csv what the pipeline was made for?"""

from __future__ import annotations

import pandas as pd
from testkit import expect_equal, fixture

COLUMNS = ["customer", "plan", "visits", "minutes", "complaints", "cancels"]


@fixture(scope="file")
def customers() -> pd.DataFrame:
    return pd.read_csv("customers.csv")


def test_the_columns_are_those_that_we_know(customers: pd.DataFrame) -> None:
    expect_equal(list(customers.columns), COLUMNS)


def test_each_customer_stands_there_once(customers: pd.DataFrame) -> None:
    twice = customers.loc[customers["customer"].duplicated(), "customer"]
    expect_equal(twice.tolist(), [])


def test_a_plan_is_one_of_three(customers: pd.DataFrame) -> None:
    expect_equal(set(customers["plan"]) - {"basic", "plus", "pro"}, set())


def test_numbers_are_in_their_range(customers: pd.DataFrame) -> None:
    for column, most in (("visits", 31), ("minutes", 1000), ("complaints", 20)):
        known = customers[column].dropna()
        outside = known[~pd.to_numeric(known, errors="coerce").between(0, most)]
        expect_equal(outside.tolist(), [])


def test_only_minutes_have_gaps(customers: pd.DataFrame) -> None:
    gaps = customers.drop(columns="minutes").isna().sum()
    expect_equal(gaps[gaps > 0].to_dict(), {})


def test_few_minutes_are_missing(customers: pd.DataFrame) -> None:
    missing = customers["minutes"].isna().mean()
    assert missing <= 0.1, f"{missing:.0%} of the minutes are missing"


def test_the_target_is_0_or_1(customers: pd.DataFrame) -> None:
    expect_equal(set(customers["cancels"]), {0, 1})
