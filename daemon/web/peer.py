"""Who is at the other end of the line, and under which name it calls us."""

import ipaddress

from starlette.requests import Request

from daemon.config import Config
from daemon.config.server import is_loopback


def address(request: Request) -> str:
    """Where the browser is: what our proxy says of it, else the other end itself."""
    client = request.client.host if request.client else ""
    if not request.state.proxied:
        return client
    # the last one is what our own proxy has written; those before it anyone can write
    told = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return told[:64] or client


def trusted(request: Request, config: Config) -> bool:
    """Whether the other end is one of `proxy_from`, whose headers are believed."""
    if request.client is None:
        return False
    try:
        peer = ipaddress.ip_address(request.client.host)
    except ValueError:  # a Unix socket, a test's word
        return False
    return any(peer in network for network in config.web.proxy_from)


def expected(request: Request, config: Config) -> bool:
    """Whether it calls us by a name of ours: a page of strangers that has our address does not."""
    host = hostname(request.headers.get("host", ""))
    if is_loopback(host) or host in {name.lower() for name in config.web.hosts}:
        return True
    # a name can be bent to lead here, a number cannot
    return config.web.public and _is_number(host)


def same_origin(request: Request) -> bool:
    """Whether a form was sent from a page of ours, as far as the browser tells."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    # behind a proxy the scheme differs
    return origin is None or origin.partition("://")[2] == request.headers.get("host", "")


def hostname(host: str) -> str:
    """Without its port; `[::1]` without its brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower().rstrip(".")


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:  # a name
        return False
    return True
