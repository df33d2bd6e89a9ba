"""Customers of a telephone company: who has a contract by the month, fiber, and is new, leaves.

The services are priced as in a list of prices, and what was paid in total is nearly the months
times the monthly charge. Eleven customers are too new for a bill: their total is a space.
"""

from __future__ import annotations

from math import sqrt

from mlpath_synthetic import Draw, Files, Quantiles, Weights, clip, csv, plain, top

HEADER = ["customerID", "gender", "SeniorCitizen", "Partner", "Dependents", "tenure"]
HEADER += ["PhoneService", "MultipleLines", "InternetService", "OnlineSecurity", "OnlineBackup"]
HEADER += ["DeviceProtection", "TechSupport", "StreamingTV", "StreamingMovies", "Contract"]
HEADER += ["PaperlessBilling", "PaymentMethod", "MonthlyCharges", "TotalCharges", "Churn"]
CUSTOMERS, LEFT, NEW = 7043, 1869, 11

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MONTHLY, ONE, TWO = "Month-to-month", "One year", "Two year"
INTERNET = Weights({"Fiber optic": 3096, "DSL": 2421, "No": 1526})
CONTRACT = {
    "Fiber optic": Weights({MONTHLY: 69, ONE: 17, TWO: 14}),
    "DSL": Weights({MONTHLY: 50, ONE: 24, TWO: 26}),
    "No": Weights({MONTHLY: 34, ONE: 24, TWO: 42}),
}
MONTHS = {  # how long they have been customers: a tenth less than the first number, and so on
    (net, contract): Quantiles(dict(zip((0, 0.1, 0.25, 0.5, 0.75, 0.9, 1), (1, *months, 72.9))))
    for (net, contract), months in {
        ("Fiber optic", MONTHLY): (1.5, 5, 16, 34, 52),
        ("Fiber optic", ONE): (29, 43, 55, 65, 69),
        ("Fiber optic", TWO): (50, 63, 70.5, 72, 72.5),
        ("DSL", MONTHLY): (1.3, 3, 10, 24, 41),
        ("DSL", ONE): (15, 26, 41, 55, 64),
        ("DSL", TWO): (35, 54, 66, 71.5, 72.4),
        ("No", MONTHLY): (1.2, 1.8, 5, 13, 25),
        ("No", ONE): (7, 15, 26, 44, 56),
        ("No", TWO): (15, 35, 53, 67, 72.2),
    }.items()
}
SENIOR = {"Fiber optic": 0.27, "DSL": 0.11, "No": 0.03}
PAPERLESS = {"Fiber optic": 0.77, "DSL": 0.55, "No": 0.29}
PARTNER = {MONTHLY: 0.36, ONE: 0.56, TWO: 0.70}
LINES = {"Fiber optic": (0.33, 0.88), "DSL": (0.12, 0.62), "No": (0.04, 0.42)}
# A service's chance for a new customer and for one of six years, and its price.
SERVICES = {
    "Fiber optic": [(0.05, 0.50), (0.12, 0.75), (0.14, 0.74), (0.05, 0.52), (0.34, 0.76)],
    "DSL": [(0.22, 0.76), (0.16, 0.72), (0.12, 0.76), (0.20, 0.79), (0.16, 0.64)],
}
PRICES = {"Fiber optic": 50, "DSL": 25, "No": 0}
METHODS = [
    "Bank transfer (automatic)",
    "Credit card (automatic)",
    "Electronic check",
    "Mailed check",
]
PAYMENT = {
    (net, contract): Weights(dict(zip(METHODS, shares)))
    for net, by_contract in {
        "Fiber optic": {MONTHLY: (16, 15, 61, 8), ONE: (30, 27, 36, 7), TWO: (36, 37, 20, 7)},
        "DSL": {MONTHLY: (15, 16, 42, 27), ONE: (29, 31, 17, 23), TWO: (34, 37, 8, 21)},
        "No": {MONTHLY: (11, 9, 15, 65), ONE: (22, 24, 6, 48), TWO: (30, 30, 3, 37)},
    }.items()
    for contract, shares in by_contract.items()
}


def yes(draw: Draw, share: float) -> str:
    return "Yes" if draw.chance(share) else "No"


def customer(draw: Draw) -> dict[str, str | int]:
    """All that is known of one, but whether they left."""
    net = draw.of(INTERNET)
    contract = draw.of(CONTRACT[net])
    months = int(draw.of(MONTHS[net, contract]))
    loyal = clip(months / 60, 0, 1)  # who stays buys more
    senior = draw.chance(SENIOR[net])
    partner = yes(draw, PARTNER[contract])
    family = (0.55 if partner == "Yes" else 0.10) * (0.25 if senior else 1)
    phone = "No" if net == "DSL" and draw.chance(0.28) else "Yes"
    few, many = LINES[net]
    lines = yes(draw, few + (many - few) * loyal) if phone == "Yes" else "No phone service"
    services = ["No internet service"] * 6
    if net != "No":
        chances = [*SERVICES[net], SERVICES[net][-1]]
        services = [yes(draw, low + (high - low) * loyal) for low, high in chances]
        if services[4] == "Yes" and draw.chance(0.2):
            services[5] = "Yes"
    price = 20 * (phone == "Yes") + 5 * (lines == "Yes") + PRICES[net]
    price += 5 * services[:4].count("Yes") + 10 * services[4:].count("Yes")
    price = round((price + draw.normal(0, 0.6)) * 20) / 20
    paid = price * months + (10.8 * sqrt(months) * draw.normal() if months > 1 else 0)
    letters = "".join(draw.one_of(LETTERS) for _ in range(5))
    cells = [f"{draw.integer(2, 9995):04}-{letters}", draw.one_of(("Female", "Male")), int(senior)]
    cells += [partner, yes(draw, family), months, phone, lines, net, *services, contract]
    cells += [yes(draw, PAPERLESS[net]), draw.of(PAYMENT[net, contract])]
    cells += [plain(price, 2), plain(round(max(paid, 18.8) * 20) / 20, 2)]
    return dict(zip(HEADER, cells))


def wish_to_leave(draw: Draw, who: dict[str, str | int]) -> float:
    wish = {MONTHLY: 0.0, ONE: -0.65, TWO: -1.4}[str(who["Contract"])]
    wish += {"Fiber optic": 0.55, "DSL": 0.0, "No": -0.65}[str(who["InternetService"])]
    wish -= 1.35 * sqrt(int(who["tenure"]) / 72)
    wish += 0.2 * (who["PaymentMethod"] == "Electronic check")
    wish += 0.2 * (who["PaperlessBilling"] == "Yes") + 0.1 * int(who["SeniorCitizen"])
    wish -= 0.2 * (who["OnlineSecurity"] == "Yes") + 0.2 * (who["TechSupport"] == "Yes")
    wish += 0.12 * (who["StreamingMovies"] == "Yes") + 0.12 * (who["StreamingTV"] == "Yes")
    return wish + 1.08 * draw.normal()


def make(draw: Draw) -> Files:
    by_id: dict[str | int, dict[str, str | int]] = {}
    while len(by_id) < CUSTOMERS:
        who = customer(draw)
        by_id[who["customerID"]] = who
    customers = list(by_id.values())
    bound = [who for who in customers if who["Contract"] != MONTHLY]
    for who in draw.shuffled(bound)[:NEW]:
        who["tenure"], who["TotalCharges"] = 0, " "
    known = {place for place, who in enumerate(customers) if who["tenure"] == 0}
    wishes = [
        -9.0 if place in known else wish_to_leave(draw, who) for place, who in enumerate(customers)
    ]
    left = top(LEFT, wishes)
    for place, who in enumerate(customers):
        who["Churn"] = "Yes" if place in left else "No"
    yield "Telco-Customer-Churn.csv", csv([HEADER, *(list(who.values()) for who in customers)])
