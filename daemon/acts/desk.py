"""What every act begins and ends with: the message as it is, the words of a refusal, the files."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from daemon.acts.hand import Done, Hand, Overtaken, Refused
from daemon.errors import Unavailable
from daemon.ledger import Act, Deed, Gone, Kind, Known, Passed, Place, Sending
from daemon.poll import Poll
from rules.notice import Notice
from rules.verdict import Phrase

log = logging.getLogger(__name__)
LONGEST = 2_000  # characters of a reason


@dataclass(frozen=True, slots=True)
class Desk:
    """The acts' own view of the line. Nothing here knows of pages or terminals."""

    line: Poll

    def message(self, message: int) -> Known:
        known = self.line.ledger.again.find(message)
        if known is None:
            raise Refused("没有这封来件", "there is no such message")
        if known.status == "ignored":
            raise Refused(
                "这封来件不是报送（自动邮件、重复来信或演练），不能处理",
                "this message is no submission: nothing is decided about it",
            )
        return known

    def notice(self, notice: str) -> Notice:
        found = next((n for n in self.line.intake.notices if n.id == notice), None)
        if found is None:
            raise Refused("这份通知已不在配置里", "this notice is no longer configured")
        return found

    def act(
        self, kind: Kind, hand: Hand, known: Known, said: Mapping[str, str] | None = None
    ) -> Act:
        """About a message, and the place it is at now."""
        return Act(
            kind=kind,
            who=hand.who,
            at=self.line.now(),
            why=hand.why,
            mailbox=known.key.mailbox,
            message=known.id,
            place=known.place,
            said=said or {},
        )

    def about(
        self, kind: Kind, hand: Hand, place: Place, said: Mapping[str, str] | None = None
    ) -> Act:
        """About a place itself."""
        notice = self.notice(place.notice)
        category = next((c for c in notice.categories if c.name == place.category), None)
        return Act(
            kind=kind,
            who=hand.who,
            at=self.line.now(),
            why=hand.why,
            mailbox=category.mailbox if category else "",
            place=place,
            said=said or {},
        )

    @contextmanager
    def doing(self, act: Act, hand: Hand, known: Known | None = None) -> Iterator[Deed]:
        """One transaction. Raises Refused, also when somebody else was first: since the person
        looked, or since the message was read to be judged."""
        seen = known.event if known is not None and hand.seen is None else hand.seen
        try:
            with self.line.ledger.acts.doing(act, seen) as deed:
                yield deed
        except Passed as passed:
            raise Overtaken(passed.event) from passed
        except Sending as sending:
            raise Refused(
                "对这封来件的回复此刻正在发送，请过一会儿再处理",
                "a reply to this message is being sent; try again in a moment",
            ) from sending

    def follow(self, done: Done, message: int) -> Done:
        """Bring the library in line. What cannot be done now is made up for at night."""
        now = self.line.now()
        try:
            self.line.filer.withdraw(now)
            self.line.filer.file(message, now)
        except Unavailable as error:
            log.warning("message %s: its files are not moved yet: %s", message, error)
            note = Phrase("素材库暂时没有写入，稍后会自动补上", "the library follows later")
            return replace(done, notes=(*done.notes, note))
        return done


def reasoned(hand: Hand) -> None:
    """A verdict is overruled only for a reason."""
    if not hand.why.strip():
        raise Refused("请写明理由", "a reason is needed")
    if len(hand.why) > LONGEST:
        raise Refused(f"理由最多 {LONGEST} 个字", f"a reason has at most {LONGEST} characters")


def gone(reply: Gone | None) -> tuple[Phrase, ...]:
    if reply is None:
        return ()
    return (
        Phrase(
            f"给 {reply.to} 的回复已经发出，收不回来；如有必要请另行说明",
            f"the reply to {reply.to} has gone and cannot be taken back; write to them if need be",
        ),
    )
