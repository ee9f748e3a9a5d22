"""From delivery to the accepted reply: python -m tests.bench.idle [DELIVERIES].

The daemon as a process, Dovecot, and an SMTP server; the mailbox is read every two minutes, so
what is quick is IDLE. A letter is delivered as a mail server does it, by a rename into the
Maildir. Dovecot itself says EXISTS half a second later, which is measured beside it.
"""

import logging
import os
import random
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from subprocess import Popen
from tempfile import TemporaryDirectory
from threading import Event, Thread

from daemon.config import Mailbox
from daemon.mailbox.idle import Idle
from daemon.systemd import console_script
from tests.bench.measured import environment
from tests.daemon.mailbox.test_imap import a_box
from tests.journeys.bureau import MAILBOX, NOTICES, until
from tests.journeys.post import faulty
from tests.servers import postbox
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.letterbox import Letterbox
from tests.servers.postbox import GOOD, Mail, Postbox

HEAD = """
state = "state"
notices = ["{notices}/2020-four-ones.toml"]
[replies]
max_age = "36500 days"
per_sender_per_day = 1000
per_mailbox_per_day = 1000
[web]
listen = ""
"""


class Letters:
    """Delivers, and knows when each answer was accepted."""

    def __init__(self, maildir: Path) -> None:
        self.maildir = maildir
        self.answered: dict[str, float] = {}

    def deliver(self, number: int) -> float:
        """From different people, about different work; the instant of the delivery."""
        raw = faulty(title=f"第{number}篇").replace(b"nxy@", b"p%d@" % number)
        path = self.maildir / "tmp" / f"{number}.here"
        path.write_bytes(raw)
        if os.geteuid() == 0:
            shutil.chown(path, "mail", "mail")
        path.rename(self.maildir / "new" / path.name)
        return time.monotonic()

    def answer(self, mail: Mail) -> str:
        for address in mail.to:
            self.answered.setdefault(address.partition("@")[0].strip("<"), time.monotonic())
        return GOOD

    def took(self, number: int) -> float:
        begun = self.deliver(number)
        until(lambda: f"p{number}" in self.answered, "the answer")
        return self.answered[f"p{number}"] - begun


@contextmanager
def serving(root: Path, letterbox: Letterbox, smtp: int) -> Iterator[Path]:
    """The daemon; what it logs."""
    words = {"port": letterbox.server.port, "user": letterbox.user, "word": PASSWORD, "imap": ""}
    out = {"smtp": smtp, "login": postbox.LOGIN, "smtp_word": postbox.PASSWORD}
    box = MAILBOX.format(name="xuanchuanbu", **words, **out).replace('"1 s"', '"2 min"')
    config = root / "config.toml"
    config.write_text(HEAD.format(notices=NOTICES) + box, encoding="utf-8")
    with (root / "log").open("wb") as log:
        command = [str(console_script()), "run", "--config", str(config)]
        process = Popen(command, stderr=log, env=environment())
    try:
        yield root / "log"
    finally:
        process.terminate()
        process.wait(20)


def told(letters: Letters, box: Mailbox, count: int) -> list[float]:
    """Seconds until Dovecot says EXISTS: what no client can better."""
    assert box.imap
    rows = []
    with Idle(box, box.imap) as idle:
        for number in range(count):
            heard, at = Event(), [0.0]
            idle.begin()

            def listen(heard: Event = heard, at: list[float] = at) -> None:
                idle.heard()
                at[0] = time.monotonic()
                heard.set()

            Thread(target=listen, daemon=True).start()
            time.sleep(random.uniform(0.3, 1.0))
            begun = letters.deliver(10_000 + number)
            heard.wait(20)
            rows.append(at[0] - begun)
            idle.end()
    return rows


def shown(what: str, rows: list[float]) -> None:
    ordered = sorted(rows)
    p95 = ordered[round(0.95 * (len(ordered) - 1))]
    print(
        f"{what}: median {median(rows):.3f} s, 95 % within {p95:.3f} s, n={len(rows)}", flush=True
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    with TemporaryDirectory(prefix="baosong-idle-") as folder, Postbox() as post:
        root = Path(folder)
        root.chmod(0o755)
        with Dovecot(root / "dovecot") as server:
            letterbox = Letterbox(server, server.account("idle@example.org"))
            letterbox.flags()  # Dovecot makes the folders
            letters = Letters(root / "dovecot" / "mail" / letterbox.user / "Maildir")
            shown("Dovecot says EXISTS", told(letters, a_box(letterbox), count))
            post.answer = letters.answer
            with serving(root, letterbox, post.port) as log:
                until(lambda: f"{count} replies sent" in log.read_text(), "the first pass")
                letters.took(0)
                rows = []
                for number in range(1, count + 1):
                    time.sleep(random.uniform(0.5, 1.5))
                    rows.append(letters.took(number))
                shown("the reply is accepted", rows)


if __name__ == "__main__":
    main()
