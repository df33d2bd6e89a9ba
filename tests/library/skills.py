"""Fails where a skill that a roadmap's checklist or tech stack names is taught by nothing.

The names are those of the summary checklist of `six-months` and of the tech stack of `forty-weeks`.
Where the roadmaps are there (`../shared/seeds`, or MLPATH_SEEDS), their tables are read, and each
name in them must be in the table below; without them the table stands by itself.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = (ROOT.parent / "shared/seeds", ROOT.parent.parent / "shared/seeds")

SKILLS = {
    "Python": "python",
    "Pandas": "pandas",
    "NumPy": "numpy",
    "ML Algorithms": "supervised-learning",
    "Model Evaluation": "evaluation",
    "Feature Engineering": "feature-engineering",
    "Scikit-learn": "scikit-learn",
    "Pipelines": "pipelines",
    "Deep Learning Basics": "neural-networks",
    "Model Deployment": "deployment",
    "Real-World Projects": "real-world-projects",
    "Git": "git",
    "GitHub": "git",
    "TensorFlow": "tensorflow",
    "PyTorch": "pytorch",
    "SQL": "sql",
    "Flask": "flask",
    "FastAPI": "fastapi",
    "Streamlit": "streamlit",
    "Docker": "docker",
    "MLflow": "mlflow",
    "Airflow": "airflow",
    "Kubernetes": "kubernetes",
    "AWS": "aws",
    "GCP": "gcp",
    "Azure": "azure",
    "GitHub Actions": "github-actions",
    "Jenkins": "jenkins",
}
# The heading of each table, and the column with the names.
TABLES = {"Summary Checklist": 0, "Tech Stack Summary": 1}


def names_in(text: str) -> list[str]:
    """What the cells of the tables name."""
    names: list[str] = []
    for heading, column in TABLES.items():
        if heading not in text:
            continue
        rows = [line for line in text.split(heading)[1].splitlines() if line.startswith("|")]
        for row in rows[2:]:
            cell = row.strip("|").split("|")[column]
            names += [name.strip() for name in re.split(r"[,&/]", cell)]
    return names


def main() -> int:
    table = json.loads((ROOT / "curricula/skills.json").read_text())
    titled = {skill["id"] for skill in table["skills"]}
    taught: set[str] = set()
    for topic in json.loads((ROOT / "curricula/topics.json").read_text())["topics"]:
        taught.update(topic.get("skills", []))
    for manifest in (ROOT / "templates").glob("*/project.json"):
        taught.update(json.loads(manifest.read_text()).get("skills", []))
    faults = [
        f"{name}: no skill `{id}` in the table" for name, id in SKILLS.items() if id not in titled
    ]
    faults += [f"{name}: nothing teaches `{id}`" for name, id in SKILLS.items() if id not in taught]

    folders = [Path(os.environ["MLPATH_SEEDS"])] if "MLPATH_SEEDS" in os.environ else SEEDS
    seeds = [seed for folder in folders if folder.is_dir() for seed in sorted(folder.iterdir())]
    found = [name for seed in seeds for name in names_in(seed.read_text(errors="replace"))]
    if seeds and len(found) < len(SKILLS):
        faults.append(f"the roadmaps' tables name {len(found)} skills: they could not be read")
    faults += [
        f"{name}: a roadmap names it, and it is not here" for name in found if name not in SKILLS
    ]
    print("\n".join(faults) if faults else f"{len(SKILLS)} skills are taught")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
