"""详情: one submission, with everything that is known of it."""

from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daemon.cabinet import DRAWN
from daemon.ledger import Detail, Kept, Recorded
from daemon.reply import text_of
from daemon.web import page
from daemon.web.deciding import deciding
from daemon.web.desk import Desk, desk_of
from daemon.web.guard import require
from daemon.web.pages.files import FILM, LARGEST, PLAYED
from daemon.web.pages.messages import titles
from rules.calendar import due, local
from rules.measure import instant_said
from rules.notice import Notice, Window


def show(request: Request) -> Response:
    desk = desk_of(request)
    number = request.path_params["message"]
    detail = desk.ledger.details.of(number) if number < LARGEST else None
    if detail is None:
        raise HTTPException(404)
    person = require(request, mailbox=detail.letter.mailbox)
    return page.render(
        request,
        "detail.html",
        detail=detail,
        letter=detail.letter,
        titles=titles(desk, {finding.code for finding in detail.findings}),
        due=_due(detail.letter, desk),
        versions=[v for v in detail.versions if person.sees(v.mailbox)],
        files=[kept for kept in detail.files if not kept.attachment.ignored],
        set_aside=[kept for kept in detail.files if kept.attachment.ignored],
        drawn=lambda kept: _harmless(kept, detail) and _format(kept) in DRAWN,
        played=lambda kept: _harmless(kept, detail) and _format(kept) in PLAYED,
        film=lambda kept: _format(kept) in FILM,
        allowed=not detail.dangerous or person.role != "read",
        deciding=deciding(desk, person, detail),
        said=text_of(detail.reply.raw) if detail.reply else "",
    )


def _format(kept: Kept) -> str:
    return kept.attachment.facts.format


def _harmless(kept: Kept, detail: Detail) -> bool:
    """What may be shown small, or played."""
    return not (detail.dangerous or kept.attachment.ignored or kept.attachment.facts.damaged)


def _due(letter: Recorded, desk: Desk) -> str:
    """When its place was due, in words; "" when that is not known."""
    notice = next((n for n in desk.config.notices if n.id == letter.notice), None)
    if notice is None or not letter.category:
        return ""
    granted = desk.ledger.concessions.extension(letter.place)
    until = due(_window(notice, letter), notice, granted)
    return _said(until, notice, desk) if until else ""


def _said(until: datetime, notice: Notice, desk: Desk) -> str:
    phrase = instant_said(local(until, notice), closing=True)
    return phrase.zh if desk.language == "zh" else phrase.en


def _window(notice: Notice, letter: Recorded) -> Window | None:
    windows = (w for c in notice.categories if c.name == letter.category for w in c.windows)
    return next((window for window in windows if window.name == letter.window), None)


ROUTES = (Route("/messages/{message:int}", show),)
