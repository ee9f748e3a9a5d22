"""Who decides, and what comes of it."""

from dataclasses import dataclass

from daemon.ledger import Event
from rules.verdict import Phrase


@dataclass(frozen=True, kw_only=True, slots=True)
class Hand:
    """A person at work. `why` is the reason as the history keeps it.

    `seen` is the number of the last event (for a place: of the last act) that the person knew of;
    when something has happened since, nothing is done. None: whatever has happened.
    """

    who: str
    why: str = ""
    seen: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """`act` is the number in the history; None when nothing had to be changed.

    `notes` are what the person should know besides: that a reply had already gone, say.
    """

    act: int | None = None
    notes: tuple[Phrase, ...] = ()


class Refused(Exception):
    """It cannot be done, and nothing was changed; `words` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Phrase(zh, en)


class Overtaken(Refused):
    """Something has happened since the person looked: `by` says who, when and what."""

    def __init__(self, by: Event) -> None:
        super().__init__(
            f"您打开页面之后，{by.who} 已经处理过：{by.what}", f"{by.who} was first: {by.what}"
        )
        self.by = by
