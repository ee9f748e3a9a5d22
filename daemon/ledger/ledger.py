"""The ledger as one thing: its file, and every noun of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from daemon.ledger import counts, events, messages, places
from daemon.ledger import past as remembered
from daemon.ledger.acts import Acts
from daemon.ledger.again import Again
from daemon.ledger.alarms import Alarms
from daemon.ledger.aliases import Aliases
from daemon.ledger.backlog import Backlog, backlog
from daemon.ledger.browse import Browse
from daemon.ledger.caps import Caps
from daemon.ledger.concessions import Concessions
from daemon.ledger.counts import Letter, Row, Shelved, Tally
from daemon.ledger.details import Details
from daemon.ledger.dispatches import Dispatches
from daemon.ledger.drafts import Drafts
from daemon.ledger.drills import Trace, trace
from daemon.ledger.entry import Entry, Key
from daemon.ledger.events import Event
from daemon.ledger.failures import Failures
from daemon.ledger.filings import Filings
from daemon.ledger.frequency import Frequency
from daemon.ledger.gallery import Gallery
from daemon.ledger.handovers import Handovers
from daemon.ledger.keys import at_key, move
from daemon.ledger.nights import Nights
from daemon.ledger.outgoing import Outgoing
from daemon.ledger.past import ANYONE, Asking
from daemon.ledger.people import People
from daemon.ledger.places import Standing
from daemon.ledger.pulses import Pulses
from daemon.ledger.record import record
from daemon.ledger.reminders import Reminders
from daemon.ledger.replies import Replies
from daemon.ledger.restored import restored, restored_at
from daemon.ledger.selections import Selections
from daemon.ledger.sessions import Sessions
from daemon.ledger.skipped import Skipped
from daemon.ledger.store import Store
from daemon.ledger.tables import Tables
from rules.mending import Mended, Place
from rules.notice import Notice
from rules.submission import Attachment, Claim, Message, Sighting


class Ledger:
    """One ledger file. Safe from several threads; Unavailable when disk or file fail.

    `replies` is the queue of the outbox, `caps` its brakes, `drafts` the replies on a person's
    desk, `dispatches` the queue of mails of our own accord, `reminders` what those are about,
    `filings` what the library is owed, `concessions` what the office granted a unit,
    `pulses` when mailboxes last answered, `alarms` those that are raised, `skipped` messages
    that are put off. `people` may see the pages, `sessions` are those who are signed in,
    `failures` those who guessed. `browse` is the list of messages, as staff look through it,
    `details` all that is known of one, `gallery` the accepted files. `acts` are what people
    decide, `aliases` and `selections` what some of them leave behind, `again` what it takes to
    judge a message once more.
    """

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        self._store = Store(path, readonly=readonly)
        self.path = path
        self.replies = Replies(self._store)
        self.caps = Caps(self._store)
        self.drafts = Drafts(self._store)
        self.dispatches = Dispatches(self._store)
        self.reminders = Reminders(self._store)
        self.tables = Tables(self._store)
        self.handovers = Handovers(self._store)
        self.filings = Filings(self._store)
        self.concessions = Concessions(self._store)
        self.pulses = Pulses(self._store)
        self.alarms = Alarms(self._store)
        self.skipped = Skipped(self._store)
        self.outgoing = Outgoing(self._store)
        self.frequency = Frequency(self._store)
        self.nights = Nights(self._store)
        self.people = People(self._store)
        self.sessions = Sessions(self._store)
        self.failures = Failures(self._store)
        self.browse = Browse(self._store)
        self.details = Details(self._store)
        self.gallery = Gallery(self._store)
        self.acts = Acts(self._store)
        self.again = Again(self._store)
        self.aliases = Aliases(self._store)
        self.selections = Selections(self._store)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._store.close()

    def made(self) -> datetime:
        """When this ledger was begun."""
        return self._store.made()

    def backup(self, target: Path) -> None:
        """A whole copy, made while others write. `target` must not exist yet."""
        self._store.backup(target)

    def sync(self, notice: Notice, now: datetime) -> None:
        """Make the places of this notice appear in the status."""
        with self._store.writing() as connection:
            places.sync(connection, notice, now)

    @contextmanager
    def together(self) -> Iterator[None]:
        """All that this thread writes until the end is durable then, or not at all.

        Other threads wait with their writing: for a few messages, never for a network.
        """
        with self._store.writing():
            yield

    def record(self, entry: Entry) -> int:
        """Everything about one message, in one transaction; the id of its row.

        The same bytes at a key already there change nothing and return the id it has.
        """
        with self._store.writing() as connection:
            return record(connection, entry, self._store.at_last)

    def known(self, key: Key) -> int | None:
        with self._store.reading() as connection:
            return at_key(connection, key)

    def newest(self, mailbox: str, uidvalidity: str, folder: str = "") -> int:
        """The highest UID written down; 0 for none."""
        with self._store.reading() as connection:
            return messages.newest(connection, mailbox, uidvalidity, folder)

    def uids(self, mailbox: str, uidvalidity: str, folder: str = "") -> set[int]:
        """Every UID written down: the work list is ours, not the server's flags."""
        with self._store.reading() as connection:
            return messages.uids(connection, mailbox, uidvalidity, folder)

    def by_digest(self, mailbox: str, sha256: str) -> tuple[int, Key] | None:
        """The first message of this mailbox with these bytes, after a change of UIDVALIDITY."""
        with self._store.reading() as connection:
            return messages.by_digest(connection, mailbox, sha256)

    def move(self, message: int, key: Key, now: datetime) -> None:
        """The server gave this message another place."""
        with self._store.writing() as connection:
            move(connection, message, key, now)

    def before(self, claim: Claim, asking: Asking = ANYONE) -> tuple[Attachment, ...]:
        """Good files of earlier versions, the newest first."""
        with self._store.reading() as connection:
            return remembered.before(connection, claim, asking)

    def mended(self, message_ids: Sequence[str]) -> Mended | None:
        """Where the message was put that one of these replies of ours answered."""
        with self._store.reading() as connection:
            found = remembered.mended(connection, message_ids)
        return None if found is None else found[1]

    def extended(self, claim: Claim) -> datetime | None:
        """The later due time that the office granted at the claim's place."""
        if claim.unit is None or claim.category is None:
            return None
        window = claim.window.name if claim.window else ""
        unit, category = claim.unit.name, claim.category.name
        place = Place(notice=claim.notice, unit=unit, category=category, window=window)
        return self.concessions.extension(place)

    def same_letter(self, key: Key, message: Message, digests: Sequence[str]) -> int | None:
        """The row of this very letter, if it came into this folder before by another way."""
        if not message.message_id:
            return None
        with self._store.reading() as connection:
            return messages.same_letter(connection, key, message, digests)

    def looks_like(self, message: int, size: int | None, received: datetime | None) -> bool:
        """Whether the row has this size and arrival, as far as the server tells them."""
        with self._store.reading() as connection:
            return messages.looks_like(connection, message, size, received)

    def answered_by(self, message_ids: Sequence[str]) -> int | None:
        """The ledger id of that message."""
        with self._store.reading() as connection:
            found = remembered.mended(connection, message_ids)
        return None if found is None else found[0]

    def sightings(self, digests: Sequence[str]) -> tuple[Sighting, ...]:
        with self._store.reading() as connection:
            return tuple(remembered.sightings(connection, digests))

    def status(self, notice: str = "") -> tuple[Standing, ...]:
        """Every place of every synced notice, or of one, in the order of roster and windows."""
        with self._store.reading() as connection:
            return places.status(connection, notice)

    def owed(self) -> tuple[Standing, ...]:
        """The places of `status` that are missing or returned, and not waived."""
        with self._store.reading() as connection:
            return places.owed(connection)

    def messages(self) -> Iterator[dict[str, Any]]:
        """Every message seen, oldest first, as `baosong messages --json` writes them."""
        return messages.listing(self._store.reading)

    def history(self, message: int) -> tuple[Event, ...]:
        with self._store.reading() as connection:
            return events.history(connection, message)

    def note(self, message: int, event: Event) -> None:
        with self._store.writing() as connection:
            events.note(connection, message, event)

    def tally(self) -> tuple[Tally, ...]:
        with self._store.reading() as connection:
            return counts.tally(connection)

    def letters(self) -> Iterator[Letter]:
        return counts.letters(self._store.reading)

    def shelved(self) -> Iterator[Shelved]:
        return counts.shelved(self._store.reading)

    def rows(self, mailbox: str, folder: str) -> Iterator[Row]:
        """Where every message of a folder lies, ordered by UIDVALIDITY (as text) and UID."""
        return counts.rows(self._store.reading, mailbox, folder)

    def respool(self, message: int, path: Path) -> None:
        """The raw copy of this message lies somewhere else now."""
        with self._store.writing() as connection:
            counts.respool(connection, message, path)

    def backlog(self) -> Backlog:
        """What waits, by mailbox."""
        with self._store.reading() as connection:
            return backlog(connection)

    def restored(self, spool: Path, now: datetime) -> None:
        """This file came out of a backup; the raw copies lie under `spool` now."""
        with self._store.writing() as connection:
            restored(connection, spool, now)

    def restored_at(self) -> datetime | None:
        """When it last came out of a backup; None when it never did."""
        with self._store.reading() as connection:
            return restored_at(connection)

    def trace(self, mailbox: str, message_id: str) -> Trace | None:
        """What became of the letter with this Message-ID; None while it has not been read."""
        with self._store.reading() as connection:
            return trace(connection, mailbox, message_id)
