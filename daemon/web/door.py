"""Signing in by name and password. Who guesses waits, by name and by address, longer each time."""

import unicodedata
from datetime import timedelta
from threading import Lock

from daemon.ledger import Person
from daemon.ledger.failures import Kind
from daemon.web.desk import Desk
from daemon.web.passwords import Passwords

FREE: dict[Kind, int] = {"name": 5, "address": 20}  # failures that cost no waiting
FIRST, LAST = timedelta(seconds=30), timedelta(minutes=15)
ZERO = timedelta(0)


class Shut(Exception):
    """Too many attempts, of a person or a stranger alike. `wait` is how long still."""

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(f"another {wait}")


class Door:
    """Strangers and persons meet the same words, the same time, the same waiting."""

    def __init__(self, desk: Desk, passwords: Passwords) -> None:
        self._desk = desk
        self._passwords = passwords
        self._one_by_one = Lock()

    def opens(self, name: str, password: str, address: str) -> Person | None:
        """The person with this name and password, else None. Raises Shut."""
        tried: tuple[tuple[Kind, str], ...] = (("name", _folded(name)), ("address", address))
        self._count(tried)
        people = self._desk.ledger.people
        known = people.hash(name)
        if not self._passwords.fits(password, known) or known is None:
            return None
        for kind, subject in tried:
            self._desk.ledger.failures.forgiven(kind, subject)
        if self._passwords.stale(known):
            people.rehash(name, self._passwords.hash(password))
        return people.find(name)

    def _count(self, tried: tuple[tuple[Kind, str], ...]) -> None:
        """Before it is known: a hundred attempts at the same moment are counted one by one."""
        failures, now = self._desk.ledger.failures, self._desk.clock()
        with self._one_by_one:
            for kind, subject in tried:
                guesses = failures.of(kind, subject)
                if guesses and (wait := pause(kind, guesses.count) - (now - guesses.last)) > ZERO:
                    raise Shut(wait)
            for kind, subject in tried:
                failures.failed(kind, subject, now)


def pause(kind: Kind, count: int) -> timedelta:
    """How long after that many failures: 30 s, a minute, two …, at most a quarter of an hour."""
    beyond = count - FREE[kind]
    return ZERO if beyond < 0 else min(FIRST * 2 ** min(beyond, 10), LAST)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()[:200]
