"""总览: unit by category and window, and who is missing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daemon.ledger import Standing
from daemon.web import page
from daemon.web.asked import Asked
from daemon.web.board import SHOWN, STATES, Board, board
from daemon.web.desk import Desk, desk_of
from rules.calendar import due
from rules.notice import Notice


def show(request: Request) -> Response:
    desk = desk_of(request)
    asked = Asked(request, desk.zone)
    chosen = _chosen(asked, desk)
    boards = tuple(_boards(desk, chosen, request.state.person.mailboxes))
    states, words = SHOWN.get(asked.text("show"), frozenset()), asked.text("q")
    return page.render(
        request,
        "overview.html",
        asked=asked,
        notices=desk.config.notices,
        chosen={notice.id for notice in chosen},
        boards=[(b, b.only(states, words)) for b in boards],
        wanted=states,
        shown=("open", "absent", *STATES),
        totals=_totals(boards),
        states=STATES,
        now=desk.clock(),
    )


def _chosen(asked: Asked, desk: Desk) -> tuple[Notice, ...]:
    """The notices that were asked for, else the one that is under way."""
    notices, names = desk.config.notices, set(asked.all("notice"))
    if "all" in names:
        return notices
    found = tuple(notice for notice in notices if notice.id in names)
    return found or (_current(notices, desk),)


def _current(notices: Sequence[Notice], desk: Desk) -> Notice:
    """The first that still waits for material, else the last."""
    return next((n for n in notices if _open(n, desk)), notices[-1])


def _open(notice: Notice, desk: Desk) -> bool:
    ends = (due(w, notice) for c in notice.categories for w in c.windows)
    return any(end is not None and end > desk.clock() for end in ends)


def _boards(
    desk: Desk, notices: Sequence[Notice], mailboxes: frozenset[str] | None
) -> Iterator[Board]:
    for notice in notices:
        standings = _seen(notice, desk.ledger.status(notice.id), mailboxes)
        found = board(notice, standings, desk.clock())
        if found is not None:
            yield replace(found, title=notice.title)


def _seen(
    notice: Notice, standings: Sequence[Standing], mailboxes: frozenset[str] | None
) -> Iterator[Standing]:
    """A department sees the categories that come to its own mailbox."""
    theirs = {c.name for c in notice.categories if mailboxes is None or c.mailbox in mailboxes}
    return (s for s in standings if s.category in theirs)


def _totals(boards: Sequence[Board]) -> dict[str, int]:
    return {state: sum(b.counts[state] for b in boards) for state in STATES}


ROUTES = (Route("/", show),)
