"""What the pass left behind: rows, statuses, letters."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, Literal, Self

from rich.console import RenderableType

from daemon.ledger import Ledger, Standing
from daemon.report.terminal import to_terminal
from tests.demo.mailing import Sent
from tests.demo.play import NOW
from tests.demo.stage import Stage


@dataclass(frozen=True, kw_only=True)
class Played:
    """`rows` and `sent` are the same mails in the same order."""

    stage: Stage
    sent: list[Sent]
    rows: list[dict[str, Any]]
    standings: tuple[Standing, ...]

    @classmethod
    def read(cls, stage: Stage, sent: list[Sent]) -> Self:
        with Ledger(stage.state / "ledger.db", readonly=True) as ledger:
            rows = list(ledger.messages())
            return cls(stage=stage, sent=sent, rows=rows, standings=ledger.status())

    def matrix(self) -> RenderableType:
        return to_terminal(self.standings, "zh", NOW.date())

    def letter(self, about: str) -> EmailMessage:
        """The answer to the submission whose `about` begins so."""
        number = next(n for n, one in enumerate(self.sent) if one.about.startswith(about))
        wanted = self.rows[number]["reply"]["message_id"].strip("<>")
        letters = (_opened(path.read_bytes()) for path in self.stage.replies())
        return next(one for one in letters if str(one["Message-ID"]).strip("<>") == wanted)


def _opened(raw: bytes) -> EmailMessage:
    found = message_from_bytes(raw, policy=SMTP)
    assert isinstance(found, EmailMessage)
    return found


def content(letter: EmailMessage, subtype: Literal["plain", "html"]) -> str:
    """The letter as text or as a page."""
    body = letter.get_body((subtype,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
