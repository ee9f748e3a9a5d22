"""The same journeys with a server of another school, and with one that has lost its mind."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from tests.journeys.bureau import Bureau
from tests.journeys.post import JULY_2, JULY_4, UNIT, faulty, good
from tests.letters import out_of_office
from tests.servers.cyrus import Cyrus
from tests.servers.fixtures import cyrus
from tests.servers.letterbox import Letterbox
from tests.servers.postbox import Postbox
from tests.servers.providers import broken
from tests.servers.proxy import proxy

if TYPE_CHECKING:
    from tests.servers.dovecot import Dovecot

__all__ = ["cyrus"]


@pytest.fixture
def at_cyrus(
    tmp_path: Path, cyrus: Cyrus, postbox: Postbox, request: pytest.FixtureRequest
) -> Bureau:
    """The mailboxes are this test's own; a letterbox needs no more than a server's port."""
    server = cast("Dovecot", cyrus)
    name = f"{abs(hash(request.node.name))}"
    one, two = (Letterbox(server, cyrus.account(f"{name}{n}@example.org")) for n in "ab")
    return Bureau(tmp_path, one, two, postbox)


def test_cyrus_mail_in_reply_out_and_nothing_touched(at_cyrus: Bureau) -> None:
    at_cyrus.xuanchuanbu.put(good(), received=JULY_2)
    at_cyrus.xuanchuanbu.put(faulty("园艺学院党委") + b"x\r\n" * 900_000, received=JULY_4)
    at_cyrus.zuzhibu.put(out_of_office(), received=JULY_2)
    before = at_cyrus.xuanchuanbu.flags()
    for _ in range(2):
        at_cyrus.once()
    rows = {(r["mailbox"], r["uid"]): r["status"] for r in at_cyrus.messages()}
    assert rows == {
        ("xuanchuanbu", 1): "accepted",
        ("xuanchuanbu", 2): "returned",
        ("zuzhibu", 1): "ignored",
    }
    states = [r["state"] for r in at_cyrus.status().values() if r["unit"] == UNIT]
    assert states.count("accepted") == 1
    assert len(at_cyrus.mails) == 2
    assert at_cyrus.xuanchuanbu.flags() == before
    assert at_cyrus.says("reconcile", "--deep")[0] == 0


@pytest.mark.parametrize("after", ["seen", "move:已收"])
def test_cyrus_does_what_after_says_and_forgets_nothing(at_cyrus: Bureau, after: str) -> None:
    at_cyrus.imap = f'after = "{after}"'
    at_cyrus.xuanchuanbu.put(good(), received=JULY_2)
    for _ in range(2):
        at_cyrus.once()
    assert [r["status"] for r in at_cyrus.messages()] == ["accepted"]
    moved = after != "seen"
    assert at_cyrus.xuanchuanbu.flags() == ({} if moved else {1: {"\\Seen"}})
    assert not moved or len(at_cyrus.xuanchuanbu.flags("&XfJlNg-")) == 1


def test_a_message_that_a_broken_server_never_hands_out_holds_up_nobody(bureau: Bureau) -> None:
    uid = bureau.xuanchuanbu.put(good(), received=JULY_2)
    bureau.xuanchuanbu.put(faulty("园艺学院党委"), received=JULY_2)
    bureau.xuanchuanbu.put(good("机关党委"), received=JULY_4)
    before = bureau.xuanchuanbu.flags()
    with proxy(bureau.xuanchuanbu.server.port, broken(uid)) as front:
        bureau.ports["xuanchuanbu"] = front.port
        assert f"fetching message {uid}" in bureau.once(exits=75)
        assert [r["status"] for r in bureau.messages()] == ["returned", "accepted"]
        for hours in range(5):
            bureau.once_later(timedelta(hours=5 * hours))
        assert len(bureau.messages()) == 2
    del bureau.ports["xuanchuanbu"]
    bureau.once_later(timedelta(days=2))
    row = next(r for r in bureau.messages() if r["uid"] == uid)
    assert (row["status"], row["late"]) == ("accepted", False), "by the server's clock, not ours"
    assert len(bureau.mails) == len(bureau.messages()) == 3
    assert bureau.xuanchuanbu.flags() == before
