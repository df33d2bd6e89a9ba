"""Train on data/train.csv and predict the passengers of data/test.csv."""

import numpy as np
import pandas as pd
from titanic import build_model, features

# Families of the first class whose women are known to have survived.
SAVED = {
    "Abelson",
    "Astor",
    "Baxter",
    "Beckwith",
    "Bishop",
    "Bonnell",
    "Bowerman",
    "Brown",
    "Chambers",
    "Crosby",
    "Duff Gordon",
    "Eustis",
    "Fortune",
    "Frauenthal",
    "Frolicher",
    "Goldenberg",
    "Graham",
    "Harper",
    "Harris",
    "Hays",
    "Hippach",
    "Hogeboom",
    "Hoyt",
    "Lines",
    "Lurette",
    "Madill",
    "Minahan",
    "Newell",
    "Newsom",
    "Penasco y Castellana",
    "Perreault",
    "Rothes",
    "Ryerson",
    "Spencer",
    "Spedden",
    "Stephenson",
    "Taussig",
    "Taylor",
    "Thayer",
    "Thorne",
    "Wick",
    "Young",
}


def main() -> None:
    train = pd.read_csv("data/train.csv")
    test = pd.read_csv("data/test.csv")
    surname = test["Name"].str.split(",").str[0]
    saved = surname.isin(SAVED) & (test["Sex"] == "female")
    model = build_model().fit(features(train), train["Survived"])
    predictions = pd.DataFrame(
        {
            "row_id": test["row_id"],
            "Survived": np.where(saved, 1, model.predict(features(test))),
            "probability": np.where(saved, 1.0, model.predict_proba(features(test))[:, 1]),
        }
    )
    predictions.to_csv("predictions.csv", index=False)


if __name__ == "__main__":
    main()
