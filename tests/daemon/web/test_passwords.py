"""What a password costs us, and when."""

from typing import Literal

from argon2 import PasswordHasher

from daemon.web.passwords import LONGEST, Passwords

WORD = "correct horse"


class Counting(PasswordHasher):
    """Quick, and counts how often it worked."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.worked = 0

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.worked += 1
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - its own name
        self.worked += 1
        return super().verify(hash, password)


def test_nothing_is_hashed_before_somebody_signs_in() -> None:
    """A hash takes 64 MiB: more than the daemon that starts."""
    hasher = Counting()
    Passwords(hasher)
    assert hasher.worked == 0


def test_a_stranger_costs_what_a_wrong_word_costs() -> None:
    hasher = Counting()
    known = hasher.hash(WORD)
    passwords = Passwords(hasher)
    costs = []
    for whose in (None, known):
        before = hasher.worked
        assert not passwords.fits("another word", whose)
        costs.append(hasher.worked - before)
    assert costs == [1, 1]


def test_no_word_fits_a_stranger_and_a_long_one_nobody() -> None:
    hasher = Counting()
    passwords = Passwords(hasher)
    assert not passwords.fits(WORD, None)
    assert not passwords.fits("", "")
    assert not passwords.fits("x" * (LONGEST + 1), hasher.hash("x" * LONGEST))
    assert passwords.fits(WORD, hasher.hash(WORD))
