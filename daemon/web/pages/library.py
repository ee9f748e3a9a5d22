"""素材库: accepted material to leaf through."""

from typing import get_args

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daemon.cabinet import DRAWN
from daemon.ledger import Filter
from daemon.web import page
from daemon.web.asked import Asked
from daemon.web.desk import desk_of
from daemon.web.pages.files import FILM, PLAYED
from daemon.web.pages.messages import choices
from rules.notice import KindName

SIZE = 48
KINDS: tuple[str, ...] = get_args(KindName)


def show(request: Request) -> Response:
    desk, mailboxes = desk_of(request), request.state.person.mailboxes
    asked = Asked(request, desk.zone)
    found = desk.ledger.gallery.page(
        _sought(asked, mailboxes),
        kind=asked.choice("kind", KINDS),
        selected=asked.flag("selected") is True,
        after=asked.text("after"),
        size=SIZE + 1,
    )
    more = len(found) > SIZE
    return page.render(
        request,
        "library.html",
        asked=asked,
        exhibits=found[:SIZE],
        here=f"{request.url.path}?{request.url.query}"[:600],
        first=asked.address() if asked.text("after") else "",
        older=asked.address(after=found[SIZE - 1].mark) if more else "",
        choices=choices(desk, mailboxes),
        kinds=KINDS,
        drawn=DRAWN,
        films=FILM,
        sounds=PLAYED.keys() - FILM,
    )


def _sought(asked: Asked, mailboxes: frozenset[str] | None) -> Filter:
    return Filter(
        words=asked.text("q"),
        notice=asked.text("notice"),
        unit=asked.text("unit"),
        category=asked.text("category"),
        mailboxes=mailboxes,
    )


ROUTES = (Route("/library", show),)
