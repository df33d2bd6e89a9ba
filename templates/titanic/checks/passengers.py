"""Passengers made up for the checks: few enough to count by hand, with gaps as in real life."""

from __future__ import annotations

from mlpath_check import Frame

PASSENGERS = Frame(
    [
        "row_id",
        "Survived",
        "Pclass",
        "Name",
        "Sex",
        "Age",
        "SibSp",
        "Parch",
        "Ticket",
        "Fare",
        "Cabin",
        "Embarked",
    ],
    [
        [11, 0, 3, "Doe, Mr. John", "male", 22.0, 0, 0, "A 1", 7.25, None, "S"],
        [12, 1, 1, "Roe, Mrs. Jane", "female", 38.0, 1, 0, "PC 2", 71.5, "C85", "C"],
        [13, 1, 3, "Poe, Miss. Ann", "female", None, 0, 0, "S 3", 7.75, None, "Q"],
        [14, 0, 2, "Loe, Mr. Tom", "male", 35.0, 1, 2, "S 4", 26.0, None, "S"],
        [15, 1, 1, "Moe, Master. Jim", "male", 4.0, 0, 2, "PC 5", 81.5, "B20", None],
        [16, 0, 3, "Noe, Mr. Sam", "male", None, 0, 0, "A 6", 8.05, None, "S"],
        [17, 0, 3, "Coe, Mrs. Eve", "female", 45.0, 1, 4, "A 7", 27.75, None, "S"],
        [18, 1, 2, "Foe, Miss. Kim", "female", 30.0, 0, 0, "S 8", 13.0, None, "Q"],
        [19, 1, 3, "Zoe, Mr. Lee", "male", 19.0, 0, 0, "A 9", 7.9, None, "S"],
        [20, 0, 3, "Yoe, Mr. Max", "male", 51.0, 2, 0, "A 10", 24.15, None, "Q"],
    ],
)
