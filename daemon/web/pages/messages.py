"""来件: every message seen, filtered and searched, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daemon.ledger import Filter, Line
from daemon.ledger.browse import MANY
from daemon.web import page
from daemon.web.asked import Asked
from daemon.web.desk import Desk, desk_of
from rules.catalogue import by_code
from rules.verdict import Status

SIZE = 50
STATES = ("waiting", "approved", "sent", "failed", "dropped")
STATUSES = tuple(str(status) for status in Status)


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What the filters offer."""

    units: tuple[str, ...]
    categories: tuple[str, ...]
    windows: tuple[str, ...]
    mailboxes: tuple[str, ...]


def show(request: Request) -> Response:
    desk = desk_of(request)
    asked = Asked(request, desk.zone)
    wanted = sought(asked, request.state.person.mailboxes)
    lines, count = _lines(desk, wanted, asked.text("after"))
    more = len(lines) > SIZE
    return page.render(
        request,
        "messages.html",
        asked=asked,
        lines=lines[:SIZE],
        count=count,
        many=MANY,
        first=asked.address() if asked.text("after") else "",
        older=asked.address(after=lines[SIZE - 1].mark) if more else "",
        choices=choices(desk, request.state.person.mailboxes),
        titles=titles(desk, desk.ledger.browse.codes()),
        statuses=STATUSES,
        states=STATES,
    )


def _lines(desk: Desk, wanted: Filter, after: str) -> tuple[tuple[Line, ...], int | None]:
    """One more than a page holds; how many there are is counted once, for the first page."""
    if after:
        return desk.ledger.browse.page(wanted, after=after, size=SIZE + 1), None
    return desk.ledger.browse.first(wanted, size=SIZE + 1)


def sought(asked: Asked, mailboxes: frozenset[str] | None) -> Filter:
    """The filters of this list as the ledger takes them; nobody sees another department's mail."""
    return Filter(
        words=asked.text("q"),
        status=asked.choice("status", STATUSES),
        late=asked.flag("late"),
        mailbox=asked.text("mailbox"),
        notice=asked.text("notice"),
        unit=asked.text("unit"),
        category=asked.text("category"),
        window=asked.text("window"),
        code=asked.text("code"),
        reply=asked.choice("reply", STATES),
        since=asked.since("from"),
        until=asked.until("to"),
        mailboxes=mailboxes,
    )


def choices(desk: Desk, mailboxes: frozenset[str] | None) -> Choices:
    notices = desk.config.notices
    categories = [c for n in notices for c in n.categories]
    boxes = (box.name for box in desk.config.mailboxes)
    return Choices(
        units=_once(unit.name for n in notices for unit in n.roster),
        categories=_once(c.name for c in categories),
        windows=_once(w.name for c in categories for w in c.windows),
        mailboxes=_once(name for name in boxes if mailboxes is None or name in mailboxes),
    )


def titles(desk: Desk, codes: Iterable[str]) -> dict[str, str]:
    """Each code with its rule's title; a code of an older version stands for itself."""
    rules = {code: by_code(code) for code in codes}
    return {code: rule.words(desk.language).title if rule else code for code, rule in rules.items()}


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


ROUTES = (Route("/messages", show),)
