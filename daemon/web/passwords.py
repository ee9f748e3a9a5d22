"""Passwords: argon2id hashes, the same time for a stranger as for a wrong word."""

from threading import Semaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 8, 1_000  # characters
AT_ONCE = 2  # each takes 64 MiB while it lasts


class Passwords:
    """`hasher` has the parameters of RFC 9106; a hash with others is renewed at a sign-in."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = Semaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        return self._hasher.hash(password.encode("utf-8", "replace"))

    def fits(self, password: str, known: str | None) -> bool:
        """Whether it is the password of this hash. None, a stranger's, takes as long."""
        with self._turns:
            right = self._verify(password[:LONGEST], known) if known else self._worked(password)
        return right and len(password) <= LONGEST

    def stale(self, known: str) -> bool:
        return self._hasher.check_needs_rehash(known)

    def _verify(self, password: str, known: str) -> bool:
        try:
            return self._hasher.verify(known, password.encode("utf-8", "replace"))
        except (VerificationError, InvalidHashError):  # another password; a row edited by hand
            return False

    def _worked(self, password: str) -> bool:
        """What comparing costs, for nobody: to hash is the same work."""
        self.hash(password[:LONGEST])
        return False


def too_weak(password: str) -> str:
    """Why it is none; "" when it will do."""
    if len(password) < SHORTEST:
        return f"at least {SHORTEST} characters"
    return f"at most {LONGEST} characters" if len(password) > LONGEST else ""
