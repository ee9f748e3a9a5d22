"""Sending a reply once more."""

from zoneinfo import ZoneInfo

from daemon.acts.anew import next_id
from daemon.acts.desk import Desk
from daemon.acts.hand import Done, Hand, Refused
from daemon.ledger import Answered, Draft, Known
from daemon.reply import again


def resend(desk: Desk, message: int, hand: Hand, *, revive: bool) -> Done:
    """A reply that failed goes again as it is. One that was sent goes as another mail, which names
    the one before it. `revive`: also to an address that mail came back from."""
    known = desk.message(message)
    answer = _answer(desk, message)
    caps = desk.line.ledger.caps
    if (dead := caps.dead(answer.to)) and not revive:
        raise Refused(
            f"寄往 {answer.to} 的邮件曾被退回（{dead}）；确定地址有效，请勾选“仍然寄送”",
            f"mail to {answer.to} came back ({dead}); say so if it is to be sent all the same",
        )
    said = {"to": answer.to, "subject": answer.subject, "was": answer.state}
    with desk.doing(desk.act("resend", hand, known, said), hand, known) as deed:
        if answer.state == "failed":
            deed.release(message)
        else:
            deed.reply(message, _draft(desk, known, answer))
        deed.revive(answer.to if dead else "")
    return Done(act=deed.act)


def _answer(desk: Desk, message: int) -> Answered:
    answer = desk.line.ledger.again.answer(message)
    if answer is None:
        raise Refused("这封来件没有回复过", "this message was never answered")
    if answer.queued:
        raise Refused("回复还没有发出，不用重发", "the reply has not gone yet")
    if answer.state == "dropped":
        raise Refused(
            "这份回复已弃用；要回复请重新判定或人工退回",
            "this reply was dropped; judge again or return by hand to write another",
        )
    return answer


def _draft(desk: Desk, known: Known, answer: Answered) -> Draft:
    """Due at once, also where replies wait for a person: a person has just released it."""
    message_id = next_id(desk.line, known.key, known.sha256, known.replies)
    zone = ZoneInfo(desk.notice(known.place.notice).zone)
    raw = again(answer.raw, message_id, desk.line.now().astimezone(zone))
    return Draft(message_id=message_id, to=answer.to, subject=answer.subject, raw=raw)
