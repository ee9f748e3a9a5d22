"""The ledger as the intake's memory, with the cap that decides which answer is today's last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from daemon.ledger import Asking, Ledger
from rules.answering import last_before_cap
from rules.mending import Mended
from rules.submission import Attachment, Claim, Message, Sighting


@dataclass(frozen=True, slots=True)
class Remembered:
    ledger: Ledger
    per_sender_per_day: int

    def mended(self, message_ids: Sequence[str]) -> Mended | None:
        return self.ledger.mended(message_ids)

    def before(self, claim: Claim, letter: Message, *, own: bool) -> tuple[Attachment, ...]:
        return self.ledger.before(claim, self._asking(Asking(letter=letter, own=own)))

    def sightings(self, digests: Sequence[str]) -> tuple[Sighting, ...]:
        return self.ledger.sightings(digests)

    def extended(self, claim: Claim) -> datetime | None:
        return self.ledger.extended(claim)

    def aliases(self, notice: str) -> Mapping[str, tuple[str, ...]]:
        return self.ledger.aliases.of(notice)

    def refused(self, claim: Claim, letter: Message) -> bool:
        return self.ledger.again.refused(claim, self._asking(Asking(letter=letter)))

    def last(self, sender: str, now: datetime) -> bool:
        sent = self.ledger.caps.answered(sender.lower(), now)
        return last_before_cap(sent, self.per_sender_per_day)

    def _asking(self, asking: Asking) -> Asking:
        return asking


@dataclass(frozen=True, slots=True)
class Hindsight(Remembered):
    """What was known when this message came: nothing that came after it, and not itself."""

    message: int

    def sightings(self, digests: Sequence[str]) -> tuple[Sighting, ...]:
        return self.ledger.again.sightings(self.message, digests)

    def _asking(self, asking: Asking) -> Asking:
        return replace(asking, below=self.message)
