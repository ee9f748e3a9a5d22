"""Our two cookies: the secret of this browser, and a sentence for the next page.

The secret is a session's token after the sign-in, and a visitor's before it; the tokens of forms
are derived from it.
"""

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from daemon.web import tokens

SECRET, FLASH = "baosong", "baosong-said"
FLASH_CHARS = 300
LONGEST = 100  # characters of a secret


def secure(request: Request) -> bool:
    """Whether the browser came by https; a proxy in front of us says so in its header."""
    said = request.headers.get("x-forwarded-proto", "") if request.state.proxied else ""
    return request.url.scheme == "https" or said == "https"


def secret(request: Request) -> str:
    """ "" when the browser has none yet."""
    found = request.cookies.get(_name(request, SECRET), "")
    return found if len(found) <= LONGEST else ""


def keep_secret(request: Request, response: Response, value: str) -> None:
    """It ends with the browser; the ledger ends it sooner."""
    _keep(request, response, (SECRET, value))


def keep_flash(request: Request, response: Response, said: str) -> None:
    """A sentence that the next page shows, sealed: nobody else can make us say something."""
    words = quote(said[:FLASH_CHARS], safe="")
    mark = tokens.seal(request.state.secret, f"flash {words}")
    _keep(request, response, (FLASH, f"{mark}.{words}"))


def flash(request: Request) -> str:
    mark, _, words = request.cookies.get(_name(request, FLASH), "").partition(".")
    sealed = tokens.seal(request.state.secret, f"flash {words}")
    return unquote(words) if tokens.same(mark, sealed) else ""


def drop_flash(request: Request, response: Response) -> None:
    if _name(request, FLASH) in request.cookies:
        response.delete_cookie(
            _name(request, FLASH), secure=secure(request), httponly=True, samesite="lax"
        )


def _keep(request: Request, response: Response, cookie: tuple[str, str]) -> None:
    plain, value = cookie
    response.set_cookie(
        _name(request, plain), value, secure=secure(request), httponly=True, samesite="lax"
    )


def _name(request: Request, plain: str) -> str:
    """With https the browser itself warrants that nobody else of the domain set it."""
    return f"__Host-{plain}" if secure(request) else plain
