"""The way in: from the server's name to the oldest message that it shows us."""

import socket
import ssl
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from daemon import clock
from daemon.config import Config, Mailbox
from daemon.config.server import Imap
from daemon.doctor.check import Check, bad, look, ok
from daemon.errors import ConfigError, Unavailable
from daemon.mailbox import Item, LoginRefused, open_mailbox
from daemon.mailbox.imap import Session

EXPIRY = timedelta(days=14)
_CURES = {
    "name": "mend mailbox.imap.host, or the resolver of this machine",
    "connection": "mend host, port and tls; ask whether a firewall lets this machine out",
    "login": "mend username and password; many providers want an authorisation code (授权码) "
    "and IMAP switched on in the web mail's settings; after many tries wait a quarter of an hour",
    "ID": "ask the provider: it has no name for what it wants",
    "folder": "mend mailbox.imap.folder; on NetEase see whether third-party clients are allowed",
}


def examine(box: Mailbox, config: Config) -> Iterator[Check]:
    try:
        if box.imap is None or (yield from _server(box, box.imap, config.alarm.quota)):
            yield from _content(box, config)
    except (Unavailable, ConfigError) as error:  # a server in any mood; a password that is gone
        yield _failed(box, error)


def resolve(host: str) -> str:
    """The addresses of a name, in words. Raises Unavailable."""
    try:
        found = {str(row[4][0]) for row in socket.getaddrinfo(host, None)}
    except OSError as error:  # no such name, no resolver
        raise Unavailable(f"looking up {host}", error.strerror) from error
    return f"{host} is {', '.join(sorted(found))}"


def _server(box: Mailbox, imap: Imap, full: int) -> Generator[Check, None, bool]:
    """Step by step, so that the first one that fails is the one named; whether none did."""
    session = Session(box, imap)
    steps: tuple[tuple[str, Callable[[], str]], ...] = (
        ("name", lambda: resolve(imap.host)),
        ("connection", lambda: _connected(session)),
        ("login", lambda: _logged_in(session)),
        ("ID", lambda: _introduced(session)),
    )
    try:
        for step, attempt in steps:
            try:
                yield ok(f"{box.name} {step}", attempt())
            except (Unavailable, ConfigError) as error:
                yield bad(f"{box.name} {step}", str(error), _CURES[step])
                return False
        yield from _certificate(box, session)
        yield from _quota(box, session, full)
        return True
    finally:
        session.close(polite=True)


def _connected(session: Session) -> str:
    session.connect()
    return f"{session.where}, {session.imap.tls if session.imap.tls != 'none' else 'plain text'}"


def _logged_in(session: Session) -> str:
    session.login()
    return f"as {session.imap.username}"


def _introduced(session: Session) -> str:
    return "given" if session.introduce() else "not asked for"


def _certificate(box: Mailbox, session: Session) -> Iterator[Check]:
    line = session.client.socket()
    if not isinstance(line, ssl.SSLSocket):
        return
    ends = str((line.getpeercert() or {})["notAfter"])
    until = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)
    said = f"good until {until:%Y-%m-%d}"
    if until - clock.now() < EXPIRY:
        yield look(f"{box.name} certificate", said, "tell whoever runs the mail server")
    else:
        yield ok(f"{box.name} certificate", said)


def _quota(box: Mailbox, session: Session, full: int) -> Iterator[Check]:
    """`full` in percent. Nothing where the server does not tell."""
    quota = session.quota()
    if quota is None or not quota[1]:
        return
    used, limit = quota
    said = f"{used * 100 // limit} % of {limit >> 20} MiB are used"
    if used * 100 > limit * full:
        yield look(
            f"{box.name} quota", said, "archive old mail: a full mailbox sends new mail back"
        )
    else:
        yield ok(f"{box.name} quota", said)


def _content(box: Mailbox, config: Config) -> Iterator[Check]:
    # Elsewhere: numbers handed out here are nobody's, and root's files would bar the service.
    with TemporaryDirectory() as away, open_mailbox(box, state=Path(away)) as folders:
        for folder in folders:
            items = list(folder.listing())
            said = f"{len(items)} messages"
            said += f", UIDVALIDITY {folder.uidvalidity}" if box.imap else ""
            yield ok(f"{folder.place} folder", said)
            if not folder.junk:
                yield from _ages(box, config, items)


def _ages(box: Mailbox, config: Config, items: list[Item]) -> Iterator[Check]:
    instants = sorted(item.received for item in items if item.received)
    if not instants:
        return
    opens = _opening(box, config)
    if opens and len(items) > 1 and instants[0].date() > opens + timedelta(days=1):
        said = f"the oldest message came on {instants[0]:%Y-%m-%d}, mail counts from {opens}"
        cure = "if older mail is missing: web mail's settings, 收取全部邮件 instead of 最近30天"
        yield look(f"{box.name} history", said, cure)
    if instants[-1] > clock.now() + timedelta(minutes=5):
        said = f"the newest message came at {instants[-1]:%Y-%m-%d %H:%M %z}, which is to come"
        yield look(f"{box.name} clock", said, "set this machine's clock right")


def _opening(box: Mailbox, config: Config) -> date | None:
    """The day from which mail counts: going live, else when the first window opens."""
    if config.go_live:
        return config.go_live.date()
    opened = [
        window.opens
        for notice in config.notices_of(box.name)
        for category in notice.categories
        for window in category.windows
        if category.mailbox == box.name
    ]
    # A window without an opening day was always open.
    return min((day for day in opened if day), default=None) if all(opened) else None


def _failed(box: Mailbox, error: Exception) -> Check:
    step = "login" if isinstance(error, LoginRefused | ConfigError) else "folder"
    cure = _CURES[step] if box.imap else "mend mailbox.maildir.path, or let the service read it"
    return bad(f"{box.name} {step}", str(error), cure)
