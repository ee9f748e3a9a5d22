"""Whose request this is: by the cookie of a sign-in, or by the header of a proxy of ours."""

from starlette.requests import Request

from daemon.ledger import Person
from daemon.web import cookies, tokens
from daemon.web.desk import Desk, desk_of

NAME_CHARS = 64


def recognise(request: Request, desk: Desk) -> Person | None:
    """The person; None for a visitor. Every browser gets a secret, for the tokens of its forms."""
    secret = cookies.secret(request)
    request.state.fresh = not secret
    request.state.secret = secret or tokens.fresh()
    named = proxied_name(request, desk)
    if named:
        return desk.ledger.people.find(named)
    return desk.ledger.sessions.person(
        tokens.digest(request.state.secret),
        desk.clock(),
        idle=desk.config.web.idle,
        longest=desk.config.web.longest,
    )


def proxied_name(request: Request, desk: Desk) -> str:
    """Whom a trusted proxy has signed in; "" when there is none, or the peer is not trusted."""
    header = desk.config.web.proxy_header
    if not header or not request.state.proxied:
        return ""
    return request.headers.get(header, "").strip()[:NAME_CHARS]


def begin(request: Request, person: Person) -> None:
    """A new secret at each sign-in: one that was put into the browser before is worth nothing."""
    desk = desk_of(request)
    web, now = desk.config.web, desk.clock()
    end(request)
    request.state.secret, request.state.fresh = tokens.fresh(), True
    request.state.person = person
    desk.ledger.sessions.forget(now, idle=web.idle, longest=web.longest)
    desk.ledger.sessions.begin(tokens.digest(request.state.secret), person.name, now)


def end(request: Request) -> None:
    desk_of(request).ledger.sessions.end(tokens.digest(request.state.secret))
    request.state.secret, request.state.fresh = tokens.fresh(), True
    request.state.person = None
