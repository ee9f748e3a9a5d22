"""The scanner's own protocol: INSTREAM over a unix socket or TCP. (clamd(8), "COMMANDS")"""

import contextlib
import logging
import socket
import struct
from pathlib import Path
from typing import IO, Final

from daemon.errors import Unavailable

log = logging.getLogger(__name__)

_CHUNK: Final = 256 << 10
_TIMEOUT: Final = 120.0


class Scanner:
    """A running clamd at `address`: the path of a unix socket, or host:port."""

    def __init__(self, address: str) -> None:
        self._address = address

    def threat(self, path: Path) -> str:
        """What the scanner calls the file, "" when clean or larger than it takes.

        Raises Unavailable.
        """
        try:
            with self._connected() as link:
                with path.open("rb") as file, contextlib.suppress(ConnectionError):
                    _send(link, file)  # it hangs up on a file that is too large for it
                return self._read(_answer(link))
        except OSError as error:  # not running, too slow, a name that does not resolve
            raise Unavailable(f"scan a file with clamd at {self._address}", error) from error

    def _connected(self) -> socket.socket:
        if self._address.startswith("/"):
            link = socket.socket(socket.AF_UNIX)
            link.settimeout(_TIMEOUT)
            try:
                link.connect(self._address)
            except OSError:
                link.close()
                raise
            return link
        host, _, port = self._address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=_TIMEOUT)

    def _read(self, answer: str) -> str:
        """`stream: OK`, `stream: Name FOUND`, or `… ERROR`."""
        told = answer.removeprefix("stream: ")
        if told.endswith(" FOUND"):
            return told.removesuffix(" FOUND")
        if told == "OK":
            return ""
        if told.startswith("INSTREAM size limit exceeded"):
            log.info("a file was not scanned: it is larger than StreamMaxLength of clamd")
            return ""
        raise Unavailable(f"scan a file with clamd at {self._address}", told or "no answer")


def _send(link: socket.socket, file: IO[bytes]) -> None:
    link.sendall(b"zINSTREAM\0")
    while chunk := file.read(_CHUNK):
        link.sendall(struct.pack(">I", len(chunk)) + chunk)
    link.sendall(struct.pack(">I", 0))


def _answer(link: socket.socket) -> str:
    said = b""
    while b"\0" not in said and (chunk := link.recv(4096)):
        said += chunk
    return said.split(b"\0")[0].decode("utf-8", "replace")
