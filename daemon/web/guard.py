"""The door: before any page sees a request, it is known who asks and whether a page of ours did.

Every page is shut unless it is named in OPEN; a page that is added is shut by itself.
"""

import asyncio
import re

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from daemon.errors import Unavailable
from daemon.ledger import Person
from daemon.web import form, page, peer, sessions, tokens
from daemon.web.desk import Desk
from daemon.web.headers import harden

OPEN = ("/sign-in", "/static/")
METHODS = {"GET", "HEAD", "POST"}
_NO_NUMBER = re.compile(r"\d{19}")  # more than SQLite's integers hold
BODY_SECONDS = 20.0  # that a form may take to arrive


class Guard:
    """ASGI middleware. Sets `request.state`: person, form, secret, fresh, proxied."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                harden(MutableHeaders(scope=message))
            await send(message)

        answer = await self._refusal(Request(scope, receive))
        await (answer or self.app)(scope, receive, hardened)

    async def _refusal(self, request: Request) -> Response | None:
        """None lets it pass."""
        self._strangers(request)
        if not peer.expected(request, self.desk.config):
            return PlainTextResponse("unknown host", 421)
        if request.method not in METHODS:
            return PlainTextResponse("method not allowed", 405, {"allow": ", ".join(METHODS)})
        if request.url.path.startswith("/static/"):
            return None
        try:
            if request.method == "POST":
                request.state.form = form.parse(await _body(request))
            return await run_in_threadpool(self._stopped, request)
        except HTTPException as wrong:
            return await run_in_threadpool(page.refusal, request, wrong)
        except Unavailable:  # the ledger is locked for long, or its disk is gone
            return await run_in_threadpool(page.refusal, request, HTTPException(503))

    def _strangers(self, request: Request) -> None:
        """What is known of a request before anything of it is believed."""
        request.state.person, request.state.form = None, form.Form()
        request.state.secret, request.state.fresh = "", False
        request.state.proxied = peer.trusted(request, self.desk.config)

    def _stopped(self, request: Request) -> Response | None:
        request.state.person = sessions.recognise(request, self.desk)
        if request.method == "POST" and not _ours(request):
            raise HTTPException(403, "token")
        if request.state.person is not None and _NO_NUMBER.search(request.url.path):
            raise HTTPException(404)
        if request.state.person is not None or request.url.path.startswith(OPEN):
            return None
        if sessions.proxied_name(request, self.desk):
            raise HTTPException(403, "stranger")
        return _to_the_door(request)


def require(
    request: Request, *, act: bool = False, admin: bool = False, mailbox: str | None = None
) -> Person:
    """The person, who may do this. 404 for what is another department's, 403 for the rest."""
    person: Person = request.state.person
    if mailbox is not None and not person.sees(mailbox):
        raise HTTPException(404)
    if (act and person.role == "read") or (admin and person.role != "admin"):
        raise HTTPException(403, "role")
    return person


def _ours(request: Request) -> bool:
    said = request.state.form.get("csrf", "")
    return peer.same_origin(request) and tokens.same(said, page.csrf(request))


def _to_the_door(request: Request) -> Response:
    """A browser's own step is led to the sign-in; a script, or a form, is told."""
    if request.method == "POST" or request.headers.get("sec-fetch-dest") == "empty":
        raise HTTPException(401)
    return RedirectResponse(page.door(request), 303)


async def _body(request: Request) -> bytes:
    """The whole form. It arrives in the event loop: a slow browser keeps no thread waiting."""
    kind = request.headers.get("content-type", form.TYPE).partition(";")[0].strip().lower()
    if kind != form.TYPE:
        raise HTTPException(415)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await _bounded(request)
    except TimeoutError as error:  # a form that trickles in
        raise HTTPException(408) from error
    except ClientDisconnect as error:  # the browser went away
        raise HTTPException(400) from error


async def _bounded(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > form.BODY_BYTES:
            raise HTTPException(413)
    return bytes(body)
