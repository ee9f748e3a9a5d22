"""Taking an act back: what was before it is there again, unless something rests on it by now."""

from daemon.acts.desk import Desk, gone
from daemon.acts.hand import Done, Hand, Refused
from daemon.acts.places import remark, settled
from daemon.ledger import WHAT, Act, Deed, Known, Numbered
from rules import roster

# what leaves other files as good ones, or other versions at a place
WEIGHTY = {"accept", "return", "correct", "alias", "rejudge"}


def undo(desk: Desk, number: int, hand: Hand) -> Done:
    act = _standing(desk, number)
    known = None if act.message is None else desk.line.ledger.again.find(act.message)
    undoing = Act(
        kind="undo",
        who=hand.who,
        at=desk.line.now(),
        why=hand.why,
        mailbox=act.mailbox,
        message=act.message,
        place=act.place,
        said={"kind": act.kind, "who": act.who},
        undoes=act.id,
    )
    marked: list[Numbered] = []
    with desk.doing(undoing, hand, known) as deed:
        _free(desk, deed, act, known)
        sent = deed.undo(act.id, act.message, act.place)
        if act.kind == "resend" and sent is not None:
            words = gone(sent)[0]
            raise Refused(words.zh, words.en)
        # what was granted may have changed since the act, or with it
        where = act.place if act.message is None else deed.place(act.message)
        if act.kind in {"extend", *WEIGHTY} and where.unit and where.category:
            marked = remark(desk, deed, where, hand)
    done = settled(desk, Done(act=deed.act, notes=gone(sent)), marked)
    return done if act.message is None else desk.follow(done, act.message)


def _standing(desk: Desk, number: int) -> Act:
    act = desk.line.ledger.acts.find(number)
    if act is None:
        raise Refused("没有这个操作", "there is no such act")
    if act.undone_by is not None:
        raise Refused("这个操作已经撤销过", "this act has been undone already")
    if act.kind == "undo":
        raise Refused(
            "撤销不能再撤销：请把原来的操作再做一次", "an undo is not undone: do the act once more"
        )
    return act


def _free(desk: Desk, deed: Deed, act: Act, known: Known | None) -> None:
    """Refused when something later rests on the act; what, is said."""
    later = deed.later(act)
    if later is not None:
        kind, who = later
        raise Refused(
            f"之后 {who} 又作了处理（{WHAT[kind]}），请先撤销那一个",
            f"{who} has acted since ({WHAT[kind]}): undo that first",
        )
    if known is not None and act.kind in WEIGHTY:
        for version in deed.versions(known.place):
            if version.message > known.id and version.recorded >= act.at:
                raise Refused(
                    f"之后收到的第 {version.number} 版（{version.message} 号来件）是据此判定的",
                    f"version {version.number} (message {version.message}) rests on it",
                )
    if act.kind == "alias":
        _unused(desk, act)


def _unused(desk: Desk, act: Act) -> None:
    """Nobody else has been recognised by the name in the meantime."""
    alias = roster.key(act.said["alias"])
    for message, subject in desk.line.ledger.again.named(act):
        if alias in roster.key(subject):
            raise Refused(
                f"第 {message} 号来件是靠这个别名认出单位的，不能撤销",
                f"message {message} was recognised by this alias",
            )
