"""Acts about a place: nothing is expected of a unit there, or it has longer time."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from daemon.acts.desk import Desk, reasoned
from daemon.acts.hand import Done, Hand, Refused
from daemon.ledger import Deed, Event, Granted, Kind, Numbered, Place, Word
from daemon.library import shelf
from rules import calendar
from rules.deadline.late import late
from rules.judge import severity
from rules.notice import Category, Notice, Window
from rules.rule import say
from rules.submission import Claim, Message, Submission
from rules.verdict import Finding, Phrase, Severity

LATE = "late"
MARKED = {True: "late by the due time", False: "in time by the later due time"}
Row = tuple[str, ...]  # code, severity, place, and the words of a finding


def waive(desk: Desk, place: Place, hand: Hand, *, applies: bool = True) -> Done:
    """免报; or, where it does not apply to this unit at all, 不适用."""
    reasoned(hand)
    word: Word = "waived" if applies else "not-applicable"
    before = _granted(desk, place)
    if before.waived and before.word == word:
        raise Refused("这里已经是这样标记的", "it is marked so already")
    kind: Kind = "waive" if applies else "not-applicable"
    with desk.doing(desk.about(kind, hand, place), hand) as deed:
        deed.grant(place, replace(deed.granted(place), waived=hand.why, word=word))
    return Done(act=deed.act)


def extend(desk: Desk, place: Place, hand: Hand, until: datetime) -> Done:
    """Late is what comes at `until` or after it; what is here already is marked anew."""
    reasoned(hand)
    notice = desk.notice(place.notice)
    before = _granted(desk, place)
    _, window = _asked(place, notice)
    due = calendar.due(window, notice, before.extended)
    if due is None:
        raise Refused("这里没有截止时间，不需要延期", "nothing is due here")
    if until <= due:
        raise Refused(
            "延期后的时间要晚于现在的截止时间", "the later due time must be after the present one"
        )
    said = {"until": until.isoformat(), "was": due.isoformat()}
    with desk.doing(desk.about("extend", hand, place, said), hand) as deed:
        deed.grant(place, replace(deed.granted(place), extended=until))
        marked = remark(desk, deed, place, hand)
    return settled(desk, Done(act=deed.act), marked)


def settled(desk: Desk, done: Done, marked: list[Numbered]) -> Done:
    """What the person should know of the versions that are marked anew; their files follow."""
    for version in marked:
        done = desk.follow(done, version.message)
        if (answer := desk.line.ledger.again.answer(version.message)) and answer.queued:
            note = Phrase(
                f"第 {version.message} 号来件的回复还没发出，截止时间已变，"
                "已暂停寄送：请在“回复”页核对后放行、修改或弃用",
                f"the reply to message {version.message} has not gone and speaks of another due"
                " time: it waits until a person approves, edits or drops it",
            )
            done = replace(done, notes=(*done.notes, note))
    return done


def remark(desk: Desk, deed: Deed, place: Place, hand: Hand) -> list[Numbered]:
    """Mark every version at the place late or in time, by the due time that it has now.

    A status that a person gave stands, and no reply is sent again. Returns those that changed.
    """
    granted, changed = deed.granted(place), []
    for version in deed.versions(place):
        late_now = _judged(desk, place, version, granted.extended)
        if bool(late_now) == version.late:
            continue
        rows = deed.findings(version.message)
        # where one rule alone is heard, lateness has no finding
        alone = version.late and not any(row[0] == LATE for row in rows)
        told = [*(r for r in rows if r[0] != LATE), *([] if alone else late_now)]
        marked = replace(version, late=bool(late_now))
        if not version.decided and version.status == _status(rows):
            marked = _version(desk, place, marked, _status(told))
        event = Event(at=deed.at, who=hand.who, what=MARKED[bool(late_now)], why=hand.why)
        deed.mark(marked, told, event)
        changed.append(marked)
    return changed


def _status(rows: Iterable[Row]) -> str:
    """What follows from the findings alone. Mail may be held for another reason: by a person, or
    because a robot sent it; such a status has nothing to do with lateness, and stands."""
    found = {row[1] for row in rows}
    held, faulty = Severity.HOLD in found, Severity.ERROR in found
    return "held" if held else "returned" if faulty else "accepted"


def _version(desk: Desk, place: Place, marked: Numbered, status: str) -> Numbered:
    """With this status, and its files where that puts them."""
    if status == marked.status:
        return marked
    where = _shelf(desk, place, marked) if status == "accepted" else ""
    return replace(marked, status=status, shelf=where)


def _judged(desk: Desk, place: Place, version: Numbered, until: datetime | None) -> list[Row]:
    """What the rule about lateness says of it: one finding, or none."""
    notice = desk.notice(place.notice)
    submission = _submission(place, version, notice, until)
    weight = severity(late, notice)
    found = [Finding(LATE, weight, e.where, e.values) for e in late.check(submission, notice)]
    said = [say(late, f, notice, "zh") for f in found]
    return [
        (LATE, str(weight), f.where, s.saw, s.required, s.fix)
        for f, s in zip(found, said, strict=True)
    ]


def _submission(
    place: Place, version: Numbered, notice: Notice, until: datetime | None
) -> Submission:
    category, window = _asked(place, notice)
    message = Message(received=version.received, date=version.sent)
    claim = Claim(notice=notice.id, category=category, window=window)
    return Submission(message=message, claim=claim, extended=until)


def _shelf(desk: Desk, place: Place, version: Numbered) -> str:
    notice = desk.notice(place.notice)
    message = Message(received=version.received, date=version.sent)
    came = calendar.moment(message, notice) or version.recorded
    day = calendar.local(came, notice).date()
    return shelf(notice.id, place.category, place.unit, day)


def _asked(place: Place, notice: Notice) -> tuple[Category, Window | None]:
    category = next((c for c in notice.categories if c.name == place.category), None)
    if category is None:
        raise Refused("通知里没有这个类别", "the notice has no such category")
    return category, next((w for w in category.windows if w.name == place.window), None)


def _granted(desk: Desk, place: Place) -> Granted:
    found = desk.line.ledger.concessions.at(place)
    if found is None:
        raise Refused("总表里没有这一格", "the table has no such place")
    return found
