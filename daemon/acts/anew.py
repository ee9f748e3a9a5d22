"""A message judged once more from its raw copy, as of when it came."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from daemon import recording
from daemon.acts.hand import Refused
from daemon.errors import Unavailable
from daemon.intake import Arrival, Outcome
from daemon.ledger import Draft, Entry, Key, Known, reply_message_id
from daemon.memory import Hindsight
from daemon.poll import Poll
from daemon.recording import Stored
from daemon.reply import Reply
from daemon.spool import Spooled
from rules import answering
from rules.mending import Correction
from rules.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Learning(Hindsight):
    """Hindsight, and a name that is being added: the notice, the unit, the name."""

    new: tuple[str, str, str] | None = None

    def aliases(self, notice: str) -> Mapping[str, tuple[str, ...]]:
        known = dict(self.ledger.aliases.of(notice))
        if self.new is not None and self.new[0] == notice:
            _, unit, alias = self.new
            known[unit] = (*known.get(unit, ()), alias)
        return known


@dataclass(frozen=True, kw_only=True, slots=True)
class Anew:
    """What the rules say of the message today. `silent` is why no reply may go to its sender."""

    line: Poll
    known: Known
    arrival: Arrival
    outcome: Outcome
    silent: str

    @property
    def verdict(self) -> Verdict:
        return self.outcome.verdict

    def draft(self, reply: Reply | None) -> Draft | None:
        """The reply as it is queued; None where none may go."""
        if reply is None or self.silent:
            return None
        return recording.draft(reply, approval=self.line.config.replies.mode == "approve")

    def reply(self, verdict: Verdict) -> Draft | None:
        """The answer to a verdict that a person reached."""
        return self.draft(self.line.intake.reply(self.outcome, verdict, self.arrival))

    def entry(self, verdict: Verdict, draft: Draft | None = None) -> Entry:
        known = self.known
        spooled = Spooled(known.spool, known.sha256, known.size)
        stored = Stored(key=known.key, spooled=spooled, recorded=known.recorded)
        outcome = replace(self.outcome, verdict=verdict)
        return recording.entry(outcome, stored, draft=draft, unanswered=self.silent)


def judged(
    line: Poll,
    known: Known,
    correction: Correction | None,
    new: tuple[str, str, str] | None = None,
) -> Anew:
    """Nothing is written down. Raises Unavailable when the world fails, Refused without mailbox."""
    arrival = _arrival(line, known, correction)
    memory = Learning(line.ledger, line.config.replies.per_sender_per_day, known.id, new)
    intake = replace(line.intake, memory=memory)
    try:
        with line.spool.temporary() as work:
            outcome = intake.judge(known.spool, work, arrival)
    except (OSError, MemoryError) as world:  # the raw copy is gone, a full disk, no memory
        raise Unavailable(f"judging {known.spool.name}", world) from world
    silent = _silent(line, outcome, arrival)
    return Anew(line=line, known=known, arrival=arrival, outcome=outcome, silent=silent)


def corrected(known: Known) -> Correction | None:
    """What people have put right in it so far."""
    if known.correction is None:
        return None
    unit, category, window, day = known.correction
    written = date.fromisoformat(day) if day else None
    return Correction(unit=unit, category=category, window=window, date=written)


def pinned(known: Known) -> Correction:
    """The place at which the person sees it, whatever the subject would say by now."""
    so_far = corrected(known) or Correction()
    place = known.place
    if not (place.unit and place.category):
        return so_far
    return replace(so_far, unit=place.unit, category=place.category, window=place.window)


def next_id(line: Poll, key: Key, sha256: str, written: int) -> str:
    """The Message-ID of the reply that follows `written` others."""
    box = line.config.mailbox(key.mailbox)
    if box is None:
        raise Refused("这个邮箱已不在配置里", "its mailbox is no longer configured")
    return reply_message_id(key, sha256, box.address.rpartition("@")[2], n=written + 1)


def _arrival(line: Poll, known: Known, correction: Correction | None) -> Arrival:
    reply_id = next_id(line, known.key, known.sha256, known.replies)
    box = line.config.mailbox(known.key.mailbox)
    return Arrival(
        now=line.now(),
        reply_id=reply_id,
        mailbox=known.key.mailbox,
        received=known.received,
        authserv=box.authserv if box else "",
        junk=bool(known.key.folder),
        correction=correction,
    )


def _silent(line: Poll, outcome: Outcome, arrival: Arrival) -> str:
    """Age and number of answers do not count when a person decides: the outbox has its caps."""
    if not outcome.answer.allowed:
        return outcome.answer.reason
    message, config = outcome.opened.message, line.config
    if config.replies.mode == "off":
        return "回复功能未开启（replies.mode = off）"
    dead = line.ledger.caps.dead(message.sender.lower())
    if dead:
        return f"该地址曾退信：{dead}"
    return answering.before_go_live(message.received or arrival.now, config.go_live).reason
