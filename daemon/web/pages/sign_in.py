"""登录: in and out."""

import logging

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from daemon.web import page, peer, sessions
from daemon.web.door import Door, Shut

log = logging.getLogger(__name__)


def show(request: Request) -> Response:
    if request.state.person is not None:
        return page.redirect(request, "/")
    return _form(request, 200)


def sign_in(request: Request) -> Response:
    form, address = request.state.form, peer.address(request)
    door: Door = request.app.state.door
    try:
        person = door.opens(form.text("name", 200), form.get("password", ""), address)
    except Shut as shut:  # too many attempts under this name, or from there
        log.warning("the pages: too many sign-ins fail from %s", address)
        return _form(request, 429, wait=shut.wait)
    if person is None:
        log.info("the pages: a sign-in from %s failed", address)
        return _form(request, 403)
    sessions.begin(request, person)
    log.info("the pages: %s signed in from %s", person.name, address)
    return page.redirect(request, form.text("next") or "/")


def sign_out(request: Request) -> Response:
    sessions.end(request)
    return page.redirect(request, "/sign-in", flash=page.say(request, "sign-in.out"))


def _form(request: Request, status: int, **context: object) -> Response:
    asked = request.state.form.get("next") or request.query_params.get("next", "")
    name = request.state.form.get("name", "")[:200]
    given = {"wait": None, "asked": page.local(asked), "name": name} | context
    return page.render(request, "sign_in.html", status=status, code=status, **given)


ROUTES = (
    Route("/sign-in", show),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
)
