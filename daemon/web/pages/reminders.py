"""催交: who still owes what, as a text for a group chat; reminders by mail."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daemon.ledger import Dispatch, Person, Standing
from daemon.reminders import Gap, Preview, Reminding, coming, gaps, group_text, scheduled
from daemon.reminders.gap import urgency
from daemon.reminders.item import until
from daemon.web import page
from daemon.web.asked import Asked
from daemon.web.desk import Desk, desk_of
from daemon.web.guard import require

STATES = ("missing", "returned")
SOON = timedelta(days=30)
NEXT = 12  # moments ahead
REASON_CHARS = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One gap of the list. `key` stands for its place in an address."""

    key: str
    gap: Gap
    until: str
    late: bool
    picked: bool


def show(request: Request) -> Response:
    desk, person = desk_of(request), require(request)
    asked, now = Asked(request, desk.zone), desk.clock()
    reminding = Reminding(config=desk.config, ledger=desk.ledger)
    standings = desk.ledger.owed()
    found = _seen(gaps(standings, desk.config.notices, now), person)
    owed = sorted((gap for gap in found if _wanted(gap, asked)), key=urgency)
    lines = tuple(_lines(owed, asked, reminding, now))
    chosen = [line.gap for line in lines if line.picked]
    return page.render(
        request,
        "reminders.html",
        asked=asked,
        lines=lines,
        states=STATES,
        notices=desk.config.notices,
        categories=_categories(desk, person),
        chosen=len(chosen),
        text=group_text(chosen, reminding.speech(now)),
        coming=_coming(desk, person, standings),
        written=[d for d in desk.ledger.dispatches.newest(50) if person.sees(d.mailbox)],
        active=bool(desk.config.reminders) and desk.config.replies.mode != "off",
    )


def preview(request: Request) -> Response:
    """The mails that would go at a moment, as things stand now."""
    desk, person = desk_of(request), require(request)
    at = Asked(request, desk.zone).since("at") or desk.clock()
    reminding = Reminding(config=desk.config, ledger=desk.ledger)
    found = [one for one in reminding.preview(at) if _whole(one, person)]
    shown = [one for one in found if one.letter and one.plan.to]
    nobody = [one.plan.gaps[0].unit.name for one in found if one not in shown]
    return page.render(request, "reminders_preview.html", at=at, shown=shown, nobody=nobody)


def approve(request: Request) -> Response:
    dispatch = _dispatch(request)
    gone = desk_of(request).ledger.dispatches.approve(dispatch.id, desk_of(request).clock())
    word = "reminders.approved" if gone else "reminders.past"
    return page.redirect(request, "/reminders", flash=page.say(request, word))


def drop(request: Request) -> Response:
    dispatch, person = _dispatch(request), require(request, act=True)
    why = request.state.form.text("why", REASON_CHARS)
    desk = desk_of(request)
    said = f"{person.name}: {why}" if why else person.name
    gone = desk.ledger.dispatches.drop(dispatch.id, desk.clock(), said)
    word = "reminders.dropped" if gone else "reminders.past"
    return page.redirect(request, "/reminders", flash=page.say(request, word))


def _seen(found: Iterable[Gap], person: Person) -> Iterator[Gap]:
    return (gap for gap in found if person.sees(gap.category.mailbox))


def _wanted(gap: Gap, asked: Asked) -> bool:
    filters = {
        "notice": gap.notice.id,
        "category": gap.category.name,
        "state": gap.standing.state,
    }
    units = asked.all("unit")
    fits = all(asked.text(name) in {"", value} for name, value in filters.items())
    return fits and (not units or gap.unit.name in units)


def _lines(
    owed: Iterable[Gap], asked: Asked, reminding: Reminding, now: datetime
) -> Iterator[Line]:
    """Until somebody picks, all that were asked for are picked, else what is due soon or late."""
    picked, choosing = set(asked.all("place")), asked.text("pick") == "yes"
    filtered = bool(asked.names & {"category", "state", "unit"})
    for gap in owed:
        key, soon = _key(gap), gap.due is not None and gap.due - now < SOON
        said = until(gap, reminding.speech(now))
        chosen = key in picked if choosing else filtered or soon
        yield Line(key, gap, said, gap.late(now), chosen)


def _key(gap: Gap) -> str:
    """Short, so that hundreds of places fit an address."""
    place = gap.place
    names = (place.notice, place.unit, place.category, place.window)
    return sha256("\0".join(names).encode()).hexdigest()[:10]


def _categories(desk: Desk, person: Person) -> Sequence[str]:
    found = (c for n in desk.config.notices for c in n.categories if person.sees(c.mailbox))
    return tuple(dict.fromkeys(category.name for category in found))


def _coming(desk: Desk, person: Person, standings: Sequence[Standing]) -> Sequence[object]:
    now = desk.clock()
    found = _seen(scheduled(desk.config, standings, now), person)
    return coming(desk.config, found, now)[:NEXT]


def _whole(one: Preview, person: Person) -> bool:
    """A mail tells all that a unit owes: it is for those who may see all of it."""
    return all(person.sees(gap.category.mailbox) for gap in one.plan.gaps)


def _dispatch(request: Request) -> Dispatch:
    found = desk_of(request).ledger.dispatches.find(request.path_params["dispatch"])
    if found is None or found.kind != "reminder":
        require(request, act=True)
        raise HTTPException(404)
    require(request, act=True, mailbox=found.mailbox)
    return found


ROUTES = (
    Route("/reminders", show),
    Route("/reminders/preview", preview),
    Route("/reminders/{dispatch:int}/approve", approve, methods=["POST"]),
    Route("/reminders/{dispatch:int}/drop", drop, methods=["POST"]),
)
