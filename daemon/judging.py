"""One spooled message → what the ledger is told about it.

What has happened before it came is asked of the ledger: the same bytes, the same letter, the caps.
"""

import logging
import traceback
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from daemon import bounces, recording
from daemon.config import Config
from daemon.config import Mailbox as Box
from daemon.errors import Unavailable
from daemon.intake import Arrival, Intake, Outcome
from daemon.ledger import Entry, Key, Ledger, reply_message_id
from daemon.looking import Looked
from daemon.mailbox import Item
from daemon.recording import Stored
from daemon.seal import sealed
from daemon.worklist import Desk
from rules import answering
from rules.answering import Answer

PER_CAMPAIGN = 10  # answers to one sender about one notice; then a person writes
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One message to be judged. `twin` is the row of the same bytes in the same folder, if there
    is one; `work` the folder of its decoded files."""

    item: Item
    at: Stored
    twin: int | None
    work: Path
    looked: Future[Looked]


@dataclass(frozen=True, slots=True)
class Judged:
    """`at_hand` are the decoded files, by digest."""

    entry: Entry
    at_hand: Mapping[str, Path]


@dataclass(frozen=True, kw_only=True, slots=True)
class Bench:
    """Who judges the messages of one folder."""

    config: Config
    ledger: Ledger
    intake: Intake
    box: Box
    junk: bool

    def twin(self, at: Stored) -> tuple[int, Key] | None:
        """The row of the same bytes in the same folder, and where they lie."""
        before = self.ledger.by_digest(at.key.mailbox, at.spooled.sha256)
        return before if before and before[1].folder == at.key.folder else None

    def moved(
        self, at: Stored, twin: tuple[int, Key], desk: Desk, whole: Mapping[int, Item] | None
    ) -> int | None:
        """The row of this very message, when the server has only given it another number."""
        message, key = twin
        there = whole.get(key.uid) if whole else None
        stays = there is not None and desk.is_row(there, message)
        same = key.uidvalidity == at.key.uidvalidity
        if same and key != at.key and (whole is None or stays):
            return None
        self.ledger.move(message, at.key, at.recorded)
        return message

    def judge(self, case: Case) -> Judged:
        """The one broad except of the program: whatever we do wrong costs one message."""
        at, received = case.at, case.item.received
        if case.twin is not None:
            return Judged(recording.copy(at, received, case.twin), {})
        try:
            return self._judged(case)
        except Unavailable:
            raise
        except (OSError, MemoryError) as world:  # disk full, too many open files, no memory
            raise Unavailable(f"judging {at.spooled.path.name}", world) from world
        except Exception:
            log.exception("message %s is held: we failed at it", at.key)
            return Judged(recording.fault(at, received, traceback.format_exc()), {})

    def _judged(self, case: Case) -> Judged:
        at, looked = case.at, case.looked.result()
        arrival = self._arrival(case.item, at)
        outcome = self.intake.judge(at.spooled.path, case.work, arrival, looked)
        at_hand = {e.attachment.facts.sha256: e.disk for e in outcome.examined}
        return Judged(self._entry(outcome, case.item, at), at_hand)

    def _arrival(self, item: Item, at: Stored) -> Arrival:
        domain = self.box.address.rpartition("@")[2]
        return Arrival(
            now=at.recorded,
            reply_id=reply_message_id(at.key, at.spooled.sha256, domain),
            mailbox=self.box.name,
            received=item.received,
            authserv=self.box.authserv,
            junk=self.junk,
        )

    def _entry(self, outcome: Outcome, item: Item, at: Stored) -> Entry:
        message = outcome.opened.message
        if sealed(self.config.state, self.box.address, message):
            return recording.drill(outcome, at)
        if original := self._before(outcome, at.key):
            return recording.again(outcome, at, original)
        may = self._may(outcome, at.recorded)
        draft = None
        if outcome.reply is not None and may.allowed:
            draft = recording.draft(outcome.reply, approval=self._waits(item.received))
        entry = recording.entry(outcome, at, draft=draft, unanswered=may.reason)
        ids = [*message.references, message.in_reply_to]
        returned = bounces.returned(outcome, self.box, self.ledger.caps, at.recorded)
        return replace(entry, mends=self.ledger.answered_by(ids), returned=returned)

    def _before(self, outcome: Outcome, key: Key) -> int | None:
        """The row of this very letter, unless a machine wrote it: those are all told apart."""
        if outcome.answer.automatic:
            return None
        digests = [e.attachment.facts.sha256 for e in outcome.examined]
        return self.ledger.same_letter(key, outcome.opened.message, digests)

    def _waits(self, received: datetime | None) -> bool:
        """Whether a person releases the answer: a restored ledger forgot what it had sent."""
        restored = self.ledger.restored_at()
        forgotten = restored is not None and (received is None or received < restored)
        return forgotten or self.config.replies.mode == "approve"

    def _may(self, outcome: Outcome, now: datetime) -> Answer:
        """What the message itself allows, and then what has happened before it came."""
        if not outcome.answer.allowed:
            return outcome.answer
        message, replies, caps = outcome.opened.message, self.config.replies, self.ledger.caps
        received = message.received or now
        sender = message.sender.lower()
        sent, campaign = caps.answered(sender, now), caps.answered_for(sender, outcome.notice.id)
        dead = caps.dead(sender)
        answers = (
            Answer(replies.mode != "off", "回复功能未开启（replies.mode = off）"),
            answering.before_go_live(received, self.config.go_live),
            answering.too_old(received, now, replies.max_age),
            Answer(not dead, f"该地址曾退信：{dead}"),
            answering.over_cap(sent, replies.per_sender_per_day, "24 小时内给该发件人"),
            answering.over_cap(campaign, PER_CAMPAIGN, "本通知给该发件人"),
        )
        return next((a for a in answers if not a.allowed), outcome.answer)
