"""Does a PDF of AES-256 open without a password? (ISO 32000-2, algorithms 2.A, 2.B and 11)

pypdf can only tell with the cryptography wheel installed. Everything older it tells itself.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from daemon.inspection import aes


def is_empty(encryption: Mapping[str, Any]) -> bool:
    """Whether the empty user password fits the encryption dictionary of revision 5 or 6.

    A document of which only the attachments are locked opens as well.
    """
    if encryption.get("/StmF", "/Identity") == "/Identity":
        return True
    stored = _raw(encryption["/U"])
    return _hash(int(encryption["/R"]), stored[32:40]) == stored[:32]


def _raw(value: Any) -> bytes:
    """pypdf reads a string as text where it can, and keeps its bytes beside."""
    raw = getattr(value, "original_bytes", value)
    return bytes(raw)


def _hash(revision: int, salt: bytes) -> bytes:
    """Algorithm 2.B for an empty password: 64 rounds or more of AES and the SHA it chooses."""
    key = hashlib.sha256(salt).digest()
    if revision < 6:
        return key
    done = 0
    while True:
        noise = aes.encrypt(key * 64, key=key[:16], vector=key[16:32])
        chosen = (hashlib.sha256, hashlib.sha384, hashlib.sha512)[sum(noise[:16]) % 3]
        key = chosen(noise).digest()
        done += 1
        if done >= 64 and noise[-1] <= done - 32:
            return key[:32]
