"""The pages served: uvicorn in a thread of the daemon, whose faults never stop the daemon."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from daemon.errors import Unavailable
from daemon.ledger import Ledger
from daemon.office import Office
from daemon.web.app import build
from daemon.web.desk import Desk

AGAIN = 60.0  # seconds between two attempts to get a port that is taken
STOP = 2  # seconds that answers in hand get at the end
CONNECTIONS = 200  # a browser opens up to six
HEADER_BYTES = 16 << 10
HEADER_SECONDS = 15.0  # that a browser may take to ask

log = logging.getLogger(__name__)


class Impatient(H11Protocol):
    """Whoever connects and does not ask is shown out: connections are few."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.loop.call_later(HEADER_SECONDS, self._show_out)

    def _show_out(self) -> None:
        if not self.cycle:
            self.transport.close()


class Calm(uvicorn.Server):
    """Looks twice a second whether it is to end: ten times take 0.1 s of CPU a minute."""

    async def main_loop(self) -> None:
        while not await self.on_tick(0):  # noqa: ASYNC110 - uvicorn sets a flag, no event
            await asyncio.sleep(0.5)


class Pages:
    """`run` serves until `stop`. A port that is taken is asked for again each minute."""

    def __init__(self, office: Office, *, again: float = AGAIN) -> None:
        self._office = office
        self._again = again
        self._ending = Event()
        self._server: uvicorn.Server | None = None

    def run(self) -> None:
        while not self._ending.is_set():
            try:
                self._serve()
            except (OSError, Unavailable) as error:  # the port is taken, not ours; a full disk
                where = self._office.config.web.listen
                log.warning("the pages cannot be served at %s: %s; trying again", where, error)
            self._ending.wait(self._again)

    def stop(self) -> None:
        self._ending.set()
        if self._server is not None:
            self._server.should_exit = True

    def _serve(self) -> None:
        office = self._office
        with _listener(office.config.web.listen) as listener, _own_ledger(office) as ledger:
            desk = Desk(
                config=office.config,
                ledger=ledger,
                acts=office.acts,
                inspector=office.inspector,
                clock=office.clock,
            )
            self._server = Calm(_settings(desk))
            self._server.should_exit = self._ending.is_set()
            log.info("the pages are at http://%s/", office.config.web.listen)
            self._server.run(sockets=[listener])


@contextmanager
def serving(office: Office) -> Iterator[None]:
    """The pages of this office, for as long as this lasts."""
    pages = Pages(office)
    thread = Thread(target=pages.run, name="pages", daemon=True)
    thread.start()
    try:
        yield
    finally:
        pages.stop()
        thread.join(STOP + 1)
        if thread.is_alive():
            log.warning("a page is still busy; its browser gets no answer")


def _listener(listen: str) -> socket.socket:
    host, _, port = listen.rpartition(":")
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    return socket.create_server((bare, int(port)), family=family)


def _own_ledger(office: Office) -> Ledger:
    """Readers do not wait for the writer, when each has a connection of its own."""
    return Ledger(office.config.ledger)


def _settings(desk: Desk) -> uvicorn.Config:
    return uvicorn.Config(
        build(desk),
        http=Impatient,
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,  # its words go where ours go
        log_level=logging.ERROR,
        access_log=False,
        proxy_headers=False,  # whom to believe is our own setting
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=STOP,
        h11_max_incomplete_event_size=HEADER_BYTES,
    )
