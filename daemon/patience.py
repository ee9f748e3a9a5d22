"""How long a mailbox that cannot be reached is left alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(minutes=15)
AFTER_REFUSAL = timedelta(minutes=10)
LONGEST_AFTER_REFUSAL = timedelta(hours=1)


def pause(failures: int, *, poll: timedelta, refused: bool = False) -> timedelta:
    """The pause after so many failures in a row (from 1): it doubles, up to a quarter of an hour.

    A refused login is left alone for ten minutes at once: providers answer throttling and a
    wrong password with the same words, and lock a mailbox that keeps trying.
    """
    first, longest = (AFTER_REFUSAL, LONGEST_AFTER_REFUSAL) if refused else (poll, LONGEST)
    # A million polls are weeks: far above `longest`, and far below what timedelta can hold.
    return max(min(first * (1 << min(failures - 1, 20)), longest), min(poll, LONGEST))


@dataclass(slots=True)
class Patience:
    """What is remembered of one mailbox between two passes."""

    poll: timedelta
    failures: int = 0
    until: datetime | None = None

    def due(self, now: datetime) -> bool:
        return self.until is None or now >= self.until

    def failed(self, now: datetime, *, refused: bool) -> timedelta:
        """Count a failure; how long to wait now."""
        self.failures += 1
        wait = pause(self.failures, poll=self.poll, refused=refused)
        self.until = now + wait
        return wait

    def recovered(self) -> bool:
        """Forget the failures; whether there were any."""
        failures, self.failures, self.until = self.failures, 0, None
        return failures > 0
