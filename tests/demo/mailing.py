"""Who writes to which mailbox, and when. Everybody here is invented."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests.letters import CHINA, ORGANISATION, PUBLICITY, Files, Style, letter

ADDRESSES = {"zuzhibu": ORGANISATION, "xuanchuanbu": PUBLICITY}
MONTH_DAY = "%m-%d %H:%M"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One mail in a mailbox. `about` says why it is here."""

    mailbox: str
    received: datetime
    about: str
    raw: bytes


@dataclass(frozen=True)
class Mail:
    """Where and when (“07-10 09:30”, 2020) a mail arrives, and who writes it."""

    mailbox: str
    at: str
    who: str
    about: str

    @property
    def received(self) -> datetime:
        return datetime.strptime(f"2020-{self.at}", f"%Y-{MONTH_DAY}").replace(tzinfo=CHINA)

    def of(self, raw: bytes) -> Sent:
        return Sent(mailbox=self.mailbox, received=self.received, about=self.about, raw=raw)

    def __call__(
        self,
        subject: str,
        files: Files = (),
        *,
        text: str = "您好，材料见附件，请查收。",
        html: str = "",
        style: Style = "utf-8",
    ) -> Sent:
        return self.of(
            letter(
                subject=subject,
                sender=self.who,
                to=ADDRESSES[self.mailbox],
                date=self.received - timedelta(seconds=8),
                text=text,
                html=html,
                files=files,
                style=style,
            )
        )


def who(name: str, mailbox: str) -> str:
    return f"{name} <{mailbox}@example.edu.cn>"


AGRONOMY = who("农学院党务秘书", "nxy")
GARDENS = who("园艺学院", "yyxy")
RESOURCES = who("资环党办", "zihuan")
ANIMALS = who("动科院", "dky")
OFFICES = who("机关党委", "jgdw")
FOOD = who("食品学院", "spxy")
ARTS = who("艺术学院", "ysxy")
LIBRARY = who("图书馆", "tsg")
LANGUAGES = who("外国语学院", "wgyxy")
ECONOMY = who("经管学院", "jgxy")
