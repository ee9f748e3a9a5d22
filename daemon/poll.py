"""One pass over one mailbox: what is new is spooled, judged, recorded, filed; then put away.

The order is the promise: raw copy and ledger row are on disk before anything is sent, and before
the mailbox is touched at all. Each step can be repeated after a crash at any line.
"""

import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from daemon import bounces, recording
from daemon.config import Config
from daemon.config import Mailbox as Box
from daemon.errors import Unavailable
from daemon.filing import Filer
from daemon.intake import Arrival, Intake, Outcome
from daemon.ledger import Entry, Key, Ledger, reply_message_id
from daemon.mailbox import Folder, Item, Opening, Vanished, open_mailbox
from daemon.recording import Stored
from daemon.seal import sealed
from daemon.spool import Spool
from daemon.worklist import Desk, Worklist
from rules import answering
from rules.answering import Answer

PER_CAMPAIGN = 10  # answers to one sender about one notice; then a person writes
MOST_FAULTS = 3  # messages that fail in one pass: with more, it is hardly the messages
log = logging.getLogger(__name__)


class Failed(Exception):
    """One message could not be taken; the next ones may fare better."""

    def __init__(self, key: Key, fault: Unavailable) -> None:
        super().__init__(str(fault))
        self.key = key
        self.fault = fault


@dataclass(slots=True)
class Course:
    """How far a pass has come."""

    new: int = 0
    left: set[Key] = field(default_factory=set)
    fault: Unavailable | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Poll:
    """Everything a pass needs. `now` is the clock; `stop` is asked between messages.

    `alive` is told, message by message, that the mailbox answers.
    """

    config: Config
    ledger: Ledger
    spool: Spool
    filer: Filer
    intake: Intake
    now: Callable[[], datetime]
    stop: Callable[[], bool] = lambda: False
    alive: Callable[[Box], None] = lambda box: None
    opening: Opening = open_mailbox

    def __call__(self, box: Box) -> int:
        """Read one mailbox to its end; how many messages were new.

        A message that fails is left for a later pass, and the others are read. Raises Unavailable
        when the mailbox fails, or, in the end, for the first message that did so for the first
        time; what was recorded until then stays recorded.
        """
        course = Course()
        while len(course.left) < MOST_FAULTS and not self._to_the_end(box, course):
            pass
        if course.fault is not None:
            raise course.fault
        return course.new

    def _to_the_end(self, box: Box, course: Course) -> bool:
        """False: a message has failed. It may have taken the connection with it."""
        try:
            self._read(box, course)
        except Failed as failed:
            if self.stop():
                raise failed.fault from failed
            self._put_off(failed, course)
            return False
        return True

    def _read(self, box: Box, course: Course) -> None:
        with self.opening(box, state=self.config.state) as folders:
            for folder in folders:
                work = self._desk(box, folder).work(self.now())
                for item in work.items:
                    if self.stop():
                        return
                    course.new += self._attempt(box, folder, item, work, course)
                    self.alive(box)

    def _attempt(
        self, box: Box, folder: Folder, item: Item, work: Worklist, course: Course
    ) -> bool:
        key = self._desk(box, folder).key(item.uid)
        if key in course.left:
            return False
        try:
            return self.take(box, folder, item, work.whole)
        except Unavailable as fault:
            raise Failed(key, fault) from fault

    def _put_off(self, failed: Failed, course: Course) -> None:
        failures = self.ledger.skipped.skip(failed.key, self.now(), str(failed.fault))
        log.warning("%s: left for a later pass: %s", failed.key.mailbox, failed.fault)
        course.left.add(failed.key)
        if failures == 1 and course.fault is None:
            course.fault = failed.fault

    def _desk(self, box: Box, folder: Folder) -> Desk:
        place = subfolder(box, folder)
        return Desk(ledger=self.ledger, folder=folder, mailbox=box.name, place=place)

    def take(
        self, box: Box, folder: Folder, item: Item, whole: Mapping[int, Item] | None = None
    ) -> bool:
        """One message, from the mailbox to the library; whether it is new to the ledger.

        `whole` is a folder's listing where its numbers promise nothing.
        """
        desk = self._desk(box, folder)
        key = desk.key(item.uid)
        message = desk.known(item, doubted=whole is not None)
        new = message is None
        if message is None:
            try:
                spooled = self.spool.receive(folder.fetch(item.uid))
            except Vanished as gone:  # deleted between listing and fetching
                log.info("%s", gone)
                self.ledger.skipped.settle(key)
                return False
            at = Stored(key=key, spooled=spooled, recorded=self.now())
            moved = self._moved(at, desk, whole)
            message = moved or self.ledger.record(self._entry(box, folder, item, at))
        self.filer.file(message, self.now())
        folder.dispose(item.uid)
        self.ledger.skipped.settle(key)
        return new

    def _moved(self, at: Stored, desk: Desk, whole: Mapping[int, Item] | None) -> int | None:
        """The row of this very message, when the server has only given it another number."""
        before = self.ledger.by_digest(at.key.mailbox, at.spooled.sha256)
        if before is None or before[1].folder != at.key.folder:
            return None
        message, key = before
        there = whole.get(key.uid) if whole else None
        stays = there is not None and desk.is_row(there, message)
        same = key.uidvalidity == at.key.uidvalidity
        if same and key != at.key and (whole is None or stays):
            return None
        self.ledger.move(message, at.key, at.recorded)
        return message

    def _entry(self, box: Box, folder: Folder, item: Item, at: Stored) -> Entry:
        """Judge it. The one broad except of the program: whatever we do wrong costs one message."""
        twin = self.ledger.by_digest(at.key.mailbox, at.spooled.sha256)
        if twin is not None and twin[1].folder == at.key.folder:
            return recording.copy(at, item.received, twin[0])
        try:
            return self._judged(box, folder, item, at)
        except Unavailable:
            raise
        except (OSError, MemoryError) as world:  # disk full, too many open files, no memory
            raise Unavailable(f"judging {at.spooled.path.name}", world) from world
        except Exception:
            log.exception("message %s is held: we failed at it", at.key)
            return recording.fault(at, item.received, traceback.format_exc())

    def _judged(self, box: Box, folder: Folder, item: Item, at: Stored) -> Entry:
        arrival = Arrival(
            now=at.recorded,
            reply_id=reply_message_id(at.key, at.spooled.sha256, box.address.rpartition("@")[2]),
            mailbox=box.name,
            received=item.received,
            authserv=box.authserv,
            junk=folder.junk,
        )
        with self.spool.temporary() as work:
            outcome = self.intake.judge(at.spooled.path, work, arrival)
        if sealed(self.config.state, box.address, outcome.opened.message):
            return recording.drill(outcome, at)
        if original := self._before(outcome, at.key):
            return recording.again(outcome, at, original)
        may = self._may(outcome, at.recorded)
        draft = None
        if outcome.reply is not None and may.allowed:
            draft = recording.draft(outcome.reply, approval=self._waits(item.received))
        entry = recording.entry(outcome, at, draft=draft, unanswered=may.reason)
        message = outcome.opened.message
        ids = [*message.references, message.in_reply_to]
        returned = bounces.returned(outcome, box, self.ledger.caps, at.recorded)
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


def subfolder(box: Box, folder: Folder) -> str:
    """The ledger's word for a folder: "" for the mailbox's own."""
    return folder.place.removeprefix(box.name).removeprefix("/")
