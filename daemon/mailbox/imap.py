"""A mailbox on an IMAP server, by the portable core alone: LOGIN, ID, EXAMINE, FETCH.

What else a server offers may be missing or lie, so nothing depends on it: no SEARCH, no UIDNEXT,
no flags. The only importer of imapclient.
"""

import logging
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from imaplib import IMAP4
from importlib.metadata import version
from typing import Any, Self

from imapclient import IMAPClient, SocketTimeout  # type: ignore[import-untyped]

from daemon import clock, oauth
from daemon.config.server import Imap
from daemon.config.settings import Mailbox
from daemon.errors import ConfigError, Unavailable
from daemon.mailbox import bearer
from daemon.mailbox.attempt import WORLD, Deadline, Secrets, attempting
from daemon.mailbox.folder import LoginRefused
from daemon.mailbox.remote import CHUNK, RemoteFolder
from daemon.mailbox.tally import Tally, tally

TIMEOUT = SocketTimeout(connect=30, read=60)  # seconds; every answer, or the connection is dropped
PROBE = 15.0  # seconds for a sign of life of a connection that was kept
AT_LEAST = timedelta(hours=1)  # so often everything is looked at, over a new connection
_TALLY = ("MESSAGES", "UIDNEXT", "UIDVALIDITY")
_LARGEST_LITERAL = 64 << 20  # a server that announces more would have us reserve it
_JUNK_FLAGS = {b"\\junk", b"\\spam"}
_JUNK_NAMES = {"junk", "junk e-mail", "junk email", "spam", "bulk mail", "垃圾邮件", "垃圾箱"}

log = logging.getLogger(__name__)


class Declined(Unavailable):
    """The server said no; the connection is as good as before."""


def trust(imap: Imap) -> ssl.SSLContext:
    """The certificates that count. Raises Unavailable when the own authority's file is missing."""
    with attempting(f"reading the certificates in {imap.ca}"):
        return ssl.create_default_context(cafile=imap.ca)


def _bounded(read: Callable[[int], bytes]) -> Callable[[int], bytes]:
    def bounded(size: int) -> bytes:
        if size > _LARGEST_LITERAL:
            raise IMAP4.abort(f"the server announces {size} bytes where {CHUNK} were asked for")
        return read(size)

    return bounded


def _keep_alive(line: socket.socket) -> None:
    """A kept connection whose other side has vanished is noticed within four minutes."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 120)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 30)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 4)


class Session:
    """One connection, for all folders of one account. A context manager."""

    def __init__(self, box: Mailbox, imap: Imap) -> None:
        self.box = box
        self.imap = imap
        self.where = f"{imap.host}:{imap.where}"
        self.cuts = self.misses = 0
        self.honest = True
        self.believed: dict[str, Tally] = {}
        self._forget()

    def __enter__(self) -> Self:
        self.reach()
        return self

    def reach(self) -> Any:
        """The connection; a new one when there is none, or it was dropped."""
        if self.client is None:
            try:
                self.connect()
                self.login()
                self.introduce()
            except (Unavailable, ConfigError):
                self.drop()
                raise
        return self.client

    def _forget(self) -> None:
        """What is known of this connection alone."""
        self.client: Any = None
        self.deadline = Deadline()
        self.selected: object = None
        self._opened: dict[str, RemoteFolder] = {}
        self._junk: str | None = None
        self._since = clock.now()

    def drop(self) -> None:
        """Leave a connection of which nobody knows what comes next."""
        self.close(polite=False)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close(polite=kind is None)

    def connect(self) -> None:
        context = trust(self.imap) if self.imap.tls != "none" else None
        implicit = self.imap.tls == "implicit"
        with attempting(f"connecting to {self.where}"):
            self.client = IMAPClient(
                self.imap.host,
                port=self.imap.where,
                ssl=implicit,
                ssl_context=context if implicit else None,
                timeout=TIMEOUT,
            )
            # imapclient has imaplib describe each literal for a log that nobody reads:
            # a tenfold cost in time, threefold in memory.
            self.client._imap.debug = 0
            _keep_alive(self.client.socket())
            self.client._imap.read = _bounded(self.client._imap.read)
            if self.imap.tls == "starttls":
                self.client.starttls(context)
            self.deadline.begin(self.client.socket())

    @contextmanager
    def attempting(
        self, what: str, *, secret: Secrets = (), refusal: type[Unavailable] = Unavailable
    ) -> Iterator[None]:
        """As the function of this name, on the open connection and within its deadline."""
        with attempting(what, secret=secret, refusal=refusal), self.deadline.running():
            yield

    def login(self) -> None:
        what = f"logging in to {self.where} as {self.imap.username}"
        if access := oauth.access(self.imap.password, self.imap.username):
            bearer.login(self, access, what)
            return
        password = self.imap.password.reveal()
        both = f"\0{self.imap.username}\0{password}"  # as `plain_login` says it
        secret = (password, b64encode(both.encode()).decode())
        with self.attempting(what, secret=secret, refusal=LoginRefused):
            self._login(password)

    def _login(self, password: str) -> None:
        if password.isascii():
            # imaplib quotes the password alone.
            quoted = self.client._imap._quote(self.imap.username)
            self.client.login(quoted, password)
        else:
            self.client.plain_login(self.imap.username, password)

    def introduce(self) -> bool:
        """RFC 2971 ID: NetEase and Coremail open no folder for a client without a name.

        Whether the server asks for it at all.
        """
        with self.attempting(f"asking {self.where} what it can do"):
            offered = bool(self.client.has_capability("ID"))
        if offered:
            with self.attempting(f"introducing ourselves to {self.where}"):
                self.client.id_({"name": "baosong", "version": version("baosong")})
        return offered

    def folders(self) -> Iterator["RemoteFolder"]:
        """The folder that submissions come to, then the junk folder when there is one."""
        yield self._first()
        try:
            name = self.junk_name()
            junk = self._folder(name, junk=True) if name else None
        except Unavailable as error:  # folders that cannot be listed, or this one not opened
            log.warning("%s: the junk folder is left out: %s", self.box.name, error)
            return
        if junk:
            yield junk

    def _first(self) -> "RemoteFolder":
        """Found again over a kept connection, or over a new one when that is old or dead."""
        kept = bool(self._opened)
        if kept and clock.now() - self._since >= AT_LEAST:
            self.close(polite=True)
        try:
            first = self._folder(self.imap.folder, junk=False)
        except Unavailable as error:
            if not kept:
                raise
            log.info("%s: connecting anew: %s", self.box.name, error)
            self.misses += 1
            self.drop()
            return self._folder(self.imap.folder, junk=False)
        if kept:
            self.misses = 0
        return first

    def _folder(self, name: str, *, junk: bool) -> "RemoteFolder":
        folder = self._opened.get(name)
        if folder is not None:
            folder.look()
            return folder
        # Not kept before it has been opened: it may not be there.
        return self._opened.setdefault(name, RemoteFolder(self, name, junk=junk))

    def status(self, name: str, *, open_: bool = True) -> Tally | None:
        """What the server counts in a folder; None when it does not want to say.

        Of a folder that is open it may count what it has told us of, and must be made to look.
        """
        line, found = self.client.socket(), None
        line.settimeout(PROBE)
        what = f"asking {self.where} for news of {name}"
        with suppress(Declined), self.attempting(what, refusal=Declined):
            if open_:
                self.client.noop()
            found = tally(self.client.folder_status(name, _TALLY))
            self.client._imap.untagged_responses.clear()  # or they would gather for ever
        line.settimeout(TIMEOUT.read)
        return found

    def junk_name(self) -> str:
        if self.imap.junk != "auto":
            return self.imap.junk
        if self._junk is None:
            listed = self.list()
            self._junk = next((name for flags, name in listed if _is_junk(flags, name)), "")
        return self._junk

    def list(self) -> list[tuple[tuple[bytes, ...], str]]:
        """All folders: flags in lower case, names decoded; those with a flag of use first."""
        with self.attempting(f"listing the folders of {self.where}"):
            xlist = self.client.has_capability("XLIST")
            found = self.client.xlist_folders() if xlist else self.client.list_folders()
        rows = [(tuple(f.lower() for f in flags), str(name)) for flags, _, name in found]
        return sorted(rows, key=lambda row: not _JUNK_FLAGS.intersection(row[0]))

    def quota(self) -> tuple[int, int] | None:
        """Bytes used and allowed (RFC 9208 counts in KiB); None when the server does not tell."""
        with attempting(f"asking {self.where} for the quota"):
            if not self.client.has_capability("QUOTA"):
                return None
            _, limits = self.client.get_quota_root(self.imap.folder)
            found = (q for q in limits if q.resource in {"STORAGE", b"STORAGE"})
            return next(((int(q.usage) << 10, int(q.limit) << 10) for q in found), None)

    def close(self, *, polite: bool) -> None:
        if self.client is None:
            return
        with suppress(*WORLD):  # the connection may be gone already; there is nothing to save
            if polite:
                self.client.logout()
        with suppress(*WORLD):
            self.client.shutdown()
        self.deadline.end()
        self._forget()


def _is_junk(flags: tuple[bytes, ...], name: str) -> bool:
    return bool(_JUNK_FLAGS.intersection(flags)) or name.lower() in _JUNK_NAMES
