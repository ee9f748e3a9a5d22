"""Builders: an office that reminds, its ledger, and units that have handed in or not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from daemon.config import Config, load
from daemon.ledger import Dispatch, Key, Ledger, Standing
from daemon.reminders import Reminding
from rules.mending import Place
from rules.rule import Said
from rules.submission import Claim, Message, Submission
from rules.verdict import Finding, Severity, Status, Verdict
from tests.daemon.ledger.entries import an_entry
from tests.daemon.offices import an_office

HERE = ZoneInfo("Asia/Shanghai")
STORIES, WALL = "战疫故事汇", "红色防火墙"
WEEK_BEFORE = datetime(2020, 7, 8, 9, tzinfo=HERE)
SCHEDULE = """
[[reminders]]
category = "战疫故事汇"
before = ["7 days", "1 day"]
after = ["3 days"]
"""
WALL_TOO = '[[reminders]]\ncategory = "红色防火墙"\nafter = ["5 days"]\n'


@dataclass(frozen=True)
class Reminded:
    """An office with its ledger open."""

    config: Config
    ledger: Ledger

    def __call__(self, now: datetime) -> int:
        return Reminding(config=self.config, ledger=self.ledger)(now)

    @property
    def written(self) -> tuple[Dispatch, ...]:
        return self.ledger.dispatches.newest()

    def standing(self, unit: str, category: str = STORIES) -> Standing:
        rows = self.ledger.status()
        return next(s for s in rows if (s.unit, s.category) == (unit, category))


@contextmanager
def an_office_that_reminds(
    root: Path, settings: str = SCHEDULE, *, units: int = 3, replies: str = "", mail: str = ""
) -> Iterator[Reminded]:
    """Its roster is cut to the first units; `mail` is the first one's entry."""
    root.mkdir(exist_ok=True)
    path = an_office(root, replies=replies)
    path.write_text(path.read_text() + settings, encoding="utf-8")
    roster = root / "notices" / "2020-four-ones.roster.toml"
    head, *rest = roster.read_text(encoding="utf-8").split("[[unit]]\n")
    rest[0] = rest[0].replace("\n", f"\n{mail}\n", 1)
    roster.write_text("[[unit]]\n".join([head, *rest[:units]]), encoding="utf-8")
    config = load(path)
    config.state.mkdir()
    with Ledger(config.state / "ledger.db") as ledger:
        for notice in config.notices:
            ledger.sync(notice, WEEK_BEFORE)
        yield Reminded(config, ledger)


def hand_in(
    office: Reminded,
    unit: str,
    status: Status = Status.ACCEPTED,
    *,
    category: str = STORIES,
    sender: str = "zhang@example.com",
    at: datetime = WEEK_BEFORE - timedelta(days=1),
) -> int:
    """A mail of this unit, judged so. Its ledger id."""
    notice = office.config.notices[0]
    kind = next(c for c in notice.categories if c.name == category)
    whose = next(u for u in notice.roster if u.name == unit)
    claim = Claim(notice=notice.id, unit=whose, category=kind, window=kind.windows[0])
    message = Message(
        sender=sender, subject=f"{unit}+{category}", message_id="m@example.com", received=at
    )
    returned = status is Status.RETURNED
    finding = Finding(code="form-missing", severity=Severity.ERROR, where="message")
    said = Said(title="", saw="没有看到推荐表。", required="", fix="请填好附件1一并发来。")
    verdict = Verdict(
        status=status,
        late=False,
        findings=(finding,) if returned else (),
        submission=Submission(message=message, claim=claim, mailbox="zuzhibu"),
        suggested_subject="",
    )
    uid = 1 + len(list(office.ledger.messages()))
    entry = replace(
        an_entry(uid, verdict),
        key=Key(mailbox="zuzhibu", uidvalidity="1", uid=uid),
        recorded=at,
        reply=None,
        said=(said,) if returned else (),
    )
    return office.ledger.record(entry)


def place(unit: str, category: str = STORIES, window: str = "7月15日前") -> Place:
    return Place(notice="2020-four-ones", unit=unit, category=category, window=window)
