"""What a picture looks like from afar, in a few hundred letters (read by `rules.cropping`)."""

from typing import Final

from PIL import Image

_SIDE: Final = 32


def of(image: Image.Image) -> str:
    """`width:` and a hex digit of grey for each point, the longer side 32 points."""
    shrink = max(image.size) / _SIDE
    size = (max(1, round(image.width / shrink)), max(1, round(image.height / shrink)))
    grey = image.convert("L").resize(size, Image.Resampling.BOX).tobytes()
    return f"{size[0]}:{grey.hex()[::2]}"  # of the two digits of a point the first
