"""规则: each notice as a person reads it, and the rules that mail is held to."""

from collections.abc import Iterable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daemon.web import page
from daemon.web.desk import desk_of
from daemon.web.guard import require
from daemon.web.reading import Held, Reading, blank

MOST = 6


def rules(request: Request) -> Response:
    desk, person = desk_of(request), require(request)
    notices = desk.config.notices
    asked = request.query_params.get("notice")
    notice = next((n for n in notices if n.id == asked), notices[0])
    reading = Reading(notice, desk.language, desk.clock())
    held, fired = reading.held(), desk.ledger.frequency.rules(person.mailboxes)
    return page.render(
        request,
        "rules.html",
        notices=notices,
        notice=notice,
        reading=reading,
        held=held,
        titles={rule.code: blank(rule.words.title) for rule in held},
        fired=fired,
        frequent=_frequent(held, fired),
        blank=blank,
    )


def _frequent(held: Iterable[Held], fired: Mapping[str, int]) -> list[tuple[Held, int]]:
    """What goes wrong most; remarks go through, and are left out."""
    counted = [(rule, fired.get(rule.code, 0)) for rule in held if rule.severity != "remark"]
    return [pair for pair in sorted(counted, key=lambda pair: -pair[1]) if pair[1]][:MOST]


ROUTES = (Route("/rules", rules),)
