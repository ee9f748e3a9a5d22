"""遴选: which of the accepted material the office has selected."""

from daemon.acts.desk import Desk
from daemon.acts.hand import Done, Hand, Refused


def select(desk: Desk, message: int, hand: Hand, *, on: bool) -> Done:
    known = desk.message(message)
    if on and known.status != "accepted":
        raise Refused("只有合规的材料可以遴选", "only accepted material can be selected")
    act = desk.act("select" if on else "unselect", hand, known)
    with desk.doing(act, hand) as deed:
        if not deed.select(message, on=on):
            raise Refused("已经是这样标记的", "it is marked so already")
    return Done(act=deed.act)
