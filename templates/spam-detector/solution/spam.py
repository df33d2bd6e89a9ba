"""Deduplicate and split messages, measure a classifier, and choose its threshold."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, precision_score, recall_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline, make_pipeline


def deduplicate(messages: pd.DataFrame) -> pd.DataFrame:
    """The first of each text, in the order of `messages`."""
    return messages.drop_duplicates("text")


def split(
    messages: pd.DataFrame, test_size: float, seed: int
) -> tuple[pd.Series, pd.Series, pd.Series, pd.Series]:
    """X_train, X_test, y_train and y_test, with no text in both parts."""
    unique = deduplicate(messages)
    X_train, X_test, y_train, y_test = train_test_split(
        unique["text"],
        unique["label"],
        test_size=test_size,
        stratify=unique["label"],
        random_state=seed,
    )
    return X_train, X_test, y_train, y_test


def scores(y_true: np.ndarray, y_pred: np.ndarray) -> dict[str, float]:
    """Accuracy, precision and recall of `y_pred`; spam is the positive class."""
    return {
        "accuracy": float(accuracy_score(y_true, y_pred)),
        "precision": float(precision_score(y_true, y_pred, pos_label="spam", zero_division=0)),
        "recall": float(recall_score(y_true, y_pred, pos_label="spam", zero_division=0)),
    }


def build_model(keep_case: bool = False) -> Pipeline:
    """An untrained pipeline from texts to "ham" or "spam"."""
    return make_pipeline(
        TfidfVectorizer(lowercase=not keep_case),
        LogisticRegression(C=10, solver="liblinear"),
    )


def choose_threshold(
    y_true: np.ndarray, probability: np.ndarray, false_positive_cost: float
) -> float:
    """The threshold with the least cost; a false negative costs 1."""
    is_spam = y_true == "spam"

    def cost(threshold: float) -> float:
        flagged = probability >= threshold
        false_positives = np.sum(flagged & ~is_spam)
        false_negatives = np.sum(~flagged & is_spam)
        return float(false_positive_cost * false_positives + false_negatives)

    candidates = [*np.unique(probability).tolist(), 1.01]  # above 1 flags nothing
    return min(candidates, key=cost)
