"""The Titanic model behind an address. Start it with `python3 app.py`, stop it with Ctrl-C."""

from __future__ import annotations

import os
from typing import Any

import joblib
from flask import Flask, abort, request
from model import MODEL_PATH, to_frame
from validation import Invalid, validate
from werkzeug.exceptions import HTTPException

MOST_BYTES = 1_000_000
MOST_ROWS = 100

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
model = joblib.load(MODEL_PATH)  # once, not for each request


def predictions(passengers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One answer for each passenger, in plain Python numbers."""
    if not passengers:
        return []
    probabilities = model.predict_proba(to_frame(passengers))[:, 1]
    return [{"survived": int(p > 0.5), "probability": float(p)} for p in probabilities]


@app.get("/")
def hello() -> dict[str, str]:
    """Whoever comes by learns what this is."""
    return {"service": "titanic"}


@app.get("/health")
def health() -> dict[str, str]:
    """For whatever watches over this service."""
    return {"status": "ok"}


@app.post("/predict")
def predict() -> dict[str, Any]:
    """What becomes of one passenger."""
    return predictions([validate(request.get_json())])[0]


@app.post("/predict/batch")
def predict_batch() -> dict[str, Any]:
    """What becomes of several, in their order."""
    body = request.get_json()
    passengers = body.get("passengers") if isinstance(body, dict) else None
    if not isinstance(passengers, list):
        raise Invalid("passengers must be a list", "passengers")
    if len(passengers) > MOST_ROWS:
        abort(413, f"At most {MOST_ROWS} passengers in one request")
    return {"predictions": predictions([validate(p, row) for row, p in enumerate(passengers)])}


@app.errorhandler(Invalid)
def refuse(problem: Invalid) -> tuple[dict[str, Any], int]:
    """The client's mistake, named so that they can correct it."""
    return {key: value for key, value in problem.told.items() if value is not None}, 422


@app.errorhandler(HTTPException)
def fail(problem: HTTPException) -> tuple[dict[str, str], int]:
    """Programs read JSON, not Flask's page for people. An exception in our code is a 500 here."""
    return {"error": problem.description or problem.name}, problem.code or 500


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "8000")))
