"""Photographs for the gallery: a sky, hills, a field. Equal seeds show the same place."""

import io
import math
import random
from functools import cache

from PIL import Image, ImageDraw

SIZE = (1600, 1200)
SKIES = (
    ((88, 150, 214), (222, 236, 246)),
    ((224, 128, 84), (250, 222, 170)),
    ((122, 176, 206), (240, 244, 236)),
    ((64, 92, 150), (236, 186, 168)),
)
LANDS = ((92, 138, 96), (150, 160, 84), (72, 118, 132), (186, 150, 84), (118, 150, 70))


@cache
def photograph(seed: int) -> bytes:
    """A JPEG of a camera, some 300 KB."""
    dice = random.Random(seed)
    picture = _sky(*dice.choice(SKIES))
    pen = ImageDraw.Draw(picture)
    _sun(pen, dice)
    land, horizon = dice.choice(LANDS), dice.uniform(0.35, 0.6)
    for layer in range(4):
        shade = tuple(round(c * (1.15 - 0.2 * layer)) for c in land)
        pen.polygon(_hill(dice, horizon + 0.13 * layer), fill=shade)
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x0132] = "Canon", "EOS 80D", "2020:06:20 09:30:00"
    out = io.BytesIO()
    _grain(picture, dice).save(out, "JPEG", quality=88, exif=tags)
    return out.getvalue()


def _sky(above: tuple[int, ...], below: tuple[int, ...]) -> Image.Image:
    ramp = Image.linear_gradient("L").resize(SIZE)
    return Image.composite(Image.new("RGB", SIZE, below), Image.new("RGB", SIZE, above), ramp)


def _sun(pen: ImageDraw.ImageDraw, dice: random.Random) -> None:
    x, y, r = dice.uniform(0.1, 0.9) * SIZE[0], dice.uniform(0.1, 0.35) * SIZE[1], 70
    pen.ellipse((x - r, y - r, x + r, y + r), fill=(255, 244, 214))


def _hill(dice: random.Random, height: float) -> list[tuple[float, float]]:
    waves = [(dice.uniform(20, 90) / n, dice.uniform(0.002, 0.006) * n) for n in (1, 2, 3)]
    phase = dice.uniform(0, 6)
    top = [
        (x, height * SIZE[1] + sum(a * math.sin(f * x + phase) for a, f in waves))
        for x in range(0, SIZE[0] + 1, 10)
    ]
    return [*top, (SIZE[0], SIZE[1]), (0, SIZE[1])]


def _grain(picture: Image.Image, dice: random.Random) -> Image.Image:
    noise = Image.frombytes("RGB", (400, 300), dice.randbytes(400 * 300 * 3)).resize(SIZE)
    return Image.blend(picture, noise, 0.06)
