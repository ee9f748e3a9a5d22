"""AES-128, encrypting in CBC mode without padding (FIPS 197): all that a PDF password check needs.

The cryptography wheel would bring 20 MB and a newer C library for these few thousand blocks.
"""

import struct
from functools import cache

_Tables = tuple[bytes, tuple[int, ...], tuple[int, ...], tuple[int, ...], tuple[int, ...]]


def encrypt(plain: bytes, *, key: bytes, vector: bytes) -> bytes:
    """`key` and `vector` are 16 bytes, `plain` is a multiple of 16."""
    keys, before, out = _expanded(key), struct.unpack(">4I", vector), bytearray()
    for block in struct.iter_unpack(">4I", plain):
        mixed = tuple(a ^ b for a, b in zip(block, before, strict=True))
        before = _block(keys, mixed)
        out += struct.pack(">4I", *before)
    return bytes(out)


@cache
def _tables() -> _Tables:
    """The substitution box, and it with the column mixing, one table a row."""
    box = _box()
    doubled = [(s << 1) ^ (0x11B if s & 0x80 else 0) for s in box]
    first = tuple(
        (d << 24) | (s << 16) | (s << 8) | (d ^ s) for s, d in zip(box, doubled, strict=True)
    )
    turned = [tuple(((v >> n) | (v << (32 - n))) & 0xFFFFFFFF for v in first) for n in (8, 16, 24)]
    return box, first, turned[0], turned[1], turned[2]


def _box() -> bytes:
    """Inverse in GF(2^8), then the affine map: p runs through all powers of 3, q its inverse."""
    box, p, q = bytearray(256), 1, 1
    while True:
        p ^= ((p << 1) ^ (0x11B if p & 0x80 else 0)) & 0xFF
        for shift in (1, 2, 4):
            q = (q ^ (q << shift)) & 0xFF
        q ^= 0x09 if q & 0x80 else 0
        turned = q ^ _left(q, 1) ^ _left(q, 2) ^ _left(q, 3) ^ _left(q, 4)
        box[p] = turned ^ 0x63
        if p == 1:
            box[0] = 0x63
            return bytes(box)


def _left(byte: int, by: int) -> int:
    return ((byte << by) | (byte >> (8 - by))) & 0xFF


def _expanded(key: bytes) -> list[tuple[int, ...]]:
    box = _tables()[0]
    words, constant = list(struct.unpack(">4I", key)), 1
    for i in range(4, 44):
        last = words[-1]
        if i % 4 == 0:
            last = int.from_bytes(bytes(box[b] for b in _turned(last)), "big") ^ (constant << 24)
            constant = (constant << 1) ^ (0x11B if constant & 0x80 else 0)
        words.append(words[i - 4] ^ last)
    return [tuple(words[i : i + 4]) for i in range(0, 44, 4)]


def _turned(word: int) -> bytes:
    raw = word.to_bytes(4, "big")
    return raw[1:] + raw[:1]


def _block(keys: list[tuple[int, ...]], block: tuple[int, ...]) -> tuple[int, int, int, int]:
    box, t0, t1, t2, t3 = _tables()
    a, b, c, d = (x ^ k for x, k in zip(block, keys[0], strict=True))
    for k0, k1, k2, k3 in keys[1:10]:
        a, b, c, d = (
            t0[a >> 24] ^ t1[(b >> 16) & 255] ^ t2[(c >> 8) & 255] ^ t3[d & 255] ^ k0,
            t0[b >> 24] ^ t1[(c >> 16) & 255] ^ t2[(d >> 8) & 255] ^ t3[a & 255] ^ k1,
            t0[c >> 24] ^ t1[(d >> 16) & 255] ^ t2[(a >> 8) & 255] ^ t3[b & 255] ^ k2,
            t0[d >> 24] ^ t1[(a >> 16) & 255] ^ t2[(b >> 8) & 255] ^ t3[c & 255] ^ k3,
        )
    rows = ((a, b, c, d), (b, c, d, a), (c, d, a, b), (d, a, b, c))
    last = [
        (box[w >> 24] << 24)
        | (box[(x >> 16) & 255] << 16)
        | (box[(y >> 8) & 255] << 8)
        | box[z & 255]
        for w, x, y, z in rows
    ]
    k0, k1, k2, k3 = keys[10]
    return last[0] ^ k0, last[1] ^ k1, last[2] ^ k2, last[3] ^ k3
