"""One act while it is being done: everything it changes, with what was there before."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from daemon.ledger import aliases, concessions, judged, queueing, search, selections, versions
from daemon.ledger import findings as found
from daemon.ledger.act import Act, Kind
from daemon.ledger.concessions import Granted
from daemon.ledger.entry import Draft, Entry
from daemon.ledger.events import Event, note
from daemon.ledger.queueing import Gone
from daemon.ledger.shelving import shelve
from daemon.ledger.values import text
from daemon.ledger.versions import Numbered
from rules.mending import Place

# the first act since, about the same message or the same place, that stands
LATER = """
select kind, who from act where id > :act and id < :now and kind <> 'undo'
  and (message = :message or (message is null and :message is null
    and notice = :notice and unit = :unit and category = :category and window = :window))
  and not exists (select 1 from act as undoing where undoing.undoes = act.id)
order by id limit 1
"""
KEPT = "select before from act where id = ?"
REVIVE = "delete from dead_address where address = ?"
MARK = "update message set late = ?, status = ? where id = ?"


class Deed:
    """Inside one transaction. `act` is its number in the ledger, `before` what an undo needs."""

    def __init__(self, connection: sqlite3.Connection, act: int, at: datetime) -> None:
        self._connection = connection
        self.act = act
        self.at = at
        self.before: dict[str, Any] = {}

    def rewrite(
        self,
        message: int,
        entry: Entry,
        *,
        decided: int | None = None,
        correction: Sequence[str] | None = None,
    ) -> bool:
        """Write what the message is judged to be now; whether a person would see a difference.

        `decided` is the act by which a person overruled the rules, `correction` the unit,
        category, window and date that every later judging keeps to.
        """
        kept = judged.snapshot(self._connection, message)
        self.before["judged"] = kept
        with search.changing(self._connection, message):
            judged.rewrite(self._connection, message, entry, decided)
        if correction is not None:
            judged.correct(self._connection, message, correction)
        return not judged.same(kept, judged.snapshot(self._connection, message))

    def move(self, message: int, entry: Entry, correction: Sequence[str]) -> None:
        """To the place of this entry; status and findings stay."""
        self.before["judged"] = judged.snapshot(self._connection, message)
        judged.move(self._connection, message, entry)
        judged.correct(self._connection, message, correction)

    def reply(self, message: int, draft: Draft | None, *, asked: bool = True) -> None:
        """The reply that waits says otherwise and is dropped; the draft, if any, follows it.

        Not `asked` for, a draft takes the place of one that waits, and nothing else: nobody is
        written to a second time. One that failed is dropped, too: it must not be sent again.
        Raises Sending while the other may be on its way.
        """
        if not asked and not queueing.queued(self._connection, message):
            draft = None
        self.before["reply"] = queueing.replace(
            self._connection, message, draft, why=f"act {self.act}", now=self.at
        )

    def release(self, message: int) -> None:
        """Its failed reply goes again, as it is."""
        self.before["reply"] = queueing.release(self._connection, message, self.at)

    def grant(self, place: Place, granted: Granted) -> bool:
        """False: there is no such place."""
        before = concessions.granted(self._connection, place)
        if before is None:
            return False
        self.before["granted"] = before.as_json()
        concessions.grant(self._connection, place, granted)
        return True

    def granted(self, place: Place) -> Granted:
        return concessions.granted(self._connection, place) or Granted()

    def alias(self, notice: str, unit: str, alias: str) -> bool:
        """False: somebody has added it in the meantime."""
        self.before["alias"] = [notice, alias]
        return aliases.add(self._connection, aliases.Alias(notice, unit, alias), self.act)

    def select(self, message: int, *, on: bool) -> bool:
        """False: it was so already."""
        self.before["selected"] = [message, not on]
        return selections.put(self._connection, message, self.act, on=on)

    def place(self, message: int) -> Place:
        """Where it is by now."""
        return versions.place_of(self._connection, message)

    def versions(self, place: Place) -> tuple[Numbered, ...]:
        return versions.at(self._connection, place)

    def findings(self, message: int) -> list[found.Row]:
        return found.read(self._connection, message)

    def mark(self, version: Numbered, rows: Sequence[found.Row], event: Event) -> None:
        """Another lateness, and the status that follows from it; `event` tells the message's own
        history of it. A reply that has not gone says otherwise, and waits for a person."""
        values = (version.late, version.status, version.message)
        self._connection.execute(MARK, values)
        found.replace(self._connection, version.message, rows)
        shelve(self._connection, version.message, version.shelf)
        note(self._connection, version.message, event)
        queueing.hold(self._connection, version.message, event.what)

    def later(self, act: Act) -> tuple[Kind, str] | None:
        """The first act since about the same message, or place, that stands: what, and whose."""
        names = dict(zip(versions.PLACE, versions.names(act.place), strict=True))
        values = {"act": act.id, "now": self.act, "message": act.message, **names}
        row = self._connection.execute(LATER, values).fetchone()
        return None if row is None else (row["kind"], str(row["who"]))

    def revive(self, address: str) -> None:
        """Mail may go to this address again, though some came back; "" for none."""
        self._connection.execute(REVIVE, (text(address),))

    def undo(self, act: int, message: int | None, place: Place) -> Gone | None:
        """Put back what was there before that act. What is Gone cannot be taken back.

        Raises Sending while a reply may be on its way.
        """
        kept: Mapping[str, Any] = json.loads(self._connection.execute(KEPT, (act,)).fetchone()[0])
        gone = None
        if "granted" in kept:
            concessions.grant(self._connection, place, Granted.of(kept["granted"]))
        if "alias" in kept:
            aliases.remove(self._connection, *kept["alias"])
        if "selected" in kept:
            again, on = kept["selected"]
            selections.put(self._connection, again, self.act, on=on)
        if message is not None and "reply" in kept:
            gone = queueing.undo(self._connection, message, kept["reply"], f"act {self.act}")
        if message is not None and "judged" in kept:
            with search.changing(self._connection, message):
                judged.put(self._connection, message, kept["judged"])
        return gone
