"""Acts that overrule a verdict: accepted by hand, returned by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from daemon.acts.anew import Anew, judged, pinned
from daemon.acts.desk import Desk, reasoned
from daemon.acts.hand import Done, Hand, Refused
from daemon.ledger import Draft, Kind, Known
from rules.byhand import CODE
from rules.catalogue import by_code
from rules.verdict import Finding, Phrase, Severity, Status, Verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class Faults:
    """What a submission is returned for. `chosen` are numbers of its findings, from 0; beside
    them, or alone, the person's own `words`, if need be under the title of a rule (`code`) and
    about one file (`where`)."""

    chosen: tuple[int, ...] = ()
    words: str = ""
    code: str = ""
    where: str = ""


def accept(desk: Desk, message: int, hand: Hand) -> Done:
    reasoned(hand)
    known = desk.message(message)
    if known.status == "accepted":
        raise Refused("这封来件已经是合规", "this message is accepted already")
    if not (known.place.unit and known.place.category):
        raise Refused(
            "还不知道是哪个单位、哪一类：请先更正",
            "unit and category are not known: correct them first",
        )
    anew = judged(desk.line, known, pinned(known))
    verdict = replace(anew.verdict, status=Status.ACCEPTED, reason="")
    receipt = replace(verdict, findings=_remarks(verdict))
    done = _overrule(desk, hand, anew, (verdict, anew.reply(receipt)))
    return desk.follow(done, message)


def return_(desk: Desk, message: int, hand: Hand, faults: Faults) -> Done:
    known = desk.message(message)
    anew = judged(desk.line, known, pinned(known))
    found = tuple(_found(desk, known, anew, faults))
    if not found:
        raise Refused("请至少选一个问题，或写明意见", "choose a finding, or say what is wrong")
    hand = hand if hand.why.strip() else replace(hand, why=faults.words or _codes(found))
    reasoned(hand)
    kept = (f for f in _remarks(anew.verdict) if f not in found)
    verdict = replace(anew.verdict, status=Status.RETURNED, findings=(*found, *kept), reason="")
    done = _overrule(desk, hand, anew, (verdict, anew.reply(verdict)))
    return desk.follow(done, message)


def _overrule(desk: Desk, hand: Hand, anew: Anew, decided: tuple[Verdict, Draft | None]) -> Done:
    verdict, draft = decided
    known = anew.known
    kind: Kind = "accept" if verdict.status is Status.ACCEPTED else "return"
    said = {"was": known.status, "codes": " ".join(verdict.codes())}
    with desk.doing(desk.act(kind, hand, known, said), hand, known) as deed:
        deed.rewrite(known.id, anew.entry(verdict, draft), decided=deed.act)
        deed.reply(known.id, draft)
    return Done(act=deed.act, notes=tuple(_silence(anew, draft, verdict)))


def _silence(anew: Anew, draft: Draft | None, verdict: Verdict) -> Iterator[Phrase]:
    """Why the sender hears nothing, where one would think that they do."""
    if draft is None and (anew.silent or verdict.status is Status.RETURNED):
        why = anew.silent
        yield Phrase(f"没有给发件人回信：{why}", f"the sender is not told: {why}")
    elif draft is not None and draft.approval:
        yield Phrase("回复已写好，在“回复”页等待放行", "the reply waits to be approved")


def _remarks(verdict: Verdict) -> tuple[Finding, ...]:
    return tuple(f for f in verdict.findings if f.severity is Severity.REMARK)


def _found(desk: Desk, known: Known, anew: Anew, faults: Faults) -> Iterator[Finding]:
    rows = desk.line.ledger.again.findings(known.id)
    for number in sorted(set(faults.chosen)):
        if not 0 <= number < len(rows):
            raise Refused("没有这一条问题", "there is no such finding")
        code, _, where, saw, *_ = rows[number]
        yield _again(anew.verdict, code, where, saw)
    words = " ".join(faults.words.split())
    if words or faults.code:
        rule = by_code(faults.code or CODE)
        if rule is None:
            raise Refused("没有这条规则", "there is no such rule")
        said = words or rule.words(desk.line.config.language).title
        yield Finding(rule.code, Severity.ERROR, faults.where or "message", by_hand=said)


def _again(verdict: Verdict, code: str, where: str, saw: str) -> Finding:
    """The finding with its evidence; where the rules find it no more, in the words of then."""
    fresh = (f for f in verdict.findings if (f.code, f.where) == (code, where))
    found = next(fresh, Finding(code, Severity.ERROR, where, by_hand=saw))
    return replace(found, severity=Severity.ERROR)


def _codes(found: tuple[Finding, ...]) -> str:
    return " ".join(f.code for f in found)
