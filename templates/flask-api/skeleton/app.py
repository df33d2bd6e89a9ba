"""The Titanic model behind an address. Start it with `python3 app.py`, stop it with Ctrl-C."""

from __future__ import annotations

import os

from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello() -> dict[str, str]:
    """Whoever comes by learns what this is."""
    return {"service": "titanic"}


# TODO (milestone 1): GET /health
# TODO (milestone 3): load model.joblib once, here; POST /predict
# TODO (milestone 5): POST /predict/batch
# TODO (milestone 6): every error as JSON


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=int(os.environ.get("PORT", "8000")))
