"""The pages put together: routes, templates, the door in front of them."""

from functools import cache
from hashlib import sha256
from itertools import chain
from pathlib import Path
from threading import Semaphore

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from daemon.errors import Unavailable
from daemon.web import page, words
from daemon.web.desk import Desk
from daemon.web.door import Door
from daemon.web.guard import Guard
from daemon.web.pages import (
    acts,
    detail,
    export,
    files,
    history,
    library,
    messages,
    overview,
    reminders,
    replies,
    rules,
    running,
    sign_in,
)
from daemon.web.passwords import Passwords
from daemon.web.shown import filters

HERE = Path(__file__).parent
PAGES = (
    overview,
    messages,
    detail,
    acts,
    history,
    library,
    files,
    replies,
    reminders,
    export,
    rules,
    running,
    sign_in,
)
NAVIGATION = (
    "/",
    "/messages",
    "/library",
    "/replies",
    "/reminders",
    "/export",
    "/history",
    "/rules",
    "/running",
)


def build(desk: Desk, passwords: Passwords | None = None) -> Starlette:
    """The application of this desk. It holds nothing that outlives a request but the ledger."""
    routes: list[BaseRoute] = list(chain.from_iterable(module.ROUTES for module in PAGES))
    app = Starlette(
        routes=[*routes, Mount("/static", StaticFiles(directory=HERE / "static"))],
        middleware=[Middleware(Guard, desk=desk)],
        exception_handlers={
            HTTPException: page.refusal,
            Unavailable: page.unavailable,
            Exception: page.trouble,
        },
    )
    app.state.desk = desk
    app.state.door = Door(desk, passwords or Passwords())
    app.state.cabinet = files.cabinet(desk)
    app.state.workbooks = Semaphore(export.AT_ONCE)
    app.state.say = words.speaker(desk.language)
    app.state.pages = _templates(desk, routes, app.state.say)
    return app


def _templates(desk: Desk, routes: list[BaseRoute], say: words.Say) -> Environment:
    pages = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    there = {route.path for route in routes if isinstance(route, Route)}
    pages.globals |= {
        "t": say,
        "language": desk.language,
        "navigation": tuple(path for path in NAVIGATION if path in there),
        "static": cache(_static),
    }
    pages.filters |= {**filters(desk), "deed": words.teller(desk.language)}
    return pages


def _static(name: str) -> str:
    """The address of a file of ours: another one when the file has changed."""
    content = (HERE / "static" / name).read_bytes()
    return f"/static/{name}?{sha256(content).hexdigest()[:12]}"
