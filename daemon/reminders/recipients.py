"""Whom a reminder of a unit is written to."""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime

from daemon.ledger import Standing
from rules.answering import addressable
from rules.notice import Unit

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def recipients(
    unit: Unit,
    standings: Iterable[Standing],
    *,
    dead: Callable[[str], str],
    ours: Collection[str],
) -> tuple[str, ...]:
    """The roster's addresses, else who wrote last for this unit; nobody who cannot be reached.

    `dead` says why an address is not written to ("" when it is), `ours` are our own mailboxes in
    lower case.
    """
    named = unit.mail or _last_sender(standings)
    fit = (a for a in named if addressable(a) and a.lower() not in ours and not dead(a))
    return tuple(dict.fromkeys(fit))


def _last_sender(standings: Iterable[Standing]) -> tuple[str, ...]:
    heard = [s for s in standings if s.last_sender]
    newest = max(heard, key=lambda s: s.last_received or LONG_AGO, default=None)
    return (newest.last_sender,) if newest else ()
