"""规则: each notice as a person reads it, and the rules that mail is held to."""

import re

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daemon.web import page
from daemon.web.desk import desk_of
from daemon.web.guard import require
from daemon.web.reading import Reading

_FIELD = re.compile(r"\{\w*\}")


def rules(request: Request) -> Response:
    desk, person = desk_of(request), require(request)
    notices = desk.config.notices
    asked = request.query_params.get("notice")
    notice = next((n for n in notices if n.id == asked), notices[0])
    return page.render(
        request,
        "rules.html",
        notices=notices,
        notice=notice,
        reading=Reading(notice, desk.language, desk.clock()),
        fired=desk.ledger.frequency.rules(person.mailboxes),
        blank=blank,
    )


def blank(words: str) -> str:
    """A rule's words, before any mail has filled them: … stands where something is measured."""
    return _FIELD.sub("…", words).replace("{{", "{").replace("}}", "}")


ROUTES = (Route("/rules", rules),)
