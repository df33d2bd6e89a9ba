"""Predicts which customers cancel, written by somebody else."""

from __future__ import annotations

from collections import namedtuple

import numpy as np
import pandas as pd
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

TARGET = "cancels"
FEATURES = ["visits", "minutes", "complaints"]
Report = namedtuple("Report", "train test model accuracy baseline")


def read(path):
    return pd.read_csv(path)


def split(table, seed=0):
    order = np.random.default_rng(seed).permutation(len(table))
    cut = len(table) // 4
    return table.iloc[order[cut:]], table.iloc[order[:cut]]


def features(table):
    return pd.DataFrame({name: table[name] for name in FEATURES}, index=table.index)


def fit(train):
    steps = {
        "fill": SimpleImputer(strategy="median"),
        "scale": StandardScaler(),
        "classify": LogisticRegression(),
    }
    return Pipeline(list(steps.items())).fit(features(train), train[TARGET])


def predict(model, table):
    return pd.Series(dict(zip(table.index, model.predict(features(table)))), dtype=int)


def share(answers, table):
    return sum(a == b for a, b in zip(answers, table[TARGET])) / len(table)


def evaluate(table, seed=0):
    train, test = split(table, seed)
    model = fit(train)
    most = int(train[TARGET].mean() > 0.5)
    return Report(
        train=train,
        test=test,
        model=model,
        accuracy=share(predict(model, test), test),
        baseline=share([most] * len(test), test),
    )
