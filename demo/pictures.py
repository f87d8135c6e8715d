"""Quiet drawings for the demo: hills, terraces, towns, rivers, lanterns, posters. Nobody and nothing real is shown.

Each picture depends on its kind and its key alone, so the demo's digests are the same every time.
"""

import io
import math
import random
import zlib
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1280, 720)
Colour = tuple[int, int, int]

#: Sky above, sky below, and three layers of land from far to near.
PALETTES: tuple[tuple[Colour, ...], ...] = (
    ((214, 229, 234), (247, 240, 226), (154, 180, 178), (98, 137, 128), (52, 92, 84)),
    ((236, 222, 200), (250, 243, 230), (201, 168, 130), (150, 117, 88), (96, 74, 62)),
    ((200, 218, 238), (240, 240, 246), (146, 166, 196), (94, 118, 158), (50, 72, 110)),
    ((222, 234, 214), (248, 247, 232), (166, 194, 142), (112, 152, 96), (66, 104, 62)),
)
NIGHT: tuple[Colour, ...] = ((24, 30, 58), (66, 52, 84), (44, 40, 66), (34, 30, 50), (22, 20, 34))
LANTERN = (226, 74, 52)


def draw(kind: str, key: str) -> bytes:
    """A JPEG of that kind, always the same for the same key."""
    chance = random.Random(zlib.crc32(f"{kind}/{key}".encode()))  # noqa: S311 (a drawing, not a secret)
    image = KINDS[kind](chance)
    buffer = io.BytesIO()
    image.filter(ImageFilter.SMOOTH).save(buffer, "JPEG", quality=86)
    return buffer.getvalue()


def _sky(top: Colour, bottom: Colour) -> Image.Image:
    column = Image.new("RGB", (1, SIZE[1]))
    for y in range(SIZE[1]):
        column.putpixel((0, y), _between(top, bottom, y / SIZE[1]))
    return column.resize(SIZE)


def _between(one: Colour, other: Colour, share: float) -> Colour:
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))


def _ridge(chance: random.Random, base: float, height: float) -> list[tuple[float, float]]:
    """The outline of a range of hills, as a sum of waves."""
    waves = [
        (chance.uniform(0.6, 3.4) * n, chance.uniform(0, math.tau), height / (n + 0.4)) for n in range(1, 5)
    ]
    points = [
        (x, base - sum(size * math.sin(x / SIZE[0] * math.tau * pace + shift) for pace, shift, size in waves))
        for x in range(0, SIZE[0] + 8, 8)
    ]
    return [(0, SIZE[1]), *points, (SIZE[0], SIZE[1])]


def _hills(
    chance: random.Random, palette=None
) -> tuple[Image.Image, ImageDraw.ImageDraw, tuple[Colour, ...]]:
    palette = palette or chance.choice(PALETTES)
    image = _sky(palette[0], palette[1])
    pen = ImageDraw.Draw(image)
    x, y = chance.randint(200, 1080), chance.randint(90, 190)
    pen.ellipse((x - 44, y - 44, x + 44, y + 44), fill=_between(palette[1], (255, 250, 235), 0.7))
    for layer, colour in enumerate(palette[2:]):
        pen.polygon(_ridge(chance, 360 + layer * 110, 62 - layer * 12), fill=colour)
    return image, pen, palette


def mountains(chance: random.Random) -> Image.Image:
    return _hills(chance)[0]


def river(chance: random.Random) -> Image.Image:
    image, pen, palette = _hills(chance)
    bend = chance.uniform(0, math.tau)
    left, right = [], []
    for y in range(470, SIZE[1] + 1, 6):
        near = (y - 470) / 250
        middle = 640 + 260 * math.sin(near * 2.4 + bend) * (0.3 + near)
        left.append((middle - 14 - 190 * near, y))
        right.append((middle + 14 + 190 * near, y))
    pen.polygon(left + right[::-1], fill=_between(palette[0], (255, 255, 255), 0.35))
    return image


def terraces(chance: random.Random) -> Image.Image:
    image, pen, palette = _hills(chance, PALETTES[3])
    for row in range(9):
        base = 430 + row * 34
        shade = _between(palette[3], palette[4], row / 9)
        pen.polygon(_ridge(chance, base, 16), fill=shade)
        line = [(x, y) for x, y in _ridge(chance, base + 8, 12)[1:-1]]
        pen.line(line, fill=_between(shade, (250, 248, 220), 0.45), width=3)
    return image


def fields(chance: random.Random) -> Image.Image:
    image, pen, palette = _hills(chance, chance.choice(PALETTES[1::2]))
    horizon, vanish = 500, chance.randint(420, 860)
    for strip in range(-14, 15):
        colour = _between(palette[3], palette[2], (strip % 3) / 2)
        near, far = vanish + strip * 150, vanish + strip * 22
        pen.polygon(
            [(far, horizon), (far + 22, horizon), (near + 150, SIZE[1]), (near, SIZE[1])], fill=colour
        )
    return image


def forest(chance: random.Random) -> Image.Image:
    image, pen, palette = _hills(chance, chance.choice((PALETTES[0], PALETTES[3])))
    for row in range(3):
        for _tree in range(16):
            x, base = chance.randint(-20, 1300), 560 + row * 70
            high = chance.randint(90, 150) + row * 26
            tone = _between(palette[3], palette[4], (row + 1) / 3)
            for part in range(3):
                top, wide = base - high + part * high * 0.24, high * (0.14 + part * 0.09)
                pen.polygon(
                    [(x, top), (x - wide, top + high * 0.42), (x + wide, top + high * 0.42)], fill=tone
                )
    return image


def town(chance: random.Random) -> Image.Image:
    image, pen, palette = _hills(chance)
    x = -30
    while x < SIZE[0]:
        wide, high = chance.randint(90, 170), chance.randint(110, 260)
        wall = _between((236, 230, 220), palette[2], chance.uniform(0.05, 0.35))
        top = 650 - high
        pen.rectangle((x, top, x + wide, SIZE[1]), fill=wall)
        pen.polygon([(x - 12, top), (x + wide / 2, top - 40), (x + wide + 12, top)], fill=palette[4])
        _windows(pen, chance, (x, top, wide, high), palette)
        x += wide + chance.randint(-4, 26)
    pen.rectangle((0, 660, *SIZE), fill=_between(palette[3], (230, 228, 222), 0.5))
    return image


def _windows(pen, chance, house, palette) -> None:
    x, top, wide, high = house
    for column in range(int(wide // 42)):
        for row in range(int(high // 54)):
            left, upper = x + 14 + column * 42, top + 18 + row * 54
            lit = chance.random() < 0.3
            colour = (250, 220, 150) if lit else _between(palette[2], palette[4], 0.35)
            pen.rectangle((left, upper, left + 20, upper + 28), fill=colour)


def lanterns(chance: random.Random) -> Image.Image:
    image, pen, palette = _hills(chance, NIGHT)
    for rope in range(3):
        sag, base = chance.randint(40, 90), 120 + rope * 130
        points = [(x, base + sag * math.sin(math.pi * x / SIZE[0])) for x in range(0, SIZE[0] + 1, 20)]
        pen.line(points, fill=_between(palette[1], (220, 200, 180), 0.3), width=2)
        for x, y in points[2 + rope :: 5]:
            size = 15 + rope * 6
            glow = _between(palette[1], LANTERN, 0.45)
            pen.ellipse((x - size * 1.7, y, x + size * 1.7, y + size * 3.4), fill=glow)
            pen.ellipse((x - size, y + size * 0.6, x + size, y + size * 2.8), fill=LANTERN)
            pen.rectangle((x - 3, y + size * 2.8, x + 3, y + size * 3.6), fill=(240, 196, 90))
    return image


def poster(chance: random.Random) -> Image.Image:
    """Circles and bands without words: what a poster says belongs into the text beside it."""
    palette = chance.choice(PALETTES)
    image = Image.new("RGB", SIZE, palette[1])
    pen = ImageDraw.Draw(image)
    pen.polygon([(0, 0), (chance.randint(420, 620), 0), (0, chance.randint(520, 700))], fill=palette[3])
    for step in range(5):
        x, y, size = 250 + step * 200, 470 - step * 70, 74 + step * 6
        pen.line((x, y, x + 200, y - 70), fill=palette[2], width=10)
        pen.ellipse((x - size, y - size, x + size, y + size), fill=palette[2 + step % 3])
        pen.ellipse((x - size + 16, y - size + 16, x + size - 16, y + size - 16), outline=palette[1], width=5)
    pen.polygon(_ridge(chance, 640, 26), fill=palette[4])
    return image


KINDS: dict[str, Callable[[random.Random], Image.Image]] = {
    "mountains": mountains,
    "river": river,
    "terraces": terraces,
    "fields": fields,
    "forest": forest,
    "town": town,
    "lanterns": lanterns,
    "poster": poster,
}
