"""Answers: a page, a redirect, a refusal, a file."""

import re
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from daemon.web import cookies, tokens
from daemon.web.headers import harden

KNOWN = {400, 401, 403, 404, 405, 408, 409, 413, 415, 429, 500, 503}
SANDBOX = "default-src 'none'; sandbox"  # for files of strangers: a browser runs nothing in them


def render(request: Request, name: str, /, *, status: int = 200, **context: object) -> Response:
    """The page of this template. Every text in it is escaped."""
    text = request.app.state.pages.get_template(name).render(
        request=request,
        person=request.state.person,
        path=request.url.path,
        csrf_token=csrf(request),
        flash=cookies.flash(request),
        **context,
    )
    response: Response = HTMLResponse(text, status)
    cookies.drop_flash(request, response)
    return _kept(request, response)


def redirect(request: Request, where: str, *, flash: str = "") -> Response:
    """After a form: the browser gets the next page anew, which shows `flash` once."""
    response: Response = RedirectResponse(local(where), 303)
    if flash:
        cookies.keep_flash(request, response, flash)
    return _kept(request, response)


def refusal(request: Request, wrong: Exception) -> Response:
    """A refusal as a page; its detail is a word of ours, never what was asked for."""
    status = wrong.status_code if isinstance(wrong, HTTPException) else 500
    if status not in KNOWN:
        return PlainTextResponse(HTTPStatus(status).phrase, status)
    why = wrong.detail if isinstance(wrong, HTTPException) else ""
    return render(request, "refused.html", status=status, code=status, why=why)


def unavailable(request: Request, _wrong: Exception) -> Response:
    """The world failed while a page was made: a full disk, a ledger that is locked for long."""
    return refusal(request, HTTPException(503))


def trouble(request: Request, wrong: Exception) -> Response:
    """For a fault of ours or the world's: it leaves by another way than the guard."""
    response = refusal(request, wrong)
    harden(response.headers)
    return response


def download(
    content: bytes | Path, *, name: str, media_type: str, inline: bool = False
) -> Response:
    """A file under this name. It is saved, unless `inline`; a browser runs nothing in it."""
    headers = {
        "content-disposition": disposition(name, inline=inline),
        "content-security-policy": SANDBOX,
    }
    if isinstance(content, Path):
        return FileResponse(content, headers=headers, media_type=media_type)
    return Response(content, headers=headers, media_type=media_type)


def disposition(name: str, *, inline: bool = False) -> str:
    """RFC 6266, the name in UTF-8: no path in it, no control character."""
    shown = re.sub(r"[\x00-\x1f\x7f/\\\u202a-\u202e\u2066-\u2069]", "_", name)[:200] or "file"
    way = "inline" if inline else "attachment"
    return f"{way}; filename*=utf-8''{quote(shown.encode('utf-8', 'replace'), safe='')}"


def say(request: Request, key: str, **values: object) -> str:
    """Words of ours in the office's language, for a flash."""
    return str(request.app.state.say(key, **values))


def csrf(request: Request) -> str:
    """What a form of this browser must say."""
    return tokens.seal(request.state.secret, "form") if request.state.secret else ""


def door(request: Request) -> str:
    """The sign-in page, which leads back here."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return "/sign-in" if asked == "/" else f"/sign-in?next={quote(asked[:1000])}"


def local(where: str) -> str:
    """A path of ours; "/" for anything that leads elsewhere."""
    here = re.fullmatch(r"/(?![/\\])[^\x00-\x20\\]*", where)
    return where if here else "/"


def _kept(request: Request, response: Response) -> Response:
    if request.state.fresh:
        cookies.keep_secret(request, response, request.state.secret)
    return response
