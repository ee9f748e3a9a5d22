"""A 64-bit perceptual hash of a picture: the signs of its lowest frequencies.

Two copies of one photograph, recompressed or scaled, differ in a few bits; two photographs in
about thirty. Compare with `(a ^ b).bit_count()`: up to 10 is the same picture.
"""

import math
from functools import cache
from operator import mul

from PIL import Image

_SIDE = 32
_KEPT = 8


def of(image: Image.Image) -> int:
    """The hash of a decoded picture, whatever its size and mode."""
    small = image.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    frequencies = _lowest(small.tobytes())
    ordered = sorted(frequencies[1:])  # the first is the mean brightness
    middle = ordered[len(ordered) // 2]
    return sum(1 << i for i, value in enumerate(frequencies) if value > middle)


def _lowest(grey: bytes) -> list[float]:
    """The 8 by 8 lowest coefficients of the cosine transform."""
    waves = _waves()
    points = list(map(float, grey))  # once: a product of int and float takes longer
    rows = [points[y * _SIDE : (y + 1) * _SIDE] for y in range(_SIDE)]
    columns = [[sum(map(mul, row, wave), 0.0) for row in rows] for wave in waves]
    return [sum(map(mul, column, wave), 0.0) for wave in waves for column in columns]


@cache
def _waves() -> tuple[tuple[float, ...], ...]:
    return tuple(
        tuple(math.cos((2 * x + 1) * u * math.pi / (2 * _SIDE)) for x in range(_SIDE))
        for u in range(_KEPT)
    )
