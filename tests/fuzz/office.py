"""A desk that takes one mail after another: spool, line, ledger; no mailbox and nothing sent."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from daemon import recording
from daemon.config.notices import SHIPPED, load
from daemon.inspection import Inspector
from daemon.intake import Arrival, Intake, Outcome
from daemon.ledger import Key, Ledger, reply_message_id
from daemon.looking import Here
from daemon.recording import Stored
from daemon.spool import Spool

NOTICE = load(SHIPPED)
NOW = datetime(2020, 7, 10, 4, tzinfo=UTC)
_ROWS = 200
OURS = frozenset(m.address.lower() for m in NOTICE.mailboxes)


@dataclass(frozen=True)
class Taken:
    """One mail with all that became of it; `row` as `baosong messages --json` lists it."""

    raw: bytes
    outcome: Outcome
    row: dict[str, Any]


class Desk:
    """Everything in one folder. Its memory is blank: a mail is judged by itself alone."""

    def __init__(self, root: Path, inspector: Inspector) -> None:
        self._root = root
        self._ledger = self._begun()
        self._spool = Spool(root / "spool")
        self.intake = Intake(notices=(NOTICE,), looker=Here(inspector), ours=OURS)
        self._uid = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ledger.close()

    def _begun(self) -> Ledger:
        path = self._root / "ledger.db"
        path.unlink(missing_ok=True)
        ledger = Ledger(path)
        ledger.sync(NOTICE, NOW)
        return ledger

    def take(self, raw: bytes, *, mailbox: str = "zuzhibu", junk: bool = False) -> Taken:
        self._uid += 1
        if self._uid % _ROWS == 0:  # a long list is slow to look through
            self._ledger.close()
            self._ledger = self._begun()
        key = Key(mailbox=mailbox, uidvalidity="1", uid=self._uid)
        at = Stored(key=key, spooled=self._spool.receive([raw]), recorded=NOW)
        arrival = Arrival(
            now=NOW,
            reply_id=reply_message_id(key, at.spooled.sha256, "scau.edu.cn"),
            mailbox=mailbox,
            junk=junk,
        )
        with self._spool.temporary() as work:
            outcome = self.intake.judge(at.spooled.path, work, arrival)
        draft = recording.draft(outcome.reply, approval=False) if outcome.reply else None
        entry = recording.entry(outcome, at, draft=draft, unanswered=outcome.answer.reason)
        self._ledger.record(entry)
        at.spooled.path.unlink()
        rows = (row for row in self._ledger.messages() if row["uid"] == self._uid)
        return Taken(raw, outcome, next(rows))
