"""回复: read, approve, change or drop the replies that wait for a person."""

from typing import get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daemon import releasing
from daemon.ledger import Person, Waiting
from daemon.ledger.drafts import State
from daemon.releasing import By, Refused
from daemon.web import page
from daemon.web.desk import Desk, desk_of
from daemon.web.guard import require
from daemon.web.reading import title

STATES: tuple[State, ...] = get_args(State)
TEXT_CHARS = 20_000
REASON_CHARS = 500


def listing(request: Request) -> Response:
    desk, person = desk_of(request), require(request)
    asked = request.query_params.get("state", "waiting")
    state = next((s for s in STATES if s == asked), STATES[0])
    begin, mailboxes = request.query_params.get("from", ""), _mailboxes(desk, person)
    number = int(begin) if begin.isdecimal() and len(begin) < 19 else None
    found = desk.ledger.outgoing.page(state, mailboxes, begin=number)
    following = f"/replies?state={state}&from={found.following}" if found.following else ""
    return page.render(
        request,
        "replies.html",
        letters=found.letters,
        counts=desk.ledger.outgoing.counts(mailboxes),
        states=STATES,
        state=state,
        following=following,
        acts=person.role != "read",
    )


def one(request: Request) -> Response:
    return _shown(request, _reply(request))


def approve(request: Request) -> Response:
    """One reply."""
    reply, form = _reply(request, act=True), request.state.form
    revive, of = form.get("revive") == "1", form.text("of", 64)
    try:
        releasing.approve(desk_of(request).ledger, reply.id, _by(request), revive=revive, of=of)
    except Refused as refused:
        return _refused(request, reply, refused)
    return page.redirect(request, "/replies", flash=page.say(request, "replies.approved-one"))


def approve_several(request: Request) -> Response:
    """All that are ticked. One that cannot go does not keep the others."""
    desk, person = desk_of(request), require(request, act=True)
    wanted = [int(i) for i in request.state.form.all("reply") if i.isdecimal() and len(i) < 19]
    gone = sum(_gone(desk, person, reply) for reply in dict.fromkeys(wanted))
    said = page.say(request, "replies.approved", n=gone)
    if gone < len(set(wanted)):
        said += page.say(request, "replies.not-approved", n=len(set(wanted)) - gone)
    return page.redirect(request, "/replies", flash=said)


def edit(request: Request) -> Response:
    """GET: the text to change. POST: a preview, or, once it has been looked at, the change."""
    reply, form = _reply(request, act=True), request.state.form
    ledger = desk_of(request).ledger
    now = releasing.text(ledger, reply.id)
    if request.method != "POST":
        return _edited(request, reply, text=now, of=releasing.edition(now))
    words, of = form.text("text", TEXT_CHARS), form.text("of", 64)
    if form.get("do") != "save":
        return _edited(request, reply, text=words, of=of, preview=form.get("do") == "preview")
    try:
        releasing.edit(ledger, reply.id, words, _by(request), of=of)
    except Refused as refused:
        if refused.why in {"empty", "changed"}:
            return _edited(request, reply, text=words, of=of, refused=refused.why, now=now)
        return _refused(request, reply, refused)
    return page.redirect(request, _at(reply), flash=page.say(request, "replies.edited"))


def drop(request: Request) -> Response:
    reply, why = _reply(request, act=True), request.state.form.text("why", REASON_CHARS)
    if not why:
        return _shown(request, reply, status=400, lacking="why")
    try:
        releasing.drop(desk_of(request).ledger, reply.id, why, _by(request))
    except Refused as refused:
        return _refused(request, reply, refused)
    return page.redirect(request, "/replies", flash=page.say(request, "replies.dropped"))


def _mailboxes(desk: Desk, person: Person) -> frozenset[str]:
    every = frozenset(box.name for box in desk.config.mailboxes)
    return every if person.mailboxes is None else person.mailboxes


def _reply(request: Request, *, act: bool = False) -> Waiting:
    """The reply of the path; 404 when there is none, or it is another department's."""
    found = desk_of(request).ledger.drafts.find(request.path_params["reply"])
    if found is None:
        raise HTTPException(404)
    require(request, act=act, mailbox=found.mailbox)
    return found


def _by(request: Request) -> By:
    return By(who=require(request, act=True).name, at=desk_of(request).clock())


def _gone(desk: Desk, person: Person, reply: int) -> bool:
    found = desk.ledger.drafts.find(reply)
    if found is None or not person.acts_on(found.mailbox):
        return False
    try:
        releasing.approve(desk.ledger, reply, By(who=person.name, at=desk.clock()))
    except Refused:  # somebody was faster, or mail to that address came back
        return False
    return True


def _shown(
    request: Request, reply: Waiting, *, status: int = 200, lacking: str = "", refused: str = ""
) -> Response:
    desk, person = desk_of(request), require(request)
    ledger = desk.ledger
    findings, text = ledger.drafts.findings(reply.id), releasing.text(ledger, reply.id)
    return page.render(
        request,
        "reply.html",
        status=status,
        reply=reply,
        text=text,
        edition=releasing.edition(text),
        findings=findings,
        titles={said.title: title(said.title, desk.language) for said in findings},
        history=ledger.history(reply.message),
        dead=ledger.caps.dead(reply.to),
        acts=person.acts_on(reply.mailbox),
        lacking=lacking,
        refused=refused,
    )


def _edited(request: Request, reply: Waiting, *, text: str, **context: object) -> Response:
    shown = {"preview": False, "refused": "", "now": ""} | context
    status = 409 if shown["refused"] else 200
    if reply.state not in {"waiting", "failed"}:
        raise HTTPException(409)
    return page.render(request, "reply_edit.html", status=status, reply=reply, text=text, **shown)


def _refused(request: Request, reply: Waiting, refused: Refused) -> Response:
    """The reply as it stands now, with what was decided before, and by whom."""
    return _shown(request, refused.reply or reply, status=409, refused=refused.why)


def _at(reply: Waiting) -> str:
    return f"/replies/{reply.id}"


ROUTES = (
    Route("/replies", listing),
    Route("/replies/approve", approve_several, methods=["POST"]),
    Route("/replies/{reply:int}", one),
    Route("/replies/{reply:int}/approve", approve, methods=["POST"]),
    Route("/replies/{reply:int}/edit", edit, methods=["GET", "POST"]),
    Route("/replies/{reply:int}/drop", drop, methods=["POST"]),
)
