"""One folder on an IMAP server: listed, and fetched in chunks."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from imaplib import IMAP4
from typing import Any, Protocol

from daemon.config.server import Imap
from daemon.config.settings import Mailbox
from daemon.errors import Unavailable
from daemon.mailbox.attempt import Deadline
from daemon.mailbox.batch import loose
from daemon.mailbox.fetching import Fetching
from daemon.mailbox.folder import Item, Vanished
from daemon.mailbox.metadata import FIELDS, items
from daemon.mailbox.tally import Tally, tally

CHUNK = 1 << 20  # bytes asked for at a time
BATCH = 500  # messages listed at a time

log = logging.getLogger(__name__)


class Line(Protocol):
    """The connection that a folder is read over; one folder at a time is open on it."""

    box: Mailbox
    imap: Imap
    where: str
    client: Any  # imapclient has no types
    deadline: Deadline
    selected: object
    cuts: int
    misses: int
    honest: bool
    believed: dict[str, Tally]

    def drop(self) -> None: ...
    def reach(self) -> Any: ...
    def status(self, name: str, *, open_: bool = True) -> Tally | None: ...
    def attempting(self, what: str) -> AbstractContextManager[None]: ...


class RemoteFolder:
    """One folder, opened read-only unless `after` has something done to the messages."""

    def __init__(self, session: Line, name: str, *, junk: bool) -> None:
        self.session = session
        self.name = name
        self.junk = junk
        self.count = 0
        self.uidvalidity = ""
        self._told: Tally | None = None
        self._unchanged = self._announced = False
        self.select()

    @property
    def place(self) -> str:
        box = self.session.box.name
        return box if self.name.upper() == "INBOX" else f"{box}/{self.name}"

    @property
    def _spoken(self) -> str:
        return f"{self.name} at {self.session.where}"

    def select(self) -> Any:
        """The connection, with this folder open on it."""
        session = self.session
        if session.selected is not self:
            client = session.reach()
            session.selected = None  # a folder that cannot be opened leaves none open
            what = f"opening the folder {self._spoken}"
            readonly = self.junk or session.imap.after == "nothing"
            with session.attempting(what):
                answer = client.select_folder(self.name, readonly=readonly)
                self.count = int(answer.get(b"EXISTS", 0))
                # Text: some servers have none, some go above 32 bits.
                validity = str(answer.get(b"UIDVALIDITY", 0))
                self._told = tally(answer)
            if self.uidvalidity not in {"", validity}:
                raise Unavailable(what, "it has been numbered anew meanwhile")
            self.uidvalidity = validity
            session.selected = self
        return session.client

    def look(self) -> None:
        """Begin another pass: the folder is opened anew unless it is known to be as it was."""
        session = self.session
        told = session.status(self.name, open_=session.selected is self)
        known = session.believed.get(self.name)
        self._unchanged = session.honest and told is not None and told == known
        self._announced = told != known
        if not self._unchanged:
            session.selected, self.uidvalidity = None, ""
            self.select()

    def unchanged(self) -> bool:
        return self._unchanged

    def found(self, *, new: bool) -> None:
        session = self.session
        known = session.believed.pop(self.name, None)
        if not new and self._told is not None:
            session.believed[self.name] = self._told
        if new and known is not None and self._hidden(known):
            log.warning("%s does not count new mail; each pass looks for it", self._spoken)
            session.honest = False

    def _hidden(self, known: Tally) -> bool:
        """Whether the server has kept quiet of what came; what came only now changes its count."""
        session = self.session
        asked = not self._announced and session.misses == 0
        return asked and known == session.status(self.name)

    def listing(self, after: int = 0) -> Iterator[Item]:
        imap = self.select()._imap  # imapclient's fetch refuses the answer to "5:*"
        found: dict[int, Item] = {}
        with self.session.attempting(f"listing {self._spoken}"):
            for answers in self._answers(imap, after):
                for item in items(answers, after=after):
                    found[item.uid] = item.beside(found.get(item.uid))
        return iter(sorted(found.values(), key=lambda item: item.uid))

    def _answers(self, imap: Any, after: int) -> Iterator[list[object]]:
        if after:
            yield _checked(imap.uid("FETCH", f"{after + 1}:*", FIELDS))
            return
        # By position, for UIDs may be sparse; no message moves up while nothing but FETCH is said.
        for first in range(1, self.count + 1, BATCH):
            last = min(first + BATCH - 1, self.count)
            yield _checked(imap.fetch(f"{first}:{last}", FIELDS))

    def fetch(self, uid: int) -> Iterator[bytes]:
        yield from self._pieces(uid, 0)

    def rest(self, uid: int, came: int, tail: bytes) -> Iterator[bytes]:
        """What follows the first `came` bytes, which end in `tail`, of a message that was cut."""
        pieces = self._pieces(uid, came - len(tail))
        first = next(pieces, b"")
        if not first.startswith(tail):  # too much was announced, or it is another message by now
            raise Unavailable(self.fetching(uid), "it comes otherwise than before")
        yield first[len(tail) :]
        yield from pieces

    def _pieces(self, uid: int, offset: int) -> Iterator[bytes]:
        while True:
            chunk, size = self._chunk(uid, offset)
            offset += len(chunk)
            if chunk:
                yield chunk
            # The stated size may be wrong either way: the end is where a short chunk agrees
            # with it, or where nothing more comes.
            if not chunk or (len(chunk) < CHUNK and offset >= size):
                break
        self.measure(uid, offset, size)

    def measure(self, uid: int, came: int, stated: int) -> None:
        """Half a message must not be judged as if it were whole; sizes are stated loosely."""
        if stated - came > loose(stated) or came == 0 < stated:
            raise Unavailable(self.fetching(uid), f"{came} of {stated} bytes came")

    def fetch_many(self, items: Iterable[Item]) -> Iterator[tuple[Item, Iterator[bytes]]]:
        return Fetching(self).pairs(items)

    def fetching(self, uid: int) -> str:
        return f"fetching message {uid} of {self._spoken}"

    def _chunk(self, uid: int, offset: int) -> tuple[bytes, int]:
        client = self.select()
        asked = f"BODY.PEEK[]<{offset}.{CHUNK}>"
        with self.session.attempting(self.fetching(uid)):
            row = client.fetch([uid], ["RFC822.SIZE", asked]).get(uid, {})
            size = int(row.get(b"RFC822.SIZE", 0))
        part = f"BODY[]<{offset}>".encode()
        body = row.get(part)
        if body is None and offset == 0:
            body = row.get(b"BODY[]")  # a server that takes the whole for a part
        if body is None and offset and part in row:
            body = b""  # NIL: there is nothing behind the end
        if body is None:
            raise self._absent(uid)
        return body, size

    def _absent(self, uid: int) -> Unavailable:
        """A server that only fails to hand a message out must not make us forget it."""
        imap = self.select()._imap
        with self.session.attempting(f"looking for message {uid} in {self._spoken}"):
            listed = list(items(_checked(imap.uid("FETCH", str(uid), "(UID)"))))
        if any(item.uid == uid for item in listed):
            return Unavailable(self.fetching(uid), "it is listed, and not handed out")
        return Vanished(self.fetching(uid), "it is no longer there")

    def dispose(self, uid: int) -> None:
        wish = self.session.imap.after
        if self.junk or wish == "nothing":
            return
        client = self.select()
        if wish == "seen":
            with self.session.attempting(f"marking message {uid} of {self._spoken} as seen"):
                client.add_flags([uid], [b"\\Seen"], silent=True)
        else:
            self._move(client, uid, wish.removeprefix("move:"))

    def _move(self, client: Any, uid: int, target: str) -> None:
        with self.session.attempting(f"moving message {uid} of {self._spoken} to {target}"):
            if not client.folder_exists(target):
                client.create_folder(target)
            if client.has_capability("MOVE"):
                client.move([uid], target)
                return
            client.copy([uid], target)
            client.add_flags([uid], [b"\\Deleted"], silent=True)
            # A plain EXPUNGE would also take away what somebody else has marked.
            if client.has_capability("UIDPLUS"):
                client.uid_expunge([uid])


def _checked(answer: tuple[str, list[object]]) -> list[object]:
    status, data = answer
    if status != "OK":
        raise IMAP4.error(f"FETCH: {status} {data!r}")
    return data
