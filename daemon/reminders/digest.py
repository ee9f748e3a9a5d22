"""The staff's daily digest: one mail a day to each who asked for it, or none when all is quiet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from daemon.config import Config, Mailbox
from daemon.config.settings import Digest
from daemon.ledger import Ledger, Mail
from daemon.mime import clean
from daemon.reminders.item import rendered
from daemon.reminders.letter import Envelope, Letter, identity, written
from daemon.reminders.news import News, news
from rules.notice import Language
from rules.reminding import fires

QUIET = "nothing to say"
SUBJECT: dict[Language, str] = {
    "zh": "【报送日报】{day}：新来件 {new}，待人工 {held}，未送达回复 {failed}",
    "en": "[Baosong] {day}: {new} new, {held} for a person, {failed} replies failed",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Digests:
    """Writes the digests that are due into the queue of the outbox."""

    config: Config
    ledger: Ledger

    def __call__(self, now: datetime) -> int:
        """How many were written. Each is written once a day. Raises Unavailable."""
        if self.config.replies.mode == "off":
            return 0
        mails = (self._mail(digest, box, now) for digest, box in self._due(now))
        return sum(self.ledger.reminders.write([mail], [], now) for mail in mails)

    def letter(self, digest: Digest, now: datetime) -> Letter | None:
        """What it says at this moment; None when it is not to be sent at all."""
        found = news(digest, self.config, self.ledger, now)
        return _letter(found, digest, self.config, now) if found or not digest.quiet else None

    def _due(self, now: datetime) -> Iterator[tuple[Digest, Mailbox]]:
        here, forgotten = now.astimezone(zone(self.config)), self.ledger.restored_at()
        for digest in self.config.digest:
            box = self._way(digest)
            moment = datetime.combine(here.date(), digest.at, here.tzinfo)
            # a ledger that came out of a backup does not know whether today's has gone
            if box is None or not fires(moment, now) or (forgotten and moment <= forgotten):
                continue
            if not self.ledger.dispatches.known(self._identity(digest, box, now)):
                yield digest, box

    def _way(self, digest: Digest) -> Mailbox | None:
        """The mailbox it is about, where that one can send; else the first that can."""
        can = [box for box in self.config.mailboxes if box.smtp or box.outbox]
        return next((b for b in can if b.name == digest.mailbox), can[0] if can else None)

    def _identity(self, digest: Digest, box: Mailbox, now: datetime) -> str:
        day = now.astimezone(zone(self.config)).date().isoformat()
        return identity("digest", box, digest.to.lower(), digest.mailbox, day)

    def _mail(self, digest: Digest, box: Mailbox, now: datetime) -> Mail:
        """A quiet day is written down too, so that it stays quiet to its end."""
        message_id = self._identity(digest, box, now)
        letter = self.letter(digest, now)
        said = letter or Letter(subject="", text="")
        at = now.astimezone(zone(self.config))
        envelope = Envelope(kind="digest", box=box, to=digest.to, message_id=message_id, at=at)
        return Mail(
            kind="digest",
            mailbox=box.name,
            message_id=message_id,
            to=digest.to,
            subject=said.subject,
            raw=written(said, envelope),
            dropped="" if letter else QUIET,
        )


def zone(config: Config) -> ZoneInfo:
    return ZoneInfo(config.notices[0].zone)


def _letter(found: News, digest: Digest, config: Config, now: datetime) -> Letter:
    here = now.astimezone(zone(config))
    box = config.mailbox(digest.mailbox)
    counts = {"new": found.total, "held": found.held_in_all, "failed": len(found.failed)}
    text = rendered(
        "digest",
        config.language,
        n=found,
        url=config.web.url,
        department=box.department if box else "",
        since=found.since.astimezone(zone(config)),
        now=here,
        line=clean.line,
    )
    subject = SUBJECT[config.language].format(day=here.date(), **counts)
    return Letter(subject=subject, text=text)
