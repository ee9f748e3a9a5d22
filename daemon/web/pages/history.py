"""操作记录: everything that people decided, with the way to take it back."""

from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daemon.acts import Refused
from daemon.ledger import WHAT
from daemon.ledger.acts import PAGE
from daemon.web import page
from daemon.web.asked import Asked
from daemon.web.deciding import address, notice_of
from daemon.web.desk import desk_of
from daemon.web.guard import require
from daemon.web.pages.acts import hand, refused, spoken, told
from daemon.web.pages.files import LARGEST

NOTES = 5  # that are told after a whole notice was judged again


def show(request: Request) -> Response:
    desk, person = desk_of(request), require(request)
    asked = Asked(request, desk.zone)
    before = asked.text("before")
    acts = desk.ledger.acts.listing(
        kind=asked.choice("kind", WHAT),
        who=asked.text("who"),
        mailboxes=person.mailboxes,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
    )
    return page.render(
        request,
        "history.html",
        asked=asked,
        acts=acts,
        kinds=tuple(WHAT),
        authors=desk.ledger.acts.authors(person.mailboxes),
        notices=desk.config.notices,
        address=address,
        older=asked.address(before=str(acts[-1].id)) if len(acts) == PAGE else "",
        after=asked.text("after"),
    )


def undo(request: Request) -> Response:
    desk, number = desk_of(request), request.path_params["act"]
    act = desk.ledger.acts.find(number) if number < LARGEST else None
    if act is None:
        raise HTTPException(404)
    require(request, act=True, mailbox=act.mailbox)
    back = request.state.form.text("next", 600) or "/history"
    try:
        # what rests on the act by now is looked up by the undo itself
        done = desk.acts.undo(number, replace(hand(request), seen=None))
    except Refused as wrong:
        return refused(request, wrong, back)
    return page.redirect(request, back, flash=told(request, "acts.done.undo", done))


def rejudge(request: Request) -> Response:
    """A notice has changed: twenty of its open messages at a time, which a page can wait for."""
    desk, person, form = desk_of(request), require(request, act=True), request.state.form
    notice = notice_of(desk, form.text("notice", 200))
    if notice is None:
        raise HTTPException(404)
    try:
        done, following = desk.acts.rejudge_all(
            notice.id, hand(request), after=form.number("after") or 0, mailboxes=person.mailboxes
        )
    except Refused as wrong:
        return refused(request, wrong, "/history")
    said = page.say(
        request, "history.judged", n=len(done), changed=sum(one.act is not None for one in done)
    )
    notes = [spoken(request, note) for one in done for note in one.notes][:NOTES]
    where = f"/history?after={following}" if following else "/history"
    more = page.say(request, "history.more") if following else ""
    return page.redirect(request, where, flash=" ".join(filter(None, (said, *notes, more))))


ROUTES = (
    Route("/history", show),
    Route("/history/rejudge", rejudge, methods=["POST"]),
    Route("/history/{act:int}/undo", undo, methods=["POST"]),
)
