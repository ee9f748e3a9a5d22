"""Acts that put a claim right, after which the rules judge again."""

from collections.abc import Iterator
from dataclasses import asdict, replace

from daemon.acts.anew import Anew, corrected, judged
from daemon.acts.desk import Desk
from daemon.acts.hand import Done, Hand, Refused
from daemon.errors import Unavailable
from daemon.ledger import Deed, Known
from rules import aliases
from rules.mending import Correction
from rules.notice import Notice
from rules.verdict import Phrase, Status, Verdict

BATCH = 20  # messages of one step when a whole notice is judged anew


class _Same(Exception):
    """Nothing has changed: nothing is written down."""


def correct(desk: Desk, message: int, hand: Hand, right: Correction, *, reply: bool) -> Done:
    known = desk.message(message)
    _named(right, desk.notice(known.place.notice))
    before = corrected(known) or Correction()
    whole = _merged(before, right, known)
    anew = judged(desk.line, known, whole)
    claim = anew.verdict.submission.claim
    if claim.unit is None or claim.category is None:
        raise Refused("请同时写明单位和类别", "name both the unit and the category")
    names = (whole.unit, whole.category, whole.window, whole.date.isoformat() if whole.date else "")
    said = {k: str(v or "") for k, v in asdict(right).items()} | {"was": _place(known)}
    with desk.doing(desk.act("correct", hand, known, said), hand, known) as deed:
        notes = (*_stands(known), *_resting(deed, known))
        if known.decided is None:
            deed.rewrite(message, anew.entry(anew.verdict), correction=names)
            deed.reply(message, anew.draft(anew.outcome.reply), asked=reply)
        else:  # a person's verdict stands; only the place is another one
            deed.move(message, anew.entry(_kept(anew, known)), names)
        notes = notes if deed.place(message) != known.place else _stands(known)
    return desk.follow(Done(act=deed.act, notes=notes), message)


def alias(desk: Desk, message: int, hand: Hand, new: tuple[str, str], *, reply: bool) -> Done:
    """`new` is the unit's name on the roster, and what it is also called."""
    unit, name = new[0], " ".join(new[1].split())
    known = desk.message(message)
    notice = desk.notice(known.place.notice)
    learnt = aliases.with_aliases(notice, desk.line.ledger.aliases.of(notice.id))
    if refusal := aliases.refusal(name, unit, learnt):
        raise Refused(f"不能加这个别名：{refusal.zh}", f"not added: {refusal.en}")
    anew = judged(desk.line, known, corrected(known), (notice.id, unit, name))
    act = desk.act("alias", hand, known, {"alias": name, "unit": unit})
    with desk.doing(act, hand, known) as deed:
        if not deed.alias(notice.id, unit, name):
            raise Refused("这个别名刚刚已经加过了", "this alias has just been added")
        # what is accepted stays so: another name of a unit is no reason to look at it again
        open_ = known.decided is None and known.status != "accepted"
        if open_ and deed.rewrite(message, anew.entry(anew.verdict)):
            deed.reply(message, anew.draft(anew.outcome.reply), asked=reply)
    return desk.follow(Done(act=deed.act, notes=_stands(known)), message)


def rejudge(desk: Desk, message: int, hand: Hand, *, reply: bool) -> Done:
    known = desk.message(message)
    if known.decided is not None:
        raise Refused(
            "这封来件由人决定过；要重新判定，请先撤销那个决定",
            "a person has decided on this message: undo that first",
        )
    if known.status == "accepted":
        raise Refused("已经合规的来件不重新判定", "an accepted message is not judged again")
    anew = judged(desk.line, known, corrected(known))
    try:
        done = _rejudged(desk, hand, anew, reply=reply)
    except _Same:
        return Done()
    return desk.follow(done, message)


def rejudge_all(
    desk: Desk, notice: str, hand: Hand, *, after: int, mailboxes: frozenset[str] | None
) -> tuple[list[Done], int | None]:
    """The next messages behind `after`; what came of each, and where to go on (None: the end)."""
    desk.notice(notice)
    open_ = desk.line.ledger.again.open(notice, after=after, limit=BATCH, mailboxes=mailboxes)
    unseen = replace(hand, seen=None)
    done = [_one(desk, message, unseen) for message in open_]
    return done, open_[-1] if len(open_) == BATCH else None


def _one(desk: Desk, message: int, hand: Hand) -> Done:
    """One that cannot be judged now keeps nobody else from it."""
    try:
        return rejudge(desk, message, hand, reply=False)
    except Refused as refused:  # somebody has just decided on it
        return Done(notes=(_about(message, refused.words),))
    except Unavailable as world:  # its raw copy is gone, a reader is missing
        return Done(notes=(_about(message, Phrase(str(world), str(world))),))


def _about(message: int, words: Phrase) -> Phrase:
    return Phrase(f"第 {message} 号来件：{words.zh}", f"message {message}: {words.en}")


def _rejudged(desk: Desk, hand: Hand, anew: Anew, *, reply: bool) -> Done:
    known, verdict = anew.known, anew.verdict
    said = {"was": known.status, "now": str(verdict.status)}
    with desk.doing(desk.act("rejudge", hand, known, said), hand, known) as deed:
        if not deed.rewrite(known.id, anew.entry(verdict)):
            raise _Same
        deed.reply(known.id, anew.draft(anew.outcome.reply), asked=reply)
    return Done(act=deed.act)


def _named(right: Correction, notice: Notice) -> None:
    """Every name is one of the notice."""
    if right == Correction():
        raise Refused("没有要更正的内容", "nothing is to be corrected")
    categories = {c.name: c for c in notice.categories}
    if right.unit and right.unit not in {u.name for u in notice.roster}:
        raise Refused(f"名册上没有“{right.unit}”", f"the roster has no unit “{right.unit}”")
    if right.category and right.category not in categories:
        raise Refused(f"没有类别“{right.category}”", f"there is no category “{right.category}”")
    windows = {w.name for c in notice.categories for w in c.windows}
    if right.category:
        windows = {w.name for w in categories[right.category].windows}
    if right.window and right.window not in windows:
        raise Refused(f"没有批次“{right.window}”", f"there is no window “{right.window}”")


def _merged(before: Correction, right: Correction, known: Known) -> Correction:
    """What was put right earlier stays so; another category takes its own window."""
    moved = right.category and right.category != known.place.category
    window = right.window or ("" if moved else before.window)
    return Correction(
        unit=right.unit or before.unit,
        category=right.category or before.category,
        window=window,
        date=right.date or before.date,
    )


def _kept(anew: Anew, known: Known) -> Verdict:
    return replace(anew.verdict, status=Status(known.status))


def _place(known: Known) -> str:
    place = known.place
    return " ".join(name for name in (place.unit, place.category, place.window) if name)


def _stands(known: Known) -> tuple[Phrase, ...]:
    if known.decided is None:
        return ()
    return (Phrase("由人作出的结论保持不变", "the verdict that a person reached stands"),)


def _resting(deed: Deed, known: Known) -> Iterator[Phrase]:
    """Later versions at the place that it leaves: some of its files may have been theirs."""
    for version in deed.versions(known.place):
        if version.message > known.id and version.status == "accepted":
            yield _about(
                version.message,
                Phrase(
                    "判为合规时用到了前面版本的材料，现在移走了，请再核对",
                    "it was accepted with what came before it, which is moved now: look at it",
                ),
            )
