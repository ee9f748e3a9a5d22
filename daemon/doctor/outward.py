"""The way out: login, and which envelope the server takes. Not a single mail is sent."""

from collections.abc import Iterator
from pathlib import Path

from daemon import oauth
from daemon.config import Config, Mailbox
from daemon.config.server import Smtp
from daemon.doctor.check import Check, bad, ok
from daemon.doctor.inward import resolve
from daemon.doctor.machine import is_writable
from daemon.errors import Unavailable
from daemon.outbox import Server
from daemon.outbox.probe import Probe

_NAME = "mend mailbox.smtp.host, or the resolver of this machine"
_LOGIN = "mend host, port, tls, username and password of mailbox.smtp; see that SMTP is switched on"


def examine(box: Mailbox, config: Config) -> Iterator[Check]:
    if config.replies.mode == "off":
        yield ok(f"{box.name} replies", "switched off")
    elif box.outbox is not None:
        yield _folder(box.name, box.outbox.maildir)
    elif box.smtp is not None:
        yield from _server(box, box.smtp, config.replies.envelope)


def _folder(name: str, maildir: Path) -> Check:
    if is_writable(maildir):
        return ok(f"{name} replies", f"are laid into {maildir}")
    return bad(f"{name} replies", f"{maildir} cannot be written", "give it to the service's user")


def _server(box: Mailbox, smtp: Smtp, envelope: str) -> Iterator[Check]:
    what = f"{box.name} SMTP"
    try:
        yield ok(f"{what} name", resolve(smtp.host))
    except Unavailable as error:
        yield bad(f"{what} name", str(error), _NAME)
        return
    probe = Probe(_reached(box, smtp))
    try:
        probe.open()
        yield ok(f"{what} login", f"as {smtp.username}" if smtp.username else "without a login")
        yield from _envelopes(probe, box, envelope)
    except Unavailable as error:  # refused, unreachable, a certificate nobody vouches for
        yield bad(f"{what} login", str(error), _LOGIN)
    finally:
        probe.close()


def _reached(box: Mailbox, smtp: Smtp) -> Server:
    return Server(
        host=smtp.host,
        port=smtp.where,
        sender=box.address,
        tls=smtp.tls,
        username=smtp.username or "",
        password=smtp.password.reveal if smtp.password else str,
        access=oauth.access(smtp.password, smtp.username),
        ca=smtp.ca,
    )


def _envelopes(probe: Probe, box: Mailbox, chosen: str) -> Iterator[Check]:
    what = f"{box.name} envelope"
    taken, answer = probe.takes("" if chosen == "null" else box.address)
    if taken:
        yield ok(what, f'"{chosen}" is taken')
        return
    other = "self" if chosen == "null" else "null"
    also, _ = probe.takes("" if other == "null" else box.address)
    cure = f'set replies.envelope = "{other}"' if also else "the address must be that of the login"
    yield bad(what, f'"{chosen}" is refused: {answer}', cure)
