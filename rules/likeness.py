"""Whether two 64-bit perceptual hashes are of one picture, also when it was turned.

Bit 8·y + x is the sign of one frequency of the cosine transform, y down and x across: mirroring
a picture turns the signs of the odd ones round, and laying it on its side swaps x and y.
"""

from functools import lru_cache

_SIDE = 8
NEAR = 12  # of 64 bits; other pictures differ in about 32, recompressed ones in a few
_BITS = range(_SIDE * _SIDE)
_ODD_X = sum(1 << i for i in _BITS if i % _SIDE % 2)
_ODD_Y = sum(1 << i for i in _BITS if i // _SIDE % 2)


def alike(one: int | None, other: int | None) -> bool:
    """False where either has no hash."""
    if one is None or other is None:
        return False
    return any((way ^ other).bit_count() <= NEAR for way in _turned(one))


@lru_cache(maxsize=256)  # every picture of a text is held against every file, by several rules
def _turned(hash_: int) -> tuple[int, ...]:
    """As it is, upside down, and on either side."""
    side = sum((hash_ >> i & 1) << (i % _SIDE * _SIDE + i // _SIDE) for i in _BITS)
    return hash_, hash_ ^ _ODD_X ^ _ODD_Y, side ^ _ODD_X, side ^ _ODD_Y
