"""Handwritten digits: strokes through bent points, by hands of different slant and pen."""

from __future__ import annotations

from math import sqrt

from mlpath_synthetic import Draw, Files, clip, cos, idx, sin, stored_gzip, total

TRAIN, TEST = 2000, 800
SIDE, BOX = 28, 20  # a digit is fitted into the box, and its middle lies in the picture's

Point = tuple[float, float]

# Ways to write a digit: strokes of points, x to the right and y down, joined by a smooth curve.
WAYS: dict[int, list[str]] = {
    0: ["5,0 2,1 0,5 2,9 5,10 8,9 10,5 8,1 5,0", "6,0 2,2 1,6 3,10 6,9 8,5 7,1 5,0"],
    1: ["5,0 5,3 5,7 5,10", "3,2 5,0 5,5 5,10", "6,0 5,4 4,10"],
    2: [
        "1,3 3,0 7,0 8,3 5,6 1,10 / 1,10 5,9 9,10",
        "1,2 4,0 7,2 6,6 3,9 1,9 2,7 5,9 9,10",
        "2,1 5,0 8,2 6,6 2,10 / 2,10 9,10",
    ],
    3: [
        "1,1 5,0 8,2 4,5 / 4,5 8,6 8,9 4,10 1,9",
        "2,0 7,0 4,4 / 4,4 8,6 7,9 3,10 0,9",
    ],
    4: [
        "2,0 1,5 8,5 / 7,0 7,5 6,10",
        "6,0 3,3 0,6 9,6 / 6,0 6,5 6,10",
        "1,0 1,4 4,5 8,4 / 8,0 7,5 7,10",
    ],
    5: [
        "8,0 2,0 / 2,0 2,4 / 2,4 6,3 8,6 6,9 1,10",
        "9,0 3,1 2,4 5,4 7,7 5,10 1,9",
    ],
    6: ["7,0 3,3 1,7 3,10 7,9 7,6 4,5 1,7", "5,0 2,4 1,8 4,10 6,8 4,6 1,8"],
    7: [
        "0,1 4,0 9,0 / 9,0 6,5 4,10",
        "1,2 1,0 8,0 6,5 5,10",
        "0,0 8,0 / 8,0 4,10 / 2,5 8,5",
    ],
    8: [
        "7,1 3,0 2,3 7,7 6,10 2,9 3,6 7,3 7,1",
        "5,5 2,2 5,0 7,2 5,5 2,8 5,10 8,8 5,5",
    ],
    9: [
        "8,2 5,0 2,2 3,5 7,4 8,2 / 8,2 8,6 7,10",
        "7,1 3,0 1,3 4,5 8,2 / 8,2 6,6 4,10",
        "8,1 4,1 2,4 6,5 8,1 7,6 7,9 3,10",
    ],
}
STROKES = {
    digit: [
        [
            [tuple(float(number) for number in point.split(",")) for point in stroke.split()]
            for stroke in way.split("/")
        ]
        for way in ways
    ]
    for digit, ways in WAYS.items()
}


def smooth(points: list[Point]) -> list[Point]:
    """Points along a Catmull-Rom curve, near enough to each other for a pen."""
    ends = [points[0], *points, points[-1]]
    along = []
    for (x0, y0), (x1, y1), (x2, y2), (x3, y3) in zip(ends, ends[1:], ends[2:], ends[3:]):
        steps = int((abs(x2 - x1) + abs(y2 - y1)) / 0.6) + 1
        for step in range(steps):
            t = step / steps
            u = t * t
            v = u * t
            a, b, c, d = 2 * u - t - v, 2 - 5 * u + 3 * v, t + 4 * u - 3 * v, v - u
            x = (a * x0 + b * x1 + c * x2 + d * x3) / 2
            y = (a * y0 + b * y1 + c * y2 + d * y3) / 2
            along.append((x, y))
    return [*along, points[-1]]


def written(draw: Draw, digit: int) -> list[Point]:
    """Where a pen passes that writes the digit: another hand each time."""
    turn, slant, width = draw.normal(0, 0.13), draw.normal(0.16, 0.24), draw.uniform(0.6, 1.1)
    shake = draw.uniform(0.3, 1.15)
    c, s = cos(turn), sin(turn)
    passed: list[Point] = []
    moved: dict[Point, Point] = {}  # where strokes meet, they still meet
    for stroke in draw.one_of(STROKES[digit]):
        bent = []
        for place in stroke:
            if place not in moved:
                x = (place[0] - 5 + draw.normal(0, shake)) * width
                y = place[1] - 5 + draw.normal(0, shake)
                x -= slant * y
                moved[place] = (c * x - s * y, s * x + c * y)
            bent.append(moved[place])
        passed += smooth(bent)
    return passed


def picture(draw: Draw, digit: int) -> bytes:
    """28 by 28 bytes: 0 is paper, 255 is ink."""
    passed = written(draw, digit)
    xs, ys = [x for x, _ in passed], [y for _, y in passed]
    radius = clip(draw.normal(1.42, 0.36), 0.7, 2.3)
    scale = (BOX - 1 - 2 * radius) / max(max(xs) - min(xs), max(ys) - min(ys))
    middle_x, middle_y = total(xs) / len(xs), total(ys) / len(ys)
    ink = bytearray(SIDE * SIDE)
    reach = radius + 0.5
    for x, y in passed:
        px = clip((x - middle_x) * scale + 13.5, 1, SIDE - 2)
        py = clip((y - middle_y) * scale + 13.5, 1, SIDE - 2)
        for row in range(max(int(py - reach + 1), 0), min(int(py + reach) + 1, SIDE)):
            across = (row - py) * (row - py)
            for column in range(max(int(px - reach + 1), 0), min(int(px + reach) + 1, SIDE)):
                left = reach - sqrt((column - px) * (column - px) + across)
                if left > 0:
                    shade = 255 if left >= 1 else int(left * 255)
                    place = row * SIDE + column
                    if shade > ink[place]:
                        ink[place] = shade
    return bytes(ink)


def make(draw: Draw) -> Files:
    for name, count in (("train", TRAIN), ("t10k", TEST)):
        labels = draw.shuffled(number % 10 for number in range(count))
        pictures = b"".join(picture(draw, label) for label in labels)
        yield f"{name}-images-idx3-ubyte.gz", stored_gzip(idx((count, SIDE, SIDE), pictures))
        yield f"{name}-labels-idx1-ubyte.gz", stored_gzip(idx((count,), bytes(labels)))
