"""Cats and dogs: drawn heads and bodies in fur of all colors, before all kinds of walls."""

from __future__ import annotations

from functools import cache

from mlpath_pictures import Square, jpeg
from mlpath_synthetic import Draw, Files, Weights

EACH = 250
BROKEN = {
    "Cat": {66: 0, 231: 900},
    "Dog": {117: 0, 204: 700},
}  # the bytes that are left of a picture

SHADES = 8  # of brightness
SMOOTH, FUR, STRIPES, SPOTS = range(4)
# How often a coat has which pattern; most say little.
COATS = {
    "Cat": Weights({FUR: 50, STRIPES: 35, SPOTS: 10, SMOOTH: 5}),
    "Dog": Weights({FUR: 60, STRIPES: 10, SPOTS: 20, SMOOTH: 10}),
}
WALLS = Weights({SMOOTH: 5, FUR: 3, STRIPES: 1, SPOTS: 1})
HIDDEN = 0.10  # pictures in which the ears cannot be seen

Style = tuple[int, int]  # a shade and a pattern
BACK, COAT, PALE, DARK = range(4)  # what a point of the picture shows


def _grains() -> list[list[int]]:
    """By how much a pattern is lighter or darker, at each of 64 pixels."""
    draw = Draw(1)
    return [
        [0] * 64,
        [draw.integer(-14, 14) for _ in range(64)],
        [28 if (x + y // 3) % 8 < 4 else -28 for y in range(8) for x in range(8)],
        [30 if (x - 3) ** 2 + (y - 4) ** 2 < 9 else -8 for y in range(8) for x in range(8)],
    ]


GRAINS = _grains()


@cache
def quarter(one: Style, two: Style, three: Style, four: Style) -> bytes:
    """8 by 8 pixels, each in the style of the corners that are nearest to it in all."""
    pixels = bytearray()
    for y in range(8):
        for x in range(8):
            right, below = 2 * x + 1, 2 * y + 1
            near: dict[Style, int] = {}
            for style, weight in (
                (one, (16 - right) * (16 - below)),
                (two, right * (16 - below)),
                (three, (16 - right) * below),
                (four, right * below),
            ):
                near[style] = near.get(style, 0) + weight
            shade, pattern = max(near, key=lambda style: (near[style], style))
            light = 24 + shade * 207 // (SHADES - 1) + GRAINS[pattern][8 * y + x]
            pixels.append(min(max(light, 0), 255))
    return bytes(pixels)


class Scene:
    """What stands where, in steps of 8 pixels."""

    def __init__(self, across: int, down: int) -> None:
        self.across, self.down = across, down
        self.points = [[BACK] * (across + 1) for _ in range(down + 1)]

    def oval(self, what: int, x: float, y: float, wide: float, high: float) -> None:
        for row in range(max(0, int(y - high)), min(self.down, int(y + high) + 1) + 1):
            rest = 1 - (row - y) * (row - y) / (high * high)
            for column in range(max(0, int(x - wide)), min(self.across, int(x + wide) + 1) + 1):
                if (column - x) * (column - x) <= rest * wide * wide:
                    self.points[row][column] = what

    def ear(self, what: int, x: float, y: float, wide: float, high: float) -> None:
        """A triangle whose tip is at (x, y)."""
        for row in range(max(0, int(y)), min(self.down, int(y + high)) + 1):
            half = wide * (row - y + 0.5) / high
            for column in range(max(0, int(x - half)), min(self.across, int(x + half) + 1) + 1):
                if -half <= column - x <= half:
                    self.points[row][column] = what

    def dot(self, what: int, x: float, y: float) -> None:
        row, column = int(y + 0.5), int(x + 0.5)
        if 0 <= row <= self.down and 0 <= column <= self.across:
            self.points[row][column] = what

    def squares(self, styles: list[Style], colors: list[tuple[int, int]]) -> list[Square]:
        found: list[Square] = []
        for y in range(0, self.down, 2):
            for x in range(0, self.across, 2):
                parts = []
                for row in (y, y + 1):
                    above, below = self.points[row], self.points[row + 1]
                    for column in (x, x + 1):
                        parts.append(
                            quarter(
                                styles[above[column]],
                                styles[above[column + 1]],
                                styles[below[column]],
                                styles[below[column + 1]],
                            )
                        )
                blue, red = colors[self.points[y + 1][x + 1]]
                found.append((parts[0], parts[1], parts[2], parts[3], blue, red))
        return found


def animal(draw: Draw, kind: str, scene: Scene) -> None:
    """One of them, somewhere in the scene, as near as it happens to be."""
    size = draw.uniform(0.17, 0.30) * min(scene.across, scene.down)
    x = draw.uniform(0.30, 0.70) * scene.across
    y = draw.uniform(0.32, 0.62) * scene.down
    shows = not draw.chance(HIDDEN)
    wide, high = size * draw.uniform(0.95, 1.25), size * draw.uniform(0.85, 1.1)
    side = 1 if draw.chance(0.5) else -1
    scene.oval(
        COAT, x + side * size * draw.uniform(0.2, 1.2), y + 2.1 * size, 1.5 * size, 1.5 * size
    )
    if kind == "Cat":
        if shows:
            tip = draw.uniform(1.3, 1.7)
            for ear in (-1, 1):
                scene.ear(COAT, x + ear * 0.62 * wide, y - tip * high, 0.45 * size, 1.1 * size)
        scene.oval(COAT, x, y, wide, high)
        scene.oval(PALE, x, y + 0.45 * high, 0.30 * wide, 0.25 * high)
    else:
        scene.oval(COAT, x, y, wide, high * 1.05)
        scene.oval(PALE, x, y + 0.5 * high, 0.45 * wide, 0.45 * high)
        if shows:
            drop = draw.uniform(0.1, 0.5)
            for ear in (-1, 1):
                scene.oval(COAT, x + ear * 1.05 * wide, y + drop * high, 0.38 * size, 0.9 * size)
    for eye in (-1, 1):
        scene.dot(DARK, x + eye * 0.42 * wide, y - 0.15 * high)
    scene.dot(DARK, x, y + 0.35 * high)


def picture(draw: Draw, kind: str) -> bytes:
    width, height = draw.integer(120, 220), draw.integer(110, 200)
    scene = Scene(2 * ((width + 15) // 16), 2 * ((height + 15) // 16))
    animal(draw, kind, scene)
    wall, coat = draw.integer(0, SHADES - 1), draw.integer(0, SHADES - 2)
    if wall == coat:
        coat = (wall + 3) % SHADES
    pale = min(coat + 2, SHADES - 1)
    styles = [
        (wall, draw.of(WALLS)),
        (coat, draw.of(COATS[kind])),
        (pale, SMOOTH),
        (0 if coat > 1 else 4, SMOOTH),
    ]
    warm = draw.integer(0, 18)  # how brown the coat is
    colors = [
        (128 + draw.integer(-20, 20), 128 + draw.integer(-20, 20)),
        (128 - warm, 128 + warm),
        (128 - warm // 2, 128 + warm // 2),
        (128, 128),
    ]
    return jpeg(width, height, scene.squares(styles, colors))


def make(draw: Draw) -> Files:
    for kind in ("Cat", "Dog"):
        for number in range(EACH):
            content = picture(draw, kind)
            yield f"PetImages/{kind}/{number}.jpg", content[: BROKEN[kind].get(number)]
