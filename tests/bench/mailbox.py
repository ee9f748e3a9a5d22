"""A pass over a large mailbox on Dovecot: python -m tests.bench.mailbox [MESSAGES].

Time and peak memory of listing it whole, as in the first pass, and of finding what is new in it;
then what a pass costs that finds nothing new: processor time of ours, bytes on the wire.
"""

import os
import resource
import shutil
import socket
import struct
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from daemon.config import Mailbox
from daemon.ledger import Ledger
from daemon.mailbox import open_mailbox
from daemon.mailbox.kept import Kept
from daemon.worklist import Desk
from tests.daemon.ledger.entries import a_ledger, at
from tests.daemon.mailbox.test_imap import NOWHERE, a_box
from tests.servers.dovecot import Dovecot
from tests.servers.letterbox import Letterbox

RUNS = 201
FILL = """
with recursive n(i) as (select 1 union all select i + 1 from n where i < :count)
insert into message (mailbox, folder, uidvalidity, uid, sha256, size, spool, message_id,
  received, recorded, sender, sender_name, subject, status, late, reason, unanswered, notice, unit,
  category, window, suggested_subject, fault, body)
select :mailbox, '', :uidvalidity, i, lower(hex(randomblob(32))), 9, '', '', :received, '2020',
  '', '', '', 'ignored', 0, '', '', '', '', '', '', '', '', '' from n
"""


def fill(maildir: Path, count: int) -> None:
    for name in ("new", "cur", "tmp"):
        (maildir / name).mkdir(parents=True)
    for number in range(count):
        path = maildir / "cur" / f"{number:09}.here:2,"  # where Dovecot keeps what it knows
        path.write_bytes(b"Subject: %d\n\n" % number)
        os.utime(path, (at(0).timestamp(), at(0).timestamp()))
    owned(maildir)


def owned(maildir: Path) -> None:
    """Root's Dovecot reads as another user."""
    if os.geteuid() == 0:
        for path in (maildir.parent, maildir, *maildir.rglob("*")):
            shutil.chown(path, "mail", "mail")


def timed(what: str, begun: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"{what}: {time.monotonic() - begun:.2f} s, peak memory {peak} MiB", flush=True)


def look(root: Path, letterbox: Letterbox, count: int) -> None:
    box = a_box(letterbox)
    with a_ledger(root) as ledger, open_mailbox(box, state=root) as folders:
        desk = Desk(ledger=ledger, folder=next(folders), mailbox=box.name, place="")
        begun = time.monotonic()
        assert len(desk.work(at(0)).items) == count
        timed("everything is new", begun)
        key = desk.key(1)
        words = {"mailbox": key.mailbox, "uidvalidity": key.uidvalidity, "count": count - 1}
        received = at(0).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        with ledger._store.writing() as connection:
            connection.execute(FILL, {**words, "received": received})
        begun = time.monotonic()
        assert [item.uid for item in desk.work(at(0)).items] == [count - 1, count]
        timed("one is new", begun)


def idle(root: Path, letterbox: Letterbox, count: int) -> None:
    """Both folders are looked at over the kept connection."""
    box, kept = a_box(letterbox), Kept()
    with a_ledger(root) as ledger:
        known(ledger, box, count)
        for _ in range(3):
            look_once(kept, box, ledger, root)
        line = kept._idle[box.name].client.socket()
        rows = []
        for _ in range(RUNS):
            before, begun, used = on_the_wire(line), time.perf_counter(), time.process_time()
            assert look_once(kept, box, ledger, root) == 0
            spent = time.process_time() - used, time.perf_counter() - begun
            rows.append((*spent, on_the_wire(line) - before))
        cpu, wall, wire = (median(column) for column in zip(*rows, strict=True))
        kept.close()
    print(f"nothing is new: {cpu * 1e6:.0f} µs of ours, {wall * 1e6:.0f} µs, {wire:.0f} bytes")


def known(ledger: Ledger, box: Mailbox, count: int) -> None:
    with open_mailbox(box, state=NOWHERE) as folders:
        validity = next(folders).uidvalidity
    words = {"mailbox": box.name, "uidvalidity": validity, "count": count}
    received = at(0).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with ledger._store.writing() as connection:
        connection.execute(FILL, {**words, "received": received})


def look_once(kept: Kept, box: Mailbox, ledger: Ledger, root: Path) -> int:
    found = 0
    with kept.opening(box, state=root) as folders:
        for folder in folders:
            place = folder.place.removeprefix(box.name).removeprefix("/")
            desk = Desk(ledger=ledger, folder=folder, mailbox=box.name, place=place)
            found += len(desk.work(at(0)).items)
    return found


def on_the_wire(line: socket.socket) -> int:
    """Bytes sent and received so far, as the kernel counts them (tcp_info)."""
    told = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 192)
    sent, received = struct.unpack_from("=QQ", told, 120)
    return int(sent) + int(received)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with TemporaryDirectory(prefix="baosong-mailbox-") as folder:
        root = Path(folder)
        root.chmod(0o755)
        with Dovecot(root / "dovecot") as server:
            letterbox = Letterbox(server, server.account("large@example.org"))
            fill(root / "dovecot" / "mail" / letterbox.user / "Maildir", count)
            letterbox.flags()  # Dovecot reads the new folder for the first time
            print(f"{count:,} messages")
            look(root, letterbox, count)
            (root / "idle").mkdir()
            idle(root / "idle", letterbox, count)


if __name__ == "__main__":
    main()
