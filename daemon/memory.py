"""The ledger as the intake's memory, with the cap that decides which answer is today's last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from daemon.ledger import Ledger
from rules.answering import last_before_cap
from rules.mending import Place
from rules.submission import Attachment, Claim, Sighting


@dataclass(frozen=True, slots=True)
class Remembered:
    ledger: Ledger
    per_sender_per_day: int

    def mended(self, message_ids: Sequence[str]) -> Place | None:
        return self.ledger.mended(message_ids)

    def before(self, claim: Claim) -> tuple[Attachment, ...]:
        return self.ledger.before(claim)

    def sightings(self, digests: Sequence[str]) -> tuple[Sighting, ...]:
        return self.ledger.sightings(digests)

    def extended(self, claim: Claim) -> datetime | None:
        return self.ledger.extended(claim)

    def aliases(self, notice: str) -> Mapping[str, tuple[str, ...]]:
        return self.ledger.aliases.of(notice)

    def refused(self, claim: Claim) -> bool:
        return self.ledger.again.refused(claim)

    def last(self, sender: str, now: datetime) -> bool:
        sent = self.ledger.caps.answered(sender.lower(), now)
        return last_before_cap(sent, self.per_sender_per_day)


@dataclass(frozen=True, slots=True)
class Hindsight(Remembered):
    """What was known when this message came: nothing that came after it, and not itself."""

    message: int

    def before(self, claim: Claim) -> tuple[Attachment, ...]:
        return self.ledger.again.before(self.message, claim)

    def sightings(self, digests: Sequence[str]) -> tuple[Sighting, ...]:
        return self.ledger.again.sightings(self.message, digests)

    def refused(self, claim: Claim) -> bool:
        return self.ledger.again.refused(claim, below=self.message)
