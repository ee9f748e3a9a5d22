"""Mailboxes whose owner has signed in."""

from pathlib import Path

from daemon.clock import now
from daemon.config import Mailbox
from daemon.oauth import Access, access
from daemon.oauth.grant import Grant
from daemon.outbox import Server
from tests.servers.letterbox import Letterbox
from tests.servers.vouched import Vouched


def a_box(vouched: Vouched, letterbox: Letterbox, tokens: Path, **more: str) -> Mailbox:
    """Read and sent by OAuth 2, with one grant for both."""
    oauth = {"oauth": vouched.oauth(tokens=str(tokens), **more)}
    usual = {"host": "127.0.0.1", "tls": "none", "username": letterbox.user, "password": oauth}
    return Mailbox.model_validate(
        {
            "name": "office",
            "department": "组织部",
            "address": "office@example.org",
            "imap": {**usual, "port": vouched.dovecot.port},
            "smtp": {**usual, "port": vouched.postbox.port},
        }
    )


def access_of(box: Mailbox) -> Access:
    assert box.imap is not None
    found = access(box.imap.password, box.imap.username)
    assert found is not None
    return found


def signed(vouched: Vouched, letterbox: Letterbox, tokens: Path, **more: str) -> Mailbox:
    """As after `baosong oauth sign-in`."""
    box = a_box(vouched, letterbox, tokens, **more)
    answer = vouched.provider.agree(letterbox.user)
    access_of(box).keep(Grant.issued(answer, now()))
    return box


def way_out(box: Mailbox) -> Server:
    assert box.smtp is not None
    return Server(
        host=box.smtp.host,
        port=box.smtp.where,
        sender=box.address,
        tls=box.smtp.tls,
        username=box.smtp.username or "",
        access=access(box.smtp.password, box.smtp.username),
        timeout=10.0,
    )
