"""One message along the line: raw bytes → message → inspection → verdict → reply."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol, Self

from daemon.config import Config
from daemon.config import Mailbox as Box
from daemon.inspection import Examined
from daemon.looking.looked import Looked, Looker
from daemon.message import Opened
from daemon.reply import Context, Reply, compose
from rules import forwarding, naming
from rules.aliases import with_aliases
from rules.answering import Answer, answer
from rules.brought import material
from rules.calendar import due, moment
from rules.earlier import settled
from rules.judge import ignored, judge
from rules.mending import Correction, Mended, correct, inherit
from rules.notice import Language, Mailbox, Notice
from rules.speaking import speaks
from rules.submission import Attachment, Claim, Message, Sighting, Submission
from rules.verdict import Status, Verdict

ONCE_MORE = "上一版由老师人工退回，这封来件没有带来新的文件，请老师核对"


class Memory(Protocol):
    """What the ledger remembers of earlier messages."""

    def mended(self, message_ids: Sequence[str]) -> Mended | None: ...
    def before(self, claim: Claim, letter: Message, *, own: bool) -> tuple[Attachment, ...]:
        """Good files that came before this letter; with `own` those of its sender alone, and those
        of the letter that it mends."""
        ...

    def sightings(self, digests: Sequence[str]) -> tuple[Sighting, ...]: ...
    def extended(self, claim: Claim) -> datetime | None:
        """A later due time that the office granted this unit."""
        ...

    def aliases(self, notice: str) -> Mapping[str, tuple[str, ...]]:
        """Names that units of this notice go by, besides those it gives them; by unit."""
        ...

    def refused(self, claim: Claim, letter: Message) -> bool:
        """Whether a person has returned what came last for the claim's place."""
        ...

    def last(self, sender: str, now: datetime) -> bool:
        """Whether one more answer is the last that this sender gets today."""
        ...


class Blank:
    """No memory: every message is the first of its kind."""

    def mended(self, message_ids: Sequence[str]) -> Mended | None:
        return None

    def before(self, claim: Claim, letter: Message, *, own: bool) -> tuple[Attachment, ...]:
        return ()

    def sightings(self, digests: Sequence[str]) -> tuple[Sighting, ...]:
        return ()

    def extended(self, claim: Claim) -> datetime | None:
        return None

    def aliases(self, notice: str) -> Mapping[str, tuple[str, ...]]:
        return {}

    def refused(self, claim: Claim, letter: Message) -> bool:
        return False

    def last(self, sender: str, now: datetime) -> bool:
        return False


NOTHING = Blank()


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """How a message reached us. `mailbox` is the notice's word for it, "" when unknown.

    `reply_id` is the Message-ID that an answer to it will carry, whenever it is written.
    `authserv` is the name under which our own server vouches for senders.
    `at_once`: the answer is written as of the moment the mail came, not as of `now`.
    `correction` is what a person put right in its claim.
    """

    now: datetime
    at_once: bool = False
    reply_id: str
    mailbox: str = ""
    received: datetime | None = None
    authserv: str = ""
    junk: bool = False
    correction: Correction | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one message. `examined` are its files with where they lie on disk."""

    opened: Opened
    notice: Notice
    verdict: Verdict
    answer: Answer
    examined: tuple[Examined, ...]
    reply: Reply | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """The line, with what it needs to know.

    `ours` are our own addresses, in lower case; `mailboxes` those that are configured, which
    stand in for the published ones of the same name.
    """

    notices: tuple[Notice, ...]
    looker: Looker
    ours: frozenset[str]
    instance: str = "baosong"
    mailboxes: tuple[Mailbox, ...] = ()
    language: Language = "zh"
    receipts: bool = True
    memory: Memory = NOTHING

    @classmethod
    def of(cls, config: Config, looker: Looker, memory: Memory) -> Self:
        return cls(
            notices=config.notices,
            looker=looker,
            ours=frozenset(box.address.lower() for box in config.mailboxes),
            mailboxes=tuple(_published(box) for box in config.mailboxes),
            language=config.language,
            receipts=config.replies.receipts,
            memory=memory,
        )

    def judge(
        self, raw: Path, into: Path, arrival: Arrival, looked: Looked | None = None
    ) -> Outcome:
        """Take the spooled message at `raw` along the line; its files are decoded under `into`.

        Raises Unavailable when the world fails. Whatever the message holds ends in a verdict.
        """
        looked = looked or self.looker.look(raw, into, arrival.received)
        opened, examined = looked.opened, looked.examined
        message = opened.message
        may = answer(message, ours=self.ours, authserv=arrival.authserv, junk=arrival.junk)
        notice = naming.choose(message.subject, self._known(), arrival.mailbox)
        submission = self._submission(opened, examined, notice, arrival)
        verdict = self._unmended(_verdict(submission, notice, may, junk=arrival.junk))
        return Outcome(
            opened=opened,
            notice=notice,
            verdict=verdict,
            answer=may,
            examined=examined,
            reply=self._reply(verdict, notice, arrival, may),
        )

    def reply(self, outcome: Outcome, verdict: Verdict, arrival: Arrival) -> Reply | None:
        """The answer to this verdict, reached by a person; None where it must not be answered."""
        receipt = verdict.status is Status.ACCEPTED
        if not outcome.answer.allowed or (receipt and not self.receipts):
            return None
        return compose(verdict, context=self._context(verdict, outcome.notice, arrival))

    def _known(self) -> tuple[Notice, ...]:
        """The notices, with the names of units that people have added."""
        return tuple(with_aliases(n, self.memory.aliases(n.id)) for n in self.notices)

    def _submission(
        self, opened: Opened, examined: tuple[Examined, ...], notice: Notice, arrival: Arrival
    ) -> Submission:
        message = opened.message
        claim = self._claim(message, notice, arrival.correction)
        digests = [f.sha256 for f in opened.files if not f.ignored]
        empty = not (digests or opened.links)
        # Whoever sends nothing is told nothing of what others have sent.
        before = self.memory.before(claim, message, own=empty and not claim.mends)
        submission = Submission(
            message=message,
            claim=claim,
            mailbox=arrival.mailbox or addressed(message, notice),
            attachments=tuple(e.attachment for e in examined),
            links=opened.links,
            before=before,
            seen=self.memory.sightings(digests),
            extended=self.memory.extended(claim),
        )
        return settled(submission, notice)

    def _unmended(self, verdict: Verdict) -> Verdict:
        """What a person has returned is not accepted when it only comes once more: no rule knows
        what that person found."""
        submission = verdict.submission
        if verdict.status is not Status.ACCEPTED or _brings(submission):
            return verdict
        if not self.memory.refused(submission.claim, submission.message):
            return verdict
        return replace(verdict, status=Status.HELD, reason=ONCE_MORE)

    def _claim(self, message: Message, notice: Notice, right: Correction | None) -> Claim:
        claim = forwarding.claim(message, notice)
        place = self.memory.mended([*message.references, message.in_reply_to])
        claim = inherit(claim, place, notice) if place else claim
        return correct(claim, right, notice, moment(message, notice)) if right else claim

    def _reply(
        self, verdict: Verdict, notice: Notice, arrival: Arrival, may: Answer
    ) -> Reply | None:
        if not may.allowed or not speaks(verdict, receipts=self.receipts):
            return None
        return compose(verdict, context=self._context(verdict, notice, arrival))

    def _context(self, verdict: Verdict, notice: Notice, arrival: Arrival) -> Context:
        submission, message = verdict.submission, verdict.submission.message
        came = message.received or message.date or arrival.now
        return Context(
            notice=notice,
            mailbox=self._mailbox(submission, notice),
            message_id=arrival.reply_id,
            now=came if arrival.at_once else arrival.now,
            language=self.language,
            instance=self.instance,
            due=due(submission.claim.window, notice, submission.extended),
            last=self.memory.last(message.sender, arrival.now),
        )

    def _mailbox(self, submission: Submission, notice: Notice) -> Mailbox:
        """Who answers: the mailbox it came to, else the category's own, else the first."""
        category = submission.claim.category
        known = {m.name: m for m in (*notice.mailboxes, *self.mailboxes)}
        names = (submission.mailbox, category.mailbox if category else "")
        return next((known[n] for n in names if n in known), notice.mailboxes[0])


def _published(box: Box) -> Mailbox:
    return Mailbox(name=box.name, department=box.department, address=box.address, phone=box.phone)


def addressed(message: Message, notice: Notice) -> str:
    """The notice's mailbox among the recipients, "" when none or several are."""
    lines = " ".join(message.header(h) for h in ("To", "Cc", "Delivered-To")).lower()
    named = [m.name for m in notice.mailboxes if m.address.lower() in lines]
    return named[0] if len(named) == 1 else ""


def _brings(submission: Submission) -> bool:
    """Whether there is a file or link that this unit has not sent before."""
    unit = submission.claim.unit.name if submission.claim.unit else ""
    known = {seen.sha256 for seen in submission.seen if seen.unit == unit}
    files = (f for f in submission.files() if not f.ignored)
    return bool(submission.links) or any(f.facts.sha256 not in known for f in files)


def _verdict(submission: Submission, notice: Notice, may: Answer, *, junk: bool) -> Verdict:
    """Automatic mail and junk are not judged, unless they may bring material: a person looks at
    that (decided reading 12)."""
    if not (may.automatic or junk):
        return judge(submission, notice)
    if material(submission, notice):
        verdict = judge(submission, notice)
        return replace(verdict, status=Status.HELD, reason=may.reason)
    return ignored(submission, may.reason)
