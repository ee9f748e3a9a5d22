"""A pass over a large mailbox on Dovecot: python -m tests.bench.mailbox [MESSAGES].

Time and peak memory of listing it whole, as in the first pass, and of finding what is new in it.
"""

import os
import resource
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from daemon.mailbox import open_mailbox
from daemon.worklist import Desk
from tests.daemon.ledger.entries import a_ledger, at
from tests.daemon.mailbox.test_imap import a_box
from tests.servers.dovecot import Dovecot
from tests.servers.letterbox import Letterbox

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
        path = maildir / "new" / f"{number:09}.here"
        path.write_bytes(b"Subject: %d\n\n" % number)
        os.utime(path, (at(0).timestamp(), at(0).timestamp()))
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


if __name__ == "__main__":
    main()
