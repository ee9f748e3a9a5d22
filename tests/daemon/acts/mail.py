"""Mail for the office of these tests, and what one looks at afterwards."""

from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import Message as Mime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from daemon.acts import Hand, Place
from daemon.office import Office
from daemon.reply import text_of
from tests import material
from tests.daemon.offices import NOON, Clock, answers, post
from tests.letters import Files, letter

SUBJECT = "农学院党委+战疫故事汇+20200701"
UNKNOWN = "蓬莱书院党委+战疫故事汇+20200701"
TEXT = ("稿件.docx", material.manuscript())
ONE, TWO = ("1.jpg", material.jpeg(seed=1)), ("2.jpg", material.jpeg(seed=2))
FORM = ("附件1推荐表.docx", material.form())
WHOLE: Files = (TEXT, ONE, TWO, FORM)
LIBRARY = "state/library/2020-four-ones/战疫故事汇"
STORY = Place(notice="2020-four-ones", unit="农学院党委", category="战疫故事汇", window="7月15日前")


def hand(why: str = "老师看过", who: str = "陈老师", seen: int | None = None) -> Hand:
    return Hand(who=who, why=why, seen=seen)


def comes(
    office: Office,
    files: Files = (TEXT,),
    *,
    subject: str = SUBJECT,
    at: datetime = NOON,
    sender: str = "nxy@example.edu.cn",
) -> int:
    """Deliver a letter, read it, and send what is due; its number in the ledger."""
    root = office.config.state.parent
    count = sum(1 for _ in office.ledger.messages())
    raw = letter(subject=subject, files=files, sender=sender, message_id=f"m{count}@example.org")
    post(root, str(count + 1), raw, at)
    passes(office)
    return count + 1


def later(office: Office, minutes: float = 5) -> None:
    """Time goes by."""
    clock = office.clock
    assert isinstance(clock, Clock)
    clock.pass_(timedelta(minutes=minutes))


def passes(office: Office) -> None:
    box = office.config.mailboxes[0]
    office.poll(box)
    office.deliver(box)


def row(office: Office, message: int = 1) -> dict[str, Any]:
    known = office.ledger.again.find(message)
    assert known is not None
    rows = {m["message_id"]: m for m in office.ledger.messages()}
    return rows[f"m{message - 1}@example.org"]


def replies(office: Office) -> list[Mime]:
    """In the order in which they were sent, as far as names in a Maildir tell."""
    return [message_from_bytes(raw) for raw in answers(office.config.state.parent)]


def in_order(office: Office) -> list[Mime]:
    """As they were written."""
    return sorted(replies(office), key=lambda mail: parsedate_to_datetime(mail["Date"]))


def verdict(reply: Mime) -> str:
    """What its own header says it answers with."""
    return str(reply["X-Baosong"]).partition("status=")[2].partition(";")[0]


def texts(office: Office) -> list[str]:
    return [text_of(raw) for raw in answers(office.config.state.parent)]


def standing(office: Office, place: Place = STORY) -> Any:
    wanted = (place.unit, place.category, place.window)
    return next(s for s in office.ledger.status() if (s.unit, s.category, s.window) == wanted)


def shelves(office: Office) -> set[str]:
    """Folders of accepted material, as `unit/day-number`."""
    root = office.config.state.parent / LIBRARY
    return {str(path.relative_to(root)) for path in root.glob("*/*")}


def whole(office: Office) -> tuple[Any, ...]:
    """Everything that an undo has to put back, but for the history itself."""
    ledger = office.ledger
    return (
        list(ledger.messages()),
        [(s.state, s.late, s.version, s.waived, s.extended, s.findings) for s in ledger.status()],
        [ledger.again.findings(message) for message in range(1, 4)],
        shelves(office),
        Path(office.config.state).name,
    )
