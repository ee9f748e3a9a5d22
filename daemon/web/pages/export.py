"""导出: every table as Excel, CSV or JSON; the hand-over package of a category."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryFile
from typing import IO
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from daemon.ledger import Person
from daemon.library import Library
from daemon.report import TABLES, Export
from daemon.report.column import title
from daemon.web import page
from daemon.web.asked import Asked
from daemon.web.desk import Desk, desk_of
from daemon.web.guard import require
from rules.notice import Category, Notice

CHUNK = 1 << 18
AT_ONCE = 3  # workbooks being written
ALL = "baosong"  # the workbook of all tables
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "json": "application/json"}


def show(request: Request) -> Response:
    desk, person = desk_of(request), require(request)
    return page.render(
        request,
        "export.html",
        tables=[(table, title(table, desk.language)) for table in TABLES],
        kinds=tuple(KINDS),
        notices=[(n, found) for n in desk.config.notices if (found := _theirs(n, person))],
    )


def table(request: Request) -> Response:
    """One table, or all of them as one workbook."""
    name, _, kind = request.path_params["name"].rpartition(".")
    if kind not in KINDS or not (name in TABLES or (name == ALL and kind == "xlsx")):
        raise HTTPException(404)
    desk, person = desk_of(request), require(request)
    export = _export(desk, person)
    said = ALL if name == ALL else title(name, desk.language)
    called = f"{said}-{export.today:%Y%m%d}.{kind}"
    if kind == "xlsx":
        with _turn(request):
            pieces = _workbook(export, TABLES if name == ALL else (name,))
        return _sent(pieces, called, XLSX)
    lines = export.csv(name) if kind == "csv" else export.array(name)
    return _sent((line.encode("utf-8", "replace") for line in lines), called, KINDS[kind])


def handover(request: Request) -> Response:
    """The package of one category, as it is written."""
    # Here, for most days pack nothing: half a MiB of the daemon.
    from daemon.handover import Gathering, check, entries, stem, zipped

    desk = desk_of(request)
    asked = Asked(request, desk.zone)
    notice, category = _asked_for(asked, desk)
    require(request, mailbox=category.mailbox)
    gather = Gathering(ledger=desk.ledger, library=Library(desk.config.state / "library"))
    contents = gather(notice, category, only_selected=asked.flag("selected") is True)
    check(contents)
    root = stem(category.name)
    parts = zipped(entries(contents, desk.language), root)
    return _sent(parts, f"{root}.zip", "application/zip")


def _theirs(notice: Notice, person: Person) -> tuple[Category, ...]:
    return tuple(c for c in notice.categories if person.sees(c.mailbox))


def _asked_for(asked: Asked, desk: Desk) -> tuple[Notice, Category]:
    for notice in desk.config.notices:
        for category in notice.categories:
            if (notice.id, category.name) == (asked.text("notice"), asked.text("category")):
                return notice, category
    raise HTTPException(404)


def _export(desk: Desk, person: Person) -> Export:
    return Export(
        ledger=desk.ledger,
        notices=desk.config.notices,
        language=desk.language,
        today=desk.clock().astimezone(ZoneInfo(desk.zone)).date(),
        mailboxes=person.mailboxes,
    )


def _workbook(export: Export, tables: tuple[str, ...]) -> Iterator[bytes]:
    """On disk while it is made: a fault is told before anything is sent."""
    with ExitStack() as open_files:
        file = open_files.enter_context(TemporaryFile())
        export.xlsx(file, tables)
        file.seek(0)
        open_files.pop_all()  # it is closed when it has been sent
    return _pieces(file)


@contextmanager
def _turn(request: Request) -> Iterator[None]:
    """A large workbook takes a minute: who asks for it forty times keeps nobody from the pages."""
    turns = request.app.state.workbooks
    if not turns.acquire(blocking=False):
        raise HTTPException(503)
    try:
        yield
    finally:
        turns.release()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


def _sent(pieces: Iterable[bytes], name: str, media_type: str) -> Response:
    headers = {
        "content-disposition": page.disposition(name),
        "content-security-policy": page.SANDBOX,
    }
    return StreamingResponse(pieces, headers=headers, media_type=media_type)


ROUTES = (
    Route("/export", show),
    Route("/export/handover", handover),
    Route("/export/{name}", table),
)
