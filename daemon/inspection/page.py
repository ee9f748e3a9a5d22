"""Is a picture a page of paper? Guessed from proportions, paper white and ink; unsure is None."""

from functools import reduce
from typing import Final

from PIL import Image, ImageChops

# A4 is 1.414 long, Letter 1.294; photographs are 1.333 and 1.5, so shape alone proves nothing.
_SHAPE: Final = (1.25, 1.55)
_WHITE: Final = 0.60  # of all points, at least: a page
_DARK: Final = 0.25  # at most: a photograph
_BRIGHT: Final = 190
_PALE: Final = 45
_SIDE: Final = 64
_POINTS: Final = _SIDE * _SIDE


def is_page(image: Image.Image) -> bool | None:
    """True, False, or None when it cannot be told. `image` is small, upright, and RGB."""
    value = _scaled(reduce(ImageChops.lighter, image.split()))
    # Most photographs are too dark, whatever their colours: those cost another millisecond.
    if sum(value.histogram()[_BRIGHT + 1 :]) / _POINTS <= _DARK:
        return False
    white = _white(image, value)
    if white <= _DARK:
        return False
    long, short = max(image.size), max(1, min(image.size))
    shaped = _SHAPE[0] <= long / short <= _SHAPE[1]
    if shaped and white >= _WHITE and _edges_white(image):
        return True
    return None


def _white(image: Image.Image, value: Image.Image) -> float:
    """The share of points that are bright and without colour. `value` is that of HSV."""
    saturation = _scaled(image.convert("HSV").getchannel("S"))
    pale = saturation.point([255 * (s < _PALE) for s in range(256)])
    bright = value.point([255 * (v > _BRIGHT) for v in range(256)])
    return ImageChops.multiply(pale, bright).histogram()[255] / _POINTS


def _scaled(channel: Image.Image) -> Image.Image:
    return channel.resize((_SIDE, _SIDE), Image.Resampling.BOX)


def _edges_white(image: Image.Image) -> bool:
    """A page has margins: most of its outermost points are paper."""
    grey = image.convert("L").resize((32, 32), Image.Resampling.BOX).tobytes()
    edge = [grey[i] for i in range(1024) if i % 32 in {0, 31} or i // 32 in {0, 31}]
    return sum(1 for point in edge if point > 180) > 0.8 * len(edge)
