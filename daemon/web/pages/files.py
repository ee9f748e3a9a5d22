"""Files: saved, seen small, played. What a sender made is never shown as a page of ours."""

from collections.abc import Iterator
from typing import BinaryIO

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from daemon.attached import Attached
from daemon.cabinet import Cabinet
from daemon.ledger import Kept, Recorded
from daemon.spool import Spool
from daemon.web import page
from daemon.web.desk import Desk, desk_of
from daemon.web.guard import require

CHUNK = 1 << 18
LARGEST = 1 << 63  # of a number in SQLite
BINARY = "application/octet-stream"
# What inspection found the bytes to be, where a browser may know it too; the rest is just bytes.
TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
}
PLAYED = {
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
}
FILM = frozenset({"mp4", "m4v", "webm"})
KEPT = "private, max-age=86400"


def cabinet(desk: Desk) -> Cabinet:
    """What these pages fetch files from."""
    state = desk.config.state
    attached = Attached(
        ledger=desk.ledger,
        spool=Spool(state / "spool"),
        library=state / "library",
        inspector=desk.inspector,
    )
    return Cabinet(attached=attached, root=state)


def download(request: Request) -> Response:
    """The file as it was sent, under its sender's name."""
    kept, letter = _file(request)
    if (warning := _careful(request, letter)) is not None:
        return warning
    named = _named(kept.attachment.name, TYPES.get(kept.attachment.facts.format, BINARY))
    filed = _cabinet(request).attached.filed(kept)
    if filed is not None:
        return FileResponse(filed, headers=named)
    file = _cabinet(request).open(kept)
    return StreamingResponse(_pieces(file), headers=named | _length(kept))


def original(request: Request) -> Response:
    """The letter itself, byte for byte."""
    letter = _letter(request, request.path_params["message"])
    if (warning := _careful(request, letter)) is not None:
        return warning
    if not letter.spool.is_file():
        raise HTTPException(404)
    return FileResponse(letter.spool, headers=_named(f"来件{letter.id}.eml", BINARY))


def thumbnail(request: Request) -> Response:
    """A small JPEG, drawn by ourselves."""
    kept, letter = _file(request)
    if _dangerous(request, letter):
        raise HTTPException(404)
    path = _cabinet(request).picture(kept)
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, media_type="image/jpeg", headers={"cache-control": KEPT})


def play(request: Request) -> Response:
    """A film or a recording, piece by piece as the player asks for it (Range)."""
    kept, letter = _file(request)
    media_type = PLAYED.get(kept.attachment.facts.format)
    if media_type is None or _dangerous(request, letter):
        raise HTTPException(404)
    path = _cabinet(request).film(kept)
    headers = {"content-security-policy": page.SANDBOX, "content-disposition": "inline"}
    return FileResponse(path, media_type=media_type, headers=headers)


def _cabinet(request: Request) -> Cabinet:
    found: Cabinet = request.app.state.cabinet
    return found


def _file(request: Request) -> tuple[Kept, Recorded]:
    number = request.path_params["file"]
    kept = desk_of(request).ledger.details.file(number) if number < LARGEST else None
    if kept is None:
        raise HTTPException(404)
    return kept, _letter(request, kept.message)


def _letter(request: Request, message: int) -> Recorded:
    """The letter of this number, where the person may see it."""
    letter = desk_of(request).ledger.details.letter(message) if message < LARGEST else None
    if letter is None:
        raise HTTPException(404)
    require(request, mailbox=letter.mailbox)
    return letter


def _dangerous(request: Request, letter: Recorded) -> bool:
    return desk_of(request).ledger.details.dangerous(letter.id)


def _careful(request: Request, letter: Recorded) -> Response | None:
    """Danger is handed only to those who decide, and who have read the warning."""
    if not _dangerous(request, letter):
        return None
    require(request, act=True, mailbox=letter.mailbox)
    if request.query_params.get("risk") == "yes":
        return None
    return page.render(request, "quarantine.html", letter=letter)


def _named(name: str, media_type: str) -> dict[str, str]:
    """Saved under this name; where a browser shows it all the same, nothing in it runs."""
    return {
        "content-type": media_type,
        "content-disposition": page.disposition(name),
        "content-security-policy": page.SANDBOX,
    }


def _length(kept: Kept) -> dict[str, str]:
    return {"content-length": str(kept.attachment.facts.size)}


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(CHUNK):
            yield piece


ROUTES = (
    Route("/files/{file:int}", download),
    Route("/files/{file:int}/thumbnail", thumbnail),
    Route("/files/{file:int}/play", play),
    Route("/messages/{message:int}/letter", original),
)
