"""How full a mailbox is, where its server tells."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from daemon.config.server import Imap
from daemon.config.settings import Mailbox
from daemon.doctor import inward
from daemon.mailbox import usage
from tests.daemon.mailbox.test_imap import a_box
from tests.servers.dovecot import Dovecot
from tests.servers.letterbox import Letterbox

QUOTA = """
mail_plugins = $mail_plugins quota
protocol imap {
  mail_plugins = $mail_plugins imap_quota
}
plugin {
  quota = maildir:User quota
  quota_rule = *:storage=1M
}
"""


@pytest.fixture
def bounded(dovecot: Dovecot) -> Iterator[Letterbox]:
    """A mailbox that may hold 1 MiB. The server for the whole run says whether there is one."""
    assert dovecot.port
    with TemporaryDirectory(prefix="baosong-dovecot-") as folder:
        server = Dovecot(Path(folder))
        with (Path(folder) / "dovecot.conf").open("a") as settings:
            settings.write(QUOTA)
        with server:
            yield Letterbox(server, server.account("office@example.org"))


def test_used_and_allowed_bytes_are_told(bounded: Letterbox) -> None:
    bounded.put(b"Subject: one\r\n\r\n" + b"text\r\n" * 100_000)
    used, limit = usage(a_box(bounded)) or (0, 0)
    assert limit == 1 << 20
    assert 500_000 < used < limit


def test_the_doctor_shows_how_full_it_is(bounded: Letterbox) -> None:
    assert [str(check) for check in inward._server(*checked(bounded), full=90)][-1] == (
        "ok    office quota: 0 % of 1 MiB are used"
    )
    for lines in (100_000, 91_000):
        bounded.put(b"Subject: one\r\n\r\n" + b"text\r\n" * lines)
    *_, said = inward._server(*checked(bounded), full=90)
    assert said.grade == "look"


def checked(letterbox: Letterbox) -> tuple[Mailbox, Imap]:
    box = a_box(letterbox)
    assert box.imap
    return box, box.imap


def test_a_server_without_quotas_tells_nothing(letterbox: Letterbox) -> None:
    assert usage(a_box(letterbox)) is None
