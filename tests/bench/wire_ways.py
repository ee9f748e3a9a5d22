"""Ways to fetch a whole mailbox, each in a process of its own: python -m tests.bench.wire_ways."""

import json
import re
import resource
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from imapclient import IMAPClient  # type: ignore[import-untyped]

from daemon.config.settings import Mailbox
from daemon.mailbox import Folder, open_mailbox
from tests.servers.dovecot import PASSWORD


def examined(port: int, user: str) -> socket.socket:
    """A line on which INBOX is open, for reading alone."""
    line = socket.create_connection(("127.0.0.1", port))
    word = PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
    for tag, said in (("a", f'LOGIN "{user}" "{word}"'), ("b", "EXAMINE INBOX")):
        line.sendall(f"{tag} {said}\r\n".encode())
        heard = b""
        while not re.search(rb"^%s OK" % tag.encode(), heard, re.MULTILINE):
            heard += line.recv(1 << 16)
    return line


def floor(port: int, user: str) -> int:
    """One FETCH, and whatever comes: what the server and the kernel take."""
    line = examined(port, user)
    line.sendall(b"c UID FETCH 1:* BODY.PEEK[]\r\n")
    buffer, total, end = memoryview(bytearray(1 << 20)), 0, b""
    while b"\nc OK" not in end:
        count = line.recv_into(buffer)
        total += count
        end = (end + bytes(buffer[max(0, count - 100) : count]))[-100:]
    return total


def imapclient(port: int, user: str) -> int:
    """As its manual shows it."""
    client = IMAPClient("127.0.0.1", port, ssl=False)
    client.login(f'"{user}"', PASSWORD)
    client.select_folder("INBOX", readonly=True)
    uids = client.search()
    return sum(len(client.fetch([uid], ["BODY.PEEK[]"])[uid][b"BODY[]"]) for uid in uids)


def ours(port: int, user: str) -> int:
    """As a pass does it: the listing, then many at a time."""
    return _read(
        port,
        user,
        lambda folder: sum(
            len(chunk) for _, chunks in folder.fetch_many(folder.listing()) for chunk in chunks
        ),
    )


def pieces(port: int, user: str) -> int:
    """As a pass does it where a server cuts long answers; and as every pass did before."""
    return _read(
        port,
        user,
        lambda folder: sum(
            len(chunk) for item in folder.listing() for chunk in folder.fetch(item.uid)
        ),
    )


def _read(port: int, user: str, way: Callable[[Folder], int]) -> int:
    imap = {"host": "127.0.0.1", "port": port, "tls": "none", "username": user}
    words = {"name": "office", "department": "d", "address": "a@example.org"}
    box = Mailbox.model_validate({**words, "imap": {**imap, "password": PASSWORD}})
    with open_mailbox(box, state=Path("/nonexistent")) as folders:
        return way(next(folders))


WAYS = {"floor": floor, "ours": ours, "pieces": pieces, "imapclient": imapclient}


def main() -> None:
    way, port, user = sys.argv[1:]
    begun, used, idle = time.monotonic(), time.process_time(), _peak()
    total = WAYS[way](int(port), user)
    row = {"wall": time.monotonic() - begun, "cpu": time.process_time() - used}
    print(json.dumps({"bytes": total, **row, "rss": _peak() - idle}))


def _peak() -> float:
    """Most memory so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
